// SPDX-License-Identifier: GPL-2.0-or-later
#include "unit.h"
#include <math.h>
#include <string.h>
#include "render/heat.h"

static void levels(void **state)
{
	static const struct {
		double value;
		unsigned int level;
	} cases[] = {
		{ -1, 0 }, { -0.001, 0 }, { 0, 0 }, { 0.0001, 1 }, { 0.03, 1 }, { 0.031, 2 }, { 0.1, 2 },
		{ 0.11, 3 }, { 0.25, 3 }, { 0.26, 4 }, { 0.5, 4 }, { 0.51, 5 }, { 1, 5 }, { 1e9, 5 },
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++)
		assert_int_equal(km_heat_level(cases[i].value), cases[i].level);
	assert_int_equal(km_heat_level((double)NAN), 0);
}

/* Each level looks different from the others, and each colour is a sequence. */
static void looks(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < KM_HEAT_LEVELS; i++) {
		assert_non_null(km_heat_name(i));
		assert_true(km_heat_color(i, KM_PALETTE_COOL)[0] == '\033');
		for (unsigned int j = 0; j < i; j++) {
			assert_string_not_equal(km_heat_block(i), km_heat_block(j));
			assert_string_not_equal(km_heat_color(i, KM_PALETTE_COOL),
						km_heat_color(j, KM_PALETTE_COOL));
			assert_string_not_equal(km_heat_color(i, KM_PALETTE_WARM),
						km_heat_color(j, KM_PALETTE_WARM));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels),
		cmocka_unit_test(looks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
