// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/node-order.h"
#include "model/supply.h"
#include "parse/version.h"
#include "unit.h"

enum { KIB = 1024, PAGE = 4096 };

/* The line of a zone from the helper module, with 4 KiB pages. */
static const char zones_text[] =
	"kmeminfo-zones 1\n"
	"zone node=0 zone=DMA spanned_pages=4095 present_pages=3998 managed_pages=3840 cma_pages=0 free_pages=100 "
	"min_pages=10 low_pages=12 high_pages=14 boost_pages=0 highatomic_pages=0 free_highatomic_pages=- pcp_pages=0\n"
	"reserve node=0 zone=DMA for=DMA pages=0\n"
	"reserve node=0 zone=DMA for=DMA32 pages=64\n"
	"free node=0 zone=DMA blocks=100,0\n"
	"free_type node=0 zone=DMA type=Unmovable blocks=100,0\n"
	"zone node=0 zone=DMA32 spanned_pages=100000 present_pages=100000 managed_pages=90000 cma_pages=512 "
	"free_pages=1000 min_pages=100 low_pages=120 high_pages=140 boost_pages=5 highatomic_pages=512 "
	"free_highatomic_pages=- pcp_pages=7\n"
	"reserve node=0 zone=DMA32 for=DMA pages=0\n"
	"reserve node=0 zone=DMA32 for=DMA32 pages=0\n"
	"free node=0 zone=DMA32 blocks=400,300,\n"
	"free_type node=0 zone=DMA32 type=Movable blocks=300,290\n"
	"free_type node=0 zone=DMA32 type=HighAtomic blocks=20,10\n"
	"free_type node=0 zone=DMA32 type=CMA blocks=80,0\n";

static void parse(const char *text, struct km_module_file *ret)
{
	struct km_problems problems = { 0 };
	struct km_parse parse = { .problems = &problems };

	km_parse_module_file(&parse, km_str_from(text), ret);
	assert_int_equal(problems.list.len, 0);
	km_problems_deinit(&problems);
}

static void is_of_one_moment(void **state)
{
	struct km_supply supply = { .page_bytes = PAGE };
	struct km_alloc_rules rules = km_alloc_rules_of(KM_RELEASE(6, 1), 192);
	struct km_module_file file = { 0 };
	struct km_pool pool = { 0 };
	const struct km_zone *zone;

	(void)state;
	parse(zones_text, &file);
	assert_true(km_supply_of_module(&pool, &file, &supply));
	assert_int_equal(supply.zones.len, 2);
	zone = km_sheet_row(&supply.zones, 1);
	assert_str(zone->zone, "DMA32");
	assert_int_equal(zone->free_bytes, 1000 * PAGE);
	assert_int_equal(zone->low_bytes, 120 * PAGE);
	assert_int_equal(zone->boost_bytes, 5 * PAGE);
	assert_int_equal(zone->cma_free_bytes, 80 * PAGE);
	assert_int_equal(zone->lowmem_reserve_bytes.len, 2);
	assert_int_equal(supply.buddyinfo->zones.items[1].nr_free[1], 300);
	assert_int_equal(supply.buddyinfo->zones.items[1].orders, 2);
	assert_int_equal(supply.blocks[1].types[0], KM_BLOCK_MOVABLE | KM_BLOCK_HIGHATOMIC | KM_BLOCK_CMA);
	assert_int_equal(supply.blocks[1].types[1], KM_BLOCK_MOVABLE | KM_BLOCK_HIGHATOMIC);
	/* 6.1 subtracts the pageblocks of the reserve, 6.12 their free pages */
	assert_int_equal(km_supply_reserve(&supply, &rules, zone, 1).least, 512 * PAGE);
	assert_int_equal(km_supply_reserve(&supply, &rules, zone, 1).most, 512 * PAGE);
	rules = km_alloc_rules_of(KM_RELEASE(6, 12), 117);
	assert_int_equal(km_supply_reserve(&supply, &rules, zone, 1).least, 40 * PAGE);
	assert_int_equal(km_supply_reserve(&supply, &rules, zone, 1).most, 40 * PAGE);
	km_module_file_deinit(&file);
	km_pool_deinit(&pool);
}

/* The module stops counting at 4096 blocks of a type: what comes after such a number counts, and the rest is inferred. */
static void counts_what_the_module_did_not(void **state)
{
	static const char text[] =
		"kmeminfo-zones 1\n"
		"zone node=0 zone=DMA32 managed_pages=90000 free_pages=30000 min_pages=100 low_pages=120 high_pages=140\n"
		"free node=0 zone=DMA32 blocks=9000,300,7,1\n"
		"free_type node=0 zone=DMA32 type=Unmovable blocks=1000,4096+,0,1\n"
		"free_type node=0 zone=DMA32 type=CMA blocks=4096+,0,2,0\n"
		"free_type node=0 zone=DMA32 type=HighAtomic blocks=0,4096+,5,0\n";
	struct km_supply supply = { .page_bytes = PAGE };
	struct km_module_file file = { 0 };
	struct km_pool pool = { 0 };
	const struct km_zone *zone;

	(void)state;
	parse(text, &file);
	assert_true(km_supply_of_module(&pool, &file, &supply));
	zone = km_sheet_row(&supply.zones, 0);
	assert_int_equal(zone->cma_free_bytes, (8000 + 2 * 4) * PAGE);
	assert_int_equal(supply.blocks[0].types[2], KM_BLOCK_CMA | KM_BLOCK_HIGHATOMIC);
	assert_int_equal(supply.blocks[0].types[3], KM_BLOCK_UNMOVABLE);
	/* two types were not counted to the end */
	assert_true(supply.highatomic[0].free_bytes == KM_UNKNOWN);
	km_module_file_deinit(&file);
	km_pool_deinit(&pool);
}

/* An older module, without free blocks by type, is not used. */
static void needs_types(void **state)
{
	struct km_supply supply = { .page_bytes = PAGE };
	struct km_module_file file = { 0 };
	struct km_pool pool = { 0 };

	(void)state;
	parse("kmeminfo-zones 1\nzone node=0 zone=DMA managed_pages=1\nfree node=0 zone=DMA blocks=1\n", &file);
	assert_false(km_supply_of_module(&pool, &file, &supply));
	assert_null(supply.buddyinfo);
	km_module_file_deinit(&file);
	km_pool_deinit(&pool);
}

static void orders_nodes(const uint64_t distances[][4], const bool *cpus, size_t len, uint64_t from,
			 const char *expected, size_t certain)
{
	struct km_node_distance nodes[4];
	struct km_node_order order;
	struct km_pool pool = { 0 };
	char text[64] = "";

	for (size_t i = 0; i < len; i++)
		nodes[i] = (struct km_node_distance){ i, cpus[i], (uint64_t *)distances[i], len };
	order = km_node_order_from(&pool, nodes, len, from);
	for (size_t i = 0; i < order.len; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text), "%llu", (unsigned long long)order.nodes[i]);
	assert_string_equal(text, expected);
	assert_int_equal(order.certain, certain);
	km_pool_deinit(&pool);
}

/*
 * The order of the kernel's build_zonelists(): by distance; nodes without CPUs first; the next node before
 * the previous.
 */
static void tries_the_nearest_node_first(void **state)
{
	static const uint64_t two[][4] = { { 10, 20 }, { 20, 10 } };
	static const uint64_t line[][4] = { { 10, 20, 30 }, { 20, 10, 20 }, { 30, 20, 10 } };
	static const uint64_t equal[][4] = {
		{ 10, 20, 20, 20 }, { 20, 10, 20, 20 }, { 20, 20, 10, 20 }, { 20, 20, 20, 10 } };
	static const bool cpus[] = { true, true, true, true }, memory_only[] = { true, true, false };

	(void)state;
	orders_nodes(two, cpus, 2, 1, "10", 2);
	orders_nodes(line, cpus, 3, 2, "210", 3);
	orders_nodes(line, cpus, 3, 1, "120", 3);
	orders_nodes(line, memory_only, 3, 1, "120", 3);
	/* which of the equal ones comes next depends on how many others begin with it */
	orders_nodes(equal, cpus, 4, 0, "0123", 1);
	orders_nodes(equal, cpus, 4, 2, "2301", 2);
	/* a node that is not listed */
	orders_nodes(two, cpus, 2, 7, "7", 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_of_one_moment), cmocka_unit_test(counts_what_the_module_did_not), cmocka_unit_test(needs_types),
		cmocka_unit_test(tries_the_nearest_node_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
