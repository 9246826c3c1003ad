// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Lines that look like trouble with memory but belong to no known report: from drivers and file systems, from
 * killers outside mm/, from tasks that hang in reclaim. They are counted and reported, so that a log with
 * such lines does not look healthy.
 */
#include "parse/klog-reader.h"

/* A trace has several such frames: of lines so near to each other the first counts. */
enum { NEAR_LINES = 60 };

static const struct {
	struct km_str words;
	bool of_trace;
} hints[] = {
	{ KM_STR_INIT("ut of memory"), false },
	{ KM_STR_INIT("allocation fail"), false },
	{ KM_STR_INIT("alloc failed"), false },
	{ KM_STR_INIT("annot allocate memory"), false },
	{ KM_STR_INIT("ailed to allocate"), false },
	{ KM_STR_INIT("oom-killer"), false },
	{ KM_STR_INIT("lowmemorykiller: "), false },
	{ KM_STR_INIT("leaked out to the #PF handler"),
	  false }, /* k5.16:mm/oom_kill.c pagefault_out_of_memory */
	{ KM_STR_INIT("WQ_MEM_RECLAIM"), false },
	{ KM_STR_INIT("try_to_free_pages+"), true },
	{ KM_STR_INIT("try_to_free_mem_cgroup_pages+"), true },
};

void km_klog_hint_words(struct km_klog_filter *filter)
{
	for (size_t i = 0; i < sizeof(hints) / sizeof(*hints); i++)
		km_klog_filter_add(filter, hints[i].words);
}

void km_klog_take_hint(struct km_klog_reader *reader, const struct km_kline *line)
{
	struct km_klog_hints *found = &reader->klog->hints;

	for (size_t i = 0; i < sizeof(hints) / sizeof(*hints); i++) {
		if (km_str_find(line->text, hints[i].words) < 0)
			continue;
		if (hints[i].of_trace && reader->last_hint &&
		    line->number - reader->last_hint < NEAR_LINES)
			return;
		reader->last_hint = line->number;
		if (!found->lines++) {
			found->first_line = line->number;
			found->first = km_pool_copy(&reader->klog->kept, line->text);
		}
		return;
	}
}
