// SPDX-License-Identifier: GPL-2.0-or-later
#include "unit.h"
#include "base/num.h"

static void unknown_spreads(void **state)
{
	(void)state;
	assert_int_equal(km_num_add(KM_UNKNOWN, 0), KM_UNKNOWN);
	assert_int_equal(km_num_add(0, KM_UNKNOWN), KM_UNKNOWN);
	assert_int_equal(km_num_sub(KM_UNKNOWN, 1), KM_UNKNOWN);
	assert_int_equal(km_num_sub(1, KM_UNKNOWN), KM_UNKNOWN);
	assert_int_equal(km_num_mul(KM_UNKNOWN, 0), KM_UNKNOWN);
	assert_int_equal(km_num_mul(0, KM_UNKNOWN), KM_UNKNOWN);
	assert_true(km_num_delta(KM_UNKNOWN, 0) == KM_UNKNOWN_DELTA);
	assert_true(km_num_delta(0, KM_UNKNOWN) == KM_UNKNOWN_DELTA);
	assert_true(isnan(km_num_ratio(KM_UNKNOWN, 1)));
	assert_true(isnan(km_num_ratio(1, KM_UNKNOWN)));
}

static void known(void **state)
{
	(void)state;
	assert_int_equal(km_num_add(1, 2), 3);
	assert_int_equal(km_num_sub(3, 3), 0);
	assert_int_equal(km_num_mul(1ULL << 32, 1ULL << 31), 1ULL << 63);
	assert_true(km_num_delta(3, 5) == -2);
	assert_true(km_num_ratio(1, 4) == 0.25);
	assert_int_equal(km_num_or(7, 0), 7);
	assert_int_equal(km_num_or(KM_UNKNOWN, 5), 5);
}

static void out_of_range_is_unknown(void **state)
{
	(void)state;
	assert_int_equal(km_num_add(UINT64_MAX - 1, 2), KM_UNKNOWN);
	assert_int_equal(km_num_sub(2, 3), KM_UNKNOWN);
	assert_int_equal(km_num_mul(1ULL << 32, 1ULL << 32), KM_UNKNOWN);
	assert_true(km_num_delta(1ULL << 63, 0) == KM_UNKNOWN_DELTA);
	assert_true(km_num_delta(0, 1ULL << 63) == KM_UNKNOWN_DELTA);
	assert_true(isnan(km_num_ratio(0, 0)));
	assert_true(km_num_share(4, 4) == 1);
	assert_true(isnan(km_num_share(5, 4)));
}

/* llround() is the C library's. */
static void rounds_as_libm(void **state)
{
	static const double values[] = {
		0, 0.25, 0.5, 1.5, 2.5, 0.49999999999999994, 999.5, 1e12 + 0.5, 4503599627370495.5, 9007199254740993.0,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		assert_true(km_num_round(values[i]) == llround(values[i]));
		assert_true(km_num_round(-values[i]) == llround(-values[i]));
	}
	for (int i = -20000; i <= 20000; i++)
		assert_true(km_num_round(i / 16.0) == llround(i / 16.0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unknown_spreads),
		cmocka_unit_test(known),
		cmocka_unit_test(out_of_range_is_unknown),
		cmocka_unit_test(rounds_as_libm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
