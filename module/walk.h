/* SPDX-License-Identifier: GPL-2.0 */
/* Walks the page frames of a zone. */
#ifndef KMEMINFO_WALK_H
#define KMEMINFO_WALK_H

#include "look.h"

struct zone;

/* A walk and its costs. The walker adds to the counts and clears nothing. */
struct km_walk {
	struct zone *zone;
	/*
	 * Receives each run of frames, in order and without a gap; look->frames ends with the
	 * range. Called inside rcu_read_lock().
	 */
	void (*visit)(struct km_walk *walk, unsigned long pfn, const struct km_look *look);
	u64 frames, structs;	/* frames walked; struct pages read */
	u64 since, longest;	/* struct pages read since others could run, and its maximum */
};

/* Walks the frames from pfn to end, all in the zone's span. -EINTR if the reader was killed. */
int km_walk_range(struct km_walk *walk, unsigned long pfn, unsigned long end);

/* Starts a walk; one runs at a time. -EINTR if the reader was killed while it waited. */
int km_walk_lock(void);
void km_walk_unlock(void);

/* The number of walks since the module was loaded. A line of the file blocks is one. */
unsigned long km_walks(void);

/* Watches for memory that goes offline. 0 or -errno. */
int km_walk_init(void);
void km_walk_exit(void);

#endif
