/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Changes in the page allocator between kernels that decide whether it serves a request. Stable releases got
 * some of them later, so the answer depends on all three numbers of a release.
 */
#ifndef KM_MODEL_ALLOC_RULES_H
#define KM_MODEL_ALLOC_RULES_H

#include "base/field.h"

/*
 * Each rule holds, does not hold, or is unknown: if the stable release is unknown, or the distributor changes
 * mm/.
 */
struct km_alloc_rules {
	/*
	 * The watermark is checked once, for the free memory as a whole. Before, it was checked again for
	 * each order.
	 */
	enum km_tri one_watermark;
	/*
	 * __GFP_HIGH gives access to half of the min watermark, and 5/8 without direct reclaim. KM_TRI_NO:
	 * the rules of __GFP_ATOMIC, which 6.3 removed.
	 */
	enum km_tri min_reserve;
	/* A request that cannot reclaim gets a HighAtomic block when nothing else is free, even for order 0. */
	enum km_tri highatomic_last;
	/*
	 * HighAtomic blocks are for requests with __GFP_HIGH. Before, they were for all requests that cannot
	 * reclaim.
	 */
	enum km_tri highatomic_high;
	/*
	 * The watermark check subtracts the free part of the highatomic reserve. Before, it subtracted the
	 * whole reserve.
	 */
	enum km_tri highatomic_free;
	/* A zone below 100 pageblocks gets no highatomic reserve, because 1 % is less than one pageblock. */
	enum km_tri highatomic_percent;
	/* An order-0 request with __GFP_HIGH ignores the watermark boost. Before, one with __GFP_ATOMIC did. */
	enum km_tri boost_high;
};

/* The rules of a release. release is KM_RELEASE(); sublevel is the third number, KM_UNKNOWN if unknown. */
struct km_alloc_rules km_alloc_rules_of(uint64_t release, uint64_t sublevel);

/* Calls the function with each combination of the unknown rules, so that it never sees an unknown one. */
void km_alloc_rules_each(const struct km_alloc_rules *rules,
			 void (*what)(void *data, const struct km_alloc_rules *rules), void *data);

#endif
