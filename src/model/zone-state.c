// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/zone.h"

enum state { UNPOPULATED, UNMANAGED, ABOVE_HIGH, FINISHING, GAVE_UP, AWAKE, DIRECT_RECLAIM };

#define MARKS "/proc/zoneinfo (k6.12:mm/page_alloc.c __zone_watermark_ok, mm/vmscan.c pgdat_balanced)"

const struct km_word km_zone_states[] = {
	[UNPOPULATED] = {
		.key = "unpopulated", .tone = KM_TONE_FAINT,
		.brief = "the zone has no memory",
		.explain = "The node's memory is in other zones. The watermarks of such a zone "
			   "have no effect, even if the kernel prints 32 pages.",
		.origin = "/proc/zoneinfo present" },
	[UNMANAGED] = {
		.key = "unmanaged", .tone = KM_TONE_FAINT,
		.brief = "the zone has memory, but the page allocator manages none of it",
		.explain = "All of it was reserved at boot, or belongs to devices.",
		.origin = "/proc/zoneinfo present, managed" },
	[ABOVE_HIGH] = {
		.key = "above high", .tone = KM_TONE_GOOD,
		.brief = "free memory is plentiful: no reclaim for this zone",
		.explain = "The usable free memory exceeds the high watermark. If kswapd runs, it "
			   "treats its node as balanced and goes to sleep. One such zone is enough, if the request "
			   "that woke kswapd may use it.",
		.origin = MARKS },
	[FINISHING] = {
		.key = "kswapd is finishing", .tone = KM_TONE_NOTE,
		.brief = "between low and high: kswapd continues if it was woken, and is not "
			 "woken if it sleeps",
		.explain = "The usable free memory is above the low watermark and not above the "
			   "high one. Requests are satisfied at once. What kswapd does depends on "
			   "the past, which the file does not show.",
		.origin = MARKS },
	[GAVE_UP] = {
		.key = "kswapd gave up", .tone = KM_TONE_BAD,
		.brief = "not above high, and kswapd found nothing to reclaim on this node in 16 "
			 "attempts",
		.explain = "kswapd sleeps until memory is freed or reclaimed by others. Requests "
			   "that find no zone above its min watermark reclaim memory themselves.",
		.origin = "/proc/zoneinfo node_unreclaimable (k6.12:mm/vmscan.c MAX_RECLAIM_RETRIES)" },
	[AWAKE] = {
		.key = "kswapd is awake", .tone = KM_TONE_WARN,
		.brief = "between min and low: a request that no other zone can satisfy wakes "
			 "kswapd",
		.explain = "The usable free memory is not above the low watermark. A request "
			   "first looks for any allowed zone above its low watermark, also on "
			   "other nodes. If there is none, it wakes kswapd and may use memory "
			   "down to the min watermark. So a zone can stay here with kswapd asleep "
			   "while another zone satisfies the requests.",
		.origin = MARKS },
	[DIRECT_RECLAIM] = {
		.key = "direct reclaim", .tone = KM_TONE_BAD,
		.brief = "not above min: ordinary requests must reclaim memory themselves and "
			 "wait for it",
		.explain = "The rest is for requests that cannot wait (GFP_ATOMIC) and for "
			   "reclaim itself. A request that may sleep and that no other zone can "
			   "satisfy compacts and reclaims. If that finds nothing, the OOM killer runs.",
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

const struct km_word *km_zone_state_of(const struct km_zone *zone, bool kswapd_gave_up)
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

const struct km_vocabulary km_zone_state_vocabulary = {
	.name = "state",
	.brief = "what the watermarks of a zone make the page allocator do",
	.items = km_zone_states,
	.item_size = sizeof(*km_zone_states),
};
