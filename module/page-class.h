/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The classes of /proc/kmeminfo/pages, and the class of a page. The decision depends on facts about
 * one page alone, so it compiles in user space and is tested there as well.
 */
#ifndef KMEMINFO_PAGE_CLASS_H
#define KMEMINFO_PAGE_CLASS_H

#ifndef __KERNEL__
#include <stdbool.h>
#endif

/* X(identifier, name in the file, meaning) */
#define KM_CLASSES(X) \
	X(ABSENT, "absent", "no online page there: a hole, or memory that is offline") \
	X(FOREIGN, "foreign", "a page of another zone or node inside this one's span") \
	X(DEVICE, "device", "the span of ZONE_DEVICE, whose pages are not walked") \
	X(BUDDY, "buddy", "free, in the buddy lists") \
	X(REF0, "ref0", "reference count 0: free in per-CPU lists, or the rest of an untyped block") \
	X(RESERVED, "reserved", "flagged as reserved: the kernel image, firmware, boot allocations") \
	X(HWPOISON, "hwpoison", "taken out of use after a memory error") \
	X(SLAB, "slab", "slab caches") \
	X(LARGE_KMALLOC, "large_kmalloc", "kmalloc beyond the largest cache") \
	X(PAGETABLE, "pagetable", "page tables, as far as the kernel flags them") \
	X(OFFLINE, "offline", "flagged as offline: balloons, memory being unplugged") \
	X(GUARD, "guard", "guard pages of debug_pagealloc") \
	X(UNACCEPTED, "unaccepted", "memory that a confidential guest has not accepted yet") \
	X(ZSMALLOC, "zsmalloc", "compressed pages of zswap and zram") \
	X(HUGETLB, "hugetlb", "the huge page pool, free or in use") \
	X(ANON, "anon", "anonymous memory of processes") \
	X(SHMEM, "shmem", "tmpfs, shared memory and swap cache") \
	X(FILE, "file", "page cache of files") \
	X(PAGE_POOL, "page_pool", "receive buffers of network drivers: the pages of page_pool") \
	X(MOVABLE, "movable", "movable pages of drivers: zsmalloc before 6.12") \
	X(CHARGED, "charged", "kernel memory charged to a memory cgroup, of no other class") \
	X(MAPPED, "mapped", "mapped into processes, of no other class: drivers, vdso") \
	X(KERNEL_COMPOUND, "kernel_compound", "compound pages of the kernel, of no other class") \
	X(KERNEL_SINGLE, "kernel_single", "single pages of the kernel not covered by any counter")

#define KM_CLASS_ENUM(id, name, meaning) KM_CLASS_##id,
enum km_class {
	KM_CLASSES(KM_CLASS_ENUM)
	KM_CLASS_COUNT
};

/* Classes whose pages may be pinned for DMA (pin_user_pages()). */
static inline bool km_class_can_be_pinned(enum km_class class)
{
	return class == KM_CLASS_ANON || class == KM_CLASS_SHMEM || class == KM_CLASS_FILE ||
	       class == KM_CLASS_HUGETLB;
}

/* Facts about an allocated page; of its head, if it is part of a compound page. */
struct km_page_facts {
	bool reserved, hwpoison;				/* flags */
	bool slab, large_kmalloc, table, offline;		/* types */
	bool guard, unaccepted, zsmalloc, hugetlb;
	bool referenced;					/* reference count above 0 */
	bool lru, swapbacked;
	bool anon, movable, cached;				/* from the mapping word */
	bool pool, charged, mapped, compound;
};

/* The class of page cache and anonymous memory, which is on an LRU list or on its way to one. */
static inline enum km_class km_class_of_cache(const struct km_page_facts *f)
{
	if (f->anon)
		return KM_CLASS_ANON;
	return f->swapbacked ? KM_CLASS_SHMEM : KM_CLASS_FILE;
}

/*
 * The class of an allocated page. A page type counts more than the reference count: slabs (7.x) and
 * free huge pages have no references. A poisoned huge page stays in its pool.
 */
static inline enum km_class km_class_of(const struct km_page_facts *f)
{
	if (f->reserved)
		return KM_CLASS_RESERVED;
	if (f->hugetlb)
		return KM_CLASS_HUGETLB;
	if (f->hwpoison)
		return KM_CLASS_HWPOISON;
	if (f->slab)
		return KM_CLASS_SLAB;
	if (f->large_kmalloc)
		return KM_CLASS_LARGE_KMALLOC;
	if (f->table)
		return KM_CLASS_PAGETABLE;
	if (f->offline)
		return KM_CLASS_OFFLINE;
	if (f->guard)
		return KM_CLASS_GUARD;
	if (f->unaccepted)
		return KM_CLASS_UNACCEPTED;
	if (f->zsmalloc)
		return KM_CLASS_ZSMALLOC;
	if (!f->referenced)
		return KM_CLASS_REF0;
	if (f->lru)
		return km_class_of_cache(f);
	if (f->pool)
		return KM_CLASS_PAGE_POOL;
	if (f->movable)
		return KM_CLASS_MOVABLE;
	if (f->anon || f->cached)
		return km_class_of_cache(f);
	if (f->charged)
		return KM_CLASS_CHARGED;
	if (f->mapped)
		return KM_CLASS_MAPPED;
	return f->compound ? KM_CLASS_KERNEL_COMPOUND : KM_CLASS_KERNEL_SINGLE;
}

#endif
