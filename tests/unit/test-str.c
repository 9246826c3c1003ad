// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "unit.h"

/* Bytes with a NUL in the middle, which a C string would lose. */
static const struct km_str with_nul = KM_STR_INIT("a\0b");

static void equality(void **state)
{
	(void)state;
	assert_true(km_str_eq(KM_STR("ab"), KM_STR("ab")));
	assert_false(km_str_eq(KM_STR("ab"), KM_STR("abc")));
	assert_false(km_str_eq(with_nul, KM_STR("a")));
	assert_true(km_str_eq((struct km_str){ 0 }, KM_STR("")));
	assert_int_equal(with_nul.len, 3);
}

static void starts_and_ends(void **state)
{
	(void)state;
	assert_true(km_str_starts(KM_STR("kmalloc-8"), KM_STR("kmalloc-")));
	assert_false(km_str_starts(KM_STR("kmal"), KM_STR("kmalloc-")));
	assert_true(km_str_starts((struct km_str){ 0 }, KM_STR("")));
	assert_true(km_str_ends(KM_STR("a.ko"), KM_STR(".ko")));
	assert_false(km_str_ends(KM_STR("ko"), KM_STR(".ko")));
}

static void order(void **state)
{
	(void)state;
	assert_int_equal(km_str_compare(KM_STR("a"), KM_STR("a")), 0);
	assert_true(km_str_compare(KM_STR("a"), KM_STR("ab")) < 0);
	assert_true(km_str_compare(KM_STR("b"), KM_STR("ab")) > 0);
	assert_true(km_str_compare(KM_STR("\xff"), KM_STR("a")) > 0);
	assert_true(km_str_compare((struct km_str){ 0 }, KM_STR("a")) < 0);
}

static void find(void **state)
{
	(void)state;
	assert_int_equal(km_str_find(KM_STR("a : b : c"), KM_STR(" : ")), 1);
	assert_int_equal(km_str_find(KM_STR("abc"), KM_STR("d")), -1);
	assert_int_equal(km_str_find(with_nul, KM_STR("b")), 2);
	assert_int_equal(km_str_find((struct km_str){ 0 }, KM_STR("b")), -1);
}

static void trim_and_skip(void **state)
{
	(void)state;
	assert_str(km_str_trim(KM_STR(" \t a b\t ")), "a b");
	assert_str(km_str_trim(KM_STR("  \t")), "");
	assert_str(km_str_skip(KM_STR("abc"), 2), "c");
	assert_str(km_str_skip(KM_STR("abc"), 9), "");
}

static void lines(void **state)
{
	struct km_str rest = KM_STR("one\r\n\ntwo\rthree\nlast"), line;

	(void)state;
	assert_true(km_str_take_line(&rest, &line));
	assert_str(line, "one");
	assert_true(km_str_take_line(&rest, &line));
	assert_str(line, "");
	assert_true(km_str_take_line(&rest, &line));
	assert_str(line, "two\rthree");
	assert_true(km_str_take_line(&rest, &line));
	assert_str(line, "last");
	assert_false(km_str_take_line(&rest, &line));
}

static void lines_of_nothing(void **state)
{
	struct km_str rest = { 0 }, line;

	(void)state;
	assert_false(km_str_take_line(&rest, &line));
	rest = KM_STR("\n");
	assert_true(km_str_take_line(&rest, &line));
	assert_int_equal(line.len, 0);
	assert_false(km_str_take_line(&rest, &line));
	rest = KM_STR("\r");
	assert_true(km_str_take_line(&rest, &line));
	assert_int_equal(line.len, 0);
}

static void words(void **state)
{
	struct km_str rest = KM_STR(" \tone  two\t"), word = { 0 };

	(void)state;
	assert_true(km_str_take_word(&rest, &word));
	assert_str(word, "one");
	assert_true(km_str_take_word(&rest, &word));
	assert_str(word, "two");
	assert_false(km_str_take_word(&rest, &word));
	assert_str(rest, "\t");
}

static void last_words(void **state)
{
	struct km_str rest = KM_STR("a name 1 22 "), word = { 0 };

	(void)state;
	assert_true(km_str_take_last_word(&rest, &word));
	assert_str(word, "22");
	assert_true(km_str_take_last_word(&rest, &word));
	assert_str(word, "1");
	assert_str(rest, "a name ");
	rest = KM_STR(" \t");
	assert_false(km_str_take_last_word(&rest, &word));
	assert_str(rest, " \t");
}

static void prefix_and_until(void **state)
{
	struct km_str rest = KM_STR("Node 0, zone"), part;

	(void)state;
	assert_false(km_str_take_prefix(&rest, KM_STR("node")));
	assert_true(km_str_take_prefix(&rest, KM_STR("Node ")));
	assert_true(km_str_take_until(&rest, ',', &part));
	assert_str(part, "0");
	assert_str(rest, " zone");
	assert_false(km_str_take_until(&rest, ',', &part));
	assert_str(rest, " zone");
	rest = (struct km_str){ 0 };
	assert_false(km_str_take_until(&rest, ',', &part));
	assert_true(km_str_has_part(KM_STR("cpu,memory"), ',', KM_STR("memory")));
	assert_true(km_str_has_part(KM_STR("memory,cpu"), ',', KM_STR("memory")));
	assert_false(km_str_has_part(KM_STR("hugememory,memory2"), ',', KM_STR("memory")));
}

static void decimal(void **state)
{
	static const struct {
		const char *text;
		int ret;
		uint64_t value;
	} cases[] = {
		{ "0", 0, 0 },
		{ "007", 0, 7 },
		{ "18446744073709551615", 0, UINT64_MAX },
		{ "18446744073709551616", -ERANGE, 0 },
		{ "99999999999999999999999999", -ERANGE, 0 },
		{ "", -EINVAL, 0 },
		{ "-1", -EINVAL, 0 },
		{ "+1", -EINVAL, 0 },
		{ " 1", -EINVAL, 0 },
		{ "1 ", -EINVAL, 0 },
		{ "0x10", -EINVAL, 0 },
		{ "1.5", -EINVAL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		uint64_t value = 4711;

		assert_int_equal(km_str_to_u64(km_str_from(cases[i].text), &value), cases[i].ret);
		assert_int_equal(value, cases[i].ret ? 4711 : cases[i].value);
	}
}

static void hexadecimal(void **state)
{
	uint64_t value = 4711;

	(void)state;
	assert_int_equal(km_str_to_hex(KM_STR("ffffc90000000000"), &value), 0);
	assert_int_equal(value, 0xffffc90000000000);
	assert_int_equal(km_str_to_hex(KM_STR("FfFfFfFfFfFfFfFf"), &value), 0);
	assert_int_equal(value, UINT64_MAX);
	value = 4711;
	assert_int_equal(km_str_to_hex(KM_STR("10000000000000000"), &value), -ERANGE);
	assert_int_equal(km_str_to_hex(KM_STR("(ptrval)"), &value), -EINVAL);
	assert_int_equal(km_str_to_hex(KM_STR("fg"), &value), -EINVAL);
	assert_int_equal(km_str_to_hex(KM_STR(""), &value), -EINVAL);
	assert_int_equal(value, 4711);
}

static void take_numbers(void **state)
{
	struct km_str rest = KM_STR("12,  34 x56");
	uint64_t value;

	(void)state;
	assert_true(km_str_take_u64(&rest, &value));
	assert_int_equal(value, 12);
	assert_false(km_str_take_u64(&rest, &value));
	assert_true(km_str_take_prefix(&rest, KM_STR(",")));
	assert_true(km_str_take_number(&rest, &value));
	assert_int_equal(value, 34);
	assert_false(km_str_take_number(&rest, &value));
	assert_str(rest, " x56");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equality),
		cmocka_unit_test(starts_and_ends),
		cmocka_unit_test(order),
		cmocka_unit_test(find),
		cmocka_unit_test(trim_and_skip),
		cmocka_unit_test(lines),
		cmocka_unit_test(lines_of_nothing),
		cmocka_unit_test(words),
		cmocka_unit_test(last_words),
		cmocka_unit_test(prefix_and_until),
		cmocka_unit_test(decimal),
		cmocka_unit_test(hexadecimal),
		cmocka_unit_test(take_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
