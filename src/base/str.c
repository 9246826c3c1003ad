// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "base/str.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

int km_str_compare(struct km_str a, struct km_str b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len ? memcmp(a.ptr, b.ptr, len) : 0;

	if (order)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

ptrdiff_t km_str_find(struct km_str s, struct km_str needle)
{
	const char *hit;

	if (!s.ptr)
		return -1;
	hit = memmem(s.ptr, s.len, needle.ptr, needle.len);
	return hit ? hit - s.ptr : -1;
}

struct km_str km_str_skip(struct km_str s, size_t bytes)
{
	if (bytes > s.len)
		bytes = s.len;
	/* an unknown text remains one: C does not allow to add 0 to NULL */
	return bytes ? (struct km_str){ s.ptr + bytes, s.len - bytes } : s;
}

struct km_str km_str_trim(struct km_str s)
{
	while (s.len && is_blank(s.ptr[0]))
		s = km_str_skip(s, 1);
	while (s.len && is_blank(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

bool km_str_is_blank(struct km_str s)
{
	struct km_str line;

	while (km_str_take_line(&s, &line))
		if (km_str_trim(line).len)
			return false;
	return true;
}

bool km_str_take_line(struct km_str *rest, struct km_str *line)
{
	const char *end;

	if (!rest->len)
		return false;
	end = memchr(rest->ptr, '\n', rest->len);
	*line = (struct km_str){ rest->ptr, end ? (size_t)(end - rest->ptr) : rest->len };
	*rest = km_str_skip(*rest, line->len + (end ? 1 : 0));
	if (line->len && line->ptr[line->len - 1] == '\r')
		line->len--;
	return true;
}

bool km_str_take_word(struct km_str *rest, struct km_str *word)
{
	struct km_str s = *rest;
	size_t len = 0;

	while (s.len && is_blank(*s.ptr))
		s = km_str_skip(s, 1);
	while (len < s.len && !is_blank(s.ptr[len]))
		len++;
	if (!len)
		return false;
	*word = (struct km_str){ s.ptr, len };
	*rest = km_str_skip(s, len);
	return true;
}

bool km_str_take_last_word(struct km_str *rest, struct km_str *word)
{
	struct km_str s = *rest;
	size_t start;

	while (s.len && is_blank(s.ptr[s.len - 1]))
		s.len--;
	start = s.len;
	while (start && !is_blank(s.ptr[start - 1]))
		start--;
	if (start == s.len)
		return false;
	*word = (struct km_str){ s.ptr + start, s.len - start };
	rest->len = start;
	return true;
}

bool km_str_take_prefix(struct km_str *rest, struct km_str prefix)
{
	if (!km_str_starts(*rest, prefix))
		return false;
	*rest = km_str_skip(*rest, prefix.len);
	return true;
}

bool km_str_take_until(struct km_str *rest, char delimiter, struct km_str *part)
{
	const char *end = rest->len ? memchr(rest->ptr, delimiter, rest->len) : NULL;

	if (!end)
		return false;
	*part = (struct km_str){ rest->ptr, (size_t)(end - rest->ptr) };
	*rest = km_str_skip(*rest, part->len + 1);
	return true;
}

bool km_str_has_part(struct km_str s, char delimiter, struct km_str part)
{
	struct km_str one;

	while (km_str_take_until(&s, delimiter, &one))
		if (km_str_eq(one, part))
			return true;
	return km_str_eq(s, part);
}

/* strtoull() accepts blanks, signs and 0x, and depends on the locale, so digits are parsed here. */
static int take_digits(struct km_str *rest, uint64_t *ret)
{
	uint64_t value = 0;
	size_t i;

	for (i = 0; i < rest->len; i++) {
		unsigned int digit = (unsigned char)rest->ptr[i] - '0';

		if (digit > 9)
			break;
		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, digit, &value))
			return -ERANGE;
	}
	if (!i)
		return -EINVAL;
	*rest = km_str_skip(*rest, i);
	*ret = value;
	return 0;
}

bool km_str_take_u64(struct km_str *rest, uint64_t *ret)
{
	return !take_digits(rest, ret);
}

bool km_str_take_number(struct km_str *rest, uint64_t *ret)
{
	struct km_str after = *rest, word;

	if (!km_str_take_word(&after, &word) || km_str_to_u64(word, ret))
		return false;
	*rest = after;
	return true;
}

int km_str_to_u64(struct km_str s, uint64_t *ret)
{
	uint64_t value;
	int r = take_digits(&s, &value);

	if (r)
		return r;
	if (s.len)
		return -EINVAL;
	*ret = value;
	return 0;
}

/* Parsed here for speed: a file of a million lines has two addresses on each. */
static unsigned int hex_digit(char c)
{
	unsigned int digit = (unsigned char)c - '0', letter = ((unsigned char)c | 0x20) - 'a';

	return digit < 10 ? digit : letter < 6 ? letter + 10 : 16;
}

int km_str_to_hex(struct km_str s, uint64_t *ret)
{
	uint64_t value = 0;
	size_t i;

	if (!s.len)
		return -EINVAL;
	for (i = 0; i < s.len; i++) {
		unsigned int digit = hex_digit(s.ptr[i]);

		if (digit > 15)
			return -EINVAL;
		if (value >> 60)
			return -ERANGE;
		value = value << 4 | digit;
	}
	*ret = value;
	return 0;
}
