// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include "words/language.h"
#include "unit.h"

static const char *get(const char *name)
{
	return getenv(name);
}

static void follows_the_environment(void **state)
{
	static const struct {
		const char *language, *all, *messages, *lang;
		enum km_language expected;
	} cases[] = {
		{ NULL, NULL, NULL, NULL, KM_ENGLISH },
		{ NULL, NULL, NULL, "ja_JP.UTF-8", KM_JAPANESE },
		{ NULL, NULL, NULL, "ja_JP.utf8", KM_JAPANESE },
		{ NULL, NULL, NULL, "ja", KM_JAPANESE },
		{ NULL, NULL, NULL, "ja_JP.UTF-8@x", KM_JAPANESE },
		{ NULL, NULL, NULL, "jam_JM.UTF-8", KM_ENGLISH },
		{ NULL, NULL, NULL, "ja_JP.eucJP", KM_ENGLISH },
		{ NULL, "", "ja_JP.UTF-8", "de_DE.UTF-8", KM_JAPANESE },
		{ NULL, "C", "ja_JP.UTF-8", "ja_JP.UTF-8", KM_ENGLISH },
		{ NULL, "en_US.UTF-8", NULL, "ja_JP.UTF-8", KM_ENGLISH },
		{ "ja", NULL, NULL, "C", KM_ENGLISH },
		{ "ja", NULL, NULL, "POSIX", KM_ENGLISH },
		{ "de:ja:en", NULL, NULL, "de_DE.UTF-8", KM_JAPANESE },
		{ "en:ja", NULL, NULL, "ja_JP.UTF-8", KM_ENGLISH },
		{ "de", NULL, NULL, "ja_JP.UTF-8", KM_JAPANESE },
		{ "ja", NULL, NULL, "en_US.ISO-8859-1", KM_ENGLISH },
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		const char *const names[] = { "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" };
		const char *const values[] = { cases[i].language, cases[i].all, cases[i].messages, cases[i].lang };

		for (size_t j = 0; j < UNIT_COUNT(names); j++)
			if (values[j])
				setenv(names[j], values[j], 1);
			else
				unsetenv(names[j]);
		if (km_language_of(get) != cases[i].expected)
			fail_msg("case %zu", i);
	}
}

static void has_every_word(void **state)
{
	(void)state;
	for (unsigned int word = 0; word < KM_PHRASES; word++) {
		struct km_str english = km_phrase(KM_ENGLISH, (enum km_phrase)word);
		struct km_str japanese = km_phrase(KM_JAPANESE, (enum km_phrase)word);

		assert_true(english.len && japanese.len && !km_str_eq(english, japanese));
		assert_int_equal(km_str_find(english, KM_STR("{}")) < 0, km_str_find(japanese, KM_STR("{}")) < 0);
	}
	assert_str(km_phrase(KM_JAPANESE, KM_SAY_AVOID), "非推奨");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(follows_the_environment),
		cmocka_unit_test(has_every_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
