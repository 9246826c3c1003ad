/* SPDX-License-Identifier: GPL-2.0 */
/* Reads the facts in one struct page, on every kernel. */
#ifndef KMEMINFO_COMPAT_PAGE_H
#define KMEMINFO_COMPAT_PAGE_H

#include <linux/hugetlb.h>
#include <linux/memcontrol.h>
#include <linux/poison.h>
#include "compat.h"
#include "page-class.h"

/* Up to 6.17 page->flags is an unsigned long; since 6.18 it is a struct that contains one. */
static inline unsigned long km_page_flags(const struct page *page)
{
	static_assert(sizeof(page->flags) == sizeof(unsigned long));
	return READ_ONCE(*(const unsigned long *)&page->flags);
}

/* The flag bits that encode zone and node. On 32-bit NUMA they do not encode the node. */
#ifdef NODE_NOT_IN_PAGE_FLAGS
#define KM_PLACE_MASK (~0UL)
#else
#define KM_PLACE_MASK (ZONES_MASK << ZONES_PGSHIFT | NODES_MASK << NODES_PGSHIFT)
#endif

/* 6.17 removed the bit of movable pages from page->mapping and renamed the others. */
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

/* The page classes that this kernel marks in struct page. */
#define KM_MARKS_LARGE_KMALLOC \
	(IS_ENABLED(KM_HAS_LARGE_KMALLOC) || IS_ENABLED(KM_HAS_LARGE_KMALLOC_FOLIO))
#define KM_MARKS_ZSMALLOC	IS_ENABLED(KM_HAS_ZSMALLOC)
#define KM_MARKS_UNACCEPTED	IS_ENABLED(KM_HAS_UNACCEPTED)
#define KM_MARKS_PAGE_POOL	(IS_ENABLED(KM_HAS_NETPP) || IS_ENABLED(KM_HAS_PP_MAGIC))

/* Since 6.15. At first only a function for folios tests the type. */
static inline bool km_page_large_kmalloc(const struct page *page)
{
#if defined(KM_HAS_LARGE_KMALLOC)
	return PageLargeKmalloc(page);
#elif defined(KM_HAS_LARGE_KMALLOC_FOLIO)
	return folio_test_large_kmalloc((const struct folio *)page);
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
 * Whether page_pool handed the page to a network driver. Up to 7.3 a magic number marks such pages.
 * It is in a word that pages of other owners use as a list pointer. Its lowest bits have other
 * uses.
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

/* Whether a frame of a compound page is poisoned. Since 5.15 the second frame's flags record it. */
static inline bool km_poisoned_inside(const struct page *head)
{
#if defined(KM_HAS_POISONED_INSIDE) && defined(CONFIG_MEMORY_FAILURE)
	return km_page_flags(head + 1) & (1UL << PG_has_hwpoisoned);
#else
	return false;
#endif
}

/*
 * Whether a single page is pinned for DMA; one with very many references looks pinned, too. The
 * kernel's functions for it stop a debug kernel (VM_BUG_ON_PGFLAGS) if the page has just become
 * part of a compound page, which nothing prevents here.
 */
static inline bool km_single_pinned(struct page *page)
{
	return (unsigned int)page_ref_count(page) >= GUP_PIN_COUNTING_BIAS;
}

/* The same for a head page, exact for compound pages. */
static inline bool km_page_pinned(struct page *head)
{
#ifdef KM_HAS_FOLIO_PINNED
	return folio_maybe_dma_pinned((struct folio *)head);
#else
	return page_maybe_dma_pinned(head);
#endif
}

/* Whether a process maps a frame of a compound page. */
static inline bool km_compound_mapped(struct page *head)
{
#ifdef KM_HAS_FOLIO_MAPPED
	return folio_mapped((struct folio *)head);
#else
	return page_mapped(head);
#endif
}

/* The word that records the memory cgroup to which a page is charged; 0 if none. */
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
 * The memory cgroup to which a page is charged. NULL if there is none, and for slabs, whose objects
 * are charged one by one. Valid until rcu_read_unlock(): the kernel frees a group after a grace
 * period (css_free_rwork_fn(), k6.12:kernel/cgroup/cgroup.c).
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

/*
 * Whether the page is kernel memory charged to a memory cgroup. Up to 5.10 it has its own page
 * type.
 */
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

/*
 * Tells page cache from anonymous memory by the mapping and flags of a head page. The mapping of a
 * page on an LRU list points to an address space, or to a reverse mapping with a bit set.
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

/*
 * The facts of a page that is not free in the buddy lists. head is its head page, or the page
 * itself.
 */
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
	ret->hugetlb = PageHuge(head);	/* exported to GPL modules up to 6.8, inline since */
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

#endif
