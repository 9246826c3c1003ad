/* SPDX-License-Identifier: GPL-2.0 */
/* Walks the page frames of a zone. */
#ifndef KMEMINFO_WALK_H
#define KMEMINFO_WALK_H

#include "look.h"

struct zone;

/* A walk and what it took. The walker fills the counts and clears nothing. */
struct km_walk {
	struct zone *zone;
	/*
	 * Receives each run of frames, in order and without a gap; look->frames is cut at the end of the
	 * range.  Called inside rcu_read_lock().
	 */
	void (*visit)(struct km_walk *walk, unsigned long pfn, const struct km_look *look);
	u64 frames, structs;	/* frames walked; struct pages read */
	u64 since, longest;	/* struct pages read since others could run, and the most of it */
};

/* Walks the frames from pfn to end, which are in the zone's span. -EINTR if the reader was killed. */
int km_walk_range(struct km_walk *walk, unsigned long pfn, unsigned long end);

/* One walk at a time: -EINTR if the reader was killed while it waited. */
int km_walk_lock(void);
void km_walk_unlock(void);

/* How often the lock was taken since the module was loaded. */
unsigned long km_walks(void);

/* Watches for memory that goes away. 0 or -errno. */
int km_walk_init(void);
void km_walk_exit(void);

#endif
