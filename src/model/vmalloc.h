/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The vmalloc range: users of its addresses, and the memory of the areas. */
#ifndef KM_MODEL_VMALLOC_H
#define KM_MODEL_VMALLOC_H

#include "base/field.h"
#include "model/vmalloc-tally.h"

/* The areas that share a row. */
enum km_vmalloc_by {
	KM_VMALLOC_BY_CALLER, /* also by module and kind */
	KM_VMALLOC_BY_KIND,
	KM_VMALLOC_BY_MODULE,
	KM_VMALLOC_BY_NODE, /* an area counts in each node with pages of it */
	KM_VMALLOC_BY_AREA, /* each area has its own row */
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
 * Rows in the order of first appearance, owned by the pool; texts are borrowed from the tally. tally NULL: no
 * rows, and the totals only contain VmallocUsed. vmalloc_used_bytes is VmallocUsed of the machine's
 * /proc/meminfo, or KM_UNKNOWN. For BY_AREA only totals: km_vmalloc_set_area() makes the rows.
 */
struct km_sheet km_vmalloc_derive(struct km_pool *pool, const struct km_vmalloc_tally *tally,
				  uint64_t vmalloc_used_bytes, enum km_vmalloc_by by);

/*
 * Makes a row of an area that was added to the tally. It borrows from both. found is the tally's result for
 * the area. pairs has room for one pair per node of the area. The caller initialises the row once; members
 * without a value in any area stay unknown.
 */
void km_vmalloc_set_area(struct km_vmalloc_tally *tally, const struct km_vmallocinfo_area *area,
			 const struct km_vmalloc_found *found, struct km_pair *pairs, struct km_vmalloc *row);

/* Private to model/vmalloc*.c. */
void km_vmalloc_set_sums(struct km_vmalloc *row, const struct km_vmalloc_sums *sums);

#endif
