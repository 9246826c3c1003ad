// SPDX-License-Identifier: GPL-2.0-or-later
/* Lines that change nothing: most of a log, which has to be read at the speed of a disk. */
#include <limits.h>
#include "parse/klog-mem.h"
#include "parse/klog-reader.h"

/* What a line begins with that matters although it has no word of a first line (klog.c take_line). */
static bool is_trigger(struct km_str text)
{
	static const char beginnings[][5] = {
		"CPU:", "Pid:", "Mem-", "Node", "DMA ", "DMA3", "Norm", "High", "Mova", "acti", "sysr", "SysR", "oom-", "memo",
		"Memo", "Task", "Unre", "WARN", "cma:",
	};

	static const bool firsts[UCHAR_MAX + 1] = {
		['C'] = true, ['D'] = true, ['H'] = true, ['M'] = true, ['N'] = true, ['P'] = true, ['S'] = true, ['T'] = true,
		['U'] = true, ['W'] = true, ['a'] = true, ['c'] = true, ['m'] = true, ['o'] = true, ['s'] = true,
	};

	if (text.len < 4 || !firsts[(unsigned char)*text.ptr])
		return false;
	for (size_t i = 0; i < sizeof(beginnings) / sizeof(*beginnings); i++)
		if (!memcmp(text.ptr, beginnings[i], 4))
			return true;
	return false;
}

/* Whether the report of a failed request has its last line: none of its kind has lines behind Mem-Info. */
static bool is_whole(const struct km_klog_event *event)
{
	return (event->kind == KM_KLOG_PAGES || event->kind == KM_KLOG_STALL || event->kind == KM_KLOG_VMALLOC) && event->mem &&
	       event->mem->reserved_pages != KM_UNKNOWN;
}

static bool is_open(const struct km_klog_reader *reader, const struct km_klog_open *open, uint64_t usec)
{
	return open->event && km_klog_is_fresh(open, usec) && !is_whole(km_klog_event_of(reader, open));
}

/* No report gets a line any more. As long as times go on, that stays so until the next line that matters. */
static bool is_idle(struct km_klog_reader *reader, uint64_t usec)
{
	if (reader->idle && usec >= reader->last_usec)
		return true;
	reader->idle = reader->waiting.wrap == KM_WRAP_NONE &&
		       !(reader->orphan_open.event && km_klog_is_fresh(&reader->orphan_open, usec));
	for (size_t i = 0; reader->idle && i < KM_KLOG_OPEN; i++)
		reader->idle = !is_open(reader, &reader->open[i], usec);
	return reader->idle;
}

bool km_klog_may_matter(const struct km_klog_reader *reader, struct km_str bytes)
{
	return km_klog_filter_may(&reader->filter, bytes);
}

bool km_klog_is_dull(struct km_klog_reader *reader, struct km_str text, uint64_t sequence, uint64_t usec, bool wordless)
{
	if (!is_idle(reader, usec) || is_trigger(text) || (!wordless && km_klog_may_matter(reader, text)))
		return false;
	reader->last_sequence = sequence;
	reader->last_usec = usec;
	return true;
}
