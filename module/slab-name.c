// SPDX-License-Identifier: GPL-2.0
/*
 * Finds the cache of an object.
 *
 * A slab's first struct page contains a pointer to its cache, at an offset that is private since
 * 5.17 (struct slab). The module learns that offset from known answers. It allocates an object from
 * a cache of its own and looks for the word that points to that cache. Two caches must give the
 * same offset. The pointers to the kmalloc caches are exported, so the module then recognizes these
 * caches, too. If it finds no offset or several, it reports no cache.
 */
#include <linux/bitops.h>
#include <linux/mm.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include "compat.h"
#include "slab-name.h"

#define WORDS (sizeof(struct page) / sizeof(unsigned long))

static void constructor(void *object)
{
}

/*
 * The kernel never merges a cache with a constructor (mm/slab_common.c): only this request uses it.
 */
struct kmem_cache *km_slab_cache_new(const char *name, unsigned int object_bytes)
{
	return kmem_cache_create(name, object_bytes, 0, 0, constructor);
}

static unsigned long head_word(const void *object, unsigned int word)
{
	return READ_ONCE(((unsigned long *)virt_to_head_page(object))[word]);
}

/* The words of an object's struct page that point to its cache, one bit each. */
static unsigned int __init words_that_tell(const char *name, unsigned int object_bytes)
{
	struct kmem_cache *cache = km_slab_cache_new(name, object_bytes);
	unsigned int found = 0, i;
	void *object;

	if (!cache)
		return 0;
	object = kmem_cache_alloc(cache, GFP_KERNEL);
	for (i = 0; object && i < WORDS; i++)
		if (head_word(object, i) == (unsigned long)cache)
			found |= BIT(i);
	if (object)
		kmem_cache_free(cache, object);
	kmem_cache_destroy(cache);
	return found;
}

/* The index of the word that points to a slab's cache; -1 if it is unknown. */
static int slab_word __ro_after_init = -1;

void __init km_slab_learn(void)
{
	unsigned int found = words_that_tell("kmeminfo_learn_a", 200);

	found &= words_that_tell("kmeminfo_learn_b", 328);
	if (hweight32(found) == 1)
		slab_word = __ffs(found);
}

#if KM_HAVE_KMALLOC_CACHES
/*
 * The object size of kmalloc's caches by index. 96 and 192, which are no powers of two, come first.
 */
static u32 kmalloc_bytes(unsigned int index)
{
	return index == 1 ? 96 : index == 2 ? 192 : 1U << index;
}

static void kmalloc_name(int type, u32 bytes, char *ret_name, size_t size)
{
	const char *prefix = km_kmalloc_prefix(type);
	const char *unit = bytes < SZ_1K ? "" : bytes < SZ_1M ? "k" : "M";
	u32 scaled = bytes < SZ_1K ? bytes : bytes < SZ_1M ? bytes / SZ_1K : bytes / SZ_1M;

	if (prefix)
		scnprintf(ret_name, size, "%s%u%s", prefix, scaled, unit);
}

static void name_of(unsigned long cache, char *ret_name, size_t size, u32 *ret_object_bytes)
{
	unsigned int type, i;

	for (type = 0; type < NR_KMALLOC_TYPES; type++) {
		for (i = 0; i <= KMALLOC_SHIFT_HIGH; i++) {
			if (!cache || (unsigned long)kmalloc_caches[type][i] != cache)
				continue;
			*ret_object_bytes = kmalloc_bytes(i);
			kmalloc_name(type, *ret_object_bytes, ret_name, size);
			return;
		}
	}
}
#else
static void name_of(unsigned long cache, char *ret_name, size_t size, u32 *ret_object_bytes)
{
}
#endif

void km_slab_name(const void *object, struct kmem_cache *own, char *ret_name, size_t size,
		  u32 *ret_object_bytes)
{
	unsigned long cache;

	*ret_object_bytes = 0;
	ret_name[0] = 0;
	if (slab_word < 0)
		return;
	cache = head_word(object, slab_word);
	if (own && cache == (unsigned long)own) {
		*ret_object_bytes = kmem_cache_size(own);
		strscpy(ret_name, KM_OWN_CACHE, size);
	} else {
		name_of(cache, ret_name, size, ret_object_bytes);
	}
}
