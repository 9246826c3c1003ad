// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/fragmentation.h"

#define BLOCKS "/proc/kmeminfo/blocks"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_fragmentation, node, KM_COUNT), .flags = KM_SHOWN | KM_ID, .head = "NODE",
	  .brief = "NUMA node", .explain = "Number of the memory node.", .origin = BLOCKS },
	{ KM_FIELD(struct km_fragmentation, zone, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "ZONE",
	  .brief = "zone of the node", .explain = "As in `kmeminfo explain zones.zone`.", .origin = BLOCKS },
	{ KM_FIELD(struct km_fragmentation, block_bytes, KM_BYTES),
	  .flags = KM_PROPERTY, .head = "BLOCK",
	  .brief = "size of a pageblock",
	  .explain = "The kernel keeps movable from unmovable memory in blocks of this size, mostly that of "
		     "a huge page.", .origin = BLOCKS ", /proc/pagetypeinfo Pages per block" },
	{ KM_FIELD(struct km_fragmentation, blocks, KM_COUNT),
	  .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL, .head = "BLOCKS",
	  .brief = "pageblocks with memory of the zone",
	  .explain = "free_blocks, movable_blocks, uncertain_blocks and hindered_blocks add up to it. Without "
		     "the helper module it counts blocks that are holes too.",
	  .origin = BLOCKS ", /proc/pagetypeinfo Number of blocks type" },
	{ KM_FIELD(struct km_fragmentation, free_blocks, KM_COUNT),
	  .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "FREE", .brief = "pageblocks that are free: each can become a huge page at once",
	  .explain = "Without the helper module computed from free blocks of this order and above.",
	  .origin = BLOCKS ", /proc/buddyinfo" },
	{ KM_FIELD(struct km_fragmentation, movable_blocks, KM_COUNT),
	  .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "MOVABLE", .brief = "pageblocks that are free once their pages are moved",
	  .explain = "All their pages are free or movable, so compaction can empty them while there is room "
		     "elsewhere.", .origin = BLOCKS },
	{ KM_FIELD(struct km_fragmentation, uncertain_blocks, KM_COUNT),
	  .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "UNCERTAIN", .brief = "pageblocks with pages that may be free or in use",
	  .explain = "Apart from free and movable pages they hold only pages without a reference count. Such a page "
		     "is free in the list of a CPU, or it is the rest of an untyped block of the kernel. The page "
		     "does not show which.", .origin = BLOCKS },
	{ KM_FIELD(struct km_fragmentation, hindered_blocks, KM_COUNT),
	  .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "HINDERED", .brief = "pageblocks that hold pages which cannot be moved",
	  .explain = "They become a huge page only after these pages are freed. Blocks with a hole count too.",
	  .origin = BLOCKS },
	{ KM_FIELD(struct km_fragmentation, stray_blocks, KM_COUNT),
	  .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "STRAY", .brief = "hindered pageblocks of type Movable",
	  .explain = "The kernel meant to keep unmovable pages out of these blocks. It ran out of blocks of "
		     "another type, or a device pinned pages of a process.", .origin = BLOCKS },
	{ KM_FIELD(struct km_fragmentation, free_bytes, KM_BYTES),
	  .flags = KM_SUMMED | KM_LEVEL, .head = "FREE-SIZE",
	  .brief = "free memory", .explain = "Memory in the free lists, without the per-CPU lists.",
	  .origin = BLOCKS ", /proc/buddyinfo" },
	{ KM_FIELD(struct km_fragmentation, movable_bytes, KM_BYTES), .flags = KM_SUMMED | KM_LEVEL,
	  .head = "MOVABLE-SIZE", .brief = "memory in use that can be moved",
	  .explain = "Anonymous memory, page cache and huge pages that are not pinned for DMA, and pages whose "
		     "driver moves them.", .origin = BLOCKS },
	{ KM_FIELD(struct km_fragmentation, reclaimable_bytes, KM_BYTES), .flags = KM_SUMMED | KM_LEVEL,
	  .head = "RECLAIMABLE-SIZE", .brief = "slab memory in pageblocks of type Reclaimable",
	  .explain = "An estimate: a page does not say whether its cache is reclaimable, and a few caches of "
		     "either kind are in blocks of the other type.", .origin = BLOCKS },
	{ KM_FIELD(struct km_fragmentation, unmovable_bytes, KM_BYTES), .flags = KM_SUMMED | KM_LEVEL,
	  .head = "UNMOVABLE-SIZE", .brief = "memory in use that cannot be moved",
	  .explain = "Slab outside of blocks of type Reclaimable, and all of the kernel's other pages.",
	  .origin = BLOCKS },
	{ KM_FIELD(struct km_fragmentation, unknown_bytes, KM_BYTES), .flags = KM_SUMMED | KM_LEVEL,
	  .head = "UNKNOWN-SIZE", .brief = "memory of pages without a reference count",
	  .explain = "Free in the list of a CPU, or in use as the rest of an untyped block.",
	  .origin = BLOCKS },
	{ KM_FIELD(struct km_fragmentation, possible_ratio, KM_RATIO),
	  .flags = KM_SHOWN | KM_TOTAL | KM_BAR | KM_LEVEL,
	  .head = "POSSIBLE", .brief = "share of the pageblocks that can become free huge pages",
	  .explain = "free_blocks plus movable_blocks, divided by blocks. An upper bound: compaction needs room to "
		     "move pages to, and gives up on some pages.", .origin = "computed" },
	{ KM_FIELD(struct km_fragmentation, holders, KM_ROWS), .rows = &km_unmovable_class_type,
	  .head = "HOLDERS", .brief = "what cannot be moved, by class",
	  .explain = "The largest first. Empty if all pages can be moved.", .origin = BLOCKS },
	{ 0 }
};

const struct km_sheet_type km_fragmentation_type = {
	.name = "fragmentation",
	.brief = "what hinders huge pages, by zone",
	.explain = "The helper module reads every page for it. Without the module only the number of "
		   "pageblocks and of free ones is known.",
	.fields = fields,
	.row_size = sizeof(struct km_fragmentation),
};

static const struct km_field hindrance_fields[] = {
	{ KM_FIELD(struct km_hindrance, from_pages, KM_COUNT), .flags = KM_SHOWN | KM_ID, .head = "FROM",
	  .brief = "pages that cannot be moved in each of the blocks, at least",
	  .explain = "These pages prevent the block from becoming a free huge page.", .origin = BLOCKS },
	{ KM_FIELD(struct km_hindrance, to_pages, KM_COUNT), .flags = KM_SHOWN | KM_ID, .head = "TO",
	  .brief = "pages that cannot be moved in each of the blocks, at most",
	  .explain = "Does not include pages without a reference count.", .origin = BLOCKS },
	{ KM_FIELD(struct km_hindrance, blocks, KM_COUNT),
	  .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL, .head = "BLOCKS",
	  .brief = "pageblocks with so many of these pages",
	  .explain = "Does not include blocks with a hole: they never become a huge page.", .origin = BLOCKS },
	{ KM_FIELD(struct km_hindrance, pages, KM_COUNT),
	  .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL, .head = "PAGES",
	  .brief = "pages of these blocks that cannot be moved",
	  .explain = "Unmovable and reclaimable ones.", .origin = BLOCKS },
	{ KM_FIELD(struct km_hindrance, size_bytes, KM_BYTES),
	  .flags = KM_SUMMED | KM_LEVEL, .head = "SIZE",
	  .brief = "memory of these pages", .explain = "Pages times the page size.", .origin = "computed" },
	{ KM_FIELD(struct km_hindrance, largest, KM_TEXT), .flags = KM_SHOWN, .head = "LARGEST",
	  .brief = "class that contains most of these pages",
	  .explain = "`kmeminfo explain CLASS` explains it.", .origin = BLOCKS },
	{ KM_FIELD(struct km_hindrance, holders, KM_ROWS), .flags = KM_SPREAD, .rows = &km_unmovable_class_type,
	  .head = "HOLDERS", .brief = "these pages by class",
	  .explain = "Includes the class ref0, which pages does not count.", .origin = BLOCKS },
	{ 0 }
};

const struct km_sheet_type km_hindrance_type = {
	.name = "hindrances",
	.brief = "pageblocks by the number of pages that prevent a free huge page",
	.explain = "A block with few such pages is close to a free huge page: a few kernel pages in it "
		   "prevent that. Needs the helper module.",
	.fields = hindrance_fields,
	.row_size = sizeof(struct km_hindrance),
};

static uint64_t block_pages(const struct km_module_blocks *file)
{
	return file->block_order < 64 ? UINT64_C(1) << file->block_order : KM_UNKNOWN;
}

static void fill_zone(struct km_pool *pool, const struct km_module_blocks *file,
		      const struct km_block_tally *tally, struct km_fragmentation *row)
{
	row->block_bytes = km_num_mul(block_pages(file), file->page_bytes);
	row->blocks = tally->blocks;
	row->free_blocks = tally->free_blocks;
	row->movable_blocks = tally->movable_blocks;
	row->uncertain_blocks = tally->uncertain_blocks;
	row->hindered_blocks = tally->hindered_blocks;
	row->stray_blocks = tally->stray_blocks;
	row->free_bytes = km_num_mul(tally->free, file->page_bytes);
	row->movable_bytes = km_num_mul(tally->movable, file->page_bytes);
	row->reclaimable_bytes = km_num_mul(tally->reclaimable, file->page_bytes);
	row->unmovable_bytes = km_num_mul(tally->unmovable, file->page_bytes);
	row->unknown_bytes = km_num_mul(tally->unknown, file->page_bytes);
	row->holders = km_block_tally_unmovable(pool, tally, file->page_bytes);
}

static void share(struct km_fragmentation *row)
{
	row->possible_ratio = km_num_share(km_num_add(row->free_blocks, row->movable_blocks), row->blocks);
}

static struct km_sheet finish(struct km_pool *pool, struct km_fragmentation *rows, size_t len)
{
	struct km_fragmentation *totals = km_pool_alloc(pool, 1, sizeof(*totals));
	struct km_sheet sheet = { &km_fragmentation_type, rows, len, totals };

	for (size_t i = 0; i < len; i++)
		share(&rows[i]);
	km_row_init(&km_fragmentation_type, totals);
	km_sheet_sum(&sheet, totals);
	share(totals);
	return sheet;
}

struct km_sheet km_fragmentation_derive(struct km_pool *pool, const struct km_module_blocks *file)
{
	struct km_fragmentation *rows = km_pool_alloc(pool, file->zones.len, sizeof(*rows));

	for (size_t zone = 0; zone < file->zones.len; zone++) {
		struct km_block_tally tally = { 0 };
		const struct km_page_block *block;

		km_row_init(&km_fragmentation_type, &rows[zone]);
		rows[zone].node = file->zones.items[zone].node;
		rows[zone].zone = file->zones.items[zone].zone;
		km_array_each(block, &file->blocks)
			if (block->zone == zone)
				km_block_tally_add(&tally, file, block);
		fill_zone(pool, file, &tally, &rows[zone]);
		km_block_tally_deinit(&tally);
	}
	return finish(pool, rows, file->zones.len);
}

/* All pageblocks of a zone, of any type; unknown if the table has no row for it. */
static uint64_t blocks_of(const struct km_pagetypeinfo *pagetypeinfo, const struct km_buddyinfo_zone *zone)
{
	const struct km_pagetypeinfo_count *count;
	uint64_t blocks = KM_UNKNOWN;

	km_array_each(count, &pagetypeinfo->blocks)
		if (count->node == zone->node && km_str_eq(count->zone, zone->zone))
			blocks = km_num_add(km_num_or(blocks, 0), count->blocks);
	return blocks;
}

static void fill_free(struct km_fragmentation *row, const struct km_buddyinfo_zone *zone,
		      uint64_t block_order, uint64_t page_bytes)
{
	uint64_t pages = 0;

	row->node = zone->node;
	row->zone = zone->zone;
	for (size_t order = 0; order < zone->orders && order < KM_ORDERS_MAX; order++)
		pages = km_num_add(pages, km_num_mul(zone->nr_free[order], UINT64_C(1) << order));
	row->free_bytes = km_num_mul(pages, page_bytes);
	if (block_order >= zone->orders)
		return;
	row->free_blocks = 0;
	for (size_t order = (size_t)block_order; order < zone->orders && order < KM_ORDERS_MAX; order++)
		row->free_blocks = km_num_add(row->free_blocks,
					      km_num_mul(zone->nr_free[order],
							 UINT64_C(1) << (order - block_order)));
}

struct km_sheet km_fragmentation_derive_free(struct km_pool *pool, const struct km_buddyinfo *buddyinfo,
					     const struct km_pagetypeinfo *pagetypeinfo,
					     uint64_t page_bytes)
{
	uint64_t order = pagetypeinfo ? pagetypeinfo->page_block_order : KM_UNKNOWN;
	size_t len = buddyinfo ? buddyinfo->zones.len : 0;
	struct km_fragmentation *rows = km_pool_alloc(pool, len, sizeof(*rows));

	for (size_t i = 0; i < len; i++) {
		const struct km_buddyinfo_zone *zone = &buddyinfo->zones.items[i];

		km_row_init(&km_fragmentation_type, &rows[i]);
		fill_free(&rows[i], zone, order, page_bytes);
		if (!pagetypeinfo)
			continue;
		rows[i].blocks = blocks_of(pagetypeinfo, zone);
		rows[i].block_bytes = km_num_mul(pagetypeinfo->pages_per_block, page_bytes);
	}
	return finish(pool, rows, len);
}

/* Buckets by the highest bit of the number. */
enum { BUCKETS = 48 };

static unsigned int bucket_of(uint64_t pages)
{
	return pages >> (BUCKETS - 1) ? BUCKETS - 1 : 63 - (unsigned int)__builtin_clzll(pages);
}

static void fill_bucket(struct km_pool *pool, const struct km_module_blocks *file, unsigned int bucket,
			const struct km_block_tally *tally, struct km_hindrance *row)
{
	uint64_t to = (UINT64_C(2) << bucket) - 1, most = block_pages(file);

	km_row_init(&km_hindrance_type, row);
	row->from_pages = UINT64_C(1) << bucket;
	row->to_pages = to < most ? to : most;
	row->blocks = tally->blocks;
	row->pages = km_num_add(tally->unmovable, tally->reclaimable);
	row->size_bytes = km_num_mul(row->pages, file->page_bytes);
	row->largest = km_block_tally_largest(tally);
	row->holders = km_block_tally_unmovable(pool, tally, file->page_bytes);
}

struct km_sheet km_hindrance_derive(struct km_pool *pool, const struct km_module_blocks *file)
{
	struct km_block_tally tallies[BUCKETS] = { { 0 } };
	struct km_hindrance *rows = km_pool_alloc(pool, BUCKETS, sizeof(*rows));
	struct km_hindrance *totals = km_pool_alloc(pool, 1, sizeof(*totals));
	struct km_sheet sheet = { &km_hindrance_type, rows, 0, totals };
	const struct km_page_block *block;

	km_array_each(block, &file->blocks) {
		uint64_t pages = km_block_hinders(block);

		if (pages && pages != KM_UNKNOWN && km_block_is_whole(file, block))
			km_block_tally_add(&tallies[bucket_of(pages)], file, block);
	}
	for (unsigned int i = 0; i < BUCKETS; i++) {
		if (tallies[i].blocks)
			fill_bucket(pool, file, i, &tallies[i], &rows[sheet.len++]);
		km_block_tally_deinit(&tallies[i]);
	}
	km_row_init(&km_hindrance_type, totals);
	km_sheet_sum(&sheet, totals);
	return sheet;
}
