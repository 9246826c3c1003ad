/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Slab caches: the memory of each, the used part, and slab memory outside of all caches. */
#ifndef KM_MODEL_SLAB_H
#define KM_MODEL_SLAB_H

#include "base/field.h"
#include "parse/meminfo.h"
#include "parse/slabdir.h"
#include "parse/slabinfo.h"

struct km_slab_node {
	uint64_t node;
	uint64_t slabs;
	uint64_t size_bytes;
};

struct km_slab {
	struct km_str name;
	uint64_t number;
	struct km_texts aliases;
	uint64_t objects;
	uint64_t active_objects;
	uint64_t object_bytes;
	uint64_t objects_per_slab;
	uint64_t pages_per_slab;
	uint64_t slabs;
	uint64_t size_bytes;
	uint64_t used_bytes;
	uint64_t idle_bytes;
	double used_ratio;
	double share_ratio;
	enum km_tri reclaimable;
	enum km_tri accounted;
	enum km_tri dma;
	enum km_tri rcu;
	enum km_tri mergeable;
	uint64_t payload_bytes;
	uint64_t padding_bytes;
	uint64_t sheaf_objects;
	struct km_rows nodes; /* struct km_slab_node */
	uint64_t slab_bytes;          /* totals only */
	uint64_t large_kmalloc_bytes; /* totals only */
};

extern const struct km_sheet_type km_slab_type;
extern const struct km_sheet_type km_slab_node_type;

/* The attributes in /sys/kernel/slab that a field needs, as km_machine_slabdir() takes them. */
unsigned int km_slab_attributes(const struct km_field *field);

/*
 * Rows in slabinfo's order, owned by the pool. They borrow from the records. Every record may be NULL.
 * Without slabinfo the rows are the names in slabdir, with unknown figures. page_bytes is the page size of
 * the machine.
 */
struct km_sheet km_slab_derive(struct km_pool *pool, const struct km_slabinfo *slabinfo,
			       const struct km_slabdir *slabdir, const struct km_meminfo *meminfo,
			       uint64_t page_bytes);

/*
 * Keeps the rows with a name or alias that matches one of the shell patterns. Returns the first pattern that
 * matches nothing, or NULL. The totals become those of the kept rows; memory outside of all caches is then
 * unknown.
 */
const char *km_slab_select(struct km_sheet *sheet, char *const *patterns, size_t len);

#endif
