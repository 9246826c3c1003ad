// SPDX-License-Identifier: GPL-2.0-or-later
/* The search of S. Wu and U. Manber, "A fast algorithm for multi-pattern searching" (1994), with pairs of bytes. */
#include <assert.h>
#include "parse/klog-filter.h"

static size_t slot_of(const char *pair)
{
	return ((size_t)(unsigned char)pair[0] << 4 ^ (unsigned char)pair[1]) % KM_FILTER_SLOTS;
}

/* How frequent a character is in messages, a rough order. */
static size_t frequency(char c)
{
	static const char often[] = "w-kvbgyfmp0:hucdl1rsnioat e";
	const char *at = c ? strchr(often, c) : NULL;

	return at ? (size_t)(at - often) + 1 : 0;
}

/* The part whose last pair is the rarest: each time that it occurs, words have to be compared. */
static struct km_str rare_part(struct km_str word)
{
	struct km_str best = { word.ptr, KM_FILTER_BYTES };
	size_t least = SIZE_MAX;

	for (const char *end = word.ptr + KM_FILTER_BYTES; end <= word.ptr + word.len; end++) {
		size_t often = frequency(end[-1]) * frequency(end[-2]);

		if (often >= least)
			continue;
		least = often;
		best.ptr = end - KM_FILTER_BYTES;
	}
	return best;
}

static uint64_t load(const char *text)
{
	uint64_t value;

	memcpy(&value, text, sizeof(value));
	return value;
}

void km_klog_filter_add(struct km_klog_filter *filter, struct km_str word)
{
	assert(word.len >= KM_FILTER_BYTES && filter->len < KM_FILTER_WORDS);
	word = rare_part(word);
	filter->words[filter->len++] = load(word.ptr);
	for (unsigned char at = 1; at < KM_FILTER_BYTES; at++) {
		unsigned char *near = &filter->near[slot_of(word.ptr + at - 1)];

		if (*near < at)
			*near = at;
	}
}

static bool is_word(const struct km_klog_filter *filter, const char *text)
{
	const uint64_t value = load(text);

	for (size_t i = 0; i < filter->len; i++)
		if (filter->words[i] == value)
			return true;
	return false;
}

bool km_klog_filter_may(const struct km_klog_filter *filter, struct km_str text)
{
	const size_t last = KM_FILTER_BYTES - 1;

	for (size_t end = last; end < text.len;) {
		size_t near = filter->near[slot_of(text.ptr + end - 1)];

		if (near == last && is_word(filter, text.ptr + end - last))
			return true;
		end += near == last ? 1 : last - near;
	}
	return false;
}
