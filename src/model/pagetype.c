// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/index.h"
#include "model/pagetype.h"

#define PAGETYPEINFO "/proc/pagetypeinfo "
#define AT_LEAST                                                                                   \
	"The kernel stops counting a free list at 100,000 blocks, so as not to hold the zone's lock for " \
	"too long."

static const struct km_field order_fields[] = {
	{ KM_FIELD(struct km_pagetype_order, order, KM_COUNT), .flags = KM_ID, .head = "ORDER",
	  .brief = "order: blocks are 2^order pages",
	  .explain = "As in `kmeminfo explain orders.order`.", .origin = PAGETYPEINFO "at order" },
	{ KM_FIELD(struct km_pagetype_order, block_bytes, KM_BYTES),
	  .flags = KM_PROPERTY, .head = "BLOCK",
	  .brief = "size of one block of this order",
	  .explain = "The page size of the machine shifted left by the order.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_pagetype_order, free_blocks, KM_COUNT), .flags = KM_SHOWN | KM_LEVEL,
	  .at_least = offsetof(struct km_pagetype_order, free_blocks_at_least), .head = "BLOCKS",
	  .brief = "free blocks of exactly this order and type",
	  .explain = "Counted by walking the list under the zone's lock, which is released "
		     "between lists, so lists of one zone belong to different moments.",
	  .origin = "/proc/pagetypeinfo" },
	{ KM_FIELD(struct km_pagetype_order, free_blocks_at_least, KM_TRI), .head = "CAPPED",
	  .brief = "whether there may be more blocks than free_blocks", .explain = AT_LEAST,
	  .origin = PAGETYPEINFO ">100000" },
	{ KM_FIELD(struct km_pagetype_order, free_bytes, KM_BYTES), .flags = KM_ANSWER | KM_LEVEL,
	  .at_least = offsetof(struct km_pagetype_order, free_bytes_at_least), .head = "FREE",
	  .brief = "free memory in blocks of exactly this order and type",
	  .explain = "Free blocks times the size of a block.", .origin = "computed" },
	{ KM_FIELD(struct km_pagetype_order, free_bytes_at_least, KM_TRI), .head = "CAPPED",
	  .brief = "whether there may be more memory than free_bytes", .explain = AT_LEAST,
	  .origin = PAGETYPEINFO ">100000" },
	{ 0 }
};

const struct km_sheet_type km_pagetype_order_type = {
	.name = "type_orders",
	.brief = "free blocks of one order and migrate type",
	.fields = order_fields,
	.row_size = sizeof(struct km_pagetype_order),
	.spread_head = "order",
	.spread_cell = "free_blocks",
	.spread_heat = "free_bytes",
	.spread_heat_brief = "share of the type's free memory",
};

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_pagetype, node, KM_COUNT), .flags = KM_SHOWN | KM_ID, .head = "NODE",
	  .brief = "NUMA node", .explain = "Number of the memory node.", .origin = PAGETYPEINFO "Node" },
	{ KM_FIELD(struct km_pagetype, zone, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "ZONE",
	  .brief = "zone of the node", .explain = "As in `kmeminfo explain zones.zone`.",
	  .origin = PAGETYPEINFO "zone" },
	{ KM_FIELD(struct km_pagetype, type, KM_WORD), .words = &km_pagetype_vocabulary, .flags = KM_SHOWN | KM_ID, .head = "TYPE",
	  .brief = "migrate type: what may be done with the pages of the block",
	  .explain = "Memory is divided into pageblocks (mostly 2 MiB on x86), each with a type, "
		     "so that unmovable pages stay together. A free block is listed under the "
		     "type of its pageblock.",
	  .origin = PAGETYPEINFO "type" },
	{ KM_FIELD(struct km_pagetype, blocks, KM_COUNT), .flags = KM_DETAIL | KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "BLOCKS", .brief = "pageblocks of this type, free or not",
	  .explain = "A request that finds no block of its type uses one of another type; a "
		     "pageblock that is mostly used this way changes its type.",
	  .origin = PAGETYPEINFO "Number of blocks type" },
	{ KM_FIELD(struct km_pagetype, blocks_bytes, KM_BYTES), .flags = KM_SUMMED | KM_LEVEL,
	  .head = "BLOCKS-SIZE", .brief = "size of the pageblocks of this type",
	  .explain = "Pageblocks times the pages per block. Includes holes.",
	  .origin = "computed from " PAGETYPEINFO "Pages per block" },
	{ KM_FIELD(struct km_pagetype, mixed_blocks, KM_COUNT),
	  .flags = KM_SUMMED | KM_LEVEL, .head = "MIXED",
	  .brief = "pageblocks of this type that also hold pages of another",
	  .explain = "Known only to kernels booted with page_owner=on.",
	  .origin = PAGETYPEINFO "Number of mixed blocks" },
	{ KM_FIELD(struct km_pagetype, free_bytes, KM_BYTES), .flags = KM_ANSWER | KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .at_least = offsetof(struct km_pagetype, free_bytes_at_least), .head = "FREE",
	  .brief = "free memory of this type",
	  .explain = "The sum over all orders. Few or no requests can use free memory of CMA, "
		     "HighAtomic and Isolate: see `kmeminfo explain type`.",
	  .origin = "computed from /proc/pagetypeinfo" },
	{ KM_FIELD(struct km_pagetype, free_bytes_at_least, KM_TRI), .flags = KM_TOTAL,
	  .head = "CAPPED", .brief = "whether there may be more memory than free_bytes",
	  .explain = AT_LEAST, .origin = PAGETYPEINFO ">100000" },
	{ KM_FIELD(struct km_pagetype, largest_free_order, KM_COUNT), .flags = KM_DETAIL | KM_SHOWN | KM_LEVEL,
	  .head = "MAXORD", .brief = "largest order with a free block of this type",
	  .explain = "The largest request of this type that needs no block of another type. "
		     "Unknown when nothing is free.",
	  .origin = "computed from /proc/pagetypeinfo" },
	{ KM_FIELD(struct km_pagetype, orders, KM_ROWS), .flags = KM_SHOWN | KM_SPREAD,
	  .head = "ORDERS", .rows = &km_pagetype_order_type, .brief = "free blocks by order",
	  .explain = "One entry per order, as many as the kernel has.", .origin = "/proc/pagetypeinfo" },
	{ 0 }
};

const struct km_sheet_type km_pagetype_type = {
	.name = "types",
	.brief = "free blocks of each zone by migrate type and order",
	.explain = "Read only with `kmeminfo buddy --types`, because the kernel walks its free "
		   "lists under a lock for it.",
	.fields = fields,
	.row_size = sizeof(struct km_pagetype),
};

#define TYPES "k6.12:include/linux/mmzone.h enum migratetype"

const struct km_word km_pagetype_words[] = {
	{ "Unmovable", "pages that stay where they are until they are freed",
	  "Most of what the kernel allocates for itself: slab, page tables, stacks.", TYPES, NULL, KM_TONE_PLAIN },
	{ "Movable", "pages whose contents can be moved elsewhere",
	  "Memory of processes and page cache. Compaction makes large blocks by moving them.", TYPES,
	  NULL, KM_TONE_PLAIN },
	{ "Reclaimable", "pages that cannot be moved, but can be freed on demand",
	  "Slab caches that shrink: dentries, inodes.", TYPES, NULL, KM_TONE_PLAIN },
	{ "HighAtomic", "blocks reserved for multi-page requests that cannot wait",
	  "Other requests may not use them. Released when memory gets short.", TYPES, NULL, KM_TONE_PLAIN },
	{ "CMA", "blocks reserved for large contiguous allocations by drivers",
	  "Until then only movable pages use them.", TYPES, "with CONFIG_CMA", KM_TONE_PLAIN },
	{ "Isolate", "blocks from which nothing may be allocated at the moment",
	  "They are being emptied: for a contiguous allocation, or to take memory offline.", TYPES,
	  "with CONFIG_MEMORY_ISOLATION", KM_TONE_PLAIN },
	{ 0 }
};

struct rows {
	struct km_pool *pool;
	struct km_index zones; /* by node and name */
	struct km_index types; /* by zone number and type; the number is that of the row */
	KM_ARRAY(struct km_pagetype) list;
};

/* Finds or makes the row of a zone and type. */
static struct km_pagetype *row_of(struct rows *rows, uint64_t node, struct km_str zone,
				  struct km_str type)
{
	size_t number = km_index_of(&rows->types, km_index_of(&rows->zones, node, zone), type);
	struct km_pagetype *row;

	if (number < rows->list.len)
		return &rows->list.items[number];
	row = km_array_push(&rows->list);
	km_row_init(&km_pagetype_type, row);
	row->node = node;
	row->zone = zone;
	row->type = km_word_of(&km_pagetype_vocabulary, type, rows->pool);
	return row;
}

static void derive_free(struct rows *rows, const struct km_pagetypeinfo_free *record,
			uint64_t page_bytes)
{
	struct km_pagetype *row = row_of(rows, record->node, record->zone, record->type);
	struct km_pagetype_order *orders =
		km_pool_alloc(rows->pool, record->orders, sizeof(*orders));

	row->orders = (struct km_rows){ orders, record->orders };
	row->free_bytes = 0;
	row->free_bytes_at_least = KM_TRI_NO;
	row->largest_free_order = KM_UNKNOWN;
	for (size_t i = 0; i < record->orders; i++) {
		orders[i].order = i;
		orders[i].block_bytes = km_num_mul(page_bytes, 1ULL << i);
		orders[i].free_blocks = record->nr_free[i];
		orders[i].free_bytes = km_num_mul(orders[i].block_bytes, record->nr_free[i]);
		orders[i].free_blocks_at_least = km_tri_of(record->overflow[i]);
		orders[i].free_bytes_at_least = km_tri_of(record->overflow[i]);
		row->free_bytes = km_num_add(row->free_bytes, orders[i].free_bytes);
		if (record->overflow[i])
			row->free_bytes_at_least = KM_TRI_YES;
		if (record->nr_free[i])
			row->largest_free_order = i;
	}
}

struct km_sheet km_pagetype_derive(struct km_pool *pool, const struct km_pagetypeinfo *pagetypeinfo,
				   uint64_t page_bytes)
{
	uint64_t block_bytes = km_num_mul(pagetypeinfo->pages_per_block, page_bytes);
	struct km_pagetype *totals = km_pool_alloc(pool, 1, sizeof(*totals)), *kept;
	const struct km_pagetypeinfo_count *count;
	const struct km_pagetypeinfo_free *record;
	struct km_sheet sheet = { &km_pagetype_type, NULL, 0, totals };
	struct rows rows = { .pool = pool };

	km_array_each(record, &pagetypeinfo->free)
		derive_free(&rows, record, page_bytes);
	km_array_each(count, &pagetypeinfo->blocks) {
		struct km_pagetype *row = row_of(&rows, count->node, count->zone, count->type);

		row->blocks = count->blocks;
		row->blocks_bytes = km_num_mul(count->blocks, block_bytes);
	}
	km_array_each(count, &pagetypeinfo->mixed)
		row_of(&rows, count->node, count->zone, count->type)->mixed_blocks = count->blocks;
	kept = km_pool_alloc(pool, rows.list.len, sizeof(*kept));
	if (rows.list.len)
		memcpy(kept, rows.list.items, rows.list.len * sizeof(*kept));
	sheet.rows = kept;
	sheet.len = rows.list.len;
	km_array_deinit(&rows.list);
	km_index_deinit(&rows.zones);
	km_index_deinit(&rows.types);
	km_row_init(&km_pagetype_type, totals);
	km_sheet_sum(&sheet, totals);
	return sheet;
}

const struct km_vocabulary km_pagetype_vocabulary = {
	.name = "type",
	.brief = "migrate types of pageblocks",
	.items = km_pagetype_words,
	.item_size = sizeof(*km_pagetype_words),
	.open = true,
};
