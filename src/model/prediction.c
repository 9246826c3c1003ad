// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/prediction.h"

#define PAGE_ALLOC "k6.12:mm/page_alloc.c __alloc_pages_slowpath"

const struct km_word km_prediction_words[] = {
	[KM_PREDICTION_AT_ONCE] = {
		.key = "at once", .tone = KM_TONE_GOOD, .brief = "a zone can serve the request above its low watermark",
		.explain = "The first attempt succeeds: nothing is reclaimed, and kswapd is not woken.",
		.origin = "k6.12:mm/page_alloc.c get_page_from_freelist" },
	[KM_PREDICTION_BELOW_LOW] = {
		.key = "after waking kswapd", .tone = KM_TONE_GOOD, .brief = "a zone can serve the request between its min and low watermarks",
		.explain = "No zone is above its low watermark. The request wakes kswapd (unless it lacks "
			   "__GFP_KSWAPD_RECLAIM) and is served at once, down to the min watermark.",
		.origin = PAGE_ALLOC },
	[KM_PREDICTION_RESERVES] = {
		.key = "only from reserves", .tone = KM_TONE_WARN, .brief = "only the reserve below the min watermark can serve the request",
		.explain = "Its flags (__GFP_HIGH, as in GFP_ATOMIC, or __GFP_MEMALLOC) allow it to use the "
			   "reserve. An ordinary request would fail. The reserve is small: the next requests "
			   "may fail.",
		.origin = "k6.12:mm/page_alloc.c __zone_watermark_ok" },
	[KM_PREDICTION_SERVED] = {
		.key = "served", .tone = KM_TONE_WARN,
		.brief = "the request is served; whether at once, from reserves or after reclaim is not known",
		.explain = "A figure that decides is not known exactly, for example the highatomic reserve, which only root can read "
			   "before 7.2. The request is served in the worst case, too: from a zone, or because it may sleep and the "
			   "kernel does not give up.",
		.origin = PAGE_ALLOC },
	[KM_PREDICTION_RECLAIM] = {
		.key = "after reclaim", .tone = KM_TONE_WARN, .brief = "every zone is at its watermark; the request may sleep and reclaim",
		.explain = "It is served if enough can be reclaimed. Up to order 3 the kernel continues to "
			   "try and finally kills a process. Above order 3 it gives up after one round. With "
			   "__GFP_NORETRY or __GFP_RETRY_MAYFAIL it gives up at any order.",
		.origin = PAGE_ALLOC },
	[KM_PREDICTION_COMPACTION] = {
		.key = "after compaction", .tone = KM_TONE_WARN,
		.brief = "enough is free, but in no block of that size; the request may sleep and compact",
		.explain = "It is served if moving pages creates such a block. `kmeminfo buddy` shows the "
			   "fragmentation index and the share of movable pages, which indicate how likely "
			   "that is.",
		.origin = "k6.12:mm/compaction.c try_to_compact_pages" },
	[KM_PREDICTION_REFUSED] = {
		.key = "refused", .tone = KM_TONE_BAD, .brief = "no zone can serve the request, and it may not sleep",
		.explain = "It fails at once, unless memory is freed at that moment.",
		.origin = PAGE_ALLOC },
	[KM_PREDICTION_NO_ZONE] = {
		.key = "no zone", .tone = KM_TONE_BAD, .brief = "the request is bound to a node that has no zone for it",
		.explain = "__GFP_THISNODE allows one node. It has no memory, or only in zones that the request may not use, such "
			   "as Movable. The kernel refuses the request at once, even if it may sleep.",
		.origin = "k6.12:mm/page_alloc.c __alloc_pages_slowpath" },
	[KM_PREDICTION_TOO_LARGE] = {
		.key = "never served", .tone = KM_TONE_BAD, .brief = "larger than any block of the page allocator",
		.explain = "The kernel refuses it before it checks any zone, with a warning in the log unless "
			   "__GFP_NOWARN is set.",
		.origin = "k6.12:mm/page_alloc.c __alloc_pages_noprof" },
	[KM_PREDICTION_CGROUP_RECLAIM] = {
		.key = "after cgroup reclaim", .tone = KM_TONE_WARN,
		.brief = "a memory cgroup is at its limit; the request may sleep and reclaim in that cgroup",
		.explain = "The zones can serve the request, but its charge exceeds the limit of a cgroup. It is served if "
			   "the cgroup can free memory. Up to order 3 the kernel finally kills a process of the "
			   "cgroup. Above order 3, and with __GFP_NORETRY or __GFP_RETRY_MAYFAIL, it fails if the "
			   "cgroup frees nothing.",
		.origin = "k6.12:mm/memcontrol.c try_charge_memcg" },
	[KM_PREDICTION_CGROUP_REFUSED] = {
		.key = "refused by cgroup", .tone = KM_TONE_BAD,
		.brief = "the charge exceeds the limit of a memory cgroup, and no reclaim can help",
		.explain = "The request may not sleep, or it is larger than the limit. A CPU has up to 64 pages charged in "
			   "advance; they may serve a small request that may not sleep, so that its answer is unknown.",
		.origin = "k6.12:mm/memcontrol.c try_charge_memcg" },
	[KM_PREDICTION_UNKNOWN] = {
		.key = "not predicted", .tone = KM_TONE_FAINT, .brief = "a deciding figure is not known",
		.explain = "The zones or free blocks could not be read, only root may read their types, the "
			   "node is not known, or the mask names zones that contradict each other." },
	{ 0 }
};

/* A request to predict, and the zones in the kernel's order. */
struct candidates {
	const struct km_supply *supply;
	const struct km_request *request;
	const struct km_request_zones *zones;
	const struct km_request_zone *rows;
	size_t len;
};

static const struct km_prediction unpredicted = { .verdict = KM_PREDICTION_UNKNOWN, .node = KM_UNKNOWN };

/* The result of one attempt over the zones. */
struct attempt {
	enum km_tri serves;
	const struct km_request_zone *first; /* the first zone that certainly serves */
	bool named; /* no earlier zone might serve as well */
};

static bool is_allowed(const struct km_request_zone *zone)
{
	return zone->reason != KM_VERDICT_OTHER_NODE && zone->reason != KM_VERDICT_ABOVE_ZONE;
}

static enum km_tri serves_first(const struct km_request_zone *zone)
{
	return zone->at_once;
}

static enum km_tri serves_last(const struct km_request_zone *zone)
{
	if (zone->reason == KM_VERDICT_OPEN)
		return KM_TRI_YES;
	return zone->reason == KM_VERDICT_UNKNOWN ? KM_TRI_UNKNOWN : KM_TRI_NO;
}

/* Tries the zones of one node, or of all nodes if node is KM_UNKNOWN. */
static struct attempt try_zones(const struct candidates *candidates, uint64_t node,
				enum km_tri (*serves)(const struct km_request_zone *zone))
{
	struct attempt attempt = { KM_TRI_NO, NULL, true };

	for (size_t i = 0; i < candidates->len && !attempt.first; i++) {
		const struct km_request_zone *zone = &candidates->rows[i];
		const enum km_tri answer = is_allowed(zone) ? serves(zone) : KM_TRI_NO;

		if (answer == KM_TRI_NO || (node != KM_UNKNOWN && zone->node != node))
			continue;
		attempt.serves = answer == KM_TRI_YES ? KM_TRI_YES : KM_TRI_UNKNOWN;
		if (answer == KM_TRI_YES)
			attempt.first = zone;
		else
			attempt.named = false;
	}
	return attempt;
}

/*
 * Whether the kernel never gives up on a request that no zone can serve: it reclaims, and finally kills processes. A
 * report that such a request failed shows that it gave up: its task was being killed, or reclaimed memory itself.
 */
static bool never_gives_up(const struct candidates *candidates)
{
	enum { COSTLY_ORDER = 3 };
	const struct km_request *request = candidates->request;

	if (request->no_fail)
		return true;
	if (request->refused && !request->high_watermark)
		return false;
	return request->order <= COSTLY_ORDER && !request->no_retry && !request->may_fail && !request->this_node &&
	       candidates->zones->highest >= KM_ZONE_NORMAL;
}

/* Whether the request would use memory that a request without access to reserves must leave free. */
static enum km_tri is_from_reserves(const struct candidates *candidates, const struct km_request_zone *zone)
{
	const struct km_gfp_meaning *facts = &candidates->request->facts;

	if ((facts->min_eighths == 8 && facts->spares_highatomic != KM_TRI_YES) || zone->above_min_bytes > 0 ||
	    zone->available_most_bytes == KM_UNKNOWN_DELTA)
		return KM_TRI_NO;
	return zone->above_min_most_bytes <= 0 ? KM_TRI_YES : KM_TRI_UNKNOWN;
}

/* How a zone serves at the last attempt. An earlier attempt, or an earlier zone, may have served as well. */
static enum km_prediction_verdict verdict_of_last(const struct candidates *candidates, const struct attempt *low,
						  const struct attempt *min)
{
	const enum km_tri reserves = is_from_reserves(candidates, min->first);

	if (low->serves != KM_TRI_NO || !min->named || reserves == KM_TRI_UNKNOWN)
		return KM_PREDICTION_SERVED;
	return reserves == KM_TRI_YES ? KM_PREDICTION_RESERVES : KM_PREDICTION_BELOW_LOW;
}

static uint64_t request_bytes(const struct candidates *candidates)
{
	const uint64_t order = candidates->request->order;

	return km_num_mul(candidates->supply->page_bytes, order < 32 ? 1ull << order : 1);
}

/* Whether a zone certainly has a block of the request's own migrate type, or one of a whole pageblock. */
static bool has_own_block(const struct candidates *candidates, const struct km_request_zone *zone)
{
	const struct km_gfp_meaning *facts = &candidates->request->facts;
	const struct km_str own = facts->movable ? KM_STR("Movable") : facts->reclaimable ? KM_STR("Reclaimable") :
										       KM_STR("Unmovable");

	if (zone->largest_least_bytes >= candidates->supply->pageblock_bytes)
		return true;
	for (size_t i = 0; i < zone->largest_by_type.len; i++)
		if (km_str_eq(zone->largest_by_type.items[i].name, own))
			return zone->largest_by_type.items[i].value >= request_bytes(candidates);
	return false;
}

/*
 * The zone DMA32 that may serve instead of the node's zone Normal, where the first attempt does not mix migrate types
 * (k6.12:mm/page_alloc.c alloc_flags_nofragment, from 5.0 on). NULL: none.
 */
static const struct km_request_zone *instead_of(const struct candidates *candidates, const struct km_request_zone *zone)
{
	if (!km_str_eq(zone->zone, KM_STR("Normal")) || has_own_block(candidates, zone))
		return NULL;
	for (size_t i = 0; i < candidates->len; i++)
		if (candidates->rows[i].node == zone->node && km_str_eq(candidates->rows[i].zone, KM_STR("DMA32")) &&
		    serves_first(&candidates->rows[i]) != KM_TRI_NO)
			return &candidates->rows[i];
	return NULL;
}

static bool served(const struct candidates *candidates, uint64_t node, struct km_prediction *ret)
{
	const struct attempt min = try_zones(candidates, node, serves_last);
	/* the OOM killer's last attempt is one attempt, above low in any case */
	const struct attempt low = candidates->request->high_watermark ? min : try_zones(candidates, node, serves_first);
	const struct km_request_zone *zone = low.first ? low.first : min.first;

	if (!zone)
		return false;
	ret->answer = KM_TRI_YES;
	ret->verdict = low.first ? KM_PREDICTION_AT_ONCE : verdict_of_last(candidates, &low, &min);
	ret->basis = low.first ? KM_PREDICTION_ABOVE_LOW : KM_PREDICTION_ABOVE_MIN;
	ret->decides = zone;
	/* if an earlier attempt may succeed in a zone, another zone may serve */
	ret->instead = low.first && low.named ? instead_of(candidates, zone) : NULL;
	if (low.first ? low.named && !ret->instead : low.serves == KM_TRI_NO && min.named) {
		ret->node = zone->node;
		ret->zone = zone->zone;
	}
	return true;
}

/* No zone certainly serves: finds the verdict from the zones that may serve, of one node or of all. */
static void not_served(const struct candidates *candidates, uint64_t node, struct km_prediction *ret)
{
	const struct km_request *request = candidates->request;
	const bool sleeps = request->facts.sleeps, block = request->order && request->order != KM_UNKNOWN;
	const struct km_request_zone *unsure = NULL;
	bool fragmented = false, seen = false;

	for (size_t i = 0; i < candidates->len; i++) {
		const struct km_request_zone *zone = &candidates->rows[i];

		if (!is_allowed(zone) || (node != KM_UNKNOWN && zone->node != node))
			continue;
		seen = true;
		fragmented |= zone->reason == KM_VERDICT_NO_BLOCK || zone->reason == KM_VERDICT_ORDER_WATERMARK;
		if (!unsure && (serves_last(zone) != KM_TRI_NO || (!request->high_watermark && serves_first(zone) != KM_TRI_NO)))
			unsure = zone;
	}
	if (!seen && candidates->len && request->this_node && !request->no_fail) {
		ret->answer = KM_TRI_NO;
		ret->verdict = KM_PREDICTION_NO_ZONE;
		ret->basis = KM_PREDICTION_NOWHERE;
	}
	if (!seen)
		return;
	ret->answer = unsure ? KM_TRI_UNKNOWN : KM_TRI_NO;
	ret->verdict = unsure && !sleeps ? KM_PREDICTION_UNKNOWN : !sleeps ? KM_PREDICTION_REFUSED :
		       fragmented && block ? KM_PREDICTION_COMPACTION : KM_PREDICTION_RECLAIM;
	if (sleeps)
		ret->answer = never_gives_up(candidates) ? KM_TRI_YES : KM_TRI_UNKNOWN;
	/* without free lists no zone is known to lack the block */
	if (unsure && block && !candidates->supply->buddyinfo)
		ret->answer = KM_TRI_UNKNOWN;
	/* a report shows that no zone served it at once */
	if (sleeps && unsure && !(ret->answer == KM_TRI_YES && (request->high_watermark || request->refused)))
		ret->verdict = ret->answer == KM_TRI_YES ? KM_PREDICTION_SERVED : KM_PREDICTION_UNKNOWN;
	if (unsure) {
		ret->decides = unsure;
		ret->basis = KM_PREDICTION_UNSURE;
		return;
	}
	fragmented = fragmented && candidates->zones->fullest;
	ret->decides = fragmented ? candidates->zones->fullest : candidates->zones->nearest;
	if (ret->decides)
		ret->basis = fragmented ? KM_PREDICTION_FRAGMENTATION : KM_PREDICTION_SHORTAGE;
}

static struct km_prediction predict_node(const struct candidates *candidates, uint64_t node)
{
	struct km_prediction prediction = unpredicted;

	if (!served(candidates, node, &prediction))
		not_served(candidates, node, &prediction);
	return prediction;
}

/*
 * The prediction that is the same on all nodes; without_served: on those that would not have served it. False: there
 * is none.
 */
static bool agree(const struct candidates *candidates, bool without_served, struct km_prediction *ret)
{
	bool first = true;

	for (size_t i = 0; i < candidates->len; i++) {
		struct km_prediction one;

		if (i && candidates->rows[i].node == candidates->rows[i - 1].node)
			continue;
		one = predict_node(candidates, candidates->rows[i].node);
		if (without_served && one.answer == KM_TRI_YES)
			continue;
		if (first) {
			*ret = one;
			first = false;
			continue;
		}
		ret->node = KM_UNKNOWN;
		ret->zone = (struct km_str){ 0 };
		if (one.answer != ret->answer || one.verdict == KM_PREDICTION_UNKNOWN) {
			*ret = unpredicted;
			return true;
		}
		if (one.verdict > ret->verdict)
			*ret = one;
	}
	return !first;
}

/*
 * For a request that is bound to one unknown node: the prediction that holds on all nodes. The zone is then
 * unknown, unless there is only one node. If a report says that it failed, it was for a node that could not serve it.
 */
static struct km_prediction predict_some_node(const struct candidates *candidates)
{
	struct km_prediction agreed = unpredicted;

	if (!candidates->request->refused || !agree(candidates, true, &agreed))
		agree(candidates, false, &agreed);
	return agreed;
}

/* If the order of the nodes is unknown, the node that serves is unknown too. */
static bool is_listed(const struct km_supply *supply, uint64_t node)
{
	for (size_t i = 0; i < supply->nodes_len; i++)
		if (supply->nodes[i] == node)
			return true;
	return false;
}

static bool has_one_node(const struct candidates *candidates)
{
	for (size_t i = 1; i < candidates->len; i++)
		if (candidates->rows[i].node != candidates->rows[0].node)
			return false;
	return true;
}

/* Compares the order with those of the machine's free lists. */
static bool is_too_large(const struct km_supply *supply, uint64_t order)
{
	const struct km_buddyinfo *buddyinfo = supply->buddyinfo;

	return order != KM_UNKNOWN && buddyinfo && buddyinfo->zones.len &&
	       order >= buddyinfo->zones.items[0].orders;
}

static struct km_prediction predict(const struct candidates *candidates)
{
	const struct km_request *request = candidates->request;
	struct km_prediction prediction = unpredicted;

	if (is_too_large(candidates->supply, request->order)) {
		prediction.verdict = KM_PREDICTION_TOO_LARGE;
		prediction.answer = KM_TRI_NO;
		return prediction;
	}
	if (!request->known || request->facts.zone == KM_GFP_ZONE_BAD)
		return prediction;
	prediction = request->this_node && request->node == KM_UNKNOWN ? predict_some_node(candidates) :
									 predict_node(candidates, KM_UNKNOWN);
	if (!request->this_node && !has_one_node(candidates) && !is_listed(candidates->supply, prediction.node))
		prediction.zone = (struct km_str){ 0 };
	return prediction;
}

struct km_prediction km_prediction_of(struct km_pool *pool, const struct km_supply *supply,
				const struct km_request *request)
{
	const struct km_request_zones zones = km_request_zones_of(pool, supply, request);
	const struct km_rows rows = km_request_fallback(pool, supply, &zones);
	const struct candidates candidates = { supply, request, &zones, rows.items, rows.len };
	struct km_prediction prediction = predict(&candidates);

	if (!prediction.zone.ptr)
		prediction.node = KM_UNKNOWN;
	prediction.word = &km_prediction_words[prediction.verdict];
	prediction.request_bytes = request_bytes(&candidates);
	prediction.high_watermark = request->high_watermark;
	prediction.zones = zones;
	prediction.fallback = rows;
	return prediction;
}

const struct km_vocabulary km_prediction_vocabulary = {
	.name = "prediction",
	.brief = "whether a request would be served",
	.items = km_prediction_words,
	.item_size = sizeof(*km_prediction_words),
};
