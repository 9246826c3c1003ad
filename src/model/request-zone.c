// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Repeats the page allocator's test with the figures of a machine or of a report (k5.10, k6.1, k6.12,
 * k7.2:mm/page_alloc.c __zone_watermark_ok, __zone_watermark_unusable_free, gfp_to_alloc_flags):
 *
 *   free - unusable > watermark + lowmem reserve, and there is a large enough block that it may use
 *
 * unusable: free CMA unless the pages are movable, the highatomic reserve unless the request may
 *   use it, and the request's own size minus one page.
 * watermark: first low, without any reserve; then min, which __GFP_HIGH and similar flags lower.
 *
 * An inexact figure is a range. A zone certainly serves if it does so in the worst case. It certainly does
 * not serve if it does not even in the best case.
 */
#include "model/request-zone.h"
#include "model/request-blocks.h"
#include "model/zone-layout.h"

static const struct km_zone *zone_at(const struct km_supply *supply, size_t at)
{
	return km_sheet_row(&supply->zones, at);
}

/* Whether a list such as "0,2-3" contains the node. */
static bool list_has(struct km_str list, uint64_t node)
{
	uint64_t first, last;

	while (km_str_take_u64(&list, &first)) {
		last = first;
		if (km_str_take_prefix(&list, KM_STR("-")) && !km_str_take_u64(&list, &last))
			return true;
		if (node >= first && node <= last)
			return true;
		if (!km_str_take_prefix(&list, KM_STR(",")))
			break;
	}
	return false;
}

static bool node_allowed(const struct km_request *request, uint64_t node)
{
	if (request->this_node && request->node != KM_UNKNOWN && request->node != node)
		return false;
	if (request->nodemask.len && !list_has(request->nodemask, node))
		return false;
	return !request->hardwall || request->facts.any_task == KM_TRI_YES || !request->mems_allowed.len ||
	       list_has(request->mems_allowed, node);
}

/*
 * A fraction of the min watermark. The kernel computes in whole pages; if the page size is unknown, this
 * function computes in bytes.
 */
static uint64_t part_of(const struct km_request_context *context, uint64_t bytes, unsigned int eighths)
{
	const uint64_t unit = context->supply->page_bytes == KM_UNKNOWN ? 1 : context->supply->page_bytes;
	uint64_t pages = bytes / unit;

	if (!eighths)
		return 0;
	if (bytes == KM_UNKNOWN)
		return bytes;
	if (eighths <= 4)
		pages -= pages / 2;
	if (eighths == 6 || eighths == 3)
		pages -= pages / 4;
	return km_num_mul(pages, unit);
}

/*
 * The bounds of the min watermark without its boost. If the kernel does not print the boost, the distance to
 * the low watermark shows it: it is at least a quarter (k5.10:mm/page_alloc.c __setup_per_zone_wmarks).
 */
static struct km_range unboosted_of(const struct km_request_context *context, const struct km_zone *zone)
{
	const uint64_t exact = km_num_sub(zone->min_bytes, km_num_or(zone->boost_bytes, 0));
	const uint64_t page = km_num_or(context->supply->page_bytes, 1);
	const uint64_t distance = km_num_sub(zone->low_bytes, zone->min_bytes);
	const uint64_t most = km_num_add(km_num_mul(distance, 4), 3 * page);

	if (zone->boost_bytes != KM_UNKNOWN || most == KM_UNKNOWN || zone->min_bytes <= most)
		return (struct km_range){ exact, exact };
	/* with vm.watermark_scale_factor, by default 10, the distance exceeds a quarter */
	return (struct km_range){ zone->managed_bytes / 1000 < distance ? 4 * distance : 0, most };
}

/* The bounds of the min watermark. For one page it may count without its boost. */
static struct km_range watermark_of(const struct km_request_context *context, const struct km_zone *zone)
{
	const struct km_gfp_meaning *facts = &context->request->facts;
	const struct km_range whole = { zone->min_bytes, zone->min_bytes };
	const struct km_range unboosted = context->order ? whole : unboosted_of(context, zone);

	/* k6.12:mm/page_alloc.c __alloc_pages_may_oom */
	if (context->request->high_watermark)
		return (struct km_range){ zone->high_bytes, zone->high_bytes };
	return (struct km_range){
		part_of(context, facts->unboosted == KM_TRI_NO ? zone->min_bytes : unboosted.least,
			facts->min_eighths_least),
		part_of(context, facts->unboosted == KM_TRI_YES ? unboosted.most : zone->min_bytes,
			facts->min_eighths),
	};
}

static uint64_t lowmem_reserve_of(const struct km_request_context *context, const struct km_zone *zone)
{
	unsigned int below = context->layout & ((1u << context->zones->highest) - 1);
	size_t at = (size_t)__builtin_popcount(below);

	if (!context->request->facts.min_eighths)
		return 0;
	return context->layout && at < zone->lowmem_reserve_bytes.len ? zone->lowmem_reserve_bytes.items[at] :
									 KM_UNKNOWN;
}

static enum km_tri is_positive(int64_t least, int64_t most)
{
	if (least != KM_UNKNOWN_DELTA && least > 0)
		return KM_TRI_YES;
	return most != KM_UNKNOWN_DELTA && most <= 0 ? KM_TRI_NO : KM_TRI_UNKNOWN;
}

static enum km_tri both(enum km_tri a, enum km_tri b)
{
	if (a == KM_TRI_NO || b == KM_TRI_NO)
		return KM_TRI_NO;
	return a == KM_TRI_YES && b == KM_TRI_YES ? KM_TRI_YES : KM_TRI_UNKNOWN;
}

static int64_t left_of(const struct km_zone *zone, uint64_t unusable, uint64_t watermark, uint64_t reserve)
{
	return km_num_delta(zone->free_bytes, km_num_add(unusable, km_num_add(watermark, reserve)));
}

/*
 * The check up to 4.3. For each order below the request's, it subtracts the free blocks of that order and
 * halves the watermark (k4.3:mm/page_alloc.c __zone_watermark_ok).
 */
static bool passes_orders(const struct km_request_context *context, const struct km_request_place *place, uint64_t watermark_bytes)
{
	const uint64_t page = context->supply->page_bytes;
	const struct km_buddyinfo_zone *zone;
	uint64_t watermark;
	int64_t free;

	if (!context->request->per_order || place->at == SIZE_MAX || !page || page == KM_UNKNOWN ||
	    watermark_bytes == KM_UNKNOWN || place->zone->free_bytes == KM_UNKNOWN)
		return true;
	zone = &context->supply->buddyinfo->zones.items[place->at];
	watermark = watermark_bytes / page;
	free = (int64_t)(place->zone->free_bytes / page) - (int64_t)((1ull << context->order) - 1);
	for (size_t order = 0; order < context->order && order < zone->orders; order++) {
		free -= (int64_t)(zone->nr_free[order] << order);
		watermark >>= 1;
		if (free <= (int64_t)watermark)
			return false;
	}
	return true;
}

/* The first attempt: above the low watermark, without access to reserves. */
static void try_low(const struct km_request_context *context, const struct km_request_place *place, struct km_request_zone *row)
{
	const struct km_range unusable = km_request_unusable(context, place, KM_TRI_NO);
	const struct km_range largest = km_request_largest(context, place, km_usable_types_of(context, true));

	row->above_low_bytes = left_of(place->zone, unusable.most, place->zone->low_bytes, row->lowmem_reserve_bytes);
	row->above_min_bytes = left_of(place->zone, unusable.most, place->zone->min_bytes, row->lowmem_reserve_bytes);
	row->above_min_most_bytes = left_of(place->zone, unusable.least, place->zone->min_bytes, row->lowmem_reserve_bytes);
	if (!passes_orders(context, place, place->zone->low_bytes)) {
		row->at_once = KM_TRI_NO;
		return;
	}
	row->at_once = both(is_positive(row->above_low_bytes,
					left_of(place->zone, unusable.least, place->zone->low_bytes,
						row->lowmem_reserve_bytes)),
			    km_request_has_block(context, place, largest));
}

/* The last attempt before reclaim: the zone must keep a part of the min watermark. */
static enum km_verdict try_min(const struct km_request_context *context, const struct km_request_place *place, struct km_request_zone *row)
{
	const struct km_range unusable = km_request_unusable(context, place, context->request->high_watermark ? KM_TRI_NO :
						     context->request->facts.spares_highatomic);
	const struct km_range watermark = watermark_of(context, place->zone);
	const struct km_range largest = km_request_largest(context, place, km_usable_types_of(context, false));
	enum km_tri enough, block = km_request_has_block(context, place, largest);

	row->unusable_bytes = unusable.most;
	row->unusable_least_bytes = unusable.least;
	row->watermark_bytes = watermark.most;
	row->available_bytes = left_of(place->zone, unusable.most, watermark.most, row->lowmem_reserve_bytes);
	row->available_most_bytes = left_of(place->zone, unusable.least, watermark.least, row->lowmem_reserve_bytes);
	row->largest_bytes = largest.most;
	row->largest_least_bytes = place->at == SIZE_MAX ? KM_UNKNOWN : largest.least;
	enough = is_positive(row->available_bytes, row->available_most_bytes);
	if (enough == KM_TRI_NO)
		return KM_VERDICT_BELOW_WATERMARK;
	if (block == KM_TRI_NO && enough == KM_TRI_YES)
		return KM_VERDICT_NO_BLOCK;
	/* the zone does not serve the request, for one reason or the other */
	if (block == KM_TRI_NO && row->available_most_bytes != KM_UNKNOWN_DELTA)
		return KM_VERDICT_NO_BLOCK;
	if (row->available_most_bytes != KM_UNKNOWN_DELTA && !passes_orders(context, place, watermark.most))
		return KM_VERDICT_ORDER_WATERMARK;
	return both(enough, block) == KM_TRI_YES ? KM_VERDICT_OPEN : KM_VERDICT_UNKNOWN;
}

/* How far a zone exceeds its watermark: at most so far if the least is unknown. */
static int64_t excess_of(const struct km_request_zone *row)
{
	return row->available_bytes != KM_UNKNOWN_DELTA ? row->available_bytes : row->available_most_bytes;
}

/* Remembers the zones that decide the cause of an event, or a prediction. */
static void remember(struct km_request_zones *zones, enum km_verdict verdict,
		     const struct km_request_zone *row)
{
	if (verdict == KM_VERDICT_BELOW_WATERMARK &&
	    (!zones->nearest || excess_of(row) > excess_of(zones->nearest)))
		zones->nearest = row;
	if ((verdict == KM_VERDICT_NO_BLOCK || verdict == KM_VERDICT_ORDER_WATERMARK) &&
	    (!zones->fullest || excess_of(row) > excess_of(zones->fullest)))
		zones->fullest = row;
}

/* A zone above the watermark whose lowmem reserve refuses the request gets another word than one below it. */
static enum km_verdict word_of(const struct km_request_zone *row)
{
	if (row->reason != KM_VERDICT_BELOW_WATERMARK || row->lowmem_reserve_bytes == KM_UNKNOWN ||
	    row->available_bytes == KM_UNKNOWN_DELTA)
		return row->reason;
	return row->available_bytes + (int64_t)row->lowmem_reserve_bytes > 0 ? KM_VERDICT_WITHIN_RESERVE : row->reason;
}

static enum km_verdict judge(const struct km_request_context *context, enum km_verdict verdict, const struct km_request_zone *row)
{
	struct km_request_zones *zones = context->zones;
	bool open = verdict == KM_VERDICT_OPEN;

	if (!node_allowed(context->request, row->node)) {
		zones->better_node = open ? row : zones->better_node;
		return KM_VERDICT_OTHER_NODE;
	}
	if (km_zone_rank_of(row->zone) > zones->highest) {
		zones->better_zone = open ? row : zones->better_zone;
		return KM_VERDICT_ABOVE_ZONE;
	}
	remember(zones, verdict, row);
	return verdict;
}

static void derive_zone(const struct km_request_context *context, size_t at, struct km_request_zone *row)
{
	const struct km_zone *zone = zone_at(context->supply, at);
	const struct km_request_place place = { zone, km_supply_find(context->supply, zone->node, zone->zone, at) };

	km_row_init(&km_request_zone_type, row);
	row->node = zone->node;
	row->zone = zone->zone;
	row->state = zone->state;
	row->managed_bytes = zone->managed_bytes;
	row->free_bytes = zone->free_bytes;
	row->reason = KM_VERDICT_UNKNOWN;
	km_request_list_types(context, place.at, row);
	if (context->request->known) {
		row->lowmem_reserve_bytes = lowmem_reserve_of(context, zone);
		try_low(context, &place, row);
		row->reason = judge(context, try_min(context, &place, row), row);
	}
	context->zones->count[row->reason]++;
	row->verdict = &km_request_verdicts[word_of(row)];
}

struct km_request_zones km_request_zones_of(struct km_pool *pool, const struct km_supply *supply,
					    const struct km_request *request)
{
	struct km_request_zones zones = { 0 };
	struct km_request_context context = {
		.pool = pool, .supply = supply, .request = request, .zones = &zones,
		.order = request->order < 32 ? request->order : 0,
		.layout = km_zone_layout(&supply->zones),
	};

	zones.rows = km_pool_alloc(pool, supply->zones.len, sizeof(*zones.rows));
	zones.highest = km_zone_layout_highest(&supply->zones, context.layout, request->zone);
	for (size_t i = 0; i < supply->zones.len; i++)
		if (zone_at(supply, i)->managed_bytes)
			derive_zone(&context, i, &zones.rows[zones.len++]);
	return zones;
}
