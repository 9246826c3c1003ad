// SPDX-License-Identifier: GPL-2.0-or-later
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

static void complains(void **state)
{
	static const char *const bad[] = {
		"kernels 6.10\n", "kernels 6.10 six\n", "kernels 6.10 6.9\n", "bit\n", "bit A\n", "bit A 1\n",
		"bit A 0x3\n", "bit A 0x0\n", "bit A 0x100000000\n", "bit A 0x1 LOCKDEP\n", "bit A 0x1 CONFIG_A b\n",
		"bit A 0x1\nbit A 0x2\n", "combination AB A|B\n", "bit A 0x1\ncombination A A\n",
		"bit A 0x1\ncombination B A|\n" /* an empty name */, "print A\n", "flag A 0x1\n",
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

/* Each of the releases from 4.4 to 7.2 is in one table and no more. */
static void covers_every_release(void **state)
{
	static const struct { unsigned int major, first, last; } series[] = {
		{ 4, 4, 20 }, { 5, 0, 19 }, { 6, 0, 19 }, { 7, 0, 2 },
	};

	(void)state;
	for (size_t s = 0; s < UNIT_COUNT(series); s++)
		for (unsigned int minor = series[s].first; minor <= series[s].last; minor++) {
			unsigned int tables = 0;

			for (const struct km_builtin *item = km_builtin_gfp; item->name; item++) {
				struct fixture f;

				parse(&f, km_str_from(item->text));
				assert_int_equal(f.problems.list.len, 0);
				assert_int_not_equal(f.table.bits.len, 0);
				assert_int_equal(km_parse_release(km_str_from(item->name)), f.table.first);
				tables += f.table.first <= KM_RELEASE(series[s].major, minor) &&
					  f.table.last >= KM_RELEASE(series[s].major, minor);
				deinit(&f);
			}
			if (tables != 1)
				fail_msg("%u tables have %u.%u", tables, series[s].major, minor);
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
	assert_int_equal(km_parse_release(KM_STR("6")), KM_UNKNOWN);
	assert_int_equal(km_parse_release(KM_STR("6.x")), KM_UNKNOWN);
	assert_int_equal(km_parse_release(KM_STR("70000.1")), KM_UNKNOWN);
	assert_int_equal(km_parse_release(KM_STR("")), KM_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads), cmocka_unit_test(complains), cmocka_unit_test(covers_every_release),
		cmocka_unit_test(kconfig), cmocka_unit_test(releases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
