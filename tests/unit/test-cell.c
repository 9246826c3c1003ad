// SPDX-License-Identifier: GPL-2.0-or-later
#include "unit.h"
#include "report/document.h"
#include "row.h"

static void unknown(void **state)
{
	struct km_pool pool = { 0 };
	const struct km_field *field;
	struct row row;

	(void)state;
	km_row_init(&row_type, &row);
	km_field_each(field, &row_type)
		if (field->kind != KM_ROWS) {
			assert_str(km_cell_text(&pool, field, &row, false), "-");
			assert_str(km_cell_text(&pool, field, &row, true), "-");
		}
	km_pool_deinit(&pool);
}

static void every_kind(void **state)
{
	struct km_str texts[2] = { KM_STR("x"), KM_STR("") };
	uint64_t sizes[2] = { 4096, KM_UNKNOWN };
	struct km_pair pairs[2] = { { KM_STR("nr_free"), 7 }, { KM_STR("odd name"), KM_UNKNOWN } };
	const struct row row = {
		.name = KM_STR("a name"), .count = UINT64_MAX - 1, .size_bytes = 1536,
		.delta_bytes = -2048, .used_ratio = 0.5, .index = -0.0625, .flag = KM_TRI_NO,
		.change = 12, .points = 0.0125, .rate = -0.5, .byte_rate = 2048, .seconds = 90,
		.aliases = { texts, 2 }, .list_bytes = { sizes, 2 }, .counters = { pairs, 2 },
	};
	static const struct {
		const char *key, *text, *exact;
	} cases[] = {
		{ "name", "a name", "a name" },
		{ "count", "18446744073709551614", "18446744073709551614" },
		{ "size_bytes", "1.50 KiB", "1536" },
		{ "delta_bytes", "-2.00 KiB", "-2048" },
		{ "used_ratio", "50.0%", "50.0%" },
		{ "index", "-0.063", "-0.063" },
		{ "change", "+12", "+12" },
		{ "points", "+1.3%", "+1.3%" },
		{ "rate", "-0.5", "-0.5" },
		{ "byte_rate", "+2.00 KiB", "+2048" },
		{ "seconds", "1 min 30 s", "90" },
		{ "flag", "no", "no" },
		{ "aliases", "x,", "x," },
		{ "list_bytes", "4.00 KiB,-", "4096,-" },
		{ "counters", "nr_free=7,odd name=-", "nr_free=7,odd name=-" },
		{ "children", "0", "0" },
	};
	struct km_pool pool = { 0 };

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		const struct km_field *field = km_field_find(&row_type, km_str_from(cases[i].key));

		assert_str(km_cell_text(&pool, field, &row, false), cases[i].text);
		assert_str(km_cell_text(&pool, field, &row, true), cases[i].exact);
	}
	km_pool_deinit(&pool);
}

static void indices(void **state)
{
	static const struct {
		double value;
		const char *text;
	} cases[] = {
		{ 0, "0.000" }, { 1, "1.000" }, { -1, "-1.000" }, { 0.0005, "0.001" },
		{ -0.0001, "0.000" }, { 0.997, "0.997" }, { -0.999, "-0.999" },
	};
	struct km_pool pool = { 0 };

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		struct row row = { .index = cases[i].value };

		assert_str(km_cell_text(&pool, ROW_FIELD(index), &row, false), cases[i].text);
	}
	km_pool_deinit(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unknown),
		cmocka_unit_test(every_kind),
		cmocka_unit_test(indices),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
