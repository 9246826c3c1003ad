/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text that a stranger may have chosen, made fit for people. The sink cleans all output again, but columns
 * have to be counted in the clean text.
 */
#ifndef KM_BASE_CLEAN_H
#define KM_BASE_CLEAN_H

#include "base/text.h"

/*
 * For every format but JSON: valid UTF-8, with a U+FFFD for each odd byte and each character that km_char_is_plain()
 * rejects. The pool owns the result, unless the text is clean.
 */
struct km_str km_text_clean(struct km_pool *pool, struct km_str text);

/* The same for text of several lines, whose line ends stay. */
struct km_str km_text_clean_lines(struct km_pool *pool, struct km_str text);

/* For JSON: the same as km_text_clean() for odd bytes and controls only; the sink escapes the other characters. */
struct km_str km_text_valid(struct km_pool *pool, struct km_str text);

/* Adds what km_text_clean() returns. */
void km_text_add_clean(struct km_text *out, struct km_str text);

#endif
