// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The page allocator's own test, done again on the figures of a machine or of a report (k5.10, k6.1, k6.12,
 * k7.2:mm/page_alloc.c __zone_watermark_ok, __zone_watermark_unusable_free, gfp_to_alloc_flags):
 *
 *   free - unusable > watermark + lowmem reserve, and a block that is large enough and that it may take
 *
 * unusable: free CMA unless the pages may be moved, the highatomic reserve unless the request may
 *   use it, and the request's own size less one page.
 * watermark: first low, without any reserve; then min, which __GFP_HIGH and similar flags lower.
 *
 * What is not known exactly is a range. A zone serves for sure when it does so in the worst case, and does not
 * for sure when it does not in the best.
 */
#include "model/request-zone.h"
#include "model/zone-layout.h"

struct context {
	struct km_pool *pool;
	const struct km_supply *supply;
	const struct km_request *request;
	uint64_t order;
	unsigned int layout; /* bits by enum km_zone_rank; 0: not found */
	struct km_request_zones *zones;
};

/* A zone that is weighed, and where its free lists are in buddyinfo; SIZE_MAX: nowhere. */
struct scale {
	const struct km_zone *zone;
	size_t at;
};

static const struct km_zone *zone_at(const struct km_supply *supply, size_t at)
{
	return km_sheet_row(&supply->zones, at);
}

/* "0,2-3" */
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

/* A part of the min watermark, in whole pages, as the kernel halves and quarters; without a page size to the byte. */
static uint64_t part_of(const struct context *context, uint64_t bytes, unsigned int eighths)
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
 * The min watermark without its boost, at least and at most. Kernels that do not print the boost show it by the
 * distance to the low watermark, which is a quarter of it or more (k5.10:mm/page_alloc.c __setup_per_zone_wmarks).
 */
static struct km_range unboosted_of(const struct context *context, const struct km_zone *zone)
{
	const uint64_t exact = km_num_sub(zone->min_bytes, km_num_or(zone->boost_bytes, 0));
	const uint64_t page = km_num_or(context->supply->page_bytes, 1);
	const uint64_t distance = km_num_sub(zone->low_bytes, zone->min_bytes);
	const uint64_t most = km_num_add(km_num_mul(distance, 4), 3 * page);

	if (zone->boost_bytes != KM_UNKNOWN || most == KM_UNKNOWN || zone->min_bytes <= most)
		return (struct km_range){ exact, exact };
	/* vm.watermark_scale_factor, 10 unless it was changed, makes the distance larger than a quarter */
	return (struct km_range){ zone->managed_bytes / 1000 < distance ? 4 * distance : 0, most };
}

/* The min watermark: of one page it may count without its boost. */
static struct km_range watermark_of(const struct context *context, const struct km_zone *zone)
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

static uint64_t lowmem_reserve_of(const struct context *context, const struct km_zone *zone)
{
	unsigned int below = context->layout & ((1u << context->zones->highest) - 1);
	size_t at = (size_t)__builtin_popcount(below);

	if (!context->request->facts.min_eighths)
		return 0;
	return context->layout && at < zone->lowmem_reserve_bytes.len ? zone->lowmem_reserve_bytes.items[at] :
									 KM_UNKNOWN;
}

/* Types that it may take for sure, and those that it may take perhaps as well. */
struct usable {
	unsigned int sure, maybe;
};

/*
 * Blocks of HighAtomic count for orders above 0 in the watermark check; a single page is taken of them when there
 * is nothing else (k6.12:mm/page_alloc.c rmqueue_buddy). first: of the first attempt, which has no reserves.
 */
static struct usable usable_types(const struct context *context, bool first)
{
	const struct km_gfp_meaning *facts = &context->request->facts;
	const enum km_tri high = first ? KM_TRI_NO : context->order ? facts->highatomic : facts->highatomic_last;
	unsigned int types = KM_BLOCK_UNMOVABLE | KM_BLOCK_MOVABLE | KM_BLOCK_RECLAIMABLE | KM_BLOCK_RESERVE;

	if (facts->cma)
		types |= KM_BLOCK_CMA;
	return (struct usable){
		types | (high == KM_TRI_YES ? KM_BLOCK_HIGHATOMIC : 0),
		types | (high == KM_TRI_NO ? 0 : KM_BLOCK_HIGHATOMIC),
	};
}

/* Free memory in blocks that the request may not take, at most: what isolated blocks hold is not in free_bytes. */
static uint64_t most_hidden(const struct context *context, const struct scale *scale, struct usable usable)
{
	const struct km_buddyinfo_zone *zone = &context->supply->buddyinfo->zones.items[scale->at];
	uint64_t hidden = 0, sum = 0;

	if (!(usable.sure & KM_BLOCK_HIGHATOMIC))
		hidden = km_supply_highatomic_free(context->supply, &context->request->rules, scale->zone,
						   scale->at).most;
	if (!(usable.sure & KM_BLOCK_CMA))
		hidden = km_num_add(hidden, km_supply_cma_free(context->supply, scale->zone, scale->at));
	for (size_t order = 0; order < zone->orders && order < 32; order++)
		sum = km_num_add(sum, km_num_mul(zone->nr_free[order] << order, context->supply->page_bytes));
	return km_num_add(hidden, km_num_or(km_num_sub(sum, scale->zone->free_bytes), 0));
}

/* The largest block that it may take: of types that are known, or where more is free than can be of others. */
static struct km_range largest_of(const struct context *context, const struct scale *scale, struct usable usable)
{
	const struct km_supply *supply = context->supply;
	const struct km_buddyinfo_zone *zone;
	struct km_range range = { 0, 0 };
	uint64_t hidden, above = 0;

	if (scale->at == SIZE_MAX)
		return (struct km_range){ 0, KM_UNKNOWN };
	zone = &supply->buddyinfo->zones.items[scale->at];
	hidden = most_hidden(context, scale, usable);
	for (size_t order = zone->orders < 32 ? zone->orders : 32; order-- > 0;) {
		const unsigned int types = supply->blocks ? supply->blocks[scale->at].types[order] : 0;
		const uint64_t bytes = km_num_mul(supply->page_bytes, 1ull << order);

		if (!zone->nr_free[order])
			continue;
		above = km_num_add(above, km_num_mul(zone->nr_free[order] << order, supply->page_bytes));
		if (!range.least && (types ? types & usable.sure :
				     above != KM_UNKNOWN && hidden != KM_UNKNOWN && above > hidden))
			range.least = bytes;
		/* blocks without a type were freed while the line was made, or types are not known */
		if (!range.most && (!types || types & usable.maybe))
			range.most = bytes;
	}
	return range;
}

/* A single page may also come from a list of the CPU that it runs on, which nothing tells. */
static enum km_tri has_block(const struct context *context, const struct scale *scale, struct km_range largest)
{
	const uint64_t wanted = km_num_mul(context->supply->page_bytes, 1ull << context->order);

	if (!context->order && scale->at == SIZE_MAX)
		return KM_TRI_YES;
	if (largest.least >= wanted && wanted != KM_UNKNOWN)
		return KM_TRI_YES;
	if (largest.most == KM_UNKNOWN || wanted == KM_UNKNOWN || largest.most >= wanted)
		return KM_TRI_UNKNOWN;
	return !context->order && scale->zone->pcp_bytes != KM_UNKNOWN && scale->zone->pcp_bytes ? KM_TRI_UNKNOWN :
												   KM_TRI_NO;
}

/*
 * Whether all that is free is in blocks of HighAtomic, from which a single page does not come up to 6.11, though the
 * watermark check counts them: they are unusable then. Beside other blocks they count.
 */
static bool is_only_highatomic(const struct context *context, const struct scale *scale, enum km_tri spares)
{
	if (context->order || spares != KM_TRI_YES || context->request->facts.highatomic_last != KM_TRI_NO ||
	    scale->at == SIZE_MAX)
		return false;
	return has_block(context, scale, largest_of(context, scale, usable_types(context, false))) == KM_TRI_NO;
}

/* spares: whether the highatomic reserve counts as free for the request in the watermark check. */
static struct km_range unusable_of(const struct context *context, const struct scale *scale, enum km_tri spares)
{
	struct km_range reserve = km_supply_reserve(context->supply, &context->request->rules, scale->zone, scale->at);
	uint64_t bytes = 0;

	if (is_only_highatomic(context, scale, spares))
		bytes = km_supply_highatomic_free(context->supply, &context->request->rules, scale->zone,
						  scale->at).least;
	if (context->order && (context->request->facts.min_eighths || context->request->high_watermark))
		bytes = km_num_mul((1ull << context->order) - 1, context->supply->page_bytes);
	if (!context->request->facts.cma)
		bytes = km_num_add(bytes, km_supply_cma_free(context->supply, scale->zone, scale->at));
	if (!context->request->facts.min_eighths && !context->request->high_watermark)
		return (struct km_range){ bytes, bytes };
	return (struct km_range){
		spares == KM_TRI_NO ? km_num_add(bytes, reserve.least) : bytes,
		spares == KM_TRI_YES ? bytes : km_num_add(bytes, reserve.most),
	};
}

static struct km_str name_types(struct km_pool *pool, unsigned int types)
{
	char text[KM_SUPPLY_TYPES + 1] = "", *end = text;

	for (size_t i = 0; i < KM_SUPPLY_TYPES; i++)
		if (types >> i & 1)
			*end++ = km_supply_letters[i].letter;
	*end = 0;
	return km_pool_copy(pool, km_str_from(text));
}

static void list_types(const struct context *context, size_t at, struct km_request_zone *row)
{
	const struct km_supply *supply = context->supply;
	uint64_t largest[KM_SUPPLY_TYPES] = { 0 };
	const struct km_buddyinfo_zone *zone;
	unsigned int seen = 0;

	if (at == SIZE_MAX || !supply->blocks)
		return;
	zone = &supply->buddyinfo->zones.items[at];
	for (size_t order = 0; order < zone->orders && order < 32; order++) {
		const unsigned int types = zone->nr_free[order] ? supply->blocks[at].types[order] : 0;

		for (size_t i = 0; i < KM_SUPPLY_TYPES; i++)
			if (types >> i & 1)
				largest[i] = km_num_mul(supply->page_bytes, 1ull << order);
		seen |= order >= context->order ? types : 0;
	}
	row->types = name_types(context->pool, seen);
	row->largest_by_type.items = km_pool_alloc(context->pool, KM_SUPPLY_TYPES, sizeof(struct km_pair));
	for (size_t i = 0; i < KM_SUPPLY_TYPES; i++)
		if (largest[i])
			row->largest_by_type.items[row->largest_by_type.len++] =
				(struct km_pair){ km_str_from(km_supply_letters[i].name), largest[i] };
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
 * Up to 4.3: what is free in blocks below an order is taken off, the watermark is halved, order by order
 * (k4.3:mm/page_alloc.c __zone_watermark_ok).
 */
static bool passes_orders(const struct context *context, const struct scale *scale, uint64_t watermark_bytes)
{
	const uint64_t page = context->supply->page_bytes;
	const struct km_buddyinfo_zone *zone;
	uint64_t watermark;
	int64_t free;

	if (!context->request->per_order || scale->at == SIZE_MAX || !page || page == KM_UNKNOWN ||
	    watermark_bytes == KM_UNKNOWN || scale->zone->free_bytes == KM_UNKNOWN)
		return true;
	zone = &context->supply->buddyinfo->zones.items[scale->at];
	watermark = watermark_bytes / page;
	free = (int64_t)(scale->zone->free_bytes / page) - (int64_t)((1ull << context->order) - 1);
	for (size_t order = 0; order < context->order && order < zone->orders; order++) {
		free -= (int64_t)(zone->nr_free[order] << order);
		watermark >>= 1;
		if (free <= (int64_t)watermark)
			return false;
	}
	return true;
}

/* The first attempt: above the low watermark, with no access to reserves. */
static void try_low(const struct context *context, const struct scale *scale, struct km_request_zone *row)
{
	const struct km_range unusable = unusable_of(context, scale, KM_TRI_NO);
	const struct km_range largest = largest_of(context, scale, usable_types(context, true));

	row->above_low_bytes = left_of(scale->zone, unusable.most, scale->zone->low_bytes, row->lowmem_reserve_bytes);
	row->above_min_bytes = left_of(scale->zone, unusable.most, scale->zone->min_bytes, row->lowmem_reserve_bytes);
	if (!passes_orders(context, scale, scale->zone->low_bytes)) {
		row->at_once = KM_TRI_NO;
		return;
	}
	row->at_once = both(is_positive(row->above_low_bytes,
					left_of(scale->zone, unusable.least, scale->zone->low_bytes,
						row->lowmem_reserve_bytes)),
			    has_block(context, scale, largest));
}

/* The last resort before reclaim: the part of the min watermark that it has to leave. */
static enum km_verdict try_min(const struct context *context, const struct scale *scale, struct km_request_zone *row)
{
	const struct km_range unusable = unusable_of(context, scale, context->request->high_watermark ? KM_TRI_NO :
						     context->request->facts.spares_highatomic);
	const struct km_range watermark = watermark_of(context, scale->zone);
	const struct km_range largest = largest_of(context, scale, usable_types(context, false));
	enum km_tri enough, block = has_block(context, scale, largest);

	row->unusable_bytes = unusable.most;
	row->watermark_bytes = watermark.most;
	row->available_bytes = left_of(scale->zone, unusable.most, watermark.most, row->lowmem_reserve_bytes);
	row->available_most_bytes = left_of(scale->zone, unusable.least, watermark.least, row->lowmem_reserve_bytes);
	row->largest_bytes = largest.most;
	row->largest_least_bytes = scale->at == SIZE_MAX ? KM_UNKNOWN : largest.least;
	enough = is_positive(row->available_bytes, row->available_most_bytes);
	if (enough == KM_TRI_NO)
		return KM_VERDICT_BELOW_MARK;
	if (block == KM_TRI_NO && enough == KM_TRI_YES)
		return KM_VERDICT_NO_BLOCK;
	/* whichever it is, it does not serve */
	if (block == KM_TRI_NO && row->available_most_bytes != KM_UNKNOWN_DELTA)
		return KM_VERDICT_NO_BLOCK;
	if (row->available_most_bytes != KM_UNKNOWN_DELTA && !passes_orders(context, scale, watermark.most))
		return KM_VERDICT_ORDER_MARK;
	return both(enough, block) == KM_TRI_YES ? KM_VERDICT_OPEN : KM_VERDICT_UNKNOWN;
}

/* What the rows of other verdicts would say, the event's or machine's cause is found from. */
static void remember(struct km_request_zones *zones, enum km_verdict verdict,
		     const struct km_request_zone *row)
{
	if (verdict == KM_VERDICT_BELOW_MARK &&
	    (!zones->nearest || row->available_bytes > zones->nearest->available_bytes))
		zones->nearest = row;
	if ((verdict == KM_VERDICT_NO_BLOCK || verdict == KM_VERDICT_ORDER_MARK) &&
	    (!zones->fullest || row->available_bytes > zones->fullest->available_bytes))
		zones->fullest = row;
}

static enum km_verdict judge(const struct context *context, enum km_verdict verdict, const struct km_request_zone *row)
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

static void derive_zone(const struct context *context, size_t at, struct km_request_zone *row)
{
	const struct km_zone *zone = zone_at(context->supply, at);
	const struct scale scale = { zone, km_supply_find(context->supply, zone->node, zone->zone, at) };

	km_row_init(&km_request_zone_type, row);
	row->node = zone->node;
	row->zone = zone->zone;
	row->state = zone->state;
	row->managed_bytes = zone->managed_bytes;
	row->free_bytes = zone->free_bytes;
	row->reason = KM_VERDICT_UNKNOWN;
	list_types(context, scale.at, row);
	if (context->request->known) {
		row->lowmem_reserve_bytes = lowmem_reserve_of(context, zone);
		try_low(context, &scale, row);
		row->reason = judge(context, try_min(context, &scale, row), row);
	}
	context->zones->count[row->reason]++;
	row->verdict = &km_request_verdicts[row->reason];
}

struct km_request_zones km_request_zones_of(struct km_pool *pool, const struct km_supply *supply,
					    const struct km_request *request)
{
	struct km_request_zones zones = { 0 };
	struct context context = {
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
