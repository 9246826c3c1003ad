// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/memory-range.h"

#define BLOCKS "/proc/kmeminfo/blocks"
#define PLACE(row)                                                                                 \
	{ KM_FIELD(row, node, KM_COUNT), .flags = KM_SHOWN | KM_ID, .head = "NODE",                \
	  .brief = "NUMA node", .explain = "Number of the memory node.", .origin = BLOCKS },       \
	{ KM_FIELD(row, zone, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "ZONE",                 \
	  .brief = "zone of the node", .explain = "As in `kmeminfo explain zones.zone`.", .origin = BLOCKS }

enum { PARTS = 16 };

#define RANGE_BYTES (UINT64_C(1) << 30)

static const struct km_field part_fields[] = {
	{ KM_FIELD(struct km_memory_part, part, KM_COUNT), .flags = KM_ID, .head = "PART",
	  .brief = "which sixteenth of the range, from 0", .explain = "64 MiB each.", .origin = "computed" },
	{ KM_FIELD(struct km_memory_part, blocks, KM_COUNT), .flags = KM_LEVEL, .head = "BLOCKS",
	  .brief = "pageblocks in this part", .explain = "Those with memory of the zone.", .origin = BLOCKS },
	{ KM_FIELD(struct km_memory_part, hindered_blocks, KM_COUNT),
	  .flags = KM_LEVEL, .head = "HINDERED",
	  .brief = "pageblocks in this part that hold pages which cannot be moved",
	  .explain = "As in `kmeminfo explain fragmentation.hindered_blocks`.", .origin = BLOCKS },
	{ KM_FIELD(struct km_memory_part, hindered_ratio, KM_RATIO),
	  .flags = KM_LEVEL, .head = "HINDERED-RATIO",
	  .brief = "share of this part's pageblocks that hold pages which cannot be moved",
	  .explain = "Unknown for a part that is a hole.", .origin = "computed" },
	{ 0 }
};

const struct km_sheet_type km_memory_part_type = {
	.name = "memory_parts",
	.brief = "a sixteenth of a range of memory",
	.fields = part_fields,
	.row_size = sizeof(struct km_memory_part),
	.spread_head = "part",
	.spread_cell = "hindered_ratio",
};

static const struct km_field range_fields[] = {
	{ KM_FIELD(struct km_memory_range, start_bytes, KM_BYTES), .flags = KM_SHOWN | KM_ID, .head = "START",
	  .brief = "physical address of the range", .explain = "A multiple of 1 GiB.", .origin = BLOCKS },
	PLACE(struct km_memory_range),
	{ KM_FIELD(struct km_memory_range, blocks, KM_COUNT), .flags = KM_LEVEL, .head = "BLOCKS",
	  .brief = "pageblocks with memory of the zone", .explain = "A range of 1 GiB has 512 of 2 MiB.",
	  .origin = BLOCKS },
	{ KM_FIELD(struct km_memory_range, free_blocks, KM_COUNT), .flags = KM_LEVEL, .head = "FREE",
	  .brief = "pageblocks that are free", .explain = "Each can become a huge page at once.",
	  .origin = BLOCKS },
	{ KM_FIELD(struct km_memory_range, movable_blocks, KM_COUNT),
	  .flags = KM_LEVEL, .head = "MOVABLE",
	  .brief = "pageblocks that are free once their pages are moved",
	  .explain = "As in `kmeminfo explain fragmentation.movable_blocks`.", .origin = BLOCKS },
	{ KM_FIELD(struct km_memory_range, uncertain_blocks, KM_COUNT),
	  .flags = KM_LEVEL, .head = "UNCERTAIN",
	  .brief = "pageblocks with pages that may be free or in use",
	  .explain = "As in `kmeminfo explain fragmentation.uncertain_blocks`.", .origin = BLOCKS },
	{ KM_FIELD(struct km_memory_range, hindered_blocks, KM_COUNT),
	  .flags = KM_SHOWN | KM_LEVEL, .head = "HINDERED",
	  .brief = "pageblocks that hold pages which cannot be moved",
	  .explain = "As in `kmeminfo explain fragmentation.hindered_blocks`.", .origin = BLOCKS },
	{ KM_FIELD(struct km_memory_range, unmovable_bytes, KM_BYTES),
	  .flags = KM_LEVEL, .head = "UNMOVABLE",
	  .brief = "memory in use that cannot be moved", .explain = "Includes reclaimable slab.",
	  .origin = BLOCKS },
	{ KM_FIELD(struct km_memory_range, largest, KM_TEXT), .flags = KM_SHOWN, .head = "LARGEST",
	  .brief = "class that contains most of that memory",
	  .explain = "`kmeminfo explain CLASS` explains it.", .origin = BLOCKS },
	{ KM_FIELD(struct km_memory_range, holders, KM_ROWS), .rows = &km_unmovable_class_type,
	  .head = "HOLDERS", .brief = "what cannot be moved, by class", .explain = "The largest first.",
	  .origin = BLOCKS },
	{ KM_FIELD(struct km_memory_range, parts, KM_ROWS), .flags = KM_SHOWN | KM_SPREAD,
	  .rows = &km_memory_part_type, .head = "PARTS", .brief = "the range in sixteen parts",
	  .explain = "A map: for each 64 MiB the share of pageblocks that hold pages which cannot be moved.",
	  .origin = "computed" },
	{ 0 }
};

const struct km_sheet_type km_memory_range_type = {
	.name = "ranges",
	.brief = "a map of what hinders huge pages: one row per GiB of addresses",
	.explain = "Needs the helper module.",
	.fields = range_fields,
	.row_size = sizeof(struct km_memory_range),
};

static const struct km_field memory_block_fields[] = {
	{ KM_FIELD(struct km_memory_block, name, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "MEMORY",
	  .brief = "name of the memory block", .explain = "Its folder in /sys/devices/system/memory.",
	  .origin = BLOCKS },
	{ KM_FIELD(struct km_memory_block, start_bytes, KM_BYTES), .flags = KM_PROPERTY, .head = "START",
	  .brief = "physical address of the memory block", .explain = "Its number times the size of one.",
	  .origin = BLOCKS },
	PLACE(struct km_memory_block),
	{ KM_FIELD(struct km_memory_block, removable, KM_TRI), .flags = KM_SHOWN, .head = "REMOVABLE",
	  .brief = "whether its memory can be taken offline",
	  .explain = "yes: nothing in it is known to be unmovable. no: something is, or it has memory of two "
		     "zones. Unknown if a page may be free or in use. An estimate: the kernel tries to move "
		     "the pages and may fail, and it never takes memory offline that it needs for itself.", .origin = "computed" },
	{ KM_FIELD(struct km_memory_block, free_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_LEVEL, .head = "FREE",
	  .brief = "free memory", .explain = "Memory in the free lists.", .origin = BLOCKS },
	{ KM_FIELD(struct km_memory_block, movable_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_LEVEL, .head = "MOVABLE",
	  .brief = "memory in use that can be moved",
	  .explain = "It must fit elsewhere if the memory block is removed.", .origin = BLOCKS },
	{ KM_FIELD(struct km_memory_block, unmovable_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_LEVEL, .head = "UNMOVABLE",
	  .brief = "memory in use that cannot be moved",
	  .explain = "This hinders unplug. Includes reclaimable slab.", .origin = BLOCKS },
	{ KM_FIELD(struct km_memory_block, unknown_bytes, KM_BYTES),
	  .flags = KM_LEVEL, .head = "UNKNOWN",
	  .brief = "memory of pages without a reference count",
	  .explain = "Free in the list of a CPU, or in use as the rest of an untyped block.",
	  .origin = BLOCKS },
	{ KM_FIELD(struct km_memory_block, largest, KM_TEXT), .flags = KM_SHOWN, .head = "LARGEST",
	  .brief = "class that contains most of the unmovable memory",
	  .explain = "`kmeminfo explain CLASS` explains it.", .origin = BLOCKS },
	{ KM_FIELD(struct km_memory_block, holders, KM_ROWS), .rows = &km_unmovable_class_type,
	  .head = "HOLDERS", .brief = "what cannot be moved, by class", .explain = "The largest first.",
	  .origin = BLOCKS },
	{ 0 }
};

const struct km_sheet_type km_memory_block_type = {
	.name = "memory_blocks",
	.brief = "what hinders taking memory offline, by memory block",
	.explain = "A memory block is the unit in which memory is plugged and unplugged. Needs the helper "
		   "module.",
	.fields = memory_block_fields,
	.row_size = sizeof(struct km_memory_block),
};

static const struct km_field block_fields[] = {
	{ KM_FIELD(struct km_block, start_bytes, KM_BYTES), .flags = KM_SHOWN | KM_ID, .head = "START",
	  .brief = "physical address of the pageblock", .explain = "Its number times the size of one.",
	  .origin = BLOCKS },
	PLACE(struct km_block),
	{ KM_FIELD(struct km_block, type, KM_TEXT), .flags = KM_SHOWN, .head = "TYPE",
	  .brief = "migrate type of the pageblock", .explain = "As in `kmeminfo explain types.type`.",
	  .origin = BLOCKS },
	{ KM_FIELD(struct km_block, free_pages, KM_COUNT),
	  .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL, .head = "FREE",
	  .brief = "free pages", .explain = "Pages in the free lists.", .origin = BLOCKS },
	{ KM_FIELD(struct km_block, movable_pages, KM_COUNT),
	  .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL, .head = "MOVABLE",
	  .brief = "pages in use that can be moved",
	  .explain = "As in `kmeminfo explain fragmentation.movable_bytes`.", .origin = BLOCKS },
	{ KM_FIELD(struct km_block, reclaimable_pages, KM_COUNT),
	  .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "RECLAIMABLE", .brief = "slab pages in a block of type Reclaimable",
	  .explain = "As in `kmeminfo explain fragmentation.reclaimable_bytes`.", .origin = BLOCKS },
	{ KM_FIELD(struct km_block, unmovable_pages, KM_COUNT), .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "UNMOVABLE", .brief = "pages in use that cannot be moved",
	  .explain = "As in `kmeminfo explain fragmentation.unmovable_bytes`.", .origin = BLOCKS },
	{ KM_FIELD(struct km_block, unknown_pages, KM_COUNT),
	  .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL, .head = "UNKNOWN",
	  .brief = "pages without a reference count",
	  .explain = "Free in the list of a CPU, or in use as the rest of an untyped block.",
	  .origin = BLOCKS },
	{ KM_FIELD(struct km_block, holders, KM_ROWS), .rows = &km_unmovable_class_type, .head = "HOLDERS",
	  .brief = "pages that are neither free nor movable, by class", .explain = "The largest first.",
	  .origin = BLOCKS },
	{ 0 }
};

const struct km_sheet_type km_block_type = {
	.name = "blocks",
	.brief = "contents of each pageblock",
	.explain = "One row per 2 MiB on x86. Needs the helper module.",
	.fields = block_fields,
	.row_size = sizeof(struct km_block),
};

static uint64_t block_bytes(const struct km_module_blocks *file)
{
	return file->block_order < 48 ? km_num_mul(UINT64_C(1) << file->block_order, file->page_bytes) :
					KM_UNKNOWN;
}

static uint64_t start_of(const struct km_module_blocks *file, const struct km_page_block *block)
{
	return km_num_mul(block->number, block_bytes(file));
}

/*
 * The end of the run of blocks that starts with the first one. All belong to one zone and one unit of this
 * many bytes.
 */
static size_t run_end(const struct km_module_blocks *file, size_t first, uint64_t unit)
{
	const struct km_page_block *blocks = file->blocks.items;
	size_t end = first;

	while (end < file->blocks.len && blocks[end].zone == blocks[first].zone &&
	       start_of(file, &blocks[end]) / unit == start_of(file, &blocks[first]) / unit)
		end++;
	return end;
}

static void tally_run(struct km_block_tally *tally, const struct km_module_blocks *file, size_t first,
		      size_t end)
{
	for (; first < end; first++)
		km_block_tally_add(tally, file, &file->blocks.items[first]);
}

static struct km_rows derive_parts(struct km_pool *pool, const struct km_module_blocks *file, size_t first,
				   size_t end)
{
	struct km_memory_part *parts = km_pool_alloc(pool, PARTS, sizeof(*parts));

	for (uint64_t i = 0; i < PARTS; i++)
		parts[i].part = i;
	for (; first < end; first++) {
		const struct km_page_block *block = &file->blocks.items[first];
		struct km_memory_part *part =
			&parts[start_of(file, block) % RANGE_BYTES / (RANGE_BYTES / PARTS)];

		part->blocks++;
		part->hindered_blocks += km_block_hinders(block) || !km_block_is_whole(file, block);
	}
	for (size_t i = 0; i < PARTS; i++)
		parts[i].hindered_ratio = km_num_ratio(parts[i].hindered_blocks, parts[i].blocks);
	return (struct km_rows){ parts, PARTS };
}

static void fill_range(struct km_pool *pool, const struct km_module_blocks *file, size_t first, size_t end,
		       struct km_memory_range *row)
{
	const struct km_block_zone *zone = &file->zones.items[file->blocks.items[first].zone];
	struct km_block_tally tally = { 0 };

	tally_run(&tally, file, first, end);
	*row = (struct km_memory_range){
		.start_bytes = start_of(file, &file->blocks.items[first]) / RANGE_BYTES * RANGE_BYTES,
		.node = zone->node,
		.zone = zone->zone,
		.blocks = tally.blocks,
		.free_blocks = tally.free_blocks,
		.movable_blocks = tally.movable_blocks,
		.uncertain_blocks = tally.uncertain_blocks,
		.hindered_blocks = tally.hindered_blocks,
		.unmovable_bytes = km_num_mul(km_num_add(tally.unmovable, tally.reclaimable),
					      file->page_bytes),
		.largest = km_block_tally_largest(&tally),
		.holders = km_block_tally_unmovable(pool, &tally, file->page_bytes),
		.parts = derive_parts(pool, file, first, end),
	};
	km_block_tally_deinit(&tally);
}

struct km_sheet km_memory_range_derive(struct km_pool *pool, const struct km_module_blocks *file)
{
	struct km_memory_range *rows = km_pool_alloc(pool, file->blocks.len, sizeof(*rows));
	struct km_sheet sheet = { &km_memory_range_type, rows, 0, NULL };
	size_t end;

	if (block_bytes(file) == KM_UNKNOWN)
		return sheet;
	for (size_t first = 0; first < file->blocks.len; first = end) {
		end = run_end(file, first, RANGE_BYTES);
		fill_range(pool, file, first, end, &rows[sheet.len++]);
	}
	return sheet;
}

static enum km_tri removable(const struct km_block_tally *tally)
{
	if (tally->unmovable || tally->reclaimable)
		return KM_TRI_NO;
	return tally->unknown ? KM_TRI_UNKNOWN : KM_TRI_YES;
}

static void fill_memory_block(struct km_pool *pool, const struct km_module_blocks *file, size_t first,
			      size_t end, struct km_memory_block *row)
{
	const struct km_block_zone *zone = &file->zones.items[file->blocks.items[first].zone];
	const uint64_t number = start_of(file, &file->blocks.items[first]) / file->memory_block_bytes;
	struct km_block_tally tally = { 0 };

	tally_run(&tally, file, first, end);
	*row = (struct km_memory_block){
		.name = km_pool_printf(pool, "memory%llu", (unsigned long long)number),
		.start_bytes = km_num_mul(number, file->memory_block_bytes),
		.node = zone->node,
		.zone = zone->zone,
		.removable = removable(&tally),
		.free_bytes = km_num_mul(tally.free, file->page_bytes),
		.movable_bytes = km_num_mul(tally.movable, file->page_bytes),
		.unmovable_bytes = km_num_mul(km_num_add(tally.unmovable, tally.reclaimable),
					      file->page_bytes),
		.unknown_bytes = km_num_mul(tally.unknown, file->page_bytes),
		.largest = km_block_tally_largest(&tally),
		.holders = km_block_tally_unmovable(pool, &tally, file->page_bytes),
	};
	km_block_tally_deinit(&tally);
}

/* The kernel never takes memory of two zones offline together (offline_pages(), k6.12:mm/memory_hotplug.c). */
static void keep_shared(struct km_memory_block *rows, size_t len)
{
	for (size_t i = 1; i < len; i++)
		if (rows[i].start_bytes == rows[i - 1].start_bytes)
			rows[i].removable = rows[i - 1].removable = KM_TRI_NO;
}

struct km_sheet km_memory_block_derive(struct km_pool *pool, const struct km_module_blocks *file)
{
	struct km_memory_block *rows = km_pool_alloc(pool, file->blocks.len, sizeof(*rows));
	struct km_sheet sheet = { &km_memory_block_type, rows, 0, NULL };
	size_t end;

	if (block_bytes(file) == KM_UNKNOWN || file->memory_block_bytes == KM_UNKNOWN ||
	    !file->memory_block_bytes)
		return sheet;
	for (size_t first = 0; first < file->blocks.len; first = end) {
		end = run_end(file, first, file->memory_block_bytes);
		fill_memory_block(pool, file, first, end, &rows[sheet.len++]);
	}
	keep_shared(rows, sheet.len);
	return sheet;
}

static void fill_block(struct km_pool *pool, const struct km_module_blocks *file,
		       const struct km_page_block *block, struct km_block *row)
{
	struct km_block_tally tally = { 0 };

	km_block_tally_add(&tally, file, block);
	*row = (struct km_block){
		.start_bytes = start_of(file, block),
		.node = file->zones.items[block->zone].node,
		.zone = file->zones.items[block->zone].zone,
		.type = block->type,
		.free_pages = block->free,
		.movable_pages = block->movable,
		.reclaimable_pages = block->reclaimable,
		.unmovable_pages = block->unmovable,
		.unknown_pages = block->unknown,
		.holders = km_block_tally_unmovable(pool, &tally, file->page_bytes),
	};
	km_block_tally_deinit(&tally);
}

struct km_sheet km_block_derive(struct km_pool *pool, const struct km_module_blocks *file)
{
	struct km_block *rows = km_pool_alloc(pool, file->blocks.len, sizeof(*rows));
	struct km_block *totals = km_pool_alloc(pool, 1, sizeof(*totals));
	struct km_sheet sheet = { &km_block_type, rows, file->blocks.len, totals };

	for (size_t i = 0; i < file->blocks.len; i++)
		fill_block(pool, file, &file->blocks.items[i], &rows[i]);
	km_row_init(&km_block_type, totals);
	km_sheet_sum(&sheet, totals);
	return sheet;
}
