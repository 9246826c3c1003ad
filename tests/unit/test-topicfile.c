// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/topicfile.h"
#include "unit.h"

struct fixture {
	struct km_problems problems;
	struct km_topicfile file;
};

static void parse(struct fixture *fixture, struct km_str text)
{
	struct km_parse parse = { .source = KM_STR("t") };

	*fixture = (struct fixture){ 0 };
	parse.problems = &fixture->problems;
	km_parse_topicfile(&parse, text, &fixture->file);
}

static void deinit(struct fixture *fixture)
{
	km_topicfile_deinit(&fixture->file);
	km_problems_deinit(&fixture->problems);
}

static void assert_line(struct km_str *value, const char *expected)
{
	struct km_str line;

	assert_true(km_topicfile_take_line(value, &line));
	assert_str(line, expected);
}

static void reads(void **state)
{
	struct km_str value, line;
	struct fixture f;

	(void)state;
	parse(&f, KM_STR("# head\nGroup: allocator\nGives: a: b\n# within\n  c\r\n .\n d\nChanged:\n 5.1: x\n"
			 "Answer-kmalloc-128k: yes"));
	assert_int_equal(f.problems.list.len, 0);
	assert_int_equal(f.file.fields.len, 4);
	value = km_topicfile_value(&f.file, KM_STR("Gives"));
	assert_line(&value, "a: b");
	assert_line(&value, "c");
	assert_line(&value, "");
	assert_line(&value, "d");
	assert_false(km_topicfile_take_line(&value, &line));
	value = km_topicfile_value(&f.file, KM_STR("Changed"));
	assert_line(&value, "5.1: x");
	assert_false(km_topicfile_take_line(&value, &line));
	value = km_topicfile_value(&f.file, KM_STR("Answer-kmalloc-128k"));
	assert_line(&value, "yes");
	assert_null(km_topicfile_value(&f.file, KM_STR("Gone")).ptr);
	deinit(&f);
}

static void complains(void **state)
{
	static const char *const bad[] = { " early\nBrief: x\n", "Brief: x\n\nText: y\n", "Brief: x\nprose\n",
					   "Brief: x\nBrief: y\n", "Brief: x\n-a: y\n", ": y\nBrief: x\n" };
	struct km_str value;
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(bad); i++) {
		parse(&f, km_str_from(bad[i]));
		assert_int_equal(f.problems.list.len, 1);
		value = km_topicfile_value(&f.file, KM_STR("Brief"));
		assert_line(&value, "x");
		deinit(&f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads),
		cmocka_unit_test(complains),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
