// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "unit.h"
#include "base/num.h"
#include "base/units.h"

static void bytes(void **state)
{
	static const struct {
		uint64_t value;
		const char *text;
	} cases[] = {
		{ 0, "0 B" },
		{ 1, "1 B" },
		{ 1023, "1023 B" },
		{ 1024, "1.00 KiB" },
		{ 1029, "1.00 KiB" },
		{ 1030, "1.01 KiB" },
		{ 10 * 1024 - 1, "10.0 KiB" },
		{ 10698, "10.4 KiB" }, /* 10.447: by way of 10.45 it would be 10.5 */
		{ 102343, "99.9 KiB" },
		{ 102349, "100 KiB" },
		{ 10 * 1024, "10.0 KiB" },
		{ 100 * 1024 - 1, "100 KiB" },
		{ 100 * 1024, "100 KiB" },
		{ 1023 * 1024, "1023 KiB" },
		{ 1048050, "1023 KiB" },
		{ 1048064, "1.00 MiB" },
		{ 1024 * 1024 - 1, "1.00 MiB" },
		{ 1024 * 1024, "1.00 MiB" },
		{ 2008018944, "1.87 GiB" },
		{ 1ULL << 40, "1.00 TiB" },
		{ 1ULL << 60, "1.00 EiB" },
		{ UINT64_MAX - 1, "16.0 EiB" },
		{ KM_UNKNOWN, "-" },
	};
	char buf[KM_UNITS_SIZE];

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++)
		assert_string_equal(km_units_bytes(buf, cases[i].value), cases[i].text);
}

static void delta(void **state)
{
	char buf[KM_UNITS_SIZE];

	(void)state;
	assert_string_equal(km_units_delta(buf, 0), "0 B");
	assert_string_equal(km_units_delta(buf, -12 * 1024 * 1024), "-12.0 MiB");
	assert_string_equal(km_units_delta(buf, 4096), "+4.00 KiB");
	assert_string_equal(km_units_delta(buf, INT64_MIN + 1), "-8.00 EiB");
	assert_string_equal(km_units_delta(buf, KM_UNKNOWN_DELTA), "-");
}

static void reals(void **state)
{
	static const struct {
		double value;
		const char *real, *rate, *bytes;
	} cases[] = {
		{ 0, "0", "0", "0 B" },
		{ 1, "1", "+1", "+1 B" },
		{ -3, "-3", "-3", "-3 B" },
		{ 0.25, "0.25", "+0.25", "+0.25 B" },
		{ -0.25, "-0.25", "-0.25", "-0.25 B" },
		{ 0.0004, "0.0004", "+0.0004", "+0.0004 B" },
		{ 13.642, "13.642", "+13.642", "+13.6 B" },
		{ 99.9996, "100", "+100", "+100 B" },
		{ 1234.56, "1234.6", "+1234.6", "+1.21 KiB" },
		{ 1e-9, "0", "+0", "+0 B" },
		{ 3.2 * 1048576, "3355443.2", "+3355443.2", "+3.20 MiB" },
		{ 1e19, "-", "-", "-" },
		{ KM_UNKNOWN_REAL, "-", "-", "-" },
	};
	char buf[KM_UNITS_SIZE];

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		assert_string_equal(km_units_real(buf, cases[i].value), cases[i].real);
		assert_string_equal(km_units_rate(buf, cases[i].value), cases[i].rate);
		assert_string_equal(km_units_byte_rate(buf, cases[i].value), cases[i].bytes);
	}
}

static void seconds(void **state)
{
	static const struct {
		double value;
		const char *text;
	} cases[] = {
		{ 0, "0 s" }, { 12.34, "12.3 s" }, { -2, "-2 s" }, { 60, "1 min 0 s" }, { 303, "5 min 3 s" },
		{ -303, "-5 min 3 s" }, { 3600, "1 h 0 min" }, { 11100, "3 h 5 min" },
		{ 183600, "2 d 3 h" }, { 1e16, "-" }, { KM_UNKNOWN_REAL, "-" },
	};
	char buf[KM_UNITS_SIZE];

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++)
		assert_string_equal(km_units_seconds(buf, cases[i].value), cases[i].text);
}

static void percent(void **state)
{
	char buf[KM_UNITS_SIZE];

	(void)state;
	assert_string_equal(km_units_percent(buf, 0), "0.0%");
	assert_string_equal(km_units_percent(buf, 0.125), "12.5%");
	assert_string_equal(km_units_percent(buf, 0.99949), "99.9%");
	assert_string_equal(km_units_percent(buf, 0.9996), "100.0%");
	assert_string_equal(km_units_percent(buf, 1), "100.0%");
	assert_string_equal(km_units_percent(buf, KM_UNKNOWN_REAL), "-");
}

/* A share below zero occurs if sources disagree. It must not be printed as "0.-5%". */
static void percent_below_zero(void **state)
{
	char buf[KM_UNITS_SIZE];

	(void)state;
	assert_string_equal(km_units_percent(buf, -0.005), "-0.5%");
	assert_string_equal(km_units_percent(buf, -0.125), "-12.5%");
	assert_string_equal(km_units_percent(buf, -0.0001), "0.0%");
}

static void parse(void **state)
{
	static const struct {
		const char *text;
		int ret;
		uint64_t value;
	} cases[] = {
		{ "4096", 0, 4096 },
		{ "4096B", 0, 4096 },
		{ "4K", 0, 4096 },
		{ "4k", 0, 4096 },
		{ "4KiB", 0, 4096 },
		{ "4 KiB", 0, 4096 },
		{ "4KB", 0, 4096 },
		{ "1.5M", 0, 1536 * 1024 },
		{ "0.5", -EINVAL, 0 },
		{ "1.5", -EINVAL, 0 },
		{ "1.5B", -EINVAL, 0 },
		{ "1.0", -EINVAL, 0 },
		{ "0.5K", 0, 512 },
		{ "16E", -ERANGE, 0 },
		{ "18446744073709551616", -EINVAL, 0 },
		{ "", -EINVAL, 0 },
		{ "K", -EINVAL, 0 },
		{ "4X", -EINVAL, 0 },
		{ "4KiBs", -EINVAL, 0 },
		{ "-4K", -EINVAL, 0 },
		{ "1.", -EINVAL, 0 },
		{ "1.1234567", -EINVAL, 0 },
		{ "1,5M", -EINVAL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		uint64_t value = 4711;
		int r = km_units_parse(km_str_from(cases[i].text), &value);

		if (r != cases[i].ret || value != (r ? 4711 : cases[i].value))
			fail_msg("\"%s\": %d, %llu", cases[i].text, r, (unsigned long long)value);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes),
		cmocka_unit_test(delta),
		cmocka_unit_test(reals),
		cmocka_unit_test(seconds),
		cmocka_unit_test(percent),
		cmocka_unit_test(percent_below_zero),
		cmocka_unit_test(parse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
