// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/index.h"
#include "model/node.h"
#include "model/zone.h"

#define ZONEINFO "/proc/zoneinfo "

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_node, node, KM_COUNT), .flags = KM_SHOWN | KM_ID, .head = "NODE",
	  .brief = "NUMA node", .explain = "Number of the memory node; 0 on a machine with one.",
	  .origin = ZONEINFO "Node" },
	{ KM_FIELD(struct km_node, managed_bytes, KM_BYTES), .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "MANAGED", .brief = "memory that the page allocator manages",
	  .explain = "The sum over the node's zones.", .origin = "computed from " ZONEINFO "managed" },
	{ KM_FIELD(struct km_node, free_bytes, KM_BYTES), .flags = KM_ANSWER | KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "FREE", .brief = "memory in the free lists of the node's zones",
	  .explain = "The sum over the node's zones, without free pages on per-CPU lists.",
	  .origin = "computed from " ZONEINFO "pages free" },
	{ KM_FIELD(struct km_node, anonymous_bytes, KM_BYTES), .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "ANON", .brief = "anonymous memory of processes that is mapped",
	  .explain = "Does not include shared memory and tmpfs: they are in file_bytes.",
	  .origin = ZONEINFO "nr_anon_pages" },
	{ KM_FIELD(struct km_node, file_bytes, KM_BYTES), .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "FILE", .brief = "page cache",
	  .explain = "Contents of files and block devices, tmpfs and shared memory, and the swap "
		     "cache.",
	  .origin = ZONEINFO "nr_file_pages" },
	{ KM_FIELD(struct km_node, shared_bytes, KM_BYTES),
	  .flags = KM_SUMMED | KM_LEVEL, .head = "SHMEM",
	  .brief = "shared memory and tmpfs",
	  .explain = "Part of file_bytes; it can only be swapped out.",
	  .origin = ZONEINFO "nr_shmem" },
	{ KM_FIELD(struct km_node, dirty_bytes, KM_BYTES),
	  .flags = KM_SUMMED | KM_LEVEL, .head = "DIRTY",
	  .brief = "page cache that must be written before it can be freed", .explain = "Part of file_bytes.",
	  .origin = ZONEINFO "nr_dirty" },
	{ KM_FIELD(struct km_node, writeback_bytes, KM_BYTES), .flags = KM_SUMMED | KM_LEVEL,
	  .head = "WRITEBACK", .brief = "page cache that is being written",
	  .explain = "Part of file_bytes.", .origin = ZONEINFO "nr_writeback" },
	{ KM_FIELD(struct km_node, unevictable_bytes, KM_BYTES), .flags = KM_SUMMED | KM_LEVEL,
	  .head = "UNEVICTABLE", .brief = "memory that reclaim must not touch",
	  .explain = "Locked, in ramfs, or in locked shared memory.", .origin = ZONEINFO "nr_unevictable" },
	{ KM_FIELD(struct km_node, slab_reclaimable_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "SLAB-REC", .brief = "slab caches that shrink under pressure",
	  .explain = "Mostly dentries and inodes.", .origin = ZONEINFO "nr_slab_reclaimable" },
	{ KM_FIELD(struct km_node, slab_unreclaimable_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "SLAB-UNR", .brief = "slab caches that do not shrink, and large kmalloc",
	  .explain = "kmalloc allocations above two pages are counted here and are in no cache.",
	  .origin = ZONEINFO "nr_slab_unreclaimable" },
	{ KM_FIELD(struct km_node, kernel_stack_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "STACKS", .brief = "kernel stacks of threads",
	  .explain = "With VMAP_STACK they are also part of vmalloc_bytes.",
	  .origin = ZONEINFO "nr_kernel_stack, in units of 1024 bytes" },
	{ KM_FIELD(struct km_node, page_table_bytes, KM_BYTES), .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "PGTABLES", .brief = "page tables of processes",
	  .explain = "5.10 counts them by zone; this is the sum.",
	  .origin = ZONEINFO "nr_page_table_pages" },
	{ KM_FIELD(struct km_node, secondary_page_table_bytes, KM_BYTES), .flags = KM_SUMMED | KM_LEVEL,
	  .head = "2ND-TABLES", .brief = "page tables of virtual machines and IOMMUs",
	  .explain = "As counted by KVM and IOMMU drivers.", .origin = ZONEINFO "nr_sec_page_table_pages",
	  .kernels = "6.1+" },
	{ KM_FIELD(struct km_node, vmalloc_bytes, KM_BYTES), .flags = KM_SUMMED | KM_LEVEL,
	  .head = "VMALLOC", .brief = "pages mapped by vmalloc",
	  .explain = "Older kernels count them only for the whole machine (VmallocUsed).",
	  .origin = ZONEINFO "nr_vmalloc", .kernels = "7.2+ (not 6.18)" },
	{ KM_FIELD(struct km_node, unreclaimable, KM_TRI), .head = "GAVE-UP",
	  .brief = "whether kswapd found nothing to reclaim in 16 attempts and stopped",
	  .explain = "It starts again when memory is freed or reclaimed by others.",
	  .origin = ZONEINFO "node_unreclaimable" },
	{ KM_FIELD(struct km_node, counters, KM_PAIRS), .flags = KM_BY_NAME, .head = "COUNTERS",
	  .brief = "every number that the file has about the node, under its own name",
	  .explain = "Known or not, as printed: current pages, unless the name says otherwise. "
		     "The names that start with workingset_ or pg, and nr_dirtied, nr_written and "
		     "nr_vmscan_*, count events since boot. nr_kernel_stack is in units of 1024 "
		     "bytes, *_hugepages in huge pages.",
	  .origin = "/proc/zoneinfo per-node stats" },
	{ 0 }
};

const struct km_sheet_type km_node_type = {
	.name = "nodes",
	.brief = "what the kernel counts by NUMA node",
	.explain = "Memory that the kernel counts for the node as a whole, whichever of its zones "
		   "the pages are in. The figures overlap: shared_bytes is in file_bytes, stacks "
		   "may be in vmalloc_bytes.",
	.fields = fields,
	.row_size = sizeof(struct km_node),
};

static const struct km_field counter_fields[] = {
	{ KM_FIELD(struct km_counter, node, KM_COUNT), .flags = KM_SHOWN | KM_ID, .head = "NODE",
	  .brief = "NUMA node", .explain = "Number of the memory node.", .origin = ZONEINFO "Node" },
	{ KM_FIELD(struct km_counter, zone, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "ZONE",
	  .brief = "zone, or unknown for a counter of the node",
	  .explain = "Some counters belong to a zone, others to the node as a whole.",
	  .origin = ZONEINFO "zone" },
	{ KM_FIELD(struct km_counter, name, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "COUNTER",
	  .brief = "the counter's name in the kernel", .explain = "As in the file.",
	  .origin = "/proc/zoneinfo" },
	{ KM_FIELD(struct km_counter, value, KM_COUNT), .flags = KM_SHOWN | KM_BY_NAME, .head = "VALUE",
	  .brief = "its value as printed",
	  .explain = "`kmeminfo explain nodes.counters zones.counters` explains the units.",
	  .origin = "/proc/zoneinfo" },
	{ 0 }
};

const struct km_sheet_type km_counter_type = {
	.name = "counters",
	.brief = "every counter of zoneinfo, known or not",
	.explain = "The counters of nodes and zones, one per row. In JSON they are in the rows of "
		   "`nodes` and `zones`.",
	.fields = counter_fields,
	.row_size = sizeof(struct km_counter),
};

/* Figures that equal one counter of the node. */
static const struct {
	size_t offset;
	struct km_str name;
	uint64_t unit; /* 0: pages */
} node_counters[] = {
	{ offsetof(struct km_node, anonymous_bytes), KM_STR_INIT("nr_anon_pages"), 0 },
	{ offsetof(struct km_node, file_bytes), KM_STR_INIT("nr_file_pages"), 0 },
	{ offsetof(struct km_node, shared_bytes), KM_STR_INIT("nr_shmem"), 0 },
	{ offsetof(struct km_node, dirty_bytes), KM_STR_INIT("nr_dirty"), 0 },
	{ offsetof(struct km_node, writeback_bytes), KM_STR_INIT("nr_writeback"), 0 },
	{ offsetof(struct km_node, unevictable_bytes), KM_STR_INIT("nr_unevictable"), 0 },
	{ offsetof(struct km_node, slab_reclaimable_bytes), KM_STR_INIT("nr_slab_reclaimable"), 0 },
	{ offsetof(struct km_node, slab_unreclaimable_bytes), KM_STR_INIT("nr_slab_unreclaimable"), 0 },
	{ offsetof(struct km_node, kernel_stack_bytes), KM_STR_INIT("nr_kernel_stack"), 1024 },
	{ offsetof(struct km_node, page_table_bytes), KM_STR_INIT("nr_page_table_pages"), 0 },
	{ offsetof(struct km_node, secondary_page_table_bytes),
	  KM_STR_INIT("nr_sec_page_table_pages"), 0 },
	{ offsetof(struct km_node, vmalloc_bytes), KM_STR_INIT("nr_vmalloc"), 0 },
};

static void derive_counters(struct km_node *row, const struct km_zoneinfo *zoneinfo,
			    struct km_zoneinfo_range stats, uint64_t page_bytes)
{
	for (size_t i = 0; i < sizeof(node_counters) / sizeof(*node_counters); i++) {
		uint64_t value = km_zoneinfo_value(zoneinfo, stats, node_counters[i].name);
		uint64_t unit = node_counters[i].unit ? node_counters[i].unit : page_bytes;

		if (value != KM_UNKNOWN)
			*(uint64_t *)((char *)row + node_counters[i].offset) = km_num_mul(value, unit);
	}
}

enum { NODE_COUNTERS = sizeof(node_counters) / sizeof(*node_counters) };

/* A node's figures from its zones: sums, and a flag that is the same in each populated zone. */
struct zone_sums {
	uint64_t managed, free, gave_up;
	uint64_t counters[NODE_COUNTERS]; /* KM_UNKNOWN: no zone has the counter */
};

/*
 * Up to 4.7 all counters belong to zones. Some moved to the node later (slab in 4.14, stacks in 5.9, page
 * tables in 6.1). Only populated zones have them.
 */
static void add_zone(struct zone_sums *sums, const struct km_zoneinfo *zoneinfo,
		     const struct km_zoneinfo_zone *zone)
{
#define VALUE(name) km_zoneinfo_value(zoneinfo, zone->stats, KM_STR(name))
	uint64_t gave_up = VALUE("node_unreclaimable");

	sums->managed = km_num_add(sums->managed, VALUE("managed"));
	sums->free = km_num_add(sums->free, VALUE("free"));
	if (gave_up != KM_UNKNOWN)
		sums->gave_up = gave_up;
#undef VALUE
	for (size_t i = 0; zone->pagesets.len && i < NODE_COUNTERS; i++) {
		uint64_t value = km_zoneinfo_value(zoneinfo, zone->stats, node_counters[i].name);

		if (value != KM_UNKNOWN)
			sums->counters[i] = km_num_add(km_num_or(sums->counters[i], 0), value);
	}
}

static void derive_sums(struct km_node *row, const struct zone_sums *sums, const struct km_zoneinfo *zoneinfo,
			uint64_t page_bytes)
{
	row->managed_bytes = km_num_mul(page_bytes, sums->managed);
	row->free_bytes = km_num_mul(page_bytes, sums->free);
	row->unreclaimable = sums->gave_up == KM_UNKNOWN ? KM_TRI_UNKNOWN :
			     sums->gave_up ? KM_TRI_YES : KM_TRI_NO;
	for (size_t i = 0; i < NODE_COUNTERS; i++) {
		uint64_t unit = node_counters[i].unit ? node_counters[i].unit : page_bytes;

		/* kernels without node counters (up to 4.7) count stacks but do not report their size */
		if (node_counters[i].unit && !zoneinfo->nodes.len)
			continue;
		*(uint64_t *)((char *)row + node_counters[i].offset) = km_num_mul(unit, sums->counters[i]);
	}
}

static size_t row_of(struct km_index *index, uint64_t node)
{
	return km_index_of(index, node, (struct km_str){ 0 });
}

/* Numbers the nodes in the order of the file. */
static void number_nodes(struct km_index *index, const struct km_zoneinfo *zoneinfo)
{
	const struct km_zoneinfo_zone *zone;

	km_array_each(zone, &zoneinfo->zones)
		row_of(index, zone->node);
}

static void derive_rows(struct km_pool *pool, const struct km_zoneinfo *zoneinfo,
			uint64_t page_bytes, struct km_index *index, struct km_node *rows)
{
	struct zone_sums *sums = km_pool_alloc(pool, index->keys.len, sizeof(*sums));
	const struct km_zoneinfo_node *node;
	const struct km_zoneinfo_zone *zone;

	for (size_t i = 0; i < index->keys.len; i++) {
		sums[i].gave_up = KM_UNKNOWN;
		memset(sums[i].counters, 0xff, sizeof(sums[i].counters));
		km_row_init(&km_node_type, &rows[i]);
		rows[i].node = index->keys.items[i].tag;
	}
	km_array_each(zone, &zoneinfo->zones)
		add_zone(&sums[row_of(index, zone->node)], zoneinfo, zone);
	for (size_t i = 0; i < index->keys.len; i++)
		derive_sums(&rows[i], &sums[i], zoneinfo, page_bytes);
	km_array_each(node, &zoneinfo->nodes) {
		struct km_node *row = &rows[row_of(index, node->node)];

		derive_counters(row, zoneinfo, node->stats, page_bytes);
		row->counters = km_zone_pairs(pool, zoneinfo, node->stats);
	}
}

struct km_sheet km_node_derive(struct km_pool *pool, const struct km_zoneinfo *zoneinfo,
			       uint64_t page_bytes)
{
	struct km_node *totals = km_pool_alloc(pool, 1, sizeof(*totals));
	struct km_sheet sheet = { .type = &km_node_type, .totals = totals };
	struct km_index index = { 0 };
	struct km_node *rows;

	km_row_init(&km_node_type, totals);
	if (zoneinfo) {
		number_nodes(&index, zoneinfo);
		sheet.len = index.keys.len;
		sheet.rows = rows = km_pool_alloc(pool, sheet.len, sizeof(*rows));
		derive_rows(pool, zoneinfo, page_bytes, &index, rows);
		km_index_deinit(&index);
	}
	km_sheet_sum(&sheet, totals);
	return sheet;
}

static struct km_counter *add_counters(struct km_counter *row, const struct km_zoneinfo *zoneinfo,
				       uint64_t node, struct km_str zone,
				       struct km_zoneinfo_range stats)
{
	for (size_t i = stats.first; i < stats.first + stats.len; i++)
		*row++ = (struct km_counter){ node, zone, zoneinfo->stats.items[i].name,
					      zoneinfo->stats.items[i].value };
	return row;
}

struct km_sheet km_counter_derive(struct km_pool *pool, const struct km_zoneinfo *zoneinfo)
{
	const struct km_zoneinfo_node *node;
	const struct km_zoneinfo_zone *zone;
	struct km_counter *rows, *row;

	if (!zoneinfo)
		return (struct km_sheet){ .type = &km_counter_type };
	rows = row = km_pool_alloc(pool, zoneinfo->stats.len, sizeof(*rows));
	km_array_each(node, &zoneinfo->nodes)
		row = add_counters(row, zoneinfo, node->node, (struct km_str){ 0 }, node->stats);
	km_array_each(zone, &zoneinfo->zones)
		row = add_counters(row, zoneinfo, zone->node, zone->zone, zone->stats);
	return (struct km_sheet){ .type = &km_counter_type, .rows = rows,
				  .len = (size_t)(row - rows) };
}
