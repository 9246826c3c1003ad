/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Facts that follow from a slab cache's name, for machines without /sys/kernel/slab. */
#ifndef KM_MODEL_SLAB_NAMES_H
#define KM_MODEL_SLAB_NAMES_H

#include "model/slab.h"

/*
 * The cache to which a memory cgroup's cache belongs (up to 5.8: "dentry" for "dentry(1234:scope)"); the name
 * itself for other caches.
 */
struct km_str km_slab_root_name(struct km_str name);

/* Whether caches with this name are reclaimable in every kernel; KM_TRI_UNKNOWN for most names. */
enum km_tri km_slab_reclaimable_by_name(struct km_str name);

/*
 * The largest request that this kmalloc cache serves ("kmalloc-4k", "size-64(DMA)"); KM_UNKNOWN for other
 * caches.
 */
uint64_t km_slab_class_bytes(struct km_str name);

/* Sets unknown fields of each row that follow from its name, or from the row of its root name. */
void km_slab_names_join(struct km_slab *rows, size_t len);

#endif
