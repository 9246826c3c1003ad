/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A command: its options, and the report that they are about. One file each. */
#ifndef KM_CLI_COMMAND_H
#define KM_CLI_COMMAND_H

#include "cli/options.h"
#include "cli/session.h"

/* A line that can be pasted unchanged, and a phrase that says what it shows. */
struct km_example {
	const char *line;
	const char *shows;
};

struct km_command {
	const char *name;
	const char *brief; /* a phrase, for the list of commands, --help and the man page */
	const char *doc;   /* more for --help; may be NULL */
	const struct km_example *examples; /* two or more; ends with an empty one */
	const char *args;  /* operands in the usage line: "[PATTERN...]"; may be NULL */
	const struct argp_option *options; /* its own; may be NULL */
	/* As an argp parser; state->input is the command's input. NULL: no options, no operands. */
	error_t (*parse)(int key, char *arg, struct argp_state *state);
	const void *input; /* what the input is before anything is parsed; NULL: zeros */
	size_t input_size;
	const struct km_choice *choices; /* its options that take one of a few words; may be NULL */
	void (*operands)(FILE *out);     /* completion: possible operands, as km_complete_put() */
	bool confined;   /* reads only one source, and writes only to stdout */
	bool writes;     /* confined: it also writes below a directory that the user named */
	bool plugin;     /* of a monitoring system: each failure and wrong option ends with KM_EXIT_INCOMPLETE */
	bool english;    /* what it writes is kept or read by programs, so that no locale changes it */
	bool no_reports; /* takes none of the shared options */
	bool watched;    /* takes --watch: prints how the machine is at a moment */
	unsigned int declines; /* KM_OPTION_ bits: shared options that mean nothing to it */
	const struct km_report *report; /* whose columns -o and --sort take; may be NULL */
	/* ... where options of its own choose it. NULL: .report always */
	const struct km_report *(*report_of)(const void *input);
	/* Changes the shared options according to the command's own; NULL: nothing to change. */
	void (*adapt)(const void *input, struct km_options *options);
	/*
	 * Adds what the command shows to the session. NULL: the report, whose own options are the input.
	 * Returns KM_EXIT_COMPLETE, or after a complaint the status to end with.
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

/* The shared options that mean nothing to the command, KM_OPTION_ bits. */
unsigned int km_command_declines(const struct km_command *command);

/* NULL when there is none of that name. */
const struct km_command *km_command_find(const char *name);

/*
 * Parses a command's line and runs it. argv[0] is "kmeminfo NAME"; options holds what stood before
 * the command. Exits with KM_EXIT_USAGE on a mistake, as argp does, also when the report has no such
 * column: before anything is read or written.
 */
enum km_exit km_command_run(const struct km_command *command, int argc, char **argv,
			    struct km_options *options);

/* Reads the machine and prints what .add adds, or .report; for a .run that sometimes does so. */
enum km_exit km_command_run_reports(const struct km_command *command, const void *input,
				    const struct km_options *options);

/*
 * As argp_parse(), but exits if that fails: an option that was not parsed must not be lost. If an option is
 * misspelt and only one could be meant, exits with KM_EXIT_USAGE; argv[0] names the program in the message.
 */
void km_command_parse_words(const struct argp *argp, int argc, char **argv, unsigned int flags,
			    void *input);

/* A line of completion: the word, a tab, and a phrase, which may be NULL. */
void km_complete_put(FILE *out, const char *word, const char *brief);

#endif
