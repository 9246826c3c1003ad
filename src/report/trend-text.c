// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/prose.h"
#include "base/units.h"
#include "model/timeline.h"
#include "model/trend.h"
#include "report/trend-text.h"
#include "words/say.h"

enum { MOST_SENTENCES = 5, NEVER_FOLD = 1 << 20 };

static size_t text_width(const struct km_style *style)
{
	return style->terminal ? style->width : NEVER_FOLD;
}

static void put_count(struct km_text *text, uint64_t count, const char *one, const char *many)
{
	km_text_printf(text, "%llu %s", (unsigned long long)count, count == 1 ? one : many);
}

/* "3h 20m in 1200 samples, from ... to ..., every 10s; 2 boots; 1 gap of 5m in all". */
static void put_timeline(struct km_text *text, const struct km_timeline *row)
{
	char buf[KM_UNITS_SIZE];

	put_count(text, row->samples, km_say("sample"), km_say("samples"));
	km_say_add(text, " in %s", km_units_seconds(buf, row->seconds));
	km_say_add(text, ", from %.*s to %.*s", KM_STR_ARG(row->from), KM_STR_ARG(row->to));
	if (row->samples > 1)
		km_say_add(text, ", every %s", km_units_seconds(buf, row->interval_seconds));
	if (row->boots > 1)
		km_say_add(text, "; the machine was booted in between, %llu boots in all",
			       (unsigned long long)row->boots);
	if (row->gaps) {
		km_text_puts(text, km_say("; "));
		put_count(text, row->gaps, km_say("gap"), km_say("gaps"));
		km_say_add(text, " without samples, %s", km_units_seconds(buf, row->gap_seconds));
	}
	if (row->suspends)
		km_say_add(text, "; the machine slept for %s, which is left out",
			       km_units_seconds(buf, row->suspended_seconds));
	if (row->clock_changes) {
		bool back = row->clock_change_seconds < 0;

		km_say_add(text, "; the clock was set %s by %s", back ? km_say("back") : km_say("forward"),
			       km_units_seconds(buf, back ? -row->clock_change_seconds : row->clock_change_seconds));
	}
	km_text_puts(text, km_say("."));
}

void km_timeline_write(const struct km_prose_query *query, const struct km_sheet *sheet)
{
	KM_TEXT_SCOPE line = { 0 };
	struct km_text text = { 0 };

	if (query->style->no_headings || !sheet->len)
		return;
	put_timeline(&line, sheet->rows);
	km_prose_fold(&text, km_text_str(&line), 0, text_width(query->style));
	km_document_add_text(query->document, &text, NULL);
}

static void put_name(struct km_text *text, const struct km_trend *row)
{
	km_text_printf(text, "%.*s %.*s", KM_STR_ARG(row->report), KM_STR_ARG(row->name));
}

static void put_leak(struct km_text *text, const struct km_trend *row)
{
	char rate[KM_UNITS_SIZE], time[KM_UNITS_SIZE], low[KM_UNITS_SIZE], high[KM_UNITS_SIZE];

	put_name(text, row);
	km_say_add(text, " grew %s an hour (%s to %s) for %s, evenly and without freeing any: leak-like.",
		       km_units_bytes(rate, (uint64_t)row->hourly_bytes), km_units_delta(low, row->hourly_low_bytes),
		       km_units_delta(high, row->hourly_high_bytes), km_units_seconds(time, row->seconds));
	if (row->exhausted_seconds == row->exhausted_seconds)
		km_say_add(text, " At that rate memory is used up in %s at the latest.",
			       km_units_seconds(time, row->exhausted_seconds));
}

static void put_burst(struct km_text *text, const struct km_trend *row)
{
	char bytes[KM_UNITS_SIZE], time[KM_UNITS_SIZE];

	put_name(text, row);
	km_say_add(text, " grew %s in %s: workload.", km_units_bytes(bytes, (uint64_t)row->burst_bytes),
		       km_units_seconds(time, row->burst_seconds));
}

static bool is_burst(const struct km_trend *row)
{
	return row->verdict == &km_trend_words[KM_TREND_WORKLOAD] && row->burst_bytes != KM_UNKNOWN_DELTA &&
	       row->burst_bytes >= 1 << 20;
}

static void put_hidden(struct km_text *text, size_t shown, size_t hidden, size_t width)
{
	KM_TEXT_SCOPE line = { 0 };

	if (!shown && !hidden)
		km_text_puts(&line, km_say("The recording has no rows of this report."));
	else if (hidden)
		km_say_add(&line, "%zu row%s steady or %s not seen long enough; --all shows %s.", hidden,
			   hidden == 1 ? " is" : "s are", hidden == 1 ? "was" : "were", hidden == 1 ? "it" : "them");
	if (line.len)
		km_prose_fold(text, km_text_str(&line), 0, width);
}

void km_trend_explain(struct km_document *document, const struct km_sheet *sheet, size_t hidden,
		      const struct km_style *style)
{
	struct km_text text = { 0 };
	size_t sentences = 0;

	for (size_t i = 0; i < sheet->len && sentences < MOST_SENTENCES; i++) {
		const struct km_trend *row = km_sheet_row(sheet, i);
		KM_TEXT_SCOPE line = { 0 };

		if (row->verdict == &km_trend_words[KM_TREND_LEAK_LIKE])
			put_leak(&line, row);
		else if (is_burst(row))
			put_burst(&line, row);
		else
			continue;
		km_prose_fold(&text, km_text_str(&line), 0, text_width(style));
		sentences++;
	}
	put_hidden(&text, sheet->len, hidden, text_width(style));
	if (text.len)
		km_document_add_text(document, &text, NULL);
	km_text_deinit(&text);
}
