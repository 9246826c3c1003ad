// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/index.h"

void km_index_deinit(struct km_index *index)
{
	km_array_deinit(&index->keys);
	free(index->slots);
	*index = (struct km_index){ 0 };
}

static inline bool is_slot(const struct km_index *index, const struct km_index_slot *slot,
		    const struct km_index_key *key)
{
	return slot->hash == (uint32_t)(key->hash >> 32) &&
	       km_index_is_same(&index->keys.items[slot->number - 1], key);
}

/* The slot of a key, or the empty slot where it belongs. There is always an empty slot. */
static inline struct km_index_slot *slot_of(const struct km_index *index, const struct km_index_key *key)
{
	size_t slot = (size_t)key->hash & (index->room - 1);

	while (index->slots[slot].number && !is_slot(index, &index->slots[slot], key))
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
		*slot_of(index, key) = (struct km_index_slot){ ++number, (uint32_t)(key->hash >> 32) };
}

size_t km_index_keep_key(struct km_index *index, struct km_pool *pool, const struct km_index_key *key)
{
	struct km_index_key *kept;
	struct km_index_slot *slot;

	if (index->keys.len * 4 >= index->room)
		grow(index);
	slot = slot_of(index, key);
	if (!slot->number) {
		kept = km_array_push(&index->keys);
		*kept = *key;
		if (pool && key->text.len)
			kept->text = km_pool_copy(pool, key->text);
		*slot = (struct km_index_slot){ (uint32_t)index->keys.len, (uint32_t)(key->hash >> 32) };
	}
	return slot->number - 1;
}

size_t km_index_keep(struct km_index *index, struct km_pool *pool, uint64_t tag, struct km_str text)
{
	const struct km_index_key key = km_index_key(tag, text);

	return km_index_keep_key(index, pool, &key);
}

size_t km_index_of(struct km_index *index, uint64_t tag, struct km_str text)
{
	return km_index_keep(index, NULL, tag, text);
}

size_t km_index_find(const struct km_index *index, uint64_t tag, struct km_str text)
{
	const struct km_index_key key = km_index_key(tag, text);

	return index->room ? (size_t)slot_of(index, &key)->number - 1 : SIZE_MAX;
}
