// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stdio.h>
#include "base/index.h"
#include "data/builtin.h"
#include "words/say.h"

/*
 * The language belongs to the process, as with setlocale(). It is set once, before the first sentence. The
 * index of the English sentences is made when the first one is translated.
 */
static struct {
	enum km_language language;
	struct km_index numbers;
} spoken;

static void number_sentences(void)
{
	const struct km_sentence *sentence;

	for (sentence = km_builtin_ja; sentence->english; sentence++)
		km_index_of(&spoken.numbers, 0, km_str_from(sentence->english));
}

void km_say_language(enum km_language language)
{
	spoken.language = language;
}

enum km_language km_say_language_now(void)
{
	return spoken.language;
}

size_t km_say_count(enum km_language language)
{
	size_t count = 0;

	while (language != KM_ENGLISH && km_builtin_ja[count].english)
		count++;
	return count;
}

struct km_str km_say_in(enum km_language language, struct km_str english)
{
	size_t number;

	if (language == KM_ENGLISH || !english.len)
		return english;
	if (!spoken.numbers.keys.len)
		number_sentences();
	number = km_index_find(&spoken.numbers, 0, english);
	return number == SIZE_MAX ? english : km_str_from(km_builtin_ja[number].translation);
}

const char *km_say(const char *english)
{
	return english ? km_say_in(spoken.language, km_str_from(english)).ptr : NULL;
}

/* Translations have the conversions of the English format, which msgfmt --check verifies. */
struct km_str km_say_printf(struct km_pool *pool, const char *format, ...)
{
	struct km_text text = { 0 };
	va_list args;

	va_start(args, format);
	km_text_vprintf(&text, km_say(format), args);
	va_end(args);
	return km_text_keep(&text, pool);
}

void km_say_add(struct km_text *text, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	km_text_vprintf(text, km_say(format), args);
	va_end(args);
}

const char *km_say_gap(void)
{
	return spoken.language == KM_ENGLISH ? " " : "";
}

const char *km_say_comma(void)
{
	return spoken.language == KM_ENGLISH ? ", " : "、";
}
