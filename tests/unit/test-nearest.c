// SPDX-License-Identifier: GPL-2.0-or-later
#include "unit.h"
#include "base/nearest.h"

static const char *nearest_of(const char *word, const char *const *candidates)
{
	struct km_nearest nearest = { .word = km_str_from(word) };

	for (; *candidates; candidates++)
		km_nearest_offer(&nearest, *candidates);
	return nearest.best;
}

static const char *const commands[] = { "summary", "buddy", "slab", "vmalloc", "zones", NULL };

static void one_letter(void **state)
{
	(void)state;
	assert_string_equal(nearest_of("slabs", commands), "slab");
	assert_string_equal(nearest_of("lab", commands), "slab");
	assert_string_equal(nearest_of("budyd", commands), "buddy");
	assert_string_equal(nearest_of("zone", commands), "zones");
	assert_string_equal(nearest_of("SLAB", commands), "slab");
}

static void exact_wins(void **state)
{
	static const char *const words[] = { "slabs", "slab", "slap", NULL };

	(void)state;
	assert_string_equal(nearest_of("slab", words), "slab");
}

static void abbreviation(void **state)
{
	(void)state;
	assert_string_equal(nearest_of("vmall", commands), "vmalloc");
	assert_string_equal(nearest_of("su", commands), "summary");
}

static void nothing_near(void **state)
{
	char word[200];

	(void)state;
	assert_null(nearest_of("hugepages", commands));
	memset(word, 's', sizeof(word) - 1);
	word[sizeof(word) - 1] = 0;
	assert_null(nearest_of(word, commands));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_letter),
		cmocka_unit_test(exact_wins),
		cmocka_unit_test(abbreviation),
		cmocka_unit_test(nothing_near),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
