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
	{ KM_STR_INIT("ut of kernel memory"), false },
	{ KM_STR_INIT("allocation fail"), false },
	{ KM_STR_INIT("alloc failed"), false },
	{ KM_STR_INIT("annot alloc"), false },
	{ KM_STR_INIT("nable to allocate"), false },
	{ KM_STR_INIT("ailed to allocate"), false },
	{ KM_STR_INIT("rror allocating"), false },
	{ KM_STR_INIT("memory allocation deadlock"), false }, /* XFS waits, and repeats the request */
	{ KM_STR_INIT("deadlocked on memory"), false },
	{ KM_STR_INIT("enough memory for the allocation"), false }, /* k6.12:mm/util.c __vm_enough_memory */
	{ KM_STR_INIT("cma: Failed to reserve"), false },
	{ KM_STR_INIT("dma alloc of size"), false },
	{ KM_STR_INIT("hugetlb_cma: reservation failed"), false },
	{ KM_STR_INIT("with error -12"), false }, /* -ENOMEM */
	{ KM_STR_INIT("VM: killing process"), false }, /* page faults of some architectures, up to 2.6.39 */
	{ KM_STR_INIT("unable to reap pid"), false },
	{ KM_STR_INIT("oom-killer"), false },
	{ KM_STR_INIT("lowmemorykiller: "), false },
	{ KM_STR_INIT("leaked out to the #PF handler"),
	  false }, /* k5.16:mm/oom_kill.c pagefault_out_of_memory */
	{ KM_STR_INIT("WQ_MEM_RECLAIM"), false },
	{ KM_STR_INIT("warn_alloc: "), false }, /* "12 callbacks suppressed": so many reports are not in the log */
	{ KM_STR_INIT("out_of_memory: "), false },
	{ KM_STR_INIT("Allocation of length "), false }, /* k6.12:mm/nommu.c do_mmap_private */
	{ KM_STR_INIT("coherent pool is too small"), false }, /* k3.7:arch/arm/mm/dma-mapping.c __alloc_from_pool */
	{ KM_STR_INIT("try_to_free_pages+"), true },
	{ KM_STR_INIT("try_to_free_mem_cgroup_pages+"), true },
};

/* Not "error -121". */
static bool has_words(struct km_str text, struct km_str words)
{
	const ptrdiff_t at = km_str_find(text, words);
	const size_t end = at < 0 ? text.len : (size_t)at + words.len;

	return at >= 0 && !(km_is_digit(words.ptr[words.len - 1]) && end < text.len && km_is_digit(text.ptr[end]));
}

void km_klog_hint_words(struct km_klog_filter *filter)
{
	for (size_t i = 0; i < sizeof(hints) / sizeof(*hints); i++)
		km_klog_filter_add(filter, hints[i].words);
}

void km_klog_take_hint(struct km_klog_reader *reader, const struct km_kline *line)
{
	struct km_klog_hints *found = &reader->klog->hints;

	for (size_t i = 0; i < sizeof(hints) / sizeof(*hints); i++) {
		if (!has_words(line->text, hints[i].words))
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
