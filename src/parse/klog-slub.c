// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Below the head of a cache's report (mm/slub.c, mm/slab.c slab_out_of_memory):
 *
 *   cache: skbuff_small_head, object size: 640, buffer size: 640, default order: 1, min order: 0
 *   cache: signal_cache(632851:3a16b), object size: 1024, buffer size: 1088, ...   a memory
 * cgroup's, up to 5.8 cache: size-64, object size: 64, order: 0 SLAB, up to 6.7 node 0: slabs: 15,
 * objs: 225, free: 0 node 0: slabs: 15/16, objs: 225/240, free: 15 SLAB: active and all
 */
#include "parse/klog-report.h"

static uint64_t sum_of(uint64_t sum, uint64_t part)
{
	return sum == KM_UNKNOWN ? part : km_num_add(sum, part);
}

/* "225", or the second of "225/240" */
static uint64_t count_of(struct km_str text, struct km_str key)
{
	struct km_str value = km_str_trim(km_klog_value(text, key)), first;
	uint64_t number;

	if (!value.ptr)
		return KM_UNKNOWN;
	km_str_take_until(&value, '/', &first);
	return km_str_take_u64(&value, &number) ? number : KM_UNKNOWN;
}

static void parse_cache(struct km_str text, struct km_klog_event *event)
{
	event->cache = km_klog_value(text, KM_STR("cache: "));
	event->object_bytes = km_klog_number(text, KM_STR("object size:"));
	event->buffer_bytes = km_klog_number(text, KM_STR("buffer size:"));
	event->default_order = km_klog_number(text, KM_STR("default order:"));
	event->min_order = km_klog_number(text, KM_STR("min order:"));
	if (event->min_order == KM_UNKNOWN)
		event->min_order = km_klog_number(text, KM_STR(", order:"));
	event->complete = true;
}

bool km_klog_take_slub(struct km_klog_event *event, struct km_str text)
{
	if (event->kind != KM_KLOG_SLUB)
		return false;
	if (km_str_starts(text, KM_STR("cache: "))) {
		parse_cache(text, event);
		return true;
	}
	if (!km_str_starts(text, KM_STR("node ")) || km_str_find(text, KM_STR(": slabs: ")) < 0)
		return false;
	event->slabs_total = sum_of(event->slabs_total, count_of(text, KM_STR("slabs:")));
	event->objects = sum_of(event->objects, count_of(text, KM_STR("objs:")));
	event->free_objects = sum_of(event->free_objects, count_of(text, KM_STR("free:")));
	return true;
}
