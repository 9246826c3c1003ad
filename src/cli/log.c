// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"
#include "cli/log-print.h"
#include "machine/logs.h"
#include "report/failure-reason.h"
#include "report/options.h"
#include "source/log.h"

enum { OPT_DMESG = 512, OPT_FAIL };

struct input {
	char **files;
	size_t len;
	bool live, fail;
};

static const struct argp_option own_options[] = {
	{ "dmesg", OPT_DMESG, NULL, 0, "read the running kernel's own buffer", 0 },
	{ "fail-on-event", OPT_FAIL, NULL, 0, "exit with status 1 if the log reports a failed request", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;

	(void)arg;
	switch (key) {
	case OPT_DMESG:
		input->live = true;
		return 0;
	case OPT_FAIL:
		input->fail = true;
		return 0;
	case ARGP_KEY_ARGS:
		input->files = state->argv + state->next;
		input->len = (size_t)(state->argc - state->next);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* Opens the logs, gives up all rights that reading them does not need, and reads them. */
static void read_logs(struct km_logs *logs, const struct input *input, const char *from)
{
	if (input->live)
		km_logs_want(logs, NULL, false);
	for (size_t i = 0; i < input->len; i++)
		km_logs_want(logs, input->files[i], false);
	if (from)
		km_logs_want(logs, from, true);
	else if (!input->live && !input->len)
		km_logs_want(logs, "-", false);
	km_logs_confine(logs);
	km_logs_read(logs);
	if (!input->live || from)
		km_logs_set_host(logs);
}

static enum km_exit print_events(struct km_session *session, const struct km_logs *logs)
{
	const struct km_sheet sheet = { &km_failure_type, logs->rows.items, logs->rows.len, NULL };
	const struct km_events_options options = { logs->len, logs->len + logs->failed > 1, &logs->facts, &logs->hints };
	enum km_exit status;

	km_failure_explain(logs->rows.items, logs->rows.len);
	status = km_session_add_sheet(session, &km_report_events, sheet, &options);
	return status ? status : km_session_finish(session);
}

/* Reads the logs and prints their events, each when it ends if that is possible. */
static enum km_exit read_and_print(struct km_session *session, struct km_logs *logs, const struct input *input,
				   const char *from, struct km_log_printer *printer)
{
	enum km_exit status;

	/* several logs of a capture may have the same events, which must be compared */
	if (!from && km_log_print_begin(printer, session, input->len + input->live > 1)) {
		logs->take = km_log_print_row;
		logs->data = printer;
	}
	read_logs(logs, input, from);
	status = logs->take ? km_log_print_end(printer, logs) : print_events(session, logs);
	return !logs->len || (input->fail && logs->events) ? KM_EXIT_FAILED : status;
}

/* Whether there is anything to read; prints a message if not. */
static bool has_log(const struct input *input, const struct km_options *options)
{
	if (options->from || input->live || input->len || !km_log_is_typed())
		return true;
	km_print_message("log", NULL, "no log to read: name a FILE, or give --dmesg, --from CAPTURE, or a log on standard input");
	return false;
}

static enum km_exit run(const void *input, struct km_options *options)
{
	const struct input *own = input;
	const char *from = options->from;
	struct km_session session;
	struct km_logs logs = { .machine = &session.machine };
	struct km_log_printer printer;
	enum km_exit status;

	if (!has_log(own, options))
		return KM_EXIT_USAGE;
	/* only the logs of the capture are read, and nothing of this machine but its own log */
	options->from = NULL;
	options->source.confined = false;
	if (!km_session_init(&session, options))
		return KM_EXIT_FAILED;
	status = read_and_print(&session, &logs, own, from, &printer);
	km_logs_deinit(&logs);
	km_session_deinit(&session);
	return status;
}

const struct km_command km_command_log = {
	.name = "log",
	.brief = "failed memory requests in a kernel log, and their causes",
	.examples = (const struct km_example[]){
		{ "sudo dmesg | kmeminfo log", "the failed requests in the kernel log" },
		{ "kmeminfo log kern.log", "the same from a file" },
		{ 0 }
	},
	.args = "[FILE...]",
	.doc = "Explains page allocation failures, OOM kills, and failed requests of caches and vmalloc(), "
	       "from the text that dmesg, journalctl -k or syslog keep. Without FILE, or for -, standard "
	       "input is read; --from reads all kernel logs of a capture, and an event in several of them is "
	       "shown once. Other messages are skipped.",
	.options = own_options,
	.report = &km_report_events,
	.parse = parse,
	.input_size = sizeof(struct input),
	.run = run,
	.confined = true,
};
