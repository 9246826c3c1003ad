// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/changes.h"
#include "unit.h"

enum { UNKNOWN = 1, SIZE = 2 };

static const struct {
	int64_t number;
	unsigned int flags;
} values[] = {
	{ 0, 0 }, { 1, 0 }, { -1, 0 }, { 9, 0 }, { 10, 0 }, { -123456789, 0 }, { 0, UNKNOWN }, { 0, 0 }, { 7, 0 },
	{ 1, SIZE }, { -1, SIZE }, { 1024, SIZE }, { -1024, SIZE }, { 4096, SIZE }, { 1023, SIZE }, { -1025, SIZE },
	{ 0, SIZE }, { 0, UNKNOWN }, { 1536, SIZE }, { KM_CHANGES_MOST, 0 }, { -KM_CHANGES_MOST, 0 },
	{ 2 * KM_CHANGES_MOST, SIZE }, { 1 - 2 * KM_CHANGES_MOST, SIZE }, { -2 * KM_CHANGES_MOST, 0 },
};

static void put(struct km_changes *changes, size_t value)
{
	if (values[value].flags & UNKNOWN)
		km_changes_add_unknown(changes);
	else
		km_changes_add(changes, values[value].number, values[value].flags & SIZE);
}

static void expect(struct km_changes_reader *reader, size_t value)
{
	struct km_change change;

	assert_true(km_changes_take(reader, &change));
	assert_int_equal(change.unknown, values[value].flags & UNKNOWN);
	if (values[value].flags & SIZE)
		change.number = km_change_of_size(change.number);
	assert_int_equal(change.number, values[value].number);
}

/* Groups of all lengths, one after the other. */
static void comes_back(void **state)
{
	const size_t count = UNIT_COUNT(values);
	struct km_changes changes = { .half = false };
	struct km_changes_reader reader = { .at = 0 };
	struct km_change change;
	uint64_t series;

	(void)state;
	for (size_t len = 0; len <= count; len++) {
		km_changes_group(&changes, len * len * 1000003, true);
		for (size_t i = 0; i < len; i++)
			put(&changes, i);
	}
	reader.bytes = km_changes_end(&changes);
	for (size_t len = 0; len <= count; len++) {
		assert_true(km_changes_take_group(&reader, &series));
		assert_int_equal(series, len * len * 1000003);
		for (size_t i = 0; i < len; i++)
			expect(&reader, i);
		assert_false(km_changes_take(&reader, &change));
	}
	assert_false(km_changes_take_group(&reader, &series));
	assert_false(reader.damaged);
	km_changes_deinit(&changes);
}

static struct km_str hex(struct km_pool *pool, struct km_str bytes)
{
	struct km_text text = { 0 };

	for (size_t i = 0; i < bytes.len; i++)
		km_text_printf(&text, "%02X", (unsigned int)(unsigned char)bytes.ptr[i]);
	return km_text_keep(&text, pool);
}

/* The bytes that the manual page describes. */
static void is_as_described(void **state)
{
	struct km_changes changes = { .half = false };
	struct km_pool pool = { 0 };

	(void)state;
	assert_str(hex(&pool, km_changes_end(&changes)), "");
	km_changes_group(&changes, 12, false);
	km_changes_add(&changes, 5, false);
	km_changes_add(&changes, 0, false);
	km_changes_add(&changes, -4096, true);
	km_changes_add(&changes, 0, true); /* nothing follows it, so it is left out */
	km_changes_group(&changes, 345, true);
	km_changes_add(&changes, 0, false);
	km_changes_add_unknown(&changes);
	km_changes_add(&changes, -3, true);
	assert_str(hex(&pool, km_changes_end(&changes)), "12A5A0B7C345A0DB6F");
	km_changes_deinit(&changes);
	km_pool_deinit(&pool);
}

/* Values that were read before the damage are valid. Each of these kinds of damage is noticed. */
static void damage(void **state)
{
	static const struct {
		const char bytes[16];
		size_t len, groups;
	} cases[] = {
		{ "\xa1", 1, 0 },         /* a value without a series */
		{ "\x1a\xa2", 2, 1 },     /* a comma without digits */
		{ "\x1c\xc2", 2, 1 },     /* a group without its series */
		{ "\x1f\x12", 2, 1 },     /* something behind the end */
		{ "\x1e", 1, 1 },         /* no such half byte */
		{ "\x1a\x99\x99\x99\x99\x99\x99\x99\x99\x99\x99\x99", 12, 1 }, /* more than 64 bits */
		{ "\x1a\x18\x44\x67\x44\x07\x37\x09\x55\x16\x15\xff", 12, 1 }, /* more than 63 */
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		struct km_changes_reader reader = { .bytes = { cases[i].bytes, cases[i].len } };
		struct km_change change;
		uint64_t series;
		size_t groups = 0;

		while (km_changes_take_group(&reader, &series)) {
			groups++;
			while (km_changes_take(&reader, &change))
				;
		}
		assert_true(reader.damaged);
		assert_int_equal(groups, cases[i].groups);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comes_back),
		cmocka_unit_test(is_as_described),
		cmocka_unit_test(damage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
