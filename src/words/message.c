// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>
#include "data/builtin.h"
#include "words/message.h"

enum {
	VALUES_MAX = 16,
	LITERAL_LEAST = 5, /* letters of a format: fewer, as in "%s: %s", fit messages of others */
	NESTED_MOST = 4,   /* messages in messages */
};

/* A conversion of a format. */
struct conversion {
	size_t number; /* of the value, from 1, as in %2$s; 0: the next one */
	size_t values; /* 2 with ".*", whose length is a value of its own */
	bool left_out; /* %.0s: the plural of another language */
};

struct value {
	size_t number;
	struct km_str text;
};

struct match {
	const struct km_sentence *sentence;
	struct value values[VALUES_MAX];
	size_t len, letters, literal; /* letters, and bytes, that are not values */
};

/* Takes what begins with a per cent sign. Lengths are only those of C: hh, ll, z, j. */
static struct conversion take_conversion(const char **at)
{
	struct conversion conversion = { .values = 1 };
	const char *p = *at + 1;
	char *end;
	const unsigned long number = strtoul(p, &end, 10);

	if (*end == '$') {
		conversion.number = number;
		p = end + 1;
	}
	for (; *p && !strchr("diouxXeEfgGcsp%", *p); p++) {
		if (*p == '*')
			conversion.values = 2;
		conversion.left_out |= p[0] == '.' && p[1] == '0';
	}
	*at = *p ? p + 1 : p;
	return conversion;
}

static bool is_percent(const char *at)
{
	return at[0] == '%' && at[1] == '%';
}

/* The end of the literal text that begins here: the next conversion or the end. */
static const char *literal_end(const char *at)
{
	while (*at && (*at != '%' || is_percent(at)))
		at += is_percent(at) ? 2 : 1;
	return at;
}

/* Whether the text begins with this part of a format, in which %% is a per cent sign. */
static bool begins_with(struct km_str text, const char *from, const char *to, size_t *ret_len)
{
	size_t len = 0;

	for (; from < to; from += is_percent(from) ? 2 : 1, len++)
		if (len == text.len || text.ptr[len] != *from)
			return false;
	*ret_len = len;
	return true;
}

static size_t letters_of(const char *from, const char *to)
{
	size_t letters = 0;

	for (; from < to; from++)
		letters += *from >= 'a' && *from <= 'z';
	return letters;
}

/* Finds the next literal part; the last one stands at the end. What is before it is the value. */
static bool find_literal(struct km_str *rest, const char *from, const char *to, struct km_str *ret_value)
{
	size_t len;

	for (size_t at = 0; at <= rest->len; at++) {
		const struct km_str here = km_str_skip(*rest, at);

		if (!begins_with(here, from, to, &len) || (!*to && len != here.len))
			continue;
		*ret_value = (struct km_str){ rest->ptr, at };
		*rest = km_str_skip(here, len);
		return true;
	}
	return false;
}

static bool matches(struct match *match, struct km_str text)
{
	const char *at = match->sentence->english, *end = literal_end(at);
	size_t len, number = 0;

	if (!*end || !begins_with(text, at, end, &len))
		return false;
	match->letters = letters_of(at, end);
	match->literal = len;
	text = km_str_skip(text, len);
	for (at = end; *at && match->len < VALUES_MAX; at = end) {
		const struct conversion conversion = take_conversion(&at);
		struct value *value = &match->values[match->len++];

		number += conversion.values;
		value->number = number;
		end = literal_end(at);
		match->letters += letters_of(at, end);
		match->literal += (size_t)(end - at);
		/* of two side by side the second has it all */
		if (at == end && *end)
			value->text = (struct km_str){ text.ptr, 0 };
		else if (!find_literal(&text, at, end, &value->text) || km_str_find(value->text, KM_STR("; ")) >= 0)
			return false; /* "; " stands between two messages, and this format made one */
	}
	return !*at && !text.len && match->letters >= LITERAL_LEAST;
}

/* The format that says most among those that fit. */
static bool find_format(struct km_str text, struct match *best)
{
	const struct km_sentence *sentence;

	for (sentence = km_builtin_ja; sentence->english; sentence++) {
		struct match match = { .sentence = sentence };

		if (matches(&match, text) && match.literal > best->literal)
			*best = match;
	}
	return best->sentence;
}

static void add(struct km_text *text, struct km_str english, unsigned int depth);

static void add_translation(struct km_text *text, const struct match *match, unsigned int depth)
{
	const char *at = match->sentence->translation, *end;
	struct conversion conversion;
	size_t number = 0;

	for (;;) {
		for (end = literal_end(at); at < end; at += is_percent(at) ? 2 : 1)
			km_text_add(text, (struct km_str){ at, 1 });
		if (!*at)
			return;
		conversion = take_conversion(&at);
		number = conversion.number ? conversion.number : number + conversion.values;
		for (size_t i = 0; i < match->len; i++)
			if (match->values[i].number == number && !conversion.left_out)
				add(text, match->values[i].text, depth);
	}
}

/* Two messages in one: "no such column; --help lists them". A name in front of both is taken off first. */
static bool add_both(struct km_text *text, struct km_str messages, size_t name, unsigned int depth)
{
	const ptrdiff_t between = km_str_find(messages, KM_STR("; "));

	if (between < 0 || name < (size_t)between)
		return false;
	add(text, (struct km_str){ messages.ptr, (size_t)between }, depth);
	km_text_puts(text, "; ");
	add(text, km_str_skip(messages, (size_t)between + 2), depth);
	return true;
}

/* The length of the name in front of a message, as in "/proc/slabinfo: is empty"; that of all if there is none. */
static size_t name_length(struct km_str message)
{
	const ptrdiff_t colon = km_str_find(message, KM_STR(": ")), blank = km_str_find(message, KM_STR(" "));

	if (blank > 0 && km_str_starts(message, KM_STR("--")))
		return (size_t)blank + 1;
	return colon < 0 ? message.len : (size_t)colon + 2;
}

static void add(struct km_text *text, struct km_str english, unsigned int depth)
{
	struct km_str whole = km_say_in(km_say_language_now(), english);
	struct match match = { .sentence = NULL };
	size_t name;

	/* a name is never translated, even if a word of the program is spelt the same */
	if (depth && !(english.len && memchr(english.ptr, ' ', english.len)))
		whole = english;
	if (whole.ptr != english.ptr || depth > NESTED_MOST) {
		km_text_add(text, whole);
		return;
	}
	if (find_format(english, &match)) {
		add_translation(text, &match, depth + 1);
		return;
	}
	name = name_length(english);
	if (add_both(text, english, name, depth + 1))
		return;
	km_text_add(text, (struct km_str){ english.ptr, name });
	if (name < english.len)
		add(text, km_str_skip(english, name), depth + 1);
}

void km_say_add_message(struct km_text *text, struct km_str english)
{
	if (km_say_language_now() == KM_ENGLISH)
		km_text_add(text, english);
	else
		add(text, english, 0);
}

struct km_str km_say_message(struct km_pool *pool, struct km_str english)
{
	struct km_text text = { 0 };

	km_say_add_message(&text, english);
	return km_text_keep(&text, pool);
}
