// SPDX-License-Identifier: GPL-2.0-or-later
#include "unit.h"
#include "base/num.h"
#include "base/problem.h"

static void a_source(void **state)
{
	struct km_problems problems = { 0 };
	char path[] = "/proc/slabinfo";

	(void)state;
	km_problem_source(&problems, km_str_from(path), "run as root", "%s %d", "refused", 13);
	path[1] = 'X';
	assert_int_equal(problems.list.len, 1);
	assert_str(problems.list.items[0].source, "/proc/slabinfo");
	assert_str(problems.list.items[0].reason, "refused 13");
	assert_str(problems.list.items[0].hint, "run as root");
	assert_int_equal(problems.list.items[0].line, KM_UNKNOWN);
	km_problem_source(&problems, KM_STR("/proc/x"), NULL, "gone");
	assert_null(problems.list.items[1].hint.ptr);
	km_problems_deinit(&problems);
}

/* 20 lines of a source are listed and the others counted, even if other problems come in between. */
static void many_lines(void **state)
{
	struct km_problems problems = { 0 };
	uint64_t more[2] = { 0, 0 };
	const struct km_problem *problem;

	(void)state;
	for (uint64_t line = 1; line <= 1000; line++) {
		km_problem_line(&problems, KM_STR("/proc/a"), line, "bad");
		km_problem_line(&problems, KM_STR("/proc/b"), line, "bad");
	}
	assert_int_equal(problems.list.len, 40);
	km_array_each(problem, &problems.list)
		more[km_str_eq(problem->source, KM_STR("/proc/b"))] += problem->more;
	assert_int_equal(more[0], 980);
	assert_int_equal(more[1], 980);
	assert_int_equal(problems.list.items[39].line, 20);
	km_problems_deinit(&problems);
}

static void a_long_reason(void **state)
{
	struct km_problems problems = { 0 };

	(void)state;
	km_problem_line(&problems, KM_STR("s"), 1, "%0100000d", 1);
	assert_true(problems.list.items[0].reason.len < 1000);
	km_problems_deinit(&problems);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_source),
		cmocka_unit_test(many_lines),
		cmocka_unit_test(a_long_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
