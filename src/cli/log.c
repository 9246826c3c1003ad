// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>
#include "cli/command.h"
#include "model/failure.h"
#include "report/failure-reason.h"
#include "parse/logtext.h"
#include "report/options.h"
#include "source/log-capture.h"

enum { OPT_DMESG = 512, OPT_FAIL };

struct input {
	char **files;
	size_t len;
	bool live, fail;
};

static const struct argp_option own_options[] = {
	{ "dmesg", OPT_DMESG, NULL, 0, "read the running kernel's own buffer", 0 },
	{ "fail-on-event", OPT_FAIL, NULL, 0, "exit with 1 when the log reports a failed request", 0 },
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

/* What was read so far. */
struct logs {
	struct km_session *session;
	const char *from; /* --from, or NULL */
	KM_ARRAY(struct km_klog *) klogs; /* one a log: rows borrow from it */
	size_t len, failed;
	struct km_logtext_facts facts; /* of all together */
	struct km_klog_hints hints;
	KM_ARRAY(struct km_failure) rows;
};

static void take_line(void *reader, const struct km_kline *line)
{
	km_klog_line(reader, line);
}

/* All of an open log, in pieces; false where a piece could not be read. */
static bool read_pieces(struct km_log *log, struct km_parse *parse, struct km_klog *ret,
			struct km_logtext_facts *ret_facts)
{
	struct km_klog_reader *reader = km_klog_begin(parse, ret);
	struct km_logtext *logtext = km_logtext_begin(take_line, reader);
	struct km_str piece;
	struct km_err err;
	int r;

	while (!(r = km_log_next(log, &piece, &err)) && piece.len)
		km_logtext_push(logtext, piece);
	km_logtext_end(logtext, ret_facts);
	km_klog_end(reader);
	if (r)
		km_problem_source(parse->problems, parse->source, *err.hint ? err.hint : NULL, "%s", err.what);
	return !r;
}

/* What the text of one log was. */
static void add_facts(struct logs *logs, const struct km_parse *parse, const struct km_logtext_facts *facts)
{
	logs->facts.lines += facts->lines;
	logs->facts.kernel_lines += facts->kernel_lines;
	logs->facts.kernel = logs->facts.kernel || facts->kernel;
	if (facts->lost)
		km_problem_line(parse->problems, parse->source, facts->lost_line,
				"a message of the log is damaged or left out, and %" PRIu64 " more like it",
				facts->lost - 1);
}

/* The first of the first log that has any. */
static void add_hints(struct logs *logs, const struct km_klog_hints *hints)
{
	const uint64_t lines = logs->hints.lines;

	if (!lines)
		logs->hints = *hints;
	else
		logs->hints.lines = lines + hints->lines;
}

static void read_log(struct logs *logs, struct km_log *log, struct km_str source)
{
	struct km_machine *machine = &logs->session->machine;
	struct km_parse parse = { .source = source, .problems = &machine->problems };
	struct km_klog *klog = km_pool_alloc(&machine->pool, 1, sizeof(*klog));
	struct km_logtext_facts facts;
	struct km_sheet sheet;

	*km_array_push(&logs->klogs) = klog;
	if (!read_pieces(log, &parse, klog, &facts) && !facts.lines)
		logs->failed++;
	else
		logs->len++;
	add_facts(logs, &parse, &facts);
	add_hints(logs, &klog->hints);
	sheet = km_failure_derive(&machine->pool, klog, source);
	for (size_t i = 0; i < sheet.len; i++)
		*km_array_push(&logs->rows) = *(const struct km_failure *)km_sheet_row(&sheet, i);
	km_failure_explain(logs->rows.items + logs->rows.len - sheet.len, sheet.len);
}

static void refuse_log(struct logs *logs, struct km_str source, const struct km_err *err)
{
	km_problem_source(&logs->session->machine.problems, source, *err->hint ? err->hint : NULL, "%s", err->what);
	logs->failed++;
}

/* path NULL: the running kernel's buffer. */
static void add_log(struct logs *logs, const char *path)
{
	struct km_str source = km_str_from(!path ? "dmesg" : path);
	struct km_log *log;
	struct km_err err;

	if (km_log_open(&log, path, &err)) {
		refuse_log(logs, source, &err);
		return;
	}
	read_log(logs, log, source);
	km_log_close(log);
}

static void take_found(void *data, struct km_log *log, struct km_str name, const struct km_err *err)
{
	struct logs *logs = data;

	name = km_pool_copy(&logs->session->machine.pool, name);
	if (log)
		read_log(logs, log, name);
	else
		refuse_log(logs, name, err);
}

/* A capture has the same events in several of its logs. */
static void add_capture(struct logs *logs, const char *path)
{
	struct km_err err;

	if (km_log_capture(path, take_found, logs, &err))
		refuse_log(logs, km_str_from(path), &err);
	logs->rows.len = km_failure_once(&logs->session->machine.pool, logs->rows.items, logs->rows.len);
}

static void read_logs(struct logs *logs, const struct input *input)
{
	if (input->live)
		add_log(logs, NULL);
	for (size_t i = 0; i < input->len; i++)
		add_log(logs, input->files[i]);
	if (logs->from)
		add_capture(logs, logs->from);
	else if (!input->live && !input->len)
		add_log(logs, "-");
}

/* A log in a file is of a machine that need not be this one: all that is told of it is its kernel. */
static void set_host(const struct logs *logs)
{
	const struct km_failure *row;
	struct km_host *host = &logs->session->machine.host;

	km_row_init(&km_host_type, host);
	host->source = KM_STR("log");
	km_array_each(row, &logs->rows)
		if (row->release.ptr)
			host->release = row->release;
}

static enum km_exit add_events(struct logs *logs, const struct input *input)
{
	const struct km_sheet sheet = { &km_failure_type, logs->rows.items, logs->rows.len, NULL };
	const struct km_events_options options = { logs->len, logs->len + logs->failed > 1, &logs->facts, &logs->hints };
	enum km_exit status;

	if (!input->live || logs->from)
		set_host(logs);
	status = km_session_add_sheet(logs->session, &km_report_events, sheet, &options);
	if (!status)
		status = km_session_finish(logs->session);
	if (!logs->len || (input->fail && logs->rows.len))
		return KM_EXIT_FAILED;
	return status;
}

/* Whether there is something to read; complains where there is not. */
static bool has_log(const struct input *input, const struct km_options *options)
{
	if (options->from || input->live || input->len || !km_log_is_typed())
		return true;
	fputs("kmeminfo log: no log to read: name a FILE, or give --dmesg, --from CAPTURE, or a log on standard "
	      "input\n", stderr);
	return false;
}

static enum km_exit run(const void *input, struct km_options *options)
{
	struct km_session session;
	struct logs logs = { .session = &session, .from = options->from };
	enum km_exit status;

	if (!has_log(input, options))
		return KM_EXIT_USAGE;
	/* of the capture only its logs are read */
	options->from = NULL;

	if (!km_session_init(&session, options))
		return KM_EXIT_FAILED;
	read_logs(&logs, input);
	status = add_events(&logs, input);
	for (size_t i = 0; i < logs.klogs.len; i++)
		km_klog_deinit(logs.klogs.items[i]);
	km_array_deinit(&logs.klogs);
	km_array_deinit(&logs.rows);
	km_session_deinit(&session);
	return status;
}

const struct km_command km_command_log = {
	.name = "log",
	.brief = "failed memory requests in a kernel log, and why they failed",
	.args = "[FILE...]",
	.doc = "Explains page allocation failures, OOM kills, and caches and vmalloc areas that could not be "
	       "served, from the text that dmesg, journalctl -k or syslog keep. Without FILE, or for -, "
	       "standard input is read; --from reads all kernel logs of a capture, and an event that "
	       "several of them have is shown once. What the log says of other things is skipped.",
	.options = own_options,
	.report = &km_report_events,
	.parse = parse,
	.input_size = sizeof(struct input),
	.run = run,
	.confined = true,
};
