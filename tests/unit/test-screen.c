// SPDX-License-Identifier: GPL-2.0-or-later
/* The contents of the full screen, without a terminal: filters, changes since a marked moment, delays, keys. */
#include "unit.h"
#include "model/slab.h"
#include "model/zone.h"
#include "screen/history.h"
#include "screen/keys.h"
#include "screen/baseline.h"
#include "screen/screen.h"

static struct km_slab cache(const char *name, uint64_t number, uint64_t bytes)
{
	struct km_slab row;

	km_row_init(&km_slab_type, &row);
	row.name = km_str_from(name);
	row.number = number;
	row.size_bytes = bytes;
	return row;
}

static struct km_sheet sheet_of(const struct km_slab *rows, size_t len)
{
	return (struct km_sheet){ .type = &km_slab_type, .rows = rows, .len = len };
}

static const struct km_field *size(void)
{
	return km_field_find(&km_slab_type, KM_STR("size_bytes"));
}

static void filters(void **state)
{
	struct km_slab row = cache("kmalloc-1k", 1, 0);
	struct km_str alias = KM_STR("ip6-frags");

	(void)state;
	row.aliases = (struct km_texts){ &alias, 1 };
	assert_true(km_table_matches(&km_slab_type, &row, ""));
	assert_true(km_table_matches(&km_slab_type, &row, "malloc"));
	assert_true(km_table_matches(&km_slab_type, &row, "KMALLOC"));
	assert_true(km_table_matches(&km_slab_type, &row, "kmalloc-*"));
	assert_true(km_table_matches(&km_slab_type, &row, "*1[kK]"));
	assert_true(km_table_matches(&km_slab_type, &row, "frags"));
	assert_true(km_table_matches(&km_slab_type, &row, "^KMALLOC-[0-9]+k$"));
	assert_true(km_table_matches(&km_slab_type, &row, "dentry|kmalloc"));
	assert_true(km_table_matches(&km_slab_type, &row, "k.*c"));
	assert_false(km_table_matches(&km_slab_type, &row, "^malloc"));
	assert_false(km_table_matches(&km_slab_type, &row, "(kmalloc"));
	assert_false(km_table_matches(&km_slab_type, &row, "malloc*"));
	assert_false(km_table_matches(&km_slab_type, &row, "dentry"));
	assert_false(km_table_matches(&km_slab_type, &row, "kmalloc-1kk"));
}

static double change_of(const struct km_baseline *mark, const struct km_sheet *sheet, size_t row, size_t boot)
{
	struct km_pool pool = { 0 };
	const struct km_comparison *comparison = km_baseline_compare(mark, &pool, sheet, 3000, boot);
	double change = KM_UNKNOWN_REAL;

	if (comparison)
		change = km_baseline_change(km_baseline_field(comparison, size()),
					km_baseline_row(comparison, sheet, km_sheet_row(sheet, row)));
	km_pool_deinit(&pool);
	return change;
}

/* Rows change places, appear and disappear; two have one name; one is another cache with the same name. */
static void changes(void **state)
{
	struct km_slab before[] = { cache("a", 1, 100), cache("b", 1, 200), cache("b", 2, 300), cache("gone", 1, 7),
				    cache("anew", 1, 10) };
	struct km_slab after[] = { cache("new", 1, 50), cache("b", 2, 100), cache("a", 1, 150), cache("b", 1, KM_UNKNOWN),
				   cache("anew", 1, 30) };
	struct km_sheet sheet = sheet_of(before, 5), now = sheet_of(after, 5);
	struct km_baseline mark = { .time = 0 };

	(void)state;
	before[4].object_bytes = 8;
	after[4].object_bytes = 16;
	assert_true(isnan(change_of(&mark, &now, 2, 0)));
	km_baseline_set(&mark, &sheet, 1000, 0);
	/* the mark is a copy */
	memset(before, 0, sizeof(before));
	assert_true(change_of(&mark, &now, 0, 0) == 50);
	assert_true(change_of(&mark, &now, 1, 0) == -200);
	assert_true(change_of(&mark, &now, 2, 0) == 50);
	assert_true(isnan(change_of(&mark, &now, 3, 0)));
	assert_true(change_of(&mark, &now, 4, 0) == 30);
	/* after a boot all caches are new: then the name decides */
	assert_true(change_of(&mark, &now, 4, 1) == 20);
	now.len = 0;
	assert_true(isnan(change_of(&mark, &now, 0, 0)));
	km_baseline_clear(&mark);
	now.len = 5;
	assert_true(isnan(change_of(&mark, &now, 2, 0)));
}

/* Moments that are in the history, and moments that are not. */
static void history_of_rows(void **state)
{
	struct km_slab before[] = { cache("a", 1, 100), cache("gone", 1, 7) }, after[] = { cache("a", 1, 150) };
	struct km_history *history = calloc(1, sizeof(*history));
	struct km_sheet sheet = sheet_of(before, 2);

	(void)state;
	km_history_init(history, &km_slab_type);
	km_history_add(history, &sheet, 1000);
	sheet = sheet_of(after, 1);
	km_history_add(history, &sheet, 3000);
	assert_true(isnan(km_history_value(history, km_history_moment(history, 1), km_history_id(history, &before[1]),
					   km_history_field(history, size()))));
	assert_int_equal(km_history_id(history, &(struct km_slab){ .name = KM_STR("never") }), SIZE_MAX);
	km_history_deinit(history);
	free(history);
}

/* The oldest moments are removed. */
static void many_moments(void **state)
{
	struct km_history *history = calloc(1, sizeof(*history));
	const size_t moments = KM_HISTORY_MOMENTS + 25;

	(void)state;
	km_history_init(history, &km_slab_type);
	for (size_t i = 0; i < moments; i++) {
		struct km_slab row = cache("a", 1, i);
		struct km_sheet sheet = sheet_of(&row, 1);

		km_history_add(history, &sheet, (int64_t)i);
	}
	assert_int_equal(history->len, KM_HISTORY_MOMENTS);
	for (size_t i = 0; i < history->len; i++) {
		const struct km_moment *moment = km_history_moment(history, i);

		assert_int_equal(moment->time, i + 25);
		assert_true(km_history_value(history, moment, 0, km_history_field(history, size())) == (double)(i + 25));
	}
	km_history_deinit(history);
	free(history);
}

static void delays(void **state)
{
	static const char *const bad[] = { "", "x", "0", "0.05", "-1", "1e3", "3601", "1.5.5", "99999999999999999999", "1 s" };
	static const struct {
		const char *text;
		uint64_t ms;
	} good[] = { { "1", 1000 }, { "0.1", 100 }, { ".5", 500 }, { "2.25", 2250 }, { "3600", 3600000 }, { " 2 ", 2000 } };
	uint64_t ms;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(km_screen_delay(bad[i], &ms));
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		assert_true(km_screen_delay(good[i].text, &ms));
		assert_int_equal(ms, good[i].ms);
	}
}

/* No key has two functions, and each is listed below a key that help shows. */
static void keys(void **state)
{
	(void)state;
	for (const struct km_key *a = km_keys(); !km_key_is_last(a); a++) {
		assert_true(a->shown || a != km_keys());
		for (size_t i = 0; i < KM_KEY_CODES && a->codes[i]; i++) {
			assert_non_null(a->act);
			for (const struct km_key *b = a; !km_key_is_last(b); b++)
				for (size_t j = b == a ? i + 1 : 0; j < KM_KEY_CODES && b->codes[j]; j++)
					assert_int_not_equal(a->codes[i], b->codes[j]);
		}
	}
}

/* Each tab has columns that its report has. */
static void tabs(void **state)
{
	(void)state;
	for (size_t i = 0; i < km_tab_count(); i++) {
		struct km_sheet none = { .type = km_tabs[i].report->type };
		const struct km_view_options options = { .usual = km_tabs[i].columns, .top = KM_UNKNOWN };
		struct km_pool pool = { 0 };
		struct km_view view;
		struct km_err err;

		assert_int_equal(km_view_init(&view, &pool, &none, &options, &err), 0);
		assert_int_equal(km_screen_tab(km_tabs[i].name), i);
		km_pool_deinit(&pool);
	}
	assert_int_equal(km_screen_tab("nothing"), SIZE_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(filters), cmocka_unit_test(changes),
		cmocka_unit_test(history_of_rows), cmocka_unit_test(many_moments),
		cmocka_unit_test(delays), cmocka_unit_test(keys), cmocka_unit_test(tabs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
