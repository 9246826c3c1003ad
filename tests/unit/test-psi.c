// SPDX-License-Identifier: GPL-2.0-or-later
/* /proc/pressure/memory. */
#include "unit.h"
#include "model/pressure.h"

struct parsed {
	struct km_problems problems;
	struct km_psi psi;
};

static void parsed_deinit(struct parsed *parsed)
{
	km_problems_deinit(&parsed->problems);
	km_psi_deinit(&parsed->psi);
}

static struct parsed parse(const char *text)
{
	struct parsed parsed = { 0 };
	struct km_parse parse = { .source = KM_STR("text"), .problems = &parsed.problems };

	km_parse_psi(&parse, km_str_from(text), &parsed.psi);
	return parsed;
}

static void both_lines(void **state)
{
	struct parsed parsed = parse("some avg10=97.20 avg60=51.07 avg300=100.00 total=46921533\n"
				     "full avg10=88.41 avg60=0.00 avg300=12.70 total=18446744073709551614\n");
	const struct km_psi_entry *entries = parsed.psi.entries.items;

	(void)state;
	assert_int_equal(parsed.problems.list.len, 0);
	assert_int_equal(parsed.psi.entries.len, 2);
	assert_true(km_str_eq(entries[0].kind, KM_STR("some")));
	assert_int_equal(entries[0].avg10, 9720);
	assert_int_equal(entries[0].avg60, 5107);
	assert_int_equal(entries[0].avg300, 10000);
	assert_int_equal(entries[0].total, 46921533);
	assert_int_equal(entries[1].avg60, 0);
	assert_int_equal(entries[1].total, UINT64_MAX - 1);
	parsed_deinit(&parsed);
}

/* A key of a later kernel is ignored; an invalid line is a problem. */
static void odd_lines(void **state)
{
	static const char *const odd[] = {
		"some avg10=1.5 avg60=0.00", "some avg10=1.500 avg60=0.00", "some avg10=100.01 avg60=0.00",
		"some avg10=-1.00 avg60=0.00", "some avg10=1,50 avg60=0.00", "some avg10= avg60=0.00",
		"some avg10 avg60=0.00", "some avg10=99999999999999999999.00 avg60=0.00",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++) {
		struct parsed parsed = parse(odd[i]);

		assert_int_equal(parsed.problems.list.len, 1);
		assert_int_equal(parsed.psi.entries.len, 0);
		parsed_deinit(&parsed);
	}
}

static void no_lines(void **state)
{
	struct parsed parsed = parse("\nsome nothing\navg10=1.00 avg60=2.00\n");

	(void)state;
	assert_int_equal(parsed.psi.entries.len, 0);
	assert_true(parsed.problems.list.len == 2);
	parsed_deinit(&parsed);
}

static void rows(void **state)
{
	struct parsed parsed = parse("some avg10=97.20 avg60=0.01 total=46921533 new=7\nmost avg10=0.00\n");
	struct km_pool pool = { 0 };
	struct km_sheet sheet = km_pressure_derive(&pool, &parsed.psi);
	const struct km_pressure *row = km_sheet_row(&sheet, 0);

	(void)state;
	assert_int_equal(parsed.problems.list.len, 0);
	assert_int_equal(sheet.len, 2);
	assert_string_equal(row->stalled->key, "some");
	assert_true(fabs(row->avg10_ratio - 0.972) < 1e-9);
	assert_true(fabs(row->avg60_ratio - 0.0001) < 1e-9);
	assert_true(isnan(row->avg300_ratio));
	assert_int_equal(row->stall_us, 46921533);
	row = km_sheet_row(&sheet, 1);
	assert_string_equal(row->stalled->key, "most");
	assert_int_equal(row->stall_us, KM_UNKNOWN);
	assert_int_equal(km_pressure_derive(&pool, NULL).len, 0);
	parsed_deinit(&parsed);
	km_pool_deinit(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_lines),
		cmocka_unit_test(odd_lines),
		cmocka_unit_test(no_lines),
		cmocka_unit_test(rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
