// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>
#include "cli/output.h"
#include "cli/session.h"
#include "cli/watch.h"
#include "render/sink.h"
#include "report/where.h"
#include "words/say.h"

void km_print_error(const struct km_err *err)
{
	fprintf(stderr, "kmeminfo: %s\n", err->what);
	if (*err->hint)
		fprintf(stderr, "  %s\n", err->hint);
}

void km_print_message(const char *command, const char *hint, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "kmeminfo%s%s: ", command ? " " : "", command ? command : "");
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	if (hint)
		fprintf(stderr, "  %s\n", hint);
}

int km_session_open(struct km_session *session, const struct km_options *options, struct km_err *err)
{
	int r;

	*session = (struct km_session){ .options = options, .style = km_options_style(options) };
	session->document.pool = &session->machine.pool;
	session->document.host = &session->machine.host;
	session->document.problems = &session->machine.problems;
	r = km_machine_open(&session->machine, options->from, options->page_bytes, &options->source, err);
	if (r)
		km_session_deinit(session);
	return r;
}

bool km_session_init(struct km_session *session, const struct km_options *options)
{
	struct km_err err;

	if (!km_session_open(session, options, &err))
		return true;
	km_print_error(&err);
	return false;
}

void km_session_deinit(struct km_session *session)
{
	km_document_deinit(&session->document);
	km_machine_deinit(&session->machine);
}

/* Whether the format is for people, unless a page has a look for the report. */
static bool is_for_people(const struct km_session *session, const struct km_report *report)
{
	const struct km_options *options = session->options;

	return !km_format_is_for_programs(options->format) && !((options->format->flags & KM_FORMAT_PAGE) && report->look);
}

/* Columns and an order that the user chooses apply to the command's own table, not to its parts. */
static bool is_wanted_as_table(const struct km_session *session)
{
	return session->options->view.columns || session->options->view.sort;
}

/* Writes sentences instead of the table. */
static bool write_sentences(struct km_session *session, const struct km_report *report,
			    const struct km_sheet *sheet, const void *options)
{
	const struct km_prose_query query = {
		&session->machine, &session->document, &session->style, km_session_language(), options,
	};

	if (!report->write || !is_for_people(session, report))
		return false;
	report->write(&query, sheet);
	return true;
}

/* With --watch, adds the changes to the sheet. Returns the view that shows them. */
static struct km_view_options watched(struct km_session *session, const struct km_report *report,
				      struct km_sheet *sheet, struct km_view_options view)
{
	if (session->watch)
		km_watch_extend(session, report, sheet, &view);
	return view;
}

static struct km_view_options view_of(const struct km_session *session, const struct km_report *report)
{
	struct km_view_options view = session->options->view;

	view.all_columns = km_format_is_data(session->options->format) || report->shape == KM_SHAPE_ROW;
	view.keep_all = session->options->format->flags & KM_FORMAT_METRICS;
	if (!view.usual)
		view.usual = report->columns;
	return view;
}

/* False: there are rows, but none matches; text says so instead of the table. */
static bool filter(struct km_session *session, const struct km_where *where, struct km_sheet *sheet)
{
	const size_t rows = sheet->len;
	struct km_text text = { 0 };

	*sheet = km_where_filter(&session->machine.pool, where, sheet);
	if (sheet->len || !rows || km_format_is_for_programs(session->options->format))
		return true;
	if (session->options->no_headings)
		return false;
	km_text_printf(&text, "0 of %zu rows match --where.\n", rows);
	km_document_add_text(&session->document, &text, NULL);
	return false;
}

/*
 * In text, counts rows without a known figure instead of printing them. The problems already say what could
 * not be read.
 */
static void drop_unknown(struct km_session *session, const struct km_report *report, struct km_sheet *sheet)
{
	const struct km_options *options = session->options;
	struct km_text text = { 0 };

	if (options->format != &km_formats[KM_FORMAT_text] || options->view.columns || options->view.sort ||
	    options->no_headings || report->shape != KM_SHAPE_SHEET || km_sheet_has_figure(sheet))
		return;
	km_say_add(&text, "%zu rows are not shown: none of their figures can be read here. -o lists what is known of them.\n",
		   sheet->len);
	km_document_add_text(&session->document, &text, NULL);
	sheet->len = 0;
}

enum km_exit km_session_add_sheet(struct km_session *session, const struct km_report *report,
				  struct km_sheet sheet, const void *options)
{
	struct km_view_options view = view_of(session, report);
	struct km_section *section;
	const struct km_where *where;
	struct km_err err;

	if (view.where && km_where_parse(&session->machine.pool, report->type, km_str_from(view.where), &where, &err)) {
		km_print_error(&err);
		return KM_EXIT_USAGE;
	}
	if (view.where && !filter(session, where, &sheet))
		return KM_EXIT_COMPLETE;
	if (!is_wanted_as_table(session) && write_sentences(session, report, &sheet, options))
		return KM_EXIT_COMPLETE;
	drop_unknown(session, report, &sheet);
	view = watched(session, report, &sheet, view);
	section = km_document_add(&session->document, report->key, report->shape, sheet, &view, &err);
	if (section) {
		section->look = report->look;
		return KM_EXIT_COMPLETE;
	}
	km_print_error(&err);
	return KM_EXIT_USAGE;
}

enum km_exit km_session_add_row(struct km_session *session, const struct km_report *report, const void *row)
{
	void *kept = km_pool_alloc(&session->machine.pool, 1, report->type->row_size);

	memcpy(kept, row, report->type->row_size);
	return km_session_add_sheet(session, report, (struct km_sheet){ report->type, kept, 1, NULL }, NULL);
}

static void begin_rows(void *data, const struct km_sheet_type *type)
{
	(void)data;
	(void)type;
}

static void take_row(void *data, const void *row)
{
	const struct km_document *document = data;

	km_view_take(&document->sections.items[document->sections.len - 1].view, row);
}

static void end_rows(void *data, const void *totals)
{
	km_document_end(data, totals);
}

/*
 * Prints rows one at a time without keeping them. -ENOTSUP, and nothing was read, if this report or these
 * options do not allow that.
 */
static int add_stream(struct km_session *session, const struct km_report *report,
		      const struct km_query *query, struct km_err *err)
{
	const struct km_row_consumer consumer = { begin_rows, take_row, end_rows, &session->document };
	const struct km_view_options view = view_of(session, report);
	int r = -ENOTSUP;

	if (!report->stream || report->write)
		return r;
	r = km_document_begin(&session->document, report->key, report->type, &view, err);
	if (!r)
		r = report->stream(&session->machine, query, &consumer, err);
	if (r)
		km_document_drop(&session->document);
	return r;
}

enum km_exit km_session_add(struct km_session *session, const struct km_report *report, const void *options)
{
	const struct km_options *shared = session->options;
	struct km_query query = { KM_REQUIRED, 0, km_session_language(), options };
	struct km_sheet sheet;
	struct km_err err;
	int r;

	query.extras = km_report_extras(report, &session->machine, &shared->view, km_format_is_data(shared->format));
	r = add_stream(session, report, &query, &err);
	if (!r)
		return KM_EXIT_COMPLETE;
	if (r == -ENOTSUP)
		r = report->derive(&session->machine, &query, &sheet, &err);
	if (!r)
		return km_session_add_sheet(session, report, sheet, options);
	km_print_error(&err);
	return r == -EINVAL ? KM_EXIT_USAGE : KM_EXIT_FAILED;
}

struct km_section *km_session_add_part_sheet(struct km_session *session, const struct km_report *report,
					     struct km_sheet sheet, const void *options)
{
	const struct km_options *shared = session->options;
	const bool is_row = report->shape == KM_SHAPE_ROW && km_format_is_for_programs(shared->format);
	struct km_view_options view = {
		.all_columns = is_row || km_format_is_data(shared->format),
		.usual = report->columns,
		.top = report->top ? report->top : KM_UNKNOWN,
	};
	struct km_section *section;

	if (report->flags & (km_format_is_for_programs(shared->format) ? KM_REPORT_TEXT_ONLY : KM_REPORT_JSON_ONLY))
		return NULL;
	if (report->top && shared->view.top != KM_UNKNOWN)
		view.top = shared->view.top;
	if ((!sheet.len || !view.top) && !km_format_is_for_programs(shared->format) && !(report->flags & KM_REPORT_ALWAYS))
		return NULL;
	if (write_sentences(session, report, &sheet, options))
		return NULL;
	if (report->top)
		sheet.totals = NULL; /* totals cover all rows, not only the shown ones */
	if (report->condense && is_for_people(session, report))
		sheet = report->condense(&session->machine, options);
	view = watched(session, report, &sheet, view);
	section = km_document_add(&session->document, report->key, report->shape, sheet, &view, NULL);
	section->title = km_say(report->title);
	section->look = report->look;
	return section;
}

struct km_section *km_session_add_part(struct km_session *session, const struct km_report *report,
				       const void *options)
{
	const struct km_query query = { KM_REQUIRED, 0, km_session_language(), options };
	struct km_sheet sheet;

	if (report->derive(&session->machine, &query, &sheet, NULL))
		return NULL;
	return km_session_add_part_sheet(session, report, sheet, options);
}

void km_session_add_metrics(struct km_session *session, const struct km_report *report, uint64_t top,
			    const void *options)
{
	const struct km_query query = { KM_OPTIONAL, 0, km_session_language(), options };
	const struct km_view_options view = {
		.all_columns = !strcmp(report->metrics, KM_METRICS_ALL),
		.usual = report->metrics,
		.top = report->flags & KM_REPORT_MANY ? top : KM_UNKNOWN,
		.keep_all = true,
	};
	struct km_section *section;
	struct km_sheet sheet;

	if (report->derive(&session->machine, &query, &sheet, NULL))
		return;
	section = km_document_add(&session->document, report->key, report->shape, sheet, &view, NULL);
	section->compact = true;
}

/* Metrics also contain the files that were read, and the duration. */
static void add_scrape(struct km_session *session)
{
	if (!(session->options->format->flags & KM_FORMAT_METRICS))
		return;
	km_session_add_part(session, &km_report_source, NULL);
	km_session_add_part(session, &km_report_scrape, NULL);
}

static void print_problem(const struct km_problem *problem)
{
	fprintf(stderr, "kmeminfo: %.*s:", KM_STR_ARG(problem->source));
	if (problem->line != KM_UNKNOWN)
		fprintf(stderr, "%llu:", (unsigned long long)problem->line);
	fprintf(stderr, " %.*s\n", KM_STR_ARG(problem->reason));
	if (problem->more)
		fprintf(stderr, "  " KM_SAID("and %llu more such lines") "\n", (unsigned long long)problem->more);
	if (problem->hint.ptr)
		fprintf(stderr, "  %.*s\n", KM_STR_ARG(problem->hint));
}

void km_print_problems(const struct km_problems *problems)
{
	const struct km_problem *problem;

	km_array_each(problem, &problems->list)
		print_problem(problem);
}

void km_output_check(int error, bool last)
{
	if (ferror(stdout) || (last ? fclose(stdout) : fflush(stdout)))
		error = errno;
	else if (!error)
		return;
	/* all failures of a plugin have the same status: struct km_command .plugin */
	km_print_message(NULL, NULL, "cannot write%s%s", error ? ": " : "", error ? strerror(error) : "");
	_exit(argp_err_exit_status == KM_EXIT_INCOMPLETE ? KM_EXIT_INCOMPLETE : KM_EXIT_FAILED);
}

enum km_exit km_session_end(struct km_session *session, int r)
{
	const struct km_problems *problems = &session->machine.problems;

	if (session->out && fclose(session->out))
		r = r ? r : -EIO;
	km_output_check(-r, false);
	km_output_done(session->options);
	if (!session->quiet)
		km_print_problems(problems);
	return km_problems_matter(problems) ? KM_EXIT_INCOMPLETE : KM_EXIT_COMPLETE;
}

enum km_sink_mode km_session_sink_mode(const struct km_options *options)
{
	const struct km_format *format = options->format;

	return format->render == km_render_json || format->render == km_render_jsonl ? KM_SINK_ESCAPE : KM_SINK_CLEAN;
}

enum km_exit km_session_finish(struct km_session *session)
{
	int r;

	km_machine_note_failures(&session->machine);
	add_scrape(session);
	km_sink_set_mode(stdout, session->options->sink, km_session_sink_mode(session->options));
	errno = 0;
	r = session->options->format->render(session->out ? session->out : stdout, &session->document, &session->style);
	return km_session_end(session, r);
}
