/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cuts names that are too long for their column in the middle, and keeps different names different. */
#ifndef KM_RENDER_CUT_H
#define KM_RENDER_CUT_H

#include "base/alloc.h"

/* A text and the terminal columns that it may take. */
struct km_cut {
	const char *text; /* NUL-terminated; replaced by a text that fits, owned by the pool */
	size_t room;
};

/* The terminal columns of a text, which was cleaned before. Other bytes count as one column each. */
size_t km_cut_width(const char *text);

/* The number of bytes at the front of a text that fit into these columns. */
size_t km_cut_bytes(const char *text, size_t width);

/*
 * Cuts texts to their rooms. An ellipsis, in UTF-8 or ASCII, marks the cut. Different texts stay different:
 * the cut moves to a place that leaves a difference, or a number follows. With fewer than three columns,
 * texts are only truncated.
 */
void km_cut_all(struct km_pool *pool, struct km_cut *cuts, size_t len, bool utf8);

#endif
