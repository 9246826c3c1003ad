/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Everything that differs between kernels 5.10 and 7.3, except struct page (compat-page.h). The
 * kernel's headers decide what it has: their macros, their types, or KM_HAS_*, which Kbuild finds
 * in them. The version number decides nothing, because vendors backport (RHEL 9 calls its kernel
 * 5.14).
 */
#ifndef KMEMINFO_COMPAT_H
#define KMEMINFO_COMPAT_H

#include <linux/log2.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <generated/utsrelease.h>

/*
 * The newest kernel that this module was tested with. On later kernels a class may have another
 * meaning.
 */
#define KM_KNOWN_UNTIL "7.3"
#define KM_KNOWN_BELOW KERNEL_VERSION(7, 4, 0)

/*
 * The largest order. MAX_ORDER was one more up to 6.3, and is called MAX_PAGE_ORDER since 6.8. The
 * size of the free lists gives the same on every kernel.
 */
#define KM_MAX_ORDER ((int)ARRAY_SIZE(((struct zone *)NULL)->free_area) - 1)

/*
 * Page types share a word with the map count. Their sign is negative, the map count's is not. Some
 * kernels number the types and store the number in the highest byte. Others use bits, and that byte
 * contains their base.
 */
#ifdef KM_HAS_TYPE_NUMBERS
static_assert((unsigned int)PGTY_buddy << 24 > INT_MAX);
static_assert((unsigned int)PGTY_table << 24 > INT_MAX);
#else
static_assert(PAGE_TYPE_BASE > INT_MAX);
static_assert(!(PG_buddy & (PG_offline | PG_table | PG_guard)));
#endif

/* ppc64 keeps the order of its pageblocks in a variable that is not exported to modules. */
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
 * The flags that encode a migrate type, and the position of their lowest bit. gfp.h undefines its
 * GFP_MOVABLE_MASK and GFP_MOVABLE_SHIFT after use. Before that, it checks that these bits equal
 * the type and that __GFP_MOVABLE is the lowest.
 */
#define KM_MOVABLE_MASK (__GFP_RECLAIMABLE | __GFP_MOVABLE)
#define KM_MOVABLE_SHIFT ilog2((__force unsigned int)__GFP_MOVABLE)

/* Per-CPU lists. Up to 5.13 they are the zone's pagesets, with one more struct around each list. */
static inline struct per_cpu_pages *km_pcp(const struct zone *zone, int cpu)
{
#ifdef KM_HAS_PER_CPU_PAGESET
	return per_cpu_ptr(zone->per_cpu_pageset, cpu);
#else
	return &per_cpu_ptr(zone->pageset, cpu)->pcp;
#endif
}

/* Free pages in MIGRATE_HIGHATOMIC pageblocks; -1 if the kernel does not count them. */
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

/* Unaccepted pages of the zone; -1 if the kernel does not count them (6.5 on). */
static inline long km_zone_unaccepted(struct zone *zone)
{
#if defined(KM_HAS_UNACCEPTED_COUNT) && defined(CONFIG_UNACCEPTED_MEMORY)
	return (long)zone_page_state(zone, NR_UNACCEPTED);
#else
	return -1;
#endif
}

/*
 * How a pageblock's bits encode its migrate type. Since 6.17 an extra bit marks isolated
 * pageblocks; its mask was renamed later.
 */
#if defined(PAGEBLOCK_MIGRATETYPE_MASK)
#define KM_BLOCK_TYPE_MASK PAGEBLOCK_MIGRATETYPE_MASK
#define KM_BLOCK_ISOLATED_MASK PAGEBLOCK_ISO_MASK
#elif defined(MIGRATETYPE_AND_ISO_MASK)
#define KM_BLOCK_TYPE_MASK MIGRATETYPE_MASK
#define KM_BLOCK_ISOLATED_MASK (MIGRATETYPE_AND_ISO_MASK & ~MIGRATETYPE_MASK)
#else
#define KM_BLOCK_TYPE_MASK MIGRATETYPE_MASK
#define KM_BLOCK_ISOLATED_MASK 0UL
#endif

/*
 * Whether the bits of the pageblock that contains pfn can be read. A page of 1 GiB spans several
 * sections. If the kernel frees it during the look, its size is a guess, and a section can be
 * absent.
 */
static inline bool km_block_known(unsigned long pfn)
{
#ifdef CONFIG_SPARSEMEM
	return online_section_nr(pfn_to_section_nr(pfn));
#else
	return true;
#endif
}

/*
 * The bits of the pageblock that contains pfn. The kernel's function for it is not exported. The
 * section's usage map must not be freed meanwhile: the caller holds rcu_read_lock(), and
 * km_block_known() is true.
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
 * The flags that vmalloc accepts without a warning. Since 6.19 there is a list
 * (vmalloc_fix_flags(), mm/vmalloc.c), added together with requests that may not sleep. kvmalloc
 * does not use it.
 */
#ifdef KM_HAS_VMALLOC_LIST
#define KM_VMALLOC_FLAGS \
	(GFP_KERNEL_ACCOUNT | GFP_ATOMIC | GFP_NOWAIT | GFP_USER | __GFP_ZERO | __GFP_NORETRY | \
	 __GFP_NOLOCKDEP | (IS_ENABLED(KM_HAS_VMALLOC_MAYFAIL) ? __GFP_RETRY_MAYFAIL : 0))
#else
#define KM_VMALLOC_FLAGS (__GFP_BITS_MASK & ~__GFP_COMP)
#endif

#define KM_KVMALLOC_FLAGS (__GFP_BITS_MASK & ~__GFP_COMP)

/* Up to 6.18 vmalloc may sleep regardless of its flags. */
#define KM_VMALLOC_SLEEPS (!IS_ENABLED(KM_HAS_VMALLOC_LIST))

/* The types of kmalloc caches in this kernel, and the names of their caches. */
#ifdef CONFIG_SLOB
#define KM_HAVE_KMALLOC_CACHES 0
#else
#define KM_HAVE_KMALLOC_CACHES 1
#endif

/*
 * The prefix of a type's cache names, which are PREFIXsize. NULL for types whose cache names are
 * unknown here (random or partitioned kmalloc caches, 6.6 on).
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
#ifdef KM_HAS_KMALLOC_CGROUP	/* without memory cgroups it equals KMALLOC_NORMAL */
	if (type == KMALLOC_CGROUP)
		return "kmalloc-cg-";
#endif
#endif
	return NULL;
}

#endif
