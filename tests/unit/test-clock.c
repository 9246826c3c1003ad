// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <time.h>
#include "base/units.h"
#include "source/clock.h"
#include "unit.h"

enum { SECOND = 1000000 };

/* 2026-11-28T10:00:30Z, in the output of date -u +%s. */
#define NOON INT64_C(1795860030)

static void durations(void **state)
{
	static const struct {
		const char *text;
		int64_t us;
	} cases[] = {
		{ "10", 10000000 }, { "10s", 10000000 }, { "1.5s", 1500000 }, { "100ms", 100000 }, { "2m", 120000000 },
		{ "1h", 3600000000 }, { "1.5h", 5400000000 }, { "7d", 604800000000 }, { "2w", 1209600000000 },
		{ "0", 0 }, { "0.000001", 1 }, { "100w", 60480000000000 },
	};
	static const char *const bad[] = { "", "s", "1x", "1 s", "-1s", "1.s", ".5s", "1S", "1hh", "1h30m", "99999999w",
					   "18446744073709551616", "1.0000001s" };
	int64_t us;

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		assert_int_equal(km_units_parse_time(km_str_from(cases[i].text), &us), 0);
		assert_int_equal(us, cases[i].us);
	}
	for (size_t i = 0; i < UNIT_COUNT(bad); i++)
		assert_int_not_equal(km_units_parse_time(km_str_from(bad[i]), &us), 0);
}

static void times(void **state)
{
	static const struct {
		const char *text;
		int64_t seconds;
	} cases[] = {
		{ "-1h", NOON - 3600 }, { "-0", NOON }, { "@0", 0 }, { "@1795860030", NOON },
		{ "2026-11-28T10:00:30Z", NOON }, { "2026-11-28 10:00:30Z", NOON }, { "2026-11-28 10:00Z", NOON - 30 },
		{ "10:00Z", NOON - 30 }, { "2026-11-28Z", NOON - 36030 }, { "2024-02-29T00:00:00Z", 1709164800 },
		{ "2026-11-28T10:00:30", NOON - 9 * 3600 }, { "19:00:30", NOON },
		{ "today", NOON - 30 - 19 * 3600 }, { "yesterday", NOON - 30 - 43 * 3600 }, { "yesterday 19:00:30", NOON - 86400 },
		{ "todayT10:00Z", NOON - 30 }, { "yesterday 10:00Z", NOON - 86430 }, { "1969-12-31T23:59:59Z", -1 },
	};
	static const char *const bad[] = { "", "tomorrow", "yesterday10:00", "yesterdays", "today x", "2026", "2026-13-01", "2026-02-29",
					   "2026-04-31T10:00", "2026-11-28T25:00", "2026-11-28T10",
					   "10", "10:60", "10:00:00x", "-", "-1x", "@", "@x", "@-1", "2026-11-28T10:00:30ZZ",
					   "2026-11-28Tx", "Z" };
	int64_t us;

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		assert_int_equal(km_clock_parse(km_str_from(cases[i].text), NOON * SECOND, &us), 0);
		assert_int_equal(us, cases[i].seconds * SECOND);
	}
	for (size_t i = 0; i < UNIT_COUNT(bad); i++)
		assert_int_not_equal(km_clock_parse(km_str_from(bad[i]), NOON * SECOND, &us), 0);
	assert_int_equal(km_clock_parse(KM_STR("now"), 0, &us), 0);
	/* time() reads a clock that may be a tick behind */
	assert_in_range(us / SECOND, (int64_t)time(NULL) - 60, (int64_t)time(NULL) + 1);
}

static void texts(void **state)
{
	char buf[KM_CLOCK_SIZE];

	(void)state;
	assert_string_equal(km_clock_text(buf, NOON * SECOND), "2026-11-28T10:00:30Z");
	assert_string_equal(km_clock_text(buf, NOON * SECOND + 999999), "2026-11-28T10:00:30Z");
	assert_string_equal(km_clock_text(buf, 0), "1970-01-01T00:00:00Z");
	assert_string_equal(km_clock_text(buf, -1), "1969-12-31T23:59:59Z");
	assert_string_equal(km_clock_text(buf, INT64_MAX), "");
	assert_string_equal(km_clock_text(buf, INT64_MIN), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(durations),
		cmocka_unit_test(times),
		cmocka_unit_test(texts),
	};

	setenv("TZ", "JST-9", 1);
	tzset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
