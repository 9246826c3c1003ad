/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Words with a meaning: states, verdicts, causes, kinds. Each is an entry of a vocabulary, a table beside the
 * code that decides between them. A field of the kind KM_WORD points at the entry, so that code never
 * compares texts. JSON has its key, the schema an enum of all keys, and `kmeminfo explain` its explanation.
 */
#ifndef KM_BASE_WORD_H
#define KM_BASE_WORD_H

#include <stdbool.h>
#include <stddef.h>
#include "base/alloc.h"

/* How good or bad a word is: decides its colour on a terminal. The word says the same without colour. */
enum km_tone {
	KM_TONE_PLAIN,
	KM_TONE_GOOD,
	KM_TONE_NOTE, /* worth knowing */
	KM_TONE_WARN, /* works at a cost, or may fail */
	KM_TONE_BAD,
	KM_TONE_FAINT, /* unknown, or not concerned */
	KM_TONES
};

struct km_word {
	const char *key;     /* the word: "high-order-scarce" */
	const char *brief;   /* a phrase */
	const char *explain; /* sentences; may be NULL */
	const char *origin;  /* where it comes from; may be NULL */
	const char *kernels; /* range in which it holds; NULL: all of 5.10+ */
	enum km_tone tone;
};

struct km_vocabulary {
	const char *name;  /* "finding": what its words are */
	const char *brief; /* what they have in common */
	const void *items; /* structs that begin with a struct km_word; the last has no key */
	size_t item_size;
	const struct km_vocabulary *next; /* more words of the same name, in another table; NULL: none */
	bool open;         /* a kernel or its module may use words that are not in the table */
};

#define km_word_each(word, vocabulary)                                                             \
	for ((word) = (vocabulary)->items; (word)->key;                                            \
	     (word) = (const void *)((const char *)(word) + (vocabulary)->item_size))

/* The word of that key; NULL when the vocabulary has none. */
const struct km_word *km_word_find(const struct km_vocabulary *vocabulary, struct km_str key);

/* The same, of an open vocabulary: a key that it does not have becomes a word of the pool. NULL of no key. */
const struct km_word *km_word_of(const struct km_vocabulary *vocabulary, struct km_str key, struct km_pool *pool);

/* The key; .ptr NULL when the word is NULL. A NULL word means unknown. */
static inline struct km_str km_word_str(const struct km_word *word)
{
	return word ? km_str_from(word->key) : (struct km_str){ 0 };
}

#endif
