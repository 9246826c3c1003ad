// SPDX-License-Identifier: GPL-2.0-or-later
#include "unit.h"
#include "report/report.h"
#include "row.h"

static void find(void **state)
{
	(void)state;
	assert_ptr_equal(ROW_FIELD(size_bytes), &row_fields[2]);
	assert_null(km_field_find(&row_type, KM_STR("size")));
	assert_null(km_field_find(&row_type, KM_STR("")));
}

static void init_is_unknown(void **state)
{
	struct row row;

	(void)state;
	memset(&row, 0x55, sizeof(row));
	km_row_init(&row_type, &row);
	assert_null(row.name.ptr);
	assert_int_equal(row.count, KM_UNKNOWN);
	assert_int_equal(row.size_bytes, KM_UNKNOWN);
	assert_true(row.delta_bytes == KM_UNKNOWN_DELTA);
	assert_true(isnan(row.used_ratio));
	assert_true(isnan(row.index));
	assert_int_equal(row.flag, KM_TRI_UNKNOWN);
	assert_int_equal(row.aliases.len, 0);
	assert_int_equal(row.children.len, 0);
}

/* -1, 0, 1 of the comparison of one field. */
static int order(const struct km_field *field, const struct row *a, const struct row *b)
{
	int forth = km_field_compare(field, a, b), back = km_field_compare(field, b, a);

	assert_int_equal((forth > 0) - (forth < 0), (back < 0) - (back > 0));
	return (forth > 0) - (forth < 0);
}

static void compare_unknown_first(void **state)
{
	struct row known = { .name = KM_STR(""), .flag = KM_TRI_NO }, unknown;
	const struct km_field *field;

	(void)state;
	known.delta_bytes = INT64_MIN + 1;
	known.used_ratio = known.index = -1;
	km_row_init(&row_type, &unknown);
	km_field_each(field, &row_type) {
		assert_int_equal(order(field, &unknown, &unknown), 0);
		if (field->kind >= KM_COUNT && field->kind <= KM_TRI)
			assert_int_equal(order(field, &unknown, &known), -1);
	}
}

static void compare_values(void **state)
{
	struct km_str texts[2] = { KM_STR("x"), KM_STR("y") };
	struct row a = { .name = KM_STR("a"), .count = 1, .delta_bytes = -5, .used_ratio = 0.5 };
	struct row b = { .name = KM_STR("ab"), .count = UINT64_MAX - 1, .delta_bytes = 3,
			 .used_ratio = 0.75, .aliases = { texts, 2 } };

	(void)state;
	assert_int_equal(order(ROW_FIELD(name), &a, &b), -1);
	assert_int_equal(order(ROW_FIELD(count), &a, &b), -1);
	assert_int_equal(order(ROW_FIELD(delta_bytes), &a, &b), -1);
	assert_int_equal(order(ROW_FIELD(used_ratio), &a, &b), -1);
	assert_int_equal(order(ROW_FIELD(aliases), &a, &b), -1);
	assert_int_equal(order(ROW_FIELD(size_bytes), &a, &b), 0);
}

static void sums(void **state)
{
	struct row rows[] = { { .count = 1, .size_bytes = 10 }, { .count = 2, .size_bytes = 20 } };
	struct km_sheet sheet = { &row_type, rows, 2, NULL };
	struct row totals;

	(void)state;
	km_row_init(&row_type, &totals);
	km_sheet_sum(&sheet, &totals);
	assert_int_equal(totals.count, 3);
	assert_int_equal(totals.size_bytes, 30);
	assert_int_equal(totals.gap_bytes, KM_UNKNOWN);
	rows[1].size_bytes = KM_UNKNOWN;
	km_sheet_sum(&sheet, &totals);
	assert_int_equal(totals.count, 3);
	assert_int_equal(totals.size_bytes, KM_UNKNOWN);
	sheet.len = 0;
	km_row_init(&row_type, &totals);
	km_sheet_sum(&sheet, &totals);
	assert_int_equal(totals.size_bytes, KM_UNKNOWN);
}

/* A table has room for one (render/text.h struct km_print). */
static void one_bar(void **state)
{
	size_t found = 0;

	(void)state;
	for (size_t i = 0; km_reports[i]; i++) {
		const struct km_field *field;
		size_t count = 0;

		km_field_each(field, km_reports[i]->type)
			count += !!(field->flags & KM_BAR);
		assert_in_range(count, 0, 1);
		found += count;
	}
	assert_in_range(found, 3, SIZE_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(find),
		cmocka_unit_test(init_is_unknown),
		cmocka_unit_test(compare_unknown_first),
		cmocka_unit_test(compare_values),
		cmocka_unit_test(sums),
		cmocka_unit_test(one_bar),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
