/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The memory that each zone can provide for a request: on the running machine, in a capture, or in the
 * kernel's report about the failed request.
 */
#ifndef KM_MODEL_REQUEST_ZONE_H
#define KM_MODEL_REQUEST_ZONE_H

#include "model/request.h"
#include "model/supply.h"
#include "base/field.h"

/* Why a zone does or does not serve. The values are positions in km_request_verdicts. */
enum km_verdict {
	KM_VERDICT_ABOVE_ZONE,
	KM_VERDICT_OTHER_NODE,
	KM_VERDICT_BELOW_WATERMARK,
	KM_VERDICT_NO_BLOCK,
	KM_VERDICT_ORDER_WATERMARK,
	KM_VERDICT_OPEN,
	KM_VERDICT_UNKNOWN,
	KM_VERDICT_WITHIN_RESERVE, /* the word for KM_VERDICT_BELOW_WATERMARK if the reserve decides; not a reason */
	KM_VERDICTS
};

struct km_request_zone {
	uint64_t node;
	struct km_str zone;
	const struct km_word *verdict;
	uint64_t free_bytes;
	uint64_t unusable_bytes;
	uint64_t watermark_bytes;
	uint64_t lowmem_reserve_bytes;
	int64_t available_bytes;
	int64_t available_most_bytes;
	uint64_t unusable_least_bytes; /* not a field: unusable_bytes if the reserve is known */
	int64_t above_low_bytes;
	int64_t above_min_bytes;
	int64_t above_min_most_bytes; /* not a field: above_min_bytes if the reserve is known */
	enum km_tri at_once;
	uint64_t largest_bytes;
	uint64_t largest_least_bytes;
	struct km_str types;
	struct km_pairs largest_by_type;
	const struct km_word *state;
	uint64_t managed_bytes;
	enum km_verdict reason; /* not a field: the verdict as a number */
};

extern const struct km_sheet_type km_request_zone_type;

/* Ends with a NULL key. */
extern const struct km_word km_request_verdicts[];

struct km_request_zones {
	struct km_request_zone *rows; /* zones with memory, in the supply's order */
	size_t len;
	size_t count[KM_VERDICTS];
	enum km_zone_rank highest;             /* limited by the request and by the machine */
	const struct km_request_zone *nearest; /* the allowed zone that is closest below its watermark; NULL: none */
	const struct km_request_zone *fullest; /* the allowed zone farthest above its watermark that lacks a block */
	/* Zones that could serve the request but are excluded by zone type or node. NULL: the files show none. */
	const struct km_request_zone *better_zone, *better_node;
};

/* The zones of a request. The pool owns everything; texts are borrowed from supply and request. */
struct km_request_zones km_request_zones_of(struct km_pool *pool, const struct km_supply *supply,
					    const struct km_request *request);

/*
 * The zones that may serve, as struct km_request_zone: node by node, each from its highest zone down. nodes
 * are the supply's, in the kernel's order; unlisted nodes follow in the order of the zones.
 */
struct km_rows km_request_fallback(struct km_pool *pool, const struct km_supply *supply,
				   const struct km_request_zones *zones);

extern const struct km_vocabulary km_request_verdict_vocabulary;

#endif
