// SPDX-License-Identifier: GPL-2.0
/*
 * The module reads a page without a lock and without a reference, as /proc/kpageflags does. A page
 * that changes its owner meanwhile counts under the old or the new one.
 */
#include "compat-page.h"
#include "look.h"

#define LRU (1UL << PG_lru)
#define LRU_MASK (LRU | 1UL << PG_head | 1UL << PG_reserved | __PG_HWPOISON)

/*
 * The mapping word of anonymous pages differs from page to page. Only the bit that marks them
 * counts.
 */
static unsigned long mapping_of(const struct page *page)
{
	unsigned long mapping = (unsigned long)READ_ONCE(page->mapping);

	return mapping & KM_MAPPING_ANON ? KM_MAPPING_ANON : mapping;
}

/* Counts the single pages that look like the first one, with these flags, up to the limit most. */
static unsigned long count_alike(struct page *page, unsigned long flags, unsigned long most)
{
	const unsigned long mask = KM_PLACE_MASK | LRU_MASK | 1UL << PG_swapbacked;
	unsigned long mapping = mapping_of(page), memcg = km_memcg_word(page), n = 1;
	bool pinned = km_single_pinned(page);

	while (n < most && !((km_page_flags(page + n) ^ flags) & mask) &&
	       mapping_of(page + n) == mapping && km_memcg_word(page + n) == memcg &&
	       km_single_pinned(page + n) == pinned)
		n++;
	return n;
}

/* The root group has no parent. It contains the pages that are charged to no other group. */
static void look_at_memcg(struct km_looker *looker, struct page *head, struct km_look *ret)
{
#ifdef CONFIG_MEMCG
	unsigned long word = km_memcg_word(head);
	struct mem_cgroup *memcg;

	if (word != looker->memcg_word) {
		memcg = km_page_memcg(head);
		looker->memcg_word = word;
		looker->charged = memcg && memcg->css.parent;
		looker->dead = memcg && !(READ_ONCE(memcg->css.flags) & CSS_ONLINE);
	}
	ret->charged = looker->charged;
	ret->dead = looker->dead;
#endif
}

/* Pages that debugging removes from the lists are free, and so are unaccepted pages. */
static enum km_mobility mobility_of(struct page *head, const struct km_look *look)
{
	switch (look->class) {
	case KM_CLASS_BUDDY:
	case KM_CLASS_GUARD:
	case KM_CLASS_UNACCEPTED:
		return KM_FREE;
	case KM_CLASS_REF0:
		return KM_UNKNOWN;
	case KM_CLASS_ANON:
	case KM_CLASS_SHMEM:
	case KM_CLASS_FILE:
	case KM_CLASS_HUGETLB:
		return look->pinned ? KM_UNMOVABLE : KM_MOVABLE;
	case KM_CLASS_SLAB:
		return KM_SLAB;
	case KM_CLASS_OFFLINE:
	case KM_CLASS_MOVABLE:
	case KM_CLASS_ZSMALLOC:
		return km_page_movable(head) ? KM_MOVABLE : KM_UNMOVABLE;
	default:
		return KM_UNMOVABLE;
	}
}

/*
 * Blocks that only their first frame marks. Their order is read without the zone's lock, so it
 * counts only if it is at most the largest order and fits the frame number. Returns 0 for no such
 * block.
 */
static unsigned long free_block(struct page *page, unsigned long pfn, struct km_look *ret)
{
	unsigned long order;

	if (PageBuddy(page))
		ret->class = KM_CLASS_BUDDY;
	else if (PageGuard(page))
		ret->class = KM_CLASS_GUARD;
	else if (km_page_unaccepted(page))
		ret->class = KM_CLASS_UNACCEPTED;
	else
		return 0;
	/* The kernel accepts memory in blocks of the largest order (__free_unaccepted(), k6.12). */
	order = ret->class == KM_CLASS_UNACCEPTED ? KM_MAX_ORDER : READ_ONCE(page->private);
	ret->order = order <= KM_MAX_ORDER && !(pfn & ((1UL << order) - 1)) ? order : 0;
	return 1UL << ret->order;
}

/*
 * The walk skips a compound page as a whole, unless one of its frames is poisoned. Only a huge page
 * may be larger than the largest order.
 */
static unsigned long compound_frames(struct page *head, unsigned long pfn,
				     const struct km_page_facts *facts, unsigned int order)
{
	if (facts->hwpoison || km_poisoned_inside(head))
		return 1;
	if (order <= KM_MAX_ORDER || (facts->hugetlb && order < KM_ORDERS))
		return pfn & ((1UL << order) - 1) ? 1 : 1UL << order;
	return 1;
}

static void look_at_other(struct page *page, unsigned long pfn, struct km_look *ret)
{
	struct page *head = compound_head(page);
	struct km_page_facts facts = { .hwpoison = km_page_flags(page) & __PG_HWPOISON };
	unsigned int order = 0;

	km_facts_of(&facts, head, km_page_flags(head));
	ret->class = km_class_of(&facts);
	ret->frames = 1;
	if (facts.compound && PageHead(head)) {
		order = compound_order(head);
		if (head == page)
			ret->frames = compound_frames(head, pfn, &facts, order);
	}
	ret->order = min_t(unsigned int, order, KM_ORDERS - 1);
	ret->pinned = km_class_can_be_pinned(ret->class) && km_page_pinned(head);
	if (facts.lru && facts.cached)
		ret->mapping = READ_ONCE(head->mapping);
}

void km_look(struct km_looker *looker, struct page *page, unsigned long pfn, unsigned long most,
	     struct km_look *ret)
{
	unsigned long flags = km_page_flags(page);
	struct km_page_facts facts = { .referenced = true };

	*ret = (struct km_look){ .structs = 1 };
	/* Most pages of a busy machine are single and on the LRU: this is a short way for them. */
	if ((flags & LRU_MASK) == LRU) {
		km_facts_of_mapping(&facts, page, flags);
		ret->class = km_class_of(&facts);
		ret->pinned = km_single_pinned(page);
		ret->structs = ret->frames = count_alike(page, flags, most);
		if (facts.cached)
			ret->mapping = READ_ONCE(page->mapping);
		look_at_memcg(looker, page, ret);
	} else {
		ret->frames = free_block(page, pfn, ret);
		if (!ret->frames) {
			look_at_other(page, pfn, ret);
			look_at_memcg(looker, compound_head(page), ret);
		}
	}
	ret->mobility = mobility_of(page, ret);
}
