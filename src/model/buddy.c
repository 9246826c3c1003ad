// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/buddy.h"

static const struct km_field order_fields[] = {
	{ KM_FIELD(struct km_buddy_order, order, KM_COUNT), .flags = KM_ID, .head = "ORDER",
	  .brief = "order: blocks are 2^order pages",
	  .explain = "The buddy allocator allocates blocks of 1, 2, 4, ... pages; the order is "
		     "the exponent. A request of order n can use any larger block, which is then "
		     "split.",
	  .origin = "/proc/buddyinfo, position in the row" },
	{ KM_FIELD(struct km_buddy_order, block_bytes, KM_BYTES), .flags = KM_PROPERTY, .head = "BLOCK",
	  .brief = "size of one block of this order",
	  .explain = "The page size of the machine shifted left by the order.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_buddy_order, free_blocks, KM_COUNT),
	  .flags = KM_SHOWN | KM_LEVEL, .head = "BLOCKS",
	  .brief = "free blocks of exactly this order",
	  .explain = "Blocks on the zone's free list of this order, of all migrate types. This "
		     "includes blocks of CMA, HighAtomic and Isolate, which an ordinary "
		     "allocation cannot use. A block counts once, at the order of its list.",
	  .origin = "/proc/buddyinfo" },
	{ KM_FIELD(struct km_buddy_order, free_bytes, KM_BYTES), .flags = KM_ANSWER | KM_LEVEL, .head = "FREE",
	  .brief = "free memory in blocks of exactly this order",
	  .explain = "Free blocks times the block size.",
	  .origin = "computed from /proc/buddyinfo" },
	{ KM_FIELD(struct km_buddy_order, unusable_ratio, KM_INDEX),
	  .flags = KM_LEVEL | KM_COMPUTED, .head = "UNUSABLE",
	  .brief = "share of the zone's free memory that a request of this order cannot use",
	  .explain = "The kernel's unusable free space index: the part of the free memory in "
		     "blocks smaller than the request. 0: all of it is usable; 1: none is, or "
		     "there is no free memory. Truncated to three decimals, as in the kernel.",
	  .origin = "computed as debugfs extfrag/unusable_index (k6.12:mm/vmstat.c unusable_free_index)" },
	{ KM_FIELD(struct km_buddy_order, fragmentation_index, KM_INDEX),
	  .flags = KM_LEVEL | KM_COMPUTED, .head = "FRAGINDEX",
	  .brief = "why a request of this order would fail: 0 lack of memory, 1 fragmentation",
	  .explain = "The kernel's external fragmentation index. -1: a suitable block is free, "
		     "the request succeeds. Near 0: a failure would be due to lack of memory; "
		     "near 1: due to fragmentation, and compaction can help. Above order 3 the "
		     "kernel compacts only when it exceeds vm.extfrag_threshold (500 means 0.5); "
		     "up to order 3 it always compacts. Between -1 and 0: one smaller block is "
		     "all that is free; debugfs prints that wrong, -0.5 as 0.-500.",
	  .origin = "computed as debugfs extfrag/extfrag_index (k6.12:mm/vmstat.c __fragmentation_index)" },
	{ 0 }
};

const struct km_sheet_type km_buddy_order_type = {
	.name = "orders",
	.brief = "free blocks of one order",
	.fields = order_fields,
	.row_size = sizeof(struct km_buddy_order),
	.spread_head = "order",
	.spread_cell = "free_blocks",
	.spread_heat = "free_bytes",
	.spread_heat_brief = "share of the zone's free memory",
};

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_buddy, node, KM_COUNT), .flags = KM_SHOWN | KM_ID, .head = "NODE",
	  .brief = "NUMA node",
	  .explain = "Number of the memory node; 0 on a machine with one.",
	  .origin = "/proc/buddyinfo" },
	{ KM_FIELD(struct km_buddy, zone, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "ZONE",
	  .brief = "zone of the node",
	  .explain = "A range of physical memory that some requests need: DMA (below 16 MiB on "
		     "x86), DMA32 (below 4 GiB), Normal, HighMem (32-bit: not mapped by the "
		     "kernel), Movable (only memory that can be moved or reclaimed), Device.",
	  .origin = "/proc/buddyinfo" },
	{ KM_FIELD(struct km_buddy, free_bytes, KM_BYTES), .flags = KM_ANSWER | KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "FREE", .brief = "memory in the zone's free lists",
	  .explain = "The sum over all orders. Free pages on per-CPU lists are not included.",
	  .origin = "computed from /proc/buddyinfo" },
	{ KM_FIELD(struct km_buddy, largest_free_order, KM_COUNT),
	  .flags = KM_DETAIL | KM_SHOWN | KM_TOTAL | KM_LEVEL,
	  .head = "MAXORD", .brief = "largest order with a free block",
	  .explain = "A request of a larger order needs reclaim or compaction first. Unknown when "
		     "nothing is free. The block may have a migrate type that the request may not "
		     "use; `kmeminfo buddy --types` shows it.",
	  .origin = "computed from /proc/buddyinfo" },
	{ KM_FIELD(struct km_buddy, largest_free_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_TOTAL | KM_LEVEL,
	  .head = "LARGEST", .brief = "size of a block of the largest free order",
	  .explain = "The largest physically contiguous allocation that can succeed at once.",
	  .origin = "computed from /proc/buddyinfo" },
	{ KM_FIELD(struct km_buddy, orders, KM_ROWS), .flags = KM_SHOWN | KM_SPREAD | KM_TOTAL,
	  .head = "ORDERS", .rows = &km_buddy_order_type, .brief = "free blocks by order",
	  .explain = "One entry per order, as many as the kernel has. The totals add up blocks; "
		     "the indices belong to single zones and are unknown there.",
	  .origin = "/proc/buddyinfo" },
	{ 0 }
};

static void compute(const struct km_sheet *sheet, uint64_t page_bytes);

const struct km_sheet_type km_buddy_type = {
	.name = "buddy",
	.brief = "free blocks of each zone by order, and their fragmentation",
	.explain = "The buddy allocator keeps free memory as blocks of 2^order pages. The amount "
		   "of free memory does not show what can be allocated. A request needs one block that is large "
		   "enough, in a zone that it may use.",
	.fields = fields,
	.row_size = sizeof(struct km_buddy),
	.compute = compute,
};

/* Free pages, free blocks, and the number of blocks of order `order` that the free memory contains. */
struct contig {
	uint64_t pages, blocks, suitable;
};

/* As k6.12:mm/vmstat.c fill_contig_page_info. A saturated sum does no harm: the indices are cut to 1. */
static struct contig contig_of(const struct km_rows *orders, size_t order)
{
	const struct km_buddy_order *rows = orders->items;
	struct contig contig = { 0 };

	for (size_t i = 0; i < orders->len; i++) {
		contig.blocks = km_num_add(contig.blocks, rows[i].free_blocks);
		contig.pages = km_num_add(contig.pages, km_num_mul(rows[i].free_blocks, 1ULL << i));
		if (i >= order)
			contig.suitable = km_num_add(contig.suitable,
						     km_num_mul(rows[i].free_blocks, 1ULL << (i - order)));
	}
	return contig;
}

/* Both indices are computed in whole thousandths, so every digit equals the kernel's. */
static double unusable_ratio(const struct contig *contig, size_t order)
{
	uint64_t thousandths;

	if (contig->pages == KM_UNKNOWN || contig->suitable == KM_UNKNOWN)
		return KM_UNKNOWN_REAL;
	if (!contig->pages)
		return 1;
	thousandths = km_num_mul(contig->pages - (contig->suitable << order), 1000);
	return thousandths == KM_UNKNOWN ? KM_UNKNOWN_REAL :
					   (double)(thousandths / contig->pages) / 1000;
}

static double fragmentation_index(const struct contig *contig, size_t order)
{
	uint64_t thousandths = km_num_mul(contig->pages, 1000);

	if (thousandths == KM_UNKNOWN || contig->blocks == KM_UNKNOWN)
		return KM_UNKNOWN_REAL;
	if (!contig->blocks)
		return 0;
	if (contig->suitable)
		return -1;
	thousandths = (1000 + (thousandths >> order)) / contig->blocks;
	return (double)(1000 - (int64_t)thousandths) / 1000;
}

static void derive_order(const struct km_buddyinfo_zone *zone, size_t order, uint64_t page_bytes,
			 struct km_buddy_order *row)
{
	row->order = order;
	row->block_bytes = km_num_mul(page_bytes, 1ULL << order);
	row->free_blocks = zone->nr_free[order];
	row->free_bytes = km_num_mul(row->block_bytes, row->free_blocks);
}

static void set_indices(struct km_buddy *row)
{
	struct km_buddy_order *orders = (struct km_buddy_order *)(uintptr_t)row->orders.items;

	/* a damaged file may have more orders than any kernel */
	for (size_t i = 0; i < row->orders.len && row->orders.len <= KM_ORDERS_MAX; i++) {
		const struct contig contig = contig_of(&row->orders, i);

		orders[i].unusable_ratio = unusable_ratio(&contig, i);
		orders[i].fragmentation_index = fragmentation_index(&contig, i);
	}
}

/* The totals have no indices, because an index describes a single zone. */
static void compute(const struct km_sheet *sheet, uint64_t page_bytes)
{
	struct km_buddy *rows = (struct km_buddy *)(uintptr_t)sheet->rows;

	(void)page_bytes;
	for (size_t i = 0; i < sheet->len; i++)
		set_indices(&rows[i]);
}

static void derive_row(struct km_pool *pool, const struct km_buddyinfo_zone *zone,
		       uint64_t page_bytes, struct km_buddy *row)
{
	struct km_buddy_order *orders = km_pool_alloc(pool, zone->orders, sizeof(*orders));

	km_row_init(&km_buddy_type, row);
	row->node = zone->node;
	row->zone = zone->zone;
	row->orders = (struct km_rows){ orders, zone->orders };
	row->free_bytes = 0;
	for (size_t i = 0; i < zone->orders; i++) {
		derive_order(zone, i, page_bytes, &orders[i]);
		row->free_bytes = km_num_add(row->free_bytes, orders[i].free_bytes);
		if (!orders[i].free_blocks)
			continue;
		row->largest_free_order = i;
		row->largest_free_bytes = orders[i].block_bytes;
	}
}

/* Adds a zone's blocks to the sums. *ret_orders grows to the number of the zone's orders. */
static void add_orders(struct km_buddy_order *sums, size_t *ret_orders, const struct km_rows *orders)
{
	const struct km_buddy_order *order = orders->items;

	for (size_t i = 0; i < orders->len; i++) {
		if (i == *ret_orders) {
			km_row_init(&km_buddy_order_type, &sums[i]);
			sums[i].order = i;
			sums[i].block_bytes = order[i].block_bytes;
			sums[i].free_blocks = sums[i].free_bytes = 0;
			*ret_orders = i + 1;
		}
		sums[i].free_blocks = km_num_add(sums[i].free_blocks, order[i].free_blocks);
		sums[i].free_bytes = km_num_add(sums[i].free_bytes, order[i].free_bytes);
	}
}

static void derive_totals(struct km_pool *pool, const struct km_sheet *sheet, struct km_buddy *totals)
{
	const struct km_buddy *rows = sheet->rows;
	struct km_buddy_order *sums;
	size_t most = 0, orders = 0;

	km_row_init(&km_buddy_type, totals);
	km_sheet_sum(sheet, totals);
	for (size_t i = 0; i < sheet->len; i++)
		most = rows[i].orders.len > most ? rows[i].orders.len : most;
	sums = km_pool_alloc(pool, most, sizeof(*sums));
	for (size_t i = 0; i < sheet->len; i++)
		add_orders(sums, &orders, &rows[i].orders);
	totals->orders = (struct km_rows){ sums, orders };
	for (size_t i = 0; i < orders; i++) {
		if (!sums[i].free_blocks)
			continue;
		totals->largest_free_order = i;
		totals->largest_free_bytes = sums[i].block_bytes;
	}
}

struct km_sheet km_buddy_derive(struct km_pool *pool, const struct km_buddyinfo *buddyinfo,
				uint64_t page_bytes)
{
	struct km_buddy *rows = km_pool_alloc(pool, buddyinfo->zones.len, sizeof(*rows));
	struct km_buddy *totals = km_pool_alloc(pool, 1, sizeof(*totals));
	struct km_sheet sheet = { &km_buddy_type, rows, buddyinfo->zones.len, totals };

	for (size_t i = 0; i < sheet.len; i++)
		derive_row(pool, &buddyinfo->zones.items[i], page_bytes, &rows[i]);
	derive_totals(pool, &sheet, totals);
	compute(&sheet, page_bytes);
	return sheet;
}

uint64_t km_buddy_free_from(const struct km_buddy *row, uint64_t order)
{
	const struct km_buddy_order *orders = row->orders.items;
	uint64_t bytes = 0;

	for (size_t i = 0; i < row->orders.len; i++)
		if (orders[i].order >= order)
			bytes = km_num_add(bytes, orders[i].free_bytes);
	return bytes;
}
