/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to model/: the free blocks of a zone that a request may use, by migrate type. */
#ifndef KM_MODEL_REQUEST_BLOCKS_H
#define KM_MODEL_REQUEST_BLOCKS_H

#include "model/request-zone.h"

/* A request, and the rules that apply to it. */
struct km_request_context {
	struct km_pool *pool;
	const struct km_supply *supply;
	const struct km_request *request;
	uint64_t order;
	unsigned int layout; /* bits by enum km_zone_rank; 0: unknown */
	struct km_request_zones *zones;
};

/* A zone, and the position of its free lists in buddyinfo; SIZE_MAX: none. */
struct km_request_place {
	const struct km_zone *zone;
	size_t at;
};

/*
 * Types of free blocks (KM_BLOCK_*): those that the request certainly may use, and those that it possibly may
 * use.
 */
struct km_usable_types {
	unsigned int sure, maybe;
};

/* The usable types. first: at the first attempt, which has no access to reserves. */
struct km_usable_types km_usable_types_of(const struct km_request_context *context, bool first);

/* The size of the largest block that the request may use, in bytes. */
struct km_range km_request_largest(const struct km_request_context *context, const struct km_request_place *place,
				   struct km_usable_types usable);

/* Whether a block of the request's order is free, given the size of the largest one. */
enum km_tri km_request_has_block(const struct km_request_context *context, const struct km_request_place *place,
				 struct km_range largest);

/*
 * The free memory that the watermark check does not count for the request, in bytes. spares: whether the
 * highatomic reserve counts as free for the request.
 */
struct km_range km_request_unusable(const struct km_request_context *context, const struct km_request_place *place,
				    enum km_tri spares);

/* Fills types and largest_by_type of the row from the free lists at this position. */
void km_request_list_types(const struct km_request_context *context, size_t at, struct km_request_zone *row);

#endif
