/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory of numbered things that end in about the order of their numbers. It is a row of pools. A
 * pool is freed when the last thing with memory in it has ended.
 */
#ifndef KM_BASE_EPOCHS_H
#define KM_BASE_EPOCHS_H

#include "base/array.h"

struct km_epoch {
	struct km_pool pool;
	uint64_t until; /* the highest number of a thing that may have memory in it */
};

/* Zero-initialised is empty. */
struct km_epochs {
	struct km_pool pool; /* for things that begin now */
	KM_ARRAY(struct km_epoch) older;
};

/* Begins another pool. Things up to this number may have memory in the pools before. */
void km_epochs_turn(struct km_epochs *epochs, uint64_t until);
/* Frees the pools that only contain memory of things up to this number. These must have ended. */
void km_epochs_end(struct km_epochs *epochs, uint64_t ended);
void km_epochs_deinit(struct km_epochs *epochs);

#endif
