/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The vmalloc range: users of its addresses, and the memory behind them. */
#ifndef KM_MODEL_VMALLOC_H
#define KM_MODEL_VMALLOC_H

#include "base/field.h"
#include "model/vmalloc-tally.h"

/* Which areas share a row. */
enum km_vmalloc_by {
	KM_VMALLOC_BY_CALLER, /* and module and kind */
	KM_VMALLOC_BY_KIND,
	KM_VMALLOC_BY_MODULE,
	KM_VMALLOC_BY_NODE, /* an area counts in each node that it has pages on */
	KM_VMALLOC_BY_AREA, /* each its own row */
};

struct km_vmalloc {
	struct km_str caller;
	struct km_str module;
	const struct km_word *kind;
	uint64_t node;
	uint64_t areas;
	uint64_t memory_bytes;
	uint64_t virtual_bytes;
	uint64_t device_bytes;
	uint64_t lazy_bytes;
	uint64_t guard_bytes;
	uint64_t largest_bytes;
	struct km_pairs node_pages;
	struct km_str start, end, phys, flags;
	uint64_t vmalloc_used_bytes;
	int64_t unlisted_bytes;
};

extern const struct km_sheet_type km_vmalloc_type;

/*
 * Rows in the order of first appearance, owned by the pool, texts borrowed from the tally. Where
 * that is NULL there are no rows, and the totals know VmallocUsed only. vmalloc_used_bytes is
 * VmallocUsed of the machine's /proc/meminfo or KM_UNKNOWN. Of BY_AREA the totals alone: the
 * rows are km_vmalloc_set_area()'s.
 */
struct km_sheet km_vmalloc_derive(struct km_pool *pool, const struct km_vmalloc_tally *tally,
				  uint64_t vmalloc_used_bytes, enum km_vmalloc_by by);

/*
 * Makes an area that was added to the tally a row of its own, which borrows from both; found is what the tally found
 * of it. pairs has room for a pair a node of the area. The row was initialised once; what no area has stays unknown.
 */
void km_vmalloc_set_area(struct km_vmalloc_tally *tally, const struct km_vmallocinfo_area *area,
			 const struct km_vmalloc_found *found, struct km_pair *pairs, struct km_vmalloc *row);

/* Inside model/vmalloc*.c only. */
void km_vmalloc_set_sums(struct km_vmalloc *row, const struct km_vmalloc_sums *sums);

#endif
