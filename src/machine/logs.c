// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <inttypes.h>
#include <sys/stat.h>
#include "base/alloc.h"
#include "machine/logs.h"
#include "parse/logtext-clean.h"
#include "parse/logtext-order.h"
#include "source/confine.h"
#include "source/log-capture.h"

/* The order of lines is found from the beginning. A log whose newest line comes first has to be kept whole. */
enum { BEGIN_BYTES = 64 << 10, BEGIN_MOST = 4 << 20, KEPT_MOST = 64 << 20 };

/* A log that is being read, and its rows if they are handed on as they come. */
struct reading {
	struct km_logs *logs;
	struct km_parse parse;
	struct km_klog *klog;
	struct km_klog_reader *reader;
	struct km_logtext *logtext;
	struct km_failures failures;
	struct km_epochs rows;
	uint64_t sequence; /* of the last line */
};

static void take_line(void *data, const struct km_kline *line)
{
	struct reading *reading = data;

	reading->sequence = line->sequence;
	km_klog_line(reading->reader, line);
}

static bool may_matter(void *data, struct km_str bytes)
{
	const struct reading *reading = data;

	return km_klog_may_matter(reading->reader, bytes);
}

static bool is_dull(void *data, struct km_str text, uint64_t sequence, uint64_t usec, bool wordless)
{
	struct reading *reading = data;

	reading->sequence = sequence;
	return km_klog_is_dull(reading->reader, text, sequence, usec, wordless);
}

static void note_release(struct km_logs *logs, const struct km_failure *row)
{
	if (row->release.ptr && !km_str_eq(row->release, logs->release))
		logs->release = km_pool_copy(&logs->machine->pool, row->release);
}

/* Passes on the rows of events that have ended. */
static void hand_on(struct reading *reading, size_t ended)
{
	while (reading->failures.rows.len < ended) {
		struct km_failure *row = km_pool_alloc(&reading->rows.pool, 1, sizeof(*row));

		km_failures_next(&reading->failures, &reading->rows.pool, row);
		note_release(reading->logs, row);
		reading->logs->events++;
		reading->logs->take(reading->logs->data, row);
	}
}

/* Frees rows that no later row needs. It waits until there are several, because each time the others move. */
static void retire(struct reading *reading)
{
	enum { TOGETHER = 16 };
	const size_t spent = km_failures_spent(&reading->failures, reading->sequence);

	if (spent < TOGETHER)
		return;
	km_epochs_turn(&reading->rows, reading->klog->retired + reading->failures.rows.len);
	km_failures_retire(&reading->failures, spent);
	km_klog_retire(reading->reader, spent);
	km_epochs_end(&reading->rows, reading->klog->retired);
}

static void push(struct reading *reading, struct km_str piece)
{
	km_logtext_push(reading->logtext, piece);
	if (!reading->logs->take)
		return;
	hand_on(reading, km_klog_ended(reading->reader));
	retire(reading);
}

/* Adds pieces until there are so many bytes, or the log ends: it is not read again then, a terminal would wait. */
static int gather(struct km_log *log, struct km_scratch *all, size_t most, bool *ret_end, struct km_err *err)
{
	struct km_str piece;
	int r = 0;

	do {
		r = km_log_next(log, &piece, err);
		km_scratch_append(all, r ? (struct km_str){ 0 } : piece);
	} while (!r && piece.len && all->bytes.len < most);
	*ret_end = !r && !piece.len;
	return r;
}

static void push_reversed(struct reading *reading, struct km_str text)
{
	km_logtext_push_reversed(reading->logtext, text);
	push(reading, (struct km_str){ 0 });
}

/* Reads on until the order shows: all lines of a failure may be of one second. */
static int find_order(struct km_log *log, struct km_scratch *begin, enum km_log_order *ret, bool *ret_end, struct km_err *err)
{
	size_t wanted = BEGIN_BYTES;
	int r;

	do {
		struct km_str text;

		r = gather(log, begin, wanted, ret_end, err);
		text = (struct km_str){ begin->bytes.items, begin->bytes.len };
		*ret = km_logtext_order(text);
		if (r || *ret_end)
			break;
		wanted *= 2;
	} while (*ret == KM_ORDER_UNKNOWN && wanted <= BEGIN_MOST);
	return r;
}

/* What is left of a log with this beginning, all at once if its lines come in the reverse order. */
static int push_all(struct reading *reading, struct km_log *log, struct km_scratch *begin, enum km_log_order order, bool end,
		    struct km_err *err)
{
	struct km_str piece = { begin->bytes.items, begin->bytes.len };
	int r = 0;

	if (order != KM_ORDER_BACKWARD) {
		push(reading, piece);
		while (!end && !(r = km_log_next(log, &piece, err)) && piece.len)
			push(reading, piece);
		return r;
	}
	if (!end)
		r = gather(log, begin, KEPT_MOST, &end, err);
	if (!r && begin->bytes.len >= KEPT_MOST)
		return km_err_set(err, -EFBIG, "reverse it with tac: tac FILE | kmeminfo log",
				  "the newest line comes first, and the log is larger than %u MiB", KEPT_MOST >> 20);
	push_reversed(reading, (struct km_str){ begin->bytes.items, begin->bytes.len });
	return r;
}

/* All of an open log, in pieces; false where a piece could not be read. */
static bool read_pieces(struct reading *reading, struct km_log *log, struct km_logtext_counts *ret_facts)
{
	static const struct km_logtext_skimmer skimmer = { may_matter, is_dull };
	struct km_parse *parse = &reading->parse;
	struct km_scratch begin = { 0 };
	enum km_log_order order;
	struct km_err err;
	bool end;
	int r;

	reading->reader = km_klog_begin(parse, reading->klog);
	reading->logtext = km_logtext_begin(take_line, reading);
	km_logtext_skim(reading->logtext, &skimmer);
	r = find_order(log, &begin, &order, &end, &err);
	if (!r)
		r = push_all(reading, log, &begin, order, end, &err);
	else if (order == KM_ORDER_BACKWARD)
		push_reversed(reading, (struct km_str){ begin.bytes.items, begin.bytes.len });
	else
		push(reading, (struct km_str){ begin.bytes.items, begin.bytes.len });
	km_scratch_deinit(&begin);
	km_logtext_end(reading->logtext, ret_facts);
	km_klog_end(reading->reader);
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
	logs->facts.other = logs->facts.other || facts->other;
	if (facts->lines && !facts->kernel && !facts->other)
		km_problem_source(parse->problems, parse->source, NULL, "no line shows that this is a kernel log");
	if (facts->lost)
		km_problem_line(parse->problems, parse->source, facts->lost_line,
				"a message of the log is damaged or left out, and %" PRIu64 " more like it",
				facts->lost - 1);
}

/* Adds the hints of one log. The first one is that of the first log with any. */
static void add_hints(struct km_logs *logs, const struct km_klog_hints *hints)
{
	const uint64_t lines = logs->hints.lines;

	if (!lines)
		logs->hints = *hints;
	else
		logs->hints.lines = lines + hints->lines;
}

static void keep_rows(struct km_logs *logs, const struct km_klog *klog, struct km_str source)
{
	struct km_sheet sheet = km_failure_derive(&logs->machine->pool, klog, source);

	for (size_t i = 0; i < sheet.len; i++) {
		const struct km_failure *row = km_sheet_row(&sheet, i);

		*km_array_push(&logs->rows) = *row;
		note_release(logs, row);
	}
	logs->events += sheet.len;
}

static void read_log(struct km_logs *logs, struct km_log *log, struct km_str source)
{
	struct km_machine *machine = logs->machine;
	struct km_klog *klog = km_pool_alloc(&machine->pool, 1, sizeof(*klog));
	struct reading reading = {
		.logs = logs, .parse = { .source = source, .problems = &machine->problems }, .klog = klog,
		.failures = { .klog = klog, .source = source },
	};
	struct km_logtext_counts facts;

	*km_array_push(&logs->klogs) = klog;
	if (!read_pieces(&reading, log, &facts) && !facts.lines)
		logs->failed++;
	else
		logs->len++;
	add_facts(logs, &reading.parse, &facts);
	add_hints(logs, &klog->hints);
	if (logs->take)
		hand_on(&reading, klog->events.len);
	else
		keep_rows(logs, klog, source);
	km_failures_deinit(&reading.failures);
	km_epochs_deinit(&reading.rows);
}

static void refuse_log(struct km_logs *logs, struct km_str source, const struct km_err *err)
{
	km_problem_source(&logs->machine->problems, source, *err->hint ? err->hint : NULL, "%s", err->what);
	logs->failed++;
}

void km_logs_want(struct km_logs *logs, const char *path, bool is_capture)
{
	*km_array_push(&logs->places) = (struct km_log_place){ path, is_capture, km_log_reserve(path) };
}

void km_logs_confine(const struct km_logs *logs)
{
	const char **later = km_pool_alloc(&logs->machine->pool, logs->places.len + 1, sizeof(*later));
	struct km_confinement wanted = { .kind = KM_CONFINE_FILE, .also = later };
	const struct km_log_place *place;

	km_array_each(place, &logs->places) {
		struct stat stat;

		if (!place->path)
			wanted.kind = KM_CONFINE_LIVE;
		else if (place->fd == -EAGAIN)
			*later++ = place->path;
		else if (place->is_capture && wanted.kind == KM_CONFINE_FILE && !fstat(place->fd, &stat) && S_ISDIR(stat.st_mode)) {
			wanted.kind = KM_CONFINE_TREE;
			wanted.tree_fd = place->fd;
		}
	}
	km_confine(&wanted, NULL);
}

static void read_file(struct km_logs *logs, const struct km_log_place *place)
{
	struct km_str source = km_str_from(place->path ? place->path : "dmesg");
	struct km_log *log = NULL;
	struct km_err err;

	if (km_log_open_reserved(&log, place->path, place->fd, &err)) {
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

static void read_capture(struct km_logs *logs, const struct km_log_place *place)
{
	struct km_err err;

	if (km_log_capture(place->path, place->fd, take_found, logs, &err))
		refuse_log(logs, km_str_from(place->path), &err);
	logs->rows.len = logs->events = km_failure_remove_duplicates(&logs->machine->pool, logs->rows.items, logs->rows.len);
}

void km_logs_read(struct km_logs *logs)
{
	const struct km_log_place *place;

	km_array_each(place, &logs->places)
		(place->is_capture ? read_capture : read_file)(logs, place);
}

void km_logs_set_host(const struct km_logs *logs)
{
	struct km_host *host = &logs->machine->host;

	km_row_init(&km_host_type, host);
	host->source = &km_host_sources[KM_HOST_LOG];
	host->release = logs->release;
}

void km_logs_deinit(struct km_logs *logs)
{
	for (size_t i = 0; i < logs->klogs.len; i++)
		km_klog_deinit(logs->klogs.items[i]);
	km_array_deinit(&logs->places);
	km_array_deinit(&logs->klogs);
	km_array_deinit(&logs->rows);
}
