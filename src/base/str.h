/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Byte strings: a pointer and a length into bytes with another owner. Parsers work on
 * these alone, so a NUL byte, a missing newline or 10 MB on one line are nothing special.
 */
#ifndef KM_BASE_STR_H
#define KM_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct km_str {
	const char *ptr; /* NULL: unknown, as opposed to empty */
	size_t len;
};

#define KM_STR(literal) ((struct km_str){ "" literal, sizeof(literal) - 1 })
#define KM_STR_INIT(literal) { "" literal, sizeof(literal) - 1 }
/* for printf's %.*s */
#define KM_STR_ARG(s) (int)((s).len > 4096 ? 4096 : (s).len), (s).ptr ? (s).ptr : ""

/* 0 to 9, in every locale. */
static inline bool km_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline struct km_str km_str_from(const char *text)
{
	return (struct km_str){ text, text ? strlen(text) : 0 };
}

static inline bool km_str_eq(struct km_str a, struct km_str b)
{
	return a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len));
}

static inline bool km_str_starts(struct km_str s, struct km_str prefix)
{
	return s.len >= prefix.len && (!prefix.len || !memcmp(s.ptr, prefix.ptr, prefix.len));
}

static inline bool km_str_ends(struct km_str s, struct km_str suffix)
{
	return s.len >= suffix.len &&
	       (!suffix.len || !memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len));
}

/* Bytewise order; a prefix comes before the longer string. */
int km_str_compare(struct km_str a, struct km_str b);

/* Offset of the first needle in s, or -1. */
ptrdiff_t km_str_find(struct km_str s, struct km_str needle);

struct km_str km_str_trim(struct km_str s);
/* Whether there is nothing but blanks and ends of lines. */
bool km_str_is_blank(struct km_str s);
struct km_str km_str_skip(struct km_str s, size_t bytes);

/*
 * "take": consume from the front of *rest (from its end for _last), and return whether there
 * was something to take. Blanks are space and tab; a line ends at LF, and a CR before it is
 * dropped with it.
 */
bool km_str_take_line(struct km_str *rest, struct km_str *line);
bool km_str_take_word(struct km_str *rest, struct km_str *word);
bool km_str_take_last_word(struct km_str *rest, struct km_str *word);
bool km_str_take_prefix(struct km_str *rest, struct km_str prefix);
/* Up to the first delimiter, which is consumed too; false (nothing taken) without one. */
bool km_str_take_until(struct km_str *rest, char delimiter, struct km_str *part);
/* Decimal digits at the front; false when there is none or the number exceeds 64 bits. */
bool km_str_take_u64(struct km_str *rest, uint64_t *ret);
/* The next blank-separated word, which must be a whole decimal number. */
bool km_str_take_number(struct km_str *rest, uint64_t *ret);

/*
 * The whole string as a number. 0, -EINVAL (not a number; signs are not numbers here) or
 * -ERANGE (past 2^64 - 1). Hexadecimal without the 0x.
 */
int km_str_to_u64(struct km_str s, uint64_t *ret);
int km_str_to_hex(struct km_str s, uint64_t *ret);

#endif
