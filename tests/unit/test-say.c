// SPDX-License-Identifier: GPL-2.0-or-later
#include "words/message.h"
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

static struct km_str message(struct km_pool *pool, const char *english)
{
	return km_say_message(pool, km_str_from(english));
}

/* Errors are made in English, by code that knows no language. */
static void translates_errors(void **state)
{
	struct km_pool pool = { 0 };

	(void)state;
	assert_str(message(&pool, "/proc/slabinfo: Permission denied"), "/proc/slabinfo: Permission denied");
	km_say_language(KM_JAPANESE);
	assert_str(message(&pool, "/proc/slabinfo: Permission denied"), "/proc/slabinfo: アクセスが許可されていない");
	assert_str(message(&pool, "no cache is called 'x'"), "'x' というキャッシュは無い");
	/* names are never translated: "slab" alone is a word of the catalogue */
	assert_str(message(&pool, "kmeminfo: slab has no column 'swap'"), "kmeminfo: slab に 'swap' という列は無い");
	/* messages in messages, beside and in each other, and an option in front */
	assert_str(message(&pool, "slab has no column 'x'; 'kmeminfo fields slab' lists them"),
		   "slab に 'x' という列は無い; 'kmeminfo fields slab' が一覧する");
	assert_str(message(&pool, "the value has to be yes or no"), "値は yes か no でなければならない");
	assert_str(message(&pool, "--node means nothing without --watch"), "--node は --watch が無ければ意味が無い");
	/* the order, and a plural that Japanese lacks */
	assert_str(message(&pool, "a.db begins later than 10:00, at 11:00"), "a.db は 10:00 より後の 11:00 に始まる");
	assert_str(message(&pool, "event 3: the log has 2 failure reports"), "イベント 3：ログにある失敗の報告は 2 件である");
	assert_str(message(&pool, "did you mean 'kmalloc-*'? A pattern in quotes selects all names that begin like this"),
		   "'kmalloc-*' のことか。引用符に入れたパターンは、そう始まるものをすべて選ぶ");
	assert_str(message(&pool, "A message that nothing says: x"), "A message that nothing says: x");
	assert_str(message(&pool, ""), "");
	assert_str(message(&pool, "%s: %n %% 100%"), "%s: %n %% 100%");
	km_say_language(KM_ENGLISH);
	km_pool_deinit(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_english_first),
		cmocka_unit_test(translates),
		cmocka_unit_test(translates_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
