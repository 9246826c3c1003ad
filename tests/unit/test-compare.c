// SPDX-License-Identifier: GPL-2.0-or-later
#include "unit.h"
#include "model/compare.h"

struct part {
	uint64_t order, blocks;
};

struct thing {
	struct km_str name;
	uint64_t number, size_bytes, events, object_bytes;
	double share_ratio;
	const struct km_word *state;
	enum km_tri bound;
	uint64_t bounded;
	struct km_rows parts;
};

static const struct km_word states[] = { { .key = "calm" }, { .key = "busy" }, { 0 } };
static const struct km_vocabulary state_vocabulary = {
	.name = "state", .brief = "state", .items = states, .item_size = sizeof(*states),
};

static const struct km_field part_fields[] = {
	{ KM_FIELD(struct part, order, KM_COUNT), .head = "ORDER", .flags = KM_ID, .brief = "" },
	{ KM_FIELD(struct part, blocks, KM_COUNT), .head = "BLOCKS", .flags = KM_SHOWN | KM_LEVEL, .brief = "" },
	{ 0 }
};

static const struct km_sheet_type part_type = {
	.name = "parts", .brief = "", .fields = part_fields, .row_size = sizeof(struct part),
	.spread_head = "order", .spread_cell = "blocks",
};

static const struct km_field thing_fields[] = {
	{ KM_FIELD(struct thing, name, KM_TEXT), .head = "NAME", .flags = KM_SHOWN | KM_ID, .brief = "" },
	{ KM_FIELD(struct thing, number, KM_COUNT), .head = "NR", .flags = KM_ID, .brief = "" },
	{ KM_FIELD(struct thing, share_ratio, KM_RATIO), .head = "SHARE", .flags = KM_SHOWN | KM_LEVEL, .brief = "" },
	{ KM_FIELD(struct thing, events, KM_COUNT), .head = "EVENTS", .flags = KM_SHOWN | KM_COUNTER | KM_SUMMED, .brief = "" },
	{ KM_FIELD(struct thing, size_bytes, KM_BYTES), .head = "SIZE", .flags = KM_SHOWN | KM_LEVEL | KM_SUMMED, .brief = "" },
	{ KM_FIELD(struct thing, object_bytes, KM_BYTES), .head = "OBJECT", .flags = KM_PROPERTY | KM_FIXED, .brief = "" },
	{ KM_FIELD(struct thing, state, KM_WORD), .head = "STATE", .words = &state_vocabulary, .flags = KM_SHOWN, .brief = "" },
	{ KM_FIELD(struct thing, bound, KM_TRI), .head = "BOUND", .brief = "" },
	{ KM_FIELD(struct thing, bounded, KM_COUNT), .head = "BOUNDED", .flags = KM_LEVEL, .brief = "",
	  .at_least = offsetof(struct thing, bound) },
	{ KM_FIELD(struct thing, parts, KM_ROWS), .head = "PARTS", .rows = &part_type, .flags = KM_SPREAD, .brief = "" },
	{ 0 }
};

static const struct km_sheet_type thing_type = {
	.name = "things", .brief = "", .fields = thing_fields, .row_size = sizeof(struct thing),
	.sort = "size_bytes:desc",
};

static struct km_pool pool;
static const struct km_interval second = { .seconds = 2, .one_boot = true };

static struct thing thing(const char *name, uint64_t size, uint64_t events)
{
	struct thing row;

	km_row_init(&thing_type, &row);
	row.name = km_str_from(name);
	row.number = 1;
	row.size_bytes = size;
	row.events = events;
	return row;
}

static struct km_sheet sheet_of(const struct thing *rows, size_t len)
{
	struct thing *totals = km_pool_alloc(&pool, 1, sizeof(*totals));
	struct km_sheet sheet = { &thing_type, rows, len, totals };

	km_row_init(&thing_type, totals);
	km_sheet_sum(&sheet, totals);
	return sheet;
}

static struct km_comparison compare_with(const struct thing *a, size_t a_len, const struct thing *b, size_t b_len,
					 struct km_compare_options options)
{
	struct km_sheet before = sheet_of(a, a_len), after = sheet_of(b, b_len);
	struct km_comparison ret;

	km_compare(&pool, km_comparison_type(&pool, &thing_type), &before, &after, &options, &ret);
	return ret;
}

static struct km_comparison compare(const struct thing *a, size_t a_len, const struct thing *b, size_t b_len)
{
	return compare_with(a, a_len, b, b_len,
			    (struct km_compare_options){ .interval = second, .before_whole = true, .after_whole = true });
}

static const struct km_field *field_of(const struct km_comparison *comparison, const char *key)
{
	const struct km_field *field = km_field_find(&comparison->type->type, km_str_from(key));

	if (!field)
		fail_msg("no field %s", key);
	return field;
}

static int64_t change(const struct km_comparison *comparison, const void *row, const char *key)
{
	return *(const int64_t *)km_field_at(field_of(comparison, key), row);
}

static double real(const struct km_comparison *comparison, const void *row, const char *key)
{
	return *(const double *)km_field_at(field_of(comparison, key), row);
}

static const char *what(const struct km_comparison *comparison, const void *row)
{
	return km_field_word(field_of(comparison, "change"), row)->key;
}

static const void *row_of(const struct km_comparison *comparison, const char *name)
{
	const struct km_field *field = field_of(comparison, "name");

	for (size_t i = 0; i < comparison->sheet.len; i++) {
		const void *row = km_sheet_row(&comparison->sheet, i);

		if (km_str_eq(*(const struct km_str *)km_field_at(field, row), km_str_from(name)))
			return row;
	}
	fail_msg("no row %s", name);
	return NULL;
}

static void rows_that_changed(void **state)
{
	const struct thing a[] = { thing("same", 10, 1), thing("grown", 10, 1), thing("gone", 7, 1) };
	const struct thing b[] = { thing("new", 5, 3), thing("grown", 30, 5), thing("same", 10, 1) };
	struct km_comparison got = compare(a, 3, b, 3);
	const void *row;

	(void)state;
	assert_int_equal(got.sheet.len, 3);
	assert_int_equal(got.same, 1);
	row = row_of(&got, "grown");
	assert_ptr_equal(row, km_sheet_row(&got.sheet, 0));
	assert_string_equal(what(&got, row), "changed");
	assert_int_equal(change(&got, row, "size_bytes_before"), 10);
	assert_int_equal(change(&got, row, "size_bytes_after"), 30);
	assert_int_equal(change(&got, row, "size_bytes_change"), 20);
	assert_true(real(&got, row, "size_bytes_per_second") == 10);
	assert_int_equal(change(&got, row, "events_change"), 4);
	assert_true(real(&got, row, "events_per_second") == 2);
	row = row_of(&got, "gone");
	assert_ptr_equal(row, km_sheet_row(&got.sheet, 1));
	assert_string_equal(what(&got, row), "gone");
	assert_int_equal(change(&got, row, "size_bytes_after"), KM_UNKNOWN);
	assert_int_equal(change(&got, row, "size_bytes_change"), -7);
	assert_true(change(&got, row, "events_change") == KM_UNKNOWN_DELTA);
	row = row_of(&got, "new");
	assert_string_equal(what(&got, row), "new");
	assert_int_equal(change(&got, row, "size_bytes_before"), KM_UNKNOWN);
	assert_int_equal(change(&got, row, "size_bytes_change"), 5);
	assert_int_equal(change(&got, got.sheet.totals, "size_bytes_change"), 20 - 7 + 5);
}

static void nothing_changed(void **state)
{
	const struct thing a[] = { thing("x", 10, 1), thing("y", 10, 1) };
	struct km_comparison got = compare(a, 2, a, 2);

	(void)state;
	assert_int_equal(got.sheet.len, 0);
	assert_int_equal(got.same, 2);
	assert_int_equal(change(&got, got.sheet.totals, "size_bytes_change"), 0);
}

/* Comparing in the other direction gives the opposite signs, for the time too, and the same rates. */
static void backwards(void **state)
{
	const struct thing a[] = { thing("grown", 10, 1), thing("gone", 7, 1) };
	const struct thing b[] = { thing("new", 5, 3), thing("grown", 30, 5) };
	struct km_compare_options options = { .interval = { .seconds = -2, .one_boot = true },
					      .before_whole = true, .after_whole = true };
	struct km_comparison there = compare(a, 2, b, 2), back = compare_with(b, 2, a, 2, options);
	static const char *const names[] = { "grown", "gone", "new" };

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(names); i++) {
		const void *x = row_of(&there, names[i]), *y = row_of(&back, names[i]);

		assert_int_equal(change(&there, x, "size_bytes_change"), -change(&back, y, "size_bytes_change"));
		assert_true(real(&there, x, "size_bytes_per_second") == real(&back, y, "size_bytes_per_second"));
	}
	assert_int_equal(change(&back, row_of(&back, "grown"), "events_change"), -4);
	assert_true(real(&back, row_of(&back, "grown"), "events_per_second") == 2);
}

static void counters_restart(void **state)
{
	const struct thing a[] = { thing("x", 10, 100) }, b[] = { thing("x", 12, 40) };
	struct km_comparison got = compare(a, 1, b, 1);
	const void *row = row_of(&got, "x");

	(void)state;
	assert_string_equal(what(&got, row), "restarted");
	assert_true(change(&got, row, "events_change") == KM_UNKNOWN_DELTA);
	assert_true(isnan(real(&got, row, "events_per_second")));
	assert_int_equal(change(&got, row, "events_after"), 40);
	assert_int_equal(change(&got, row, "size_bytes_change"), 2);
}

static void other_boots(void **state)
{
	const struct thing a[] = { thing("x", 10, 1) }, b[] = { thing("x", 30, 5) };
	struct km_comparison got = compare_with(a, 1, b, 1, (struct km_compare_options){ .interval = { .seconds = 5 } });
	const void *row = row_of(&got, "x");

	(void)state;
	assert_int_equal(change(&got, row, "size_bytes_change"), 20);
	assert_true(isnan(real(&got, row, "size_bytes_per_second")));
	assert_true(change(&got, row, "events_change") == KM_UNKNOWN_DELTA);
	assert_int_equal(change(&got, row, "events_after"), 5);
}

static void unknown_stays_unknown(void **state)
{
	const struct thing a[] = { thing("x", KM_UNKNOWN, 1), thing("y", KM_UNKNOWN, 1) };
	const struct thing b[] = { thing("x", 10, 2), thing("y", KM_UNKNOWN, 1), thing("z", 5, 5) };
	struct km_comparison got = compare_with(a, 2, b, 3, (struct km_compare_options){ .interval = second });
	const void *row = row_of(&got, "x");

	(void)state;
	assert_int_equal(got.sheet.len, 2);
	assert_true(change(&got, row, "size_bytes_change") == KM_UNKNOWN_DELTA);
	assert_true(isnan(real(&got, row, "size_bytes_per_second")));
	assert_int_equal(change(&got, row, "events_change"), 1);
	/* z may have existed without being read */
	assert_true(change(&got, row_of(&got, "z"), "size_bytes_change") == KM_UNKNOWN_DELTA);
}

/* A cache that was created again, and names that occur twice. */
static void things_made_anew(void **state)
{
	struct thing a[] = { thing("x", 10, 1), thing("twice", 1, 0), thing("twice", 2, 0) };
	struct thing b[] = { thing("x", 10, 1), thing("twice", 1, 0), thing("twice", 7, 0) };
	struct km_comparison got;

	(void)state;
	a[0].object_bytes = 64;
	b[0].object_bytes = 128;
	a[2].number = b[2].number = 2;
	got = compare(a, 3, b, 3);
	assert_int_equal(got.sheet.len, 3);
	assert_int_equal(change(&got, row_of(&got, "twice"), "size_bytes_change"), 5);
	assert_int_equal(change(&got, got.sheet.totals, "size_bytes_change"), 5);
	/* whether it is another cache is not known */
	b[0].object_bytes = KM_UNKNOWN;
	assert_int_equal(compare(a, 3, b, 3).sheet.len, 1);
	/* alike in all that names them: the first with the first */
	a[2].number = b[2].number = 1;
	got = compare(a, 3, b, 3);
	assert_int_equal(got.sheet.len, 1);
	assert_int_equal(change(&got, row_of(&got, "twice"), "size_bytes_change"), 5);
}

static void words_and_bounds(void **state)
{
	struct thing a[] = { thing("x", 10, 1), thing("y", 10, 1) }, b[] = { thing("x", 10, 1), thing("y", 10, 1) };
	struct km_comparison got;
	const void *row;

	(void)state;
	a[0].state = a[1].state = b[1].state = &states[0];
	b[0].state = &states[1];
	a[1].bounded = 5;
	a[1].bound = b[1].bound = KM_TRI_YES;
	b[1].bounded = 9;
	got = compare(a, 2, b, 2);
	assert_int_equal(got.sheet.len, 2);
	row = row_of(&got, "x");
	assert_string_equal(what(&got, row), "changed");
	assert_string_equal(km_field_word(field_of(&got, "state_before"), row)->key, "calm");
	assert_string_equal(km_field_word(field_of(&got, "state"), row)->key, "busy");
	row = row_of(&got, "y");
	assert_true(change(&got, row, "bounded_change") == KM_UNKNOWN_DELTA);
	assert_true(km_field_is_at_least(field_of(&got, "bounded_before"), row));
	assert_true(km_field_is_at_least(field_of(&got, "bounded_after"), row));
	assert_string_equal(km_comparison_columns(&pool, &got, &second),
			    "name,size_bytes_before,size_bytes_after,size_bytes_change,size_bytes_per_second,state_before,state");
}

static void rows_inside_rows(void **state)
{
	struct part parts_a[] = { { 0, 5 }, { 1, 5 } }, parts_b[] = { { 0, 5 }, { 1, 9 }, { 2, 1 } };
	struct thing a[] = { thing("x", 10, 1) }, b[] = { thing("x", 10, 1) };
	const struct km_comparison_type *inner;
	struct km_comparison got;
	const struct km_field *parts;
	const struct km_rows *rows;

	(void)state;
	a[0].parts = (struct km_rows){ parts_a, 2 };
	b[0].parts = (struct km_rows){ parts_a, 2 };
	assert_int_equal(compare(a, 1, b, 1).sheet.len, 0);
	b[0].parts = (struct km_rows){ parts_b, 3 };
	got = compare(a, 1, b, 1);
	assert_int_equal(got.sheet.len, 1);
	parts = field_of(&got, "parts");
	assert_string_equal(parts->rows->spread_cell, "blocks_change");
	inner = (const struct km_comparison_type *)parts->rows;
	rows = km_field_at(parts, km_sheet_row(&got.sheet, 0));
	assert_int_equal(rows->len, 3);
	for (size_t i = 0; i < 3; i++) {
		const char *row = (const char *)rows->items + i * inner->type.row_size;
		static const int64_t changes[] = { 0, 4, 1 };

		assert_int_equal(*(const int64_t *)km_field_at(km_field_find(&inner->type, KM_STR("blocks_change")), row),
				 changes[i]);
	}
}

static void columns_of_keys(void **state)
{
	const struct km_comparison_type *type = km_comparison_type(&pool, &thing_type);

	(void)state;
	assert_null(km_comparison_expand(&pool, type, NULL));
	assert_string_equal(km_comparison_expand(&pool, type, "name,object_bytes"),
			    "name,object_bytes_before,object_bytes_after");
	assert_string_equal(km_comparison_expand(&pool, type, "+events,size_bytes_change"),
			    "+events_before,+events_after,+events_change,+events_per_second,size_bytes_change");
	assert_string_equal(km_comparison_expand(&pool, type, "nonsense"), "nonsense");
	assert_string_equal(km_comparison_expand(&pool, type, "state"), "state_before,state");
}

static void order(void **state)
{
	const struct thing a[] = { thing("a", 10, 1), thing("b", 10, 1), thing("c", 10, 1), thing("d", KM_UNKNOWN, 1) };
	const struct thing b[] = { thing("a", 11, 90), thing("b", 2, 1), thing("c", 10, 3), thing("d", 1, 2) };
	struct km_compare_options options = { .interval = second, .by = "events" };
	struct km_comparison got = compare(a, 4, b, 4);

	(void)state;
	assert_ptr_equal(row_of(&got, "b"), km_sheet_row(&got.sheet, 0));
	assert_ptr_equal(row_of(&got, "d"), km_sheet_row(&got.sheet, 3));
	got = compare_with(a, 4, b, 4, options);
	assert_ptr_equal(row_of(&got, "a"), km_sheet_row(&got.sheet, 0));
	assert_ptr_equal(row_of(&got, "c"), km_sheet_row(&got.sheet, 1));
	options.all = options.in_order = true;
	got = compare_with(a, 4, b, 4, options);
	assert_ptr_equal(row_of(&got, "d"), km_sheet_row(&got.sheet, 3));
}

static int teardown(void **state)
{
	(void)state;
	km_pool_deinit(&pool);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_that_changed),
		cmocka_unit_test(nothing_changed),
		cmocka_unit_test(backwards),
		cmocka_unit_test(counters_restart),
		cmocka_unit_test(other_boots),
		cmocka_unit_test(unknown_stays_unknown),
		cmocka_unit_test(things_made_anew),
		cmocka_unit_test(words_and_bounds),
		cmocka_unit_test(rows_inside_rows),
		cmocka_unit_test(columns_of_keys),
		cmocka_unit_test(order),
	};

	return cmocka_run_group_tests(tests, NULL, teardown);
}
