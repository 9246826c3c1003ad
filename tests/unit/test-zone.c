// SPDX-License-Identifier: GPL-2.0-or-later
#include "unit.h"
#include "model/node.h"
#include "model/zone.h"

static struct km_problems problems;
static struct km_pool pool;
static struct km_zoneinfo zoneinfo;

static const struct km_zone *zones_of(struct km_str text, bool all, size_t *ret_len)
{
	struct km_parse parse = { .source = KM_STR("zoneinfo"), .problems = &problems };
	struct km_sheet sheet;

	km_zoneinfo_deinit(&zoneinfo);
	km_parse_zoneinfo(&parse, text, &zoneinfo);
	sheet = km_zone_derive(&pool, &zoneinfo, 4096, all);
	*ret_len = sheet.len;
	return sheet.rows;
}

/* The zone's state for this many free pages if the watermarks are 10, 20 and 30. */
static const struct km_zone *zone_with(const char *rest, unsigned int free)
{
	size_t len;
	const struct km_zone *zone =
		zones_of(km_pool_printf(&pool,
					"Node 0, zone Normal\n  pages free %u\n  min 10\n  low 20\n"
					"  high 30\n  spanned 2000\n  present 1500\n  managed 1000\n%s",
					free, rest),
			 false, &len);

	assert_int_equal(len, 1);
	return zone;
}

/* The kernel's comparison is "free > watermark": at the watermark is not above it. */
static void states(void **state)
{
	static const struct {
		unsigned int free;
		const char *state, *state_given_up;
	} cases[] = {
		{ 1000, "above high", "above high" },
		{ 31, "above high", "above high" },
		{ 30, "kswapd is finishing", "kswapd gave up" },
		{ 21, "kswapd is finishing", "kswapd gave up" },
		{ 20, "kswapd is awake", "kswapd gave up" },
		{ 11, "kswapd is awake", "kswapd gave up" },
		{ 10, "direct reclaim", "direct reclaim" },
		{ 0, "direct reclaim", "direct reclaim" },
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		assert_str(km_word_str(zone_with("", cases[i].free)->state), cases[i].state);
		assert_str(km_word_str(zone_with("  node_unreclaimable: 0\n", cases[i].free)->state), cases[i].state);
		assert_str(km_word_str(zone_with("  node_unreclaimable: 1\n", cases[i].free)->state),
			   cases[i].state_given_up);
	}
}

/* Free memory that a kernel request may not use does not count. */
static void usable(void **state)
{
	const struct km_zone *zone = zone_with("  nr_free_cma 15\n", 40);

	(void)state;
	assert_int_equal(zone->free_bytes, 40 * 4096);
	assert_int_equal(zone->usable_bytes, 25 * 4096);
	assert_int_equal(zone->above_low_bytes, 5 * 4096);
	assert_int_equal(zone->above_high_bytes, -5 * 4096);
	assert_str(km_word_str(zone->state), "kswapd is finishing");
	zone = zone_with("  nr_free_cma 15\n  free_highatomic: 10\n", 40);
	assert_int_equal(zone->usable_bytes, 15 * 4096);
	assert_str(km_word_str(zone->state), "kswapd is awake");
	zone = zone_with("  nr_free_cma 50\n", 40);
	assert_int_equal(zone->usable_bytes, 0);
	assert_str(km_word_str(zone->state), "direct reclaim");
}

static void sizes(void **state)
{
	const struct km_zone *zone = zone_with("  start_pfn: 4096\n", 40);

	(void)state;
	assert_int_equal(zone->holes_bytes, 500 * 4096);
	assert_int_equal(zone->reserved_bytes, 500 * 4096);
	assert_int_equal(zone->start_bytes, 16 << 20);
	assert_int_equal(zone->boost_bytes, KM_UNKNOWN);
	assert_int_equal(zone->cma_bytes, KM_UNKNOWN);
	assert_int_equal(zone->counters.len, 8);
	assert_str(zone->counters.items[7].name, "start_pfn");
}

/* No per-CPU list is reported: unknown, not empty. */
static void per_cpu(void **state)
{
	const struct km_zone *zone = zone_with("", 40);
	const struct km_zone_cpu *cpus;

	(void)state;
	assert_int_equal(zone->pcp_bytes, KM_UNKNOWN);
	zone = zone_with("  pagesets\n    cpu: 0\n      count: 3\n  vm stats threshold: 4\n"
			 "    cpu: 7\n      count: 5\n      high_max: 9\n  vm stats threshold: 6\n", 40);
	cpus = zone->cpus.items;
	assert_int_equal(zone->pcp_bytes, 8 * 4096);
	assert_int_equal(zone->drift_bytes, 10 * 4096);
	assert_int_equal(zone->cpus.len, 2);
	assert_int_equal(cpus[1].cpu, 7);
	assert_int_equal(cpus[1].high_max_bytes, 9 * 4096);
	assert_int_equal(cpus[0].high_max_bytes, KM_UNKNOWN);
	zone = zone_with("  pagesets\n    cpu: 0\n      high: 3\n", 40);
	assert_int_equal(zone->pcp_bytes, KM_UNKNOWN);
}

static const char node_zones[] =
	"Node 0, zone DMA\n  per-node stats\n  nr_slab_reclaimable 6\n  nr_kernel_stack 48\n"
	"  pages free 100\n  min 1\n  low 10\n  high 15\n  spanned 120\n  present 110\n  managed 100\n"
	"  protection: (0, 89, 90, 90)\n  nr_page_table_pages 2\n  pagesets\n    cpu: 0\n      count: 1\n"
	"  node_unreclaimable: 1\n"
	"Node 0, zone Normal\n  pages free 50\n  min 10\n  low 20\n  high 30\n  spanned 500\n  present 400\n"
	"  managed 300\n  protection: (0, 0, 40, 0)\n  nr_page_table_pages 3\n  pagesets\n    cpu: 0\n"
	"      count: 1\n"
	"Node 0, zone Movable\n  pages free 0\n  min 32\n  low 32\n  high 32\n  spanned 0\n  present 0\n"
	"  managed 0\n  protection: (0, 0, 0, 0)\n"
	"Node 0, zone Device\n  pages free 0\n  min 0\n  low 0\n  high 0\n  spanned 9\n  present 9\n"
	"  managed 0\n  protection: (0, 0, 0, 0)\n"
	"Node 1, zone Normal\n  pages free 1\n  min 2\n  low 3\n  high 4\n  present 5\n  managed 5\n"
	"  protection: (0, 0, 0, 0)\n";

static void unpopulated(void **state)
{
	size_t len;
	const struct km_zone *zones = zones_of(km_str_from(node_zones), false, &len);

	(void)state;
	assert_int_equal(len, 4);
	assert_str(zones[2].zone, "Device");
	assert_str(km_word_str(zones[2].state), "unmanaged");
	zones = zones_of(km_str_from(node_zones), true, &len);
	assert_int_equal(len, 5);
	assert_str(km_word_str(zones[2].state), "unpopulated");
	assert_int_equal(zones[2].pcp_bytes, 0);
	assert_true(zones[2].above_min_bytes == KM_UNKNOWN_DELTA);
}

/* DMA: 100 usable > low 10 + 89, but not > 10 + 90. */
static void protection(void **state)
{
	size_t len;
	const struct km_zone *zones = zones_of(km_str_from(node_zones), true, &len);

	(void)state;
	assert_int_equal(zones[0].lowmem_reserve_bytes.len, 4);
	assert_int_equal(zones[0].lowmem_reserve_bytes.items[2], 90 * 4096);
	assert_int_equal(zones[0].lowmem_reserve_zones.len, 4);
	assert_str(zones[0].lowmem_reserve_zones.items[2], "Movable");
	assert_int_equal(zones[0].open_to.len, 2);
	assert_str(zones[0].open_to.items[1], "Normal");
	assert_int_equal(zones[1].open_to.len, 1);
	assert_str(zones[1].open_to.items[0], "Normal");
	assert_int_equal(zones[2].open_to.len, 0);
	/* node 1 shows one zone and protection for four: it is unknown for which */
	assert_int_equal(zones[4].lowmem_reserve_bytes.len, 4);
	assert_int_equal(zones[4].lowmem_reserve_zones.len, 0);
}

static void nodes(void **state)
{
	struct km_sheet sheet;
	const struct km_node *rows;
	size_t len;

	(void)state;
	zones_of(km_str_from(node_zones), false, &len);
	sheet = km_node_derive(&pool, &zoneinfo, 4096);
	rows = sheet.rows;
	assert_int_equal(sheet.len, 2);
	assert_int_equal(rows[0].managed_bytes, 400 * 4096);
	assert_int_equal(rows[0].free_bytes, 150 * 4096);
	assert_int_equal(rows[0].slab_reclaimable_bytes, 6 * 4096);
	assert_int_equal(rows[0].kernel_stack_bytes, 48 * 1024);
	assert_int_equal(rows[0].page_table_bytes, 5 * 4096);
	assert_int_equal(rows[0].vmalloc_bytes, KM_UNKNOWN);
	assert_int_equal(rows[0].unreclaimable, KM_TRI_YES);
	assert_int_equal(rows[0].counters.len, 2);
	assert_int_equal(rows[1].node, 1);
	assert_int_equal(rows[1].slab_reclaimable_bytes, KM_UNKNOWN);
	assert_int_equal(rows[1].unreclaimable, KM_TRI_UNKNOWN);
	assert_int_equal(((const struct km_node *)sheet.totals)->managed_bytes, 405 * 4096);
	assert_int_equal(((const struct km_node *)sheet.totals)->slab_reclaimable_bytes, KM_UNKNOWN);
}

/* Up to 4.7 zones have all counters; stacks are then counted in stacks. 4.8 to 5.8: stacks of zones are in kB. */
static void nodes_of_old_kernels(void **state)
{
	static const char *const rows_of[] = {
		"Node 0, zone DMA\n  pages free 1\n  managed 10\n    nr_anon_pages 5\n    nr_slab_reclaimable 1\n"
		"    nr_kernel_stack 3\n  pagesets\n    cpu: 0\n              count: 0\n"
		"Node 0, zone Normal\n  pages free 1\n  managed 10\n    nr_anon_pages 7\n    nr_kernel_stack 3\n"
		"  pagesets\n    cpu: 0\n              count: 0\n",
		"Node 0, zone DMA\n  per-node stats\n      nr_anon_pages 12\n  pages free 1\n  managed 20\n"
		"    nr_kernel_stack 48\n    nr_slab_reclaimable 1\n  pagesets\n    cpu: 0\n              count: 0\n",
	};
	static const uint64_t stacks[] = { KM_UNKNOWN, 48 * 1024 };

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(rows_of); i++) {
		const struct km_node *row;
		size_t len;

		zones_of(km_str_from(rows_of[i]), false, &len);
		row = km_node_derive(&pool, &zoneinfo, 4096).rows;
		assert_int_equal(row->anonymous_bytes, 12 * 4096);
		assert_int_equal(row->slab_reclaimable_bytes, 4096);
		assert_int_equal(row->shared_bytes, KM_UNKNOWN);
		assert_int_equal(row->kernel_stack_bytes, stacks[i]);
	}
}

static void counters(void **state)
{
	struct km_sheet sheet;
	const struct km_counter *rows;
	size_t len;

	(void)state;
	zones_of(km_str_from(node_zones), false, &len);
	sheet = km_counter_derive(&pool, &zoneinfo);
	rows = sheet.rows;
	assert_int_equal(sheet.len, zoneinfo.stats.len);
	assert_null(rows[0].zone.ptr);
	assert_str(rows[0].name, "nr_slab_reclaimable");
	assert_str(rows[2].zone, "DMA");
	assert_str(rows[2].name, "free");
	assert_int_equal(rows[2].value, 100);
}

static void nothing_to_read(void **state)
{
	(void)state;
	assert_int_equal(km_zone_derive(&pool, NULL, 4096, true).len, 0);
	assert_int_equal(km_node_derive(&pool, NULL, 4096).len, 0);
	assert_int_equal(km_counter_derive(&pool, NULL).len, 0);
}

static void page_size_unknown(void **state)
{
	const struct km_zone *zone;
	struct km_sheet sheet;
	size_t len;

	(void)state;
	zones_of(km_str_from(node_zones), false, &len);
	sheet = km_zone_derive(&pool, &zoneinfo, KM_UNKNOWN, false);
	zone = sheet.rows;
	assert_int_equal(zone->managed_bytes, KM_UNKNOWN);
	assert_int_equal(zone->lowmem_reserve_bytes.items[1], KM_UNKNOWN);
	assert_null(km_word_str(zone->state).ptr);
	assert_int_equal(zone->open_to.len, 0);
	assert_true(zone->above_min_bytes == KM_UNKNOWN_DELTA);
}

/* Each state has an explanation, and none has the name of another. */
static void states_are_topics(void **state)
{
	const struct km_word *topic, *other;

	(void)state;
	for (topic = km_zone_states; topic->key; topic++) {
		assert_non_null(topic->brief);
		assert_non_null(topic->explain);
		for (other = km_zone_states; other < topic; other++)
			assert_string_not_equal(topic->key, other->key);
	}
}

static int tear_down(void **state)
{
	(void)state;
	km_zoneinfo_deinit(&zoneinfo);
	km_problems_deinit(&problems);
	km_pool_deinit(&pool);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(states),
		cmocka_unit_test(usable),
		cmocka_unit_test(sizes),
		cmocka_unit_test(per_cpu),
		cmocka_unit_test(unpopulated),
		cmocka_unit_test(protection),
		cmocka_unit_test(nodes),
		cmocka_unit_test(nodes_of_old_kernels),
		cmocka_unit_test(counters),
		cmocka_unit_test(nothing_to_read),
		cmocka_unit_test(page_size_unknown),
		cmocka_unit_test(states_are_topics),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
