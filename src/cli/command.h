/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A command: its options, and its report. Each command is one file. */
#ifndef KM_CLI_COMMAND_H
#define KM_CLI_COMMAND_H

#include "base/nearest.h"
#include "cli/options.h"
#include "cli/session.h"

/* A line that can be pasted unchanged, and a phrase about its output. */
struct km_example {
	const char *line;
	const char *shows;
};

struct km_command {
	const char *name;
	const char *brief; /* a phrase, for the list of commands, --help and the man page */
	const char *doc;   /* more for --help; may be NULL */
	const struct km_example *examples; /* at least two; ends with an empty one */
	const char *args;  /* operands in the usage line: "[PATTERN...]"; may be NULL */
	const struct argp_option *options; /* its own; may be NULL */
	/* An argp parser; state->input is the command's input. NULL: no options, no operands. */
	error_t (*parse)(int key, char *arg, struct argp_state *state);
	const void *input; /* the input before parsing; NULL: zeros */
	size_t input_size;
	const struct km_choice *choices; /* its options with a fixed set of words; may be NULL */
	void (*operands)(FILE *out);     /* completion: prints possible operands with km_complete_put() */
	bool confined;   /* reads only one source, and writes only to stdout */
	bool writes;     /* confined, but also writes below a directory that the user named */
	bool plugin;     /* of a monitoring system: failures and wrong options end with KM_EXIT_INCOMPLETE */
	bool english;    /* programs read its output, so it does not depend on the locale */
	bool no_reports; /* has none of the shared options */
	bool watched;    /* has --watch: prints the machine's state at a moment */
	/* Whether the answer goes through a pager; NULL: no. */
	bool (*paged)(const void *input);
	unsigned int declines; /* KM_OPTION_ bits: shared options without a meaning for it */
	const struct km_report *report; /* the report with the columns of -o and --sort; may be NULL */
	/* ... or this function, if options choose the report. NULL: always .report */
	const struct km_report *(*report_of)(const void *input);
	/* Changes the shared options according to the command's own; NULL: nothing to change. */
	void (*adapt)(const void *input, struct km_options *options);
	/*
	 * Adds the command's output to the session. NULL: adds .report, whose options are the input. Returns
	 * KM_EXIT_COMPLETE, or after a message the exit status.
	 */
	enum km_exit (*add)(struct km_session *session, const void *input);
	/* Replaces .add in a command that prints no report. */
	enum km_exit (*run)(const void *input, struct km_options *options);
};

/* All commands. "kmeminfo" without a command runs the first. */
#define KM_COMMANDS(X)                                                                             \
	X(summary)                                                                                 \
	X(buddy)                                                                                   \
	X(callers)                                                                                 \
	X(capture)                                                                                 \
	X(cgroups)                                                                                 \
	X(check)                                                                                   \
	X(complete)                                                                                \
	X(diff)                                                                                    \
	X(explain)                                                                                 \
	X(fields)                                                                                  \
	X(fragmentation)                                                                           \
	X(gfp)                                                                                     \
	X(help)                                                                                    \
	X(log)                                                                                     \
	X(meminfo)                                                                                 \
	X(metrics)                                                                                 \
	X(module)                                                                                  \
	X(pages)                                                                                   \
	X(predict)                                                                                 \
	X(pressure)                                                                                \
	X(probe)                                                                                   \
	X(record)                                                                                  \
	X(report)                                                                                  \
	X(slab)                                                                                    \
	X(top)                                                                                     \
	X(trend)                                                                                   \
	X(version)                                                                                 \
	X(vmalloc)                                                                                 \
	X(vmstat)                                                                                  \
	X(zones)

#define KM_COMMAND_EXTERN(name) extern const struct km_command km_command_##name;
KM_COMMANDS(KM_COMMAND_EXTERN)

/* Ends with NULL. */
extern const struct km_command *const km_commands[];

/* The shared options without a meaning for the command, as KM_OPTION_ bits. */
unsigned int km_command_declines(const struct km_command *command);

/* The command with this name; NULL if there is none. */
const struct km_command *km_command_find(const char *name);

/* What to say about a name that no command has: the most similar one, or where they are listed. */
const char *km_command_hint(const char *name, char buf[static KM_HINT_SIZE]);

/*
 * Parses a command's line and runs it. argv[0] is "kmeminfo NAME". options contains the options before the
 * command. On a mistake it exits with KM_EXIT_USAGE, as argp does. It also does so if the report lacks a
 * column, before anything is read or written.
 */
enum km_exit km_command_run(const struct km_command *command, int argc, char **argv,
			    struct km_options *options);

/* Reads the machine and prints what .add adds, or .report. For a .run that sometimes prints reports. */
enum km_exit km_command_run_reports(const struct km_command *command, const void *input,
				    const struct km_options *options);

/*
 * As argp_parse(), but exits if that fails, so that no option is lost. If an option is misspelt and only one
 * could be meant, exits with KM_EXIT_USAGE; argv[0] is the program's name in the message.
 */
void km_command_parse_words(const struct argp *argp, int argc, char **argv, unsigned int flags,
			    void *input);

/* Prints a line of completion: the word, a tab, and a phrase, which may be NULL. */
void km_complete_put(FILE *out, const char *word, const char *brief);

#endif
