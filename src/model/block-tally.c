// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include "model/block-tally.h"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_unmovable_class, class, KM_TEXT), .flags = KM_ID, .head = "CLASS",
	  .brief = "class of the pages", .explain = "As in `kmeminfo explain pages.class`.",
	  .origin = "/proc/kmeminfo/blocks" },
	{ KM_FIELD(struct km_unmovable_class, blocks, KM_COUNT), .flags = KM_LEVEL, .head = "BLOCKS",
	  .brief = "pageblocks that hold pages of the class",
	  .explain = "A block with pages of several classes counts in each of them.",
	  .origin = "/proc/kmeminfo/blocks" },
	{ KM_FIELD(struct km_unmovable_class, pages, KM_COUNT), .flags = KM_LEVEL, .head = "PAGES",
	  .brief = "pages of the class that cannot be moved",
	  .explain = "Includes pinned pages of processes and of page cache. Pages of the class ref0 have no "
		     "reference count: they are free in the list of a CPU, or in use as the rest of an "
		     "untyped block.",
	  .origin = "/proc/kmeminfo/blocks" },
	{ KM_FIELD(struct km_unmovable_class, size_bytes, KM_BYTES), .flags = KM_LEVEL, .head = "SIZE",
	  .brief = "memory of these pages", .explain = "Pages times the page size.", .origin = "computed" },
	{ 0 }
};

const struct km_sheet_type km_unmovable_class_type = {
	.name = "block_holders",
	.brief = "pages of one class that cannot be moved",
	.fields = fields,
	.row_size = sizeof(struct km_unmovable_class),
	.spread_head = "class",
	.spread_cell = "pages",
};

bool km_block_is_whole(const struct km_module_blocks *file, const struct km_page_block *block)
{
	uint64_t pages = km_num_add(block->free, km_num_add(block->movable, block->unknown));

	return file->block_order < 64 &&
	       km_num_add(pages, km_block_hinders(block)) == UINT64_C(1) << file->block_order;
}

static struct km_unmovable_class *holder_of(struct km_block_tally *tally, struct km_str class)
{
	struct km_unmovable_class *holder;

	km_array_each(holder, &tally->holders)
		if (km_str_eq(holder->class, class))
			return holder;
	holder = km_array_push(&tally->holders);
	holder->class = class;
	return holder;
}

void km_block_tally_add(struct km_block_tally *tally, const struct km_module_blocks *file,
			const struct km_page_block *block)
{
	bool whole = km_block_is_whole(file, block);

	tally->blocks++;
	if (!whole || km_block_hinders(block))
		tally->hindered_blocks++;
	else if (block->unknown)
		tally->uncertain_blocks++;
	else if (block->movable)
		tally->movable_blocks++;
	else
		tally->free_blocks++;
	if (km_str_eq(block->type, KM_STR("Movable")) && block->unmovable)
		tally->stray_blocks++;
	tally->free = km_num_add(tally->free, block->free);
	tally->movable = km_num_add(tally->movable, block->movable);
	tally->reclaimable = km_num_add(tally->reclaimable, block->reclaimable);
	tally->unmovable = km_num_add(tally->unmovable, block->unmovable);
	tally->unknown = km_num_add(tally->unknown, block->unknown);
	for (size_t i = 0; i < block->classes; i++) {
		const struct km_block_class *class = &file->classes.items[block->class + i];
		struct km_unmovable_class *holder = holder_of(tally, class->class);

		holder->blocks++;
		holder->pages = km_num_add(holder->pages, class->pages);
	}
}

void km_block_tally_deinit(struct km_block_tally *tally)
{
	km_array_deinit(&tally->holders);
}

static int compare(const void *a, const void *b)
{
	const struct km_unmovable_class *x = a, *y = b;

	if (x->pages != y->pages)
		return x->pages < y->pages ? 1 : -1;
	return km_str_compare(x->class, y->class);
}

struct km_rows km_block_tally_unmovable(struct km_pool *pool, const struct km_block_tally *tally,
				      uint64_t page_bytes)
{
	struct km_unmovable_class *rows = km_pool_alloc(pool, tally->holders.len, sizeof(*rows));

	for (size_t i = 0; i < tally->holders.len; i++) {
		rows[i] = tally->holders.items[i];
		rows[i].size_bytes = km_num_mul(rows[i].pages, page_bytes);
	}
	if (tally->holders.len)
		qsort(rows, tally->holders.len, sizeof(*rows), compare);
	return (struct km_rows){ rows, tally->holders.len };
}

struct km_str km_block_tally_largest(const struct km_block_tally *tally)
{
	const struct km_unmovable_class *holder, *largest = NULL;

	km_array_each(holder, &tally->holders)
		if (!km_str_eq(holder->class, KM_STR("ref0")) &&
		    (!largest || compare(holder, largest) < 0))
			largest = holder;
	return largest ? largest->class : (struct km_str){ 0 };
}
