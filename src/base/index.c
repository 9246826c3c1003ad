// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/index.h"

void km_index_deinit(struct km_index *index)
{
	km_array_deinit(&index->keys);
	free(index->slots);
	*index = (struct km_index){ 0 };
}

/* FNV-1a, its high half folded in: the slot is taken from the low bits. */
static uint64_t hash_of(uint64_t tag, struct km_str text)
{
	uint64_t hash = 0xcbf29ce484222325 ^ tag * 0x9e3779b97f4a7c15;

	for (size_t i = 0; i < text.len; i++)
		hash = (hash ^ (unsigned char)text.ptr[i]) * 0x100000001b3;
	return hash ^ hash >> 32;
}

static bool is_key(const struct km_index_key *a, const struct km_index_key *b)
{
	return a->hash == b->hash && a->tag == b->tag && km_str_eq(a->text, b->text);
}

/* The slot of a key, or the empty one where it belongs. There always is an empty one. */
static uint32_t *slot_of(const struct km_index *index, const struct km_index_key *key)
{
	size_t slot = key->hash & (index->room - 1);

	while (index->slots[slot] && !is_key(&index->keys.items[index->slots[slot] - 1], key))
		slot = (slot + 1) & (index->room - 1);
	return &index->slots[slot];
}

static void grow(struct km_index *index)
{
	const struct km_index_key *key;
	uint32_t number = 0;

	index->room = index->room ? index->room * 2 : 64;
	index->slots = km_realloc(index->slots, index->room, sizeof(*index->slots));
	memset(index->slots, 0, index->room * sizeof(*index->slots));
	km_array_each(key, &index->keys)
		*slot_of(index, key) = ++number;
}

size_t km_index_of(struct km_index *index, uint64_t tag, struct km_str text)
{
	const struct km_index_key key = { tag, text, hash_of(tag, text) };
	struct km_index_key *kept;
	uint32_t *slot;

	if (index->keys.len * 2 >= index->room)
		grow(index);
	slot = slot_of(index, &key);
	if (!*slot) {
		kept = km_array_push(&index->keys);
		*kept = key;
		*slot = (uint32_t)index->keys.len;
	}
	return *slot - 1;
}
