// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/threshold.h"
#include "base/num.h"
#include "parse/thresholds.h"
#include "unit.h"

/* The table of the plugins' guidelines: a range, and values on both sides. */
static const struct {
	const char *text;
	double quiet[3], alert[3];
} ranges[] = {
	{ "10", { 0, 5, 10 }, { -1, 10.5, 11 } },
	{ "10:", { 10, 11, 1e18 }, { 9.9999, 0, -5 } },
	{ "~:10", { -1e18, 0, 10 }, { 10.0001, 11, 1e18 } },
	{ "10:20", { 10, 15, 20 }, { 9, 21, -15 } },
	{ "@10:20", { 9, 21, -15 }, { 10, 15, 20 } },
	{ "~:", { -1e18, 0, 1e18 }, { KM_UNKNOWN_REAL, KM_UNKNOWN_REAL, KM_UNKNOWN_REAL } },
	{ "@~:100", { 100.5, 1000, 1e9 }, { 100, 0, -1 } },
	{ "-10:-5", { -10, -7.5, -5 }, { -11, -4, 5 } },
	{ "0.5", { 0, 0.25, 0.5 }, { 0.5001, -0.0001, 1 } },
};

static void judges_values(void **state)
{
	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(ranges); i++) {
		struct km_threshold range;

		assert_int_equal(km_threshold_parse(km_str_from(ranges[i].text), &range), 0);
		for (size_t j = 0; j < 3; j++) {
			if (km_threshold_alerts(&range, ranges[i].quiet[j]))
				fail_msg("%s alerts at %g", ranges[i].text, ranges[i].quiet[j]);
			if (!isnan(ranges[i].alert[j]) && !km_threshold_alerts(&range, ranges[i].alert[j]))
				fail_msg("%s is quiet at %g", ranges[i].text, ranges[i].alert[j]);
		}
		assert_false(km_threshold_alerts(&range, KM_UNKNOWN_REAL));
	}
}

static void refuses_others(void **state)
{
	static const char *const texts[] = {
		"", "@", ":", "@:", "x", "10:5", "5:~", "1:2:3", "~", "10%", "1e5", " 10", "10 ", "1,5", "--5", "1.2.3", ".",
		"-", "0x10", "inf", "nan", "10:x", "x:10", "11111111111111111111111111111111111111111111111",
	};
	struct km_threshold range;

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(texts); i++)
		if (km_threshold_parse(km_str_from(texts[i]), &range) != -EINVAL)
			fail_msg("takes '%s'", texts[i]);
}

static void prints_numbers(void **state)
{
	static const struct {
		double value;
		const char *text;
	} numbers[] = {
		{ 0, "0" }, { -0.0, "0" }, { 12.5, "12.5" }, { 100, "100" }, { 33.333333, "33.3333" }, { -1, "-1" },
		{ -0.5, "-0.5" }, { 0.00004, "0" }, { 0.00005, "0.0001" }, { 12.0001, "12.0001" },
		{ 17179869184.0, "17179869184" }, { 1099511627776.0, "1099511627776" },
		{ 18446744073709549568.0, "18446744073709549568" }, { KM_UNKNOWN_REAL, "U" },
	};
	char buf[KM_THRESHOLD_NUMBER_SIZE];

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(numbers); i++)
		assert_string_equal(km_threshold_number(buf, numbers[i].value, km_threshold_decimals(numbers[i].value)),
				    numbers[i].text);
}

/* There is no exponent, no zero at the end, and with the most decimals the exact number. */
static void prints_all_digits(void **state)
{
	char buf[KM_THRESHOLD_NUMBER_SIZE];

	(void)state;
	for (int i = -100000; i < 100000; i += 7) {
		const double value = (double)i / 7919;

		for (unsigned int decimals = km_threshold_decimals(value); decimals <= KM_THRESHOLD_DECIMALS_MAX; decimals++) {
			km_threshold_number(buf, value, decimals);
			assert_int_equal(strspn(buf, "-0123456789."), strlen(buf));
			assert_true(!strchr(buf, '.') || (buf[strlen(buf) - 1] != '0' && buf[strlen(buf) - 1] != '.'));
		}
		assert_true(fabs(strtod(buf, NULL) - value) < 1e-15);
	}
}

struct file {
	struct km_problems problems;
	struct km_thresholds thresholds;
};

static void read_text(struct file *file, const char *text)
{
	struct km_parse parse = { .source = KM_STR("check.conf"), .problems = &file->problems };

	*file = (struct file){ .thresholds = { { 0 } } };
	km_parse_thresholds(&parse, km_str_from(text), &file->thresholds);
}

static void file_deinit(struct file *file)
{
	km_problems_deinit(&file->problems);
	km_thresholds_deinit(&file->thresholds);
}

static void reads_a_file(void **state)
{
	struct file file;

	(void)state;
	read_text(&file, "# thresholds\n\n  slab-idle \twarning=5   critical=@10:20 # both\r\noom-kills off\n"
			 "swap-nearly-full critical=none");
	assert_int_equal(file.problems.list.len, 0);
	assert_int_equal(file.thresholds.list.len, 3);
	assert_str(file.thresholds.list.items[0].rule, "slab-idle");
	assert_str(file.thresholds.list.items[0].warning, "5");
	assert_str(file.thresholds.list.items[0].critical, "@10:20");
	assert_int_equal(file.thresholds.list.items[0].line, 3);
	assert_true(file.thresholds.list.items[1].off);
	assert_str(file.thresholds.list.items[2].critical, "none");
	assert_null(file.thresholds.list.items[2].warning.ptr);
	file_deinit(&file);
}

static void wrong_lines(void **state)
{
	static const char *const lines[] = {
		"slab-idle\n", "slab-idle 5\n", "slab-idle warning=\n", "slab-idle warning=x\n", "slab-idle warn=5\n",
		"slab-idle warning 5\n", "slab-idle warning=5 warning=6\n", "slab-idle off warning=5\n",
		"slab-idle warning = 5\n", "slab-idle OFF\n", "slab-idle critical=10:5\n", "[slab-idle]\n",
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(lines); i++) {
		struct file file;
		char text[128];

		snprintf(text, sizeof(text), "# first\n%sswap-nearly-full off\n", lines[i]);
		read_text(&file, text);
		if (file.problems.list.len != 1 || file.problems.list.items[0].line != 2 || file.thresholds.list.len != 1)
			fail_msg("%s: %zu problems, %zu lines", lines[i], file.problems.list.len, file.thresholds.list.len);
		file_deinit(&file);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(judges_values), cmocka_unit_test(refuses_others), cmocka_unit_test(prints_numbers),
		cmocka_unit_test(prints_all_digits), cmocka_unit_test(reads_a_file), cmocka_unit_test(wrong_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
