/* SPDX-License-Identifier: GPL-2.0-or-later */
/* /proc/kmeminfo/blocks of the helper module: the contents of each pageblock. */
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
	uint64_t number; /* physical address divided by the size of a pageblock */
	size_t zone;     /* index in zones */
	struct km_str type; /* name of the migrate type; .ptr NULL: a number without a name */
	uint64_t free, movable, reclaimable, unmovable, unknown; /* pages */
	size_t class, classes; /* index of its first class, and their number */
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
	uint64_t block_order; /* KM_UNKNOWN if the module cannot read it: then there are no blocks */
	uint64_t page_bytes;
	uint64_t memory_block_bytes; /* KM_UNKNOWN: no memory hotplug, or an older module */
	KM_ARRAY(struct km_block_type) types;
	KM_ARRAY(struct km_block_zone) zones;    /* in the file's order */
	KM_ARRAY(struct km_page_block) blocks;   /* ascending within a zone */
	KM_ARRAY(struct km_block_class) classes; /* of all blocks */
};

/*
 * module/proc-blocks.c describes the format. Lines with unknown keys are skipped, because newer
 * modules add some. A line that cannot be read becomes a problem, and the rest of its blocks is
 * left out.
 */
void km_parse_module_blocks(struct km_parse *parse, struct km_str text, struct km_module_blocks *ret);
void km_module_blocks_deinit(struct km_module_blocks *blocks);

#endif
