/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A cache in /sys/kernel/slab: merged names, flags, its part on each node. */
#ifndef KM_MODEL_SLAB_DIRECTORY_H
#define KM_MODEL_SLAB_DIRECTORY_H

#include "model/slab.h"

/* The names, also grouped by the directories behind them. */
struct km_slab_directory {
	const struct km_slabdir *slabdir; /* NULL: there is none, or it is empty */
	const struct km_slabdir_entry **by_target; /* those of one directory together, sorted by name */
};

/* Owned by the pool; slabdir may be NULL. */
struct km_slab_directory km_slab_directory_of(struct km_pool *pool,
					      const struct km_slabdir *slabdir);

/*
 * Sets each row's figures from the directory. Rows whose name is not there stay as they are, and so
 * do rows that share a name: the directory shows only one of them.
 */
void km_slab_directory_join(struct km_pool *pool, const struct km_slab_directory *directory,
			    uint64_t page_bytes, struct km_slab *rows, size_t len);

/*
 * Sets the first name of each cache, in alphabetical order, in rows that have room for all names: used if
 * slabinfo cannot be read. Returns how many there are.
 */
size_t km_slab_directory_names(struct km_pool *pool, const struct km_slab_directory *directory,
			       struct km_slab *rows);

#endif
