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

/* The names of the view's rows in their order, "bad" if the view cannot be made. */
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
	/* equal sizes by name, or by count; keys in any case */
	assert_string_equal(names(by("size_bytes,name")), "dabc");
	assert_string_equal(names(by("SIZE_BYTES:ASC,count:asc")), "bcad");
	assert_string_equal(names(by("size_bytes,name:desc")), "dcba");
}

static void bad_sorting(void **state)
{
	(void)state;
	assert_string_equal(names(by("sise")), "bad");
	assert_string_equal(names(by("size_bytes,sise")), "bad");
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
			    "name,count,size_bytes,delta_bytes,used_ratio,index,change,points,rate,byte_rate,seconds,flag,aliases,"
			    "list_bytes,counters,children");
}

static void bad_columns(void **state)
{
	(void)state;
	assert_string_equal(keys("size_byte", false),
			    "rows has no column 'size_byte': did you mean 'size_bytes'?");
	assert_string_equal(keys("name,", true), "name");
	assert_non_null(strstr(keys("name,,count", false), "the name of a column is missing"));
	assert_non_null(strstr(keys("gap_bytes", false), "has no column 'gap_bytes'"));
	assert_non_null(strstr(keys("zzzzzzzz", false), "'kmeminfo fields rows' lists them"));
}

/* Every number kind, at its limits, in both directions: neighbours are in the order of km_field_compare(). */
static void sorted_numbers(void **state)
{
	static const char *const sorts[] = { "count", "count:asc", "size_bytes:desc", "delta_bytes",
					     "delta_bytes:asc", "used_ratio", "index:asc", "index:desc" };
	static const uint64_t edges[] = { 0, 1, 255, 256, 1ULL << 32, INT64_MAX, 1ULL << 63,
					  UINT64_MAX - 1, KM_UNKNOWN };
	static const double reals[] = { 0.0, -0.0, 1.0, -1.0, 0.5, -0.001, NAN, 1e300, -1e-300 };
	static struct row many[2000];
	const struct km_sheet all = { &row_type, many, UNIT_COUNT(many), NULL };
	unsigned int chance = 1;

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(many); i++) {
		uint64_t number = edges[(chance = chance * 1103515245 + 12345) >> 16 & 7];

		km_row_init(&row_type, &many[i]);
		many[i].count = i % 7 ? number : edges[i % UNIT_COUNT(edges)];
		many[i].size_bytes = chance;
		many[i].delta_bytes = i % 5 ? (int64_t)chance - INT32_MAX : (int64_t)edges[i / 5 % UNIT_COUNT(edges)];
		many[i].used_ratio = reals[chance >> 8 & 7];
		many[i].index = reals[i % UNIT_COUNT(reals)];
	}
	for (size_t i = 0; i < UNIT_COUNT(sorts); i++) {
		const bool ascending = strstr(sorts[i], ":asc");
		const struct km_view_options options = { .sort = sorts[i], .top = KM_UNKNOWN };
		struct km_pool pool = { 0 };
		struct km_view view;

		assert_int_equal(km_view_init(&view, &pool, &all, &options, NULL), 0);
		for (size_t j = 1; j < view.rows_len; j++) {
			const struct row *a = &many[view.rows[j - 1]], *b = &many[view.rows[j]];
			int order = km_field_compare(view.sort, a, b);
			struct row none;

			km_row_init(&row_type, &none);
			if (!km_field_compare(view.sort, b, &none))
				continue; /* unknown: last */
			assert_true(km_field_compare(view.sort, a, &none));
			assert_true(ascending ? order <= 0 : order >= 0);
			assert_true(order || view.rows[j - 1] < view.rows[j]);
		}
		km_pool_deinit(&pool);
	}
}

static bool same_pairs(const struct km_pairs *a, const struct km_pairs *b)
{
	for (size_t i = 0; i < a->len && i < b->len; i++)
		if (!km_str_eq(a->items[i].name, b->items[i].name) || a->items[i].value != b->items[i].value)
			return false;
	return a->len == b->len;
}

/* Every field that a row shows; NAN is not equal to itself. */
static bool same_row(const struct row *a, const struct row *b)
{
	for (size_t i = 0; i < a->aliases.len && i < b->aliases.len; i++)
		if (!km_str_eq(a->aliases.items[i], b->aliases.items[i]))
			return false;
	for (size_t i = 0; i < a->list_bytes.len && i < b->list_bytes.len; i++)
		if (a->list_bytes.items[i] != b->list_bytes.items[i])
			return false;
	return km_str_eq(a->name, b->name) && !a->name.ptr == !b->name.ptr && a->count == b->count &&
	       a->delta_bytes == b->delta_bytes && a->flag == b->flag &&
	       !memcmp(&a->used_ratio, &b->used_ratio, sizeof(a->used_ratio)) &&
	       a->aliases.len == b->aliases.len && a->list_bytes.len == b->list_bytes.len &&
	       same_pairs(&a->counters, &b->counters);
}

/* Rows that are taken one at a time are the rows of the sheet, in the same order and with the same values. */
static void streamed(void **state)
{
	static const char *const sorts[] = { NULL, "count", "count:asc", "name", "name:desc", "delta_bytes",
					     "used_ratio:asc", "aliases" };
	static const uint64_t tops[] = { 0, 1, 2, 17, 999, 1000, 1001, KM_UNKNOWN };
	static const uint64_t numbers[] = { 0, 1, 127, 128, 16383, 16384, 1ULL << 63, UINT64_MAX - 1, KM_UNKNOWN };
	static struct km_str names[] = { KM_STR_INIT("a"), KM_STR_INIT(""), { NULL, 0 }, KM_STR_INIT("b\0b"),
					 KM_STR_INIT("\xff") };
	static struct km_pair pairs[] = { { KM_STR_INIT("N0"), 7 }, { KM_STR_INIT(""), KM_UNKNOWN } };
	static struct row many[1000];
	const struct km_sheet all = { &row_type, many, UNIT_COUNT(many), NULL }, none = { &row_type, NULL, 0, NULL };
	unsigned int chance = 3;

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(many); i++) {
		chance = chance * 1103515245 + 12345;
		km_row_init(&row_type, &many[i]);
		many[i].name = names[chance >> 16 & 3];
		many[i].count = numbers[(chance >> 8) % UNIT_COUNT(numbers)];
		many[i].delta_bytes = i % 9 ? (int64_t)chance - INT32_MAX : KM_UNKNOWN_DELTA;
		many[i].used_ratio = i % 7 ? (double)(chance % 100) / 100 : NAN;
		many[i].flag = (enum km_tri)(i % 3);
		many[i].aliases = (struct km_texts){ names, i % 6 };
		many[i].list_bytes = (struct km_numbers){ (uint64_t *)numbers, i % 10 };
		many[i].counters = (struct km_pairs){ pairs, i % 3 };
	}
	for (size_t i = 0; i < UNIT_COUNT(sorts) * UNIT_COUNT(tops); i++) {
		const struct km_view_options options = {
			.sort = sorts[i / UNIT_COUNT(tops)], .top = tops[i % UNIT_COUNT(tops)],
			.columns = "name,count,delta_bytes,used_ratio,flag,aliases,list_bytes,counters",
		};
		struct km_view view, stream;
		struct km_pool pool = { 0 };

		assert_int_equal(km_view_init(&view, &pool, &all, &options, NULL), 0);
		assert_int_equal(km_view_begin(&stream, &pool, &none, &options, NULL), 0);
		for (size_t j = 0; j < UNIT_COUNT(many); j++) {
			struct row row = many[j]; /* gone by the next one */

			km_view_take(&stream, &row);
			memset(&row, 0xff, sizeof(row));
		}
		km_view_end(&stream);
		assert_int_equal(stream.rows_len, view.rows_len);
		for (size_t j = 0; j < view.rows_len; j++)
			if (!same_row(km_view_row(&stream, j), km_view_row(&view, j)))
				fail_msg("sort %s, top %llu: row %zu", options.sort ? options.sort : "-",
					 (unsigned long long)options.top, j);
		km_view_deinit(&stream);
		km_pool_deinit(&pool);
	}
}

/* Rows inside rows are not packed; without rows there is nothing. */
static void not_streamed(void **state)
{
	const struct km_sheet none = { &row_type, NULL, 0, NULL };
	struct km_view_options options = { .columns = "name,children", .top = KM_UNKNOWN };
	struct km_pool pool = { 0 };
	struct km_view view;

	(void)state;
	assert_int_equal(km_view_begin(&view, &pool, &none, &options, NULL), -ENOTSUP);
	options.columns = "nome";
	assert_int_equal(km_view_begin(&view, &pool, &none, &options, NULL), -EINVAL);
	km_view_deinit(&view);
	options.columns = "name";
	assert_int_equal(km_view_begin(&view, &pool, &none, &options, NULL), 0);
	km_view_end(&view);
	assert_int_equal(view.rows_len, 0);
	km_view_deinit(&view);
	km_pool_deinit(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sorting),
		cmocka_unit_test(bad_sorting),
		cmocka_unit_test(sorted_numbers),
		cmocka_unit_test(streamed),
		cmocka_unit_test(not_streamed),
		cmocka_unit_test(top),
		cmocka_unit_test(columns),
		cmocka_unit_test(bad_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
