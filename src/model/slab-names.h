/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Facts about a slab cache that follow from its name, for machines without /sys/kernel/slab. */
#ifndef KM_MODEL_SLAB_NAMES_H
#define KM_MODEL_SLAB_NAMES_H

#include "model/slab.h"

/*
 * The cache that a memory cgroup's own cache belongs to (up to 5.8: "dentry(1234:scope)" is of "dentry"); the
 * name itself for others.
 */
struct km_str km_slab_root_name(struct km_str name);

/* Whether caches of that name are reclaimable in every kernel; KM_TRI_UNKNOWN for most names. */
enum km_tri km_slab_reclaimable_by_name(struct km_str name);

/* The largest request that goes to a kmalloc cache ("kmalloc-4k", "size-64(DMA)"); KM_UNKNOWN for others. */
uint64_t km_slab_class_bytes(struct km_str name);

/* Sets unknown fields of each row that follow from its name, or from the row of the name's root. */
void km_slab_names_join(struct km_slab *rows, size_t len);

#endif
