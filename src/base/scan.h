/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Words and numbers at the front of a text, inline: in files with a million lines, a call for each
 * word would cost more than the word. The functions mean the same as km_str_take_word() and
 * km_str_to_u64().
 */
#ifndef KM_BASE_SCAN_H
#define KM_BASE_SCAN_H

#include "base/str.h"

static inline bool km_scan_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static inline uint64_t km_scan_load(const char *at)
{
	uint64_t bytes;

	memcpy(&bytes, at, sizeof(bytes));
	return bytes;
}

/*
 * The number of bytes before the first blank. The loop examines eight bytes at a time. The
 * subtraction sets the top bit of each byte that is 0x20 or less. Only the lowest such bit counts,
 * because a borrow may set others above it.
 */
static inline size_t km_scan_to_blank(const char *text, size_t len)
{
	size_t at = 0;

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	while (len - at >= 8) {
		uint64_t bytes = km_scan_load(text + at);
		uint64_t low = (bytes - 0x2121212121212121) & ~bytes & 0x8080808080808080;

		at += low ? (size_t)__builtin_ctzll(low) / 8 : 8;
		if (low && km_scan_is_blank(text[at]))
			return at;
		at += low ? 1 : 0;
	}
#endif
	while (at < len && !km_scan_is_blank(text[at]))
		at++;
	return at;
}

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
/* The value of eight digits, the first in the lowest byte. A byte of 0x20 or 0 counts as 0. */
static inline uint64_t km_scan_eight(uint64_t digits)
{
	digits = (digits & 0x0f0f0f0f0f0f0f0f) * 2561 >> 8;
	digits = (digits & 0x00ff00ff00ff00ff) * 6553601 >> 16;
	return (digits & 0x0000ffff0000ffff) * 42949672960001 >> 32;
}

/* Sets the top bit of each byte that is not a digit. */
static inline uint64_t km_scan_no_digits(uint64_t bytes)
{
	bytes ^= 0x3030303030303030;
	return (((bytes & 0x7f7f7f7f7f7f7f7f) + 0x7676767676767676) | bytes) & 0x8080808080808080;
}
#endif

/* The text without its first bytes, which must exist. */
static inline struct km_str km_scan_skip(struct km_str text, size_t bytes)
{
	return (struct km_str){ text.ptr + bytes, text.len - bytes };
}

static inline struct km_str km_scan_skip_blanks(struct km_str text)
{
	while (text.len && km_scan_is_blank(*text.ptr))
		text = km_scan_skip(text, 1);
	return text;
}

static inline struct km_str km_scan_trim(struct km_str text)
{
	text = km_scan_skip_blanks(text);
	while (text.len && km_scan_is_blank(text.ptr[text.len - 1]))
		text.len--;
	return text;
}

/* The next word, or an empty one at the end of the text. */
static inline struct km_str km_scan_word(struct km_str *rest)
{
	struct km_str text = km_scan_skip_blanks(*rest);
	const struct km_str word = { text.ptr, km_scan_to_blank(text.ptr, text.len) };

	*rest = km_scan_skip(text, word.len);
	return word;
}

/* Takes digits from the front. False if there is none, or if the number exceeds 64 bits. */
static inline bool km_scan_digits(struct km_str *rest, uint64_t *ret)
{
	const char *at = rest->ptr, *end = at + rest->len;
	uint64_t value = 0;

	for (; at < end && (unsigned char)(*at - '0') < 10; at++)
		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, (uint64_t)(*at - '0'), &value))
			return false;
	if (at == rest->ptr)
		return false;
	*rest = (struct km_str){ at, (size_t)(end - at) };
	*ret = value;
	return true;
}

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
/*
 * Reads one to seven digits at the front of eight bytes. Returns their number, 0 if there are none
 * or more. No branch depends on that number, because a CPU cannot predict it.
 */
static inline size_t km_scan_few_digits(const char *at, uint64_t *ret)
{
	const uint64_t bytes = km_scan_load(at), others = km_scan_no_digits(bytes);
	const unsigned int bits = others ? (unsigned int)__builtin_ctzll(others) & ~7u : 0;

	if (bits)
		*ret = km_scan_eight(bytes << (64 - bits));
	return bits / 8;
}
#endif

/*
 * The same as km_scan_digits(), but may read bytes beyond the text, up to limit. The byte after the
 * text is not a digit.
 */
static inline bool km_scan_digits_until(struct km_str *rest, const char *limit, uint64_t *ret)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	const size_t digits = limit - rest->ptr >= 8 ? km_scan_few_digits(rest->ptr, ret) : 0;

	if (digits) {
		*rest = km_scan_skip(*rest, digits);
		return true;
	}
#else
	(void)limit;
#endif
	return km_scan_digits(rest, ret);
}

/* The value of a word that is a number and nothing else. */
static inline bool km_scan_number(struct km_str word, uint64_t *ret)
{
	return km_scan_digits(&word, ret) && !word.len;
}

#endif
