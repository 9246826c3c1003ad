// SPDX-License-Identifier: GPL-2.0-or-later
#include "fuzz.h"
#include "model/node.h"
#include "model/zone.h"

/* Counts the lines "pagesets" below a known zone, the only lines that contain no value, and all below a second list of it. */
static size_t count_headings(struct km_str text)
{
	struct km_index places = { .room = 0 };
	struct km_str line, zone;
	bool known = false, twice = false;
	size_t headings = 0;
	uint64_t node;

	while (km_str_take_line(&text, &line)) {
		if (km_str_starts(line, KM_STR("Node"))) {
			const size_t before = places.keys.len;

			known = km_parse_zone_head(&line, &node, &zone) && !km_str_trim(line).len;
			twice = known && km_index_of(&places, node, zone) < before;
		} else {
			headings += twice ? km_str_trim(line).len > 0 : known && km_str_eq(km_str_trim(line), KM_STR("pagesets"));
		}
	}
	km_index_deinit(&places);
	return headings;
}

/* The ranges cover their array: none overlaps another, and no element is left out. */
static void check_range(struct km_zoneinfo_range range, size_t *end)
{
	fuzz_expect(!range.len || range.first >= *end);
	*end = range.len ? range.first + range.len : *end;
}

static void check_stats(const struct fuzz *fuzz, const struct km_zoneinfo_stat *stats, size_t len)
{
	for (size_t i = 0; i < len; i++)
		fuzz_expect(stats[i].name.ptr && fuzz_copied(fuzz, stats[i].name));
}

/* The number of protection lists, one line each. */
static size_t check_zones(const struct fuzz *fuzz, const struct km_zoneinfo *zoneinfo)
{
	const struct km_zoneinfo_zone *zone;
	const struct km_zoneinfo_pageset *pageset;
	size_t stats = 0, protection = 0, pagesets = 0, pageset_stats = 0, lists = 0;

	km_array_each(zone, &zoneinfo->zones) {
		fuzz_expect(zone->zone.len && fuzz_copied(fuzz, zone->zone));
		check_range(zone->stats, &stats);
		check_range(zone->protection, &protection);
		check_range(zone->pagesets, &pagesets);
		lists += zone->protection.len > 0;
	}
	km_array_each(pageset, &zoneinfo->pagesets)
		check_range(pageset->stats, &pageset_stats);
	fuzz_expect(stats <= zoneinfo->stats.len && protection == zoneinfo->protection.len);
	fuzz_expect(pagesets == zoneinfo->pagesets.len);
	fuzz_expect(pageset_stats == zoneinfo->pageset_stats.len);
	return lists;
}

/* Every statistic is of one node or of one zone. */
static void check_owners(const struct km_zoneinfo *zoneinfo)
{
	const struct km_zoneinfo_node *node;
	const struct km_zoneinfo_zone *zone;
	size_t owned = 0, end = 0;

	km_array_each(node, &zoneinfo->nodes) {
		check_range(node->stats, &end);
		owned += node->stats.len;
	}
	km_array_each(zone, &zoneinfo->zones)
		owned += zone->stats.len;
	fuzz_expect(end <= zoneinfo->stats.len && owned == zoneinfo->stats.len);
}

static void check_row(const struct km_zone *zone)
{
	fuzz_expect(zone->open_to.len <= zone->lowmem_reserve_zones.len);
	fuzz_expect(!zone->lowmem_reserve_zones.len ||
		    zone->lowmem_reserve_zones.len == zone->lowmem_reserve_bytes.len);
	fuzz_expect(zone->usable_bytes == KM_UNKNOWN || zone->usable_bytes <= zone->free_bytes);
}

/* The same memory, summed by zone and by node. */
static void check_derived(struct fuzz *fuzz, const struct km_zoneinfo *zoneinfo)
{
	enum { ALL, ZONES, NODES, COUNTERS, SHEETS };
	const struct km_sheet sheets[SHEETS] = {
		[ALL] = km_zone_derive(&fuzz->pool, zoneinfo, fuzz->page_bytes, true),
		[ZONES] = km_zone_derive(&fuzz->pool, zoneinfo, fuzz->page_bytes, false),
		[NODES] = km_node_derive(&fuzz->pool, zoneinfo, fuzz->page_bytes),
		[COUNTERS] = km_counter_derive(&fuzz->pool, zoneinfo),
	};
	const struct km_zone *by_zone = sheets[ALL].totals;
	const struct km_node *by_node = sheets[NODES].totals;

	fuzz_expect(sheets[ALL].len == zoneinfo->zones.len && sheets[ZONES].len <= sheets[ALL].len);
	fuzz_expect(sheets[NODES].len <= sheets[ALL].len && sheets[COUNTERS].len == zoneinfo->stats.len);
	for (size_t i = 0; i < sheets[ALL].len; i++)
		check_row(km_sheet_row(&sheets[ALL], i));
	fuzz_expect(by_zone->managed_bytes == by_node->managed_bytes);
	fuzz_expect(by_zone->free_bytes == by_node->free_bytes);
	fuzz_sheets(fuzz, sheets, SHEETS);
}

static void expect_same(const struct km_zoneinfo_stat *a, const struct km_zoneinfo_stat *b, size_t len)
{
	for (size_t i = 0; i < len; i++)
		fuzz_expect(a[i].value == b[i].value && km_str_eq(a[i].name, b[i].name));
}

/* The result does not depend on the places where the blocks end. */
static void check_blocks(const struct fuzz *fuzz, const struct km_zoneinfo *whole)
{
	struct km_problems problems = { 0 };
	struct km_parse parse = { .source = KM_STR("blocks"), .problems = &problems };
	struct km_zoneinfo zoneinfo = { 0 };
	struct km_str rest = fuzz->text, block;

	while (fuzz_take_block(&rest, &block))
		km_parse_zoneinfo(&parse, block, &zoneinfo);
	fuzz_expect(zoneinfo.nodes.len == whole->nodes.len && zoneinfo.zones.len == whole->zones.len);
	fuzz_expect(zoneinfo.stats.len == whole->stats.len && zoneinfo.pagesets.len == whole->pagesets.len);
	fuzz_expect(zoneinfo.pageset_stats.len == whole->pageset_stats.len);
	expect_same(zoneinfo.stats.items, whole->stats.items, whole->stats.len);
	expect_same(zoneinfo.pageset_stats.items, whole->pageset_stats.items, whole->pageset_stats.len);
	km_zoneinfo_deinit(&zoneinfo);
	km_problems_deinit(&problems);
}

void fuzz_one(struct fuzz *fuzz)
{
	struct km_zoneinfo zoneinfo = { 0 };
	size_t lists;

	km_parse_zoneinfo(&fuzz->parse, fuzz->text, &zoneinfo);
	check_stats(fuzz, zoneinfo.stats.items, zoneinfo.stats.len);
	check_stats(fuzz, zoneinfo.pageset_stats.items, zoneinfo.pageset_stats.len);
	check_blocks(fuzz, &zoneinfo);
	lists = check_zones(fuzz, &zoneinfo);
	check_owners(&zoneinfo);
	fuzz_expect_told(fuzz,
			 count_headings(fuzz->text) + lists + zoneinfo.zones.len +
				 zoneinfo.nodes.len + zoneinfo.stats.len + zoneinfo.pagesets.len +
				 zoneinfo.pageset_stats.len,
			 NULL);
	check_derived(fuzz, &zoneinfo);
	km_zoneinfo_deinit(&zoneinfo);
}
