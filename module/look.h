/* SPDX-License-Identifier: GPL-2.0 */
/* Looks at one page frame: its class, and how many frames after it are the same. */
#ifndef KMEMINFO_LOOK_H
#define KMEMINFO_LOOK_H

#include <linux/types.h>
#include "page-class.h"

struct address_space;
struct page;

/* Number of orders. An x86 page of 1 GiB has order 18, a POWER page of 16 GiB has it, too. */
#define KM_ORDERS 20

/* How the kernel could empty the frame. */
enum km_mobility {
	KM_FREE,
	KM_MOVABLE,	/* the kernel can move it elsewhere, or drop it */
	KM_SLAB,	/* reclaimable in a block of that type, otherwise unmovable */
	KM_UNMOVABLE,
	KM_UNKNOWN,	/* free in a per-CPU list, or the rest of an untyped block */
	KM_OUTSIDE,	/* not a page of this zone */
};

struct km_look {
	enum km_class class;
	enum km_mobility mobility;
	unsigned long frames;	/* from this one on, all alike */
	unsigned long structs;	/* number of struct pages that were read */
	unsigned int order;	/* of the block that they are part of */
	bool pinned;		/* for DMA */
	bool charged, dead;	/* to a memory cgroup below the root; to a removed one */
	struct address_space *mapping;	/* of page cache on an LRU list, or NULL */
};

/* The last answer is kept, because neighbouring pages often have the same memory cgroup. */
struct km_looker {
	unsigned long memcg_word;
	bool charged, dead;
};

/*
 * Looks at a page of the zone that is walked. At least most frames from pfn on must have contiguous
 * struct pages; no more are looked at. The caller holds rcu_read_lock(), and clears *looker when it
 * takes that lock.
 */
void km_look(struct km_looker *looker, struct page *page, unsigned long pfn, unsigned long most,
	     struct km_look *ret);

#endif
