/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside model/vmalloc*.c only: areas that share a caller, a kind, a module or a node. */
#ifndef KM_MODEL_VMALLOC_GROUP_H
#define KM_MODEL_VMALLOC_GROUP_H

#include "base/index.h"
#include "model/vmalloc.h"

/* A place in the code that areas are charged to, with the marks that they have. */
struct km_vmalloc_site {
	size_t name; /* number of its function and kind */
	struct km_str function;
	enum km_vmalloc_kind_id kind;
};

/* Pages of one row on one node. */
struct km_vmalloc_cell {
	size_t row;
	uint64_t node, pages;
};

/* The first four are the caller's to set, the rest starts zeroed. */
struct km_vmalloc_groups {
	struct km_pool *pool;
	const struct km_vmallocinfo *vmallocinfo;
	enum km_vmalloc_by by;
	uint64_t page_bytes;
	struct km_index site_index, name_index, row_index, cell_index, node_index;
	KM_ARRAY(struct km_vmalloc_site) sites;
	KM_ARRAY(struct km_vmalloc) rows;
	KM_ARRAY(struct km_vmalloc_cell) cells;
	KM_ARRAY(struct km_str) node_names;
};

void km_vmalloc_groups_deinit(struct km_vmalloc_groups *groups);

/* What is known of an area by its caller. Holds until the next call. */
const struct km_vmalloc_site *km_vmalloc_groups_site(struct km_vmalloc_groups *groups,
						     const struct km_vmallocinfo_area *area);

/* "N0", as the kernel writes it; owned by the pool, one text a node. */
struct km_str km_vmalloc_groups_node(struct km_vmalloc_groups *groups, uint64_t node);

/* Adds an area, whose figures are facts, to the rows it belongs to. Not for BY_AREA. */
void km_vmalloc_groups_add(struct km_vmalloc_groups *groups, const struct km_vmallocinfo_area *area,
			   const struct km_vmalloc_site *site, const struct km_vmalloc *facts);

/* The rows, owned by the pool. */
struct km_rows km_vmalloc_groups_rows(struct km_vmalloc_groups *groups);

/* A sum of no areas, and adding to it. */
struct km_vmalloc km_vmalloc_nothing(void);
void km_vmalloc_add(struct km_vmalloc *sum, const struct km_vmalloc *row);

#endif
