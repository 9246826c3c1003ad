/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A command: one thin file that connects snapshot, model and renderer. */
#ifndef KM_CMD_H
#define KM_CMD_H

#include "options.h"
#include "snapshot.h"

/* Exit statuses; also what a command returns. */
enum km_exit { KM_EXIT_COMPLETE, KM_EXIT_FAILED, KM_EXIT_USAGE, KM_EXIT_INCOMPLETE };

struct km_command {
	const char *name;
	const char *brief;
	/* argv[0] is "kmeminfo NAME"; options holds what stood before the command. */
	enum km_exit (*run)(int argc, char **argv, struct km_options *options);
};

/* All commands, ends with a nameless one. The first is what "kmeminfo" alone runs. */
extern const struct km_command km_commands[];

enum km_exit km_cmd_buddy(int argc, char **argv, struct km_options *options);

/*
 * For argp parsers whose only options are the shared ones: hands the options in state->input
 * (a struct km_options) to the two children. Call on ARGP_KEY_INIT.
 */
extern const struct argp_child km_cmd_children[];

/* A report under way: the snapshot it reads and the sections it will show. */
struct km_report {
	const struct km_options *options;
	struct km_snapshot snapshot;
	const char *group; /* as struct km_document */
	KM_ARRAY(struct km_section) sections;
};

/* Opens the source. On failure says why on stderr and returns false: exit KM_EXIT_FAILED. */
bool km_report_init(struct km_report *report, const struct km_options *options);
void km_report_deinit(struct km_report *report);

/*
 * Adds a sheet that --columns, --sort and --top apply to. false: a word of theirs is unknown,
 * which was said on stderr: exit KM_EXIT_USAGE. The sheet is copied; its rows stay the
 * caller's, usually in the snapshot's pool.
 */
bool km_report_add(struct km_report *report, const char *key, struct km_sheet sheet);

/*
 * Prints the report to stdout and the problems to stderr, and returns the exit status: complete,
 * or incomplete when there were problems, or failed when the output could not be written.
 */
enum km_exit km_report_finish(struct km_report *report);

#endif
