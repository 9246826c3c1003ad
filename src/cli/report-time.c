// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/report-time.h"
#include "model/trend.h"
#include "report/diff.h"
#include "report/options.h"

enum { MOST_CHANGES = 15 };

enum km_exit km_report_add_recording(struct km_session *session, struct km_recording *recording)
{
	const struct km_trend_options options = { .recording = recording };
	const struct km_query query = { .need = KM_REQUIRED, .options = &options };
	struct km_sheet sheet;
	struct km_err err;

	if (km_report_trend.derive(&session->machine, &query, &sheet, &err)) {
		km_print_error(&err);
		return KM_EXIT_FAILED;
	}
	sheet.len = km_trend_moving(&sheet);
	session->document.group = "trend";
	km_session_add_part(session, &km_report_recording, &options);
	km_session_add_part_sheet(session, &km_report_trend, sheet, NULL);
	session->document.group = NULL;
	return KM_EXIT_COMPLETE;
}

/* Reads an earlier moment, as `kmeminfo diff` does. Each problem has the name of its reading. */
static int read_earlier(struct km_session *session, struct km_machine *earlier, const char *path, struct km_moment *ret,
			struct km_err *err)
{
	struct km_source_options source = session->options->source;
	struct km_problem *problem;
	int r;

	source.also = NULL;
	r = km_machine_open(earlier, path, session->options->page_bytes, &source, err);
	if (r)
		return r;
	r = km_moment_take(earlier, path, NULL, false, ret, err);
	km_machine_note_failures(earlier);
	km_array_each(problem, &earlier->problems.list)
		problem->source = km_pool_printf(&earlier->problems.pool, "%s: %.*s", path, KM_STR_ARG(problem->source));
	return r;
}

enum km_exit km_report_add_changes(struct km_session *session, struct km_machine *earlier, const char *path)
{
	const char *from = session->options->from;
	const struct km_diff_options options = {
		.data = km_format_is_data(session->options->format), .view = { .top = MOST_CHANGES }, .style = &session->style,
	};
	struct km_moment *moments = km_pool_alloc(&session->machine.pool, 2, sizeof(*moments));
	struct km_err err;
	int r = km_moment_take(&session->machine, from ? from : "now", NULL, false, &moments[1], &err);

	if (!r)
		r = read_earlier(session, earlier, path, &moments[0], &err);
	if (!r)
		r = km_diff_add(&session->document, &moments[0], &moments[1], &options, &session->machine.problems, &err);
	km_problems_move(&earlier->problems, &session->machine.problems);
	session->document.group = NULL;
	if (!r)
		return KM_EXIT_COMPLETE;
	km_print_error(&err);
	return KM_EXIT_FAILED;
}
