/* SPDX-License-Identifier: GPL-2.0 */
/* Finds the cache of a slab object. */
#ifndef KMEMINFO_SLAB_NAME_H
#define KMEMINFO_SLAB_NAME_H

#include <linux/types.h>

struct kmem_cache;

/* Call it once, before km_slab_name(). */
void km_slab_learn(void);

/*
 * The cache of a slab object: its name and object size. If they are unknown, *ret_name is empty and
 * *ret_object_bytes 0. own is the request's cache, or NULL.
 */
void km_slab_name(const void *object, struct kmem_cache *own, char *ret_name, size_t size,
		  u32 *ret_object_bytes);

/*
 * Makes a cache that is never merged with another; NULL if it cannot be made. The caller destroys
 * it.
 */
struct kmem_cache *km_slab_cache_new(const char *name, unsigned int object_bytes);
#define KM_OWN_CACHE "kmeminfo_probe"

#endif
