/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a request would be served as a machine stands, and the sentences that say why not. */
#ifndef KM_MODEL_PREDICTION_H
#define KM_MODEL_PREDICTION_H

#include "model/request-zone.h"

/* From the best to the worst; positions in km_prediction_words. */
enum km_prediction_verdict {
	KM_PREDICTION_AT_ONCE,
	KM_PREDICTION_BELOW_LOW,
	KM_PREDICTION_RESERVES,
	KM_PREDICTION_RECLAIM,
	KM_PREDICTION_COMPACTION,
	KM_PREDICTION_REFUSED,
	KM_PREDICTION_TOO_LARGE,
	KM_PREDICTION_UNKNOWN,
	KM_PREDICTIONS
};

struct km_prediction {
	enum km_prediction_verdict verdict;
	/* Whether it is served. Unknown where it depends on reclaim, or on what is not known. */
	enum km_tri answer;
	/* Node and zone that serve; .ptr NULL: none, or it is not known which. */
	uint64_t node;
	struct km_str zone;
	const struct km_word *word; /* of the verdict */
	struct km_str reason; /* sentences with the figures */
};

/* Ends with a topic without key. */
extern const struct km_word km_prediction_words[];

/* The prediction for a request, from its zones. Owned by the pool. */
struct km_prediction km_prediction_of(struct km_pool *pool, const struct km_supply *supply,
				const struct km_request *request, const struct km_request_zones *zones);

/* Why no zone has enough: the nearest to it, as arithmetic. */
struct km_str km_prediction_shortage(struct km_pool *pool, const struct km_request_zones *zones);

/* Why no zone with enough memory has a contiguous block of that size. */
struct km_str km_prediction_fragmentation(struct km_pool *pool, const struct km_request_zones *zones,
				       uint64_t bytes);

/* "node 0 DMA32", "1.50 MiB": words of such sentences. */
struct km_str km_prediction_place(struct km_pool *pool, const struct km_request_zone *zone);
const char *km_prediction_size(struct km_pool *pool, uint64_t bytes);

extern const struct km_vocabulary km_prediction_vocabulary;

#endif
