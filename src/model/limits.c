// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The computed limits are valid for SLUB from 5.10 to 7.2 (include/linux/slab.h): caches up to two pages,
 * kmalloc up to the page allocator's largest block. SLAB (until 6.7) had caches up to 32 MiB before 6.1; its
 * slabinfo lists them.
 */
#include "base/units.h"
#include "model/limits.h"

const char *const km_limit_names[KM_LIMITS] = {
	[KM_LIMIT_KMALLOC_CACHE] = "kmalloc_cache",
	[KM_LIMIT_KMALLOC] = "kmalloc",
	[KM_LIMIT_PAGES] = "pages",
	[KM_LIMIT_VMALLOC] = "vmalloc",
	[KM_LIMIT_PERCPU] = "percpu",
};

uint64_t km_limits_class(struct km_str cache)
{
	uint64_t bytes;

	if (!km_str_take_prefix(&cache, KM_STR("kmalloc-")) || km_units_parse(cache, &bytes))
		return 0;
	return bytes;
}

/* The largest kmalloc cache in slabinfo. */
static uint64_t largest_class(const struct km_slabinfo *slabinfo)
{
	const struct km_slabinfo_cache *cache;
	uint64_t largest = 0;

	if (slabinfo)
		km_array_each(cache, &slabinfo->caches)
			if (km_limits_class(cache->name) > largest)
				largest = km_limits_class(cache->name);
	return largest ? largest : KM_UNKNOWN;
}

/* buddyinfo has one column per order, up to the largest (mm/vmstat.c frag_show_print). */
static uint64_t largest_order(const struct km_buddyinfo *buddyinfo)
{
	const struct km_buddyinfo_zone *zone;
	uint64_t orders = 0;

	if (buddyinfo)
		km_array_each(zone, &buddyinfo->zones)
			if (zone->orders > orders)
				orders = zone->orders;
	return orders ? orders - 1 : KM_UNKNOWN;
}

static struct km_limit reported_or(uint64_t reported, uint64_t computed)
{
	return reported == KM_UNKNOWN ? (struct km_limit){ computed, KM_LIMIT_COMPUTED } :
				    (struct km_limit){ reported, KM_LIMIT_REPORTED };
}

static uint64_t smaller(uint64_t a, uint64_t b)
{
	return a < b ? a : b; /* KM_UNKNOWN is the largest number */
}

/*
 * vmalloc refuses requests above the number of the machine's pages (mm/vmalloc.c __vmalloc_node_range,
 * totalram_pages()). Its address range is a second limit.
 */
static uint64_t vmalloc_bound(const struct km_limits_input *facts)
{
	uint64_t range = km_module_file_value_number(facts->info, KM_STR("vmalloc_range_bytes"));

	if (range == KM_UNKNOWN)
		range = km_meminfo_bytes(facts->meminfo, KM_STR("VmallocTotal"));
	return smaller(range, km_meminfo_bytes(facts->meminfo, KM_STR("MemTotal")));
}

/* PFN_ALIGN(32 << 10) in include/linux/percpu.h, 5.10 to 7.2. */
static uint64_t percpu_unit(uint64_t page_bytes)
{
	if (page_bytes == KM_UNKNOWN)
		return KM_UNKNOWN;
	return page_bytes > 32 << 10 ? page_bytes : 32 << 10;
}

struct km_limits km_limits_derive(const struct km_limits_input *facts)
{
	uint64_t order = km_module_file_value_number(facts->info, KM_STR("max_order"));
	uint64_t listed = largest_class(facts->slabinfo);
	struct km_limits limits = { .page_bytes = facts->page_bytes };
	uint64_t block;

	limits.max_order = order == KM_UNKNOWN ? largest_order(facts->buddyinfo) : order;
	block = limits.max_order < 32 ? km_num_mul(facts->page_bytes, 1ull << limits.max_order) : KM_UNKNOWN;
	if (facts->info)
		listed = km_module_file_value_number(facts->info, KM_STR("kmalloc_max_cache_bytes"));
	limits.of[KM_LIMIT_KMALLOC_CACHE] = reported_or(listed, km_num_mul(facts->page_bytes, 2));
	limits.of[KM_LIMIT_KMALLOC] =
		reported_or(km_module_file_value_number(facts->info, KM_STR("kmalloc_max_bytes")), block);
	limits.of[KM_LIMIT_PAGES] = (struct km_limit){ block, KM_LIMIT_REPORTED };
	limits.of[KM_LIMIT_VMALLOC] = (struct km_limit){ vmalloc_bound(facts), KM_LIMIT_AT_MOST };
	limits.of[KM_LIMIT_PERCPU] =
		reported_or(km_module_file_value_number(facts->info, KM_STR("percpu_unit_max_bytes")),
			percpu_unit(facts->page_bytes));
	return limits;
}
