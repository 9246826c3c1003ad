/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recommends allocation calls for a request, with the cost on this machine and the reason. */
#ifndef KM_REPORT_ADVICE_H
#define KM_REPORT_ADVICE_H

#include "model/limits.h"
#include "base/field.h"

/* Required properties of the memory. KM_TRI_NO: not required. */
struct km_advice_request {
	uint64_t bytes;
	enum km_tri contiguous; /* physically */
	enum km_tri atomic;     /* requested in a context that may not sleep */
	enum km_tri dma;        /* a device reads or writes it */
	enum km_tri zeroed;
	enum km_tri user;       /* it will be mapped into a process */
};

struct km_advice {
	struct km_str call;
	const struct km_word *verdict;
	uint64_t granted_bytes;
	uint64_t waste_bytes;
	uint64_t order;
	uint64_t free_blocks;
	enum km_tri contiguous;
	enum km_tri zeroed;
	enum km_tri sleeps;
	struct km_str free_with;
	struct km_texts reasons;
	struct km_str why; /* empty; the caller adds the texts of the reasons */
	uint64_t limit_bytes;
};

extern const struct km_sheet_type km_advice_request_type;
extern const struct km_sheet_type km_advice_type;

enum km_advice_verdict {
	KM_ADVICE_CHOOSE,
	KM_ADVICE_WORKS,
	KM_ADVICE_AVOID,
	KM_ADVICE_UNFIT,
	KM_ADVICE_LEFT_OUT, /* the call is impossible */
};

/* The words of a verdict; ends with a NULL key. */
extern const struct km_word km_advice_verdicts[];

/* The input of advice; slabinfo may be NULL, buddy empty. */
struct km_advice_input {
	const struct km_limits *limits;
	const struct km_slabinfo *slabinfo;
	const struct km_sheet *buddy; /* km_buddy_type */
};

/* One row per call that may serve the request, best first, owned by the pool. At most the first is chosen. */
struct km_sheet km_advice_derive(struct km_pool *pool, const struct km_advice_request *request,
				 const struct km_advice_input *facts);

extern const struct km_vocabulary km_advice_vocabulary;

#endif
