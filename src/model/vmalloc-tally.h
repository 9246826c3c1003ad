/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Areas of the vmalloc range, added up while the file is read: one sum for each place in the code
 * and each node, however many areas there are.
 */
#ifndef KM_MODEL_VMALLOC_TALLY_H
#define KM_MODEL_VMALLOC_TALLY_H

#include "base/index.h"
#include "model/pointers.h"
#include "model/vmalloc-kind.h"

/* Figures of one area, or of several together; as the members of struct km_vmalloc. */
struct km_vmalloc_sums {
	uint64_t areas;
	uint64_t memory_bytes;
	uint64_t virtual_bytes;
	uint64_t device_bytes;
	uint64_t lazy_bytes;
	uint64_t guard_bytes;
	uint64_t largest_bytes;
};

/* This many nodes are counted without a look-up: those that appear first in the file. */
enum { KM_VMALLOC_NEAR = 16 };

/* A place in the code that areas are charged to. Areas with other flag words are another site. */
struct km_vmalloc_site {
	struct km_vmalloc_sums sums;
	enum km_vmalloc_kind_id kind;
	uint32_t near; /* bits: the numbers of nodes that it has pages on, of those that are near */
	struct km_str function; /* .ptr NULL: the kernel keeps none */
	struct km_str module;   /* .ptr NULL: the kernel itself */
};

/* Pages of a site on each of the nodes that are near. */
struct km_vmalloc_near {
	uint64_t pages[KM_VMALLOC_NEAR];
};

/* Pages of a site on any other node, both by their numbers below. */
struct km_vmalloc_cell {
	uint32_t site, at;
	uint64_t pages;
};

/*
 * Areas that have pages on a node, without their address space, which belongs to no node.
 * KM_UNKNOWN: the areas that have no pages on any, with it.
 */
struct km_vmalloc_at {
	uint64_t node;
	struct km_str name; /* "N0", as the kernel writes it */
	uint64_t pages;
	struct km_vmalloc_sums sums;
};

/* What is counted only on request: each takes a fifth of the time, and few columns show it. */
enum km_vmalloc_counted {
	KM_VMALLOC_NODES = 1 << 0, /* the sums of each node */
	KM_VMALLOC_PAGES = 1 << 1, /* how many pages each site has on each node */
	KM_VMALLOC_ALL = KM_VMALLOC_NODES | KM_VMALLOC_PAGES,
};

struct km_vmalloc_tally {
	struct km_pool pool; /* owns the texts */
	uint64_t page_bytes;
	unsigned int counted; /* enum km_vmalloc_counted, or'ed */
	struct km_pointers pointers;
	struct km_vmalloc_callers callers;
	KM_ARRAY(struct km_vmalloc_site) sites; /* as the nodes and cells in the order of the file */
	KM_ARRAY(struct km_vmalloc_near) near;  /* by site, as far as sites have some */
	KM_ARRAY(struct km_vmalloc_at) nodes;
	KM_ARRAY(struct km_vmalloc_cell) cells;
	uint16_t near_nodes[64]; /* by the kernel's number: ours + 1; 0: look it up */
	size_t nowhere;          /* the number of KM_UNKNOWN + 1; 0: it has none yet */
	struct km_index module_index, site_index, cell_index, node_index;
};

/*
 * page_bytes is that of the machine described; KM_UNKNOWN leaves memory and guards unknown. counted: enum
 * km_vmalloc_counted, or'ed.
 */
void km_vmalloc_tally_init(struct km_vmalloc_tally *tally, uint64_t page_bytes, unsigned int counted);
void km_vmalloc_tally_deinit(struct km_vmalloc_tally *tally);

/* What the tally found for an area: its caller (a number in tally->sites), and its own figures. */
struct km_vmalloc_found {
	size_t site;
	struct km_vmalloc_sums sums;
};

/*
 * Adds areas, KM_VMALLOCINFO_BATCH at most, from which nothing is borrowed, and says what it found
 * of each. found may be NULL.
 */
void km_vmalloc_tally_add(struct km_vmalloc_tally *tally, const struct km_vmallocinfo_area *areas,
			  size_t len, struct km_vmalloc_found *found);

/* The number of a node in tally->nodes. */
size_t km_vmalloc_tally_at(struct km_vmalloc_tally *tally, uint64_t node);

/* All areas together. */
struct km_vmalloc_sums km_vmalloc_tally_totals(const struct km_vmalloc_tally *tally);

/* Unknown where a part is unknown; the largest is the larger of the two. */
void km_vmalloc_sums_add(struct km_vmalloc_sums *sum, const struct km_vmalloc_sums *part);

#endif
