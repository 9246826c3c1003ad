/* SPDX-License-Identifier: GPL-2.0 */
/* Figures of one zone, and the zones that a request may use. */
#ifndef KMEMINFO_ZONE_H
#define KMEMINFO_ZONE_H

#include <linux/types.h>

struct zone;

/* The free pages in the per-CPU lists of all CPUs, as they were a moment ago. */
unsigned long km_pcp_pages(struct zone *zone);

/* The first page frame and the number of page frames of the span, both from one moment. */
void km_zone_span(struct zone *zone, unsigned long *ret_start, unsigned long *ret_pages);

/* The index of the highest zone that the flags allow; -1 for contradictory zone modifiers. */
int km_gfp_zone(gfp_t flags);

/*
 * The free pages above the high watermarks of all zones that a request may use. node is the only
 * allowed node, or NUMA_NO_NODE for all nodes. Free CMA pages count for movable requests only.
 */
u64 km_zones_room(gfp_t flags, int node);

/* The zone after this one (NULL: the first) that spans page frames; NULL after the last. */
struct zone *km_zone_next(struct zone *zone);

#define km_each_zone(zone) \
	for (zone = km_zone_next(NULL); zone; zone = km_zone_next(zone))

#endif
