/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Words with a meaning: states, verdicts, causes, kinds. Each is an entry of a vocabulary: a table
 * beside the code that chooses the word. A field of kind KM_WORD points to the entry, so code never
 * compares texts. JSON prints its key, the schema lists all keys as an enum, and `kmeminfo explain`
 * prints its explanation.
 */
#ifndef KM_BASE_WORD_H
#define KM_BASE_WORD_H

#include <stdbool.h>
#include <stddef.h>
#include "base/alloc.h"

/* How good or bad a word is. It decides the colour on a terminal; the word itself says the same. */
enum km_tone {
	KM_TONE_PLAIN,
	KM_TONE_GOOD,
	KM_TONE_NOTE, /* worth knowing */
	KM_TONE_WARN, /* works at a cost, or may fail */
	KM_TONE_BAD,
	KM_TONE_FAINT, /* unknown, or does not apply */
	KM_TONES
};

struct km_word {
	const char *key;     /* the word: "high-order-scarce" */
	const char *brief;   /* a phrase */
	const char *explain; /* sentences; may be NULL */
	const char *origin;  /* the source of the word; may be NULL */
	const char *kernels; /* the kernels that have it; NULL: all from 5.10 on */
	enum km_tone tone;
};

struct km_vocabulary {
	const char *name;  /* what its words are: "finding" */
	const char *brief; /* what they have in common */
	const void *items; /* structs that begin with a struct km_word; the last has a NULL key */
	size_t item_size;
	const struct km_vocabulary *next; /* more words of the same name, in another table; NULL: none */
	bool open;         /* kernels or the module may use words that the table does not have */
};

#define km_word_each(word, vocabulary)                                                             \
	for ((word) = (vocabulary)->items; (word)->key;                                            \
	     (word) = (const void *)((const char *)(word) + (vocabulary)->item_size))

/* The word with this key; NULL if the vocabulary has none. */
const struct km_word *km_word_find(const struct km_vocabulary *vocabulary, struct km_str key);

/*
 * The same for an open vocabulary: an unknown key becomes a new word in the pool. NULL if the key
 * is empty.
 */
const struct km_word *km_word_of(const struct km_vocabulary *vocabulary, struct km_str key, struct km_pool *pool);

/* The key; .ptr NULL if the word is NULL (unknown). */
static inline struct km_str km_word_str(const struct km_word *word)
{
	return word ? km_str_from(word->key) : (struct km_str){ 0 };
}

#endif
