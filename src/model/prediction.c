// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/units.h"
#include "model/prediction.h"

enum { SERVED, RECLAIM, COMPACTION, REFUSED, TOO_LARGE, NOT_KNOWN };

#define PAGE_ALLOC "k6.12:mm/page_alloc.c __alloc_pages_slowpath"

const struct km_topic km_prediction_topics[] = {
	[SERVED] = {
		.key = "served", .brief = "a zone can serve the request as it stands",
		.explain = "Without reclaim. The kernel first asks zones to stay above the low mark, which wakes "
			   "kswapd; what is weighed is its last resort, the part of the min mark that the request "
			   "has to leave.",
		.origin = PAGE_ALLOC },
	[RECLAIM] = {
		.key = "after reclaim", .brief = "every zone is at its mark; the request may sleep and reclaim",
		.explain = "It is served when enough can be reclaimed. Up to order 3 the kernel tries on, and kills a "
			   "process in the end; above it gives up when reclaim does not get anywhere, and with "
			   "__GFP_NORETRY or __GFP_RETRY_MAYFAIL at any order.",
		.origin = PAGE_ALLOC },
	[COMPACTION] = {
		.key = "after compaction",
		.brief = "enough is free, but in no block of that size; the request may sleep and compact",
		.explain = "It is served when moving pages makes such a block. How likely that is, the fragmentation "
			   "index and the share of movable pages tell: `kmeminfo buddy`.",
		.origin = "k6.12:mm/compaction.c try_to_compact_pages" },
	[REFUSED] = {
		.key = "refused", .brief = "no zone can serve the request, and it may not sleep",
		.explain = "It fails at once, unless memory is freed in that moment.",
		.origin = PAGE_ALLOC },
	[TOO_LARGE] = {
		.key = "never served", .brief = "larger than any block of the page allocator",
		.explain = "Refused before any zone is looked at, with a warning in the log unless __GFP_NOWARN is set.",
		.origin = "k6.12:mm/page_alloc.c __alloc_pages_noprof" },
	[NOT_KNOWN] = {
		.key = "not predicted", .brief = "what would tell it is not known",
		.explain = "The machine's zones or free blocks could not be read, or the mask names zones that "
			   "contradict each other." },
	{ 0 }
};

const char *km_prediction_size(struct km_pool *pool, uint64_t bytes)
{
	char buf[KM_UNITS_SIZE];

	return km_pool_copy(pool, km_str_from(km_units_bytes(buf, bytes))).ptr;
}

struct km_str km_prediction_place(struct km_pool *pool, const struct km_request_zone *zone)
{
	return km_pool_printf(pool, "node %llu %.*s", (unsigned long long)zone->node, KM_STR_ARG(zone->zone));
}

struct km_str km_prediction_shortage(struct km_pool *pool, const struct km_request_zones *zones)
{
	const struct km_request_zone *zone = zones->nearest;

	if (!zone || zone->available_bytes == KM_UNKNOWN_DELTA)
		return KM_STR("No zone is told that it could come from.");
	return km_pool_printf(pool,
			      "Every zone that the request may use is at its mark or below. Nearest to it is "
			      "%.*s: of %s free, %s are not for this request and %s have to remain "
			      "(%s of the min mark, %s kept for requests that can use no higher zone): %s.",
			      KM_STR_ARG(km_prediction_place(pool, zone)), km_prediction_size(pool, zone->free_bytes),
			      km_prediction_size(pool, zone->unusable_bytes),
			      km_prediction_size(pool, km_num_add(zone->watermark_bytes, zone->lowmem_reserve_bytes)),
			      km_prediction_size(pool, zone->watermark_bytes),
			      km_prediction_size(pool, zone->lowmem_reserve_bytes),
			      zone->available_bytes ? km_pool_printf(pool, "%s too little", km_prediction_size(pool,
								(uint64_t)-zone->available_bytes)).ptr :
						 "nothing is left");
}

/* " Largest by type: Unmovable 32.0 KiB, Movable 16.0 KiB."; empty where types are not told. */
static struct km_str by_type(struct km_pool *pool, const struct km_pairs *largest)
{
	struct km_str text = KM_STR("");

	for (size_t i = 0; i < largest->len; i++)
		text = km_pool_printf(pool, "%.*s%s%.*s %s", KM_STR_ARG(text), i ? ", " : " Largest by type: ",
				      KM_STR_ARG(largest->items[i].name),
				      km_prediction_size(pool, largest->items[i].value));
	return text.len ? km_pool_printf(pool, "%.*s.", KM_STR_ARG(text)) : text;
}

struct km_str km_prediction_fragmentation(struct km_pool *pool, const struct km_request_zones *zones,
				       uint64_t bytes)
{
	const struct km_request_zone *zone = zones->fullest;

	return km_pool_printf(pool,
			      "%s in one piece are asked for. %.*s has %s free, %s more than has to remain, "
			      "but no block that this request may take is larger than %s%s%.*s%s.%.*s",
			      km_prediction_size(pool, bytes), KM_STR_ARG(km_prediction_place(pool, zone)),
			      km_prediction_size(pool, zone->free_bytes),
			      km_prediction_size(pool, (uint64_t)zone->available_bytes),
			      km_prediction_size(pool, zone->largest_bytes),
			      zone->types.len ? " (larger ones are of the types " : "",
			      KM_STR_ARG(zone->types), zone->types.len ? ")" : "",
			      KM_STR_ARG(by_type(pool, &zone->largest_by_type)));
}

/* The zone that the kernel would come to first, of those that can serve. */
static struct km_str service(struct km_pool *pool, const struct km_request_zones *zones)
{
	const struct km_str fits = km_str_from(km_request_verdicts[KM_VERDICT_OPEN].key);
	struct km_rows rows = km_request_fallback(pool, zones);
	const struct km_request_zone *zone = rows.items;

	for (size_t i = 0; i < rows.len; i++, zone++)
		if (km_str_eq(zone->verdict, fits))
			return km_pool_printf(pool, "%.*s has %s left for it.",
					      KM_STR_ARG(km_prediction_place(pool, zone)),
					      km_prediction_size(pool, (uint64_t)zone->available_bytes));
	return (struct km_str){ 0 };
}

/* The page allocator's orders, as the machine's free lists have them. */
static bool is_too_large(const struct km_supply *supply, uint64_t order)
{
	const struct km_buddyinfo *buddyinfo = supply->buddyinfo;

	return order != KM_UNKNOWN && buddyinfo && buddyinfo->zones.len &&
	       order >= buddyinfo->zones.items[0].orders;
}

struct km_prediction km_prediction_of(struct km_pool *pool, const struct km_supply *supply,
				const struct km_request *request, const struct km_request_zones *zones)
{
	bool sleeps = request->facts.sleeps;
	unsigned int at = NOT_KNOWN;
	struct km_str reason = { 0 };

	if (is_too_large(supply, request->order)) {
		at = TOO_LARGE;
	} else if (request->known && request->facts.zone != KM_GFP_ZONE_BAD) {
		if (zones->count[KM_VERDICT_OPEN]) {
			at = SERVED;
			reason = service(pool, zones);
		} else if (zones->count[KM_VERDICT_UNKNOWN]) {
			at = NOT_KNOWN;
		} else if (zones->fullest) {
			at = sleeps ? COMPACTION : REFUSED;
			reason = km_prediction_fragmentation(pool, zones,
				km_num_mul(supply->page_bytes, request->order < 32 ? 1ull << request->order : 1));
		} else if (zones->nearest) {
			at = sleeps ? RECLAIM : REFUSED;
			reason = km_prediction_shortage(pool, zones);
		}
	}
	return (struct km_prediction){ km_str_from(km_prediction_topics[at].key), reason };
}
