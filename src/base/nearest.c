// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include "base/nearest.h"

enum { WORD_MAX = 63 };

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The Levenshtein distance in any case, row by row. A word longer than WORD_MAX matches nothing. */
static size_t distance(struct km_str a, struct km_str b)
{
	size_t row[WORD_MAX + 1], above, left, i, j;

	if (a.len > WORD_MAX || b.len > WORD_MAX)
		return SIZE_MAX;
	for (j = 0; j <= b.len; j++)
		row[j] = j;
	for (i = 1; i <= a.len; i++) {
		above = row[0];
		row[0] = i;
		for (j = 1; j <= b.len; j++) {
			left = above + (lower(a.ptr[i - 1]) != lower(b.ptr[j - 1]));
			above = row[j];
			if (row[j] + 1 < left)
				left = row[j] + 1;
			if (row[j - 1] + 1 < left)
				left = row[j - 1] + 1;
			row[j] = left;
		}
	}
	return row[b.len];
}

void km_nearest_offer(struct km_nearest *nearest, const char *candidate)
{
	size_t allowed = nearest->word.len / 3 + 1;
	struct km_str name = km_str_from(candidate);
	size_t d = distance(nearest->word, name);

	/* an abbreviation counts as one wrong letter */
	if (nearest->word.len > 1 && d > 1 && km_str_starts(name, nearest->word))
		d = 1;
	if (d > allowed || (nearest->best && d >= nearest->distance))
		return;
	nearest->best = candidate;
	nearest->distance = d;
}

const char *km_nearest_hint(const struct km_nearest *nearest, char buf[static KM_HINT_SIZE],
			    const char *otherwise)
{
	if (!nearest->best)
		return otherwise;
	snprintf(buf, KM_HINT_SIZE, KM_SAID("did you mean '%s'?"), nearest->best);
	return buf;
}
