/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Everything that differs between kernels 5.10 and 7.2.  No other file asks for the version.
 */
#ifndef KMEMINFO_COMPAT_H
#define KMEMINFO_COMPAT_H

#include <linux/hugetlb.h>
#include <linux/log2.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <linux/version.h>
#include <linux/vmalloc.h>
#include "page-class.h"

#define KM_SINCE(major, minor) (LINUX_VERSION_CODE >= KERNEL_VERSION(major, minor, 0))

/* The largest order: MAX_ORDER was one more up to 6.3, and is MAX_PAGE_ORDER since 6.8. */
#if defined(MAX_PAGE_ORDER)
#define KM_MAX_ORDER MAX_PAGE_ORDER
#elif KM_SINCE(6, 4)
#define KM_MAX_ORDER MAX_ORDER
#else
#define KM_MAX_ORDER (MAX_ORDER - 1)
#endif

/* ppc64 keeps the order of its pageblocks in a variable that no module sees. */
#ifdef CONFIG_HUGETLB_PAGE_SIZE_VARIABLE
#define KM_PAGEBLOCK_ORDER (-1)
#else
#define KM_PAGEBLOCK_ORDER ((int)pageblock_order)
#endif

#ifdef CONFIG_SPARSEMEM
#define KM_SECTION_BYTES (1ULL << SECTION_SIZE_BITS)
#else
#define KM_SECTION_BYTES 0ULL
#endif

/*
 * The end of the run of frames from pfn on that are online together and whose struct pages
 * follow each other.  5.10's arm64 decides frame by frame (HAVE_ARCH_PFN_VALID).
 */
static inline unsigned long km_run_end(unsigned long pfn)
{
#if defined(CONFIG_HAVE_ARCH_PFN_VALID)
	return pfn + 1;
#elif defined(CONFIG_SPARSEMEM)
	return (pfn | (PAGES_PER_SUBSECTION - 1)) + 1;
#else
	unsigned long end = (pfn | 1023) + 1, last = ARCH_PFN_OFFSET + max_mapnr;

	return pfn < last && last < end ? last : end;
#endif
}

/*
 * The flags that say a migrate type, and where they are: gfp.h forgets its GFP_MOVABLE_MASK and
 * GFP_MOVABLE_SHIFT after use, having checked that the bits are the type and __GFP_MOVABLE the
 * lowest of them.
 */
#define KM_MOVABLE_MASK (__GFP_RECLAIMABLE | __GFP_MOVABLE)
#define KM_MOVABLE_SHIFT ilog2((__force unsigned int)__GFP_MOVABLE)

/* What a file of /proc was made with: PDE_DATA() up to 5.16. */
static inline void *km_proc_data(const struct inode *inode)
{
#if KM_SINCE(5, 17)
	return pde_data(inode);
#else
	return PDE_DATA(inode);
#endif
}

/* Per-CPU lists: zone->pageset with a struct around the list's up to 5.13. */
static inline struct per_cpu_pages *km_pcp(const struct zone *zone, int cpu)
{
#if KM_SINCE(5, 14)
	return per_cpu_ptr(zone->per_cpu_pageset, cpu);
#else
	return &per_cpu_ptr(zone->pageset, cpu)->pcp;
#endif
}

/* Free pages in blocks kept for high-order atomic requests; -1 where the kernel does not count. */
static inline long km_free_highatomic(const struct zone *zone)
{
#if KM_SINCE(6, 13)
	return (long)READ_ONCE(zone->nr_free_highatomic);
#else
	return -1;	/* 6.12.y has it from some y on, which a version does not tell */
#endif
}

static inline unsigned long km_cma_pages(const struct zone *zone)
{
#ifdef CONFIG_CMA
	return zone->cma_pages;
#else
	return 0;
#endif
}

static inline bool km_zone_is_device(const struct zone *zone)
{
#ifdef CONFIG_ZONE_DEVICE
	return zone_idx(zone) == ZONE_DEVICE;
#else
	return false;
#endif
}

/* page->flags became a struct in 6.18. */
static inline unsigned long km_page_flags(const struct page *page)
{
#if KM_SINCE(6, 18)
	return READ_ONCE(page->flags.f);
#else
	return READ_ONCE(page->flags);
#endif
}

/* The bits of the flags that say zone and node; on 32-bit NUMA they do not say the node. */
#ifdef NODE_NOT_IN_PAGE_FLAGS
#define KM_PLACE_MASK (~0UL)
#else
#define KM_PLACE_MASK (ZONES_MASK << ZONES_PGSHIFT | NODES_MASK << NODES_PGSHIFT)
#endif

/* The bits of page->mapping were renamed in 6.17, when the one for movable pages went away. */
#ifdef FOLIO_MAPPING_ANON
#define KM_MAPPING_ANON FOLIO_MAPPING_ANON
#define KM_MAPPING_FLAGS FOLIO_MAPPING_FLAGS
#else
#define KM_MAPPING_ANON PAGE_MAPPING_ANON
#define KM_MAPPING_FLAGS PAGE_MAPPING_FLAGS
#endif
#ifdef PAGE_MAPPING_MOVABLE
#define KM_MAPPING_MOVABLE PAGE_MAPPING_MOVABLE
#else
#define KM_MAPPING_MOVABLE 0UL
#endif

/* Which classes this kernel marks in struct page. */
#define KM_MARKS_LARGE_KMALLOC	KM_SINCE(6, 15)
#define KM_MARKS_ZSMALLOC	KM_SINCE(6, 12)
#define KM_MARKS_UNACCEPTED	KM_SINCE(6, 12)

static inline bool km_page_large_kmalloc(const struct page *page)
{
#if KM_MARKS_LARGE_KMALLOC
	return PageLargeKmalloc(page);
#else
	return false;
#endif
}

static inline bool km_page_zsmalloc(const struct page *page)
{
#if KM_MARKS_ZSMALLOC
	return PageZsmalloc(page);
#else
	return false;
#endif
}

static inline bool km_page_unaccepted(const struct page *page)
{
#if KM_MARKS_UNACCEPTED
	return PageUnaccepted(page);
#else
	return false;
#endif
}

/* Kernel memory charged to a memory cgroup: a page flag of its own up to 5.10. */
static inline bool km_page_charged(const struct page *page)
{
#if !defined(CONFIG_MEMCG)
	return false;
#elif KM_SINCE(5, 11)
	return READ_ONCE(page->memcg_data) & MEMCG_DATA_KMEM;
#else
	return PageKmemcg((struct page *)page);
#endif
}

/* What the mapping and the flags of a head tell of page cache and anonymous memory. */
static inline void km_facts_of_mapping(struct km_page_facts *ret, const struct page *head,
				       unsigned long flags)
{
	unsigned long mapping = (unsigned long)READ_ONCE(head->mapping);

	ret->lru = flags & (1UL << PG_lru);
	ret->swapbacked = flags & (1UL << PG_swapbacked);
	ret->anon = mapping & KM_MAPPING_ANON;
	ret->movable = KM_MAPPING_MOVABLE && (mapping & KM_MAPPING_FLAGS) == KM_MAPPING_MOVABLE;
	ret->cached = mapping && !(mapping & KM_MAPPING_FLAGS);
}

/* The facts of a page that is not free in the buddy lists; head is its head or itself. */
static inline void km_facts_of(struct km_page_facts *ret, struct page *head, unsigned long flags)
{
	ret->reserved = PageReserved(head);
	ret->hwpoison = PageHWPoison(head);
	ret->slab = PageSlab(head);
	ret->large_kmalloc = km_page_large_kmalloc(head);
	ret->table = PageTable(head);
	ret->offline = PageOffline(head);
	ret->guard = PageGuard(head);
	ret->unaccepted = km_page_unaccepted(head);
	ret->zsmalloc = km_page_zsmalloc(head);
	ret->hugetlb = PageHuge(head);	/* exported for GPL up to 6.8, inline since */
	ret->referenced = page_ref_count(head) > 0;
	km_facts_of_mapping(ret, head, flags);
	ret->charged = km_page_charged(head);
	ret->mapped = atomic_read(&head->_mapcount) >= 0;
	ret->compound = PageCompound(head);
}

/* The flags that vmalloc takes without a warning: since 6.19 there is a list (mm/vmalloc.c). */
#if KM_SINCE(6, 19)
#define KM_VMALLOC_FLAGS \
	(GFP_KERNEL_ACCOUNT | GFP_ATOMIC | GFP_NOWAIT | GFP_USER | __GFP_ZERO | __GFP_NORETRY | \
	 __GFP_NOLOCKDEP)
#else
#define KM_VMALLOC_FLAGS (__GFP_BITS_MASK & ~__GFP_COMP)
#endif

/* Up to 6.18 vmalloc may sleep whatever the flags say. */
#define KM_VMALLOC_SLEEPS (!KM_SINCE(6, 19))

/* kmalloc's caches by type: which types there are, and how their caches are called. */
#ifdef CONFIG_SLOB
#define KM_HAVE_KMALLOC_CACHES 0
#else
#define KM_HAVE_KMALLOC_CACHES 1
#endif

#if KM_SINCE(6, 11)
#define KM_HAVE_KMALLOC_CG IS_ENABLED(CONFIG_MEMCG)
#elif KM_SINCE(5, 14)
#define KM_HAVE_KMALLOC_CG IS_ENABLED(CONFIG_MEMCG_KMEM)
#else
#define KM_HAVE_KMALLOC_CG 0
#endif

/*
 * Whether the caches of a type are called PREFIXsize, and by which prefix; NULL for types whose
 * names are not known here (those of random or partitioned kmalloc caches, 6.6 on).
 */
static inline const char *km_kmalloc_prefix(int type)
{
#if KM_HAVE_KMALLOC_CACHES
	if (type == KMALLOC_NORMAL)
		return "kmalloc-";
	if (type == KMALLOC_RECLAIM)
		return "kmalloc-rcl-";
#ifdef CONFIG_ZONE_DMA
	if (type == KMALLOC_DMA)
		return "dma-kmalloc-";
#endif
#if KM_HAVE_KMALLOC_CG
	if (type == KMALLOC_CGROUP)
		return "kmalloc-cg-";
#endif
#endif
	return NULL;
}

#endif
