/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a request would be served as a machine stands, and the sentences that say why not. */
#ifndef KM_MODEL_PREDICTION_H
#define KM_MODEL_PREDICTION_H

#include "model/request-zone.h"

struct km_prediction {
	struct km_str key;    /* a word of km_prediction_topics */
	struct km_str reason; /* sentences with the figures */
};

/* Ends with a topic without key. */
extern const struct km_topic km_prediction_topics[];

/* What is to be expected of a request that was weighed. Owned by the pool. */
struct km_prediction km_prediction_of(struct km_pool *pool, const struct km_supply *supply,
				const struct km_request *request, const struct km_request_zones *zones);

/* Why no zone has enough: the nearest to it, as arithmetic. */
struct km_str km_prediction_shortage(struct km_pool *pool, const struct km_request_zones *zones);

/* Why no zone that has enough has it in one piece of that size. */
struct km_str km_prediction_fragmentation(struct km_pool *pool, const struct km_request_zones *zones,
				       uint64_t bytes);

/* "node 0 DMA32", "1.50 MiB": words of such sentences. */
struct km_str km_prediction_place(struct km_pool *pool, const struct km_request_zone *zone);
const char *km_prediction_size(struct km_pool *pool, uint64_t bytes);

#endif
