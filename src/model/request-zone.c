// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The page allocator's own test, done again on the figures of a machine or of a report (k5.10, k6.1, k6.12,
 * k7.2:mm/page_alloc.c __zone_watermark_ok, __zone_watermark_unusable_free, gfp_to_alloc_flags):
 *
 *   free - withheld > mark + protection, and for more than one page a block that is large enough
 *
 * withheld: free CMA unless the pages may be moved, the high-atomic reserve unless the request may
 *   use it, and the request's own size less one page.
 * mark: the min mark. __GFP_HIGH halves it, and a request that may not sleep gets a quarter off the
 *   rest; to 6.0 it is __GFP_ATOMIC that gets the quarter, __GFP_HIGH or not.
 * protection: lowmem_reserve of the zone against requests that could use a higher one.
 *
 * __GFP_MEMALLOC passes without mark and protection; CMA is no more open to it than to others.
 */
#include "model/request-zone.h"
#include "base/units.h"
#include "model/zone.h"

/* Lists of zone types that kernels are built with, likeliest first; DMA is 1, Device 32. */
#define LAYOUT(dma, dma32, highmem, device)                                                        \
	((dma) | (dma32) << KM_ZONE_DMA32 | 1 << KM_ZONE_NORMAL | (highmem) << KM_ZONE_HIGHMEM |   \
	 1 << KM_ZONE_MOVABLE | (device) << KM_ZONE_DEVICE)

static const unsigned int layouts[] = {
	LAYOUT(1, 1, 0, 1), /* amd64, arm64 */
	LAYOUT(1, 0, 1, 0), /* i386, arm */
	LAYOUT(1, 1, 0, 0), LAYOUT(0, 1, 0, 1), LAYOUT(1, 0, 0, 1),
	LAYOUT(0, 0, 0, 1), /* powerpc */
	LAYOUT(0, 0, 1, 0), LAYOUT(1, 0, 0, 0), LAYOUT(0, 1, 0, 0),
	LAYOUT(1, 0, 1, 1), LAYOUT(0, 0, 1, 1),
	LAYOUT(0, 0, 0, 0),
};

struct context {
	struct km_pool *pool;
	const struct km_supply *supply;
	const struct km_request *request;
	uint64_t order;
	unsigned int layout; /* bits by enum km_zone_rank; 0: not found */
	struct km_request_zones *zones;
};

static const struct km_zone *zone_at(const struct km_supply *supply, size_t at)
{
	return km_sheet_row(&supply->zones, at);
}

/* The kernel's list of zones, where the file has it whole. */
static unsigned int layout_told(const struct km_supply *supply)
{
	unsigned int layout = 0;

	for (size_t i = 0; i < supply->zones.len; i++) {
		const struct km_texts *names = &zone_at(supply, i)->lowmem_reserve_zones;

		for (size_t j = 0; j < names->len; j++)
			layout |= 1u << km_zone_rank_of(names->items[j]);
	}
	return layout >> KM_ZONE_RANKS ? 0 : layout;
}

/* Whether no zone shown has a reserve against itself or a lower one, which would be in vain. */
static bool layout_fits(const struct km_supply *supply, unsigned int layout)
{
	for (size_t i = 0; i < supply->zones.len; i++) {
		const struct km_zone *zone = zone_at(supply, i);
		const struct km_numbers *protection = &zone->lowmem_reserve_bytes;
		unsigned int rank = km_zone_rank_of(zone->zone);
		size_t at;

		if (rank == KM_ZONE_RANKS || !(layout >> rank & 1))
			return false;
		/* cut off */
		if (!protection->len)
			continue;
		at = (size_t)__builtin_popcount(layout & ((2u << rank) - 1));
		if (protection->len != (size_t)__builtin_popcount(layout))
			return false;
		for (size_t j = 0; j < at; j++)
			if (protection->items[j])
				return false;
	}
	return true;
}

static unsigned int find_layout(const struct km_supply *supply)
{
	unsigned int told = layout_told(supply);

	for (size_t i = 0; !told && i < sizeof(layouts) / sizeof(*layouts); i++)
		if (layout_fits(supply, layouts[i]))
			return layouts[i];
	return told;
}

/* The highest zone that the flags allow and the kernel has (k6.12:include/linux/gfp.h OPT_ZONE_DMA). */
static enum km_zone_rank highest_of(const struct context *context)
{
	enum km_zone_rank wanted = context->request->zone;

	if (context->layout)
		return context->layout >> wanted & 1 ? wanted : KM_ZONE_NORMAL;
	if (wanted != KM_ZONE_DMA && wanted != KM_ZONE_DMA32)
		return wanted;
	for (size_t i = 0; i < context->supply->zones.len; i++)
		if (km_zone_rank_of(zone_at(context->supply, i)->zone) <= wanted)
			return wanted;
	return KM_ZONE_NORMAL;
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
	if (request->nodemask.len && !list_has(request->nodemask, node))
		return false;
	return !request->hardwall || request->facts.any_task || !request->mems_allowed.len ||
	       list_has(request->mems_allowed, node);
}

/* In whole pages, as the kernel halves and quarters; without a page size to the byte. */
static uint64_t watermark_of(const struct context *context, const struct km_zone *zone)
{
	const uint64_t unit = context->supply->page_bytes == KM_UNKNOWN ? 1 : context->supply->page_bytes;
	const struct km_request *request = context->request;
	const unsigned int eighths = request->facts.min_eighths;
	uint64_t bytes = zone->min_bytes, pages;

	if (!request->known)
		return KM_UNKNOWN;
	/* k6.12:mm/page_alloc.c __alloc_pages_may_oom */
	if (request->high_watermark)
		return zone->high_bytes;
	if (!eighths)
		return 0;
	if (!context->order && request->unboosted)
		bytes = km_num_sub(bytes, km_num_or(zone->boost_bytes, 0));
	if (bytes == KM_UNKNOWN)
		return bytes;
	pages = bytes / unit;
	if (eighths <= 4)
		pages -= pages / 2;
	if (eighths == 6 || eighths == 3)
		pages -= pages / 4;
	return km_num_mul(pages, unit);
}

static uint64_t protection_of(const struct context *context, const struct km_zone *zone)
{
	unsigned int below = context->layout & ((1u << context->zones->highest) - 1);
	size_t at = (size_t)__builtin_popcount(below);

	if (context->request->known && !context->request->facts.min_eighths)
		return 0;
	return context->request->known && context->layout && at < zone->lowmem_reserve_bytes.len ?
		zone->lowmem_reserve_bytes.items[at] : KM_UNKNOWN;
}

static unsigned int usable_types(const struct context *context)
{
	const struct km_gfp_meaning *facts = &context->request->facts;
	unsigned int types = KM_BLOCK_UNMOVABLE | KM_BLOCK_MOVABLE | KM_BLOCK_RECLAIMABLE |
			     KM_BLOCK_RESERVE;

	if (facts->cma)
		types |= KM_BLOCK_CMA;
	if (context->order ? facts->highatomic != KM_TRI_NO : context->request->single_highatomic)
		types |= KM_BLOCK_HIGHATOMIC;
	return types;
}

/* Free memory in blocks of one type alone, as far as the letters tell: a lower bound. */
static uint64_t sole_bytes(const struct context *context, size_t at, unsigned int type)
{
	const struct km_supply *supply = context->supply;
	const struct km_buddyinfo_zone *zone;
	uint64_t bytes = 0;

	if (at == SIZE_MAX || !supply->blocks)
		return 0;
	zone = &supply->buddyinfo->zones.items[at];
	for (size_t order = 0; order < zone->orders; order++)
		if (supply->blocks[at].types[order] == type)
			bytes = km_num_add(bytes, km_num_mul(zone->nr_free[order],
							     km_num_mul(supply->page_bytes, 1ull << order)));
	return km_num_or(bytes, 0);
}

/* A counter, or what the letters tell where it is not printed or tells less. */
static uint64_t larger(uint64_t counter, uint64_t sole)
{
	return counter == KM_UNKNOWN || counter < sole ? sole : counter;
}

/*
 * The kernel's test leaves the high-atomic reserve out for requests that may use it, also where a single
 * page then cannot come from there: the blocks of that type are unusable all the same.
 */
static uint64_t unusable_of(const struct context *context, const struct km_zone *zone, size_t at)
{
	const struct km_request *request = context->request;
	unsigned int usable = usable_types(context);
	uint64_t bytes = 0, counter = 0;

	if (!request->known)
		return KM_UNKNOWN;
	if (context->order && (request->facts.min_eighths || request->high_watermark))
		bytes = km_num_mul((1ull << context->order) - 1, context->supply->page_bytes);
	if (!request->facts.cma)
		bytes = km_num_add(bytes, larger(zone->cma_free_bytes, sole_bytes(context, at, KM_BLOCK_CMA)));
	if (request->high_watermark || (!request->spares_highatomic && request->facts.min_eighths))
		counter = km_num_or(zone->highatomic_free_bytes, km_num_or(zone->highatomic_bytes, 0));
	if (!(usable & KM_BLOCK_HIGHATOMIC))
		counter = larger(counter, sole_bytes(context, at, KM_BLOCK_HIGHATOMIC));
	return km_num_add(bytes, counter);
}

/* By bit. */
static const struct block_type {
	char letter;
	const char *name; /* as /proc/pagetypeinfo has it */
} block_types[] = {
	{ 'U', "Unmovable" }, { 'M', "Movable" }, { 'E', "Reclaimable" },
	{ 'H', "HighAtomic" }, { 'C', "CMA" }, { 'I', "Isolate" }, { 'R', "Reserve" },
};

enum { BLOCK_TYPES = sizeof(block_types) / sizeof(*block_types) };

static struct km_str name_types(struct km_pool *pool, unsigned int types)
{
	char text[BLOCK_TYPES + 1] = "", *end = text;

	for (size_t i = 0; i < BLOCK_TYPES; i++)
		if (types >> i & 1)
			*end++ = block_types[i].letter;
	*end = 0;
	return km_pool_copy(pool, km_str_from(text));
}

/* largest: bytes by bit, 0 where there is no block of that type. */
static struct km_pairs pair_types(struct km_pool *pool, const uint64_t largest[static BLOCK_TYPES])
{
	struct km_pair *pairs = km_pool_alloc(pool, BLOCK_TYPES, sizeof(*pairs));
	size_t len = 0;

	for (size_t i = 0; i < BLOCK_TYPES; i++)
		if (largest[i])
			pairs[len++] = (struct km_pair){ km_str_from(block_types[i].name), largest[i] };
	return (struct km_pairs){ pairs, len };
}

static unsigned int type_of(struct km_str name)
{
	for (size_t i = 0; i < BLOCK_TYPES; i++)
		if (km_str_eq(name, km_str_from(block_types[i].name)))
			return 1u << i;
	return KM_BLOCK_OTHER;
}

const struct km_block_types *km_supply_blocks(struct km_pool *pool, const struct km_buddyinfo *buddyinfo,
					      const struct km_pagetypeinfo *pagetypeinfo)
{
	struct km_block_types *blocks = km_pool_alloc(pool, buddyinfo->zones.len, sizeof(*blocks));
	const struct km_pagetypeinfo_free *free;

	for (size_t i = 0; i < buddyinfo->zones.len; i++) {
		const struct km_buddyinfo_zone *zone = &buddyinfo->zones.items[i];

		blocks[i].types = km_pool_alloc(pool, zone->orders, 1);
		memset(blocks[i].types, 0, zone->orders);
		km_array_each(free, &pagetypeinfo->free) {
			if (free->node != zone->node || !km_str_eq(free->zone, zone->zone))
				continue;
			for (size_t order = 0; order < free->orders && order < zone->orders; order++)
				if (free->nr_free[order])
					blocks[i].types[order] |= (unsigned char)type_of(free->type);
		}
	}
	return blocks;
}

/* The zone's free lists, or SIZE_MAX when they are not known. hint: where it is likely to be. */
static size_t free_list_of(const struct km_supply *supply, const struct km_request_zone *row, size_t hint)
{
	const struct km_buddyinfo *buddyinfo = supply->buddyinfo;
	size_t len = buddyinfo ? buddyinfo->zones.len : 0;

	for (size_t i = 0; i < len; i++) {
		size_t at = (hint + i) % len;

		if (buddyinfo->zones.items[at].node == row->node &&
		    km_str_eq(buddyinfo->zones.items[at].zone, row->zone))
			return at;
	}
	return SIZE_MAX;
}

static void look_at_blocks(const struct context *context, struct km_request_zone *row, size_t at)
{
	const struct km_supply *supply = context->supply;
	unsigned int usable = usable_types(context), seen = 0;
	const struct km_buddyinfo_zone *zone;
	uint64_t largest[BLOCK_TYPES] = { 0 };

	if (at == SIZE_MAX)
		return;
	zone = &supply->buddyinfo->zones.items[at];
	row->largest_bytes = 0;
	for (size_t order = 0; order < zone->orders; order++) {
		unsigned int types = supply->blocks ? supply->blocks[at].types[order] : 0;
		uint64_t bytes = km_num_mul(supply->page_bytes, 1ull << order);

		if (!zone->nr_free[order])
			continue;
		for (size_t i = 0; i < BLOCK_TYPES; i++)
			largest[i] = types >> i & 1 ? bytes : largest[i];
		if (order >= context->order)
			seen |= types;
		/* blocks without a letter were freed while the line was made, or nothing is told */
		if (!types || types & usable)
			row->largest_bytes = bytes;
	}
	row->largest_by_type = pair_types(context->pool, largest);
	row->types = name_types(context->pool, seen);
}

/*
 * Up to 4.3: what is free in blocks below an order is taken off, the watermark is halved, order by order
 * (k4.3:mm/page_alloc.c __zone_watermark_ok).
 */
static bool passes_orders(const struct context *context, const struct km_request_zone *row, size_t at)
{
	uint64_t page = context->supply->page_bytes, watermark;
	const struct km_buddyinfo_zone *zone;
	int64_t free;

	if (!context->request->per_order || at == SIZE_MAX || !page || page == KM_UNKNOWN)
		return true;
	zone = &context->supply->buddyinfo->zones.items[at];
	watermark = row->watermark_bytes / page;
	free = (int64_t)(row->free_bytes / page) - (int64_t)((1ull << context->order) - 1);
	for (size_t order = 0; order < context->order && order < zone->orders; order++) {
		free -= (int64_t)(zone->nr_free[order] << order);
		watermark >>= 1;
		if (free <= (int64_t)watermark)
			return false;
	}
	return true;
}

/* Whatever zones and nodes the request may use. */
static enum km_verdict verdict_inside(const struct context *context, const struct km_request_zone *row, size_t at)
{
	uint64_t wanted = km_num_mul(context->supply->page_bytes, 1ull << context->order);

	if (!context->request->known || row->available_bytes == KM_UNKNOWN_DELTA)
		return KM_VERDICT_UNKNOWN;
	if (row->available_bytes <= 0)
		return KM_VERDICT_BELOW_MARK;
	/* a single page: unless all that is free is of types that are not for this request */
	if (!context->order)
		return row->largest_bytes || !row->types.len ? KM_VERDICT_OPEN : KM_VERDICT_NO_BLOCK;
	if (row->largest_bytes == KM_UNKNOWN)
		return KM_VERDICT_UNKNOWN;
	if (row->largest_bytes < wanted)
		return KM_VERDICT_NO_BLOCK;
	return passes_orders(context, row, at) ? KM_VERDICT_OPEN : KM_VERDICT_ORDER_MARK;
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

static void judge(const struct context *context, struct km_request_zone *row, size_t at)
{
	struct km_request_zones *zones = context->zones;
	enum km_verdict verdict = verdict_inside(context, row, at);
	bool open = verdict == KM_VERDICT_OPEN;

	if (!context->request->known) {
		verdict = KM_VERDICT_UNKNOWN;
	} else if (!node_allowed(context->request, row->node)) {
		verdict = KM_VERDICT_OTHER_NODE;
		zones->better_node = open ? row : zones->better_node;
	} else if (km_zone_rank_of(row->zone) > zones->highest) {
		verdict = KM_VERDICT_ABOVE_ZONE;
		zones->better_zone = open ? row : zones->better_zone;
	} else {
		remember(zones, verdict, row);
	}
	zones->count[verdict]++;
	row->verdict = km_str_from(km_request_verdicts[verdict].key);
}

static void derive_zone(const struct context *context, const struct km_zone *zone, size_t hint,
			struct km_request_zone *row)
{
	size_t at;

	km_row_init(&km_request_zone_type, row);
	row->node = zone->node;
	row->zone = zone->zone;
	row->state = zone->state;
	row->managed_bytes = zone->managed_bytes;
	row->free_bytes = zone->free_bytes;
	at = free_list_of(context->supply, row, hint);
	row->unusable_bytes = unusable_of(context, zone, at);
	row->watermark_bytes = watermark_of(context, zone);
	row->lowmem_reserve_bytes = protection_of(context, zone);
	row->available_bytes = km_num_delta(zone->free_bytes,
				       km_num_add(row->unusable_bytes,
						  km_num_add(row->watermark_bytes, row->lowmem_reserve_bytes)));
	look_at_blocks(context, row, at);
	judge(context, row, at);
}

struct km_request_zones km_request_zones_of(struct km_pool *pool, const struct km_supply *supply,
					    const struct km_request *request)
{
	struct km_request_zones zones = { 0 };
	struct context context = {
		.pool = pool, .supply = supply, .request = request, .zones = &zones,
		.order = request->order < 32 ? request->order : 0,
		.layout = find_layout(supply),
	};

	zones.rows = km_pool_alloc(pool, supply->zones.len, sizeof(*zones.rows));
	zones.highest = highest_of(&context);
	for (size_t i = 0; i < supply->zones.len; i++)
		if (zone_at(supply, i)->managed_bytes)
			derive_zone(&context, zone_at(supply, i), i, &zones.rows[zones.len++]);
	return zones;
}

static bool is_first_of_node(const struct km_request_zones *zones, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (zones->rows[i].node == zones->rows[at].node)
			return false;
	return true;
}

struct km_rows km_request_fallback(struct km_pool *pool, const struct km_request_zones *zones)
{
	struct km_request_zone *rows = km_pool_alloc(pool, zones->len, sizeof(*rows));
	size_t len = 0;

	for (size_t i = 0; i < zones->len; i++) {
		/* once a node: a file may come back to one that it had before */
		if (!is_first_of_node(zones, i))
			continue;
		for (int rank = (int)zones->highest; rank >= 0; rank--)
			for (size_t j = i; j < zones->len; j++)
				if (zones->rows[j].node == zones->rows[i].node &&
				    km_zone_rank_of(zones->rows[j].zone) == (enum km_zone_rank)rank)
					rows[len++] = zones->rows[j];
	}
	return (struct km_rows){ rows, len };
}
