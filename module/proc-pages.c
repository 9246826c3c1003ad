// SPDX-License-Identifier: GPL-2.0
/*
 * /proc/kmeminfo/pages: every page frame of every zone's span, counted in exactly one class.
 *
 *	kmeminfo-pages 1
 *	cannot class=NAME in=NAME	a class that this kernel does not mark; its pages count in
 *					the other class ("-": in several)
 *	zone node=N zone=NAME spanned_pages=N present_pages=N managed_pages=N pcp_pages=N
 *	pages node=N zone=NAME class=NAME pages=N	each class that this kernel can tell
 *	walk pages=N ns=N				what the counting took
 *
 * The names of the classes are in page-class.h.  The pages of a zone sum to its spanned_pages.
 * pcp_pages is what the CPUs' lists held just after that zone was walked: the class ref0 less
 * pcp_pages is memory in use, the frames behind the first of a block of a higher order that is
 * neither compound nor typed, for these have no reference count of their own.
 *
 * No lock is held, so a page that changes hands meanwhile may be counted as what it was before
 * or after, as in /proc/kpageflags.  Free blocks and compound pages are stepped over as a whole.
 * Whether memory is online is asked anew for each run of frames (2 MiB on x86); like the kernel's
 * own walkers of page frames, nothing here keeps a section from being unplugged meanwhile.
 */
#include <linux/ktime.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include "compat.h"
#include "km.h"

struct walk {
	unsigned long pages[KM_CLASS_COUNT];	/* of the zone being walked */
};

#define CLASS_NAME(id, name, meaning) [KM_CLASS_##id] = name,
static const char *const class_names[] = { KM_CLASSES(CLASS_NAME) };

/* Where the pages of a class go that this kernel does not mark; KM_CLASS_COUNT: into several. */
static bool can_tell(enum km_class class, enum km_class *ret_instead)
{
	switch (class) {
	case KM_CLASS_LARGE_KMALLOC:
		*ret_instead = KM_CLASS_KERNEL_COMPOUND;
		return KM_MARKS_LARGE_KMALLOC;
	case KM_CLASS_ZSMALLOC:
		*ret_instead = IS_ENABLED(CONFIG_COMPACTION) ? KM_CLASS_MOVABLE :
							       KM_CLASS_KERNEL_SINGLE;
		return KM_MARKS_ZSMALLOC || !IS_ENABLED(CONFIG_ZSMALLOC);
	case KM_CLASS_UNACCEPTED:
		*ret_instead = KM_CLASS_COUNT;
		return KM_MARKS_UNACCEPTED || !IS_ENABLED(CONFIG_UNACCEPTED_MEMORY);
	default:
		return true;
	}
}

#define LRU (1UL << PG_lru)
#define LRU_MASK (LRU | 1UL << PG_head | 1UL << PG_reserved | 1UL << PG_hwpoison)

static unsigned long anon_bit(const struct page *page)
{
	return (unsigned long)READ_ONCE(page->mapping) & KM_MAPPING_ANON;
}

/* How many single pages from one with these flags on, of most, are of its zone and class. */
static unsigned long count_alike(const struct page *page, unsigned long flags, unsigned long most)
{
	const unsigned long mask = KM_PLACE_MASK | LRU_MASK | 1UL << PG_swapbacked;
	unsigned long anon = anon_bit(page), n = 1;

	while (n < most && !((km_page_flags(page + n) ^ flags) & mask) && anon_bit(page + n) == anon)
		n++;
	return n;
}

/*
 * The class of a page, and in *ret_n how many frames from it on are the same; up to most their
 * struct pages follow.  The order of a block is read without its lock: what it says is believed
 * up to the largest order, and of a free block only where it fits its place.
 */
static enum km_class look(struct page *page, unsigned long pfn, unsigned long most,
			  unsigned long *ret_n)
{
	unsigned long flags = km_page_flags(page), order;
	struct km_page_facts facts = { };
	struct page *head;

	/* Most of a busy machine is single pages on the LRU, so they do not go through the rest. */
	if ((flags & LRU_MASK) == LRU) {
		facts.referenced = true;
		km_facts_of_mapping(&facts, page, flags);
		*ret_n = count_alike(page, flags, most);
		return km_class_of(&facts);
	}
	*ret_n = 1;
	if (PageBuddy(page)) {
		order = READ_ONCE(page->private);
		if (order <= KM_MAX_ORDER && !(pfn & ((1UL << order) - 1)))
			*ret_n = 1UL << order;
		return KM_CLASS_BUDDY;
	}
	head = compound_head(page);
	if (head == page && PageHead(page)) {
		order = compound_order(page);
		if (order <= KM_MAX_ORDER)	/* a gigantic page goes frame by frame */
			*ret_n = 1UL << order;
	}
	km_facts_of(&facts, head, km_page_flags(head));
	return km_class_of(&facts);
}

/* Counts the frames from pfn to stop, whose struct pages follow each other; returns the next. */
static unsigned long walk_run(struct walk *w, struct zone *zone, struct page *page,
			      unsigned long pfn, unsigned long stop, unsigned long end)
{
	unsigned int index = zone_idx(zone);
	int node = zone_to_nid(zone);

	while (pfn < stop) {
		enum km_class class = KM_CLASS_FOREIGN;
		unsigned long n = 1;

		if (page_zonenum(page) == index && page_to_nid(page) == node)
			class = look(page, pfn, stop - pfn, &n);
		n = min(n, end - pfn);
		w->pages[class] += n;
		pfn += n;
		page += n;
	}
	return pfn;
}

/* Counts the frames from pfn to end; -EINTR if the reader was killed. */
static int walk_zone(struct walk *w, struct zone *zone, unsigned long pfn, unsigned long end)
{
	if (km_zone_is_device(zone)) {
		w->pages[KM_CLASS_DEVICE] += end - pfn;
		return 0;
	}
	while (pfn < end) {
		unsigned long stop = min(km_run_end(pfn), end);
		struct page *page = pfn_to_online_page(pfn);

		if (page) {
			pfn = walk_run(w, zone, page, pfn, stop, end);
		} else {
			w->pages[KM_CLASS_ABSENT] += stop - pfn;
			pfn = stop;
		}
		cond_resched();
		if (fatal_signal_pending(current))
			return -EINTR;
	}
	return 0;
}

static void show_cannot(struct seq_file *m)
{
	enum km_class class, instead;

	for (class = 0; class < KM_CLASS_COUNT; class++) {
		if (!can_tell(class, &instead))
			seq_printf(m, "cannot class=%s in=%s\n", class_names[class],
				   instead < KM_CLASS_COUNT ? class_names[instead] : "-");
	}
}

static void show_classes(struct seq_file *m, const struct walk *w, struct zone *zone)
{
	enum km_class class, unused;

	for (class = 0; class < KM_CLASS_COUNT; class++) {
		if (can_tell(class, &unused))
			seq_printf(m, "pages node=%d zone=%s class=%s pages=%lu\n",
				   zone_to_nid(zone), zone->name, class_names[class],
				   w->pages[class]);
	}
}

static int show_zone(struct seq_file *m, struct walk *w, struct zone *zone)
{
	unsigned long spanned = READ_ONCE(zone->spanned_pages), start = zone->zone_start_pfn;
	int ret;

	memset(w->pages, 0, sizeof(w->pages));
	ret = walk_zone(w, zone, start, start + spanned);
	if (ret)
		return ret;
	seq_printf(m, "zone node=%d zone=%s spanned_pages=%lu", zone_to_nid(zone), zone->name,
		   spanned);
	seq_printf(m, " present_pages=%lu managed_pages=%lu pcp_pages=%lu\n", zone->present_pages,
		   zone_managed_pages(zone), km_pcp_pages(zone));
	show_classes(m, w, zone);
	return 0;
}

int km_pages_show(struct seq_file *m, void *unused)
{
	u64 began = ktime_get_ns(), pages = 0;
	struct walk w = { };
	unsigned int i;
	int node;

	seq_puts(m, "kmeminfo-pages 1\n");
	show_cannot(m);
	for_each_online_node(node) {
		for (i = 0; i < MAX_NR_ZONES; i++) {
			struct zone *zone = &NODE_DATA(node)->node_zones[i];
			int ret;

			if (!zone->spanned_pages)
				continue;
			ret = show_zone(m, &w, zone);
			if (ret)
				return ret;
			pages += zone->spanned_pages;
		}
	}
	seq_printf(m, "walk pages=%llu ns=%llu\n", pages, ktime_get_ns() - began);
	return 0;
}
