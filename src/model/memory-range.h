/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pageblocks by address: in ranges of 1 GiB, in memory blocks, and one by one. */
#ifndef KM_MODEL_MEMORY_RANGE_H
#define KM_MODEL_MEMORY_RANGE_H

#include "model/block-tally.h"

/* A sixteenth of a range. */
struct km_memory_part {
	uint64_t part;
	uint64_t blocks;
	uint64_t hindered_blocks;
	double hindered_ratio;
};

/* 1 GiB of physical addresses, or the part of it in one zone. */
struct km_memory_range {
	uint64_t start_bytes;
	uint64_t node;
	struct km_str zone;
	uint64_t blocks;
	uint64_t free_blocks;
	uint64_t movable_blocks;
	uint64_t uncertain_blocks;
	uint64_t hindered_blocks;
	uint64_t unmovable_bytes;
	struct km_str largest;
	struct km_rows holders; /* struct km_unmovable_class */
	struct km_rows parts;   /* struct km_memory_part */
};

/* A unit of memory hotplug: /sys/devices/system/memory/memoryN. */
struct km_memory_block {
	struct km_str name;
	uint64_t start_bytes;
	uint64_t node;
	struct km_str zone;
	enum km_tri removable;
	uint64_t free_bytes;
	uint64_t movable_bytes;
	uint64_t unmovable_bytes;
	uint64_t unknown_bytes;
	struct km_str largest;
	struct km_rows holders; /* struct km_unmovable_class */
};

/* One pageblock. */
struct km_block {
	uint64_t start_bytes;
	uint64_t node;
	struct km_str zone;
	struct km_str type;
	uint64_t free_pages;
	uint64_t movable_pages;
	uint64_t reclaimable_pages;
	uint64_t unmovable_pages;
	uint64_t unknown_pages;
	struct km_rows holders; /* struct km_unmovable_class */
};

extern const struct km_sheet_type km_memory_part_type;
extern const struct km_sheet_type km_memory_range_type;
extern const struct km_sheet_type km_memory_block_type;
extern const struct km_sheet_type km_block_type;

/* The pool owns the rows, which borrow from the file and have its order. */
struct km_sheet km_memory_range_derive(struct km_pool *pool, const struct km_module_blocks *file);
struct km_sheet km_memory_block_derive(struct km_pool *pool, const struct km_module_blocks *file);
struct km_sheet km_block_derive(struct km_pool *pool, const struct km_module_blocks *file);

#endif
