// SPDX-License-Identifier: GPL-2.0-or-later
#include <signal.h>
#include <unistd.h>
#include "cli/check-record.h"
#include "cli/check-run.h"
#include "report/check.h"

/* A monitoring system only reads standard output, and does not notice that a plugin was killed. */
static void time_out(int number)
{
	static const char text[] = "KMEMINFO UNKNOWN - the time of --timeout is over\n";

	(void)number;
	(void)!write(STDOUT_FILENO, text, sizeof(text) - 1);
	_exit(KM_EXIT_INCOMPLETE);
}

static enum km_exit fail(const struct km_err *err)
{
	struct km_text text = { 0 };

	km_check_write_unknown(&text, km_str_from(err->what));
	fwrite(text.ptr, 1, text.len, stdout);
	km_text_deinit(&text);
	km_print_error(err);
	return KM_EXIT_INCOMPLETE;
}

static enum km_exit check(struct km_session *session, const struct km_rule_runs *runs, const struct km_check_record *record,
			  bool list)
{
	const struct km_check_options options = { runs, record->is_open ? &record->source : NULL, list };
	const struct km_query query = { KM_REQUIRED, 0, km_session_language(), &options };
	struct km_sheet sheet;
	enum km_exit status;

	km_check_record_note(record, &session->machine);
	km_report_check.derive(&session->machine, &query, &sheet, NULL);
	if (km_session_add_sheet(session, &km_report_check, sheet, &options))
		return KM_EXIT_INCOMPLETE;
	status = km_session_finish(session);
	return list ? status : (enum km_exit)km_check_worst(&sheet);
}

enum km_exit km_check_run(const struct km_check_input *input, const struct km_options *options)
{
	struct km_session session;
	struct km_rule_runs runs;
	struct km_check_record record = { .is_open = false };
	struct km_pool pool = { 0 };
	enum km_exit status;
	struct km_err err;

	signal(SIGALRM, time_out);
	alarm((unsigned int)input->timeout);
	if (km_check_input_runs(input, &pool, &runs, &err) ||
	    km_check_record_open(input, &runs, !options->from, &record, &err) || km_session_open(&session, options, &err)) {
		status = fail(&err);
	} else {
		runs.listed = input->list;
		status = check(&session, &runs, &record, input->list);
		km_session_deinit(&session);
	}
	km_check_record_close(&record);
	km_pool_deinit(&pool);
	return status;
}
