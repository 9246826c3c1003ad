// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>
#include <stdlib.h>
#include "cli/command.h"
#include "model/failure.h"
#include "parse/logtext.h"
#include "source/log.h"
#include "report/failure-reason.h"
#include "report/failure-text.h"

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
	case ARGP_KEY_END:
		if (!input->live && !input->len && km_log_is_typed())
			argp_error(state, "log wants a FILE, --dmesg, or a log on standard input");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* What was read so far. */
struct logs {
	struct km_report *report;
	struct km_klog *klogs; /* one a log: rows borrow from it */
	size_t len, failed;
	struct km_logtext_facts facts; /* of all together */
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

/* path NULL: the running kernel's buffer. */
static void add_log(struct logs *logs, const char *path)
{
	struct km_machine *machine = &logs->report->machine;
	struct km_parse parse = {
		.source = km_str_from(!path ? "dmesg" : path), .problems = &machine->problems,
	};
	struct km_klog *klog = &logs->klogs[logs->len];
	struct km_logtext_facts facts;
	struct km_log *log = NULL;
	struct km_sheet sheet;
	struct km_err err;

	if (km_log_open(&log, path, &err)) {
		km_problem_source(&machine->problems, parse.source, *err.hint ? err.hint : NULL, "%s", err.what);
		logs->failed++;
		return;
	}
	if (!read_pieces(log, &parse, klog, &facts) && !facts.lines)
		logs->failed++;
	else
		logs->len++;
	km_log_close(log);
	add_facts(logs, &parse, &facts);
	sheet = km_failure_derive(&machine->pool, klog, parse.source);
	for (size_t i = 0; i < sheet.len; i++)
		*km_array_push(&logs->rows) = *(const struct km_failure *)km_sheet_row(&sheet, i);
	km_failure_explain(logs->rows.items + logs->rows.len - sheet.len, sheet.len);
}

static void read_logs(struct logs *logs, const struct input *input)
{
	logs->klogs = km_pool_alloc(&logs->report->machine.pool, input->len + 1, sizeof(*logs->klogs));
	if (input->live)
		add_log(logs, NULL);
	for (size_t i = 0; i < input->len; i++)
		add_log(logs, input->files[i]);
	if (!input->live && !input->len)
		add_log(logs, "-");
}

/* A log in a file is of a machine that need not be this one: all that is told of it is its kernel. */
static void set_host(struct km_report *report, const struct logs *logs)
{
	const struct km_failure *row;
	struct km_host *host = &report->machine.host;

	km_row_init(&km_host_type, host);
	host->source = KM_STR("log");
	km_array_each(row, &logs->rows)
		if (row->release.ptr)
			host->release = row->release;
}

/* What was read, where it has no event. */
static void print_nothing(FILE *out, const struct km_logtext_facts *facts)
{
	if (!facts->lines)
		fputs("The log is empty.\n", out);
	else if (!facts->kernel)
		fprintf(out, "This is no kernel log: none of its %" PRIu64 " %s is a kernel message.\n", facts->lines,
			facts->lines == 1 ? "line" : "lines");
	else
		fprintf(out, "The kernel log reports no failed request for memory (%" PRIu64 " %s).\n", facts->lines,
			facts->lines == 1 ? "line" : "lines");
}

static void print_events(FILE *out, const struct logs *logs, const struct km_style *style)
{
	const struct km_failure *row;

	if (!logs->rows.len && logs->len)
		print_nothing(out, &logs->facts);
	km_array_each(row, &logs->rows) {
		if (row != logs->rows.items)
			fputc('\n', out);
		km_tell_failure(out, &logs->report->machine.pool, row, logs->len + logs->failed > 1, style);
	}
}

static void show_text(const struct logs *logs)
{
	struct km_report *report = logs->report;
	struct km_style style = km_options_style(report->options);
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		return;
	print_events(out, logs, &style);
	fclose(out);
	report->sections.items[0].text = km_pool_copy(&report->machine.pool, (struct km_str){ text, len });
	free(text);
}

static enum km_exit finish(struct logs *logs, const struct input *input)
{
	struct km_report *report = logs->report;
	struct km_sheet sheet = { &km_failure_type, logs->rows.items, logs->rows.len, NULL };
	enum km_exit status;

	if (!input->live)
		set_host(report, logs);
	if (!km_report_add(report, km_failure_type.name, sheet))
		return KM_EXIT_USAGE;
	if (!report->options->view.columns)
		show_text(logs);
	status = km_report_finish(report);
	if (!logs->len || (input->fail && logs->rows.len))
		return KM_EXIT_FAILED;
	return status;
}

static enum km_exit run(int argc, char **argv, struct km_options *options)
{
	struct input input = { 0 };
	struct km_report report;
	struct logs logs = { .report = &report };
	enum km_exit status;

	km_cmd_parse(&km_cmd_log, argc, argv, options, &input);
	if (options->from) {
		fprintf(stderr, "%s: a log is named without --from\n", argv[0]);
		return KM_EXIT_USAGE;
	}
	if (!km_report_init(&report, options))
		return KM_EXIT_FAILED;
	read_logs(&logs, &input);
	status = finish(&logs, &input);
	for (size_t i = 0; i < logs.len; i++)
		km_klog_deinit(&logs.klogs[i]);
	km_array_deinit(&logs.rows);
	km_report_deinit(&report);
	return status;
}

const struct km_command km_cmd_log = {
	.name = "log",
	.brief = "failed requests for memory in a kernel's log, and why they failed",
	.args = "[FILE...]",
	.doc = "Explains page allocation failures, OOM kills, and caches and vmalloc areas that could not be "
	       "served, from the text that dmesg, journalctl -k or syslog keep. Without FILE, or for -, "
	       "standard input is read. What the log says of other things is skipped.",
	.options = own_options,
	.sheet = &km_failure_type,
	.parse = parse,
	.run = run,
};
