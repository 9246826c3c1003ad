// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/request-blocks.h"

/*
 * HighAtomic blocks count in the watermark check for orders above 0. A single page comes from them if nothing
 * else is free (k6.12:mm/page_alloc.c rmqueue_buddy).
 */
struct km_usable_types km_usable_types_of(const struct km_request_context *context, bool first)
{
	const struct km_gfp_meaning *facts = &context->request->facts;
	const enum km_tri high = first ? KM_TRI_NO : context->order ? facts->highatomic : facts->highatomic_last;
	unsigned int types = KM_BLOCK_UNMOVABLE | KM_BLOCK_MOVABLE | KM_BLOCK_RECLAIMABLE | KM_BLOCK_RESERVE;

	if (facts->cma)
		types |= KM_BLOCK_CMA;
	return (struct km_usable_types){
		types | (high == KM_TRI_YES ? KM_BLOCK_HIGHATOMIC : 0),
		types | (high == KM_TRI_NO ? 0 : KM_BLOCK_HIGHATOMIC),
	};
}

/*
 * The largest amount of free memory in blocks that the request may not use. free_bytes does not include
 * isolated blocks.
 */
static uint64_t most_hidden(const struct km_request_context *context, const struct km_request_place *place, struct km_usable_types usable)
{
	const struct km_buddyinfo_zone *zone = &context->supply->buddyinfo->zones.items[place->at];
	uint64_t hidden = 0, sum = 0;

	if (!(usable.sure & KM_BLOCK_HIGHATOMIC))
		hidden = km_supply_highatomic_free(context->supply, &context->request->rules, place->zone,
						   place->at).most;
	if (!(usable.sure & KM_BLOCK_CMA))
		hidden = km_num_add(hidden, km_supply_cma_free(context->supply, place->zone, place->at));
	for (size_t order = 0; order < zone->orders && order < 32; order++)
		sum = km_num_add(sum, km_num_mul(zone->nr_free[order] << order, context->supply->page_bytes));
	return km_num_add(hidden, km_num_or(km_num_sub(sum, place->zone->free_bytes), 0));
}

/*
 * The largest block that the request may use. Its type is known, or more memory is free than blocks of other
 * types can hold.
 */
struct km_range km_request_largest(const struct km_request_context *context, const struct km_request_place *place, struct km_usable_types usable)
{
	const struct km_supply *supply = context->supply;
	const struct km_buddyinfo_zone *zone;
	struct km_range range = { 0, 0 };
	uint64_t hidden, above = 0;

	if (place->at == SIZE_MAX)
		return (struct km_range){ 0, KM_UNKNOWN };
	zone = &supply->buddyinfo->zones.items[place->at];
	hidden = most_hidden(context, place, usable);
	for (size_t order = zone->orders < 32 ? zone->orders : 32; order-- > 0;) {
		const unsigned int types = supply->blocks ? supply->blocks[place->at].types[order] : 0;
		const uint64_t bytes = km_num_mul(supply->page_bytes, 1ull << order);

		if (!zone->nr_free[order])
			continue;
		above = km_num_add(above, km_num_mul(zone->nr_free[order] << order, supply->page_bytes));
		if (!range.least && (types ? types & usable.sure :
				     above != KM_UNKNOWN && hidden != KM_UNKNOWN && above > hidden))
			range.least = bytes;
		/* blocks without a type were freed while the line was printed, or types are unknown */
		if (!range.most && (!types || types & usable.maybe))
			range.most = bytes;
	}
	return range;
}

/* A single page may also come from the CPU's own list, which no file shows. */
enum km_tri km_request_has_block(const struct km_request_context *context, const struct km_request_place *place, struct km_range largest)
{
	const uint64_t wanted = km_num_mul(context->supply->page_bytes, 1ull << context->order);

	if (!context->order && place->at == SIZE_MAX)
		return KM_TRI_YES;
	if (largest.least >= wanted && wanted != KM_UNKNOWN)
		return KM_TRI_YES;
	if (largest.most == KM_UNKNOWN || wanted == KM_UNKNOWN || largest.most >= wanted)
		return KM_TRI_UNKNOWN;
	if (context->order || context->request->refused)
		return KM_TRI_NO;
	return place->zone->pcp_bytes != KM_UNKNOWN && place->zone->pcp_bytes ? KM_TRI_UNKNOWN : KM_TRI_NO;
}

/*
 * Whether all free memory is in HighAtomic blocks. Up to 6.11 the watermark check counts these blocks for a
 * single page, but the kernel cannot allocate it from them. They are then unusable. If other blocks are free,
 * HighAtomic blocks count.
 */
static bool is_only_highatomic(const struct km_request_context *context, const struct km_request_place *place, enum km_tri spares)
{
	if (context->order || spares != KM_TRI_YES || context->request->facts.highatomic_last != KM_TRI_NO ||
	    place->at == SIZE_MAX)
		return false;
	return km_request_has_block(context, place, km_request_largest(context, place, km_usable_types_of(context, false))) == KM_TRI_NO;
}

struct km_range km_request_unusable(const struct km_request_context *context, const struct km_request_place *place, enum km_tri spares)
{
	struct km_range reserve = km_supply_reserve(context->supply, &context->request->rules, place->zone, place->at);
	uint64_t bytes = 0;

	if (is_only_highatomic(context, place, spares))
		bytes = km_supply_highatomic_free(context->supply, &context->request->rules, place->zone,
						  place->at).least;
	if (context->order && (context->request->facts.min_eighths || context->request->high_watermark))
		bytes = km_num_mul((1ull << context->order) - 1, context->supply->page_bytes);
	if (!context->request->facts.cma)
		bytes = km_num_add(bytes, km_supply_cma_free(context->supply, place->zone, place->at));
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

void km_request_list_types(const struct km_request_context *context, size_t at, struct km_request_zone *row)
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
