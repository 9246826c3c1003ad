/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Characters of UTF-8 and the columns that they take, whatever the locale. */
#ifndef KM_BASE_UTF8_H
#define KM_BASE_UTF8_H

#include "base/str.h"

enum { KM_CHAR_ODD = 0xfffd };

/* Length of the well-formed sequence at the front (Unicode 15, table 3-7), or 0. */
size_t km_utf8_sequence(struct km_str s);

/* Takes a character; an invalid byte counts as KM_CHAR_ODD. false at the end. */
bool km_str_take_char(struct km_str *rest, uint32_t *c);

/* The last character; KM_CHAR_ODD of an empty text and of odd bytes. */
uint32_t km_str_last_char(struct km_str s);

/*
 * Whether a character is shown as it is: no control (C0, DEL, C1), none that is invisible, ends a line or
 * turns the direction of text (Unicode 15: categories Cc, Zl, Zp and most of Cf).
 */
bool km_char_is_plain(uint32_t c);

/* How many bytes at the front are printable ASCII: such characters are one byte and one column each. */
size_t km_str_printable(struct km_str s);

/* Columns on a terminal: 2 for East Asian characters, 0 for combining marks, otherwise 1. */
unsigned int km_char_columns(uint32_t c);
size_t km_str_columns(struct km_str s);

#endif
