/* SPDX-License-Identifier: GPL-2.0-or-later */
/* UTF-8 characters and their width in columns, independent of the locale. */
#ifndef KM_BASE_UTF8_H
#define KM_BASE_UTF8_H

#include "base/str.h"

enum { KM_CHAR_ODD = 0xfffd };

/* Length of the well-formed sequence at the front (Unicode 15, table 3-7), or 0. */
size_t km_utf8_sequence(struct km_str s);

/* Takes a character; an invalid byte counts as KM_CHAR_ODD. False at the end. */
bool km_str_take_char(struct km_str *rest, uint32_t *c);

/* The last character; KM_CHAR_ODD for an empty text or an invalid byte. */
uint32_t km_str_last_char(struct km_str s);

/*
 * Whether a character is visible and harmless. Not plain: controls (C0, DEL, C1), and characters
 * that are invisible, end a line or change the direction of text (Unicode 15: Cc, Zl, Zp and most
 * of Cf).
 */
bool km_char_is_plain(uint32_t c);

/*
 * The number of printable ASCII bytes at the front. Each such character is one byte and one column.
 */
size_t km_str_printable(struct km_str s);

/*
 * Columns on a terminal: 2 for East Asian characters, 0 for combining marks, otherwise 1: also for a character that is
 * not plain, because U+FFFD is printed for it.
 */
unsigned int km_char_columns(uint32_t c);
size_t km_str_columns(struct km_str s);

#endif
