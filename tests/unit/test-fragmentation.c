// SPDX-License-Identifier: GPL-2.0-or-later
/* The helper module's file of pageblocks, and the sheets that are derived from it. */
#include "unit.h"
#include "model/fragmentation.h"
#include "model/memory-range.h"

static struct km_problems problems;
static struct km_pool pool;
static struct km_module_blocks file;

static int clean(void **state)
{
	(void)state;
	km_module_blocks_deinit(&file);
	km_problems_deinit(&problems);
	km_pool_deinit(&pool);
	return 0;
}

#define HEAD                                                                                       \
	"kmeminfo-blocks 1\nblock_order 9\npage_bytes 4096\nmemory_block_bytes 134217728\n"        \
	"migratetype index=0 name=Unmovable\nmigratetype index=1 name=Movable\n"                   \
	"migratetype index=2 name=Reclaimable\nsomething new\n"

static void parse(const char *text)
{
	struct km_parse parse = { .source = KM_STR("blocks"), .problems = &problems };

	km_parse_module_blocks(&parse, km_str_from(text), &file);
}

/* From a machine of 1 GiB with 6.1, shortened, and with invented lines. */
static const char sample[] = HEAD
	"blocks node=0 zone=DMA first=0 map=0/224/0/0/256/31/ref0:31+reserved:255+kernel_single:1,7*1/512/0/0/0/0\n"
	"blocks node=0 zone=DMA32 first=8 map=2*2/0/0/512/0/0/slab:512,1/435/42/0/0/35/ref0:35,"
	"1/12/499/0/1/0/anon:1,-,1/0/512/0/0/0\n"
	"blocks node=1 zone=Normal first=512 map=0/100/100/0/100/0/slab:100,1/512/0/0/0/0\n";

static void parses_blocks(void **state)
{
	(void)state;
	parse(sample);
	assert_int_equal(problems.list.len, 0);
	assert_int_equal(file.version, 1);
	assert_int_equal(file.zones.len, 3);
	assert_int_equal(file.blocks.len, 8 + 5 + 2);
	assert_str(file.blocks.items[0].type, "Unmovable");
	assert_int_equal(file.blocks.items[0].classes, 3);
	assert_int_equal(file.blocks.items[7].number, 7);
	assert_int_equal(file.blocks.items[12].number, 13); /* after the block without pages */
	assert_int_equal(file.blocks.items[9].reclaimable, 512);
}

static const struct km_fragmentation *zone(const struct km_sheet *sheet, size_t i)
{
	return km_sheet_row(sheet, i);
}

static void zones_add_up(void **state)
{
	struct km_sheet sheet;
	const struct km_unmovable_class *holders;

	(void)state;
	parse(sample);
	sheet = km_fragmentation_derive(&pool, &file);
	assert_int_equal(sheet.len, 3);
	assert_int_equal(zone(&sheet, 0)->free_blocks, 7);
	assert_int_equal(zone(&sheet, 0)->hindered_blocks, 1);
	assert_int_equal(zone(&sheet, 1)->blocks, 5);
	assert_int_equal(zone(&sheet, 1)->hindered_blocks, 3);
	assert_int_equal(zone(&sheet, 1)->uncertain_blocks, 1);
	assert_int_equal(zone(&sheet, 1)->movable_blocks, 1);
	assert_int_equal(zone(&sheet, 1)->stray_blocks, 1); /* the pinned page of a process */
	assert_int_equal(zone(&sheet, 1)->reclaimable_bytes, 2 * 512 * 4096);
	assert_int_equal(zone(&sheet, 1)->holders.len, 3);
	holders = zone(&sheet, 1)->holders.items;
	assert_str(holders[0].class, "slab");
	assert_int_equal(holders[0].blocks, 2);
	assert_int_equal(holders[0].pages, 1024);
	/* a block with a hole never becomes a huge page */
	assert_int_equal(zone(&sheet, 2)->hindered_blocks, 1);
	assert_int_equal(zone(&sheet, 2)->free_blocks, 1);
	assert_int_equal(((const struct km_fragmentation *)sheet.totals)->blocks, 15);
}

static void hindrances_are_by_powers_of_two(void **state)
{
	const struct km_hindrance *row;
	struct km_sheet sheet;

	(void)state;
	parse(sample);
	sheet = km_hindrance_derive(&pool, &file);
	/* without the first block, whose first page is missing: zone DMA begins at page 1 */
	assert_int_equal(sheet.len, 2);
	row = km_sheet_row(&sheet, 0);
	assert_int_equal(row->from_pages, 1);
	assert_int_equal(row->to_pages, 1);
	assert_str(row->largest, "anon");
	row = km_sheet_row(&sheet, 1);
	assert_int_equal(row->from_pages, 512);
	assert_int_equal(row->to_pages, 512);
	assert_int_equal(row->blocks, 2);
	assert_int_equal(row->pages, 1024);
}

static void places(void **state)
{
	const struct km_memory_range *range;
	const struct km_memory_block *block;
	const struct km_memory_part *parts;
	struct km_sheet sheet;

	(void)state;
	parse(sample);
	sheet = km_memory_range_derive(&pool, &file);
	assert_int_equal(sheet.len, 3);
	range = km_sheet_row(&sheet, 2);
	assert_int_equal(range->start_bytes, UINT64_C(1) << 30);
	assert_int_equal(range->node, 1);
	parts = range->parts.items;
	assert_int_equal(parts[0].blocks, 2);
	assert_int_equal(parts[0].hindered_blocks, 1);
	assert_true(isnan(parts[1].hindered_ratio));
	sheet = km_memory_block_derive(&pool, &file);
	assert_int_equal(sheet.len, 3);
	block = km_sheet_row(&sheet, 0);
	assert_str(block->name, "memory0");
	assert_int_equal(block->removable, KM_TRI_NO);
	block = km_sheet_row(&sheet, 2);
	assert_str(block->name, "memory8");
	assert_int_equal(km_block_derive(&pool, &file).len, 15);
}

static enum km_tri removable(const char *text)
{
	struct km_module_blocks other = { 0 };
	struct km_parse parse = { .source = KM_STR("blocks"), .problems = &problems };
	const struct km_memory_block *row;
	struct km_sheet sheet;
	enum km_tri ret;

	km_parse_module_blocks(&parse, km_str_from(text), &other);
	sheet = km_memory_block_derive(&pool, &other);
	row = km_sheet_row(&sheet, 0);
	ret = row->removable;
	km_module_blocks_deinit(&other);
	return ret;
}

/* Memory of two zones is never taken offline together. */
static void what_can_be_removed(void **state)
{
	(void)state;
	assert_int_equal(removable(HEAD "blocks node=0 zone=Normal first=64 map=1/12/500/0/0/0\n"), KM_TRI_YES);
	assert_int_equal(removable(HEAD "blocks node=0 zone=Normal first=64 map=1/12/499/0/0/1/ref0:1\n"),
			 KM_TRI_UNKNOWN);
	assert_int_equal(removable(HEAD "blocks node=0 zone=Normal first=64 map=2/12/499/1/0/0/slab:1\n"), KM_TRI_NO);
	assert_int_equal(removable(HEAD "blocks node=0 zone=DMA first=0 map=1/512/0/0/0/0\n"
				   "blocks node=0 zone=DMA32 first=8 map=1/512/0/0/0/0\n"), KM_TRI_NO);
}

static void bad_lines_are_problems(void **state)
{
	static const char *const bad[] = {
		"blocks node=0 zone=DMA first=0\n", "blocks zone=DMA first=0 map=-\n",
		"blocks node=0 zone=DMA first=0 map=1/2\n", "blocks node=0 zone=DMA first=0 map=\n",
		"blocks node=0 zone=DMA first=0 map=1/1/1/1/1/1/\n",
		"blocks node=0 zone=DMA first=0 map=1/1/1/1/1/1/slab\n",
		"blocks node=0 zone=DMA first=0 map=65*-\n", "blocks node=0 zone=DMA first=0 map=64*-,-\n",
		"blocks node=0 zone=DMA first=18446744073709551614 map=-\n", "migratetype index=x name=y\n",
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(bad); i++) {
		struct km_module_blocks other = { 0 };
		struct km_parse parse = { .source = KM_STR("blocks"), .problems = &problems };
		char text[256] = "kmeminfo-blocks 1\n";
		size_t before = problems.list.len;

		strcat(text, bad[i]);
		km_parse_module_blocks(&parse, km_str_from(text), &other);
		assert_int_equal(problems.list.len, before + 1);
		km_module_blocks_deinit(&other);
	}
}

/* If the module cannot see pageblocks, there are none, and no place is computed. */
static void without_an_order(void **state)
{
	(void)state;
	parse("kmeminfo-blocks 1\nblock_order -\npage_bytes 65536\nmemory_block_bytes 268435456\n");
	assert_int_equal(problems.list.len, 0);
	assert_true(file.block_order == KM_UNKNOWN);
	assert_int_equal(km_fragmentation_derive(&pool, &file).len, 0);
	assert_int_equal(km_memory_range_derive(&pool, &file).len, 0);
	assert_int_equal(km_memory_block_derive(&pool, &file).len, 0);
	assert_int_equal(km_hindrance_derive(&pool, &file).len, 0);
}

/* Free pageblocks in buddyinfo: a block of a larger order counts as several. */
static void without_the_module(void **state)
{
	const char buddy[] = "Node 0, zone      DMA      1      0      0      0      1      1      1      0      1      2      3\n";
	const char types[] = "Page block order: 9\nPages per block:  512\n\nNumber of blocks type Unmovable Movable\n"
			     "Node 0, zone      DMA            1            7\n";
	struct km_parse parse = { .source = KM_STR("x"), .problems = &problems };
	struct km_buddyinfo buddyinfo = { 0 };
	struct km_pagetypeinfo pagetypeinfo = { 0 };
	struct km_sheet sheet;

	(void)state;
	km_parse_buddyinfo(&parse, km_str_from(buddy), &buddyinfo);
	km_parse_pagetypeinfo(&parse, km_str_from(types), &pagetypeinfo);
	sheet = km_fragmentation_derive_free(&pool, &buddyinfo, &pagetypeinfo, 4096);
	assert_int_equal(zone(&sheet, 0)->free_blocks, 2 + 2 * 3);
	assert_int_equal(zone(&sheet, 0)->blocks, 8);
	assert_int_equal(zone(&sheet, 0)->block_bytes, 2 << 20);
	assert_true(zone(&sheet, 0)->movable_blocks == KM_UNKNOWN);
	assert_true(isnan(zone(&sheet, 0)->possible_ratio));
	sheet = km_fragmentation_derive_free(&pool, &buddyinfo, NULL, 4096);
	assert_true(zone(&sheet, 0)->free_blocks == KM_UNKNOWN);
	sheet = km_fragmentation_derive_free(&pool, NULL, NULL, 4096);
	assert_int_equal(sheet.len, 0);
	km_buddyinfo_deinit(&buddyinfo);
	km_pagetypeinfo_deinit(&pagetypeinfo);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(parses_blocks, clean),
		cmocka_unit_test_teardown(zones_add_up, clean),
		cmocka_unit_test_teardown(hindrances_are_by_powers_of_two, clean),
		cmocka_unit_test_teardown(places, clean),
		cmocka_unit_test_teardown(what_can_be_removed, clean),
		cmocka_unit_test_teardown(bad_lines_are_problems, clean),
		cmocka_unit_test_teardown(without_an_order, clean),
		cmocka_unit_test_teardown(without_the_module, clean),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
