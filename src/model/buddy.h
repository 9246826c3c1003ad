/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Free blocks of each zone by order, and how usable they are. */
#ifndef KM_MODEL_BUDDY_H
#define KM_MODEL_BUDDY_H

#include "base/field.h"
#include "parse/buddyinfo.h"

struct km_buddy_order {
	uint64_t order;
	uint64_t block_bytes;
	uint64_t free_blocks;
	uint64_t free_bytes;
	double unusable_ratio;
	double fragmentation_index;
};

struct km_buddy {
	uint64_t node;
	struct km_str zone;
	uint64_t free_bytes;
	uint64_t largest_free_order;
	uint64_t largest_free_bytes;
	struct km_rows orders; /* struct km_buddy_order */
};

extern const struct km_sheet_type km_buddy_type;
extern const struct km_sheet_type km_buddy_order_type;

/*
 * The free memory in blocks of this order and above. It is exact, but the kernel's index is cut to
 * thousandths. Unknown if a number of blocks is unknown.
 */
uint64_t km_buddy_free_from(const struct km_buddy *row, uint64_t order);

/* Rows in the file's order, owned by the pool. page_bytes is the page size of the machine. */
struct km_sheet km_buddy_derive(struct km_pool *pool, const struct km_buddyinfo *buddyinfo,
				uint64_t page_bytes);

#endif
