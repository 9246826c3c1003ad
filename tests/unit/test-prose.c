// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include "base/utf8.h"
#include "base/prose.h"
#include "unit.h"

#define ODD "\xef\xbf\xbd"

static void assert_folds(const char *label, const char *text, size_t indent, size_t width,
			 const char *expected)
{
	struct km_text folded = { 0 };

	if (label)
		km_prose_labelled(&folded, km_str_from(label), km_str_from(text), indent, width);
	else
		km_prose_fold(&folded, km_str_from(text), indent, width);
	assert_str(km_text_str(&folded), expected);
	km_text_deinit(&folded);
}

static void english(void **state)
{
	(void)state;
	assert_folds(NULL, "", 4, 20, "");
	assert_folds(NULL, "  \t ", 0, 20, "");
	assert_folds(NULL, "one two  three", 2, 9, "  one two\n  three\n");
	assert_folds(NULL, "one two", 0, 6, "one\ntwo\n");
	assert_folds(NULL, "toolongforit two", 0, 6, "toolongforit\ntwo\n");
	assert_folds("  Is", "one two three", 6, 13, "  Is  one two\n      three\n");
	assert_folds("  Longer", "one two", 6, 13, "  Longer one\n      two\n");
	assert_folds("  Is", "", 6, 13, "  Is\n");
}

/* Eight columns are four characters. A punctuation mark that ends a clause never begins a line. */
static void japanese(void **state)
{
	(void)state;
	assert_folds(NULL, "物理的に連続する", 0, 8, "物理的に\n連続する\n");
	assert_folds(NULL, "物理的に、連続", 0, 8, "物理的\nに、連続\n");
	assert_folds(NULL, "物理的「連続」だ", 0, 8, "物理的\n「連続」\nだ\n");
	assert_folds(NULL, "はkmallocの", 0, 9, "はkmalloc\nの\n");
	assert_folds(NULL, "は kmalloc() の", 0, 9, "は\nkmalloc()\nの\n");
	assert_folds(NULL, "は(a)。", 0, 6, "は\n(a)。\n");
	assert_folds(NULL, "は 4 MiB（約） まで、 次", 0, 80, "は 4 MiB（約）まで、次\n");
	assert_folds("得る", "物理連続", 6, 10, "得る  物理\n      連続\n");
}

static void odd_bytes(void **state)
{
	uint32_t c;

	(void)state;
	assert_folds(NULL, "a\xff\xe3\x81 b", 0, 80, "a" ODD ODD ODD " b\n");
	assert_folds(NULL, "\xe3\x81\xe3\x81\x82\xff", 0, 3, ODD ODD "\n\xe3\x81\x82" ODD "\n");
	assert_int_equal(km_str_columns(KM_STR("\xe3\x81\x82\xe3")), 3);
	assert_int_equal(km_str_last_char(KM_STR("a\xe3\x81\x82")), 0x3042);
	assert_int_equal(km_str_last_char(KM_STR("a\xe3\x81")), KM_CHAR_ODD);
	assert_int_equal(km_str_last_char(KM_STR("")), KM_CHAR_ODD);
	assert_int_equal(km_str_last_char(KM_STR("ab")), 'b');
	assert_int_equal(km_str_last_char(KM_STR("\xf0\xa0\x80\x8b")), 0x2000b);
	assert_false(km_str_take_char(&(struct km_str){ "", 0 }, &c));
	assert_int_equal(km_char_columns(0x3099), 0);
	for (c = 0; c < 0x110000; c++)
		assert_true(km_char_is_plain(c) || km_char_columns(c) == km_char_columns(KM_CHAR_ODD));
}

/* What is printed has the columns that were counted. */
static void stranger(void **state)
{
	(void)state;
	assert_folds(NULL, "a\x1b[31m\x7f b", 0, 80, "a" ODD "[31m" ODD " b\n");
	assert_folds(NULL, "a\tb\nc\rd", 0, 80, "a b" ODD "c" ODD "d\n");
	assert_folds(NULL, "a\xe2\x80\xae" "b \xc2\x9b" "c", 0, 80, "a" ODD "b " ODD "c\n");
	assert_folds(NULL, "a\xe2\x80\x8b\xe2\x80\x8b b", 0, 4, "a" ODD ODD "\nb\n");
	assert_folds("\xe2\x80\x8bx", "\xff", 4, 80, ODD "x  " ODD "\n");
	assert_folds("\xff\x1b:", "", 4, 80, ODD ODD ":\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(english),
		cmocka_unit_test(japanese),
		cmocka_unit_test(odd_bytes),
		cmocka_unit_test(stranger),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
