/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a request for pages may do and which zones it may use, as far as a kernel's report shows. */
#ifndef KM_MODEL_REQUEST_H
#define KM_MODEL_REQUEST_H

#include "model/gfp-meaning.h"

/* Zones in the kernel's order; of those that a mask can name, as enum km_gfp_zone. */
enum km_zone_rank {
	KM_ZONE_DMA = KM_GFP_ZONE_DMA,
	KM_ZONE_DMA32 = KM_GFP_ZONE_DMA32,
	KM_ZONE_NORMAL = KM_GFP_ZONE_NORMAL,
	KM_ZONE_HIGHMEM = KM_GFP_ZONE_HIGHMEM,
	KM_ZONE_MOVABLE = KM_GFP_ZONE_MOVABLE,
	KM_ZONE_DEVICE,
	KM_ZONE_RANKS
};

struct km_request {
	bool known; /* the report has the flags; false: nothing below holds */
	struct km_alloc_rules rules; /* of the kernel */
	struct km_gfp_meaning facts;
	bool high_watermark;   /* the OOM killer's last attempt: the high watermark, and no reserves */
	bool per_order;        /* up to 4.3 each order has a watermark of its own */
	bool refused;          /* the kernel reports that it failed: the CPU's own list of pages had none for it */
	bool this_node;        /* __GFP_THISNODE: one node */
	uint64_t node;         /* the first that is tried; KM_UNKNOWN: not known, as in a report */
	bool no_retry;         /* __GFP_NORETRY: reclaims and compacts once, with little effort */
	bool may_fail;         /* __GFP_RETRY_MAYFAIL: gives up before the OOM killer */
	bool no_fail;          /* __GFP_NOFAIL */
	bool hardwall;         /* __GFP_HARDWALL: the cpuset holds also when memory is short */
	struct km_str nodemask, mems_allowed; /* lists of nodes, "0,2-3"; .len 0: all */
	uint64_t order; /* KM_UNKNOWN: not reported, treated as one page */
	enum km_zone_rank zone; /* the highest that the flags allow, on a kernel that has all zones */
	struct km_str names;    /* of the flags, if only the mask was printed: owned by the pool; .len 0: none */
};

/*
 * names as %pGg prints them ("GFP_KERNEL|__GFP_ZERO"), .ptr NULL: only the mask was printed. release: of the
 * report; may be unknown. mask KM_UNKNOWN: not reported.
 */
struct km_request km_request_of(struct km_pool *pool, struct km_str names, uint64_t mask,
				struct km_str release);

/*
 * The same of a mask of a kernel whose flags and rules are known; of one page, without lists of nodes, and from no
 * known node.
 */
struct km_request km_request_from(const struct km_gfp *gfp, const struct km_alloc_rules *rules, uint32_t mask);

/* "DMA32" */
struct km_str km_zone_rank_name(enum km_zone_rank rank);

/* KM_ZONE_RANKS of a name that no kernel has. */
enum km_zone_rank km_zone_rank_of(struct km_str name);

#endif
