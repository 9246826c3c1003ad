/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory of things that are numbered and end in about the order of their numbers. It is a row of pools; a pool is
 * freed when the last thing with memory in it has ended.
 */
#ifndef KM_BASE_EPOCHS_H
#define KM_BASE_EPOCHS_H

#include "base/array.h"

struct km_epoch {
	struct km_pool pool;
	uint64_t until; /* the number of the last thing that may have memory in it */
};

/* Zero-initialised is empty. */
struct km_epochs {
	struct km_pool pool; /* for what begins now */
	KM_ARRAY(struct km_epoch) older;
};

/* Begins another pool; what began up to this number may have memory in those before. */
void km_epochs_turn(struct km_epochs *epochs, uint64_t until);
/* Frees the pools that only things up to this number have memory in; those have ended. */
void km_epochs_end(struct km_epochs *epochs, uint64_t ended);
void km_epochs_deinit(struct km_epochs *epochs);

#endif
