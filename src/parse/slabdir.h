/* SPDX-License-Identifier: GPL-2.0-or-later */
/* /sys/kernel/slab: SLUB's caches as directories. Merged caches are links to one directory. */
#ifndef KM_PARSE_SLABDIR_H
#define KM_PARSE_SLABDIR_H

#include "base/array.h"
#include "parse/parse.h"

/* The attributes of a cache that are read. 1u << KM_SLABDIR_* is a bit of a set of attributes. */
enum km_slabdir_attribute {
	KM_SLABDIR_CACHE_DMA,
	KM_SLABDIR_DESTROY_BY_RCU,
	KM_SLABDIR_OBJECT_SIZE,
	KM_SLABDIR_RECLAIM_ACCOUNT,
	KM_SLABDIR_SHEAF_CAPACITY,
	KM_SLABDIR_SLABS,
	KM_SLABDIR_ATTRIBUTES
};

/* Flags. The directory's name of a merged cache encodes them too. */
#define KM_SLABDIR_FLAGS                                                                           \
	(1u << KM_SLABDIR_CACHE_DMA | 1u << KM_SLABDIR_DESTROY_BY_RCU |                            \
	 1u << KM_SLABDIR_RECLAIM_ACCOUNT)

/* The file names of the attributes. */
extern const char *const km_slabdir_attributes[KM_SLABDIR_ATTRIBUTES];

/* A name in /sys/kernel/slab. */
struct km_slabdir_entry {
	struct km_str name;
	struct km_str directory; /* directory with its attributes: a link's target, or its own name */
	/* of a directory; .ptr NULL: not read, not readable, not in this kernel */
	struct km_str attributes[KM_SLABDIR_ATTRIBUTES];
};

struct km_slabdir {
	KM_ARRAY(struct km_slabdir_entry) entries; /* sorted by name */
};

void km_slabdir_deinit(struct km_slabdir *slabdir);

/* The entry with this name; NULL if there is none. */
const struct km_slabdir_entry *km_slabdir_find(const struct km_slabdir *slabdir,
					       struct km_str name);

/*
 * The first function: whether a directory belongs to a cache that others may be merged into. Its
 * name then encodes its properties: ":aA-0000192". The second: whether letter is in it. Letters
 * (k5.10 to k7.2:mm/slub.c create_unique_id): a reclaimable, A accounted, d DMA, D DMA32, F checked
 * for consistency.
 */
bool km_slabdir_is_merged(struct km_str directory);
bool km_slabdir_has_letter(struct km_str directory, char letter);

/* The number of an attribute; for "398 N0=300 N1=98" the total. KM_UNKNOWN if there is none. */
uint64_t km_slabdir_total(struct km_str attribute);

/* Takes the next "N1=98" after it; false at the end. Other words are skipped. */
bool km_slabdir_take_node(struct km_str *attribute, uint64_t *node, uint64_t *value);

#endif
