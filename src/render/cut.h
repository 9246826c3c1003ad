/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cuts names that are too long for their column in the middle, and keeps them different from each other. */
#ifndef KM_RENDER_CUT_H
#define KM_RENDER_CUT_H

#include "base/alloc.h"

/* A text and the terminal columns that it may take. */
struct km_cut {
	const char *text; /* NUL-terminated; replaced by what fits, which the pool owns */
	size_t room;
};

/* Terminal columns of a text. Odd bytes were cleaned before; what is still not text counts as bytes. */
size_t km_cut_width(const char *text);

/* Bytes of a text that fit into so many terminal columns. */
size_t km_cut_bytes(const char *text, size_t width);

/*
 * Cuts texts to their rooms, with an ellipsis where something was left out, of UTF-8 or ASCII.
 * Two that differ still do: the cut moves to where it leaves a difference, and where there is no such
 * place, a number stands behind it. In a room of fewer than three columns a text is just cut off.
 */
void km_cut_all(struct km_pool *pool, struct km_cut *cuts, size_t len, bool utf8);

#endif
