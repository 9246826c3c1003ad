/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sums over pageblocks: of a zone, of a range of addresses, or of one block. */
#ifndef KM_MODEL_BLOCK_TALLY_H
#define KM_MODEL_BLOCK_TALLY_H

#include "base/field.h"
#include "parse/module-blocks.h"

/* A class of pages that are in use and cannot be moved. */
struct km_unmovable_class {
	struct km_str class;
	uint64_t blocks; /* pageblocks with pages of the class */
	uint64_t pages;
	uint64_t size_bytes;
};

extern const struct km_sheet_type km_unmovable_class_type;

struct km_block_tally {
	uint64_t blocks; /* pageblocks with at least one page of the zone */
	/* These add up to blocks: free; free after pages are moved; uncertain; blocked by unmovable pages. */
	uint64_t free_blocks, movable_blocks, uncertain_blocks, hindered_blocks;
	uint64_t stray_blocks; /* blocks of type Movable that contain unmovable pages */
	uint64_t free, movable, reclaimable, unmovable, unknown; /* pages */
	KM_ARRAY(struct km_unmovable_class) holders; /* in no order */
};

/* The pages that cannot be moved, and so prevent a pageblock from becoming a free huge page. */
static inline uint64_t km_block_hinders(const struct km_page_block *block)
{
	return km_num_add(block->reclaimable, block->unmovable);
}

/* Whether a pageblock has all its pages. One with a hole never becomes a huge page. */
bool km_block_is_whole(const struct km_module_blocks *file, const struct km_page_block *block);

/* Adds a pageblock of the file. */
void km_block_tally_add(struct km_block_tally *tally, const struct km_module_blocks *file,
			const struct km_page_block *block);
void km_block_tally_deinit(struct km_block_tally *tally);

/* The classes as rows, the largest first. The pool owns them. */
struct km_rows km_block_tally_unmovable(struct km_pool *pool, const struct km_block_tally *tally,
				      uint64_t page_bytes);

/* The class with the most pages that are certainly in use; .ptr NULL: none. */
struct km_str km_block_tally_largest(const struct km_block_tally *tally);

#endif
