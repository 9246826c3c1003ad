// SPDX-License-Identifier: GPL-2.0-or-later
#include "unit.h"
#include "parse/zoneinfo.h"

static struct km_problems problems;

static struct km_zoneinfo parsed(struct km_str text)
{
	struct km_parse parse = { .source = KM_STR("zoneinfo"), .problems = &problems };
	struct km_zoneinfo zoneinfo = { 0 };

	km_problems_deinit(&problems);
	km_parse_zoneinfo(&parse, text, &zoneinfo);
	return zoneinfo;
}

#define ZONE_VALUE(z, zone, name)                                                                  \
	km_zoneinfo_value(z, (z)->zones.items[zone].stats, KM_STR(name))
#define NODE_VALUE(z, node, name)                                                                  \
	km_zoneinfo_value(z, (z)->nodes.items[node].stats, KM_STR(name))
#define CPU_VALUE(z, pageset, name)                                                                \
	km_zoneinfo_pageset_value(z, &(z)->pagesets.items[pageset], KM_STR(name))

static const char two_zones[] = "Node 0, zone      DMA\n"
				"  per-node stats\n"
				"      nr_inactive_anon 25\n"
				"      nr_kernel_stack 1296\n"
				"  pages free     3945\n"
				"        min      23\n"
				"        protection: (0, 431, 18446744073709551614)\n"
				"      nr_free_pages 3944\n"
				"  pagesets\n"
				"    cpu: 0\n"
				"              count:    7\n"
				"              high_min: 13\n"
				"              later:    5\n"
				"  vm stats threshold: 4\n"
				"    cpu: 2\n"
				"              count:    9\n"
				"  vm stats threshold: 6\n"
				"  node_unreclaimable:  0\n"
				"  start_pfn:           1\n"
				"  reserved_highatomic: 512\n"
				"  some_day:            77\n"
				"Node 0, zone   Normal\n"
				"  pages free     0\n"
				"        present  0\n"
				"        protection: (0, 0, 0)\n";

static void owners(void **state)
{
	struct km_zoneinfo z = parsed(km_str_from(two_zones));

	(void)state;
	assert_int_equal(problems.list.len, 0);
	assert_int_equal(z.nodes.len, 1);
	assert_int_equal(z.nodes.items[0].stats.len, 2);
	assert_int_equal(NODE_VALUE(&z, 0, "nr_kernel_stack"), 1296);
	assert_int_equal(NODE_VALUE(&z, 0, "free"), KM_UNKNOWN);
	assert_int_equal(z.zones.len, 2);
	assert_str(z.zones.items[0].zone, "DMA");
	assert_int_equal(ZONE_VALUE(&z, 0, "free"), 3945);
	assert_int_equal(ZONE_VALUE(&z, 0, "nr_free_pages"), 3944);
	assert_int_equal(ZONE_VALUE(&z, 0, "nr_inactive_anon"), KM_UNKNOWN);
	assert_int_equal(ZONE_VALUE(&z, 0, "count"), KM_UNKNOWN);
	assert_int_equal(ZONE_VALUE(&z, 1, "present"), 0);
	assert_int_equal(ZONE_VALUE(&z, 1, "min"), KM_UNKNOWN);
	km_zoneinfo_deinit(&z);
}

static void colon_names_belong_to_the_zone(void **state)
{
	struct km_zoneinfo z = parsed(km_str_from(two_zones));

	(void)state;
	assert_int_equal(ZONE_VALUE(&z, 0, "node_unreclaimable"), 0);
	assert_int_equal(ZONE_VALUE(&z, 0, "start_pfn"), 1);
	assert_int_equal(ZONE_VALUE(&z, 0, "reserved_highatomic"), 512);
	assert_int_equal(ZONE_VALUE(&z, 0, "some_day"), 77);
	km_zoneinfo_deinit(&z);
}

static void pagesets(void **state)
{
	struct km_zoneinfo z = parsed(km_str_from(two_zones));

	(void)state;
	assert_int_equal(z.zones.items[0].pagesets.len, 2);
	assert_int_equal(z.zones.items[1].pagesets.len, 0);
	assert_int_equal(z.pagesets.items[1].cpu, 2);
	assert_int_equal(CPU_VALUE(&z, 0, "count"), 7);
	assert_int_equal(CPU_VALUE(&z, 0, "high_min"), 13);
	assert_int_equal(CPU_VALUE(&z, 0, "later"), 5);
	assert_int_equal(CPU_VALUE(&z, 0, "vm stats threshold"), 4);
	assert_int_equal(CPU_VALUE(&z, 1, "count"), 9);
	assert_int_equal(CPU_VALUE(&z, 1, "vm stats threshold"), 6);
	assert_int_equal(CPU_VALUE(&z, 1, "high_min"), KM_UNKNOWN);
	km_zoneinfo_deinit(&z);
}

/* A paste may lose the blanks that put a CPU's figures below it. */
static void pagesets_without_blanks(void **state)
{
	struct km_zoneinfo z = parsed(KM_STR("Node 0, zone DMA\npages free 3945\nhigh 31\npagesets\ncpu: 0\ncount: 7\n"
					     "high: 8\nbatch: 1\nvm stats threshold: 4\ncpu: 1\ncount: 9\n"
					     "node_unreclaimable: 0\nstart_pfn: 1\n"));

	(void)state;
	assert_int_equal(problems.list.len, 0);
	assert_int_equal(z.pagesets.len, 2);
	assert_int_equal(CPU_VALUE(&z, 0, "count"), 7);
	assert_int_equal(CPU_VALUE(&z, 0, "high"), 8);
	assert_int_equal(CPU_VALUE(&z, 1, "count"), 9);
	assert_int_equal(ZONE_VALUE(&z, 0, "high"), 31);
	assert_int_equal(ZONE_VALUE(&z, 0, "start_pfn"), 1);
	km_zoneinfo_deinit(&z);
}

static void protection(void **state)
{
	struct km_zoneinfo z = parsed(km_str_from(two_zones));
	const struct km_zoneinfo_range *range = &z.zones.items[0].protection;

	(void)state;
	assert_int_equal(range->len, 3);
	assert_int_equal(z.protection.items[range->first + 1], 431);
	assert_true(z.protection.items[range->first + 2] == UINT64_MAX - 1);
	assert_int_equal(z.zones.items[1].protection.len, 3);
	km_zoneinfo_deinit(&z);
}

static void protection_is_told_once(void **state)
{
	struct km_zoneinfo z = parsed(KM_STR("Node 0, zone DMA\n protection: (0, 1)\n protection: (2)\n"));

	(void)state;
	assert_int_equal(problems.list.len, 1);
	assert_int_equal(problems.list.items[0].line, 3);
	assert_int_equal(z.zones.items[0].protection.len, 2);
	assert_int_equal(z.protection.len, 2);
	km_zoneinfo_deinit(&z);
}

static void a_head_is_a_line_of_its_own(void **state)
{
	struct km_zoneinfo z = parsed(KM_STR("Node 0, zone DMA pages free 1\nmin 1\nNode 0, zone  DMA \n"));

	(void)state;
	assert_int_equal(problems.list.len, 2);
	assert_int_equal(problems.list.items[0].line, 1);
	assert_int_equal(z.zones.len, 1);
	km_zoneinfo_deinit(&z);
}

/* Kernels before 4.8 have no statistics of nodes, and counters in another order. */
static void old_kernels(void **state)
{
	struct km_zoneinfo z = parsed(KM_STR("Node 0, zone      DMA\n"
					     "  pages free     3972\n        min      5\n"
					     "        scanned  0\n    nr_free_pages 3972\n"
					     "        protection: (0, 2942)\n  pagesets\n    cpu: 0\n"
					     "              count: 0\n  all_unreclaimable: 1\n"
					     "  prev_priority:     12\n  inactive_ratio:    1\n"));

	(void)state;
	assert_int_equal(problems.list.len, 0);
	assert_int_equal(z.nodes.len, 0);
	assert_int_equal(ZONE_VALUE(&z, 0, "scanned"), 0);
	assert_int_equal(ZONE_VALUE(&z, 0, "all_unreclaimable"), 1);
	assert_int_equal(ZONE_VALUE(&z, 0, "inactive_ratio"), 1);
	assert_int_equal(z.zones.items[0].protection.len, 2);
	km_zoneinfo_deinit(&z);
}

/* Line by line: a wrong line is reported with its number, and the lines around it are kept. */
static void bad_lines(void **state)
{
	static const uint64_t lines[] = { 1, 4, 5, 6, 7, 8, 10, 11 };
	struct km_zoneinfo z = parsed(KM_STR("      nr_lost 1\n"
					     "Node 0, zone      DMA\n"
					     "  pages free     10\n"
					     "        min      -5\n"
					     "        low      18446744073709551616\n"
					     "        protection: (0, x, 3)\n"
					     "        protection: (0, 1\n"
					     "  per-node stats\n"
					     "        high     30\n"
					     "Node x, zone Normal\n"
					     "        high     40\n"
					     "\n"
					     "Node 1, zone  Movable\n"
					     "  pages free     5"));

	(void)state;
	assert_int_equal(problems.list.len, UNIT_COUNT(lines));
	for (size_t i = 0; i < UNIT_COUNT(lines); i++)
		assert_int_equal(problems.list.items[i].line, lines[i]);
	assert_int_equal(z.zones.len, 2);
	assert_int_equal(ZONE_VALUE(&z, 0, "free"), 10);
	assert_int_equal(ZONE_VALUE(&z, 0, "min"), KM_UNKNOWN);
	assert_int_equal(ZONE_VALUE(&z, 0, "low"), KM_UNKNOWN);
	assert_int_equal(ZONE_VALUE(&z, 0, "high"), 30);
	assert_int_equal(z.zones.items[0].protection.len, 0);
	assert_int_equal(z.protection.len, 0);
	assert_int_equal(z.zones.items[1].node, 1);
	assert_int_equal(ZONE_VALUE(&z, 1, "free"), 5);
	km_zoneinfo_deinit(&z);
}

/* Statistics of a node that never end with "pages": those of the zone are not mixed with them. */
static void node_without_pages(void **state)
{
	struct km_zoneinfo z = parsed(KM_STR("Node 0, zone DMA\n  per-node stats\n      nr_dirty 1\n"
					     "  pagesets\n    cpu: 0\n              count: 2\n"
					     "  start_pfn: 3\n"));

	(void)state;
	assert_int_equal(NODE_VALUE(&z, 0, "nr_dirty"), 1);
	assert_int_equal(ZONE_VALUE(&z, 0, "nr_dirty"), KM_UNKNOWN);
	assert_int_equal(ZONE_VALUE(&z, 0, "start_pfn"), 3);
	assert_int_equal(CPU_VALUE(&z, 0, "count"), 2);
	km_zoneinfo_deinit(&z);
}

/* The form of 4.19: a counter whose name is empty. */
static void nameless_counter(void **state)
{
	struct km_zoneinfo z = parsed(KM_STR("Node 0, zone DMA\n  per-node stats\n      nr_written   260861\n"
					     "                   537792\n  pages free     3975\n"
					     "        min      33\n"));

	(void)state;
	assert_int_equal(problems.list.len, 0);
	assert_int_equal(NODE_VALUE(&z, 0, "nr_written"), 260861);
	assert_int_equal(z.nodes.items[0].stats.len, 2);
	assert_int_equal(ZONE_VALUE(&z, 0, "min"), 33);
	km_zoneinfo_deinit(&z);
	z = parsed(KM_STR("Node 0, zone DMA\n  pages free     3975\n        : 5\n"));
	assert_int_equal(problems.list.len, 1);
	km_zoneinfo_deinit(&z);
}

static void nothing_at_all(void **state)
{
	struct km_zoneinfo z = parsed(KM_STR(""));

	(void)state;
	assert_int_equal(z.zones.len, 0);
	km_zoneinfo_deinit(&z);
	z = parsed(KM_STR("\0\xff Node 0\nNode\nNode 0,zone\nNode 99999999999999999999, zone DMA\n"));
	assert_int_equal(z.zones.len, 0);
	assert_int_equal(problems.list.len, 4);
	km_zoneinfo_deinit(&z);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(owners),
		cmocka_unit_test(colon_names_belong_to_the_zone),
		cmocka_unit_test(pagesets),
		cmocka_unit_test(pagesets_without_blanks),
		cmocka_unit_test(protection),
		cmocka_unit_test(protection_is_told_once),
		cmocka_unit_test(a_head_is_a_line_of_its_own),
		cmocka_unit_test(old_kernels),
		cmocka_unit_test(bad_lines),
		cmocka_unit_test(node_without_pages),
		cmocka_unit_test(nameless_counter),
		cmocka_unit_test(nothing_at_all),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	km_problems_deinit(&problems);
	return failed;
}
