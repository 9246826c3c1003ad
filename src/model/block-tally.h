/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pages of some pageblocks, added up: of a zone, of a range of addresses, of one block. */
#ifndef KM_MODEL_BLOCK_TALLY_H
#define KM_MODEL_BLOCK_TALLY_H

#include "base/field.h"
#include "parse/module-blocks.h"

/* A class of pages that can be neither moved nor used at once. */
struct km_unmovable_class {
	struct km_str class;
	uint64_t blocks; /* pageblocks with pages of the class */
	uint64_t pages;
	uint64_t size_bytes;
};

extern const struct km_sheet_type km_unmovable_class_type;

struct km_block_tally {
	uint64_t blocks; /* with at least one page of the zone */
	/* They add up: free; free after pages are moved; uncertain; neither. */
	uint64_t free_blocks, movable_blocks, uncertain_blocks, hindered_blocks;
	uint64_t stray_blocks; /* of type Movable, with unmovable pages */
	uint64_t free, movable, reclaimable, unmovable, unknown; /* pages */
	KM_ARRAY(struct km_unmovable_class) holders; /* in no order */
};

/* Pages that prevent a block from becoming a free huge page: they cannot be moved. */
static inline uint64_t km_block_hinders(const struct km_page_block *block)
{
	return km_num_add(block->reclaimable, block->unmovable);
}

/* Whether a block has all of its pages: one with a hole never becomes a huge page. */
bool km_block_is_whole(const struct km_module_blocks *file, const struct km_page_block *block);

/* Adds a block of the file. */
void km_block_tally_add(struct km_block_tally *tally, const struct km_module_blocks *file,
			const struct km_page_block *block);
void km_block_tally_deinit(struct km_block_tally *tally);

/* The holders as rows of the pool, the largest first. */
struct km_rows km_block_tally_unmovable(struct km_pool *pool, const struct km_block_tally *tally,
				      uint64_t page_bytes);

/* The class with most pages that are known to be in use; .ptr NULL: none. */
struct km_str km_block_tally_largest(const struct km_block_tally *tally);

#endif
