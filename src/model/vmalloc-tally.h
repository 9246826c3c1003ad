/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sums over areas of the vmalloc range, made while the file is read: one sum per caller and per node, however
 * many areas there are.
 */
#ifndef KM_MODEL_VMALLOC_TALLY_H
#define KM_MODEL_VMALLOC_TALLY_H

#include "base/index.h"
#include "model/pointers.h"
#include "model/vmalloc-kind.h"

/* Figures of one or several areas. The names are those of struct km_vmalloc. */
struct km_vmalloc_sums {
	uint64_t areas;
	uint64_t memory_bytes;
	uint64_t virtual_bytes;
	uint64_t device_bytes;
	uint64_t lazy_bytes;
	uint64_t guard_bytes;
	uint64_t largest_bytes;
};

/* The number of nodes that are counted without a lookup: the first ones in the file. */
enum { KM_VMALLOC_NEAR = 16 };

/* A caller of areas. Areas with other flag words belong to another site. */
struct km_vmalloc_site {
	struct km_vmalloc_sums sums;
	enum km_vmalloc_kind_id kind;
	uint32_t near; /* one bit for each near node with pages of the site */
	struct km_str function; /* .ptr NULL: the kernel does not record it */
	struct km_str module;   /* .ptr NULL: the kernel itself */
};

/* Pages of a site on each of the near nodes. */
struct km_vmalloc_near {
	uint64_t pages[KM_VMALLOC_NEAR];
};

/* Pages of a site on one other node, by the indexes of the arrays below. */
struct km_vmalloc_cell {
	uint32_t site, at;
	uint64_t pages;
};

/*
 * Areas with pages on a node, without their address space, which belongs to no node. KM_UNKNOWN collects the
 * areas without pages, with their address space.
 */
struct km_vmalloc_at {
	uint64_t node;
	struct km_str name; /* as the kernel writes it: "N0" */
	uint64_t pages;
	struct km_vmalloc_sums sums;
};

/* Optional counts: each costs a fifth of the time, and few columns need it. */
enum km_vmalloc_counted {
	KM_VMALLOC_NODES = 1 << 0, /* the sums of each node */
	KM_VMALLOC_PAGES = 1 << 1, /* the number of pages of each site on each node */
	KM_VMALLOC_ALL = KM_VMALLOC_NODES | KM_VMALLOC_PAGES,
};

struct km_vmalloc_tally {
	struct km_pool pool; /* owns the texts */
	uint64_t page_bytes;
	unsigned int counted; /* enum km_vmalloc_counted, or'ed */
	struct km_pointers pointers;
	struct km_vmalloc_callers callers;
	KM_ARRAY(struct km_vmalloc_site) sites; /* nodes and cells also have the order of the file */
	KM_ARRAY(struct km_vmalloc_near) near;  /* by site, as far as sites have any */
	KM_ARRAY(struct km_vmalloc_at) nodes;
	KM_ARRAY(struct km_vmalloc_cell) cells;
	uint16_t near_nodes[64]; /* index + 1 by the kernel's node number; 0: look it up */
	size_t nowhere;          /* index of KM_UNKNOWN + 1; 0: it has none yet */
	struct km_index module_index, site_index, cell_index, node_index;
};

/*
 * Initialises the tally. page_bytes is the page size of the machine; KM_UNKNOWN leaves memory and guards
 * unknown. counted is enum km_vmalloc_counted, or'ed.
 */
void km_vmalloc_tally_init(struct km_vmalloc_tally *tally, uint64_t page_bytes, unsigned int counted);
void km_vmalloc_tally_deinit(struct km_vmalloc_tally *tally);

/* The tally's result for one area: the index of its caller in tally->sites, and the area's own figures. */
struct km_vmalloc_found {
	size_t site;
	struct km_vmalloc_sums sums;
};

/*
 * Adds at most KM_VMALLOCINFO_BATCH areas and borrows nothing from them. Fills found, unless it is NULL, with
 * the result for each area.
 */
void km_vmalloc_tally_add(struct km_vmalloc_tally *tally, const struct km_vmallocinfo_area *areas,
			  size_t len, struct km_vmalloc_found *found);

/* The index of a node in tally->nodes. */
size_t km_vmalloc_tally_at(struct km_vmalloc_tally *tally, uint64_t node);

/* The sums of all areas. */
struct km_vmalloc_sums km_vmalloc_tally_totals(const struct km_vmalloc_tally *tally);

/* Adds the figures. Unknown if a part is unknown; the largest area is the larger of the two. */
void km_vmalloc_sums_add(struct km_vmalloc_sums *sum, const struct km_vmalloc_sums *part);

#endif
