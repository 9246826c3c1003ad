// SPDX-License-Identifier: GPL-2.0
/*
 * The walk proceeds in stretches of at most 1,024 frames. Each stretch runs inside rcu_read_lock()
 * and checks whether its memory is online. Memory that goes offline waits for all stretches under
 * way before its struct pages can be freed: MEM_OFFLINE comes after the section was marked offline
 * and before it is removed (offline_pages(), k6.12:mm/memory_hotplug.c).
 */
#include <linux/memory.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include "compat.h"
#include "walk.h"

static DEFINE_MUTEX(lock);
static unsigned long walks;	/* protected by the lock */

int km_walk_lock(void)
{
	int ret = mutex_lock_killable(&lock);

	if (!ret)
		walks++;
	return ret;
}

void km_walk_unlock(void)
{
	mutex_unlock(&lock);
}

unsigned long km_walks(void)
{
	return READ_ONCE(walks);
}

/* The end of the stretch that contains pfn. */
static unsigned long stretch_end(unsigned long pfn)
{
#ifdef CONFIG_SPARSEMEM
	return (pfn | (min(PAGES_PER_SUBSECTION, 1024UL) - 1)) + 1;
#else
	unsigned long end = (pfn | 1023) + 1, last = ARCH_PFN_OFFSET + max_mapnr;

	return pfn < last && last < end ? last : end;
#endif
}

/*
 * The end of the frames from pfn on whose struct pages are contiguous. On 5.10 arm64 decides frame
 * by frame (HAVE_ARCH_PFN_VALID).
 */
static unsigned long run_end(unsigned long pfn)
{
	return IS_ENABLED(CONFIG_HAVE_ARCH_PFN_VALID) ? pfn + 1 : stretch_end(pfn);
}

/* The earliest end of a hole. A section that is not online is a hole as a whole. */
static unsigned long hole_end(unsigned long pfn)
{
#ifdef CONFIG_SPARSEMEM
	if (!online_section_nr(pfn_to_section_nr(pfn)))
		return (pfn | (PAGES_PER_SECTION - 1)) + 1;
#endif
	return run_end(pfn);
}

static unsigned long visit(struct km_walk *walk, unsigned long pfn, unsigned long end,
			   struct km_look *look)
{
	look->frames = min(look->frames, end - pfn);
	walk->visit(walk, pfn, look);
	walk->frames += look->frames;
	walk->since += look->structs;
	walk->structs += look->structs;
	return pfn + look->frames;
}

static unsigned long walk_hole(struct km_walk *walk, unsigned long pfn, unsigned long end)
{
	struct km_look look = {
		.class = KM_CLASS_ABSENT, .mobility = KM_OUTSIDE, .frames = hole_end(pfn) - pfn,
	};

	return visit(walk, pfn, end, &look);
}

static void look_at(struct zone *zone, struct km_looker *looker, struct page *page,
		    unsigned long pfn, unsigned long most, struct km_look *ret)
{
	if (page_zonenum(page) == zone_idx(zone) && page_to_nid(page) == zone_to_nid(zone))
		km_look(looker, page, pfn, most, ret);
	else
		*ret = (struct km_look){
			.class = KM_CLASS_FOREIGN, .mobility = KM_OUTSIDE, .frames = 1, .structs = 1,
		};
}

/*
 * Walks the stretch that contains pfn. Returns the next frame, which may be far beyond the stretch.
 */
static unsigned long walk_stretch(struct km_walk *walk, unsigned long pfn, unsigned long end)
{
	unsigned long stop = min(stretch_end(pfn), end);
	struct km_looker looker = { };
	struct km_look look;

	while (pfn < stop) {
		unsigned long run = min(run_end(pfn), stop);
		struct page *page = pfn_to_online_page(pfn);

		if (!page)
			return walk_hole(walk, pfn, end);
		for (; pfn < run; page += look.frames) {
			look_at(walk->zone, &looker, page, pfn, run - pfn, &look);
			pfn = visit(walk, pfn, end, &look);
		}
	}
	return pfn;
}

int km_walk_range(struct km_walk *walk, unsigned long pfn, unsigned long end)
{
	if (km_zone_is_device(walk->zone) && pfn < end) {
		struct km_look look = {
			.class = KM_CLASS_DEVICE, .mobility = KM_OUTSIDE, .frames = end - pfn,
		};

		pfn = visit(walk, pfn, end, &look);
	}
	while (pfn < end) {
		rcu_read_lock();
		pfn = walk_stretch(walk, pfn, end);
		rcu_read_unlock();
		cond_resched();
		walk->longest = max(walk->longest, walk->since);
		walk->since = 0;
		if (fatal_signal_pending(current))
			return -EINTR;
	}
	return 0;
}

static int memory_event(struct notifier_block *unused, unsigned long action, void *data)
{
	if (action == MEM_OFFLINE)
		synchronize_rcu();
	return NOTIFY_OK;
}

static struct notifier_block memory_events = { .notifier_call = memory_event };

int km_walk_init(void)
{
	return register_memory_notifier(&memory_events);
}

void km_walk_exit(void)
{
	unregister_memory_notifier(&memory_events);
}
