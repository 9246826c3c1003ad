// SPDX-License-Identifier: GPL-2.0-or-later
/* The part of a report about the memory cgroup that reached its limit. */
#include "model/failure-cause.h"

static bool is_reached(const struct km_klog_limit *limit)
{
	return limit->limit_kib != KM_UNKNOWN && limit->usage_kib != KM_UNKNOWN &&
	       limit->usage_kib >= limit->limit_kib;
}

/* Charges are made in batches, so usage may be a little below the limit. */
const struct km_klog_limit *km_failure_limit(const struct km_klog_event *event)
{
	const struct km_klog_limit *const limits[] = { &event->memory, &event->memory_swap,
						       &event->kernel };

	for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++)
		if (is_reached(limits[i]))
			return limits[i];
	return &event->memory;
}

struct km_str km_failure_cache_owner(struct km_str cache, struct km_str *ret_name)
{
	struct km_str name, part;

	if (!km_str_ends(cache, KM_STR(")")) || !km_str_take_until(&cache, '(', &name) ||
	    !km_str_take_until(&cache, ':', &part))
		return (struct km_str){ 0 };
	if (ret_name)
		*ret_name = name;
	cache.len--;
	return cache;
}

uint64_t km_failure_charge(const struct km_klog_event *event, const char *name)
{
	const struct km_zoneinfo_stat *stat;

	km_array_each(stat, &event->charges)
		if (km_str_eq(stat->name, km_str_from(name)))
			return stat->value;
	return KM_UNKNOWN;
}

/* k6.12:mm/memcontrol.c memory_stats; since 5.18 "kernel" is the sum; cgroup v1 has kmem instead */
uint64_t km_failure_kernel_charge(const struct km_klog_event *event)
{
	static const char *const parts[] = {
		"kernel_stack",	    "pagetables",	  "percpu", "sock", "vmalloc",
		"slab_reclaimable", "slab_unreclaimable",
	};
	uint64_t sum = km_failure_charge(event, "kernel"), charged = 0;

	if (sum != KM_UNKNOWN)
		return km_num_add(sum, km_num_or(km_failure_charge(event, "sock"), 0));
	if (event->kernel.usage_kib != KM_UNKNOWN)
		return km_num_mul(event->kernel.usage_kib, 1024);
	for (size_t i = 0, sum_of_parts = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		uint64_t part = km_failure_charge(event, parts[i]);

		sum_of_parts += part != KM_UNKNOWN;
		charged = km_num_add(charged, km_num_or(part, 0));
		sum = sum_of_parts ? charged : KM_UNKNOWN;
	}
	return sum;
}
