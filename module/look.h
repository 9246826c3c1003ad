/* SPDX-License-Identifier: GPL-2.0 */
/* What one page frame is, and how many frames from it on are the same. */
#ifndef KMEMINFO_LOOK_H
#define KMEMINFO_LOOK_H

#include <linux/types.h>
#include "page-class.h"

struct address_space;
struct page;

/* Distinct orders. An x86 page of 1 GiB has order 18, a POWER page of 16 GiB too. */
#define KM_ORDERS 20

/* How the kernel could empty the frame. */
enum km_mobility {
	KM_FREE,
	KM_MOVABLE,	/* it can be moved elsewhere, or dropped */
	KM_SLAB,	/* reclaimable in a block of that type, otherwise unmovable */
	KM_UNMOVABLE,
	KM_UNKNOWN,	/* free in a per-CPU list, or the rest of an untyped block */
	KM_OUTSIDE,	/* no page of this zone */
};

struct km_look {
	enum km_class class;
	enum km_mobility mobility;
	unsigned long frames;	/* from the one looked at on, all alike */
	unsigned long structs;	/* how many struct pages were read */
	unsigned int order;	/* of the block that they are part of */
	bool pinned;		/* for DMA */
	bool charged, dead;	/* to a memory cgroup below the root; to one that was removed */
	struct address_space *mapping;	/* of page cache on an LRU list, or NULL */
};

/* Memory cgroups repeat from page to page, so the last answer is kept. */
struct km_looker {
	unsigned long memcg_word;
	bool charged, dead;
};

/*
 * Looks at a page of the zone that is walked.  Up to most frames from pfn on have struct pages
 * that follow each other.  The caller is inside rcu_read_lock(), and clears *looker when it
 * enters.
 */
void km_look(struct km_looker *looker, struct page *page, unsigned long pfn, unsigned long most,
	     struct km_look *ret);

#endif
