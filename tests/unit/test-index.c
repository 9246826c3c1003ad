// SPDX-License-Identifier: GPL-2.0-or-later
#include "unit.h"
#include "base/index.h"

static void first_appearance(void **state)
{
	struct km_index index = { 0 };

	(void)state;
	assert_int_equal(km_index_of(&index, 0, KM_STR("a")), 0);
	assert_int_equal(km_index_of(&index, 0, KM_STR("b")), 1);
	assert_int_equal(km_index_of(&index, 0, KM_STR("a")), 0);
	assert_int_equal(km_index_of(&index, 0, KM_STR("")), 2);
	assert_int_equal(km_index_of(&index, 0, (struct km_str){ 0 }), 2);
	assert_int_equal(index.keys.len, 3);
	assert_str(index.keys.items[1].text, "b");
	km_index_deinit(&index);
}

static void tag_and_text(void **state)
{
	struct km_index index = { 0 };

	(void)state;
	assert_int_equal(km_index_of(&index, 1, KM_STR("a")), 0);
	assert_int_equal(km_index_of(&index, 2, KM_STR("a")), 1);
	assert_int_equal(km_index_of(&index, 2, KM_STR("")), 2);
	assert_int_equal(km_index_of(&index, UINT64_MAX, KM_STR("")), 3);
	assert_int_equal(km_index_of(&index, 2, KM_STR("a")), 1);
	km_index_deinit(&index);
}

/* Growing keeps the numbers; keys that differ only in their last byte are different. */
static void many(void **state)
{
	enum { KEYS = 100000 };
	struct km_index index = { 0 };
	char (*texts)[16] = malloc(KEYS * sizeof(*texts));

	(void)state;
	assert_non_null(texts);
	for (size_t i = 0; i < KEYS; i++) {
		snprintf(texts[i], sizeof(texts[i]), "key%zu", i);
		assert_int_equal(km_index_of(&index, i % 3, km_str_from(texts[i])), i);
	}
	for (size_t i = 0; i < KEYS; i++)
		assert_int_equal(km_index_of(&index, i % 3, km_str_from(texts[i])), i);
	assert_int_equal(index.keys.len, KEYS);
	km_index_deinit(&index);
	assert_int_equal(km_index_of(&index, 0, KM_STR("anew")), 0);
	km_index_deinit(&index);
	free(texts);
}

/* Texts of each length are compared in words that overlap: each byte counts. */
static void each_byte(void **state)
{
	enum { LONGEST = 100 };
	char text[LONGEST];
	struct km_pool pool = { 0 };
	struct km_index index = { 0 };

	(void)state;
	memset(text, 'x', sizeof(text));
	for (size_t len = 1; len <= LONGEST; len++) {
		const struct km_str str = { text, len };
		const size_t first = index.keys.len;

		assert_int_equal(km_index_keep(&index, &pool, 0, str), first);
		for (size_t at = 0; at < len; at++) {
			text[at] = 'y';
			assert_int_equal(km_index_keep(&index, &pool, 0, str), first + 1 + at);
			assert_int_equal(km_index_find(&index, 0, str), first + 1 + at);
			text[at] = 'x';
		}
		assert_int_equal(km_index_find(&index, 0, str), first);
	}
	km_index_deinit(&index);
	km_pool_deinit(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_appearance),
		cmocka_unit_test(tag_and_text),
		cmocka_unit_test(many),
		cmocka_unit_test(each_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
