/* SPDX-License-Identifier: GPL-2.0 */
/* The cache that a slab object is from. */
#ifndef KMEMINFO_SLAB_NAME_H
#define KMEMINFO_SLAB_NAME_H

#include <linux/types.h>

struct kmem_cache;

/* To be called once, before km_slab_name(). */
void km_slab_learn(void);

/*
 * The cache that a slab object is from: its name and object size.  If they are unknown,
 * *ret_name is empty and *ret_object_bytes 0.  own is the request's cache, or NULL.
 */
void km_slab_name(const void *object, struct kmem_cache *own, char *ret_name, size_t size,
		  u32 *ret_object_bytes);

/* A cache that is never merged with another; NULL if it cannot be made. */
struct kmem_cache *km_slab_cache_new(const char *name, unsigned int object_bytes);
#define KM_OWN_CACHE "kmeminfo_probe"

#endif
