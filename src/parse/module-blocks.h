/* SPDX-License-Identifier: GPL-2.0-or-later */
/* /proc/kmeminfo/blocks of the helper module: what each pageblock contains. */
#ifndef KM_PARSE_MODULE_BLOCKS_H
#define KM_PARSE_MODULE_BLOCKS_H

#include "base/array.h"
#include "parse/parse.h"

/* Pages of one class that are neither free nor movable. */
struct km_block_class {
	struct km_str class; /* "slab" */
	uint64_t pages;
};

struct km_page_block {
	uint64_t number; /* its physical address divided by the size of a block */
	size_t zone;     /* index in zones */
	struct km_str type; /* migrate type, by name; .ptr NULL: a number without a name */
	uint64_t free, movable, reclaimable, unmovable, unknown; /* pages */
	size_t class, classes; /* the first of its classes, and how many */
};

struct km_block_zone {
	uint64_t node;
	struct km_str zone;
};

struct km_block_type {
	uint64_t index;
	struct km_str name;
};

struct km_module_blocks {
	uint64_t version;     /* of the format; KM_UNKNOWN without a first line */
	uint64_t block_order; /* KM_UNKNOWN if the module cannot see it: then there are no blocks */
	uint64_t page_bytes;
	uint64_t memory_block_bytes; /* KM_UNKNOWN: memory cannot be unplugged, or an older module */
	KM_ARRAY(struct km_block_type) types;
	KM_ARRAY(struct km_block_zone) zones;    /* in the file's order */
	KM_ARRAY(struct km_page_block) blocks;   /* ascending within a zone */
	KM_ARRAY(struct km_block_class) classes; /* of all blocks */
};

/*
 * module/proc-blocks.c says the format. Lines of unknown keys are skipped: newer modules add some.
 * A line that cannot be read is a problem, and its blocks are left out from there on.
 */
void km_parse_module_blocks(struct km_parse *parse, struct km_str text, struct km_module_blocks *ret);
void km_module_blocks_deinit(struct km_module_blocks *blocks);

#endif
