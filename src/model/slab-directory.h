/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What /sys/kernel/slab tells of a cache: names merged into it, flags, its part on each node. */
#ifndef KM_MODEL_SLAB_DIRECTORY_H
#define KM_MODEL_SLAB_DIRECTORY_H

#include "model/slab.h"

/* Names and directories, so that either is found from the other in logarithmic time. */
struct km_slab_directory {
	const struct km_slabdir *slabdir; /* NULL: there is none, or it is empty */
	const struct km_slabdir_entry **by_target; /* sorted by directory, then by name */
};

/* Owned by the pool; slabdir may be NULL. */
struct km_slab_directory km_slab_directory_of(struct km_pool *pool,
					      const struct km_slabdir *slabdir);

/*
 * Sets what the directory tells of the cache of row->name, whose slabs have slab_bytes each.
 * Leaves a row alone whose name is not there.
 */
void km_slab_directory_set(struct km_pool *pool, const struct km_slab_directory *directory,
			   uint64_t slab_bytes, struct km_slab *row);

/*
 * The first name of each cache, in rows that have room for all names: what is left to show when
 * slabinfo cannot be read. Returns how many there are.
 */
size_t km_slab_directory_names(const struct km_slab_directory *directory, struct km_slab *rows);

#endif
