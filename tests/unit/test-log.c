// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <sys/klog.h>
#include "source/log.h"
#include "unit.h"

/* The kernel's ring buffer, in place of libc's: what its calls return. */
static struct ring {
	int size, len, error;
	const char *text;
} ring;

int klogctl(int action, char *buf, int len)
{
	enum { READ_ALL = 3 };
	int result = action == READ_ALL ? ring.len : ring.size;

	if (action == READ_ALL && result > 0) {
		assert_true(result <= len);
		memcpy(buf, ring.text, (size_t)result);
	}
	if (result < 0)
		errno = ring.error;
	return result;
}

static void reads_the_ring(void **state)
{
	struct km_str piece;
	struct km_log *log;
	struct km_err err;

	(void)state;
	ring = (struct ring){ .size = 100, .len = 4, .text = "<4>a" };
	assert_int_equal(km_log_open(&log, NULL, &err), 0);
	assert_int_equal(km_log_next(log, &piece, &err), 0);
	assert_str(piece, "<4>a");
	assert_int_equal(km_log_next(log, &piece, &err), 0);
	assert_int_equal(piece.len, 0);
	km_log_close(log);
}

/* A buffer of no size was a success without a text. */
static void refuses_no_ring(void **state)
{
	const struct ring bad[] = {
		{ .size = 0 }, { .size = INT32_MAX }, { .size = -1, .error = EPERM },
		{ .size = 100, .len = -1, .error = EPERM },
	};
	struct km_log *log;

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(bad); i++) {
		struct km_err err = { 0 };

		ring = bad[i];
		errno = 0;
		assert_true(km_log_open(&log, NULL, &err) < 0);
		assert_true(*err.what);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(reads_the_ring), cmocka_unit_test(refuses_no_ring) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
