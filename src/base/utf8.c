// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/utf8.h"

size_t km_utf8_sequence(struct km_str text)
{
	const unsigned char *s = (const unsigned char *)text.ptr;
	size_t want;

	if (!text.len)
		return 0;
	want = s[0] < 0x80 ? 1 : s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : s[0] < 0xf5 ? 4 : 0;
	if (!want || want > text.len)
		return 0;
	if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) ||
	    (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
		return 0;
	for (size_t i = 1; i < want; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return want;
}

bool km_str_take_char(struct km_str *rest, uint32_t *c)
{
	static const unsigned char first_bits[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	size_t len = km_utf8_sequence(*rest);

	if (!rest->len)
		return false;
	*c = len ? (unsigned char)rest->ptr[0] & first_bits[len] : KM_CHAR_ODD;
	for (size_t i = 1; i < len; i++)
		*c = *c << 6 | ((unsigned char)rest->ptr[i] & 0x3f);
	*rest = km_str_skip(*rest, len ? len : 1);
	return true;
}

uint32_t km_str_last_char(struct km_str s)
{
	size_t start = s.len;
	uint32_t c = KM_CHAR_ODD;

	while (start && ((unsigned char)s.ptr[start - 1] & 0xc0) == 0x80 && s.len - start < 3)
		start--;
	s = km_str_skip(s, start ? start - 1 : 0);
	km_str_take_char(&s, &c);
	return s.len ? KM_CHAR_ODD : c;
}

struct range {
	uint32_t first, last;
};

static bool is_in(const struct range *ranges, size_t len, uint32_t c)
{
	for (size_t i = 0; i < len; i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return false;
}

bool km_char_is_plain(uint32_t c)
{
	/* Unicode 15's Default_Ignorable_Code_Point, the two separators, and what marks annotations */
	static const struct range hidden[] = {
		{ 0xad, 0xad },	    { 0x34f, 0x34f },	  { 0x61c, 0x61c },	{ 0x115f, 0x1160 },   { 0x17b4, 0x17b5 },
		{ 0x180b, 0x180f }, { 0x200b, 0x200f },	  { 0x2028, 0x202e },	{ 0x2060, 0x206f },   { 0x3164, 0x3164 },
		{ 0xfe00, 0xfe0f }, { 0xfeff, 0xfeff },	  { 0xffa0, 0xffa0 },	{ 0xfff0, 0xfffb },   { 0x1bca0, 0x1bca3 },
		{ 0x1d173, 0x1d17a }, { 0xe0000, 0xe0fff },
	};

	if (c < 0xad)
		return c >= 0x20 && (c < 0x7f || c >= 0xa0);
	return !is_in(hidden, sizeof(hidden) / sizeof(*hidden), c);
}

/*
 * Sets the top bit of each of eight bytes that is not printable ASCII. Only the lowest set bit is
 * reliable.
 */
static inline uint64_t odd_of(const char *at)
{
	const uint64_t ones = 0x0101010101010101;
	uint64_t bytes;

	memcpy(&bytes, at, sizeof(bytes));
	return (bytes | (bytes - ones * 0x20) | (bytes + ones)) & ones * 0x80;
}

size_t km_str_printable(struct km_str s)
{
	size_t at = 0;

	while (s.len - at >= 8 && !odd_of(s.ptr + at))
		at += 8;
	while (at < s.len && (unsigned char)s.ptr[at] >= 0x20 && (unsigned char)s.ptr[at] < 0x7f)
		at++;
	return at;
}

unsigned int km_char_columns(uint32_t c)
{
	static const struct range combining[] = {
		{ 0x300, 0x36f }, { 0x3099, 0x309a },
	};
	/* wide and full-width by Unicode's EastAsianWidth.txt, in blocks */
	static const struct range wide[] = {
		{ 0x1100, 0x115f }, { 0x2e80, 0x303e }, { 0x3041, 0x33ff }, { 0x3400, 0x4dbf },
		{ 0x4e00, 0xa4cf }, { 0xac00, 0xd7a3 }, { 0xf900, 0xfaff }, { 0xfe30, 0xfe6f },
		{ 0xff01, 0xff60 }, { 0xffe0, 0xffe6 }, { 0x1f300, 0x1f64f }, { 0x20000, 0x3fffd },
	};

	/* U+FFFD is shown in place of what is not plain */
	if (c < 0x300 || !km_char_is_plain(c))
		return 1;
	if (is_in(combining, sizeof(combining) / sizeof(*combining), c))
		return 0;
	return is_in(wide, sizeof(wide) / sizeof(*wide), c) ? 2 : 1;
}

size_t km_str_columns(struct km_str s)
{
	size_t columns = km_str_printable(s);
	uint32_t c;

	s = km_str_skip(s, columns);
	while (km_str_take_char(&s, &c))
		columns += km_char_columns(c);
	return columns;
}
