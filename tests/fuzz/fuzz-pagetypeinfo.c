// SPDX-License-Identifier: GPL-2.0-or-later
#include "fuzz.h"
#include "model/pagetype.h"

static bool is_number(struct km_str text)
{
	uint64_t number;

	return km_str_take_number(&text, &number) && !km_str_trim(text).len;
}

static bool is_heading(struct km_str line)
{
	if (km_str_take_prefix(&line, KM_STR("Page block order:")) ||
	    km_str_take_prefix(&line, KM_STR("Pages per block:")))
		return is_number(line);
	return km_str_starts(line, KM_STR("Free pages count")) ||
	       km_str_starts(line, KM_STR("Number of blocks type")) ||
	       km_str_starts(line, KM_STR("Number of mixed blocks"));
}

/* The lines that a table of blocks was made of: cells of one line have one zone, in one place. */
static size_t check_blocks(const struct fuzz *fuzz, const struct km_pagetypeinfo_count *cells, size_t len)
{
	size_t lines = 0;

	for (size_t i = 0; i < len; i++) {
		fuzz_expect(cells[i].zone.len && fuzz_has(fuzz, cells[i].zone));
		fuzz_expect(cells[i].type.len && fuzz_has(fuzz, cells[i].type));
		lines += !i || cells[i].zone.ptr != cells[i - 1].zone.ptr;
	}
	return lines;
}

static void check_row(const struct km_pagetype *row)
{
	const struct km_pagetype_order *orders = row->orders.items;
	uint64_t free_bytes = row->orders.len ? 0 : KM_UNKNOWN;

	for (size_t i = 0; i < row->orders.len; i++)
		free_bytes = km_num_add(free_bytes, orders[i].free_bytes);
	fuzz_expect(row->free_bytes == free_bytes);
	fuzz_expect(row->largest_free_order == KM_UNKNOWN ||
		    (row->largest_free_order < row->orders.len &&
		     orders[row->largest_free_order].free_blocks));
}

void fuzz_one(struct fuzz *fuzz)
{
	struct km_pagetypeinfo info = { 0 };
	const struct km_pagetypeinfo_free *row;
	struct km_sheet sheet;
	size_t lines;

	km_parse_pagetypeinfo(&fuzz->parse, fuzz->text, &info);
	lines = info.free.len + check_blocks(fuzz, info.blocks.items, info.blocks.len) +
		check_blocks(fuzz, info.mixed.items, info.mixed.len);
	fuzz_expect_told(fuzz, lines, is_heading);
	km_array_each(row, &info.free)
		fuzz_expect(row->orders && fuzz_has(fuzz, row->zone) && row->type.len &&
			    fuzz_has(fuzz, row->type));
	sheet = km_pagetype_derive(&fuzz->pool, &info, fuzz->page_bytes);
	fuzz_expect(sheet.len <= info.free.len + info.blocks.len + info.mixed.len);
	for (size_t i = 0; i < sheet.len; i++)
		check_row(km_sheet_row(&sheet, i));
	fuzz_sheet(fuzz, sheet);
	km_pagetypeinfo_deinit(&info);
}
