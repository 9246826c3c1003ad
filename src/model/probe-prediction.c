// SPDX-License-Identifier: GPL-2.0-or-later
/* The prediction for a probe, from the machine's files. The same request is then tried. */
#include "model/prediction.h"
#include "model/probe.h"

static uint64_t order_of(uint64_t bytes, uint64_t page_bytes)
{
	uint64_t order = 0;

	while (page_bytes << order < bytes && order < 32)
		order++;
	return order;
}

/* The block that the call requests from the page allocator; KM_UNKNOWN: page by page, or not known. */
static uint64_t block_order(const struct km_probe_query *query, const struct kmeminfo_probe *probe)
{
	const uint64_t page_bytes = query->supply->page_bytes;

	switch (probe->api) {
	case KMEMINFO_API_GET_FREE_PAGES:
	case KMEMINFO_API_ALLOC_PAGES:
	case KMEMINFO_API_DMA_ALLOC_COHERENT:
		return order_of(probe->bytes, page_bytes);
	case KMEMINFO_API_KMALLOC:
	case KMEMINFO_API_KZALLOC:
	case KMEMINFO_API_DEVM_KZALLOC:
		/* SLUB requests larger blocks for a slab first, and single pages in the end */
		return probe->bytes > query->limits->of[KM_LIMIT_KMALLOC_CACHE].bytes ?
			order_of(probe->bytes, page_bytes) : 0;
	case KMEMINFO_API_GET_ZEROED_PAGE:
	case KMEMINFO_API_KMEM_CACHE_ALLOC:
		return 0;
	default:
		return KM_UNKNOWN;
	}
}

static bool is_by_page(const struct kmeminfo_probe *probe)
{
	return probe->api == KMEMINFO_API_VMALLOC || probe->api == KMEMINFO_API_VZALLOC ||
	       probe->api == KMEMINFO_API_KVMALLOC;
}

/* Whether the zones have as many pages left, one by one. */
static bool has_pages(const struct km_request_zones *zones, uint64_t bytes)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < zones->len; i++)
		if (zones->rows[i].verdict == &km_request_verdicts[KM_VERDICT_OPEN])
			sum = km_num_add(sum, (uint64_t)zones->rows[i].available_bytes);
	return sum != KM_UNKNOWN && sum >= bytes;
}

struct km_prediction km_probe_predict(const struct km_probe_query *query, const struct kmeminfo_probe *probe)
{
	const struct km_prediction none = { .verdict = KM_PREDICTION_UNKNOWN, .node = KM_UNKNOWN };
	uint64_t order = block_order(query, probe);
	struct km_prediction prediction;
	struct km_request_zones zones;
	struct km_request request;

	if (!query->kernel->len || query->supply->page_bytes == KM_UNKNOWN ||
	    (order == KM_UNKNOWN && !is_by_page(probe)))
		return none;
	request = km_request_from(query->kernel->variants, &query->kernel->rules, probe->gfp);
	request.order = order;
	request.node = query->node;
	/* the module adds it, so that a probe never disturbs the machine */
	request.no_retry |= order && order != KM_UNKNOWN;
	zones = km_request_zones_of(query->pool, query->supply, &request);
	if (order == KM_UNKNOWN && !has_pages(&zones, probe->bytes))
		return none;
	prediction = km_prediction_of(query->pool, query->supply, &request, &zones);
	if (order == KM_UNKNOWN) {
		prediction.node = KM_UNKNOWN;
		prediction.zone = (struct km_str){ 0 };
	}
	return prediction;
}
