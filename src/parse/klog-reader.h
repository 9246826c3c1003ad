/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside parse/ only: all reports that are being read, and which of them a line belongs to. */
#ifndef KM_PARSE_KLOG_READER_H
#define KM_PARSE_KLOG_READER_H

#include "parse/klog-filter.h"
#include "parse/klog-report.h"
#include "parse/klog-wrap.h"
#include "parse/kline.h"

enum { KM_KLOG_KEPT = 16 * 1024, KM_KLOG_OPEN = 16 };

struct km_klog_reader {
	struct km_parse *parse;
	struct km_klog *klog;
	struct km_klog_filter filter; /* words that a first line or a kill has */
	struct km_str spare; /* room in the pool for the next line's text */
	struct km_klog_open open[KM_KLOG_OPEN];
	/* A runner and its trace without a report, until a Mem-Info shows which report they belong to. */
	struct km_klog_event orphan;
	struct km_klog_open orphan_open;
	char orphan_text[KM_KLOG_KEPT];
	size_t orphan_len;
	uint64_t last_hint; /* line; 0: none */
	bool kills;         /* a kill was read */
	/* A line that may have been wrapped waits for the next one, which may be its rest. */
	struct {
		enum km_klog_wrap wrap; /* KM_WRAP_NONE: none waits */
		struct km_kline line;   /* its texts are in room */
		size_t parts, len;
		char room[KM_KLOG_KEPT];
	} waiting;
	uint64_t last_sequence, last_usec; /* of the last line */
	bool idle; /* at last_usec no report was open any more */
	uint64_t finished;                 /* of all events of the log the first so many are whole */
	bool ignores_mem; /* SysRq m: nothing failed */
};

static inline struct km_klog_event *km_klog_event_of(const struct km_klog_reader *reader,
						     const struct km_klog_open *open)
{
	return reader->klog->events.items[open->event - 1 - reader->klog->retired];
}

/* klog-open.c. Reports that a line may belong to; NULL: none. */
struct km_klog_open *km_klog_open_of(struct km_klog_reader *reader, const struct km_kline *line);
struct km_klog_open *km_klog_killer_of(struct km_klog_reader *reader, const struct km_kline *line,
				       const struct km_klog_kill *kill);
struct km_klog_open *km_klog_report_of(struct km_klog_reader *reader, const struct km_kline *line,
				       const struct km_klog_runner *runner);
struct km_klog_open *km_klog_without_mem(struct km_klog_reader *reader, const struct km_kline *line);

/* A report that is inside its trace although a later one has begun; NULL: none. */
struct km_klog_open *km_klog_amid_trace(struct km_klog_reader *reader, const struct km_kline *line,
					const struct km_klog_open *later);
/* Marks the reports that began after this one, and this one too if there are any: their lines are mixed. */
void km_klog_mix_with_later(struct km_klog_reader *reader, const struct km_kline *line,
			    struct km_klog_open *open);

/* klog.c. Whether a report has taken the line. may: it has a word of a first line or a kill. */
bool km_klog_take_line(struct km_klog_reader *reader, const struct km_kline *line, bool may);

/* Whether the CPU or task that printed the line was printing this report a moment ago. */
bool km_klog_is_same_printer(const struct km_klog_open *open, const struct km_kline *line);
/* Adds an event; the line is its first. */
struct km_klog_open *km_klog_add_event(struct km_klog_reader *reader, const struct km_kline *line,
				       const struct km_klog_event *event);
/* Whether its last line is so near that the next line may belong to it. */
bool km_klog_is_fresh(const struct km_klog_open *open, uint64_t usec);
/* klog-store.c. No line is added to the first so many events any more. */
void km_klog_finish(struct km_klog_reader *reader, size_t events);
void km_klog_touch(struct km_klog_open *open, const struct km_kline *line);

/* klog-hint.c. Words of lines that are counted although no report knows them, and the count. */
void km_klog_hint_words(struct km_klog_filter *filter);
void km_klog_take_hint(struct km_klog_reader *reader, const struct km_kline *line);

/* klog-orphan.c. A trace that belongs to no report, so far. */
void km_klog_begin_orphan(struct km_klog_reader *reader, const struct km_kline *line,
			  const struct km_klog_runner *runner);
bool km_klog_take_orphan(struct km_klog_reader *reader, const struct km_kline *line);
/* A report whose head is lost: made of the orphan, or only of the line that shows that there is one. */
struct km_klog_open *km_klog_adopt(struct km_klog_reader *reader, const struct km_kline *line);
void km_klog_set_runner(struct km_klog_event *event, const struct km_klog_runner *runner);

#endif
