// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/utf8.h"
#include "words/width.h"

/* Unicode 15, blocks Halfwidth and Fullwidth Forms, and Katakana. */
enum {
	WIDE_FIRST = 0xff01, WIDE_LAST = 0xff5e, WIDE_OFFSET = 0xff01 - '!',
	NARROW_FIRST = 0xff65, NARROW_LAST = 0xff9d, VOICED = 0xff9e, HALF_VOICED = 0xff9f,
	KA = 0x30ab, TO = 0x30c8, HA = 0x30cf, HO = 0x30db, U = 0x30a6, VU = 0x30f4,
};

/* The narrow ones, from the middle dot to N. */
static const uint16_t katakana[] = {
	0x30fb, 0x30f2, 0x30a1, 0x30a3, 0x30a5, 0x30a7, 0x30a9, 0x30e3, 0x30e5, 0x30e7, 0x30c3, 0x30fc, 0x30a2, 0x30a4, 0x30a6,
	0x30a8, 0x30aa, 0x30ab, 0x30ad, 0x30af, 0x30b1, 0x30b3, 0x30b5, 0x30b7, 0x30b9, 0x30bb, 0x30bd, 0x30bf, 0x30c1, 0x30c4,
	0x30c6, 0x30c8, 0x30ca, 0x30cb, 0x30cc, 0x30cd, 0x30ce, 0x30cf, 0x30d2, 0x30d5, 0x30d8, 0x30db, 0x30de, 0x30df, 0x30e0,
	0x30e1, 0x30e2, 0x30e4, 0x30e6, 0x30e8, 0x30e9, 0x30ea, 0x30eb, 0x30ec, 0x30ed, 0x30ef, 0x30f3,
};

_Static_assert(sizeof(katakana) / sizeof(*katakana) == NARROW_LAST - NARROW_FIRST + 1, "the table has the block");

/* With the sound mark behind it: Unicode has the voiced kana as the next character, the half-voiced one behind that. */
static uint32_t voiced(uint32_t c, struct km_str *rest)
{
	struct km_str after = *rest;
	uint32_t mark;

	if (!km_str_take_char(&after, &mark) || (mark != VOICED && mark != HALF_VOICED))
		return c;
	*rest = after;
	if (mark == HALF_VOICED)
		return c >= HA && c <= HO ? c + 2 : c;
	if (c == U)
		return VU;
	return (c >= KA && c <= TO) || (c >= HA && c <= HO) ? c + 1 : c;
}

/* Unicode has a small kana right before the large one. */
static uint32_t enlarged(uint32_t c)
{
	static const uint16_t small[] = { 0x30a1, 0x30a3, 0x30a5, 0x30a7, 0x30a9, 0x30c3, 0x30e3, 0x30e5, 0x30e7, 0x30ee };

	for (size_t i = 0; i < sizeof(small) / sizeof(*small); i++)
		if (c == small[i])
			return c + 1;
	return c;
}

uint32_t km_fold_width(uint32_t c, struct km_str *rest)
{
	if (c >= WIDE_FIRST && c <= WIDE_LAST)
		return c - WIDE_OFFSET;
	if (c >= NARROW_FIRST && c <= NARROW_LAST)
		c = voiced(katakana[c - NARROW_FIRST], rest);
	return enlarged(c);
}
