// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>
#include "machine/logs.h"
#include "source/log-capture.h"

static void take_line(void *reader, const struct km_kline *line)
{
	km_klog_line(reader, line);
}

/* All of an open log, in pieces; false where a piece could not be read. */
static bool read_pieces(struct km_log *log, struct km_parse *parse, struct km_klog *ret,
			struct km_logtext_counts *ret_facts)
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

/* Adds the counts of one log. */
static void add_facts(struct km_logs *logs, const struct km_parse *parse, const struct km_logtext_counts *facts)
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
static void add_hints(struct km_logs *logs, const struct km_klog_hints *hints)
{
	const uint64_t lines = logs->hints.lines;

	if (!lines)
		logs->hints = *hints;
	else
		logs->hints.lines = lines + hints->lines;
}

static void read_log(struct km_logs *logs, struct km_log *log, struct km_str source)
{
	struct km_machine *machine = logs->machine;
	struct km_parse parse = { .source = source, .problems = &machine->problems };
	struct km_klog *klog = km_pool_alloc(&machine->pool, 1, sizeof(*klog));
	struct km_logtext_counts facts;
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
}

static void refuse_log(struct km_logs *logs, struct km_str source, const struct km_err *err)
{
	km_problem_source(&logs->machine->problems, source, *err->hint ? err->hint : NULL, "%s", err->what);
	logs->failed++;
}

void km_logs_add(struct km_logs *logs, const char *path)
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
	struct km_logs *logs = data;

	name = km_pool_copy(&logs->machine->pool, name);
	if (log)
		read_log(logs, log, name);
	else
		refuse_log(logs, name, err);
}

void km_logs_add_capture(struct km_logs *logs, const char *path)
{
	struct km_err err;

	if (km_log_capture(path, take_found, logs, &err))
		refuse_log(logs, km_str_from(path), &err);
	logs->rows.len = km_failure_once(&logs->machine->pool, logs->rows.items, logs->rows.len);
}

void km_logs_set_host(const struct km_logs *logs)
{
	const struct km_failure *row;
	struct km_host *host = &logs->machine->host;

	km_row_init(&km_host_type, host);
	host->source = &km_host_sources[KM_HOST_LOG];
	km_array_each(row, &logs->rows)
		if (row->release.ptr)
			host->release = row->release;
}

void km_logs_deinit(struct km_logs *logs)
{
	for (size_t i = 0; i < logs->klogs.len; i++)
		km_klog_deinit(logs->klogs.items[i]);
	km_array_deinit(&logs->klogs);
	km_array_deinit(&logs->rows);
}
