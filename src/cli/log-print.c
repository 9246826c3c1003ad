// SPDX-License-Identifier: GPL-2.0-or-later
/* Prints events when they end, so that a log of any length needs little memory. */
#include "cli/log-print.h"
#include "render/sink.h"
#include "report/failure-reason.h"
#include "report/options.h"

bool km_log_print_begin(struct km_log_printer *printer, struct km_session *session, bool with_source)
{
	const struct km_options *options = session->options;
	const struct km_view_options *view = &options->view;
	const bool text = options->format->render == km_render_text, lines = options->format->render == km_render_jsonl;

	*printer = (struct km_log_printer){ .session = session, .with_source = with_source };
	if (view->where || view->sort || view->columns || view->top != KM_UNKNOWN ||
	    (!text && !lines && options->format->render != km_render_json))
		return false;
	if (text)
		return true;
	km_sink_set_mode(stdout, options->sink, km_session_sink_mode(options));
	printer->rows = km_json_rows_begin(stdout, km_report_events.key, lines, &session->style);
	return true;
}

static void print_sentences(struct km_log_printer *printer, struct km_document *document, const struct km_sheet *sheet,
			    const struct km_events_options *options)
{
	struct km_session *session = printer->session;
	const struct km_prose_query query = {
		&session->machine, document, &session->style, km_session_language(), options,
	};

	km_report_events.write(&query, sheet);
	if (!document->sections.len)
		return;
	if (printer->printed && !session->style.no_headings)
		fputc('\n', stdout);
	km_render_text(stdout, document, &session->style);
}

void km_log_print_row(void *data, struct km_failure *row)
{
	static const struct km_view_options all = { .all_columns = true, .top = KM_UNKNOWN };
	struct km_log_printer *printer = data;
	const struct km_sheet sheet = { &km_failure_type, row, 1, NULL };
	struct km_pool pool = { 0 };
	struct km_document document = { .pool = &pool };

	km_failure_explain(row, 1);
	if (printer->rows)
		km_json_rows_add(printer->rows, km_document_add(&document, km_report_events.key, KM_SHAPE_SHEET, sheet,
								&all, NULL));
	else
		print_sentences(printer, &document, &sheet,
				&(struct km_events_options){ .with_source = printer->with_source });
	fflush(stdout);
	printer->printed++;
	km_document_deinit(&document);
	km_pool_deinit(&pool);
}

enum km_exit km_log_print_end(struct km_log_printer *printer, const struct km_logs *logs)
{
	const struct km_sheet none = { &km_failure_type, NULL, 0, NULL };
	const struct km_events_options options = {
		printer->printed ? 0 : logs->len, printer->with_source, &logs->facts, &logs->hints,
	};
	struct km_session *session = printer->session;

	if (!printer->rows) {
		print_sentences(printer, &session->document, &none, &options);
		return km_session_end(session, 0);
	}
	km_machine_note_failures(&session->machine);
	return km_session_end(session, km_json_rows_end(printer->rows, &session->document));
}
