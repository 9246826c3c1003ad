// SPDX-License-Identifier: GPL-2.0-or-later
#include "words/say.h"
#include "unit.h"

static void says_english_first(void **state)
{
	(void)state;
	assert_string_equal(km_say("There is no swap."), "There is no swap.");
	assert_string_equal(km_say_gap(), " ");
}

static void translates(void **state)
{
	struct km_pool pool = { 0 };
	struct km_text text = { 0 };

	(void)state;
	km_say_language(KM_JAPANESE);
	assert_true(km_say_count(KM_JAPANESE) > 10);
	assert_string_equal(km_say("There is no swap."), "スワップは無い。");
	assert_string_equal(km_say("A sentence that nothing says."), "A sentence that nothing says.");
	assert_null(km_say(NULL));
	assert_string_equal(km_say(""), "");
	assert_string_equal(km_say_gap(), "");
	/* the order of the figures is the language's */
	assert_str(km_say_printf(&pool, "%s of %s swap is free.", "1 MiB", "2 MiB"), "スワップ 2 MiB のうち 1 MiB が空いている。");
	km_say_add(&text, "order %s", "4");
	assert_str(km_text_str(&text), "オーダー 4");
	km_text_deinit(&text);
	km_say_language(KM_ENGLISH);
	assert_str(km_say_in(KM_JAPANESE, KM_STR("There is no swap.")), "スワップは無い。");
	assert_string_equal(km_say("There is no swap."), "There is no swap.");
	km_pool_deinit(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_english_first),
		cmocka_unit_test(translates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
