// SPDX-License-Identifier: GPL-2.0-or-later
#include "fuzz.h"
#include "model/fragmentation.h"
#include "model/memory-range.h"

static void check_block(const struct fuzz *fuzz, const struct km_module_blocks *file,
			const struct km_page_block *block)
{
	fuzz_expect(block->zone < file->zones.len);
	fuzz_expect(!block->type.ptr || fuzz_has(fuzz, block->type));
	fuzz_expect(block->class + block->classes <= file->classes.len);
}

/* Every block has one of four states, and is in each sheet of places. */
static void check_sheets(struct km_pool *pool, const struct km_module_blocks *file)
{
	struct km_sheet zones = km_fragmentation_derive(pool, file);
	const struct km_fragmentation *totals = zones.totals;

	if (zones.len) {
		fuzz_expect(totals->blocks == file->blocks.len);
		fuzz_expect(totals->free_blocks + totals->movable_blocks + totals->uncertain_blocks +
			    totals->hindered_blocks == totals->blocks);
	}
	fuzz_expect(km_block_derive(pool, file).len == file->blocks.len);
	fuzz_expect(km_memory_range_derive(pool, file).len <= file->blocks.len);
	fuzz_expect(km_memory_block_derive(pool, file).len <= file->blocks.len);
	fuzz_expect(km_hindrance_derive(pool, file).len <= file->blocks.len);
}

void fuzz_one(struct fuzz *fuzz)
{
	struct km_module_blocks file = { 0 };
	const struct km_page_block *block;

	km_parse_module_blocks(&fuzz->parse, fuzz->text, &file);
	km_array_each(block, &file.blocks)
		check_block(fuzz, &file, block);
	check_sheets(&fuzz->pool, &file);
	fuzz_sheet(fuzz, km_fragmentation_derive(&fuzz->pool, &file));
	fuzz_sheet(fuzz, km_memory_block_derive(&fuzz->pool, &file));
	km_module_blocks_deinit(&file);
}
