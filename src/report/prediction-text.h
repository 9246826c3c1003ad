/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reason of a prediction as sentences, and words that such sentences share. */
#ifndef KM_REPORT_PREDICTION_TEXT_H
#define KM_REPORT_PREDICTION_TEXT_H

#include "model/prediction.h"

/* Why, with the figures of the zone that decides; .ptr NULL without a basis. Owned by the pool. */
struct km_str km_prediction_reason(struct km_pool *pool, const struct km_prediction *prediction);

/* "1.50 MiB", or "an unknown amount"; "node 0 DMA32", and "Node 0 DMA32" where a sentence begins. Owned by the pool. */
const char *km_text_size(struct km_pool *pool, uint64_t bytes);
const char *km_text_zone(struct km_pool *pool, const struct km_request_zone *zone);
const char *km_text_first_zone(struct km_pool *pool, const struct km_request_zone *zone);

/* How much of a zone without a block is above its watermark: "1.50 MiB", "at most 1.50 MiB". */
const char *km_text_excess(struct km_pool *pool, const struct km_request_zone *zone);

/* Two sentences; either may be empty. */
struct km_str km_sentences(struct km_pool *pool, struct km_str first, struct km_str second);

#endif
