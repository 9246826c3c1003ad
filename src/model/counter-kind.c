// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/counter-kind.h"

/* A name; a name with a star covers all names with this prefix. The first match counts. */
static const struct {
	const char *name;
	unsigned int kind;
} names[] = {
	/* Most of the kernel's nr_ names are amounts (zone_stat_item, node_stat_item). These are events. */
	{ "nr_dirtied", KM_COUNTER },
	{ "nr_written", KM_COUNTER },
	{ "nr_throttled_written", KM_COUNTER },
	{ "nr_vmscan_write", KM_COUNTER },
	{ "nr_vmscan_immediate_reclaim", KM_COUNTER },
	{ "nr_foll_pin_acquired", KM_COUNTER },
	{ "nr_foll_pin_released", KM_COUNTER },
	{ "nr_tlb_*", KM_COUNTER },
	{ "nr_*", KM_LEVEL },
	/* Nodes of the page cache's trees with shadow entries: an amount between events. */
	{ "workingset_nodes", KM_LEVEL },
	{ "workingset_*", KM_COUNTER },
	{ "allocstall*", KM_COUNTER },
	{ "balloon_*", KM_COUNTER },
	{ "cma_alloc_*", KM_COUNTER },
	{ "cma_release_*", KM_COUNTER },
	{ "compact_*", KM_COUNTER },
	{ "cow_ksm", KM_COUNTER },
	{ "direct_map_*", KM_COUNTER },
	{ "drop_*", KM_COUNTER },
	{ "htlb_buddy_*", KM_COUNTER },
	{ "ksm_swpin_copy", KM_COUNTER },
	{ "kstack_*", KM_COUNTER }, /* ended tasks by the depth of their stack */
	{ "kswapd_*", KM_COUNTER },
	{ "numa_*", KM_COUNTER },
	{ "oom_kill", KM_COUNTER },
	{ "pageoutrun", KM_COUNTER },
	{ "pg*", KM_COUNTER },
	{ "pswp*", KM_COUNTER },
	{ "slabs_scanned", KM_COUNTER },
	{ "swap_ra*", KM_COUNTER },
	{ "swpin_zero", KM_COUNTER },
	{ "swpout_zero", KM_COUNTER },
	{ "thp_*", KM_COUNTER },
	{ "unevictable_pgs_*", KM_COUNTER },
	{ "vma_lock_*", KM_COUNTER },
	{ "zone_reclaim_*", KM_COUNTER },
	{ "zswp*", KM_COUNTER },
	/* the words of zoneinfo itself */
	{ "free", KM_LEVEL },
	{ "boost", KM_LEVEL },
	{ "min", KM_LEVEL },
	{ "low", KM_LEVEL },
	{ "high", KM_LEVEL },
	{ "promo", KM_LEVEL },
	{ "spanned", KM_LEVEL },
	{ "present", KM_LEVEL },
	{ "managed", KM_LEVEL },
	{ "cma", KM_LEVEL },
	{ "reserved_highatomic", KM_LEVEL },
	{ "free_highatomic", KM_LEVEL },
	{ "start_pfn", KM_PROPERTY },
	{ "node_unreclaimable", KM_PROPERTY },
	{ "all_unreclaimable", KM_PROPERTY },
	{ "inactive_ratio", KM_PROPERTY },
};

static bool fits(struct km_str name, struct km_str pattern)
{
	if (pattern.ptr[pattern.len - 1] != '*')
		return km_str_eq(name, pattern);
	pattern.len--;
	return km_str_starts(name, pattern);
}

unsigned int km_counter_kind(struct km_str name)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (fits(name, km_str_from(names[i].name)))
			return names[i].kind;
	return 0;
}

unsigned int km_field_kind_over_time(const struct km_field *field, struct km_str name)
{
	return field->flags & KM_BY_NAME ? km_counter_kind(name) : field->flags & KM_OVER_TIME;
}
