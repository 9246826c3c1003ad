/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Everything that differs between kernels 5.10 and 7.2.  What a kernel has is decided by its
 * headers: by their macros, by their types, or by KM_HAS_*, which Kbuild finds in them.  The
 * version number decides nothing, for vendors backport (RHEL 9 calls its kernel 5.14).
 */
#ifndef KMEMINFO_COMPAT_H
#define KMEMINFO_COMPAT_H

#include <linux/hugetlb.h>
#include <linux/log2.h>
#include <linux/memcontrol.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/poison.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <generated/utsrelease.h>
#include "page-class.h"

/* The newest kernel that the module was tried on.  Beyond it a class may mean something else. */
#define KM_KNOWN_UNTIL "7.2"
#define KM_KNOWN_BELOW KERNEL_VERSION(7, 3, 0)

/*
 * The largest order.  MAX_ORDER was one more up to 6.3 and is MAX_PAGE_ORDER since 6.8; the size
 * of the free lists says the same on every kernel.
 */
#define KM_MAX_ORDER ((int)ARRAY_SIZE(((struct zone *)NULL)->free_area) - 1)

/*
 * Page types share a word with the map count and differ from it by their negative sign.  Where
 * they are numbers, the number is the highest byte; where they are bits, the base is.
 */
#ifdef KM_HAS_TYPE_NUMBERS
static_assert((unsigned int)PGTY_buddy << 24 > INT_MAX);
static_assert((unsigned int)PGTY_table << 24 > INT_MAX);
#else
static_assert(PAGE_TYPE_BASE > INT_MAX);
static_assert(!(PG_buddy & (PG_offline | PG_table | PG_guard)));
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

/* Per-CPU lists: up to 5.13 the zone's pagesets, with a struct around the list's. */
static inline struct per_cpu_pages *km_pcp(const struct zone *zone, int cpu)
{
#ifdef KM_HAS_PER_CPU_PAGESET
	return per_cpu_ptr(zone->per_cpu_pageset, cpu);
#else
	return &per_cpu_ptr(zone->pageset, cpu)->pcp;
#endif
}

/* Free pages in blocks kept for high-order atomic requests; -1 where the kernel does not count. */
static inline long km_free_highatomic(const struct zone *zone)
{
#ifdef KM_HAS_FREE_HIGHATOMIC
	return (long)READ_ONCE(zone->nr_free_highatomic);
#else
	return -1;
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

static inline unsigned long km_free_cma(struct zone *zone)
{
#ifdef CONFIG_CMA
	return zone_page_state(zone, NR_FREE_CMA_PAGES);
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

/* page->flags is a word of its own; since 6.18 it is a struct of that word. */
static inline unsigned long km_page_flags(const struct page *page)
{
	static_assert(sizeof(page->flags) == sizeof(unsigned long));
	return READ_ONCE(*(const unsigned long *)&page->flags);
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
#define KM_MARKS_LARGE_KMALLOC	IS_ENABLED(KM_HAS_LARGE_KMALLOC)
#define KM_MARKS_ZSMALLOC	IS_ENABLED(KM_HAS_ZSMALLOC)
#define KM_MARKS_UNACCEPTED	IS_ENABLED(KM_HAS_UNACCEPTED)
#define KM_MARKS_PAGE_POOL	(IS_ENABLED(KM_HAS_NETPP) || IS_ENABLED(KM_HAS_PP_MAGIC))

/* Unaccepted pages of the zone; -1 where the kernel does not count them (6.5 to 6.11 do). */
static inline long km_zone_unaccepted(struct zone *zone)
{
#if defined(KM_HAS_UNACCEPTED_COUNT) && defined(CONFIG_UNACCEPTED_MEMORY)
	return (long)zone_page_state(zone, NR_UNACCEPTED);
#else
	return -1;
#endif
}

static inline bool km_page_large_kmalloc(const struct page *page)
{
#ifdef KM_HAS_LARGE_KMALLOC
	return PageLargeKmalloc(page);
#else
	return false;
#endif
}

static inline bool km_page_zsmalloc(const struct page *page)
{
#ifdef KM_HAS_ZSMALLOC
	return PageZsmalloc(page);
#else
	return false;
#endif
}

static inline bool km_page_unaccepted(const struct page *page)
{
#ifdef KM_HAS_UNACCEPTED
	return PageUnaccepted(page);
#else
	return false;
#endif
}

/*
 * Pages that a page_pool handed to a network driver.  Up to 7.2 a magic number says so, in a word
 * that is a list pointer in pages of other owners; its lowest bits are used for other things.
 */
static inline bool km_page_pool(const struct page *page)
{
#if defined(KM_HAS_NETPP)
	return PageNetpp(page);
#elif defined(KM_HAS_PP_MAGIC) && defined(PP_MAGIC_MASK)
	return (READ_ONCE(page->pp_magic) & PP_MAGIC_MASK) == PP_SIGNATURE;
#elif defined(KM_HAS_PP_MAGIC)
	return (READ_ONCE(page->pp_magic) & ~0x3UL) == PP_SIGNATURE;
#else
	return false;
#endif
}

/* Whether some frame of a compound page is poisoned: 5.15 on, in the second frame's flags. */
static inline bool km_poisoned_inside(const struct page *head)
{
#if defined(KM_HAS_POISONED_INSIDE) && defined(CONFIG_MEMORY_FAILURE)
	return km_page_flags(head + 1) & (1UL << PG_has_hwpoisoned);
#else
	return false;
#endif
}

/* DMA-pinned: exact for compound pages; a single page with very many references looks pinned. */
static inline bool km_page_pinned(struct page *head)
{
#ifdef KM_HAS_FOLIO_PINNED
	return folio_maybe_dma_pinned((struct folio *)head);
#else
	return page_maybe_dma_pinned(head);
#endif
}

/* Whether a frame of a compound page is in some process's page tables. */
static inline bool km_compound_mapped(struct page *head)
{
#ifdef KM_HAS_FOLIO_MAPPED
	return folio_mapped((struct folio *)head);
#else
	return page_mapped(head);
#endif
}

/* The word that says to which memory cgroup a page is charged; 0 without one. */
static inline unsigned long km_memcg_word(const struct page *head)
{
#if !defined(CONFIG_MEMCG)
	return 0;
#elif defined(KM_HAS_MEMCG_DATA)
	return READ_ONCE(head->memcg_data);
#else
	return (unsigned long)READ_ONCE(head->mem_cgroup);
#endif
}

/*
 * The memory cgroup that a page is charged to; NULL for none and for slabs, whose objects are
 * charged one by one.  Valid until rcu_read_unlock(): groups are freed after a grace period
 * (css_free_rwork_fn(), k6.12:kernel/cgroup/cgroup.c).
 */
static inline struct mem_cgroup *km_page_memcg(struct page *head)
{
#if !defined(CONFIG_MEMCG)
	return NULL;
#elif defined(KM_HAS_FOLIO_MEMCG_CHECK)
	return folio_memcg_check((struct folio *)head);
#elif defined(KM_HAS_MEMCG_DATA)
	return page_memcg_check(head);
#else
	unsigned long word = km_memcg_word(head);

	return word & 1 ? NULL : (struct mem_cgroup *)word;
#endif
}

/* Kernel memory charged to a memory cgroup: a page type of its own up to 5.10. */
static inline bool km_page_charged(const struct page *page)
{
#if !defined(CONFIG_MEMCG)
	return false;
#elif defined(KM_HAS_MEMCG_DATA)
	return READ_ONCE(page->memcg_data) & MEMCG_DATA_KMEM;
#else
	return PageKmemcg((struct page *)page);
#endif
}

/* Whether the kernel can move the page although it is on no LRU list: balloons, zsmalloc. */
static inline bool km_page_movable(const struct page *head)
{
#ifdef KM_HAS_MOVABLE_OPS
	return page_has_movable_ops(head);
#else
	unsigned long mapping = (unsigned long)READ_ONCE(head->mapping);

	return KM_MAPPING_MOVABLE && (mapping & KM_MAPPING_FLAGS) == KM_MAPPING_MOVABLE;
#endif
}

/* How migrate types lie in a pageblock's bits: 7.x has an extra bit for isolated blocks. */
#ifdef PAGEBLOCK_MIGRATETYPE_MASK
#define KM_BLOCK_TYPE_MASK PAGEBLOCK_MIGRATETYPE_MASK
#define KM_BLOCK_ISOLATED_MASK PAGEBLOCK_ISO_MASK
#else
#define KM_BLOCK_TYPE_MASK MIGRATETYPE_MASK
#define KM_BLOCK_ISOLATED_MASK 0UL
#endif

/*
 * The bits of the pageblock that contains pfn.  The function for it is not exported.  The caller
 * keeps the section's usage map from being freed, by rcu_read_lock() and by having found the
 * page online.
 */
static inline unsigned long km_block_bits(const struct zone *zone, unsigned long pfn)
{
#if defined(CONFIG_HUGETLB_PAGE_SIZE_VARIABLE)
	return 0;
#else
#ifdef CONFIG_SPARSEMEM
	const unsigned long *map = section_to_usemap(__pfn_to_section(pfn));
	unsigned long block = (pfn & (PAGES_PER_SECTION - 1)) >> pageblock_order;
#else
	const unsigned long *map = zone->pageblock_flags;
	unsigned long first = ALIGN_DOWN(zone->zone_start_pfn, 1UL << pageblock_order);
	unsigned long block = (pfn - first) >> pageblock_order;
#endif
	unsigned long bit = block * NR_PAGEBLOCK_BITS;

	return READ_ONCE(map[bit / BITS_PER_LONG]) >> (bit & (BITS_PER_LONG - 1));
#endif
}

/*
 * Page cache or anonymous memory, by the mapping and the flags of a head page.  The mapping
 * word of a page on an LRU list is an address space, or a reverse mapping with a bit set.
 */
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
	ret->pool = km_page_pool(head);
	ret->charged = km_page_charged(head);
	ret->compound = PageCompound(head);
	if (!ret->compound)
		ret->mapped = atomic_read(&head->_mapcount) >= 0;
	else if (!ret->slab && !ret->lru && !ret->hugetlb)
		ret->mapped = km_compound_mapped(head);
}

/*
 * The flags that vmalloc takes without a warning.  Since 6.19 there is a list (vmalloc_fix_flags(),
 * mm/vmalloc.c), which came with the support of requests that may not sleep.  kvmalloc does not
 * go through it.
 */
#ifdef KM_HAS_VMALLOC_LIST
#define KM_VMALLOC_FLAGS \
	(GFP_KERNEL_ACCOUNT | GFP_ATOMIC | GFP_NOWAIT | GFP_USER | __GFP_ZERO | __GFP_NORETRY | \
	 __GFP_NOLOCKDEP)
#else
#define KM_VMALLOC_FLAGS (__GFP_BITS_MASK & ~__GFP_COMP)
#endif

#define KM_KVMALLOC_FLAGS (__GFP_BITS_MASK & ~__GFP_COMP)

/* Up to 6.18 vmalloc may sleep whatever the flags say. */
#define KM_VMALLOC_SLEEPS (!IS_ENABLED(KM_HAS_VMALLOC_LIST))

/* kmalloc's caches by type: which types there are, and how their caches are called. */
#ifdef CONFIG_SLOB
#define KM_HAVE_KMALLOC_CACHES 0
#else
#define KM_HAVE_KMALLOC_CACHES 1
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
#ifdef KM_HAS_KMALLOC_CGROUP	/* KMALLOC_NORMAL without memory cgroups */
	if (type == KMALLOC_CGROUP)
		return "kmalloc-cg-";
#endif
#endif
	return NULL;
}

#endif
