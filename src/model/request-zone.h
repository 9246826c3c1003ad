/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What each zone can give to a request: on the running machine, in a capture, or in the report that a kernel
 * printed when the request failed.
 */
#ifndef KM_MODEL_REQUEST_ZONE_H
#define KM_MODEL_REQUEST_ZONE_H

#include "model/request.h"
#include "model/supply.h"
#include "base/field.h"

/* Why a zone does or does not serve; positions in km_request_verdicts. */
enum km_verdict {
	KM_VERDICT_ABOVE_ZONE,
	KM_VERDICT_OTHER_NODE,
	KM_VERDICT_BELOW_WATERMARK,
	KM_VERDICT_NO_BLOCK,
	KM_VERDICT_ORDER_WATERMARK,
	KM_VERDICT_OPEN,
	KM_VERDICT_UNKNOWN,
	KM_VERDICT_WITHIN_RESERVE, /* the word of KM_VERDICT_BELOW_WATERMARK where the reserve decides; no reason */
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
	uint64_t unusable_least_bytes; /* no field: where the reserve is known it is unusable_bytes */
	int64_t above_low_bytes;
	int64_t above_min_bytes;
	enum km_tri at_once;
	uint64_t largest_bytes;
	uint64_t largest_least_bytes;
	struct km_str types;
	struct km_pairs largest_by_type;
	const struct km_word *state;
	uint64_t managed_bytes;
	enum km_verdict reason; /* no field: verdict as a number */
};

extern const struct km_sheet_type km_request_zone_type;

/* Ends with a word without key. */
extern const struct km_word km_request_verdicts[];

struct km_request_zones {
	struct km_request_zone *rows; /* of zones that have memory, in the supply's order */
	size_t len;
	size_t count[KM_VERDICTS];
	enum km_zone_rank highest;             /* of request and machine together */
	const struct km_request_zone *nearest; /* allowed, and closest to its watermark from below; NULL: none */
	const struct km_request_zone *fullest; /* allowed, farthest above its watermark, and without a block */
	/* Zones that could serve the request but are excluded by zone type or by node. NULL: none is shown. */
	const struct km_request_zone *better_zone, *better_node;
};

/* Everything is the pool's, texts are borrowed from supply and request. */
struct km_request_zones km_request_zones_of(struct km_pool *pool, const struct km_supply *supply,
					    const struct km_request *request);

/*
 * struct km_request_zone: those that may serve, node by node, on each from the highest zone down. nodes: of the
 * supply, in the order in which the kernel tries them; those that are not listed follow as the zones have them.
 */
struct km_rows km_request_fallback(struct km_pool *pool, const struct km_supply *supply,
				   const struct km_request_zones *zones);

extern const struct km_vocabulary km_request_verdict_vocabulary;

#endif
