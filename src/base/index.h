/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers keys 0, 1, 2, ... in the order in which they first appear, so that records can be
 * grouped in one pass over them, however many there are. Zero-initialised is empty.
 */
#ifndef KM_BASE_INDEX_H
#define KM_BASE_INDEX_H

#include "base/array.h"
#include "base/str.h"

/* A key consists of a number and a text. Either may be the only difference between two keys. */
struct km_index_key {
	uint64_t tag;
	struct km_str text;
	uint64_t hash;
};

/* One half of the hash beside the number. It rules out most other keys without a look at them. */
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

/* The number of a key, new or known. The text is borrowed and must outlive the index. */
size_t km_index_of(struct km_index *index, uint64_t tag, struct km_str text);

/* The same, but the index copies the text of a new key into the pool; keys[] has the copy. */
size_t km_index_keep(struct km_index *index, struct km_pool *pool, uint64_t tag, struct km_str text);

/* The number of a key, or SIZE_MAX if the key is unknown. */
size_t km_index_find(const struct km_index *index, uint64_t tag, struct km_str text);

static inline uint64_t km_index_load(const char *at, size_t len)
{
	uint64_t bytes = 0;

	memcpy(&bytes, at, len);
	return bytes;
}

/* A multiplication only carries upwards. So the high bits are folded down before the next one. */
static inline uint64_t km_index_mix(uint64_t hash, uint64_t bytes)
{
	hash = (hash ^ bytes) * 0xff51afd7ed558ccd;
	return hash ^ hash >> 32;
}

enum { KM_INDEX_WORDS = 4 };

/*
 * A text of 0 or 8 to 32 bytes, as words that may overlap. False: the text has another length. No
 * branch depends on the length, because a CPU cannot predict the lengths of names, and a wrong
 * guess costs more than this whole function.
 */
static inline bool km_index_words(struct km_str text, uint64_t ret[static KM_INDEX_WORDS])
{
	static const char none[8];
	const uintptr_t some = -(uintptr_t)(text.len != 0); /* all bits, or none */
	const char *at = (const char *)(((uintptr_t)text.ptr & some) | ((uintptr_t)none & ~some));
	const size_t last = text.len - (8 & some);

	if (last > 24)
		return false;
	ret[0] = km_index_load(at, 8);
	ret[1] = km_index_load(at + (last < 8 ? last : 8), 8);
	ret[2] = km_index_load(at + (last < 16 ? last : 16), 8);
	ret[3] = km_index_load(at + last, 8);
	return true;
}

/*
 * For many keys at once. First hash all of them, then let the processor fetch each key's slot, then
 * the text that the slot leads to. Look them up last. A large index does not fit the caches near a
 * CPU, and waiting for each key costs more than everything else. The functions are inline, because
 * a call costs as much as their code.
 *
 * The hash takes eight bytes at a time; the last eight bytes of a longer text may overlap the ones
 * before. The program's address is part of the hash, so no file can be made whose keys all share a
 * slot.
 */
static inline struct km_index_key km_index_key(uint64_t tag, struct km_str text)
{
	uint64_t hash = km_index_mix((uintptr_t)&km_index_deinit, tag) ^ text.len, words[KM_INDEX_WORDS];
	size_t at = 0;

	if (km_index_words(text, words)) {
		hash = km_index_mix(km_index_mix(hash, words[0]), words[1]);
		hash = km_index_mix(km_index_mix(hash, words[2]), words[3]);
	} else if (text.len >= 8) {
		for (; text.len - at > 8; at += 8)
			hash = km_index_mix(hash, km_index_load(text.ptr + at, 8));
		hash = km_index_mix(hash, km_index_load(text.ptr + text.len - 8, 8));
	} else {
		hash = km_index_mix(hash, km_index_load(text.ptr, text.len));
	}
	/* the low bits choose the slot; the last characters reach them only after one more step */
	return (struct km_index_key){ tag, text, km_index_mix(hash, 0) };
}

static inline bool km_index_is_same(const struct km_index_key *a, const struct km_index_key *b)
{
	uint64_t words[KM_INDEX_WORDS], others[KM_INDEX_WORDS];

	if (a->hash != b->hash || a->tag != b->tag || a->text.len != b->text.len)
		return false;
	if (!km_index_words(a->text, words) || !km_index_words(b->text, others))
		return !memcmp(a->text.ptr, b->text.ptr, a->text.len);
	return !((words[0] ^ others[0]) | (words[1] ^ others[1]) | (words[2] ^ others[2]) | (words[3] ^ others[3]));
}

static inline void km_index_fetch_slot(const struct km_index *index, const struct km_index_key *key)
{
	if (index->room)
		__builtin_prefetch(&index->slots[key->hash & (index->room - 1)]);
}

/* The likely number of the key; SIZE_MAX if it is likely new. */
static inline size_t km_index_fetch_key(const struct km_index *index, const struct km_index_key *key)
{
	size_t slot = (size_t)key->hash & (index->room - 1);

	if (!index->room)
		return SIZE_MAX;
	while (index->slots[slot].number && index->slots[slot].hash != (uint32_t)(key->hash >> 32))
		slot = (slot + 1) & (index->room - 1);
	if (!index->slots[slot].number)
		return SIZE_MAX;
	__builtin_prefetch(&index->keys.items[index->slots[slot].number - 1]);
	return index->slots[slot].number - 1;
}

/* Lets the processor fetch the text of the key with this number. */
static inline void km_index_fetch_text(const struct km_index *index, size_t number)
{
	if (number < index->keys.len)
		__builtin_prefetch(index->keys.items[number].text.ptr);
}

/* Whether km_index_fetch_key() guessed the number correctly. */
static inline bool km_index_has(const struct km_index *index, size_t number, const struct km_index_key *key)
{
	return number < index->keys.len && km_index_is_same(&index->keys.items[number], key);
}

/* As km_index_keep(), with a key that km_index_key() made. */
size_t km_index_keep_key(struct km_index *index, struct km_pool *pool, const struct km_index_key *key);

#endif
