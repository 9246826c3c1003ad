/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How the page allocator interprets a mask. */
#ifndef KM_MODEL_GFP_MEANING_H
#define KM_MODEL_GFP_MEANING_H

#include "model/gfp.h"

/* The zones in the kernel's order: the highest zone that a mask allows. */
enum km_gfp_zone {
	KM_GFP_ZONE_DMA,
	KM_GFP_ZONE_DMA32,
	KM_GFP_ZONE_NORMAL,
	KM_GFP_ZONE_HIGHMEM,
	KM_GFP_ZONE_MOVABLE,
	KM_GFP_ZONE_BAD, /* modifiers that contradict each other */
};

struct km_gfp_meaning {
	bool sleeps;  /* __GFP_DIRECT_RECLAIM: the caller may reclaim by itself, and wait */
	bool io, fs;  /* may start I/O and enter file systems during reclaim */
	bool kswapd;  /* wakes kswapd if the zone is below its low watermark */
	enum km_gfp_zone zone;
	bool movable, reclaimable; /* migrate type; both: contradictory */
	bool cma;     /* may use CMA areas */
	/*
	 * The eighths of the min watermark that a zone must keep at the last attempt. 8: no access to the
	 * reserve. 0: __GFP_MEMALLOC, which ignores watermarks. If the kernel's rules are unknown, these are
	 * the largest and the smallest value.
	 */
	unsigned int min_eighths, min_eighths_least;
	enum km_tri highatomic;        /* order above 0: may use the blocks reserved for such requests */
	enum km_tri highatomic_last;   /* ... if nothing else is free, even for order 0 */
	enum km_tri spares_highatomic; /* the highatomic reserve counts as free for this request */
	enum km_tri unboosted; /* order 0: the watermark counts without its boost */
	enum km_tri any_task;  /* cpusets do not limit it */
};

/* Interprets a mask. rules, from km_alloc_rules_of(), decide what depends on the release. */
void km_gfp_meaning(const struct km_gfp *gfp, const struct km_alloc_rules *rules, uint32_t mask,
		    struct km_gfp_meaning *ret);

/* The kernel's name of a zone: "DMA32"; "-" for KM_GFP_ZONE_BAD. */
struct km_str km_gfp_zone_name(enum km_gfp_zone zone);

/*
 * The zone of a mask on one machine. Normal replaces a zone that is not configured. has tells whether the
 * machine has a zone with this name. .ptr NULL for KM_GFP_ZONE_BAD.
 */
struct km_str km_gfp_zone_here(enum km_gfp_zone zone, bool (*has)(const void *data, struct km_str name),
			       const void *data);

/* "Unmovable", ...; .ptr NULL if both bits are set. */
struct km_str km_gfp_type_name(const struct km_gfp_meaning *facts);

/* Flags in a mask that are illegal, contradictory or without effect. */
enum km_gfp_fault {
	KM_GFP_DMA_HIGHMEM, /* two zone modifiers, like the next two */
	KM_GFP_DMA_DMA32,
	KM_GFP_DMA32_HIGHMEM,
	KM_GFP_TWO_TYPES, /* two migrate types */
	KM_GFP_NOFAIL_NO_WAIT,
	KM_GFP_NOFAIL_NORETRY,
	KM_GFP_NOFAIL_MAYFAIL,
	KM_GFP_NORETRY_MAYFAIL,
	KM_GFP_MAYFAIL_NO_WAIT,
	KM_GFP_MEMALLOC_NOMEMALLOC,
	KM_GFP_ATOMIC_WAIT,
	KM_GFP_FAULTS
};

/* The faults of a mask in a kernel of this release: bits 1 << enum km_gfp_fault. */
unsigned int km_gfp_faults(const struct km_gfp *gfp, uint64_t release, uint32_t mask);

#endif
