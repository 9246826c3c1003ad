/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run of a command that prints reports: the machine it reads and the document it makes. */
#ifndef KM_CLI_SESSION_H
#define KM_CLI_SESSION_H

#include "cli/options.h"
#include "render/sink.h"
#include "report/report.h"

/* Exit statuses; also what a command returns. */
enum km_exit { KM_EXIT_COMPLETE, KM_EXIT_FAILED, KM_EXIT_USAGE, KM_EXIT_INCOMPLETE };

struct km_watch;

struct km_session {
	const struct km_options *options;
	struct km_watch *watch; /* --watch: what was read before; NULL: one reading */
	FILE *out;              /* NULL: stdout; otherwise closed behind the document */
	bool quiet;             /* problems are not listed on stderr */
	struct km_machine machine;
	struct km_document document;
	struct km_style style;
};

/* Opens the source. On failure says why on stderr and returns false: exit KM_EXIT_FAILED. */
bool km_session_init(struct km_session *session, const struct km_options *options);

/* The same without the complaint: 0, or a negative errno with err filled. */
int km_session_open(struct km_session *session, const struct km_options *options, struct km_err *err);

void km_session_deinit(struct km_session *session);

/*
 * Derives a report, with its own options (NULL: the defaults), and adds it as what the shared
 * options (--columns, --sort, --top) are about. Returns KM_EXIT_COMPLETE, or after a complaint the
 * status to end with.
 */
enum km_exit km_session_add(struct km_session *session, const struct km_report *report,
			    const void *options);

/* The same of rows that were derived already. The sheet is copied, its rows are not. */
enum km_exit km_session_add_sheet(struct km_session *session, const struct km_report *report,
				  struct km_sheet sheet, const void *options);

/* The same of one row, which is copied. */
enum km_exit km_session_add_row(struct km_session *session, const struct km_report *report,
				const void *row);

/*
 * Adds a report to a document that has several, with the columns of the registry and not those of the shared
 * options. NULL if the report is left out, or was written as sentences.
 */
struct km_section *km_session_add_part(struct km_session *session, const struct km_report *report,
				       const void *options);
struct km_section *km_session_add_part_sheet(struct km_session *session, const struct km_report *report,
					     struct km_sheet sheet, const void *options);

/*
 * Adds the part of a report that the command metrics prints, with at most top rows if their number has no
 * bound.
 */
void km_session_add_metrics(struct km_session *session, const struct km_report *report, uint64_t top,
			    const void *options);

/*
 * Prints the document to stdout and the problems to stderr, and returns the exit status: complete,
 * or incomplete when there were problems, or failed when the output could not be written.
 */
enum km_exit km_session_finish(struct km_session *session);
/* What stdout does to names. */
enum km_sink_mode km_session_sink_mode(const struct km_options *options);

/* The same of a document that was written already, with r, a negative errno, if that failed. */
enum km_exit km_session_end(struct km_session *session, int r);

/* The language of explanations, from the environment. */
enum km_language km_session_language(void);

/* The locale's language, or that of --language, also for the help and the errors of the words before it. */
void km_session_begin_language(int argc, char **argv);

/* The language that the command line names, or English for programs and for a command that is always so. */
void km_session_choose_language(const struct km_options *options, bool english);

/* An error and its hint on stderr. */
void km_complain(const struct km_err *err);

/* Problems on stderr, as km_session_finish() prints them. */
void km_complain_problems(const struct km_problems *problems);

/*
 * If the output did not reach stdout, ends the process with KM_EXIT_FAILED and says why: a lost report is a
 * failure. error is a positive errno of a renderer that failed, or 0; errno, if it is set, is the error of
 * stdio. last: nothing more will be printed, and stdout is closed, because a network file system reports a
 * full disk only then.
 */
void km_output_check(int error, bool last);

#endif
