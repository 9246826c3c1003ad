// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>
#include "data/builtin.h"
#include "parse/gfptable.h"
#include "parse/kconfig.h"
#include "parse/version.h"
#include "unit.h"

struct fixture {
	struct km_problems problems;
	struct km_gfptable table;
};

static void parse(struct fixture *fixture, struct km_str text)
{
	struct km_parse parse = { .source = KM_STR("t") };

	*fixture = (struct fixture){ 0 };
	parse.problems = &fixture->problems;
	km_parse_gfptable(&parse, text, &fixture->table);
}

static void deinit(struct fixture *fixture)
{
	km_gfptable_deinit(&fixture->table);
	km_problems_deinit(&fixture->problems);
}

static void reads(void **state)
{
	struct fixture f;

	(void)state;
	parse(&f, KM_STR("# head\nkernels 6.10 7.2\r\n\nbit A 0x1\nbit B next\nbit C next CONFIG_C\n"
			 "combination AB A|B\ncombination notA AB|~A\nprint AB A\nprint B"));
	assert_int_equal(f.problems.list.len, 0);
	assert_int_equal(f.table.first, KM_RELEASE(6, 10));
	assert_int_equal(f.table.last, KM_RELEASE(7, 2));
	assert_int_equal(f.table.bits.len, 3);
	assert_int_equal(f.table.bits.items[0].value, 1);
	assert_null(f.table.bits.items[0].config.ptr);
	assert_int_equal(f.table.bits.items[1].value, KM_UNKNOWN);
	assert_str(f.table.bits.items[2].config, "CONFIG_C");
	assert_int_equal(f.table.combinations.len, 2);
	assert_str(f.table.combinations.items[1].flags, "AB|~A");
	assert_int_equal(f.table.print.len, 3);
	assert_str(f.table.print.items[2], "B");
	deinit(&f);
}

static void reads_vendors(void **state)
{
	static const struct {
		const char *release;
		bool is;
	} releases[] = {
		{ "3.10.0-1160.el7.x86_64", true }, { "3.10.0-1160.71.1.el7_9", true }, { "3.10.0-123.el7", true },
		{ "3.10.108-1.el7.elrepo.x86_64", false }, { "3.10.0-957.el7uek.x86_64", false }, { "3.10.01-1.el7", false },
		{ "4.18.0-1.el7", false }, { "3.10.0-327.el70.x86_64", false }, { "", false },
	};
	struct fixture f;

	(void)state;
	parse(&f, KM_STR("kernels 3.10 3.10\nvendor el7 3.10.0 .el7\nbuilds 1 1160\nbit A 0x1\nbit W 0x10\n"
			 "combination X A|!W\nbecame OLD -\n"));
	assert_int_equal(f.problems.list.len, 0);
	assert_str(f.table.vendor, "el7");
	assert_int_equal(f.table.first_build, 1);
	assert_int_equal(f.table.last_build, 1160);
	assert_str(f.table.became.items[0].today, "-");
	for (size_t i = 0; i < UNIT_COUNT(releases); i++)
		if (km_gfptable_is_of_vendor(&f.table, km_str_from(releases[i].release)) != releases[i].is)
			fail_msg("%s", releases[i].release);
	deinit(&f);
	parse(&f, KM_STR("kernels 5.10 5.10\nbit A 0x1\n"));
	assert_false(km_gfptable_is_of_vendor(&f.table, KM_STR("5.10")));
	deinit(&f);
	parse(&f, KM_STR("vendor android * -android\n"));
	assert_true(km_gfptable_is_of_vendor(&f.table, KM_STR("6.6.30-android15-8-g1234")));
	assert_false(km_gfptable_is_of_vendor(&f.table, KM_STR("6.6.30")));
	deinit(&f);
}

static void complains(void **state)
{
	static const char *const bad[] = {
		"kernels 6.10\n", "kernels 6.10 six\n", "kernels 6.10 6.9\n", "bit\n", "bit A\n", "bit A 1\n",
		"bit A 0x3\n", "bit A 0x0\n", "bit A 0x100000000\n", "bit A 0x1 LOCKDEP\n", "bit A 0x1 CONFIG_A b\n",
		"bit A 0x1\nbit A 0x2\n", "combination AB A|B\n", "bit A 0x1\ncombination A A\n",
		"bit A 0x1\ncombination B A|\n" /* an empty name */, "print A\n", "flag A 0x1\n",
		"vendor el7 3.10.0\n", "builds 2 1\n", "builds 2\n", "became A\n", "combination A !B\n",
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(bad); i++) {
		struct fixture f;

		parse(&f, km_str_from(bad[i]));
		if (f.problems.list.len != 1)
			fail_msg("%zu problems in %s", f.problems.list.len, bad[i]);
		deinit(&f);
	}
}

static void assert_one_table(uint64_t release)
{
	unsigned int tables = 0;

	for (const struct km_builtin *item = km_builtin_gfp; item->name; item++) {
		struct fixture f;

		parse(&f, km_str_from(item->text));
		tables += !f.table.vendor.ptr && f.table.first <= release && f.table.last >= release &&
			  f.table.first != KM_UNKNOWN;
		deinit(&f);
	}
	if (tables != 1)
		fail_msg("%u tables have release 0x%" PRIx64, tables, release);
}

/* Each of the releases from 2.6.32 to 7.2 is in one table and no more. */
static void covers_every_release(void **state)
{
	static const struct { unsigned int major, first, last; } series[] = {
		{ 3, 0, 19 }, { 4, 0, 20 }, { 5, 0, 19 }, { 6, 0, 19 }, { 7, 0, 2 },
	};

	(void)state;
	for (unsigned int third = 32; third <= 39; third++)
		assert_one_table(KM_RELEASE_2_6(third));
	for (size_t s = 0; s < UNIT_COUNT(series); s++)
		for (unsigned int minor = series[s].first; minor <= series[s].last; minor++)
			assert_one_table(KM_RELEASE(series[s].major, minor));
}

/* Every built-in file is read without a problem, and a file of mainline is named after its first release. */
static void builtin_files(void **state)
{
	(void)state;
	for (const struct km_builtin *item = km_builtin_gfp; item->name; item++) {
		struct fixture f;

		parse(&f, km_str_from(item->text));
		if (f.problems.list.len)
			fail_msg("%s: line %" PRIu64, item->name, f.problems.list.items[0].line);
		assert_true(f.table.vendor.ptr || f.table.became.len || f.table.bits.len);
		if (f.table.bits.len && !f.table.vendor.ptr)
			assert_int_equal(km_parse_release(km_str_from(item->name)), f.table.first);
		deinit(&f);
	}
}

static void kconfig(void **state)
{
	const struct km_str text = KM_STR("#\n# Linux\n# CONFIG_A is not set\nCONFIG_B=y\nCONFIG_BB=m\n");

	(void)state;
	assert_str(km_parse_kconfig(text, KM_STR("CONFIG_A")), "n");
	assert_str(km_parse_kconfig(text, KM_STR("CONFIG_B")), "y");
	assert_str(km_parse_kconfig(text, KM_STR("CONFIG_BB")), "m");
	assert_str(km_parse_kconfig(text, KM_STR("CONFIG_C")), "n");
	assert_null(km_parse_kconfig(KM_STR("x=y\n"), KM_STR("CONFIG_C")).ptr);
	assert_null(km_parse_kconfig(KM_STR(""), KM_STR("CONFIG_C")).ptr);
}

static void releases(void **state)
{
	(void)state;
	assert_int_equal(km_parse_release(KM_STR("6.12.107+deb13-amd64")), KM_RELEASE(6, 12));
	assert_int_equal(km_parse_release(KM_STR("v4.4")), KM_RELEASE(4, 4));
	assert_int_equal(km_parse_release(KM_STR("6.1-rc8")), KM_RELEASE(6, 1));
	assert_true(KM_RELEASE(6, 2) < KM_RELEASE(6, 10));
	assert_int_equal(km_parse_release(KM_STR("2.6.32-754.el6.x86_64")), KM_RELEASE_2_6(32));
	assert_int_equal(km_parse_release(KM_STR("2.6.9")), KM_RELEASE_2_6(9));
	assert_int_equal(km_parse_release(KM_STR("2.6")), KM_RELEASE_2_6(0));
	assert_int_equal(km_parse_release(KM_STR("2.6.300")), KM_RELEASE_2_6(0));
	assert_true(KM_RELEASE(2, 5) < KM_RELEASE_2_6(9) && KM_RELEASE_2_6(39) < KM_RELEASE(3, 0));
	assert_int_equal(km_parse_build(KM_STR("2.6.32-754.3.5.el6.x86_64")), 754);
	assert_int_equal(km_parse_build(KM_STR("2.6.32.59-0.7-default")), 0);
	assert_int_equal(km_parse_build(KM_STR("6.12.107+deb13-amd64")), KM_UNKNOWN);
	assert_int_equal(km_parse_build(KM_STR("6.12")), KM_UNKNOWN);
	assert_int_equal(km_parse_release(KM_STR("6")), KM_UNKNOWN);
	assert_int_equal(km_parse_release(KM_STR("6.x")), KM_UNKNOWN);
	assert_int_equal(km_parse_release(KM_STR("70000.1")), KM_UNKNOWN);
	assert_int_equal(km_parse_release(KM_STR("")), KM_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads), cmocka_unit_test(reads_vendors), cmocka_unit_test(complains),
		cmocka_unit_test(covers_every_release), cmocka_unit_test(builtin_files),
		cmocka_unit_test(kconfig), cmocka_unit_test(releases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
