/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory by pageblocks: which can become a free huge page, and what prevents that for the others, and where.
 * The pool owns the rows of all sheets, which borrow from the file.
 */
#ifndef KM_MODEL_FRAGMENTATION_H
#define KM_MODEL_FRAGMENTATION_H

#include "model/block-tally.h"
#include "parse/buddyinfo.h"
#include "parse/pagetypeinfo.h"

/* A zone. */
struct km_fragmentation {
	uint64_t node;
	struct km_str zone;
	uint64_t block_bytes;
	uint64_t blocks;
	uint64_t free_blocks;
	uint64_t movable_blocks;
	uint64_t uncertain_blocks;
	uint64_t hindered_blocks;
	uint64_t stray_blocks;
	uint64_t free_bytes;
	uint64_t movable_bytes;
	uint64_t reclaimable_bytes;
	uint64_t unmovable_bytes;
	uint64_t unknown_bytes;
	double possible_ratio;
	struct km_rows holders; /* struct km_unmovable_class */
};

/* Pageblocks with a similar number of pages that cannot be moved. */
struct km_hindrance {
	uint64_t from_pages;
	uint64_t to_pages;
	uint64_t blocks;
	uint64_t pages;
	uint64_t size_bytes;
	struct km_str largest;
	struct km_rows holders; /* struct km_unmovable_class */
};

extern const struct km_sheet_type km_fragmentation_type;
extern const struct km_sheet_type km_hindrance_type;

struct km_sheet km_fragmentation_derive(struct km_pool *pool, const struct km_module_blocks *file);

/*
 * The same from the kernel's own files, which only report the numbers of all and of free pageblocks. Either
 * file may be NULL.
 */
struct km_sheet km_fragmentation_derive_free(struct km_pool *pool, const struct km_buddyinfo *buddyinfo,
					     const struct km_pagetypeinfo *pagetypeinfo,
					     uint64_t page_bytes);

/* Rows for 1, 2 to 3, 4 to 7 ... unmovable pages, without rows that have no pageblock. */
struct km_sheet km_hindrance_derive(struct km_pool *pool, const struct km_module_blocks *file);

#endif
