// SPDX-License-Identifier: GPL-2.0
/*
 * Makes the kernel refuse memory on purpose, so that its reports can be collected. Never for a
 * machine in use: it takes all memory that it can get.
 *
 *   echo 'hold 0 nowait; ask 0 atomic; free' >/sys/module/kmfail/parameters/run
 *
 * All steps of a line run in one write, since no program can run while the memory is gone:
 *
 *   hold ORDER FLAGS [PAGES [NODE]]  takes blocks until one is refused, quietly
 *   thin                             gives every second block back
 *   ask ORDER FLAGS [NODE]           asks once, with a warning when it is refused
 *   try ORDER FLAGS [NODE]           asks once, quietly; what came of it is in the parameter results
 *   softirq ORDER FLAGS [NODE]       the same from a softirq
 *   vmalloc MIB FLAGS                the same of vmalloc()
 *   vmap MIB                         maps one block again and again until it is refused
 *   cache SIZE                       makes a cache, which takes memory itself
 *   objects 0 FLAGS                  takes objects of it until one is refused
 *   fill MIB FLAGS                   takes so much of its objects, and keeps them
 *   percpu BYTES FLAGS               takes per-CPU areas until one is refused
 *   kvmalloc MIB FLAGS               asks kvmalloc() once
 *   dma MIB FLAGS [N]                asks the DMA API for N buffers, each in one piece, from CMA where there is any
 *   map KIB none N                   maps a buffer for DMA N times, or until a mapping is refused
 *   pool PAGES                       takes pages of a page_pool, as network drivers do
 *   kmalloc BYTES FLAGS COUNT        takes objects of kmalloc()
 *   mark WORD                        marks what is held as guard, offline or unaccepted
 *   free                             gives everything back
 */
#include <linux/dma-mapping.h>
#include <linux/gfp.h>
#include <linux/interrupt.h>
#include <linux/list.h>
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

struct word {
	const char *name;
	gfp_t flags;
};

static const struct word words[] = {
	{ "none", 0 }, /* does not even wake kswapd */
	{ "kernel", GFP_KERNEL },
	{ "atomic", GFP_ATOMIC },
	{ "nowait", GFP_NOWAIT & ~__GFP_NOWARN }, /* has had it since 6.8 */
	{ "user", GFP_HIGHUSER },
	{ "dma", GFP_DMA },
	{ "dma32", GFP_DMA32 },
	{ "comp", __GFP_COMP },
	{ "zero", __GFP_ZERO },
	{ "mayfail", __GFP_RETRY_MAYFAIL },
	{ "noretry", __GFP_NORETRY },
	{ "nofail", __GFP_NOFAIL },
	{ "thisnode", __GFP_THISNODE },
	{ "high", __GFP_HIGH },
	{ "nomemalloc", __GFP_NOMEMALLOC },
	{ "movable", __GFP_HIGHMEM | __GFP_MOVABLE },
	{ "memalloc", __GFP_MEMALLOC }, /* takes what is below the watermarks, too */
	{ }
};

static LIST_HEAD(held); /* by page->lru, the order in page->private */
static struct kmem_cache *cache;
static void **filled;    /* objects that are kept, each with a pointer to the next */
static void *objects[256];
static unsigned int n_objects;

static int flags_of(char *text, gfp_t *ret)
{
	const struct word *word;
	char *part;

	*ret = 0;
	while ((part = strsep(&text, "+"))) {
		for (word = words; word->name && strcmp(word->name, part); word++)
			;
		if (!word->name)
			return -EINVAL;
		*ret |= word->flags;
	}
	return 0;
}

static struct page *get_block(gfp_t flags, unsigned int order, int node)
{
	return node == NUMA_NO_NODE ? alloc_pages(flags, order) : alloc_pages_node(node, flags, order);
}

static void hold(unsigned int order, gfp_t flags, unsigned long most, int node)
{
	struct page *page;

	/* takes every large block, and kills no process for it */
	flags |= __GFP_NOWARN | (order > 3 ? 0 : __GFP_NORETRY);
	while (most-- && (page = get_block(flags, order, node))) {
		set_page_private(page, order);
		list_add(&page->lru, &held);
	}
}

/* The types that the page allocator and drivers give to blocks, in their first page. */
static int mark(const char *as)
{
	struct page *page;

	list_for_each_entry(page, &held, lru) {
		if (!strcmp(as, "guard"))
			__SetPageGuard(page);
		else if (!strcmp(as, "offline"))
			__SetPageOffline(page);
#ifdef KMFAIL_UNACCEPTED
		else if (!strcmp(as, "unaccepted"))
			__SetPageUnaccepted(page);
#endif
		else
			return -EOPNOTSUPP;
	}
	return 0;
}

static void unmark(struct page *page)
{
	if (PageGuard(page))
		__ClearPageGuard(page);
	if (PageOffline(page))
		__ClearPageOffline(page);
#ifdef KMFAIL_UNACCEPTED
	if (PageUnaccepted(page))
		__ClearPageUnaccepted(page);
#endif
}

static void take_objects(size_t bytes, gfp_t flags, unsigned int count)
{
	while (n_objects < min_t(unsigned int, count, ARRAY_SIZE(objects))) {
		objects[n_objects] = kmalloc(bytes, flags);
		if (!objects[n_objects])
			break;
		n_objects++;
	}
}

static void free_objects(void)
{
	while (n_objects)
		kfree(objects[--n_objects]);
}

static void release(bool every)
{
	struct page *page, *next;
	unsigned int order;
	bool odd = false;

	list_for_each_entry_safe(page, next, &held, lru) {
		odd = !odd;
		if (!every && odd)
			continue;
		list_del(&page->lru);
		order = page_private(page);
		set_page_private(page, 0);
		unmark(page);
		__free_pages(page, order);
	}
}

static void ask(unsigned int order, gfp_t flags, int node)
{
	struct page *page = get_block(flags, order, node);

	if (!page)
		return;
	pr_info("kmfail: granted\n");
	__free_pages(page, order);
}

/* "ORDER NODE MASK granted ZONE NODE" or "... denied", one line per try, of the last line of steps. */
static char results[PAGE_SIZE];
static size_t results_len;

static struct {
	unsigned int order;
	gfp_t flags;
	int node;
} tried;

static void try_now(struct tasklet_struct *unused)
{
	struct page *page = get_block(tried.flags | __GFP_NOWARN, tried.order, tried.node);

	if (page)
		results_len += scnprintf(results + results_len, sizeof(results) - results_len,
					 "%u %d 0x%x granted %s %d\n", tried.order, tried.node,
					 (__force unsigned int)tried.flags, page_zone(page)->name, page_to_nid(page));
	else
		results_len += scnprintf(results + results_len, sizeof(results) - results_len, "%u %d 0x%x denied\n",
					 tried.order, tried.node, (__force unsigned int)tried.flags);
	if (page)
		__free_pages(page, tried.order);
}

static DECLARE_TASKLET(try_later, try_now);

static void try(unsigned int order, gfp_t flags, int node, bool softirq)
{
	tried.order = order;
	tried.flags = flags;
	tried.node = node;
	if (!softirq) {
		try_now(NULL);
		return;
	}
	tasklet_schedule(&try_later);
	tasklet_kill(&try_later);
}

static int show_results(char *buffer, const struct kernel_param *param)
{
	memcpy(buffer, results, results_len);
	return results_len;
}

static void ask_vmalloc(unsigned long mib, gfp_t flags)
{
	void *area = __vmalloc(mib << 20, flags);

	if (area)
		pr_info("kmfail: granted\n");
	vfree(area);
}

/* Address space alone: every area maps the same pages, and is found through its first word. */
static void ask_vmap(unsigned long mib)
{
	unsigned int count = (mib << 20) >> PAGE_SHIFT;
	struct page *page = alloc_page(GFP_KERNEL);
	struct page **pages = kvmalloc_array(count, sizeof(*pages), GFP_KERNEL);
	void **areas = kvmalloc_array(65536, sizeof(*areas), GFP_KERNEL);
	unsigned int i, n = 0;

	if (page && pages && areas) {
		for (i = 0; i < count; i++)
			pages[i] = page;
		while (n < 65536 && (areas[n] = vmap(pages, count, VM_MAP, PAGE_KERNEL)))
			n++;
		while (n)
			vunmap(areas[--n]);
	}
	kvfree(areas);
	kvfree(pages);
	if (page)
		__free_page(page);
}

/* A cache whose objects are constructed is merged with no other. */
static void construct(void *object)
{
}

static void empty_cache(void)
{
	void **object;

	while ((object = filled)) {
		filled = *object;
		kmem_cache_free(cache, object);
	}
}

static void make_cache(unsigned int size)
{
	empty_cache();
	kmem_cache_destroy(cache);
	cache = kmem_cache_create("kmfail_objects", size, 0, 0, construct);
}

static void ask_objects(gfp_t flags)
{
	void **last = NULL, **object;

	while (cache && (object = kmem_cache_alloc(cache, flags))) {
		*object = last;
		last = object;
	}
	while (last) {
		object = last;
		last = *object;
		kmem_cache_free(cache, object);
	}
}

static void fill_cache(unsigned long mib, gfp_t flags)
{
	unsigned long most = cache ? (mib << 20) / kmem_cache_size(cache) : 0;
	void **object;

	while (most-- && (object = kmem_cache_alloc(cache, flags | __GFP_NOWARN))) {
		*object = filled;
		filled = object;
	}
}

/* By now there may be no memory left for the list of the areas. */
static void __percpu *areas[16384];

static void ask_percpu(size_t size, gfp_t flags)
{
	unsigned int n = 0;

	while (n < ARRAY_SIZE(areas) && (areas[n] = __alloc_percpu_gfp(size, 8, flags)))
		n++;
	while (n)
		free_percpu(areas[--n]);
}

static void ask_kvmalloc(unsigned long mib, gfp_t flags)
{
	void *area = kvmalloc(mib << 20, flags);

	if (area)
		pr_info("kmfail: granted\n");
	kvfree(area);
}

static struct platform_device *register_device(void)
{
	struct platform_device *device = platform_device_register_simple("kmfail", -1, NULL, 0);

	if (IS_ERR(device))
		return NULL;
	if (!dma_coerce_mask_and_coherent(&device->dev, DMA_BIT_MASK(64)))
		return device;
	platform_device_unregister(device);
	return NULL;
}

/* Up to ten pieces at once: CMA may have fewer, and the page allocator gives the others. */
static void ask_dma(unsigned long mib, unsigned int n, gfp_t flags)
{
	struct platform_device *device = register_device();
	dma_addr_t addresses[10];
	void *pieces[10];
	unsigned int i, got = 0;

	if (!device)
		return;
	for (i = 0; i < n && i < ARRAY_SIZE(pieces); i++) {
		pieces[i] = dma_alloc_coherent(&device->dev, mib << 20, &addresses[i], flags);
		got += !!pieces[i];
	}
	pr_info("kmfail: %u of %u granted\n", got, i);
	while (i--)
		if (pieces[i])
			dma_free_coherent(&device->dev, mib << 20, pieces[i], addresses[i]);
	platform_device_unregister(device);
}

/* Mappings of one buffer, which go through bounce buffers where the kernel was started with swiotlb=force. */
static void ask_map(unsigned int kib, unsigned int n)
{
	struct platform_device *device = register_device();
	void *buffer = kmalloc(kib << 10, GFP_KERNEL);
	static dma_addr_t addresses[256]; /* too much for a stack; one line of steps runs at a time */
	unsigned int got = 0;

	for (; device && buffer && got < n && got < ARRAY_SIZE(addresses); got++) {
		addresses[got] = dma_map_single(&device->dev, buffer, kib << 10, DMA_TO_DEVICE);
		if (dma_mapping_error(&device->dev, addresses[got]))
			break;
	}
	pr_info("kmfail: %u of %u mapped\n", got, n);
	while (got--)
		dma_unmap_single(&device->dev, addresses[got], kib << 10, DMA_TO_DEVICE);
	kfree(buffer);
	if (device)
		platform_device_unregister(device);
}

#if IS_ENABLED(CONFIG_PAGE_POOL)
static struct page_pool *pool;
static struct page *pooled[1024];

static void free_pool(void)
{
	unsigned int i;

	for (i = 0; pool && i < ARRAY_SIZE(pooled); i++)
		if (pooled[i])
			page_pool_put_full_page(pool, pooled[i], false);
	if (pool)
		page_pool_destroy(pool);
	memset(pooled, 0, sizeof(pooled));
	pool = NULL;
}

static int take_pool(unsigned int pages)
{
	struct page_pool_params params = { .pool_size = 256, .nid = NUMA_NO_NODE };
	unsigned int i;

	free_pool();
	pool = page_pool_create(&params);
	if (IS_ERR(pool)) {
		pool = NULL;
		return -ENOMEM;
	}
	for (i = 0; i < min_t(unsigned int, pages, ARRAY_SIZE(pooled)); i++)
		pooled[i] = page_pool_alloc_pages(pool, GFP_KERNEL);
	return 0;
}
#else
static void free_pool(void)
{
}

static int take_pool(unsigned int pages)
{
	return -EOPNOTSUPP;
}
#endif

/* Steps with flags: VERB NUMBER FLAGS [NUMBER [NUMBER]] */
static int run_asking(const char *verb, const char *rest)
{
	long first = 0, third = -1, fourth = NUMA_NO_NODE;
	char text[64];
	gfp_t flags;

	if (sscanf(rest, "%ld %63s %ld %ld", &first, text, &third, &fourth) < 2 ||
	    flags_of(text, &flags))
		return -EINVAL;
	if (!strcmp(verb, "hold"))
		hold(first, flags, third < 0 ? ULONG_MAX : third, fourth);
	else if (!strcmp(verb, "try") || !strcmp(verb, "softirq"))
		try(first, flags, third < 0 ? NUMA_NO_NODE : third, *verb == 's');
	else if (!strcmp(verb, "ask"))
		ask(first, flags, third < 0 ? NUMA_NO_NODE : third);
	else if (!strcmp(verb, "vmalloc"))
		ask_vmalloc(first, flags);
	else if (!strcmp(verb, "kmalloc"))
		take_objects(first, flags, third);
	else if (!strcmp(verb, "objects"))
		ask_objects(flags);
	else if (!strcmp(verb, "fill"))
		fill_cache(first, flags);
	else if (!strcmp(verb, "percpu"))
		ask_percpu(first, flags);
	else if (!strcmp(verb, "kvmalloc"))
		ask_kvmalloc(first, flags);
	else if (!strcmp(verb, "dma"))
		ask_dma(first, third < 0 ? 1 : third, flags);
	else if (!strcmp(verb, "map"))
		ask_map(first, third);
	else
		return -EINVAL;
	return 0;
}

static int run_step(char *step)
{
	char *verb = strsep(&step, " ");
	unsigned int number = 0;

	if (!strcmp(verb, "free")) {
		release(true);
		empty_cache();
		free_pool();
		free_objects();
	} else if (!strcmp(verb, "thin")) {
		release(false);
	} else if (step && !strcmp(verb, "mark")) {
		return mark(step);
	} else if (!step || sscanf(step, "%u", &number) != 1) {
		return -EINVAL;
	} else if (!strcmp(verb, "pool")) {
		return take_pool(number);
	} else if (!strcmp(verb, "vmap")) {
		ask_vmap(number);
	} else if (!strcmp(verb, "cache")) {
		make_cache(number);
	} else {
		return run_asking(verb, step);
	}
	return 0;
}

static int run(const char *steps, const struct kernel_param *param)
{
	char *copy = kstrdup(steps, GFP_KERNEL), *rest = copy, *step;
	int r = copy ? 0 : -ENOMEM;

	results_len = 0;
	while (!r && (step = strsep(&rest, ";")))
		r = run_step(strim(step));
	kfree(copy);
	return r;
}

static const struct kernel_param_ops run_ops = { .set = run };
static const struct kernel_param_ops results_ops = { .get = show_results };
module_param_cb(results, &results_ops, NULL, 0400);
module_param_cb(run, &run_ops, NULL, 0200);
MODULE_PARM_DESC(run, "steps to take");

static int __init kmfail_init(void)
{
	return 0;
}

static void __exit kmfail_exit(void)
{
	release(true);
	free_pool();
	empty_cache();
	free_objects();
	kmem_cache_destroy(cache);
}

module_init(kmfail_init);
module_exit(kmfail_exit);
MODULE_DESCRIPTION("refuses memory on purpose, for tests");
MODULE_LICENSE("GPL");
