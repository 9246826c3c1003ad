// SPDX-License-Identifier: GPL-2.0-or-later
/* The search of S. Wu and U. Manber, "A fast algorithm for multi-pattern searching" (1994), with three bytes at a time. */
#include <assert.h>
#include "parse/klog-filter.h"

static size_t slot_of(const char *three)
{
	return ((size_t)(unsigned char)three[0] << 9 ^ (size_t)(unsigned char)three[1] << 5 ^ (unsigned char)three[2]) % KM_FILTER_SLOTS;
}

/* How frequent a character is in messages, a rough order. */
static size_t frequency(char c)
{
	static const char often[] = "w-kvbgyfmp0:hucdl1rsnioat e";
	const char *at = c ? strchr(often, c) : NULL;

	return at ? (size_t)(at - often) + 1 : 0;
}

/* The part whose end is the rarest: each time that it occurs, words have to be compared. */
static struct km_str rare_part(struct km_str word)
{
	struct km_str best = { word.ptr, KM_FILTER_BYTES };
	size_t least = SIZE_MAX;

	for (const char *end = word.ptr + KM_FILTER_BYTES; end <= word.ptr + word.len; end++) {
		size_t often = frequency(end[-1]) * frequency(end[-2]) * frequency(end[-3]);

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
	if (!filter->len)
		memset(filter->steps, KM_FILTER_BYTES - 2, sizeof(filter->steps));
	word = rare_part(word);
	filter->words[filter->len++] = load(word.ptr);
	for (size_t at = 2; at < KM_FILTER_BYTES; at++) {
		unsigned char *step = &filter->steps[slot_of(word.ptr + at - 2)];

		if (*step > KM_FILTER_BYTES - 1 - at)
			*step = (unsigned char)(KM_FILTER_BYTES - 1 - at);
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

/* Bytes to go on: no word ends before. 0: one may end here. */
static size_t step_of(const struct km_klog_filter *filter, const char *end)
{
	return filter->steps[slot_of(end - 2)];
}

/* One step in one of the places that are looked at together; true: a word may be there. */
static inline bool look(const struct km_klog_filter *filter, const char **end)
{
	const size_t step = step_of(filter, *end);

	if (!step && is_word(filter, *end - (KM_FILTER_BYTES - 1)))
		return true;
	*end += step ? step : 1;
	return false;
}

/* Several places of the text at a time: the processor looks at one while it waits for the others. */
bool km_klog_filter_may(const struct km_klog_filter *filter, struct km_str text)
{
	enum { PLACES = 4 };
	const size_t last = KM_FILTER_BYTES - 1, part = text.len / PLACES;
	const char *places[PLACES], *ends[PLACES];

	if (text.len < KM_FILTER_BYTES)
		return false;
	for (size_t i = 0; i < PLACES; i++) {
		places[i] = text.ptr + part * i + last;
		ends[i] = i + 1 < PLACES ? text.ptr + part * (i + 1) + last : text.ptr + text.len;
	}
	while (places[0] < ends[0] && places[1] < ends[1] && places[2] < ends[2] && places[3] < ends[3])
		if (look(filter, &places[0]) || look(filter, &places[1]) || look(filter, &places[2]) || look(filter, &places[3]))
			return true;
	for (size_t i = 0; i < PLACES; i++)
		while (places[i] < ends[i] && places[i] < text.ptr + text.len)
			if (look(filter, &places[i]))
				return true;
	return false;
}
