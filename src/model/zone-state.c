// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/zone.h"

enum state { UNPOPULATED, UNMANAGED, ABOVE_HIGH, FINISHING, GAVE_UP, AWAKE, DIRECT_RECLAIM };

#define MARKS "/proc/zoneinfo (k6.12:mm/page_alloc.c __zone_watermark_ok, mm/vmscan.c pgdat_balanced)"

const struct km_topic km_zone_states[] = {
	[UNPOPULATED] = {
		.key = "unpopulated",
		.brief = "the zone has no memory",
		.explain = "The node's memory lies in other zones. The marks of such a zone constrain "
			   "nothing, even where the kernel prints 32 pages.",
		.origin = "/proc/zoneinfo present" },
	[UNMANAGED] = {
		.key = "unmanaged",
		.brief = "the zone has memory, and none of it is the page allocator's",
		.explain = "All of it was kept back at boot, or belongs to devices.",
		.origin = "/proc/zoneinfo present, managed" },
	[ABOVE_HIGH] = {
		.key = "above high",
		.brief = "free memory is plentiful: nothing is reclaimed for this zone's sake",
		.explain = "The usable free memory exceeds the high mark. kswapd, should it run, counts "
			   "its node as balanced and goes to sleep: one such zone, of those that the request "
			   "which woke it may use, is enough.",
		.origin = MARKS },
	[FINISHING] = {
		.key = "kswapd is finishing",
		.brief = "between low and high: kswapd goes on if it was woken, and is not woken if it sleeps",
		.explain = "The usable free memory is above the low mark and not above the high one. "
			   "Requests are served at once. Which of the two kswapd does depends on what came "
			   "before, which the file does not tell.",
		.origin = MARKS },
	[GAVE_UP] = {
		.key = "kswapd gave up",
		.brief = "not above high, and kswapd found nothing to reclaim on this node in 16 attempts",
		.explain = "kswapd sleeps until memory is freed or reclaimed by others. Requests that find no "
			   "zone above its min mark reclaim by themselves.",
		.origin = "/proc/zoneinfo node_unreclaimable (k6.12:mm/vmscan.c MAX_RECLAIM_RETRIES)" },
	[AWAKE] = {
		.key = "kswapd is awake",
		.brief = "between min and low: a request that no other zone can serve wakes kswapd",
		.explain = "The usable free memory is not above the low mark. A request first looks for any "
			   "zone that it may use, other nodes' too, above its low mark; when there is none it "
			   "wakes kswapd and is served down to the min mark. So a zone can rest here with "
			   "kswapd asleep, as long as another one takes the requests.",
		.origin = MARKS },
	[DIRECT_RECLAIM] = {
		.key = "direct reclaim",
		.brief = "not above min: ordinary requests must reclaim memory themselves, and wait for it",
		.explain = "What is left is for those who cannot wait (GFP_ATOMIC) and for reclaim itself. A "
			   "request that may sleep, and that no other zone can serve, compacts and reclaims "
			   "before it is served, or the OOM killer runs.",
		.origin = MARKS },
	{ 0 }
};

static enum state compare_watermarks(const struct km_zone *zone, bool kswapd_gave_up)
{
	if (zone->usable_bytes > zone->high_bytes)
		return ABOVE_HIGH;
	if (zone->usable_bytes <= zone->min_bytes)
		return DIRECT_RECLAIM;
	if (kswapd_gave_up)
		return GAVE_UP;
	return zone->usable_bytes > zone->low_bytes ? FINISHING : AWAKE;
}

const struct km_topic *km_zone_state_of(const struct km_zone *zone, bool kswapd_gave_up)
{
	if (!zone->present_bytes)
		return &km_zone_states[UNPOPULATED];
	if (!zone->managed_bytes)
		return &km_zone_states[UNMANAGED];
	if (zone->usable_bytes == KM_UNKNOWN || zone->min_bytes == KM_UNKNOWN ||
	    zone->low_bytes == KM_UNKNOWN || zone->high_bytes == KM_UNKNOWN)
		return NULL;
	return &km_zone_states[compare_watermarks(zone, kswapd_gave_up)];
}
