/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A cache in /sys/kernel/slab: merged names, flags, its share on each node. */
#ifndef KM_MODEL_SLAB_DIRECTORY_H
#define KM_MODEL_SLAB_DIRECTORY_H

#include "model/slab.h"

/* The names, sorted, and grouped by their directories. */
struct km_slab_directory {
	const struct km_slabdir *slabdir; /* NULL: missing or empty */
	const struct km_slabdir_entry **by_target; /* sorted by directory, then by name */
};

/* Makes the groups. The pool owns them; slabdir may be NULL. */
struct km_slab_directory km_slab_directory_of(struct km_pool *pool,
					      const struct km_slabdir *slabdir);

/*
 * Sets each row's figures from its directory. Rows without a directory keep their values. So do rows that
 * share a name, because the directory describes only one of them.
 */
void km_slab_directory_join(struct km_pool *pool, const struct km_slab_directory *directory,
			    uint64_t page_bytes, struct km_slab *rows, size_t len);

/*
 * Sets the first name of each cache, in alphabetical order. The rows must have room for all names. This is
 * for machines where slabinfo cannot be read. Returns the number of rows.
 */
size_t km_slab_directory_names(struct km_pool *pool, const struct km_slab_directory *directory,
			       struct km_slab *rows);

#endif
