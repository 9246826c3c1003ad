/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NUMA nodes: figures that the kernel counts per node, not per zone. */
#ifndef KM_MODEL_NODE_H
#define KM_MODEL_NODE_H

#include "base/field.h"
#include "parse/zoneinfo.h"

struct km_node {
	uint64_t node;
	uint64_t managed_bytes;
	uint64_t free_bytes;
	uint64_t anonymous_bytes;
	uint64_t file_bytes;
	uint64_t shared_bytes;
	uint64_t dirty_bytes;
	uint64_t writeback_bytes;
	uint64_t unevictable_bytes;
	uint64_t slab_reclaimable_bytes;
	uint64_t slab_unreclaimable_bytes;
	uint64_t kernel_stack_bytes;
	uint64_t page_table_bytes;
	uint64_t secondary_page_table_bytes;
	uint64_t vmalloc_bytes;
	enum km_tri unreclaimable;
	struct km_pairs counters;
};

/* One counter of the file with its node, zone and name, for reading, searching and comparing. */
struct km_counter {
	uint64_t node;
	struct km_str zone;
	struct km_str name;
	uint64_t value;
};

extern const struct km_sheet_type km_node_type;
extern const struct km_sheet_type km_counter_type;

/*
 * Rows in the order in which the file first names the nodes, owned by the pool. They borrow from zoneinfo,
 * which may be NULL: then there are no rows. page_bytes is the page size of the machine.
 */
struct km_sheet km_node_derive(struct km_pool *pool, const struct km_zoneinfo *zoneinfo,
			       uint64_t page_bytes);

/* Every counter of every node, then of every zone, populated or not. */
struct km_sheet km_counter_derive(struct km_pool *pool, const struct km_zoneinfo *zoneinfo);

#endif
