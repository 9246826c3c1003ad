/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_BASE_NEAREST_H
#define KM_BASE_NEAREST_H

#include "base/str.h"

/* The best candidate so far for a mistyped word. Initialise only the word. */
struct km_nearest {
	struct km_str word;
	const char *best; /* NULL: no candidate within a third of the word's length, at least 1 */
	size_t distance;
};

/* Compares one more candidate, which must outlive nearest. */
void km_nearest_offer(struct km_nearest *nearest, const char *candidate);

enum { KM_HINT_SIZE = 256 };

/*
 * Returns "did you mean 'slab'?", in buf. If no candidate is near enough, returns otherwise, which
 * may be NULL.
 */
const char *km_nearest_hint(const struct km_nearest *nearest, char buf[static KM_HINT_SIZE],
			    const char *otherwise);

#endif
