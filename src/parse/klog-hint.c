// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Lines that look like trouble with memory but belong to no known report: from drivers and file systems, from
 * killers outside mm/, from tasks that hang in reclaim. They are counted and reported, so that a log with
 * such lines does not look healthy.
 */
#include "parse/klog-reader.h"

/* A trace has several such frames: of lines so near to each other the first counts. */
enum { NEAR_LINES = 60 };

enum kind {
	ALONE,
	OF_TRACE, /* a frame */
	OF_KILL,  /* follows a kill: is a hint only where none was read */
};

static const struct {
	struct km_str words;
	enum kind kind;
} hints[] = {
	{ KM_STR_INIT("ut of memory"), ALONE },
	{ KM_STR_INIT("ut of kernel memory"), ALONE },
	{ KM_STR_INIT("allocation fail"), ALONE },
	{ KM_STR_INIT("alloc failed"), ALONE },
	{ KM_STR_INIT("annot alloc"), ALONE },
	{ KM_STR_INIT("nable to allocate"), ALONE },
	{ KM_STR_INIT("ailed to allocate"), ALONE },
	{ KM_STR_INIT("rror allocating"), ALONE },
	{ KM_STR_INIT("memory allocation deadlock"), ALONE }, /* XFS waits, and repeats the request */
	{ KM_STR_INIT("deadlocked on memory"), ALONE },
	{ KM_STR_INIT("enough memory for the allocation"), ALONE }, /* k6.12:mm/util.c __vm_enough_memory */
	{ KM_STR_INIT("cma: Failed to reserve"), ALONE },
	{ KM_STR_INIT("dma alloc of size"), ALONE },
	{ KM_STR_INIT("hugetlb_cma: reservation failed"), ALONE },
	{ KM_STR_INIT("with error -12"), ALONE }, /* -ENOMEM */
	{ KM_STR_INIT("VM: killing process"), ALONE }, /* page faults of some architectures, up to 2.6.39 */
	{ KM_STR_INIT("unable to reap pid"), ALONE },
	{ KM_STR_INIT("oom-killer"), ALONE },
	{ KM_STR_INIT("lowmemorykiller: "), ALONE },
	{ KM_STR_INIT("leaked out to the #PF handler"), ALONE }, /* k5.16:mm/oom_kill.c pagefault_out_of_memory */
	{ KM_STR_INIT("WQ_MEM_RECLAIM"), ALONE },
	{ KM_STR_INIT("warn_alloc: "), ALONE }, /* "12 callbacks suppressed": so many reports are not in the log */
	{ KM_STR_INIT("out_of_memory: "), ALONE },
	{ KM_STR_INIT("Allocation of length "), ALONE }, /* k6.12:mm/nommu.c do_mmap_private */
	{ KM_STR_INIT("coherent pool is too small"), ALONE }, /* k3.7:arch/arm/mm/dma-mapping.c __alloc_from_pool */
	{ KM_STR_INIT("oom_reaper: reaped process"), OF_KILL },
	{ KM_STR_INIT("memory.oom.group set"), OF_KILL },
	{ KM_STR_INIT("try_to_free_pages+"), OF_TRACE },
	{ KM_STR_INIT("try_to_free_mem_cgroup_pages+"), OF_TRACE },
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
		if ((hints[i].kind == OF_KILL && reader->kills) ||
		    (hints[i].kind == OF_TRACE && reader->last_hint && line->number - reader->last_hint < NEAR_LINES))
			return;
		reader->last_hint = line->number;
		if (!found->lines++) {
			found->first_line = line->number;
			found->first = km_pool_copy(&reader->klog->kept, line->text);
		}
		return;
	}
}
