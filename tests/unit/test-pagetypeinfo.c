// SPDX-License-Identifier: GPL-2.0-or-later
#include "unit.h"
#include "model/pagetype.h"
#include "report/document.h"

static struct km_problems problems;
static struct km_pool pool;

static struct km_pagetypeinfo parsed(struct km_str text)
{
	struct km_parse parse = { .source = KM_STR("pagetypeinfo"), .problems = &problems };
	struct km_pagetypeinfo info = { 0 };

	km_problems_deinit(&problems);
	km_parse_pagetypeinfo(&parse, text, &info);
	return info;
}

static const char two_nodes[] =
	"Page block order: 9\nPages per block:  512\n\n"
	"Free pages count per migrate type at order       0      1      2 \n"
	"Node    0, zone      DMA, type    Unmovable      1      0      3 \n"
	"Node    0, zone      DMA, type      Movable >100000      2      0 \n\n"
	"Number of blocks type     Unmovable      Movable \n"
	"Node 0, zone      DMA            1            7 \n\n"
	"Number of mixed blocks    Unmovable      Movable \n"
	"Node 0, zone      DMA            0            2 \n"
	"Page block order: 9\nPages per block:  512\n\n"
	"Free pages count per migrate type at order       0      1      2 \n"
	"Node    1, zone   Normal, type    Unmovable      0      0      0 \n"
	"Node    1, zone   Normal, type      Movable      4      0      0 \n\n"
	"Number of blocks type     Unmovable      Movable \n"
	"Node 1, zone   Normal           11           13 \n";

static void tables(void **state)
{
	struct km_pagetypeinfo info = parsed(km_str_from(two_nodes));

	(void)state;
	assert_int_equal(problems.list.len, 0);
	assert_int_equal(info.page_block_order, 9);
	assert_int_equal(info.pages_per_block, 512);
	assert_int_equal(info.free.len, 4);
	assert_str(info.free.items[1].zone, "DMA");
	assert_str(info.free.items[1].type, "Movable");
	assert_int_equal(info.free.items[1].orders, 3);
	assert_int_equal(info.free.items[1].nr_free[0], 100000);
	assert_true(info.free.items[1].overflow[0]);
	assert_false(info.free.items[1].overflow[1]);
	assert_int_equal(info.free.items[3].node, 1);
	assert_int_equal(info.blocks.len, 4);
	assert_str(info.blocks.items[3].type, "Movable");
	assert_int_equal(info.blocks.items[3].blocks, 13);
	assert_int_equal(info.mixed.len, 2);
	assert_int_equal(info.mixed.items[1].blocks, 2);
	km_pagetypeinfo_deinit(&info);
}

static void bad_lines(void **state)
{
	struct km_pagetypeinfo info = parsed(KM_STR("Node 0, zone DMA 1 2\n"
						    "Pages per block: many\n"
						    "Pages per block: 512 or so\n"
						    "Number of blocks type  A B\n"
						    "Node 0, zone DMA 1\n"
						    "Node 0, zone DMA 1 2 3\n"
						    "Node 0, zone DMA 1 -2\n"
						    "Node 0, zone DMA 1 2\n"
						    "Node 0, zone DMA, type\n"
						    "Node 0, zone DMA, type X\n"
						    "Node 0, zone DMA, type X 1 >\n"
						    "Node 0, zone DMA, type X 18446744073709551616\n"
						    "Node 0, zone DMA, kind X 1\n"
						    "Node 0, zone DMA, type X 1 \xff\n"
						    "junk"));

	(void)state;
	/* the last one: the zone of the blocks has no free lists */
	assert_int_equal(problems.list.len, 14);
	assert_int_equal(problems.list.items[0].line, 1);
	assert_int_equal(problems.list.items[12].line, 15);
	assert_int_equal(info.free.len, 0);
	assert_int_equal(info.blocks.len, 2);
	assert_int_equal(info.pages_per_block, KM_UNKNOWN);
	km_pagetypeinfo_deinit(&info);
}

static const struct km_field *field_of(const struct km_sheet_type *type, const char *key)
{
	return km_field_find(type, km_str_from(key));
}

/* A lower bound is marked in its own cell, in the row's sum and in the sum of all rows. */
static void lower_bounds(void **state)
{
	struct km_pagetypeinfo info = parsed(km_str_from(two_nodes));
	struct km_sheet sheet = km_pagetype_derive(&pool, &info, 4096);
	const struct km_pagetype *rows = sheet.rows, *totals = sheet.totals;
	const struct km_pagetype_order *orders = rows[1].orders.items;
	const struct km_field *free_blocks = field_of(&km_pagetype_order_type, "free_blocks");
	const struct km_field *free_bytes = field_of(&km_pagetype_type, "free_bytes");

	(void)state;
	assert_int_equal(sheet.len, 4);
	assert_int_equal(orders[0].free_blocks_at_least, KM_TRI_YES);
	assert_int_equal(orders[1].free_blocks_at_least, KM_TRI_NO);
	assert_str(km_cell_text(&pool, free_blocks, &orders[0], false), ">=100000");
	assert_str(km_cell_text(&pool, free_blocks, &orders[1], false), "2");
	assert_int_equal(rows[1].free_bytes_at_least, KM_TRI_YES);
	assert_int_equal(rows[1].free_bytes, 100004 * 4096);
	assert_str(km_cell_text(&pool, free_bytes, &rows[1], true), ">=409616384");
	assert_int_equal(rows[0].free_bytes_at_least, KM_TRI_NO);
	assert_int_equal(totals->free_bytes_at_least, KM_TRI_YES);
	assert_int_equal(totals->free_bytes, (13 + 100004 + 4) * 4096);
	km_pagetypeinfo_deinit(&info);
}

static void rows_are_joined(void **state)
{
	struct km_pagetypeinfo info = parsed(km_str_from(two_nodes));
	struct km_sheet sheet = km_pagetype_derive(&pool, &info, 4096);
	const struct km_pagetype *rows = sheet.rows;

	(void)state;
	assert_str(km_word_str(rows[0].type), "Unmovable");
	assert_int_equal(rows[0].blocks, 1);
	assert_int_equal(rows[1].blocks_bytes, 7 * 512 * 4096);
	assert_int_equal(rows[1].mixed_blocks, 2);
	assert_int_equal(rows[1].largest_free_order, 1);
	assert_int_equal(rows[2].node, 1);
	assert_int_equal(rows[2].blocks, 11);
	assert_int_equal(rows[2].mixed_blocks, KM_UNKNOWN);
	assert_int_equal(rows[2].free_bytes, 0);
	assert_int_equal(rows[2].largest_free_order, KM_UNKNOWN);
	km_pagetypeinfo_deinit(&info);
}

/* One table is truncated: the values of the other are kept, and the rest is unknown. */
static void half_a_file(void **state)
{
	struct km_pagetypeinfo info = parsed(KM_STR("Number of blocks type CMA\nNode 0, zone DMA 3\n"));
	struct km_sheet sheet = km_pagetype_derive(&pool, &info, 4096);
	const struct km_pagetype *row = sheet.rows;

	(void)state;
	assert_int_equal(sheet.len, 1);
	assert_int_equal(row->blocks, 3);
	assert_int_equal(row->blocks_bytes, KM_UNKNOWN);
	assert_int_equal(row->free_bytes, KM_UNKNOWN);
	assert_int_equal(row->free_bytes_at_least, KM_TRI_UNKNOWN);
	assert_int_equal(row->orders.len, 0);
	km_pagetypeinfo_deinit(&info);
}

static int tear_down(void **state)
{
	(void)state;
	km_problems_deinit(&problems);
	km_pool_deinit(&pool);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables),
		cmocka_unit_test(bad_lines),
		cmocka_unit_test(lower_bounds),
		cmocka_unit_test(rows_are_joined),
		cmocka_unit_test(half_a_file),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
