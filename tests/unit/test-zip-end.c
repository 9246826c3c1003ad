// SPDX-License-Identifier: GPL-2.0-or-later
#include "source/zip-end.h"
#include "unit.h"

/* The end that Python's zipfile writes after the data of "a" and "b/c", both stored and empty. */
static const char whole[] =
	"PK\001\002\024\003\024\000\000\000\000\000\000\000!\000\000\000\000\000\000\000\000\000\000\000\000\000\001\000\000\000\000\000\000\000\000\000\000\000\200\001\000\000\000\000a"
	"PK\001\002\024\003\024\000\000\000\000\000\000\000!\000\000\000\000\000\000\000\000\000\000\000\000\000\003\000\000\000\000\000\000\000\000\000\000\000\200\001\037\000\000\000b/c"
	"PK\005\006\000\000\000\000\002\000\002\000`\000\000\000@\000\000\000\000\000";

static bool ends(const char *a, const char *b, struct km_str tail)
{
	struct km_zip_names names = { 0 };

	km_zip_name_add(&names, a);
	if (b)
		km_zip_name_add(&names, b);
	return km_zip_ends(tail, &names);
}

static void names_agree(void **state)
{
	const struct km_str tail = { whole, sizeof(whole) - 1 };

	(void)state;
	assert_true(ends("a", "b/c", tail));
	assert_true(ends("b/c", "a", tail));
	assert_true(ends("a", "b\\c", tail));
	assert_false(ends("a", NULL, tail));
	assert_false(ends("a", "b/d", tail));
	assert_false(ends("b/c", "b/c", tail));
	assert_false(ends("a", "b/c", (struct km_str){ whole, 0 }));
}

/* If it is cut at any place, it is not an end; with one bit changed in a name, it belongs to another archive. */
static void damaged(void **state)
{
	char text[sizeof(whole)];

	(void)state;
	for (size_t len = 0; len < sizeof(whole) - 1; len++)
		assert_false(ends("a", "b/c", (struct km_str){ whole, len }));
	for (size_t at = 0; at < sizeof(whole) - 1; at++) {
		if (whole[at] != 'a' && whole[at] != 'b' && whole[at] != 'c')
			continue;
		memcpy(text, whole, sizeof(text));
		text[at] ^= 4;
		assert_false(ends("a", "b/c", (struct km_str){ text, sizeof(whole) - 1 }));
	}
}

/* A directory that does not fit into the tail is counted. */
static void long_directory(void **state)
{
	const struct km_str end = { whole + sizeof(whole) - 1 - 22, 22 };

	(void)state;
	assert_true(ends("x", "y", end));
	assert_false(ends("x", NULL, end));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_agree),
		cmocka_unit_test(damaged),
		cmocka_unit_test(long_directory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
