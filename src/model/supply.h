/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The memory that the zones of a machine can provide for requests, from the files that exist. Every user may
 * read zoneinfo and buddyinfo, and root pagetypeinfo. The helper module reports all of it for one moment.
 */
#ifndef KM_MODEL_SUPPLY_H
#define KM_MODEL_SUPPLY_H

#include "model/alloc-rules.h"
#include "model/zone.h"
#include "parse/buddyinfo.h"
#include "parse/module-file.h"
#include "parse/pagetypeinfo.h"

/* Bounds of a figure that is not known exactly. most KM_UNKNOWN: no bound is known. */
struct km_range {
	uint64_t least, most;
};

/* The HighAtomic pageblocks of a zone, in bytes; KM_UNKNOWN if no file reports them. */
struct km_highatomic {
	uint64_t reserved_bytes; /* the pageblocks of that type */
	uint64_t free_bytes;     /* free memory in them */
};

struct km_supply {
	struct km_sheet zones; /* km_zone_derive(), bytes */
	const struct km_buddyinfo *buddyinfo; /* NULL: free blocks are unknown */
	const size_t *sorted; /* its zones by node and name, from km_supply_sort(); NULL: a linear search */
	const struct km_block_types *blocks;  /* block types by buddyinfo's zones; NULL: unknown */
	const struct km_highatomic *highatomic; /* by buddyinfo's zones; NULL: unknown */
	uint64_t page_bytes;
	uint64_t pageblock_bytes; /* may be an upper bound; 0: unknown */
	/*
	 * Nodes in the order in which a request from nodes[0] tries them, as far as that is certain; NULL:
	 * unknown.
	 */
	const uint64_t *nodes;
	size_t nodes_len;
};

/* Adds the types that pagetypeinfo reports for the zones of supply->buddyinfo. The pool owns them. */
void km_supply_add_types(struct km_pool *pool, const struct km_pagetypeinfo *pagetypeinfo,
			 struct km_supply *supply);

/*
 * Fills everything from the helper module's file zones: zones, blocks, types and reserve of one moment. Does
 * not change page_bytes. False, without any change, if the file has no free blocks by type.
 */
bool km_supply_of_module(struct km_pool *pool, const struct km_module_file *zones, struct km_supply *supply);

/*
 * Sorts the zones of supply->buddyinfo, so that finding one is fast. Call it after buddyinfo is set; without
 * it there is nothing to sort. The pool owns the order.
 */
void km_supply_sort(struct km_pool *pool, struct km_supply *supply);

/* The position of the zone's free lists in buddyinfo, or SIZE_MAX. hint is the likely position. */
size_t km_supply_find(const struct km_supply *supply, uint64_t node, struct km_str zone, size_t hint);

/* Private to model/: makes figures for that many zones, all unknown. The pool owns them. */
struct km_highatomic *km_supply_make_highatomic(struct km_pool *pool, size_t len);

/* The bit of a type's name in pagetypeinfo; KM_BLOCK_OTHER for an unknown one. */
unsigned int km_supply_type(struct km_str name);

/* The letter and the name of a bit. The table ends with letter 0. */
struct km_supply_letter {
	char letter;
	const char *name;
};

enum { KM_SUPPLY_TYPES = 7 };
extern const struct km_supply_letter km_supply_letters[KM_SUPPLY_TYPES];

/*
 * The amount that the watermark check subtracts for the highatomic reserve of a zone. at is from
 * km_supply_find(); SIZE_MAX if the zone has no free lists.
 */
struct km_range km_supply_reserve(const struct km_supply *supply, const struct km_alloc_rules *rules,
				  const struct km_zone *zone, size_t at);

/* Free memory in CMA pageblocks. If no counter reports it, the smallest amount: the blocks of type CMA alone. */
uint64_t km_supply_cma_free(const struct km_supply *supply, const struct km_zone *zone, size_t at);

/* Free memory in HighAtomic pageblocks. */
struct km_range km_supply_highatomic_free(const struct km_supply *supply, const struct km_alloc_rules *rules,
					  const struct km_zone *zone, size_t at);

#endif
