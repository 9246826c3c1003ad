// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/api-request.h"
#include "kmeminfo-uapi.h"

static uint64_t order_of(uint64_t bytes, uint64_t page_bytes)
{
	uint64_t order = 0;

	while (order < 32 && page_bytes << order < bytes)
		order++;
	return order;
}

static uint64_t pages_of(uint64_t bytes, uint64_t page_bytes)
{
	return bytes / page_bytes + !!(bytes % page_bytes);
}

static struct km_api_request block(const struct km_api_input *input, uint64_t bytes, const char *flags)
{
	const uint64_t order = order_of(bytes, input->limits->page_bytes);

	return (struct km_api_request){ .way = KM_API_BLOCK, .order = order, .pages = 1ull << order, .flags = flags,
					.free_objects = KM_UNKNOWN };
}

static struct km_api_request refused(uint64_t limit)
{
	return (struct km_api_request){ .way = KM_API_REFUSED, .pages = KM_UNKNOWN, .free_objects = KM_UNKNOWN,
					.limit_bytes = limit };
}

/* The smallest kmalloc cache for this size (k6.12:mm/slab_common.c kmalloc_caches). */
static const struct km_slabinfo_cache *find_cache(const struct km_slabinfo *slabinfo, uint64_t bytes)
{
	const struct km_slabinfo_cache *cache, *best = NULL;

	if (slabinfo)
		km_array_each(cache, &slabinfo->caches) {
			const uint64_t holds = km_limits_class(cache->name);

			if (holds >= bytes && holds && (!best || holds < km_limits_class(best->name)))
				best = cache;
		}
	return best;
}

/*
 * SLUB first requests the cache's usual order, without reclaim and warnings. Finally it requests the smallest
 * order that holds one object (k6.12:mm/slub.c allocate_slab). That last request decides.
 */
static struct km_api_request object(const struct km_api_input *input, uint64_t bytes)
{
	const struct km_slabinfo_cache *cache = find_cache(input->slabinfo, bytes);
	struct km_api_request request = block(input, bytes, NULL);

	request.way = KM_API_SLAB;
	if (!cache)
		return request;
	request.cache = cache->name;
	request.free_objects = km_num_sub(cache->num_objs, cache->active_objs);
	return request;
}

/* An object of a cache that its user made, which may be as large as kmalloc() allows (k6.12:mm/slab_common.c). */
static struct km_api_request own_object(const struct km_api_input *input, uint64_t bytes)
{
	struct km_api_request request;

	if (bytes > input->limits->of[KM_LIMIT_KMALLOC].bytes)
		return refused(input->limits->of[KM_LIMIT_KMALLOC].bytes);
	request = block(input, bytes, NULL);
	request.way = KM_API_SLAB;
	return request;
}

/* Above the largest cache kmalloc() allocates a compound page (k6.12:mm/slub.c ___kmalloc_large_node). */
static struct km_api_request kmalloc(const struct km_api_input *input, uint64_t bytes)
{
	if (bytes > input->limits->of[KM_LIMIT_KMALLOC].bytes)
		return refused(input->limits->of[KM_LIMIT_KMALLOC].bytes);
	if (bytes <= input->limits->of[KM_LIMIT_KMALLOC_CACHE].bytes)
		return object(input, bytes);
	return block(input, bytes, "__GFP_COMP");
}

static struct km_api_request kzalloc(const struct km_api_input *input, uint64_t bytes)
{
	struct km_api_request request = kmalloc(input, bytes);

	if (request.way != KM_API_REFUSED)
		request.flags = request.flags ? "__GFP_COMP|__GFP_ZERO" : "__GFP_ZERO";
	return request;
}

/*
 * The memory has a head in front: 40 bytes on 64-bit machines, and up to 128 where DMA needs that alignment
 * (k6.12:drivers/base/devres.c struct devres). A size just below a class may need the next one.
 */
static struct km_api_request devm_kzalloc(const struct km_api_input *input, uint64_t bytes)
{
	enum { HEAD_BYTES = 40 };
	struct km_api_request request = kzalloc(input, bytes < UINT64_MAX - HEAD_BYTES ? bytes + HEAD_BYTES : bytes);

	if (request.way == KM_API_REFUSED)
		request.limit_bytes = km_num_sub(request.limit_bytes, HEAD_BYTES);
	return request;
}

/*
 * Page tables and the array of page pointers need some thousandths more (k6.12:mm/vmalloc.c
 * __vmalloc_area_node).
 */
static struct km_api_request vmalloc(const struct km_api_input *input, uint64_t bytes)
{
	const uint64_t most = input->limits->of[KM_LIMIT_VMALLOC].bytes;

	if (most != KM_UNKNOWN && bytes > most)
		return refused(most);
	return (struct km_api_request){ .way = KM_API_PAGES, .pages = pages_of(bytes, input->limits->page_bytes),
					.flags = "__GFP_HIGHMEM", .free_objects = KM_UNKNOWN };
}

/*
 * kvmalloc() tries kmalloc() first, above one page with little effort, then vmalloc() (k6.12:mm/util.c
 * kmalloc_gfp_adjust).
 */
static struct km_api_request kvmalloc(const struct km_api_input *input, uint64_t bytes)
{
	struct km_api_request request = kmalloc(input, bytes);

	if (request.way == KM_API_REFUSED)
		return vmalloc(input, bytes);
	if (bytes <= input->limits->page_bytes)
		return request;
	request.flags = request.way == KM_API_BLOCK ? "__GFP_COMP|__GFP_NORETRY" : "__GFP_NORETRY";
	request.falls_back = true;
	return request;
}

struct km_api_request km_api_request_of(const struct km_api_input *input, unsigned int api, uint64_t bytes)
{
	const uint64_t page_bytes = input->limits->page_bytes;
	const struct km_limit *limits = input->limits->of;

	if (page_bytes == KM_UNKNOWN)
		return refused(KM_UNKNOWN);
	switch ((enum kmeminfo_api)api) {
	case KMEMINFO_API_KMALLOC:
		return kmalloc(input, bytes);
	case KMEMINFO_API_DEVM_KZALLOC:
		return devm_kzalloc(input, bytes);
	case KMEMINFO_API_KZALLOC:
		return kzalloc(input, bytes);
	case KMEMINFO_API_KVMALLOC:
		return kvmalloc(input, bytes);
	case KMEMINFO_API_VMALLOC:
	case KMEMINFO_API_VZALLOC:
		return vmalloc(input, bytes);
	case KMEMINFO_API_GET_ZEROED_PAGE:
		return bytes > page_bytes ? refused(page_bytes) : block(input, bytes, "__GFP_ZERO");
	case KMEMINFO_API_KMEM_CACHE_ALLOC:
		return own_object(input, bytes);
	case KMEMINFO_API_ALLOC_PERCPU:
		if (bytes > limits[KM_LIMIT_PERCPU].bytes)
			return refused(limits[KM_LIMIT_PERCPU].bytes);
		return (struct km_api_request){ .way = KM_API_CHUNK, .pages = KM_UNKNOWN, .free_objects = KM_UNKNOWN };
	case KMEMINFO_API_DMA_ALLOC_COHERENT:
	case KMEMINFO_API_GET_FREE_PAGES:
	case KMEMINFO_API_ALLOC_PAGES:
	case KMEMINFO_API_COUNT:
		break;
	}
	return block(input, bytes, NULL);
}
