/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run of a command that prints reports: the machine it reads and the document it makes. */
#ifndef KM_CLI_SESSION_H
#define KM_CLI_SESSION_H

#include "cli/options.h"
#include "render/sink.h"
#include "report/report.h"

/* Exit statuses, also returned by commands. */
enum km_exit { KM_EXIT_COMPLETE, KM_EXIT_FAILED, KM_EXIT_USAGE, KM_EXIT_INCOMPLETE };

struct km_watch;

struct km_session {
	const struct km_options *options;
	struct km_watch *watch; /* --watch: the earlier readings; NULL: one reading */
	FILE *out;              /* NULL: stdout; otherwise closed after the document */
	bool quiet;             /* do not list problems on stderr */
	struct km_machine machine;
	struct km_document document;
	struct km_style style;
};

/* Opens the source. If that fails, prints the reason to stderr and returns false: exit with KM_EXIT_FAILED. */
bool km_session_init(struct km_session *session, const struct km_options *options);

/* The same without a message: 0, or a negative errno with err filled. */
int km_session_open(struct km_session *session, const struct km_options *options, struct km_err *err);

void km_session_deinit(struct km_session *session);

/*
 * Derives a report with its own options (NULL: the defaults), and adds it. The shared options (--columns,
 * --sort, --top) apply to it. Returns KM_EXIT_COMPLETE, or after a message the exit status.
 */
enum km_exit km_session_add(struct km_session *session, const struct km_report *report,
			    const void *options);

/* The same with derived rows. Copies the sheet, but not its rows. */
enum km_exit km_session_add_sheet(struct km_session *session, const struct km_report *report,
				  struct km_sheet sheet, const void *options);

/* The same with one row, which it copies. */
enum km_exit km_session_add_row(struct km_session *session, const struct km_report *report,
				const void *row);

/*
 * Adds a report to a document with several, using the columns of the registry instead of the shared options.
 * NULL if the report is left out, or was written as sentences.
 */
struct km_section *km_session_add_part(struct km_session *session, const struct km_report *report,
				       const void *options);
struct km_section *km_session_add_part_sheet(struct km_session *session, const struct km_report *report,
					     struct km_sheet sheet, const void *options);

/*
 * Adds the fields of a report that the command metrics prints. If the number of rows is unbounded, adds at
 * most top rows.
 */
void km_session_add_metrics(struct km_session *session, const struct km_report *report, uint64_t top,
			    const void *options);

/*
 * Prints the document to stdout and the problems to stderr. Returns the exit status: complete, incomplete if
 * there were problems, or failed if the output could not be written.
 */
enum km_exit km_session_finish(struct km_session *session);
/* The treatment of names on stdout. */
enum km_sink_mode km_session_sink_mode(const struct km_options *options);

/* The same for a document that was already written. r is a negative errno if that failed, otherwise 0. */
enum km_exit km_session_end(struct km_session *session, int r);

/* The language of explanations, from the environment. */
enum km_language km_session_language(void);

/* Chooses the language of --language, or that of the locale, also for help and errors of earlier words. */
void km_session_begin_language(int argc, char **argv);

/* Chooses the language of the command line. english: English, for programs and for commands without translation. */
void km_session_choose_language(const struct km_options *options, bool english);

/* Prints an error and its hint to stderr. */
void km_print_error(const struct km_err *err);

/*
 * The same with a text. command: the name in front, or NULL; hint may be NULL. All that goes to stderr is given in
 * English and translated there (render/speech.h).
 */
void km_print_message(const char *command, const char *hint, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Prints problems to stderr, as km_session_finish() does. */
void km_print_problems(const struct km_problems *problems);

/*
 * If the output did not reach stdout, prints the reason and ends the process with KM_EXIT_FAILED, because a
 * lost report is a failure. error is the positive errno of a failed renderer, or 0. errno, if set, is the
 * error of stdio. last: nothing more will be printed, so stdout is closed; a network file system may report a
 * full disk only then.
 */
void km_output_check(int error, bool last);

#endif
