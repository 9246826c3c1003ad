// SPDX-License-Identifier: GPL-2.0
/*
 * Takes memory of one kind and holds it, so that the account can be compared with it. For tests only.
 *
 *   echo 'kmalloc 64 10000' >/sys/module/kmhold/parameters/take
 *   echo all >/sys/module/kmhold/parameters/give
 *
 * A line is KIND SIZE COUNT. SIZE is in bytes, and in pages an order. held has the requested bytes.
 * The list of what is held is as long as the module is loaded, so that it changes no figure.
 */
#include <linux/dma-mapping.h>
#include <linux/gfp.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#if __has_include(<net/page_pool/helpers.h>)
#include <net/page_pool/helpers.h>
#else
#include <net/page_pool.h>
#endif

enum { MOST = 131072 };

struct piece {
	void *at;
	dma_addr_t dma; /* of DMA memory; of a mapping its pages */
};

struct kind {
	const char *name;
	bool (*take)(unsigned long size, struct piece *ret);
	void (*give)(unsigned long size, struct piece *piece);
	gfp_t flags;
	bool of_pages; /* size is an order */
};

static struct piece *pieces;
static unsigned int held;
static unsigned long size_held;
static const struct kind *kind_held;
static struct kmem_cache *cache;
static struct platform_device *device;
static struct page_pool *pool;

static bool take_kmalloc(unsigned long size, struct piece *ret)
{
	ret->at = kmalloc(size, kind_held->flags);
	return ret->at;
}

static void give_kmalloc(unsigned long size, struct piece *piece)
{
	kfree(piece->at);
}

/* A cache whose objects are constructed is merged with no other. */
static void construct(void *object)
{
}

static bool take_object(unsigned long size, struct piece *ret)
{
	const slab_flags_t flags = kind_held->flags & __GFP_RECLAIMABLE ? SLAB_RECLAIM_ACCOUNT : 0;

	if (!cache)
		cache = kmem_cache_create("kmhold_objects", size, 0, flags, construct);
	ret->at = cache ? kmem_cache_alloc(cache, GFP_KERNEL) : NULL;
	return ret->at;
}

static void give_object(unsigned long size, struct piece *piece)
{
	kmem_cache_free(cache, piece->at);
}

static bool take_vmalloc(unsigned long size, struct piece *ret)
{
	ret->at = vmalloc(size);
	return ret->at;
}

static void give_vmalloc(unsigned long size, struct piece *piece)
{
	vfree(piece->at);
}

static void free_pages_of(struct page **pages, unsigned long count)
{
	while (count)
		__free_page(pages[--count]);
	kvfree(pages);
}

/* Pages of the caller, mapped: vmap() only adds addresses. */
static bool take_vmap(unsigned long size, struct piece *ret)
{
	const unsigned long count = size >> PAGE_SHIFT;
	struct page **pages = kvmalloc_array(count, sizeof(*pages), GFP_KERNEL);
	unsigned long n = 0;

	while (pages && n < count && (pages[n] = alloc_page(GFP_KERNEL)))
		n++;
	ret->at = pages && n == count ? vmap(pages, count, VM_MAP, PAGE_KERNEL) : NULL;
	ret->dma = (unsigned long)pages;
	if (!ret->at && pages)
		free_pages_of(pages, n);
	return ret->at;
}

static void give_vmap(unsigned long size, struct piece *piece)
{
	vunmap(piece->at);
	free_pages_of((struct page **)(unsigned long)piece->dma, size >> PAGE_SHIFT);
}

static bool take_pages(unsigned long order, struct piece *ret)
{
	ret->at = alloc_pages(kind_held->flags | __GFP_NOWARN, order);
	return ret->at;
}

static void give_pages(unsigned long order, struct piece *piece)
{
	__free_pages(piece->at, order);
}

static bool take_percpu(unsigned long size, struct piece *ret)
{
	ret->at = (void *)(__force uintptr_t)__alloc_percpu(size, 8);
	return ret->at;
}

static void give_percpu(unsigned long size, struct piece *piece)
{
	free_percpu((void __percpu __force *)(uintptr_t)piece->at);
}

static bool take_dma(unsigned long size, struct piece *ret)
{
	ret->at = device ? dma_alloc_coherent(&device->dev, size, &ret->dma, GFP_KERNEL) : NULL;
	return ret->at;
}

static void give_dma(unsigned long size, struct piece *piece)
{
	dma_free_coherent(&device->dev, size, piece->at, piece->dma);
}

#if IS_ENABLED(CONFIG_PAGE_POOL)
/* Pools take 64 pages at a time. */
static bool take_pool(unsigned long order, struct piece *ret)
{
	struct page_pool_params params = { .pool_size = 1024, .nid = NUMA_NO_NODE, .order = order };

	if (!pool)
		pool = page_pool_create(&params);
	if (IS_ERR(pool))
		pool = NULL;
	ret->at = pool ? page_pool_alloc_pages(pool, GFP_KERNEL) : NULL;
	return ret->at;
}

static void give_pool(unsigned long order, struct piece *piece)
{
	page_pool_put_full_page(pool, piece->at, false);
}

static void end_pool(void)
{
	if (pool)
		page_pool_destroy(pool);
	pool = NULL;
}
#else
static bool take_pool(unsigned long order, struct piece *ret)
{
	return false;
}

static void give_pool(unsigned long order, struct piece *piece)
{
}

static void end_pool(void)
{
}
#endif

static int sleep_on(void *unused)
{
	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	return 0;
}

static bool take_thread(unsigned long size, struct piece *ret)
{
	struct task_struct *task = kthread_run(sleep_on, NULL, "kmhold");

	ret->at = IS_ERR(task) ? NULL : task;
	return ret->at;
}

static void give_thread(unsigned long size, struct piece *piece)
{
	kthread_stop(piece->at);
}

static const struct kind kinds[] = {
	{ "kmalloc", take_kmalloc, give_kmalloc, GFP_KERNEL, false },
	{ "kmalloc-account", take_kmalloc, give_kmalloc, GFP_KERNEL_ACCOUNT, false },
	{ "cache", take_object, give_object, 0, false },
	{ "cache-reclaimable", take_object, give_object, __GFP_RECLAIMABLE, false },
	{ "vmalloc", take_vmalloc, give_vmalloc, 0, false },
	{ "vmap", take_vmap, give_vmap, 0, false },
	{ "pages", take_pages, give_pages, GFP_KERNEL, true },
	{ "pages-comp", take_pages, give_pages, GFP_KERNEL | __GFP_COMP, true },
	{ "pages-account", take_pages, give_pages, GFP_KERNEL_ACCOUNT, true },
	{ "pages-comp-account", take_pages, give_pages, GFP_KERNEL_ACCOUNT | __GFP_COMP, true },
	{ "percpu", take_percpu, give_percpu, 0, false },
	{ "dma", take_dma, give_dma, 0, false },
	{ "page-pool", take_pool, give_pool, 0, true },
	{ "threads", take_thread, give_thread, 0, false },
	{ }
};

static void give_all(void)
{
	while (held)
		kind_held->give(size_held, &pieces[--held]);
	kmem_cache_destroy(cache);
	cache = NULL;
	end_pool();
}

static int take(const char *text, const struct kernel_param *param)
{
	unsigned long size = 0;
	unsigned int count = 0;
	char name[32] = "";

	if (held || sscanf(text, "%31s %lu %u", name, &size, &count) != 3 || count > MOST)
		return -EINVAL;
	for (kind_held = kinds; kind_held->name && strcmp(kind_held->name, name); kind_held++)
		;
	if (!kind_held->name)
		return -EINVAL;
	size_held = size;
	while (held < count && kind_held->take(size, &pieces[held])) {
		held++;
		cond_resched();
	}
	return held == count ? 0 : -ENOMEM;
}

static int give(const char *text, const struct kernel_param *param)
{
	give_all();
	return 0;
}

static int show_held(char *buffer, const struct kernel_param *param)
{
	unsigned long each = !held ? 0 : kind_held->of_pages ? PAGE_SIZE << size_held : size_held;

	if (held && kind_held->take == take_percpu)
		each *= num_possible_cpus();
	return sprintf(buffer, "%lu\n", held * each);
}

static const struct kernel_param_ops take_ops = { .set = take };
static const struct kernel_param_ops give_ops = { .set = give };
static const struct kernel_param_ops held_ops = { .get = show_held };
module_param_cb(take, &take_ops, NULL, 0200);
module_param_cb(give, &give_ops, NULL, 0200);
module_param_cb(held, &held_ops, NULL, 0400);
MODULE_PARM_DESC(take, "KIND SIZE COUNT");

static int __init kmhold_init(void)
{
	pieces = vzalloc(array_size(MOST, sizeof(*pieces)));
	if (!pieces)
		return -ENOMEM;
	device = platform_device_register_simple("kmhold", -1, NULL, 0);
	if (IS_ERR(device))
		device = NULL;
	else if (dma_coerce_mask_and_coherent(&device->dev, DMA_BIT_MASK(32)))
		pr_warn("kmhold: no DMA\n");
	return 0;
}

static void __exit kmhold_exit(void)
{
	give_all();
	platform_device_unregister(device);
	vfree(pieces);
}

module_init(kmhold_init);
module_exit(kmhold_exit);
MODULE_DESCRIPTION("holds memory of each kind, for tests");
MODULE_LICENSE("GPL");
