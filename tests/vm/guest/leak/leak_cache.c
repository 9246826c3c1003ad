// SPDX-License-Identifier: GPL-2.0
/* Leaks objects of a cache of its own. */
#define UNIT 256

#include "leak.h"

struct object {
	struct object *next;
	char rest[UNIT - sizeof(void *)];
};

static struct kmem_cache *cache;
static struct object *objects;

/* A cache with a constructor is not merged with others. */
static void construct(void *object)
{
	memset(object, 0, UNIT);
}

static int leak_unit(void)
{
	struct object *object = kmem_cache_alloc(cache, GFP_KERNEL);

	if (!object)
		return -ENOMEM;
	object->next = objects;
	objects = object;
	return 0;
}

static void leak_free(void)
{
	while (objects) {
		struct object *next = objects->next;

		kmem_cache_free(cache, objects);
		objects = next;
	}
	kmem_cache_destroy(cache);
}

static int __init leak_cache_init(void)
{
	cache = kmem_cache_create("leaking_objects", UNIT, 0, 0, construct);
	return cache ? leak_begin() : -ENOMEM;
}

static void __exit leak_cache_exit(void)
{
	leak_end();
}

module_init(leak_cache_init);
module_exit(leak_cache_exit);
MODULE_DESCRIPTION("leaks objects of a slab cache, for tests");
