// SPDX-License-Identifier: GPL-2.0-or-later
#include "words/lookup.h"

static const char *const folders[] = {
	"/proc/sys/vm/", "/proc/sys/kernel/", "/proc/sys/fs/", "/proc/", "/sys/kernel/mm/", "/sys/kernel/debug/",
	"/sys/kernel/", "vm.", "struct ",
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

struct km_str km_lookup_clean(struct km_str word)
{
	while (take_around(&word))
		;
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		if (word.len > km_str_from(folders[i]).len && km_str_take_prefix(&word, km_str_from(folders[i])))
			break;
	return word;
}

/* The next character that counts, in lower case if any case will do; '\0' at the end. */
static char take_folded(struct km_str *word, bool any_case)
{
	while (word->len) {
		char c = *word->ptr;

		*word = km_str_skip(*word, 1);
		if (c == ' ' || c == '-' || c == '_' || c == '=')
			continue;
		return any_case && c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	return '\0';
}

static bool is_plural_end(char c, struct km_str rest)
{
	return c == 's' && !take_folded(&rest, true);
}

static bool is_same(struct km_str word, struct km_str name)
{
	char typed, known;

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

/* Whether they are the same when folded, except for an s at the end. */
static enum km_likeness compare_folded(struct km_str word, struct km_str name, enum km_likeness same)
{
	size_t shared = 0;

	for (;; shared++) {
		char typed = take_folded(&word, true), known = take_folded(&name, true);

		if (typed == known && !typed)
			return shared ? same : KM_UNLIKE;
		if (typed != known)
			return shared >= 2 && ((!known && is_plural_end(typed, word)) ||
					       (!typed && is_plural_end(known, name))) ? KM_LIKE_PLURAL : KM_UNLIKE;
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
