// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/clean.h"
#include "unit.h"

#define ODD "\xef\xbf\xbd"

static void clean(void **state)
{
	static const struct {
		struct km_str text;
		const char *clean;
	} cases[] = {
		{ KM_STR_INIT("plain"), "plain" },
		{ KM_STR_INIT(""), "" },
		{ KM_STR_INIT("gr\xc3\xbc\xc3\x9f"), "gr\xc3\xbc\xc3\x9f" },
		{ KM_STR_INIT("\xe2\x82\xac \xf0\x9f\x90\xa7"), "\xe2\x82\xac \xf0\x9f\x90\xa7" },
		{ KM_STR_INIT("a\x1b[31m\0\x7f"), "a" ODD "[31m" ODD ODD },
		{ KM_STR_INIT("\xff\xfe"), ODD ODD },
		{ KM_STR_INIT("\xc3"), ODD },                     /* ends too early */
		{ KM_STR_INIT("\xe2\x82"), ODD ODD },
		{ KM_STR_INIT("\xc0\xaf"), ODD ODD },             /* overlong */
		{ KM_STR_INIT("\xe0\x80\xaf"), ODD ODD ODD },
		{ KM_STR_INIT("\xed\xa0\x80"), ODD ODD ODD },     /* surrogate */
		{ KM_STR_INIT("\xf4\x90\x80\x80"), ODD ODD ODD ODD }, /* past U+10FFFF */
		{ KM_STR_INIT("\xf5\x80\x80\x80"), ODD ODD ODD ODD },
		{ KM_STR_INIT("\xc3(x"), ODD "(x" },
		{ KM_STR_INIT("\xc2\x85\xc2\x9b"), ODD ODD },     /* C1 controls: CSI as one character */
	};
	struct km_pool pool = { 0 };

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		struct km_str text = km_text_clean(&pool, cases[i].text);

		if (!km_str_eq(text, km_str_from(cases[i].clean)))
			fail_msg("case %zu: \"%.*s\" is not \"%s\"", i, KM_STR_ARG(text), cases[i].clean);
	}
	km_pool_deinit(&pool);
}

/* A tab goes, because nobody knows its columns. */
static void lines(void **state)
{
	struct km_pool pool = { 0 };

	(void)state;
	assert_str(km_text_clean_lines(&pool, KM_STR("a\n\nb\n")), "a\n\nb\n");
	assert_str(km_text_clean_lines(&pool, KM_STR("a\r\n\xff\tb\xe2\x80\xae\n")), "a" ODD "\n" ODD ODD "b" ODD "\n");
	km_pool_deinit(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clean),
		cmocka_unit_test(lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
