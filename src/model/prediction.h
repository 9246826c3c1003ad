/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Predicts whether a request would be served, and finds the zone that decides. Everything that says something
 * about a request calls this one function: predict, gfp, probe, the cause of a failure in a log, and findings.
 */
#ifndef KM_MODEL_PREDICTION_H
#define KM_MODEL_PREDICTION_H

#include "model/request-zone.h"

/* From the best to the worst. The values are positions in km_prediction_words. */
enum km_prediction_verdict {
	KM_PREDICTION_AT_ONCE,
	KM_PREDICTION_BELOW_LOW,
	KM_PREDICTION_RESERVES,
	KM_PREDICTION_SERVED,
	KM_PREDICTION_RECLAIM,
	KM_PREDICTION_COMPACTION,
	KM_PREDICTION_REFUSED,
	KM_PREDICTION_NO_ZONE,
	KM_PREDICTION_TOO_LARGE,
	KM_PREDICTION_CGROUP_RECLAIM,
	KM_PREDICTION_CGROUP_REFUSED,
	KM_PREDICTION_UNKNOWN,
	KM_PREDICTIONS
};

/* The basis of a prediction. */
enum km_prediction_basis {
	KM_PREDICTION_NO_BASIS,
	KM_PREDICTION_ABOVE_LOW,     /* the zone has memory above its low watermark */
	KM_PREDICTION_ABOVE_MIN,     /* above the part of the min watermark that the request must keep */
	KM_PREDICTION_SHORTAGE,      /* no zone has enough; this one is closest */
	KM_PREDICTION_FRAGMENTATION, /* this zone has the most memory, but no block of that size */
	KM_PREDICTION_UNSURE,        /* no zone certainly serves, but this one may */
	KM_PREDICTION_NOWHERE,       /* the only node that the request may use has no zone for it */
};

struct km_prediction {
	enum km_prediction_verdict verdict;
	/* Whether the request is served. Unknown if it depends on reclaim, or on an unknown figure. */
	enum km_tri answer;
	/* Node and zone that serve the request; .ptr NULL: none, or unknown. */
	uint64_t node;
	struct km_str zone;
	const struct km_word *word; /* the word of the verdict */
	enum km_prediction_basis basis;
	const struct km_request_zone *decides; /* the zone of the basis; NULL if there is none */
	const struct km_request_zone *instead; /* the zone that may serve in its place; NULL: none */
	uint64_t request_bytes;                /* contiguous; one page without an order */
	bool high_watermark;                   /* the request is the OOM killer's last attempt */
	struct km_request_zones zones;         /* all zones with memory: what each can give to this request */
	struct km_rows fallback;               /* struct km_request_zone: those that it may use, in the order of the kernel */
};

/* Ends with a NULL key. */
extern const struct km_word km_prediction_words[];

/* The prediction for a request. The pool owns it; its texts are borrowed from supply and request. */
struct km_prediction km_prediction_of(struct km_pool *pool, const struct km_supply *supply,
				const struct km_request *request);

extern const struct km_vocabulary km_prediction_vocabulary;

#endif
