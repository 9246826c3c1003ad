// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "cli/predict-log.h"
#include "machine/logs.h"
#include "model/failure-cause.h"

const struct km_report *km_predict_report(const struct km_predict_input *input)
{
	return input->table ? &km_report_forecast : &km_report_predict;
}

/* NULL: there is none; err has the reason. */
static const struct km_failure *find_event(const struct km_logs *logs, const struct km_predict_input *input, struct km_err *err)
{
	const struct km_failure *rows = logs->rows.items;

	if (input->event != KM_UNKNOWN) {
		if (input->event > logs->rows.len)
			km_err_set(err, -ENOENT, "'kmeminfo log FILE' shows them", "event %llu: the log has %zu failure report%s",
				   (unsigned long long)input->event, logs->rows.len, logs->rows.len == 1 ? "" : "s");
		else if (!rows[input->event - 1].basis->supply.zones.len)
			km_err_set(err, -ENODATA, "'kmeminfo log FILE' shows what it has", "failure report %llu lists no zones",
				   (unsigned long long)input->event);
		else
			return &rows[input->event - 1];
		return NULL;
	}
	for (size_t i = logs->rows.len; i-- > 0;)
		if (rows[i].basis->supply.zones.len)
			return &rows[i];
	km_err_set(err, -ENODATA, "'kmeminfo log FILE' shows what it has", "the log has no failure report that lists zones");
	return NULL;
}

static enum km_exit run_log(struct km_session *session, const struct km_logs *logs, struct km_predict_input input)
{
	enum km_exit status;
	struct km_err err;

	input.predict.event = find_event(logs, &input, &err);
	if (!input.predict.event) {
		if (logs->len)
			km_print_error(&err);
		km_print_problems(&session->machine.problems);
		return KM_EXIT_FAILED;
	}
	status = km_session_add(session, km_predict_report(&input), &input);
	return status ? status : km_session_finish(session);
}

enum km_exit km_predict_from_log(const struct km_predict_input *input, struct km_options *options)
{
	struct km_session session;
	struct km_logs logs = { .machine = &session.machine };
	enum km_exit status;

	if (options->from) {
		km_print_message("predict", NULL, "--log and --from exclude each other: each has zones of its own");
		return KM_EXIT_USAGE;
	}
	/* nothing of this machine is read */
	options->source.confined = false;
	if (!km_session_init(&session, options))
		return KM_EXIT_FAILED;
	km_logs_want(&logs, input->log, false);
	km_logs_confine(&logs);
	km_logs_read(&logs);
	km_logs_set_host(&logs);
	status = run_log(&session, &logs, *input);
	km_logs_deinit(&logs);
	km_session_deinit(&session);
	return status;
}
