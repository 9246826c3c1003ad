// SPDX-License-Identifier: GPL-2.0-or-later
/* The search of S. Wu and U. Manber, "A fast algorithm for multi-pattern searching" (1994), with pairs of bytes. */
#include <assert.h>
#include "parse/klog-filter.h"

static size_t slot_of(const char *pair)
{
	return ((size_t)(unsigned char)pair[0] << 4 ^ (unsigned char)pair[1]) % KM_FILTER_SLOTS;
}

void km_klog_filter_add(struct km_klog_filter *filter, struct km_str word)
{
	assert(word.len >= KM_FILTER_BYTES && filter->len < KM_FILTER_WORDS);
	memcpy(filter->words[filter->len++], word.ptr, KM_FILTER_BYTES);
	for (unsigned char at = 1; at < KM_FILTER_BYTES; at++) {
		unsigned char *near = &filter->near[slot_of(word.ptr + at - 1)];

		if (*near < at)
			*near = at;
	}
}

static bool is_word(const struct km_klog_filter *filter, const char *text)
{
	for (size_t i = 0; i < filter->len; i++)
		if (!memcmp(filter->words[i], text, KM_FILTER_BYTES))
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
