// SPDX-License-Identifier: GPL-2.0-or-later
/* Whether two readings are of one boot, and a sheet with the changes since the previous reading. */
#include "unit.h"
#include "model/account.h"
#include "model/extend.h"
#include "model/interval.h"
#include "model/pressure.h"

static struct km_pool pool;

static struct km_host host(const char *boot_id, const char *release, const char *time, uint64_t uptime_ms)
{
	struct km_host row;

	km_row_init(&km_host_type, &row);
	row.boot_id = km_str_from(boot_id);
	row.release = km_str_from(release);
	row.time = km_str_from(time);
	row.uptime_ms = uptime_ms;
	return row;
}

static void relations(void **state)
{
	const struct {
		struct km_host before, after;
		enum km_relation_id relation;
		double seconds; /* NAN: unknown */
	} cases[] = {
		{ host("a", "1", NULL, 1000), host("a", "1", NULL, 3500), KM_RELATION_SAME_BOOT, 2.5 },
		{ host("a", "1", NULL, 3500), host("a", "1", NULL, 1000), KM_RELATION_SAME_BOOT, -2.5 },
		{ host("a", "1", NULL, 1000), host("b", "1", NULL, 3500), KM_RELATION_OTHER_BOOT, NAN },
		{ host("a", "1", "2026-01-01T00:00:00Z", KM_UNKNOWN), host("a", "1", "2026-01-01T01:00:00Z", KM_UNKNOWN),
		  KM_RELATION_SAME_BOOT, 3600 },
		{ host(NULL, "1", NULL, 1), host(NULL, "2", NULL, 2), KM_RELATION_OTHER_BOOT, NAN },
		{ host(NULL, "1", NULL, 1), host(NULL, "1", NULL, 2), KM_RELATION_UNKNOWN, NAN },
		{ host(NULL, "1", "2026-01-01T00:00:00Z", 50000), host("a", "1", "2026-01-01T00:01:00Z", 108000),
		  KM_RELATION_SAME_BOOT, 58 },
		{ host(NULL, "1", "2026-01-01T00:00:00Z", 50000), host(NULL, "1", "2026-01-01T01:00:00Z", 110000),
		  KM_RELATION_UNKNOWN, 3600 },
		{ host(NULL, "1", "2026-01-01T00:00:00Z", 50000), host(NULL, "1", "2026-01-01T01:00:00Z", 20000),
		  KM_RELATION_OTHER_BOOT, 3600 },
		{ host(NULL, "1", "2026-01-01T01:00:00Z", 20000), host(NULL, "1", "2026-01-01T00:00:00Z", 50000),
		  KM_RELATION_OTHER_BOOT, -3600 },
		{ host(NULL, "1", "yesterday", 20000), host(NULL, "1", "2026-13-01", 50000), KM_RELATION_UNKNOWN, NAN },
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		struct km_readings got = km_readings_relate(&cases[i].before, &cases[i].after);
		bool same = isnan(got.seconds) ? isnan(cases[i].seconds) : got.seconds == cases[i].seconds;

		if (got.relation != &km_relation_words[cases[i].relation] || !same)
			fail_msg("%zu: %s %g", i, got.relation->key, got.seconds);
		assert_int_equal(km_readings_interval(&got).one_boot, cases[i].relation == KM_RELATION_SAME_BOOT);
	}
}

static void machines(void **state)
{
	struct km_host a = host("a", "1", NULL, 1), b = host("a", "1", NULL, 2);

	(void)state;
	a.machine = KM_STR("x86_64");
	b.machine = KM_STR("aarch64");
	assert_ptr_equal(km_readings_relate(&a, &b).relation, &km_relation_words[KM_RELATION_OTHER_MACHINE]);
	a = host(NULL, "1", NULL, 1);
	b = host(NULL, "1", NULL, 2);
	a.page_bytes = 4096;
	b.page_bytes = 65536;
	assert_ptr_equal(km_readings_relate(&a, &b).relation, &km_relation_words[KM_RELATION_OTHER_BOOT]);
}

static int64_t number(const struct km_sheet *sheet, const void *row, const char *key)
{
	return *(const int64_t *)km_field_at(km_field_find(sheet->type, km_str_from(key)), row);
}

static struct km_account part(const char *key, uint64_t bytes)
{
	struct km_account row;
	struct km_word *word = km_pool_alloc(&pool, 1, sizeof(*word));

	km_row_init(&km_account_type, &row);
	word->key = key;
	row.key = word;
	row.bytes = bytes;
	return row;
}

/* The parts of a tree have changes too, at any position. */
static void trees_are_extended(void **state)
{
	struct km_account parts_a[] = { part("x", 4), part("y", 6) }, a = part("all", 10);
	struct km_account parts_b[] = { part("y", 9), part("z", 2), part("x", 4) }, b = part("all", 15);
	const struct km_comparison_type *type = km_comparison_type(&pool, &km_account_type);
	const struct km_extension *extension = km_extension_type(&pool, type);
	const struct km_compare_options options = { .all = true, .in_order = true, .before_whole = true, .after_whole = true };
	struct km_sheet before = { &km_account_type, &a, 1, NULL }, after = { &km_account_type, &b, 1, NULL }, got;
	struct km_comparison comparison;
	const struct km_rows *parts;
	static const int64_t changes[] = { 3, 2, 0 };

	(void)state;
	a.children = (struct km_rows){ parts_a, 2 };
	b.children = (struct km_rows){ parts_b, 3 };
	km_compare(&pool, type, &before, &after, &options, &comparison);
	got = km_extend(&pool, extension, &after, &comparison);
	assert_int_equal(got.len, 1);
	assert_int_equal(number(&got, got.rows, "bytes"), 15);
	assert_int_equal(number(&got, got.rows, "bytes_change"), 5);
	parts = km_field_at(km_field_find(got.type, KM_STR("children")), got.rows);
	assert_int_equal(parts->len, 3);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(number(&got, (const char *)parts->items + i * got.type->row_size, "bytes_change"), changes[i]);
	/* the first reading */
	got = km_extend(&pool, extension, &after, NULL);
	assert_true(number(&got, got.rows, "bytes_change") == KM_UNKNOWN_DELTA);
	assert_int_equal(number(&got, got.rows, "bytes"), 15);
}

static void columns(void **state)
{
	const struct km_extension *extension =
		km_extension_type(&pool, km_comparison_type(&pool, &km_pressure_type));

	(void)state;
	assert_string_equal(km_extension_columns(&pool, extension, "stalled,+stall_us", NULL),
			    "stalled,+stall_us,+stall_us_per_second");
	assert_string_equal(km_extension_columns(&pool, extension, NULL, "avg10_ratio"),
			    "stalled,avg10_ratio,avg10_ratio_change,avg60_ratio,avg300_ratio,stall_us,stall_us_per_second");
	assert_string_equal(km_extension_columns(&pool, extension, "nonsense", NULL), "nonsense");
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
		cmocka_unit_test(relations),
		cmocka_unit_test(machines),
		cmocka_unit_test(trees_are_extended),
		cmocka_unit_test(columns),
	};

	return cmocka_run_group_tests(tests, NULL, teardown);
}
