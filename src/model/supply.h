/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the zones of a machine can give to requests, from the files that exist. Every user may read zoneinfo
 * and buddyinfo, root pagetypeinfo. The helper module reports all of it for one moment.
 */
#ifndef KM_MODEL_SUPPLY_H
#define KM_MODEL_SUPPLY_H

#include "model/alloc-rules.h"
#include "model/zone.h"
#include "parse/buddyinfo.h"
#include "parse/module-file.h"
#include "parse/pagetypeinfo.h"

/* Bounds of a figure that is not known exactly; most KM_UNKNOWN: nothing is known. */
struct km_range {
	uint64_t least, most;
};

/* The blocks of migrate type HighAtomic in a zone; bytes, KM_UNKNOWN where no file reports them. */
struct km_highatomic {
	uint64_t reserved_bytes; /* the pageblocks of that type */
	uint64_t free_bytes;     /* what is free in them */
};

struct km_supply {
	struct km_sheet zones; /* km_zone_derive(), bytes */
	const struct km_buddyinfo *buddyinfo; /* NULL: free blocks are not known */
	const size_t *sorted; /* its zones by node and name, km_supply_sort(); NULL: they are looked through */
	const struct km_block_types *blocks;  /* types of these, by its zones; NULL: not known */
	const struct km_highatomic *highatomic; /* of its zones; NULL: not known */
	uint64_t page_bytes;
	uint64_t pageblock_bytes; /* an upper bound is fine; 0: not known */
	/*
	 * Nodes in the order in which a request from nodes[0] tries them, as far as it is certain; NULL: not
	 * known.
	 */
	const uint64_t *nodes;
	size_t nodes_len;
};

/* Adds what pagetypeinfo reports of the zones of supply->buddyinfo. Owned by the pool. */
void km_supply_add_types(struct km_pool *pool, const struct km_pagetypeinfo *pagetypeinfo,
			 struct km_supply *supply);

/*
 * Fills everything from the helper module's file zones: zones, blocks, types and reserve of one moment.
 * page_bytes is not changed. False, and nothing is changed, if the file has no free blocks by type.
 */
bool km_supply_of_module(struct km_pool *pool, const struct km_module_file *zones, struct km_supply *supply);

/*
 * Sorts the zones of supply->buddyinfo, so that each is found at once however many there are. Owned by
 * the pool. Once buddyinfo is set; where it is not, there is nothing to sort.
 */
void km_supply_sort(struct km_pool *pool, struct km_supply *supply);

/* The zone's free lists, a position in buddyinfo, or SIZE_MAX. hint: where it is likely to be. */
size_t km_supply_find(const struct km_supply *supply, uint64_t node, struct km_str zone, size_t hint);

/* Inside model/ only: figures of that many zones, all unknown. Owned by the pool. */
struct km_highatomic *km_supply_make_highatomic(struct km_pool *pool, size_t len);

/* The bit of a type's name as pagetypeinfo has it, KM_BLOCK_OTHER of an unknown one. */
unsigned int km_supply_type(struct km_str name);

/* The letter and the name of a bit; letter 0 past the last. */
struct km_supply_letter {
	char letter;
	const char *name;
};

enum { KM_SUPPLY_TYPES = 7 };
extern const struct km_supply_letter km_supply_letters[KM_SUPPLY_TYPES];

/*
 * What the watermark check subtracts for the highatomic reserve of a zone. at: of km_supply_find(), SIZE_MAX
 * where it has no free lists.
 */
struct km_range km_supply_reserve(const struct km_supply *supply, const struct km_alloc_rules *rules,
				  const struct km_zone *zone, size_t at);

/* Free memory in blocks of CMA. If no counter is printed, at least the blocks of that type alone. */
uint64_t km_supply_cma_free(const struct km_supply *supply, const struct km_zone *zone, size_t at);

/* Free memory in blocks of HighAtomic. */
struct km_range km_supply_highatomic_free(const struct km_supply *supply, const struct km_alloc_rules *rules,
					  const struct km_zone *zone, size_t at);

#endif
