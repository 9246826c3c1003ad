/* SPDX-License-Identifier: GPL-2.0-or-later */
/* /sys/kernel/slab: SLUB's caches as directories, merged ones as links to one directory. */
#ifndef KM_PARSE_SLABDIR_H
#define KM_PARSE_SLABDIR_H

#include "base/array.h"
#include "parse/parse.h"

/* A name in /sys/kernel/slab. Attributes that were not read, or not readable, are unknown. */
struct km_slabdir_entry {
	struct km_str name;
	struct km_str directory; /* that holds its attributes: a link's target, else its own name */
	uint64_t reclaim_account, cache_dma, destroy_by_rcu; /* 0, 1 or KM_UNKNOWN */
	struct km_str slabs; /* text of the attribute, with N0= parts; .ptr NULL: not read */
};

struct km_slabdir {
	KM_ARRAY(struct km_slabdir_entry) entries; /* sorted by name */
};

void km_slabdir_deinit(struct km_slabdir *slabdir);

/*
 * Whether a directory is that of a merged cache, whose name is its geometry: ":aA-0000192". Then
 * letter tells whether it has that flag (k5.10 to k7.2:mm/slub.c create_unique_id): a reclaimable,
 * A accounted, d DMA, D DMA32.
 */
bool km_slabdir_is_merged(struct km_str directory);
bool km_slabdir_has_letter(struct km_str directory, char letter);

/* The total in front of an attribute such as "398 N0=300 N1=98"; KM_UNKNOWN when there is none. */
uint64_t km_slabdir_total(struct km_str attribute);

/* The next "N1=98" behind it; false at the end. Other words are passed over. */
bool km_slabdir_take_node(struct km_str *attribute, uint64_t *node, uint64_t *value);

#endif
