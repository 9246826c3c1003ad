/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How the page allocator interprets a mask. */
#ifndef KM_MODEL_GFP_MEANING_H
#define KM_MODEL_GFP_MEANING_H

#include "model/gfp.h"

/* As the kernel orders them; the highest that a mask allows. */
enum km_gfp_zone {
	KM_GFP_ZONE_DMA,
	KM_GFP_ZONE_DMA32,
	KM_GFP_ZONE_NORMAL,
	KM_GFP_ZONE_HIGHMEM,
	KM_GFP_ZONE_MOVABLE,
	KM_GFP_ZONE_BAD, /* modifiers that contradict each other */
};

struct km_gfp_meaning {
	bool sleeps;  /* __GFP_DIRECT_RECLAIM: the caller itself may reclaim, and wait */
	bool io, fs;  /* may start I/O, may enter file systems, while it reclaims */
	bool kswapd;  /* wakes kswapd when the zone is below its low watermark */
	enum km_gfp_zone zone;
	bool movable, reclaimable; /* migrate type; both: no type at all */
	bool cma;     /* may be served from CMA areas */
	/*
	 * The part of the min watermark, in eighths, that a zone has to keep in the last resort: 8 is no use of the
	 * reserve, 0 is __GFP_MEMALLOC, which ignores watermarks. At most and at least, where the rules of the kernel
	 * are not known.
	 */
	unsigned int min_eighths, min_eighths_least;
	enum km_tri highatomic;        /* order above 0: may use the blocks reserved for such requests */
	enum km_tri highatomic_last;   /* ... when nothing else is left, and of order 0 as well */
	enum km_tri spares_highatomic; /* the highatomic reserve counts as free for it */
	enum km_tri unboosted; /* order 0: the watermark counts without its boost */
	enum km_tri any_task;  /* cpusets do not bind it */
};

/* What depends on the release follows these rules, as km_alloc_rules_of() has them. */
void km_gfp_meaning(const struct km_gfp *gfp, const struct km_alloc_rules *rules, uint32_t mask,
		    struct km_gfp_meaning *ret);

/* "DMA32"; "-" of a bad one: as the kernel's zone names. */
struct km_str km_gfp_zone_name(enum km_gfp_zone zone);

/*
 * The zone of a mask on one machine: Normal replaces a zone that is not configured. has: whether the machine
 * has a zone of that name. .ptr NULL for a bad one.
 */
struct km_str km_gfp_zone_here(enum km_gfp_zone zone, bool (*has)(const void *data, struct km_str name),
			       const void *data);

/* "Unmovable", ...; .ptr NULL for both bits at once. */
struct km_str km_gfp_type_name(const struct km_gfp_meaning *facts);

/* What is illegal, contradictory or without effect in a mask. */
enum km_gfp_fault {
	KM_GFP_DMA_HIGHMEM, /* two zone modifiers, as the next two */
	KM_GFP_DMA_DMA32,
	KM_GFP_DMA32_HIGHMEM,
	KM_GFP_TWO_TYPES, /* of pageblocks */
	KM_GFP_NOFAIL_NO_WAIT,
	KM_GFP_NOFAIL_NORETRY,
	KM_GFP_NOFAIL_MAYFAIL,
	KM_GFP_NORETRY_MAYFAIL,
	KM_GFP_MAYFAIL_NO_WAIT,
	KM_GFP_MEMALLOC_NOMEMALLOC,
	KM_GFP_ATOMIC_WAIT,
	KM_GFP_FAULTS
};

/* The faults of a mask in a kernel of that release: bits, 1 << enum km_gfp_fault. */
unsigned int km_gfp_faults(const struct km_gfp *gfp, uint64_t release, uint32_t mask);

#endif
