// SPDX-License-Identifier: GPL-2.0-or-later
/* Joining a memory cgroup and leaving it again, with plain files instead of cgroup.procs. */
#include <errno.h>
#include "source/membership.h"
#include "unit.h"

static char top[UNIT_PATH], group[UNIT_PATH + 16], own[UNIT_PATH + 16];

static int make_files(void **state)
{
	(void)state;
	if (unit_make_folder(top))
		return -1;
	unit_make_file(top, "group", "");
	unit_make_file(top, "own", "");
	snprintf(group, sizeof(group), "%s/group", top);
	snprintf(own, sizeof(own), "%s/own", top);
	return 0;
}

static int remove_files(void **state)
{
	(void)state;
	return unit_remove_folder(top);
}

static size_t size_of(const char *path)
{
	struct stat about;

	assert_int_equal(stat(path, &about), 0);
	return (size_t)about.st_size;
}

static volatile sig_atomic_t heard;

static void hear(int signal)
{
	(void)signal;
	heard++;
}

/* A signal that arrives inside is delivered after the return. */
static void goes_and_comes_back(void **state)
{
	struct km_membership membership;
	struct km_err err;

	(void)state;
	signal(SIGTERM, hear);
	assert_int_equal(km_membership_open(&membership, group, own, &err), 0);
	for (int turn = 1; turn < 3; turn++) {
		assert_int_equal(km_membership_join(&membership, &err), 0);
		assert_int_equal(size_of(group), 2);
		raise(SIGTERM);
		assert_int_equal(heard, turn - 1);
		assert_int_equal(km_membership_leave(&membership, &err), 0);
		assert_int_equal(size_of(own), 2);
		assert_int_equal(heard, turn);
	}
	km_membership_close(&membership);
	signal(SIGTERM, SIG_DFL);
}

static void cannot_go(void **state)
{
	struct km_membership membership;
	struct km_err err;

	(void)state;
	assert_int_equal(km_membership_open(&membership, "/nowhere/cgroup.procs", own, &err), -ENOENT);
	assert_non_null(strstr(err.what, "/nowhere/cgroup.procs"));
	/* the kernel refuses the group: this process stays in its group, and receives signals */
	assert_int_equal(km_membership_open(&membership, "/dev/full", own, &err), 0);
	assert_int_equal(km_membership_join(&membership, &err), -ENOSPC);
	assert_non_null(strstr(err.what, "cannot enter"));
	signal(SIGTERM, hear);
	heard = 0;
	raise(SIGTERM);
	assert_int_equal(heard, 1);
	signal(SIGTERM, SIG_DFL);
	km_membership_close(&membership);
}

static void cannot_come_back(void **state)
{
	struct km_membership membership;
	struct km_err err;

	(void)state;
	assert_int_equal(km_membership_open(&membership, group, "/dev/full", &err), 0);
	assert_int_equal(km_membership_join(&membership, &err), 0);
	assert_int_equal(km_membership_leave(&membership, &err), -ENOSPC);
	assert_non_null(strstr(err.what, "cannot leave"));
	km_membership_close(&membership);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(goes_and_comes_back), cmocka_unit_test(cannot_go), cmocka_unit_test(cannot_come_back),
	};

	return cmocka_run_group_tests(tests, make_files, remove_files);
}
