// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "unit.h"
#include "report/view.h"
#include "row.h"

static struct row rows[] = {
	{ .name = KM_STR_INIT("b"), .count = 2, .size_bytes = 10 },
	{ .name = KM_STR_INIT("a"), .count = KM_UNKNOWN, .size_bytes = 10 },
	{ .name = KM_STR_INIT("d"), .count = 1, .size_bytes = 30 },
	{ .name = KM_STR_INIT("c"), .count = 3, .size_bytes = 10 },
};
static const struct km_sheet sheet = { &row_type, rows, UNIT_COUNT(rows), NULL };

/* The names of the view's rows in their order, "bad" where the view cannot be had. */
static const char *names(struct km_view_options options)
{
	static char text[16];
	struct km_pool pool = { 0 };
	struct km_view view;
	struct km_err err;
	char *end = text;

	if (km_view_init(&view, &pool, &sheet, &options, &err)) {
		km_pool_deinit(&pool);
		return "bad";
	}
	for (size_t i = 0; i < view.rows_len; i++)
		*end++ = *rows[view.rows[i]].name.ptr;
	*end = 0;
	km_pool_deinit(&pool);
	return text;
}

static struct km_view_options by(const char *sort)
{
	return (struct km_view_options){ .sort = sort, .top = KM_UNKNOWN };
}

static void sorting(void **state)
{
	(void)state;
	assert_string_equal(names(by(NULL)), "badc");
	assert_string_equal(names(by("name")), "abcd");
	assert_string_equal(names(by("name:desc")), "dcba");
	assert_string_equal(names(by("count:asc")), "dbca");
	/* numbers come largest first; unknown last both ways */
	assert_string_equal(names(by("count")), "cbda");
	/* stable: equal sizes keep the file's order */
	assert_string_equal(names(by("size_bytes")), "dbac");
	assert_string_equal(names(by("size_bytes:asc")), "bacd");
}

static void bad_sorting(void **state)
{
	(void)state;
	assert_string_equal(names(by("size")), "bad");
	assert_string_equal(names(by("")), "bad");
	assert_string_equal(names(by("count:up")), "bad");
	assert_string_equal(names(by("count:")), "bad");
	assert_string_equal(names(by("gap_bytes")), "bad");
}

static void top(void **state)
{
	(void)state;
	assert_string_equal(names((struct km_view_options){ .sort = "name", .top = 2 }), "ab");
	assert_string_equal(names((struct km_view_options){ .top = 0 }), "");
	assert_string_equal(names((struct km_view_options){ .top = 99 }), "badc");
}

/* The keys of the view's columns, or the hint of the error. */
static const char *keys(const char *columns, bool all)
{
	struct km_view_options options = { .columns = columns, .top = KM_UNKNOWN, .all_columns = all };
	static char text[sizeof(struct km_err) + 2];
	struct km_pool pool = { 0 };
	struct km_err err = { 0 };
	struct km_view view;

	*text = 0;
	if (km_view_init(&view, &pool, &sheet, &options, &err)) {
		snprintf(text, sizeof(text), "%s: %s", err.what, err.hint);
	} else {
		for (size_t i = 0; i < view.fields_len; i++)
			strcat(strcat(text, i ? "," : ""), view.fields[i]->key);
		assert_null(view.fields[view.fields_len]);
	}
	km_pool_deinit(&pool);
	return text;
}

static void columns(void **state)
{
	(void)state;
	assert_string_equal(keys(NULL, false), "name,count,size_bytes");
	assert_string_equal(keys("size_bytes,name", false), "size_bytes,name");
	assert_string_equal(keys("+flag", false), "name,count,size_bytes,flag");
	assert_string_equal(keys("+flag,+index", false), "name,count,size_bytes,flag,index");
	assert_string_equal(keys("name,name,+name", false), "name");
	assert_string_equal(keys(NULL, true),
			    "name,count,size_bytes,delta_bytes,used_ratio,index,flag,aliases,"
			    "list_bytes,counters,children");
}

static void bad_columns(void **state)
{
	(void)state;
	assert_string_equal(keys("size_byte", false),
			    "rows has no column 'size_byte': did you mean 'size_bytes'?");
	assert_string_equal(keys("name,", true), "name");
	assert_non_null(strstr(keys("name,,count", false), "has no column ''"));
	assert_non_null(strstr(keys("gap_bytes", false), "has no column 'gap_bytes'"));
	assert_non_null(strstr(keys("zzzzzzzz", false), "'kmeminfo fields rows' lists them"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sorting),
		cmocka_unit_test(bad_sorting),
		cmocka_unit_test(top),
		cmocka_unit_test(columns),
		cmocka_unit_test(bad_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
