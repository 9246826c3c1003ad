// SPDX-License-Identifier: GPL-2.0
#include <linux/cpumask.h>
#include <linux/gfp.h>
#include <linux/memory_hotplug.h>
#include <linux/mmzone.h>
#include <linux/nodemask.h>
#include "compat.h"
#include "zone.h"

unsigned long km_pcp_pages(struct zone *zone)
{
	unsigned long pages = 0;
	int cpu;

	for_each_online_cpu(cpu)
		pages += max(READ_ONCE(km_pcp(zone, cpu)->count), 0);
	return pages;
}

void km_zone_span(struct zone *zone, unsigned long *ret_start, unsigned long *ret_pages)
{
	unsigned int seq;

	do {
		seq = zone_span_seqbegin(zone);
		*ret_start = zone->zone_start_pfn;
		*ret_pages = zone->spanned_pages;
	} while (zone_span_seqretry(zone, seq));
}

/* gfp_zone() stops the machine (VM_BUG_ON) at contradictory flags; this function does not. */
int km_gfp_zone(gfp_t flags)
{
	unsigned int modifiers = (__force unsigned int)(flags & GFP_ZONEMASK);

	return (GFP_ZONE_BAD >> modifiers) & 1 ? -1 : (int)gfp_zone(flags);
}

/* The zone's free pages above its high watermark and above its reserve for requests like this. */
static u64 zone_room(struct zone *zone, int highest, bool movable)
{
	long free = zone_page_state(zone, NR_FREE_PAGES);

	if (!movable)
		free -= km_free_cma(zone);
	free -= high_wmark_pages(zone) + zone->lowmem_reserve[highest];
	return max(free, 0L);
}

u64 km_zones_room(gfp_t flags, int node)
{
	int highest = km_gfp_zone(flags), id, i;
	u64 room = 0;

	for_each_online_node(id) {
		if (node != NUMA_NO_NODE && id != node)
			continue;
		for (i = 0; i <= highest; i++) {
			struct zone *zone = &NODE_DATA(id)->node_zones[i];

			if (populated_zone(zone))
				room += zone_room(zone, highest, flags & __GFP_MOVABLE);
		}
	}
	return room;
}

struct zone *km_zone_next(struct zone *zone)
{
	int node = zone ? zone_to_nid(zone) : first_online_node;
	unsigned int i = zone ? zone_idx(zone) + 1 : 0;

	for (; node < MAX_NUMNODES; node = next_online_node(node), i = 0) {
		for (; i < MAX_NR_ZONES; i++) {
			zone = &NODE_DATA(node)->node_zones[i];
			if (READ_ONCE(zone->spanned_pages))
				return zone;
		}
	}
	return NULL;
}
