/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a typed word matches a name. */
#ifndef KM_WORDS_LOOKUP_H
#define KM_WORDS_LOOKUP_H

#include "base/alloc.h"
#include "base/str.h"

/* How well a typed word fits a name; a larger value fits better. */
enum km_likeness {
	KM_UNLIKE,
	KM_LIKE_PLURAL,  /* except for an s at the end of one of them, or ies instead of y */
	KM_LIKE_CLEANED, /* except for characters around a name, and the differences below */
	KM_LIKE_FOLDED,  /* except for case, and the differences below */
	KM_LIKE_SAME     /* except for blanks, '-', '_', '=' and ':', and "()" after the word */
};

/*
 * Removes what stands around a name: quotes, "()" after a function, ":" after a heading, the value in "free_cma:0",
 * and the directory of a file below /proc or /sys. Borrows from the word. "Active(anon)" does not change.
 */
struct km_str km_lookup_clean(struct km_str word);

enum km_likeness km_lookup_compare(struct km_str word, struct km_str name);

/*
 * Bytes in the pool that are equal for two words just if they are alike up to case: KM_LIKE_FOLDED or better. For an index
 * of many names.
 */
struct km_str km_lookup_fold(struct km_pool *pool, struct km_str word);

/*
 * Finds a name in typed text, as whole words and in any case: "page cache" in "page cache full". A name in
 * another script than ASCII may be inside a word. A number may follow a name: kswapd in "kswapd0". Returns
 * the number of matching bytes; 0 if the name is missing, or too short to mean anything.
 */
size_t km_lookup_within(struct km_str typed, struct km_str name, size_t *at);

#endif
