/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A command: one thin file that connects machine, model and renderer. */
#ifndef KM_CLI_COMMAND_H
#define KM_CLI_COMMAND_H

#include "cli/options.h"
#include "machine/machine.h"

/* Exit statuses; also what a command returns. */
enum km_exit { KM_EXIT_COMPLETE, KM_EXIT_FAILED, KM_EXIT_USAGE, KM_EXIT_INCOMPLETE };

struct km_command {
	const char *name;
	const char *brief; /* a phrase, for the list of commands, --help and the man page */
	const char *doc;   /* more for --help; may be NULL */
	const char *args;  /* operands in the usage line: "[PATTERN...]"; may be NULL */
	const struct argp_option *options; /* its own; may be NULL */
	/*
	 * As an argp parser; state->input is what was handed to km_cmd_parse(). NULL: no options
	 * of its own and no operands.
	 */
	error_t (*parse)(int key, char *arg, struct argp_state *state);
	const struct km_choice *choices; /* its options that take one of a few words; may be NULL */
	void (*operands)(FILE *out);     /* completion: possible operands, as km_complete_put() */
	bool no_reports; /* takes none of the shared options */
	const struct km_sheet_type *sheet; /* whose columns -o and --sort take; may be NULL */
	/* ... where options of its own choose it; input as km_cmd_parse()'s. NULL: .sheet always */
	const struct km_sheet_type *(*sheet_of)(const void *input);
	/* argv[0] is "kmeminfo NAME"; options holds what stood before the command. */
	enum km_exit (*run)(int argc, char **argv, struct km_options *options);
};

/* A line of completion: the word, a tab, and a phrase, which may be NULL. */
void km_complete_put(FILE *out, const char *word, const char *brief);

/* All commands, ends with NULL. The first is what "kmeminfo" alone runs. */
extern const struct km_command *const km_commands[];

/* NULL when there is none of that name. */
const struct km_command *km_cmd_find(const char *name);

/*
 * Parses a command's own options and the shared ones. input is handed to command->parse. Exits
 * with KM_EXIT_USAGE on a mistake, as argp does, also when the sheet has no such column: before
 * anything is read or written.
 */
void km_cmd_parse(const struct km_command *command, int argc, char **argv,
		  struct km_options *options, void *input);

/* Exits with KM_EXIT_USAGE when an option is misspelt and it is plain how; argv[0] complains. */
void km_cmd_check_spelling(const struct argp *argp, int argc, char **argv, bool in_order);

extern const struct km_command km_cmd_buddy;
extern const struct km_command km_cmd_capture;
extern const struct km_command km_cmd_complete;
extern const struct km_command km_cmd_explain;
extern const struct km_command km_cmd_fields;
extern const struct km_command km_cmd_fragmentation;
extern const struct km_command km_cmd_gfp;
extern const struct km_command km_cmd_log;
extern const struct km_command km_cmd_module;
extern const struct km_command km_cmd_pages;
extern const struct km_command km_cmd_probe;
extern const struct km_command km_cmd_slab;
extern const struct km_command km_cmd_summary;
extern const struct km_command km_cmd_vmalloc;
extern const struct km_command km_cmd_zones;

/* An error and its hint on stderr. */
void km_cmd_complain(const struct km_err *err);
/*
 * Ends the process with KM_EXIT_FAILED, and says why, when what was printed did not reach
 * stdout: a report that is lost is a failure, however well it was made. error is a positive errno
 * of a renderer that failed, or 0; errno, when it is set, is what stdio met.
 */
void km_output_check(int error);

/* A report under way: the machine it reads and the sections it will show. */
struct km_report {
	const struct km_options *options;
	struct km_machine machine;
	const char *group; /* as struct km_document */
	KM_ARRAY(struct km_section) sections;
};

/* Opens the source. On failure says why on stderr and returns false: exit KM_EXIT_FAILED. */
bool km_report_init(struct km_report *report, const struct km_options *options);
void km_report_deinit(struct km_report *report);

/*
 * Adds a sheet that --columns, --sort and --top apply to. false: a word of theirs is unknown,
 * which was said on stderr: exit KM_EXIT_USAGE. The sheet is copied; its rows stay the
 * caller's, usually in the machine's pool.
 */
bool km_report_add(struct km_report *report, const char *key, struct km_sheet sheet);


/* Adds a single row under a key: an object in JSON, a line a field in text. As km_report_add(). */
bool km_report_add_row(struct km_report *report, const char *key, const struct km_sheet_type *type,
		       const void *row);

/* Notes that a file of the helper module is missed: the report is then incomplete. */
void km_report_need_module(struct km_report *report, enum km_file file);

/* Adds a sheet below the command's own, as it is: no option chooses its columns or rows. */
void km_report_add_below(struct km_report *report, const char *key, struct km_sheet sheet);

/*
 * Adds a sheet that no option is about. columns ("a,b", NULL: the sheet's own) are what the text
 * shows of it, top how many rows are kept, KM_UNKNOWN all. The result, which may be given a
 * title, holds until the next part.
 */
struct km_section *km_report_add_part(struct km_report *report, const char *key, enum km_shape shape,
				      struct km_sheet sheet, const char *columns, uint64_t top);

/*
 * Prints the report to stdout and the problems to stderr, and returns the exit status: complete,
 * or incomplete when there were problems, or failed when the output could not be written.
 */
enum km_exit km_report_finish(struct km_report *report);

#endif
