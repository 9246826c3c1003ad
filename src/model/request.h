/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The properties of a request for pages, and the zones that it may use, as far as a kernel's report shows them. */
#ifndef KM_MODEL_REQUEST_H
#define KM_MODEL_REQUEST_H

#include "model/gfp-meaning.h"

/* Zones in the kernel's order. Those that a mask can select are as in enum km_gfp_zone. */
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
	bool known; /* the report has the flags; false: the members below mean nothing */
	struct km_alloc_rules rules; /* of the kernel */
	struct km_gfp_meaning facts;
	bool high_watermark;   /* the OOM killer's last attempt: uses the high watermark and no reserves */
	bool per_order;        /* up to 4.3 each order has its own watermark */
	bool refused;          /* it failed according to the kernel: the CPU's own list had no page for it */
	bool this_node;        /* __GFP_THISNODE: one node only */
	uint64_t node;         /* the first node to try; KM_UNKNOWN: unknown, as in a report */
	bool no_retry;         /* __GFP_NORETRY: reclaims and compacts once, with little effort */
	bool may_fail;         /* __GFP_RETRY_MAYFAIL: gives up before the OOM killer */
	bool no_fail;          /* __GFP_NOFAIL */
	bool hardwall;         /* __GFP_HARDWALL: the cpuset applies even if memory is short */
	struct km_str nodemask, mems_allowed; /* lists of nodes, "0,2-3"; .len 0: all */
	uint64_t order; /* KM_UNKNOWN: not reported, handled as order 0 */
	enum km_zone_rank zone; /* the highest zone of the flags, on a kernel with all zones */
	struct km_str names;    /* names of the flags if only the mask was printed, owned by the pool; .len 0: none */
};

/*
 * The request in a report. names are as %pGg prints them ("GFP_KERNEL|__GFP_ZERO"); .ptr NULL: only the mask
 * was printed. release may be unknown. mask KM_UNKNOWN: not reported.
 */
struct km_request km_request_of(struct km_pool *pool, struct km_str names, uint64_t mask,
				struct km_str release);

/*
 * The request of a mask, for a kernel with known flags and rules. It has one page, no lists of nodes, and an
 * unknown first node.
 */
struct km_request km_request_from(const struct km_gfp *gfp, const struct km_alloc_rules *rules, uint32_t mask);

/* The name of a zone: "DMA32". */
struct km_str km_zone_rank_name(enum km_zone_rank rank);

/* The zone with this name; KM_ZONE_RANKS if no kernel has it. */
enum km_zone_rank km_zone_rank_of(struct km_str name);

#endif
