/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside model/ only: the free blocks of a zone that a request may use, by their migrate types. */
#ifndef KM_MODEL_REQUEST_BLOCKS_H
#define KM_MODEL_REQUEST_BLOCKS_H

#include "model/request-zone.h"

/* A request, and the rules that apply to it. */
struct km_request_context {
	struct km_pool *pool;
	const struct km_supply *supply;
	const struct km_request *request;
	uint64_t order;
	unsigned int layout; /* bits by enum km_zone_rank; 0: not found */
	struct km_request_zones *zones;
};

/* A zone, and the position of its free lists in buddyinfo; SIZE_MAX: none. */
struct km_request_place {
	const struct km_zone *zone;
	size_t at;
};

/* Types of free blocks (KM_BLOCK_*) that the request may use for sure, and those that it may use perhaps. */
struct km_usable_types {
	unsigned int sure, maybe;
};

/* first: of the first attempt, which has no access to reserves. */
struct km_usable_types km_usable_types_of(const struct km_request_context *context, bool first);

/* The size of the largest block that the request may use, in bytes. */
struct km_range km_request_largest(const struct km_request_context *context, const struct km_request_place *place,
				   struct km_usable_types usable);

/* Whether a block of the request's order is free, if the largest one is this large. */
enum km_tri km_request_has_block(const struct km_request_context *context, const struct km_request_place *place,
				 struct km_range largest);

/*
 * Free memory that does not count for the request in the watermark check, in bytes. spares: whether the highatomic
 * reserve counts as free for it.
 */
struct km_range km_request_unusable(const struct km_request_context *context, const struct km_request_place *place,
				    enum km_tri spares);

/* Fills types and largest_by_type of the row from the free lists at that place. */
void km_request_list_types(const struct km_request_context *context, size_t at, struct km_request_zone *row);

#endif
