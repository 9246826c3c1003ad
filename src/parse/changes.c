// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/units.h"
#include "parse/changes.h"

enum { COMMA = 0xa, MINUS = 0xb, GROUP = 0xc, UNKNOWN = 0xd, FILL = 0xf };

static void put_half(struct km_changes *changes, unsigned int half)
{
	struct km_text *bytes = &changes->bytes;

	if (changes->half) {
		bytes->ptr[bytes->len - 1] = (char)((unsigned char)bytes->ptr[bytes->len - 1] | half);
	} else {
		const char byte = (char)(half << 4);

		km_text_add(bytes, (struct km_str){ &byte, 1 });
	}
	changes->half = !changes->half;
}

static void put_digits(struct km_changes *changes, uint64_t number)
{
	char digits[KM_UNITS_SIZE];
	const char *end = km_units_put(digits, number);

	for (const char *digit = digits; digit < end; digit++)
		put_half(changes, (unsigned int)(*digit - '0'));
}

void km_changes_group(struct km_changes *changes, uint64_t series, bool whole)
{
	if (changes->begun)
		put_half(changes, GROUP);
	changes->begun = true;
	changes->whole = whole;
	changes->unchanged = 0;
	put_digits(changes, series);
}

static void put_unchanged(struct km_changes *changes)
{
	for (; changes->unchanged; changes->unchanged--) {
		put_half(changes, COMMA);
		put_half(changes, 0);
	}
}

static int64_t pack_size(int64_t difference)
{
	return difference % 1024 ? difference * 2 : difference / 1024 * 2 + 1;
}

void km_changes_add(struct km_changes *changes, int64_t difference, bool size)
{
	int64_t number = size ? pack_size(difference) : difference;

	if (!difference && !changes->whole) {
		changes->unchanged++;
		return;
	}
	put_unchanged(changes);
	put_half(changes, number < 0 ? MINUS : COMMA);
	put_digits(changes, number < 0 ? -(uint64_t)number : (uint64_t)number);
}

void km_changes_add_unknown(struct km_changes *changes)
{
	put_unchanged(changes);
	put_half(changes, UNKNOWN);
}

struct km_str km_changes_end(struct km_changes *changes)
{
	if (changes->half)
		put_half(changes, FILL);
	return km_text_str(&changes->bytes);
}

void km_changes_deinit(struct km_changes *changes)
{
	km_text_deinit(&changes->bytes);
	*changes = (struct km_changes){ .half = false };
}

/* Removes FILL at the end of the bytes. */
static unsigned int half_at(const struct km_changes_reader *reader)
{
	unsigned char byte;

	if (reader->at / 2 >= reader->bytes.len)
		return FILL;
	byte = (unsigned char)reader->bytes.ptr[reader->at / 2];
	return reader->at & 1 ? byte & 0xf : byte >> 4;
}

static bool damaged(struct km_changes_reader *reader)
{
	reader->damaged = true;
	reader->at = reader->bytes.len * 2;
	return false;
}

static bool take_digits(struct km_changes_reader *reader, uint64_t *ret)
{
	size_t first = reader->at;
	unsigned int half;

	*ret = 0;
	while ((half = half_at(reader)) < COMMA) {
		if (__builtin_mul_overflow(*ret, UINT64_C(10), ret) ||
		    __builtin_add_overflow(*ret, (uint64_t)half, ret))
			return damaged(reader);
		reader->at++;
	}
	return reader->at > first || damaged(reader);
}

bool km_changes_take_group(struct km_changes_reader *reader, uint64_t *series)
{
	struct km_change passed;

	while (reader->at && km_changes_take(reader, &passed))
		;
	if (half_at(reader) == FILL)
		return reader->at / 2 + 1 >= reader->bytes.len ? false : damaged(reader);
	if (reader->at && half_at(reader) != GROUP)
		return damaged(reader);
	reader->at += reader->at > 0;
	return take_digits(reader, series);
}

bool km_changes_take(struct km_changes_reader *reader, struct km_change *ret)
{
	unsigned int kind = half_at(reader);
	uint64_t number;

	*ret = (struct km_change){ .unknown = kind == UNKNOWN };
	if (kind != COMMA && kind != MINUS && kind != UNKNOWN)
		return false;
	reader->at++;
	if (kind == UNKNOWN)
		return true;
	if (!take_digits(reader, &number) || number > INT64_MAX)
		return damaged(reader);
	ret->number = kind == MINUS ? -(int64_t)number : (int64_t)number;
	return true;
}
