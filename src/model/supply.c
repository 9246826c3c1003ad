// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include "model/supply.h"

/* By bit, as enum of KM_BLOCK_*. */
const struct km_supply_letter km_supply_letters[KM_SUPPLY_TYPES] = {
	{ 'U', "Unmovable" }, { 'M', "Movable" }, { 'E', "Reclaimable" },
	{ 'H', "HighAtomic" }, { 'C', "CMA" }, { 'I', "Isolate" }, { 'R', "Reserve" },
};

unsigned int km_supply_type(struct km_str name)
{
	for (size_t i = 0; i < KM_SUPPLY_TYPES; i++)
		if (km_str_eq(name, km_str_from(km_supply_letters[i].name)))
			return 1u << i;
	return KM_BLOCK_OTHER;
}

static int compare_zones(const struct km_buddyinfo_zone *a, uint64_t node, struct km_str zone)
{
	return a->node != node ? (a->node > node) - (a->node < node) : km_str_compare(a->zone, zone);
}

/* Equal zones, which only a damaged file has, keep the order of the file. */
static int compare_places(const void *a, const void *b, void *zones)
{
	const size_t x = *(const size_t *)a, y = *(const size_t *)b;
	const struct km_buddyinfo_zone *all = zones;
	int order = compare_zones(&all[x], all[y].node, all[y].zone);

	return order ? order : (x > y) - (x < y);
}

void km_supply_sort(struct km_pool *pool, struct km_supply *supply)
{
	const size_t len = supply->buddyinfo ? supply->buddyinfo->zones.len : 0;
	size_t *sorted = km_pool_alloc(pool, len, sizeof(*sorted));

	for (size_t i = 0; i < len; i++)
		sorted[i] = i;
	if (len)
		qsort_r(sorted, len, sizeof(*sorted), compare_places, supply->buddyinfo->zones.items);
	supply->sorted = len ? sorted : NULL;
}

/* The first of the zones with this node and name. */
static size_t find_sorted(const struct km_supply *supply, uint64_t node, struct km_str zone)
{
	const struct km_buddyinfo_zone *zones = supply->buddyinfo->zones.items;
	size_t low = 0, high = supply->buddyinfo->zones.len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_zones(&zones[supply->sorted[middle]], node, zone) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == supply->buddyinfo->zones.len ||
	    compare_zones(&zones[supply->sorted[low]], node, zone))
		return SIZE_MAX;
	return supply->sorted[low];
}

size_t km_supply_find(const struct km_supply *supply, uint64_t node, struct km_str zone, size_t hint)
{
	const struct km_buddyinfo *buddyinfo = supply->buddyinfo;
	size_t len = buddyinfo ? buddyinfo->zones.len : 0;

	for (size_t i = 0; i < len; i++) {
		size_t at = (hint + i) % len;

		if (!compare_zones(&buddyinfo->zones.items[at], node, zone))
			return at;
		if (supply->sorted)
			return find_sorted(supply, node, zone);
	}
	return SIZE_MAX;
}

/* Allocates the types of every row of buddyinfo. */
static struct km_block_types *make_blocks(struct km_pool *pool, const struct km_buddyinfo *buddyinfo)
{
	struct km_block_types *blocks = km_pool_alloc(pool, buddyinfo->zones.len, sizeof(*blocks));

	for (size_t i = 0; i < buddyinfo->zones.len; i++) {
		blocks[i].types = km_pool_alloc(pool, buddyinfo->zones.items[i].orders, 1);
		memset(blocks[i].types, 0, buddyinfo->zones.items[i].orders);
	}
	return blocks;
}

struct km_highatomic *km_supply_make_highatomic(struct km_pool *pool, size_t len)
{
	struct km_highatomic *highatomic = km_pool_alloc(pool, len, sizeof(*highatomic));

	for (size_t i = 0; i < len; i++)
		highatomic[i] = (struct km_highatomic){ KM_UNKNOWN, KM_UNKNOWN };
	return highatomic;
}

void km_supply_add_types(struct km_pool *pool, const struct km_pagetypeinfo *pagetypeinfo,
			 struct km_supply *supply)
{
	const struct km_buddyinfo *buddyinfo = supply->buddyinfo;
	struct km_block_types *blocks = make_blocks(pool, buddyinfo);
	struct km_highatomic *highatomic = km_supply_make_highatomic(pool, buddyinfo->zones.len);
	const uint64_t pageblock = km_num_mul(pagetypeinfo->pages_per_block, supply->page_bytes);
	const struct km_pagetypeinfo_count *count;
	const struct km_pagetypeinfo_free *free;
	size_t at = 0;

	km_array_each(free, &pagetypeinfo->free) {
		unsigned int type = km_supply_type(free->type);
		uint64_t bytes = 0;

		at = km_supply_find(supply, free->node, free->zone, at == SIZE_MAX ? 0 : at);
		if (at == SIZE_MAX)
			continue;
		for (size_t order = 0; order < free->orders; order++) {
			if (free->nr_free[order] && order < buddyinfo->zones.items[at].orders)
				blocks[at].types[order] |= (unsigned char)type;
			bytes = free->overflow && free->overflow[order] ? KM_UNKNOWN :
				km_num_add(bytes, km_num_mul(free->nr_free[order] << order, supply->page_bytes));
		}
		if (type == KM_BLOCK_HIGHATOMIC)
			highatomic[at].free_bytes = bytes;
	}
	km_array_each(count, &pagetypeinfo->blocks) {
		if (km_supply_type(count->type) != KM_BLOCK_HIGHATOMIC)
			continue;
		at = km_supply_find(supply, count->node, count->zone, at == SIZE_MAX ? 0 : at);
		if (at != SIZE_MAX)
			highatomic[at].reserved_bytes = km_num_mul(count->blocks, pageblock);
	}
	supply->blocks = blocks;
	supply->highatomic = highatomic;
	if (pageblock != KM_UNKNOWN)
		supply->pageblock_bytes = pageblock;
}

/*
 * The largest reserve that the kernel sets aside. It stops at 1 % of the zone in whole pageblocks, and one
 * more before 6.8. Since 6.8 a zone has no reserve if 1 % of it is less than a pageblock
 * (reserve_highatomic_pageblock() of k6.1, k6.12:mm/page_alloc.c).
 */
static uint64_t most_reserved(const struct km_supply *supply, const struct km_alloc_rules *rules,
			      const struct km_zone *zone)
{
	const uint64_t percent = zone->managed_bytes / 100;
	uint64_t block = supply->pageblock_bytes, rounded;

	/* 4.4 brought the reserve together with the new watermark check */
	if (rules->one_watermark == KM_TRI_NO)
		return 0;
	if (zone->managed_bytes == KM_UNKNOWN || !block)
		return zone->managed_bytes;
	if (rules->highatomic_percent == KM_TRI_YES && percent < block)
		return 0;
	rounded = (percent / block + !!(percent % block)) * block;
	if (rules->highatomic_percent != KM_TRI_YES)
		rounded = km_num_add(rounded, block);
	return rounded < zone->managed_bytes ? rounded : zone->managed_bytes;
}

uint64_t km_supply_cma_free(const struct km_supply *supply, const struct km_zone *zone, size_t at)
{
	const struct km_buddyinfo_zone *lists;
	uint64_t bytes = 0, counted = km_num_or(zone->cma_free_bytes, 0);

	if (at == SIZE_MAX || !supply->blocks)
		return counted;
	lists = &supply->buddyinfo->zones.items[at];
	for (size_t order = 0; order < lists->orders && order < 32; order++)
		if (supply->blocks[at].types[order] == KM_BLOCK_CMA)
			bytes = km_num_add(bytes, km_num_mul(lists->nr_free[order] << order, supply->page_bytes));
	bytes = km_num_or(bytes, 0);
	return bytes > counted ? bytes : counted;
}

/*
 * Bounds from the types of free blocks. Lower bound: the orders whose blocks all have this type. Upper bound:
 * all orders with blocks of this type.
 */
static struct km_range free_by_types(const struct km_supply *supply, size_t at)
{
	const struct km_buddyinfo_zone *zone = &supply->buddyinfo->zones.items[at];
	struct km_range range = { 0, 0 };

	for (size_t order = 0; order < zone->orders && order < 32; order++) {
		const unsigned int types = supply->blocks[at].types[order];
		const uint64_t bytes = km_num_mul(supply->page_bytes, zone->nr_free[order] << order);

		if (types == KM_BLOCK_HIGHATOMIC)
			range.least = km_num_add(range.least, bytes);
		if (zone->nr_free[order] && (!types || types & KM_BLOCK_HIGHATOMIC))
			range.most = km_num_add(range.most, bytes);
	}
	return range;
}

static uint64_t smaller(uint64_t a, uint64_t b)
{
	return a < b ? a : b; /* KM_UNKNOWN is the largest number */
}

struct km_range km_supply_highatomic_free(const struct km_supply *supply, const struct km_alloc_rules *rules,
					  const struct km_zone *zone, size_t at)
{
	const struct km_highatomic *known = supply->highatomic && at != SIZE_MAX ? &supply->highatomic[at] : NULL;
	struct km_range range = { 0, most_reserved(supply, rules, zone) };

	if (rules->one_watermark == KM_TRI_NO)
		return (struct km_range){ 0, 0 };
	if (zone->highatomic_free_bytes != KM_UNKNOWN)
		return (struct km_range){ zone->highatomic_free_bytes, zone->highatomic_free_bytes };
	if (known && known->free_bytes != KM_UNKNOWN)
		return (struct km_range){ known->free_bytes, known->free_bytes };
	if (supply->blocks && at != SIZE_MAX)
		range = free_by_types(supply, at);
	range.most = smaller(range.most, zone->highatomic_bytes);
	if (known)
		range.most = smaller(range.most, known->reserved_bytes);
	range.most = smaller(range.most, zone->free_bytes);
	if (range.least > range.most)
		range.least = range.most;
	return range;
}

/*
 * The reserve consists of whole pageblocks: one free block of that type shows at least one pageblock. A
 * pageblock has the size of a huge page, at least 256 pages (s390), or that of the largest block.
 */
static uint64_t least_reserved(const struct km_supply *supply, size_t at)
{
	enum { PAGEBLOCK_LEAST = 256 };
	const struct km_buddyinfo_zone *lists;

	if (!supply->blocks || at == SIZE_MAX)
		return 0;
	lists = &supply->buddyinfo->zones.items[at];
	for (size_t order = 0; order < lists->orders; order++)
		if (lists->nr_free[order] && supply->blocks[at].types[order] & KM_BLOCK_HIGHATOMIC)
			return smaller(km_num_mul(supply->page_bytes, PAGEBLOCK_LEAST), supply->pageblock_bytes);
	return 0;
}

struct km_range km_supply_reserve(const struct km_supply *supply, const struct km_alloc_rules *rules,
				  const struct km_zone *zone, size_t at)
{
	struct km_range free = km_supply_highatomic_free(supply, rules, zone, at), reserved;
	const uint64_t counted = supply->highatomic && at != SIZE_MAX ? supply->highatomic[at].reserved_bytes : KM_UNKNOWN;
	uint64_t known = zone->highatomic_bytes;

	/*
	 * Before 6.10 a reserved pageblock may lose its type without leaving the kernel's count: a free block of two
	 * pageblocks has one type (k6.1:mm/page_alloc.c steal_suitable_fallback). More than one too many was never measured
	 * (tests/vm/RESULTS.md). A zone without such a block has no reserve, with few exceptions.
	 */
	if (known == KM_UNKNOWN && !counted)
		known = 0;
	if (known != KM_UNKNOWN)
		reserved = (struct km_range){ known, known };
	else if (counted != KM_UNKNOWN)
		reserved = (struct km_range){ counted, km_num_add(counted, supply->pageblock_bytes) };
	else
		reserved = (struct km_range){ free.least, most_reserved(supply, rules, zone) };
	if (reserved.least < least_reserved(supply, at) && known == KM_UNKNOWN)
		reserved.least = least_reserved(supply, at);
	/* free blocks of that type are reserved, whatever the kernel's target is */
	if (reserved.most < reserved.least)
		reserved.most = reserved.least;
	if (rules->highatomic_free == KM_TRI_YES)
		return free;
	if (rules->highatomic_free == KM_TRI_NO)
		return reserved;
	return (struct km_range){ smaller(free.least, reserved.least),
				  free.most > reserved.most ? free.most : reserved.most };
}
