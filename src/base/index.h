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

/* Half of the hash beside the number: that of another key is skipped without a look at it. */
struct km_index_slot {
	uint32_t number; /* + 1; 0: empty */
	uint32_t hash;
};

struct km_index {
	KM_ARRAY(struct km_index_key) keys; /* by number */
	struct km_index_slot *slots;        /* open addressing */
	size_t room;
};

void km_index_deinit(struct km_index *index);

/* The number of a key, new or known. The text is borrowed and has to outlive the index. */
size_t km_index_of(struct km_index *index, uint64_t tag, struct km_str text);

/* The same; the text of a new key is copied into the pool, and keys[] has the copy. */
size_t km_index_keep(struct km_index *index, struct km_pool *pool, uint64_t tag, struct km_str text);

/* The number of a key, or SIZE_MAX if the key is unknown. */
size_t km_index_find(const struct km_index *index, uint64_t tag, struct km_str text);

/*
 * For many keys at once: hash all of them, then let the processor fetch where each one's slot is, then what
 * the slot leads to, then look them up. A large index lies in no CPU's nearest cache, and waiting for it key
 * by key costs more than everything else.
 */
struct km_index_key km_index_key(uint64_t tag, struct km_str text);
void km_index_fetch_slot(const struct km_index *index, const struct km_index_key *key);
/* The number that the key likely has, SIZE_MAX if it likely is new. */
size_t km_index_fetch_key(const struct km_index *index, const struct km_index_key *key);
size_t km_index_keep_key(struct km_index *index, struct km_pool *pool, const struct km_index_key *key);

#endif
