/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What changed in the page allocator between kernels, as far as it decides whether a request is served. Stable
 * releases got some of the changes late, so the answer depends on all three numbers of a release.
 */
#ifndef KM_MODEL_ALLOC_RULES_H
#define KM_MODEL_ALLOC_RULES_H

#include "base/field.h"

/* Each is yes, no, or unknown where the stable release is not known or the distributor changes mm/. */
struct km_alloc_rules {
	/* The watermark is checked once, for the free memory as a whole; before, for each order again. */
	enum km_tri one_watermark;
	/*
	 * __GFP_HIGH gives access to half of the min watermark, and 5/8 without direct reclaim. KM_TRI_NO:
	 * the rules of __GFP_ATOMIC, the flag that 6.3 removed.
	 */
	enum km_tri min_reserve;
	/* A request that cannot reclaim takes a HighAtomic block when nothing else is left, also of order 0. */
	enum km_tri highatomic_last;
	/* Blocks of HighAtomic are for requests with __GFP_HIGH; before, for all that cannot reclaim. */
	enum km_tri highatomic_high;
	/* The watermark check subtracts the free part of the highatomic reserve; before, all of it. */
	enum km_tri highatomic_free;
	/* A zone smaller than 100 pageblocks gets no highatomic reserve: 1 % is less than one. */
	enum km_tri highatomic_percent;
	/* An order-0 request ignores the watermark boost with __GFP_HIGH; before, with __GFP_ATOMIC. */
	enum km_tri boost_high;
};

/* release as KM_RELEASE(); sublevel: the third number, KM_UNKNOWN where it is not known. */
struct km_alloc_rules km_alloc_rules_of(uint64_t release, uint64_t sublevel);

/* Calls the function with each combination of the unknown rules, so that it sees no unknown rule. */
void km_alloc_rules_each(const struct km_alloc_rules *rules,
			 void (*what)(void *data, const struct km_alloc_rules *rules), void *data);

#endif
