/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers keys 0, 1, 2, ... in the order in which they first appear, so that records can be
 * grouped in one pass over them, however many there are. Zero-initialised is empty.
 */
#ifndef KM_BASE_INDEX_H
#define KM_BASE_INDEX_H

#include "base/array.h"
#include "base/str.h"

/* A key is a number and a text; either may be all that distinguishes. */
struct km_index_key {
	uint64_t tag;
	struct km_str text;
	uint64_t hash;
};

struct km_index {
	KM_ARRAY(struct km_index_key) keys; /* by number */
	uint32_t *slots;                    /* open addressing: number + 1, or 0 */
	size_t room;
};

void km_index_deinit(struct km_index *index);

/* The number of a key, new or known. The text is borrowed and has to outlive the index. */
size_t km_index_of(struct km_index *index, uint64_t tag, struct km_str text);

#endif
