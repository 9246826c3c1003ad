// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/utf8.h"
#include "words/lookup.h"
#include "words/width.h"

static const char *const folders[] = {
	"/proc/sys/vm/", "/proc/sys/kernel/", "/proc/sys/fs/", "/proc/", "/sys/kernel/mm/", "/sys/kernel/debug/",
	"/sys/kernel/", "/proc/PID/", "/proc/self/", "vm.", "kernel.", "struct ",
};

static const char *const around[] = { "()", ":", "'", "`", "\"", " ", "...", "." };

static bool take_suffix(struct km_str *word, struct km_str suffix)
{
	if (word->len <= suffix.len || !km_str_ends(*word, suffix))
		return false;
	word->len -= suffix.len;
	return true;
}

static bool take_around(struct km_str *word)
{
	for (size_t i = 0; i < sizeof(around) / sizeof(*around); i++)
		if (take_suffix(word, km_str_from(around[i])))
			return true;
	return word->len > 1 && (*word->ptr == '\'' || *word->ptr == '`' || *word->ptr == '"' || *word->ptr == ' ') &&
	       km_str_take_prefix(word, (struct km_str){ word->ptr, 1 });
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Takes ":0" or "=123kB" behind a name: a counter as a kernel log or a file prints it. */
static bool take_value(struct km_str *word)
{
	size_t at = word->len;

	while (at && (is_letter(word->ptr[at - 1]) || km_is_digit(word->ptr[at - 1])))
		at--;
	if (at < 2 || at == word->len || !km_is_digit(word->ptr[at]) || (word->ptr[at - 1] != ':' && word->ptr[at - 1] != '='))
		return false;
	word->len = at - 1;
	return true;
}

/* "/sys/kernel/slab/kmalloc-64/order" is about "order", and "/proc/12/smaps" about "smaps". */
static void take_directory(struct km_str *word)
{
	struct km_str rest = *word, name;

	if (!km_str_take_prefix(&rest, KM_STR("/sys/kernel/slab/")) && !km_str_take_prefix(&rest, KM_STR("/proc/")))
		return;
	if (!km_str_take_until(&rest, '/', &name) || !rest.len || km_str_find(rest, KM_STR("/")) >= 0)
		return;
	if (word->ptr[1] == 's' || km_is_digit(*name.ptr))
		*word = rest;
}

struct km_str km_lookup_clean(struct km_str word)
{
	while (take_around(&word))
		;
	take_value(&word);
	take_directory(&word);
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		if (word.len > km_str_from(folders[i]).len && km_str_take_prefix(&word, km_str_from(folders[i])))
			break;
	return word;
}

static bool is_gap(uint32_t c)
{
	return c == ' ' || c == '-' || c == '_' || c == '=' || c == ':' || c == IDEOGRAPHIC_SPACE || c == MIDDLE_DOT ||
	       c == LONG_VOWEL;
}

/* Takes the next character that counts; in lower case if any_case. 0 at the end. */
static uint32_t take_folded(struct km_str *word, bool any_case)
{
	uint32_t c;

	while (km_str_take_char(word, &c)) {
		c = km_fold_width(c, word);
		if (is_gap(c))
			continue;
		return any_case && c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
	}
	return 0;
}

/* Whether the rest, which begins with c, is only a plural ending: "s", or "ies" if the other has "y". */
static bool is_plural_end(uint32_t c, struct km_str rest, uint32_t other, struct km_str other_rest)
{
	if (c == 's')
		return !other && !take_folded(&rest, true);
	return c == 'i' && other == 'y' && !take_folded(&other_rest, true) && take_folded(&rest, true) == 'e' &&
	       take_folded(&rest, true) == 's' && !take_folded(&rest, true);
}

static bool is_same(struct km_str word, struct km_str name)
{
	uint32_t typed, known;

	if (km_str_eq(word, name))
		return true;
	if (!take_folded(&(struct km_str){ word.ptr, word.len }, true))
		return false;
	do {
		typed = take_folded(&word, false);
		known = take_folded(&name, false);
	} while (typed == known && typed);
	return typed == known;
}

/* Whether the folded words are the same, except for an s at the end. */
static enum km_likeness compare_folded(struct km_str word, struct km_str name, enum km_likeness same)
{
	size_t shared = 0;

	for (;; shared++) {
		uint32_t typed = take_folded(&word, true), known = take_folded(&name, true);

		if (typed == known && !typed)
			return shared ? same : KM_UNLIKE;
		if (typed != known)
			return shared >= 2 && (is_plural_end(typed, word, known, name) ||
					       is_plural_end(known, name, typed, word)) ? KM_LIKE_PLURAL : KM_UNLIKE;
	}
}

enum km_likeness km_lookup_compare(struct km_str word, struct km_str name)
{
	enum km_likeness folded;

	take_suffix(&word, KM_STR("()"));
	if (is_same(word, name))
		return KM_LIKE_SAME;
	folded = compare_folded(word, name, KM_LIKE_FOLDED);
	if (folded != KM_UNLIKE)
		return folded;
	return compare_folded(km_lookup_clean(word), km_lookup_clean(name), KM_LIKE_CLEANED);
}

struct km_str km_lookup_fold(struct km_pool *pool, struct km_str word)
{
	uint32_t *folded = km_pool_alloc(pool, word.len + 1, sizeof(*folded));
	size_t len = 0;

	while ((folded[len] = take_folded(&word, true)))
		len++;
	return (struct km_str){ (const char *)folded, len * sizeof(*folded) };
}

/*
 * An ASCII name begins where a word does. A Japanese name begins at any character, because Japanese has no
 * blanks.
 */
static bool may_begin(struct km_str typed, size_t at)
{
	const char c = typed.ptr[at];

	if (c & 0x80)
		return (c & 0xc0) != 0x80;
	return (is_letter(c) || km_is_digit(c)) && (!at || !(is_letter(typed.ptr[at - 1]) || km_is_digit(typed.ptr[at - 1])));
}

/* A number may follow: kcompactd in "kcompactd0", order in "order:3". */
static bool may_end(uint32_t last, struct km_str rest)
{
	if (last >= 0x80 || !rest.len)
		return true;
	if (*rest.ptr == 's' && (rest.len == 1 || !(is_letter(rest.ptr[1]) || km_is_digit(rest.ptr[1]))))
		return true;
	return !is_letter(*rest.ptr) && !(last < 0x80 && km_is_digit((char)last) && km_is_digit(*rest.ptr));
}

/* The number of bytes at the front of typed that match the name, in any case; 0 if they differ. */
static size_t starts_with_name(struct km_str typed, struct km_str name)
{
	struct km_str rest = typed, before = typed;
	uint32_t known, last = 0;

	while ((known = take_folded(&name, true))) {
		if (take_folded(&rest, true) != known)
			return 0;
		last = known;
		before = rest;
	}
	return may_end(last, before) ? typed.len - before.len : 0;
}

/* Two kanji are a word, but many words begin with two kana. U+3040 to U+30FF are e3 81 80 to e3 83 bf. */
static bool is_long_enough(struct km_str name)
{
	enum { ASCII_LEAST = 3, KANJI_LEAST = 6, KANA_LEAST = 9 };

	if (!name.len || !(*name.ptr & 0x80))
		return name.len >= ASCII_LEAST;
	if (name.ptr[0] == '\xe3' && name.ptr[1] >= '\x81' && name.ptr[1] <= '\x83')
		return name.len >= KANA_LEAST;
	return name.len >= KANJI_LEAST;
}

size_t km_lookup_within(struct km_str typed, struct km_str name, size_t *at)
{
	size_t len;

	if (!is_long_enough(name))
		return 0;
	for (*at = 0; *at < typed.len; ++*at) {
		len = may_begin(typed, *at) ? starts_with_name(km_str_skip(typed, *at), name) : 0;
		if (len)
			return len;
	}
	return 0;
}
