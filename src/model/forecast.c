// SPDX-License-Identifier: GPL-2.0-or-later
#include "kmeminfo-uapi.h"
#include "model/buddy.h"
#include "model/forecast.h"

static uint64_t sum_available(const struct km_request_zones *zones)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < zones->len; i++)
		if (zones->rows[i].reason == KM_VERDICT_OPEN)
			sum = km_num_add(sum, (uint64_t)zones->rows[i].available_bytes);
	return km_num_or(sum, 0);
}

/* The bytes of the whole request. */
static uint64_t bytes_of(const struct km_forecast_query *query)
{
	if (query->api >= 0)
		return query->bytes;
	return query->order < 32 ? km_num_mul(query->supply->page_bytes, 1ull << query->order) : KM_UNKNOWN;
}

/* The flags that the page allocator gets: the caller's and those that the call adds. */
static uint32_t flags_of(const struct km_forecast_query *query, const struct km_api_request *asked)
{
	uint32_t more = 0;

	const struct km_gfp *gfp = query->kernel->variants;

	if (asked->flags)
		km_gfp_encode(gfp, km_str_from(asked->flags), &more, NULL);
	/* vmalloc() leaves the zone to the caller who names one (k6.12:mm/vmalloc.c __vmalloc_area_node) */
	if (asked->way == KM_API_PAGES && (query->mask & (km_gfp_bits(gfp, "__GFP_DMA") | km_gfp_bits(gfp, "__GFP_DMA32"))))
		more &= ~km_gfp_bits(gfp, "__GFP_HIGHMEM");
	return query->mask | more;
}

/*
 * Whether kvmalloc() allocates single pages where kmalloc() fails. Up to 5.16: only with all of GFP_KERNEL
 * (k5.10:mm/util.c kvmalloc_node). Up to 6.12: only if it may sleep (k6.12:mm/util.c __kvmalloc_node_noprof). In 7.2:
 * also if not, but not in interrupts (k7.2:mm/slub.c).
 */
static enum km_tri has_fallback(const struct km_forecast_query *query)
{
	const struct km_gfp *gfp = query->kernel->variants;
	const uint64_t release = query->kernel->release;
	const uint32_t usual = km_gfp_bits(gfp, "GFP_KERNEL");
	const bool sleeps = km_request_from(gfp, &query->kernel->rules, query->mask).facts.sleeps;

	if ((query->mask & usual) == usual)
		return KM_TRI_YES;
	if (release == KM_UNKNOWN)
		return KM_TRI_UNKNOWN;
	if (release < KM_RELEASE(5, 17))
		return KM_TRI_NO;
	if (sleeps || release <= KM_RELEASE(6, 12))
		return km_tri_of(sleeps);
	return release < KM_RELEASE(7, 2) ? KM_TRI_UNKNOWN : km_tri_of(query->context == KM_CONTEXT_PROCESS);
}

/* Without its fallback kvmalloc() allows no more than kmalloc(). */
static struct km_api_request kvmalloc_of(const struct km_forecast_query *query)
{
	const struct km_api_request asked = km_api_request_of(query->input, KMEMINFO_API_KVMALLOC, query->bytes);

	if (asked.way == KM_API_PAGES && has_fallback(query) == KM_TRI_NO)
		return km_api_request_of(query->input, KMEMINFO_API_KMALLOC, query->bytes);
	return asked;
}

static struct km_api_request asked_of(const struct km_forecast_query *query)
{
	if (query->api < 0)
		return (struct km_api_request){ .way = KM_API_BLOCK, .order = query->order,
						.pages = query->order < 64 ? 1ull << query->order : KM_UNKNOWN,
						.free_objects = KM_UNKNOWN };
	if (query->api == KMEMINFO_API_KVMALLOC)
		return kvmalloc_of(query);
	return km_api_request_of(query->input, (unsigned int)query->api, query->bytes);
}

/*
 * Single pages. The first one is predicted like any other request, and the zones must have as many as
 * requested. If the lower bound of their memory is enough, the request succeeds; otherwise reclaim may help.
 */
static void predict_pages(struct km_forecast_result *result, uint64_t bytes)
{
	struct km_prediction *prediction = &result->prediction;

	if (prediction->answer != KM_TRI_YES || bytes <= result->available_bytes)
		return;
	prediction->answer = result->request.facts.sleeps ? KM_TRI_UNKNOWN : KM_TRI_NO;
	prediction->verdict = result->request.facts.sleeps ? KM_PREDICTION_RECLAIM : KM_PREDICTION_REFUSED;
	prediction->zone = (struct km_str){ 0 };
	prediction->node = KM_UNKNOWN;
	prediction->word = &km_prediction_words[prediction->verdict];
}

/* Several that are held: the first is predicted, the others need as much memory again. */
static void predict_held(const struct km_forecast_query *query, struct km_forecast_result *result)
{
	const uint64_t pages = km_num_mul(km_num_mul(result->asked.pages, query->held), query->supply->page_bytes);

	if (query->held < 2 || result->prediction.answer != KM_TRI_YES || pages <= result->available_bytes)
		return;
	result->prediction.answer = KM_TRI_UNKNOWN;
}

/* A free object needs no page, but no file shows which CPU has it. */
static void predict_object(struct km_forecast_result *result)
{
	struct km_prediction *prediction = &result->prediction;

	if (result->asked.free_objects != KM_UNKNOWN && result->asked.free_objects && prediction->answer == KM_TRI_NO)
		prediction->answer = KM_TRI_UNKNOWN;
}

static struct km_request request_of(const struct km_forecast_query *query, uint32_t mask)
{
	struct km_request request = km_request_from(query->kernel->variants, &query->kernel->rules, mask);

	if (query->reported)
		return *query->reported;
	request.node = query->node;
	request.nodemask = query->nodemask;
	request.mems_allowed = query->mems_allowed;
	return request;
}

static void set_unknown(struct km_prediction *prediction)
{
	prediction->answer = KM_TRI_UNKNOWN;
	prediction->verdict = KM_PREDICTION_UNKNOWN;
	prediction->word = &km_prediction_words[prediction->verdict];
	prediction->node = KM_UNKNOWN;
	prediction->zone = (struct km_str){ 0 };
}

/* Without a block kvmalloc() allocates single pages, if its flags allow that. */
static void fall_back(const struct km_forecast_query *query, struct km_forecast_result *result)
{
	struct km_forecast_result pages = { .asked = { .way = KM_API_PAGES } };

	if (query->api == KMEMINFO_API_KVMALLOC && result->asked.way == KM_API_PAGES &&
	    has_fallback(query) == KM_TRI_UNKNOWN)
		set_unknown(&result->prediction);
	if (!result->asked.falls_back || result->prediction.answer == KM_TRI_YES || has_fallback(query) == KM_TRI_NO)
		return;
	if (has_fallback(query) == KM_TRI_UNKNOWN) {
		set_unknown(&result->prediction);
		return;
	}
	pages.request = request_of(query, query->mask);
	pages.prediction = km_prediction_of(query->pool, query->supply, &pages.request);
	pages.available_bytes = sum_available(&pages.prediction.zones);
	predict_pages(&pages, query->bytes);
	result->request = pages.request;
	result->available_bytes = pages.available_bytes;
	result->prediction = pages.prediction;
	result->asked.way = KM_API_PAGES;
	result->asked.order = 0;
}

/*
 * Checks the caller's cgroups after the zones, because a request needs both. If both refuse it, the zones'
 * verdict stays.
 */
static void predict_charge(const struct km_forecast_query *query, struct km_forecast_result *result)
{
	struct km_prediction *prediction = &result->prediction;
	const struct km_charge_query charge = {
		.gfp = query->kernel->variants, .release = query->kernel->release,
		.page_bytes = query->supply->page_bytes, .mask = flags_of(query, &result->asked),
		.facts = &result->request.facts, .asked = &result->asked, .bytes = bytes_of(query), .held = query->held,
		.interrupt = query->context != KM_CONTEXT_PROCESS,
		.object = query->api == KMEMINFO_API_KMEM_CACHE_ALLOC,
	};

	result->charge = km_charge_of(&query->cgroup, &charge);
	if (result->charge.answer == KM_TRI_YES || prediction->answer == KM_TRI_NO)
		return;
	if (!result->charge.limit) {
		/* the limits could not be read, so only the zones are known to serve */
		prediction->answer = KM_TRI_UNKNOWN;
		prediction->verdict = KM_PREDICTION_UNKNOWN;
		prediction->word = &km_prediction_words[prediction->verdict];
		return;
	}
	if (result->charge.answer == KM_TRI_NO || prediction->answer == KM_TRI_YES)
		prediction->verdict = result->charge.answer == KM_TRI_NO || !result->request.facts.sleeps ?
					      KM_PREDICTION_CGROUP_REFUSED : KM_PREDICTION_CGROUP_RECLAIM;
	prediction->answer = result->charge.answer;
	prediction->word = &km_prediction_words[prediction->verdict];
	prediction->zone = (struct km_str){ 0 };
	prediction->node = KM_UNKNOWN;
}

/* A call that requests no page: it refuses the size, or serves it from chunks that exist. The zones decide nothing. */
static void set_no_pages(struct km_forecast_result *result)
{
	const bool refused = result->asked.way == KM_API_REFUSED && result->asked.limit_bytes != KM_UNKNOWN;
	struct km_prediction *prediction = &result->prediction;

	prediction->verdict = refused ? KM_PREDICTION_TOO_LARGE : KM_PREDICTION_UNKNOWN;
	prediction->answer = refused ? KM_TRI_NO : KM_TRI_UNKNOWN;
	prediction->node = KM_UNKNOWN;
	prediction->zone = (struct km_str){ 0 };
	prediction->basis = KM_PREDICTION_NO_BASIS;
	prediction->decides = NULL;
	prediction->word = &km_prediction_words[prediction->verdict];
}

bool km_forecast_stops(const struct km_forecast_query *query, const struct km_forecast_result *result)
{
	return result->asked.way == KM_API_PAGES && query->context != KM_CONTEXT_PROCESS;
}

static void predict_zones(const struct km_forecast_query *query, struct km_forecast_result *ret)
{
	ret->asked = asked_of(query);
	ret->request = request_of(query, flags_of(query, &ret->asked));
	ret->request.order = ret->asked.order;
	ret->prediction = km_prediction_of(query->pool, query->supply, &ret->request);
	ret->available_bytes = sum_available(&ret->prediction.zones);
	if (ret->asked.way == KM_API_REFUSED || ret->asked.way == KM_API_CHUNK) {
		set_no_pages(ret);
		return;
	}
	if (ret->asked.way == KM_API_PAGES)
		predict_pages(ret, query->bytes);
	if (ret->asked.way == KM_API_SLAB)
		predict_object(ret);
	fall_back(query, ret);
	predict_held(query, ret);
	if (km_forecast_stops(query, ret))
		set_unknown(&ret->prediction);
}

struct km_forecast_result km_forecast_predict(const struct km_forecast_query *query)
{
	struct km_forecast_result result = { 0 };

	predict_zones(query, &result);
	predict_charge(query, &result);
	return result;
}

/* The kernel's own index for the zone with the most memory above its watermark. */
static double index_of(const struct km_forecast_query *query, const struct km_forecast_result *result)
{
	const struct km_request_zone *zone = result->prediction.zones.fullest;
	const uint64_t order = result->asked.order;
	struct km_sheet sheet;

	if (!zone || !query->supply->buddyinfo)
		return KM_UNKNOWN_REAL;
	sheet = km_buddy_derive(query->pool, query->supply->buddyinfo, query->supply->page_bytes);
	for (size_t i = 0; i < sheet.len; i++) {
		const struct km_buddy *row = km_sheet_row(&sheet, i);

		if (row->node == zone->node && km_str_eq(row->zone, zone->zone) && order < row->orders.len)
			return ((const struct km_buddy_order *)row->orders.items)[order].fragmentation_index;
	}
	return KM_UNKNOWN_REAL;
}

/*
 * Whether the kernel compacts at all. A zone needs twice the request above its watermark. Above order 3 that
 * is the low watermark, and the index must exceed vm.extfrag_threshold, by default 500 (k6.12:mm/compaction.c
 * compaction_suitable, compaction_suit_allocation_order).
 */
static enum km_tri compacts(const struct km_forecast_query *query, const struct km_forecast_result *result, double index)
{
	enum { COSTLY_ORDER = 3 };
	const struct km_request_zones *zones = &result->prediction.zones;
	const uint64_t order = result->asked.order;
	const uint64_t gap = km_num_mul(query->supply->page_bytes, order < 32 ? 2ull << order : 0);

	if (!order || !result->request.facts.sleeps || !zones->fullest || gap == KM_UNKNOWN ||
	    result->prediction.basis == KM_PREDICTION_ABOVE_LOW || result->prediction.basis == KM_PREDICTION_ABOVE_MIN)
		return KM_TRI_UNKNOWN;
	for (size_t i = 0; i < zones->len; i++) {
		const struct km_request_zone *zone = &zones->rows[i];
		const int64_t above = order > COSTLY_ORDER ? zone->above_low_bytes : zone->above_min_bytes;

		if (zone->reason == KM_VERDICT_NO_BLOCK && above != KM_UNKNOWN_DELTA && above > (int64_t)gap)
			return order <= COSTLY_ORDER || isnan(index) ? KM_TRI_YES : km_tri_of(index > 0.5);
	}
	return KM_TRI_NO;
}

void km_forecast_derive(const struct km_forecast_query *query, struct km_forecast_result *result,
			struct km_forecast *row)
{
	const struct km_cgroup_limit *tightest = km_charge_tightest(&query->cgroup);

	*result = km_forecast_predict(query);
	km_row_init(&km_forecast_type, row);
	row->gfp = query->gfp;
	row->flags = km_gfp_name(query->pool, query->kernel->variants, flags_of(query, &result->asked));
	row->context = &km_contexts[query->context];
	row->node = query->node;
	row->request_bytes = bytes_of(query);
	row->order = result->asked.way == KM_API_REFUSED || result->asked.way == KM_API_CHUNK ? KM_UNKNOWN :
											    result->asked.order;
	row->pages = result->asked.pages;
	row->way = &km_api_ways[result->asked.way];
	row->cache = result->asked.cache;
	row->free_objects = result->asked.free_objects;
	row->answer = result->prediction.answer;
	row->prediction = result->prediction.word;
	row->node_served = result->prediction.node;
	row->zone_served = result->prediction.zone;
	row->compaction_index = index_of(query, result);
	row->compaction = compacts(query, result, row->compaction_index);
	row->charged = result->charge.charged;
	tightest = result->charge.limit ? result->charge.limit : tightest;
	if (tightest) {
		row->cgroup = tightest->cgroup;
		row->cgroup_limit_bytes = tightest->limit_bytes;
		row->cgroup_left_bytes = km_charge_left(tightest);
	}
	result->faults = km_gfp_faults(query->kernel->variants, query->kernel->release, query->mask);
	result->mask = flags_of(query, &result->asked);
	result->unnamed = query->mask & ~query->kernel->variants->named;
	/* a call that requests no page asks no zone */
	if (row->order != KM_UNKNOWN)
		row->zones = result->prediction.fallback;
}
