/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Byte strings: a pointer and a length into bytes that someone else owns. Parsers only use these,
 * so a NUL byte, a missing newline or 10 MB on one line need no special case.
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

/* Marks a sentence for the catalogue (data/messages). It is translated where it is printed. */
#define KM_SAID(english) english

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
	return a.len == b.len && (!b.len || !memcmp(a.ptr, b.ptr, b.len));
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

/* The text without blanks at both ends. */
struct km_str km_str_trim(struct km_str s);
/* Whether the text contains only blanks and line ends. */
bool km_str_is_blank(struct km_str s);
struct km_str km_str_skip(struct km_str s, size_t bytes);

/*
 * "take" consumes from the front of *rest (_last: from its end) and returns whether there was
 * something to take. Blanks are space and tab. A line ends at LF; a CR before it is dropped with
 * it.
 */
bool km_str_take_line(struct km_str *rest, struct km_str *line);
bool km_str_take_word(struct km_str *rest, struct km_str *word);
bool km_str_take_last_word(struct km_str *rest, struct km_str *word);
bool km_str_take_prefix(struct km_str *rest, struct km_str prefix);
/*
 * Takes up to the first delimiter, and consumes it too. Without a delimiter: false, nothing taken.
 */
bool km_str_take_until(struct km_str *rest, char delimiter, struct km_str *part);

/* Whether one of the parts between delimiters is this one: "memory" of "cpu,memory". */
bool km_str_has_part(struct km_str s, char delimiter, struct km_str part);
/* Takes decimal digits. False if there is none or the number exceeds 64 bits. */
bool km_str_take_u64(struct km_str *rest, uint64_t *ret);
/* The next blank-separated word, which must be a whole decimal number. */
bool km_str_take_number(struct km_str *rest, uint64_t *ret);

/*
 * Converts the whole string to a number. 0, -EINVAL (not a number; signs are not allowed) or
 * -ERANGE (above 2^64 - 1). Hexadecimal numbers have no 0x.
 */
int km_str_to_u64(struct km_str s, uint64_t *ret);
int km_str_to_hex(struct km_str s, uint64_t *ret);

#endif
