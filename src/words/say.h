/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sentences in the language of who reads them. They stand in the code in English; data/ja.po has the others, by the
 * English sentence. Keys, headings, words of a vocabulary and names of the kernel are the same in every language.
 */
#ifndef KM_WORDS_SAY_H
#define KM_WORDS_SAY_H

#include "base/text.h"
#include "words/language.h"

/* Of the whole program: set before the first sentence, English until then. */
void km_say_language(enum km_language language);
enum km_language km_say_language_now(void);

/* The sentence, or printf's format, in that language; the English one if there is no other. */
const char *km_say(const char *english) __attribute__((format_arg(1)));

#define KM_SENTENCE(english) km_str_from(km_say(english))

/* Marks a sentence of a table, which is translated where it is printed. */
#define KM_SAID(english) english

/* The same in a given language; .ptr NULL stays so. */
struct km_str km_say_in(enum km_language language, struct km_str english);

/* As km_pool_printf() and km_text_printf(). */
struct km_str km_say_printf(struct km_pool *pool, const char *format, ...) __attribute__((format(printf, 2, 3)));
void km_say_add(struct km_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What stands between two sentences: a blank, or nothing. */
const char *km_say_gap(void);

/* How many sentences a language has. For tests. */
size_t km_say_count(enum km_language language);

#endif
