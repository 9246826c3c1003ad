// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/word.h"

const struct km_word *km_word_find(const struct km_vocabulary *vocabulary, struct km_str key)
{
	const struct km_word *word;

	for (; vocabulary; vocabulary = vocabulary->next)
		km_word_each(word, vocabulary)
			if (km_str_eq(key, km_str_from(word->key)))
				return word;
	return NULL;
}

const struct km_word *km_word_of(const struct km_vocabulary *vocabulary, struct km_str key, struct km_pool *pool)
{
	const struct km_word *found = key.ptr ? km_word_find(vocabulary, key) : NULL;
	struct km_word *other;

	if (found || !key.ptr)
		return found;
	other = km_pool_alloc(pool, 1, sizeof(*other));
	other->key = km_pool_copy(pool, key).ptr;
	return other;
}
