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
	for (unsigned char at = 2; at < KM_FILTER_BYTES; at++) {
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

/* Two places of the text at a time: the processor looks at one while it waits for the other. */
bool km_klog_filter_may(const struct km_klog_filter *filter, struct km_str text)
{
	const size_t last = KM_FILTER_BYTES - 1;
	const char *end = text.ptr + text.len, *middle = text.ptr + text.len / 2 + last, *first = text.ptr + last, *second = middle;

	while (first < middle && second < end) {
		const size_t step = step_of(filter, first), other = step_of(filter, second);

		if ((!step && is_word(filter, first - last)) || (!other && is_word(filter, second - last)))
			return true;
		first += step ? step : 1;
		second += other ? other : 1;
	}
	for (; first < middle && first < end; first += step_of(filter, first) ? step_of(filter, first) : 1)
		if (!step_of(filter, first) && is_word(filter, first - last))
			return true;
	for (; second < end; second += step_of(filter, second) ? step_of(filter, second) : 1)
		if (!step_of(filter, second) && is_word(filter, second - last))
			return true;
	return false;
}
