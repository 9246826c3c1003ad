// SPDX-License-Identifier: GPL-2.0-or-later
/* Processes, by command; and this program itself, as libproc2 reports it. */
#include "unit.h"
#include <errno.h>
#include <unistd.h>
#include "model/command-usage.h"
#include "source/processes.h"

static void add(struct km_processes *processes, const char *command, uint64_t threads, uint64_t resident,
		uint64_t anonymous, uint64_t shared)
{
	*km_array_push(&processes->list) = (struct km_process){
		.command = km_str_from(command),
		.threads = threads,
		.resident_bytes = resident,
		.anonymous_bytes = anonymous,
		.shared_bytes = shared,
	};
}

static void by_command(void **state)
{
	struct km_processes processes = { 0 };
	const struct km_command_usage *rows, *totals;
	struct km_pool pool = { 0 };
	struct km_sheet sheet;

	(void)state;
	add(&processes, "a", 1, 100, 60, 10);
	add(&processes, "b", 2, 50, 50, 0);
	add(&processes, "a", 3, 10, 1, 2);
	add(&processes, "kthreadd", 1, 0, 0, 0);
	/* counters of two moments: mapped file pages are not negative */
	add(&processes, "c", 1, 5, 4, 4);
	sheet = km_command_usage_derive(&pool, &processes);
	rows = sheet.rows;
	totals = sheet.totals;
	assert_int_equal(sheet.len, 4);
	assert_str(rows[0].command, "a");
	assert_int_equal(rows[0].processes, 2);
	assert_int_equal(rows[0].threads, 4);
	assert_int_equal(rows[0].resident_bytes, 110);
	assert_int_equal(rows[0].anonymous_bytes, 61);
	assert_int_equal(rows[0].shared_bytes, 12);
	assert_int_equal(rows[0].file_bytes, 37);
	assert_int_equal(rows[3].file_bytes, 0);
	assert_int_equal(totals->processes, 5);
	assert_int_equal(totals->threads, 8);
	assert_int_equal(totals->anonymous_bytes, 115);
	km_pool_deinit(&pool);
	km_processes_deinit(&processes);
}

static void of_a_capture(void **state)
{
	struct km_pool pool = { 0 };
	struct km_sheet sheet = km_command_usage_derive(&pool, NULL);

	(void)state;
	assert_int_equal(sheet.len, 0);
	assert_null(sheet.totals);
	km_pool_deinit(&pool);
}

static void this_program(void **state)
{
	struct km_processes processes = { 0 };
	const struct km_process *process;
	size_t mine = 0;
	struct km_err err;
	int r = km_processes_read(&processes, &err);

	(void)state;
	if (r == -ENOTSUP || r == -ELIBACC)
		skip();
	assert_int_equal(r, 0);
	km_array_each(process, &processes.list) {
		if (!km_str_eq(process->command, KM_STR("test-command-us") /* the kernel keeps 15 bytes */))
			continue;
		mine++;
		assert_true(process->threads >= 1);
		assert_true(process->resident_bytes >= process->anonymous_bytes);
		assert_true(process->anonymous_bytes >= (uint64_t)sysconf(_SC_PAGESIZE));
	}
	assert_true(mine >= 1);
	km_processes_deinit(&processes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_command),
		cmocka_unit_test(of_a_capture),
		cmocka_unit_test(this_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
