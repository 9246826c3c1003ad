/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sentences in the reader's language. The code contains them in English; data/ja.po translates each English
 * sentence. Keys, headings, words of a vocabulary and kernel names are the same in every language.
 */
#ifndef KM_WORDS_SAY_H
#define KM_WORDS_SAY_H

#include "base/text.h"
#include "words/language.h"

/* Sets the language of the whole program. Call it before the first sentence; the default is English. */
void km_say_language(enum km_language language);
enum km_language km_say_language_now(void);

/* Translates a sentence, or a format for printf(); returns the English text if there is no translation. */
const char *km_say(const char *english) __attribute__((format_arg(1)));

#define KM_SENTENCE(english) km_str_from(km_say(english))

/* Translates to a given language. .ptr NULL stays NULL. */
struct km_str km_say_in(enum km_language language, struct km_str english);

/* As km_pool_printf() and km_text_printf(). */
struct km_str km_say_printf(struct km_pool *pool, const char *format, ...) __attribute__((format(printf, 2, 3)));
void km_say_add(struct km_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The separator of two sentences: a blank, or nothing. */
const char *km_say_gap(void);

/* What separates the items of a list: ", ", or its Japanese form. */
const char *km_say_comma(void);

/* The number of sentences in a language, for tests. */
size_t km_say_count(enum km_language language);

#endif
