// SPDX-License-Identifier: GPL-2.0-or-later
#include "kmeminfo-uapi.h"
#include "report/forecast-text.h"
#include "report/mask-text.h"
#include "report/prediction-text.h"
#include "words/say.h"

static const char *size(const struct km_forecast_query *query, uint64_t bytes)
{
	return km_text_size(query->pool, bytes);
}

static struct km_str join(const struct km_forecast_query *query, struct km_str a, struct km_str b)
{
	return km_sentences(query->pool, a, b);
}

/* The steps of the call before it reaches the page allocator; empty if it only passes the request on. */
static struct km_str describe_call(const struct km_forecast_query *query, const struct km_forecast_result *result)
{
	const struct km_api_request *asked = &result->asked;

	if (query->api < 0)
		return (struct km_str){ 0 };
	switch (asked->way) {
	case KM_API_REFUSED:
		if (asked->limit_bytes == KM_UNKNOWN)
			return KM_SENTENCE("The page size is unknown, so the request cannot be computed.");
		/* both may round to the same size: 40 bytes less than 4 MiB */
		if (!strcmp(size(query, asked->limit_bytes), size(query, query->bytes)))
			return km_say_printf(query->pool, "The call allows %llu bytes at most, so no page is requested.",
					     (unsigned long long)asked->limit_bytes);
		return km_say_printf(query->pool, "The call allows %s at most, so no page is requested.",
				      size(query, asked->limit_bytes));
	case KM_API_CHUNK:
		return KM_SENTENCE("Per-CPU memory comes from chunks that exist. No file reports the room in them.");
	case KM_API_SLAB:
		if (asked->cache.ptr && asked->free_objects != KM_UNKNOWN && asked->free_objects)
			return km_say_printf(query->pool,
					      "The object comes from %.*s, which has %llu free objects; a new "
					      "slab is needed only if none of them is free for this CPU.", KM_STR_ARG(asked->cache),
					      (unsigned long long)asked->free_objects);
		return KM_SENTENCE("The object comes from a slab. A new slab is needed if no object is free.");
	case KM_API_PAGES:
		if (asked->pages == 1)
			break;
		return km_say_printf(query->pool, "%llu pages are requested one by one; the zones have %s available "
				      "together.", (unsigned long long)asked->pages, size(query, result->available_bytes));
	case KM_API_BLOCK:
	case KM_API_WAYS:
		break;
	}
	return (struct km_str){ 0 };
}

static struct km_str describe_cgroup(const struct km_forecast_query *query, const struct km_forecast_result *result)
{
	const struct km_charge *charge = &result->charge;
	const struct km_cgroup_limit *limit = charge->limit;
	struct km_str text = { 0 };

	if (limit && km_charge_left(limit) == KM_UNKNOWN)
		text = km_say_printf(query->pool, "The charge of %s exceeds a limit of the memory cgroup %.*s: %s is %s.",
				      size(query, charge->bytes), KM_STR_ARG(limit->cgroup), limit->file,
				      size(query, limit->limit_bytes));
	else if (limit)
		text = km_say_printf(query->pool, "The charge of %s exceeds a limit of the memory cgroup %.*s: %s is %s, and %s are "
				      "left.", size(query, charge->bytes), KM_STR_ARG(limit->cgroup), limit->file,
				      size(query, limit->limit_bytes), size(query, km_charge_left(limit)));
	if (limit && charge->charged == KM_TRI_UNKNOWN)
		text = join(query, text, KM_SENTENCE("Memory of user space and page cache are charged, and objects of caches with "
						     "SLAB_ACCOUNT; other requests with these flags are not."));
	if (charge->forced)
		text = join(query, text, KM_SENTENCE("The kernel lets requests with __GFP_NOFAIL or __GFP_HIGH exceed it."));
	else if (charge->never)
		text = join(query, text, KM_SENTENCE("It is larger than the limit, so reclaim cannot help."));
	else if (limit && result->request.facts.sleeps)
		text = join(query, text, KM_SENTENCE("The cgroup has to free memory first."));
	else if (limit && charge->answer == KM_TRI_UNKNOWN)
		text = join(query, text, KM_SENTENCE("It fails, unless this CPU has pages charged in advance, which no file reports."));
	if (charge->high)
		text = join(query, text, km_say_printf(query->pool, "The memory cgroup %.*s exceeds memory.high, %s: the task has to "
						      "reclaim before it returns to user space.",
						      KM_STR_ARG(charge->high->cgroup), size(query, charge->high->limit_bytes)));
	return text;
}

static struct km_str describe_compaction(const struct km_forecast_query *query, const struct km_forecast *row)
{
	if (row->compaction == KM_TRI_UNKNOWN ||
	    row->prediction == &km_prediction_words[KM_PREDICTION_TOO_LARGE])
		return (struct km_str){ 0 };
	if (row->compaction == KM_TRI_NO)
		return KM_SENTENCE("The kernel skips compaction: too little is free above the watermark, or the fragmentation "
			      "index says that memory is short, so it reclaims first.");
	if (isnan(row->compaction_index))
		return KM_SENTENCE("The kernel tries compaction.");
	return km_say_printf(query->pool, "The kernel tries compaction; the fragmentation index is %.3f, where 1 means "
			      "that compaction can help and 0 that memory is short.", row->compaction_index);
}

/* The shortage in the closest zone that does not serve. */
static struct km_str missing(const struct km_forecast_query *query, const struct km_forecast_result *result)
{
	const struct km_request_zone *zone = result->prediction.zones.nearest;

	if (!zone || zone->available_bytes == KM_UNKNOWN_DELTA || zone->available_bytes > 0)
		return (struct km_str){ 0 };
	return km_say_printf(query->pool, "%s more free memory in %s would be enough.",
			      size(query, (uint64_t)-zone->available_bytes + query->supply->page_bytes),
			      km_text_zone(query->pool, zone));
}

static struct km_str smaller_order(const struct km_forecast_query *query, const struct km_forecast_result *result)
{
	uint64_t largest = 0;

	for (size_t i = 0; i < result->prediction.zones.len; i++)
		if (result->prediction.zones.rows[i].reason == KM_VERDICT_NO_BLOCK &&
		    result->prediction.zones.rows[i].largest_least_bytes != KM_UNKNOWN &&
		    result->prediction.zones.rows[i].largest_least_bytes > largest)
			largest = result->prediction.zones.rows[i].largest_least_bytes;
	if (!largest)
		return (struct km_str){ 0 };
	return km_say_printf(query->pool, "A block of %s is free. vmalloc() and kvmalloc() need no large block. Writing 1 "
			      "to /proc/sys/vm/compact_memory compacts all zones.", size(query, largest));
}

/* Whether the call needs contiguous memory, so that another call may succeed. */
static bool takes_blocks(const struct km_forecast_query *query)
{
	switch (query->api) {
	case KMEMINFO_API_VMALLOC:
	case KMEMINFO_API_VZALLOC:
	case KMEMINFO_API_KVMALLOC:
	case KMEMINFO_API_ALLOC_PERCPU:
		return false;
	default:
		return true;
	}
}

static struct km_str change_of(const struct km_forecast_query *query, const struct km_forecast_result *result)
{
	struct km_str text = { 0 };

	switch (result->prediction.verdict) {
	case KM_PREDICTION_REFUSED:
		text = join(query, missing(query, result), smaller_order(query, result));
		return join(query, text, KM_SENTENCE("If the caller may sleep, GFP_KERNEL reclaims instead of "
						"failing."));
	case KM_PREDICTION_RECLAIM:
		return missing(query, result);
	case KM_PREDICTION_COMPACTION:
		return smaller_order(query, result);
	case KM_PREDICTION_RESERVES:
	case KM_PREDICTION_BELOW_LOW:
		return KM_SENTENCE("kswapd reclaims until a zone of the node is above its high watermark. A little "
			      "later the request is served at once, if memory can be reclaimed.");
	case KM_PREDICTION_NO_ZONE:
		return KM_SENTENCE("A request without __GFP_THISNODE, or for another node.");
	case KM_PREDICTION_TOO_LARGE:
		return query->supply->page_bytes != KM_UNKNOWN && takes_blocks(query) ?
			KM_SENTENCE("A smaller request. vmalloc() and kvmalloc() allow more, page by page.") :
			KM_SENTENCE("A smaller request.");
	case KM_PREDICTION_CGROUP_RECLAIM:
	case KM_PREDICTION_CGROUP_REFUSED:
		return KM_SENTENCE("A higher limit of the cgroup, or less memory in it. The free memory of the machine does not "
				   "matter.");
	case KM_PREDICTION_AT_ONCE:
	case KM_PREDICTION_SERVED:
	case KM_PREDICTION_UNKNOWN:
	case KM_PREDICTIONS:
		break;
	}
	return text;
}

static void add(struct km_texts *texts, struct km_str text)
{
	texts->items[texts->len++] = text;
}

static bool is_any_unsure(const struct km_forecast_result *result)
{
	for (size_t i = 0; i < result->prediction.zones.len; i++) {
		const struct km_request_zone *zone = &result->prediction.zones.rows[i];

		if (zone->reason == KM_VERDICT_UNKNOWN || (zone->reason != KM_VERDICT_ABOVE_ZONE &&
							   zone->reason != KM_VERDICT_OTHER_NODE &&
							   zone->at_once == KM_TRI_UNKNOWN))
			return true;
	}
	return false;
}

static bool rules_are_unknown(const struct km_alloc_rules *rules)
{
	return rules->min_reserve == KM_TRI_UNKNOWN || rules->highatomic_last == KM_TRI_UNKNOWN ||
	       rules->highatomic_high == KM_TRI_UNKNOWN || rules->highatomic_free == KM_TRI_UNKNOWN;
}

enum gap { GAP_ZONES, GAP_BLOCKS, GAP_TYPES, GAP_RULES, GAP_CGROUP, GAP_NODE, GAP_RECLAIM, GAPS };

/* What is not known, and what would tell: on a machine or in a capture, and of a report of the log. */
static const struct {
	const char *file, *report;
} gaps[GAPS] = {
	[GAP_ZONES] = { KM_SAID("The zones: /proc/zoneinfo is missing."), KM_SAID("The zones: the failure report has none.") },
	[GAP_BLOCKS] = { KM_SAID("The free blocks: /proc/buddyinfo is missing."),
			 KM_SAID("The free blocks: the failure report has none.") },
	[GAP_TYPES] = { KM_SAID("The migrate types of free blocks and the highatomic reserve: run as root, "
				"which reads /proc/pagetypeinfo once, or load the helper module."),
			KM_SAID("The migrate types of free blocks and the highatomic reserve: the failure report does not "
				"have them.") },
	[GAP_RULES] = { KM_SAID("The stable release of the kernel, which decides some rules of the page allocator: "
				"/proc/version of Debian reports it."),
			KM_SAID("The stable release of the kernel, which decides some rules of the page allocator: the "
				"failure report does not have it.") },
	[GAP_CGROUP] = { KM_SAID("The limits of the caller's memory cgroup and of those above it: not all of their files can "
				 "be read here. --cgroup names another."),
			 KM_SAID("The limits of the caller's memory cgroup and of those above it: the failure report does not "
				 "have them all.") },
	[GAP_NODE] = { KM_SAID("The node: give it with --node."), KM_SAID("The node: give it with --node.") },
	[GAP_RECLAIM] = { KM_SAID("What reclaim and compaction would find: only a try with `kmeminfo probe` "
				  "shows it."),
			  KM_SAID("What reclaim and compaction would have found.") },
};

/* The figures that a certain answer needs, and the files that contain them. */
static struct km_texts unknown_of(const struct km_forecast_query *query, const struct km_forecast_result *result,
				  const struct km_forecast *row)
{
	const struct km_prediction *prediction = &result->prediction;
	/* the zone that serves is named: no other figure matters */
	const bool unsure = is_any_unsure(result) && !prediction->zone.ptr, unknown = prediction->answer == KM_TRI_UNKNOWN;
	const bool missing[GAPS] = {
		[GAP_ZONES] = !query->supply->zones.len,
		[GAP_BLOCKS] = !query->supply->buddyinfo && row->order,
		[GAP_TYPES] = !query->supply->blocks && unsure,
		[GAP_RULES] = rules_are_unknown(&result->request.rules) && unsure,
		[GAP_CGROUP] = query->cgroup.known == KM_TRI_UNKNOWN && result->charge.charged != KM_TRI_NO,
		[GAP_NODE] = result->request.this_node && query->node == KM_UNKNOWN && unknown,
		[GAP_RECLAIM] = unknown && result->request.facts.sleeps &&
				(prediction->verdict == KM_PREDICTION_RECLAIM || prediction->verdict == KM_PREDICTION_COMPACTION),
	};
	struct km_texts texts = { km_pool_alloc(query->pool, GAPS, sizeof(*texts.items)), 0 };

	for (enum gap i = 0; i < GAPS; i++)
		if (missing[i])
			add(&texts, km_str_from(km_say(query->of_report ? gaps[i].report : gaps[i].file)));
	return texts;
}

static bool may_use(const struct km_forecast_result *result, const char *zone)
{
	for (size_t i = 0; i < result->prediction.zones.len; i++)
		if (result->prediction.zones.rows[i].reason != KM_VERDICT_ABOVE_ZONE &&
		    km_str_eq(result->prediction.zones.rows[i].zone, km_str_from(zone)))
			return true;
	return false;
}

/*
 * The figures that the prediction ignores. Per-CPU lists have blocks up to order 3, and huge pages
 * (k6.12:include/linux/mmzone.h NR_PCP_LISTS). Without vm.defrag_mode, only a zone Normal above a zone DMA32
 * sets ALLOC_NOFRAGMENT (k6.12:mm/page_alloc.c alloc_flags_nofragment).
 */
static struct km_texts not_considered(const struct km_forecast_query *query, const struct km_forecast_result *result)
{
	enum { MOST = 8, COSTLY_ORDER = 3 };
	const struct km_forecast_settings *settings = &query->settings;
	const uint32_t mask = result->mask;
	struct km_texts texts = { km_pool_alloc(query->pool, MOST, sizeof(*texts.items)), 0 };

	if (result->asked.order <= COSTLY_ORDER)
		add(&texts, KM_SENTENCE("free pages on per-CPU lists"));
	add(&texts, KM_SENTENCE("a caller with realtime priority or chosen by the OOM killer"));
	if (settings->zone_reclaim_mode)
		add(&texts, KM_SENTENCE("vm.zone_reclaim_mode other than 0"));
	if (settings->defrag_mode)
		add(&texts, KM_SENTENCE("vm.defrag_mode other than 0"));
	if (!query->mems_allowed.len)
		add(&texts, KM_SENTENCE("the caller's cpuset and memory policy"));
	if (may_use(result, "Normal") && may_use(result, "DMA32"))
		add(&texts, KM_SENTENCE("ALLOC_NOFRAGMENT, which may choose DMA32 instead of Normal"));
	if (settings->unaccepted_bytes)
		add(&texts, KM_SENTENCE("unaccepted memory"));
	if (mask & km_gfp_bits(query->kernel->variants, "__GFP_WRITE"))
		add(&texts, KM_SENTENCE("dirty limits for __GFP_WRITE"));
	return texts;
}

/*
 * Lists the faults of the mask, by itself and in its context, for example a mask that may sleep where that is
 * not allowed.
 */
static void describe_complaints(const struct km_forecast_query *query, const struct km_forecast_result *result,
			  struct km_forecast *row)
{
	row->complaints = km_mask_complaints(query->pool, result->faults, result->unnamed);
	if (km_forecast_stops(query, result)) {
		add(&row->complaints, km_say_printf(query->pool, "vmalloc() must not be called in a %s: the kernel stops at "
					   "BUG_ON(in_interrupt()), with any flags (mm/vmalloc.c __get_vm_area_node).",
					   km_contexts[query->context].key));
		return;
	}
	if (query->context == KM_CONTEXT_PROCESS || !result->request.facts.sleeps)
		return;
	add(&row->complaints, km_say_printf(query->pool, "%.*s may sleep, which a %s must not: the kernel "
				   "warns about a sleeping function, or hangs. GFP_ATOMIC does not sleep.", KM_STR_ARG(query->gfp),
				   km_contexts[query->context].key));
}

/* The page allocator's part of the reason. */
static struct km_str describe_zones(const struct km_forecast_query *query, const struct km_forecast_result *result)
{
	if (result->prediction.verdict == KM_PREDICTION_TOO_LARGE && result->asked.way == KM_API_BLOCK)
		return km_say_printf(query->pool, "The largest block of this kernel is of order %llu.",
				     (unsigned long long)query->input->limits->max_order);
	return km_prediction_reason(query->pool, &result->prediction);
}

struct km_str km_forecast_reason(const struct km_forecast_query *query, const struct km_forecast_result *result)
{
	const struct km_str zones = join(query, describe_call(query, result), describe_zones(query, result));

	return join(query, zones, describe_cgroup(query, result));
}

void km_forecast_explain(const struct km_forecast_query *query, const struct km_forecast_result *result,
			 struct km_forecast *row)
{
	row->reason = join(query, describe_call(query, result), describe_zones(query, result));
	row->reason = join(query, row->reason, describe_compaction(query, row));
	row->reason = join(query, row->reason, describe_cgroup(query, result));
	row->change = change_of(query, result);
	row->unknown = unknown_of(query, result, row);
	row->not_considered = not_considered(query, result);
	describe_complaints(query, result, row);
}
