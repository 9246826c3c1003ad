// SPDX-License-Identifier: GPL-2.0
/*
 * The allocation functions that can be probed: how each allocates, what it returns, how it is
 * freed.
 */
#include <linux/dma-mapping.h>
#include <linux/percpu.h>
#include <linux/platform_device.h>
#include "compat.h"
#include "kmeminfo-uapi.h"
#include "probe-api.h"

bool km_piece_got(const struct km_piece *piece)
{
	return piece->address || piece->page || piece->percpu;
}

struct platform_device *km_device_new(void)
{
	struct platform_device *device = platform_device_alloc("kmeminfo-probe", PLATFORM_DEVID_AUTO);

	if (!device)
		return NULL;
	dev_set_uevent_suppress(&device->dev, 1);
	if (platform_device_add(device)) {
		platform_device_put(device);
		return NULL;
	}
	return device;
}

static void kmalloc_take(const struct km_request *req, struct km_piece *ret)
{
	ret->address = kmalloc_node(req->bytes, req->gfp, req->node);
}

static void kzalloc_take(const struct km_request *req, struct km_piece *ret)
{
	ret->address = kzalloc_node(req->bytes, req->gfp, req->node);
}

/* Code must not touch the bytes that ksize() adds to the request: KASAN guards them. */
static void kmalloc_measure(const struct km_request *req, struct km_piece *piece)
{
	piece->usable = ksize(piece->address);
	piece->length = min(req->bytes, piece->usable);
}

static void kmalloc_give(const struct km_request *req, struct km_piece *piece)
{
	kfree(piece->address);
}

static void vmalloc_take(const struct km_request *req, struct km_piece *ret)
{
	if (req->node == NUMA_NO_NODE)
		ret->address = __vmalloc(req->bytes, req->gfp);
	else
		ret->address = vmalloc_node(req->bytes, req->node);
}

/* The same as vzalloc(), which cannot pass __GFP_NOWARN. */
static void vzalloc_take(const struct km_request *req, struct km_piece *ret)
{
	if (req->node == NUMA_NO_NODE)
		ret->address = __vmalloc(req->bytes, req->gfp | __GFP_ZERO);
	else
		ret->address = vzalloc_node(req->bytes, req->node);
}

static void vmalloc_measure(const struct km_request *req, struct km_piece *piece)
{
	piece->usable = PAGE_ALIGN(req->bytes);
	piece->length = req->bytes;
}

static void vmalloc_give(const struct km_request *req, struct km_piece *piece)
{
	vfree(piece->address);
}

static void kvmalloc_take(const struct km_request *req, struct km_piece *ret)
{
	ret->address = kvmalloc_node(req->bytes, req->gfp, req->node);
}

static void kvmalloc_measure(const struct km_request *req, struct km_piece *piece)
{
	if (is_vmalloc_addr(piece->address))
		vmalloc_measure(req, piece);
	else
		kmalloc_measure(req, piece);
}

static void kvmalloc_give(const struct km_request *req, struct km_piece *piece)
{
	kvfree(piece->address);
}

static void free_pages_take(const struct km_request *req, struct km_piece *ret)
{
	ret->address = (void *)__get_free_pages(req->gfp, req->order);
}

static void block_measure(const struct km_request *req, struct km_piece *piece)
{
	piece->usable = (u64)PAGE_SIZE << req->order;
	piece->length = piece->usable;
}

static void free_pages_give(const struct km_request *req, struct km_piece *piece)
{
	free_pages((unsigned long)piece->address, req->order);
}

static void zeroed_page_take(const struct km_request *req, struct km_piece *ret)
{
	ret->address = (void *)get_zeroed_page(req->gfp);
}

static void alloc_pages_take(const struct km_request *req, struct km_piece *ret)
{
	if (req->node == NUMA_NO_NODE)
		ret->page = alloc_pages(req->gfp, req->order);
	else
		ret->page = alloc_pages_node(req->node, req->gfp, req->order);
}

static void alloc_pages_measure(const struct km_request *req, struct km_piece *piece)
{
	block_measure(req, piece);
	if (!PageHighMem(piece->page))
		piece->address = page_address(piece->page);
}

static void alloc_pages_give(const struct km_request *req, struct km_piece *piece)
{
	if (piece->page)
		__free_pages(piece->page, req->order);
}

static void cache_take(const struct km_request *req, struct km_piece *ret)
{
	ret->address = kmem_cache_alloc_node(req->cache, req->gfp, req->node);
}

static void cache_measure(const struct km_request *req, struct km_piece *piece)
{
	piece->usable = kmem_cache_size(req->cache);
	piece->length = piece->usable;
}

static void cache_give(const struct km_request *req, struct km_piece *piece)
{
	if (piece->address)
		kmem_cache_free(req->cache, piece->address);
}

static void percpu_take(const struct km_request *req, struct km_piece *ret)
{
	ret->percpu = __alloc_percpu_gfp(req->bytes, sizeof(u64), req->gfp);
}

/* Only one CPU's copy is examined. */
static void percpu_measure(const struct km_request *req, struct km_piece *piece)
{
	piece->address = per_cpu_ptr(piece->percpu, cpumask_first(cpu_possible_mask));
	piece->length = req->bytes;
}

static void percpu_give(const struct km_request *req, struct km_piece *piece)
{
	free_percpu(piece->percpu);
}

static bool devm_prepare(const struct km_request *req, struct km_piece *ret)
{
	ret->device = km_device_new();
	return ret->device;
}

static void devm_take(const struct km_request *req, struct km_piece *ret)
{
	ret->address = devm_kzalloc(&ret->device->dev, req->bytes, req->gfp);
}

static void note_release(void *released)
{
	*(bool *)released = true;
}

static void devm_measure(const struct km_request *req, struct km_piece *piece)
{
	piece->length = req->bytes;
	piece->watched = !devm_add_action(&piece->device->dev, note_release, &piece->released);
}

static void devm_give(const struct km_request *req, struct km_piece *piece)
{
	if (piece->device)
		platform_device_unregister(piece->device);
}

static void dma_take(const struct km_request *req, struct km_piece *ret)
{
	ret->address = dma_alloc_coherent(&req->device->dev, req->bytes, &ret->dma, req->gfp);
}

static void dma_give(const struct km_request *req, struct km_piece *piece)
{
	if (piece->address)
		dma_free_coherent(&req->device->dev, req->bytes, piece->address, piece->dma);
}

#define FORM(name) .take = name##_take, .measure = name##_measure, .give = name##_give

static const struct km_api apis[] = {
	[KMEMINFO_API_KMALLOC] = {
		.traits = KM_API_FLAGS | KM_API_NODE | KM_API_SLAB,
		FORM(kmalloc),
	},
	[KMEMINFO_API_KZALLOC] = {
		.traits = KM_API_FLAGS | KM_API_NODE | KM_API_SLAB,
		.take = kzalloc_take, .measure = kmalloc_measure, .give = kmalloc_give,
	},
	[KMEMINFO_API_KVMALLOC] = {
		.traits = KM_API_FLAGS | KM_API_NODE | KM_API_SLAB | KM_API_VMALLOC,
		FORM(kvmalloc),
	},
	[KMEMINFO_API_VMALLOC] = {
		.traits = KM_API_FLAGS | KM_API_NODE | KM_API_VMALLOC,
		FORM(vmalloc),
	},
	[KMEMINFO_API_VZALLOC] = {
		.traits = KM_API_NODE | KM_API_VMALLOC,
		.take = vzalloc_take, .measure = vmalloc_measure, .give = vmalloc_give,
	},
	[KMEMINFO_API_GET_FREE_PAGES] = {
		.traits = KM_API_FLAGS | KM_API_PAGES,
		.take = free_pages_take, .measure = block_measure, .give = free_pages_give,
	},
	[KMEMINFO_API_GET_ZEROED_PAGE] = {
		.traits = KM_API_FLAGS | KM_API_PAGES | KM_API_ONE_PAGE,
		.take = zeroed_page_take, .measure = block_measure, .give = free_pages_give,
	},
	[KMEMINFO_API_ALLOC_PAGES] = {
		.traits = KM_API_FLAGS | KM_API_NODE | KM_API_PAGES,
		FORM(alloc_pages),
	},
	[KMEMINFO_API_KMEM_CACHE_ALLOC] = {
		.traits = KM_API_FLAGS | KM_API_NODE | KM_API_SLAB | KM_API_CACHE,
		FORM(cache),
	},
	[KMEMINFO_API_ALLOC_PERCPU] = {
		.traits = KM_API_FLAGS | KM_API_PERCPU,
		FORM(percpu),
	},
	[KMEMINFO_API_DEVM_KZALLOC] = {
		.traits = KM_API_FLAGS | KM_API_SLAB | KM_API_DEVICE,
		.prepare = devm_prepare,
		FORM(devm),
	},
	[KMEMINFO_API_DMA_ALLOC_COHERENT] = {
		.traits = KM_API_FLAGS | KM_API_DMA,
		.take = dma_take, .measure = vmalloc_measure, .give = dma_give,
	},
};

static_assert(ARRAY_SIZE(apis) == KMEMINFO_API_COUNT);

const struct km_api *km_api(u32 number)
{
	return number < ARRAY_SIZE(apis) ? &apis[number] : NULL;
}
