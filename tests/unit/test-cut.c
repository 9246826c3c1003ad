// SPDX-License-Identifier: GPL-2.0-or-later
#include "unit.h"
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include "render/cut.h"

enum { NAMES = 40 };

/* Names in the style of caches and functions: made of few parts, so that many begin and end with the same text. */
static const char *random_name(struct km_pool *pool, unsigned int *seed)
{
	static const char *const parts[] = { "kmalloc", "cache", "inode", "rcl", "_", "-", "1k", "512", "ext4",
					     "\xe3\x82\xab", "a", "b" };
	struct km_str name = KM_STR("");
	int len = 1 + rand_r(seed) % 9;

	while (len--)
		name = km_pool_printf(pool, "%.*s%s", KM_STR_ARG(name), parts[(size_t)rand_r(seed) % UNIT_COUNT(parts)]);
	return name.ptr;
}

/* For any names and any width: names that fit are unchanged, no name is too wide, and names stay different. */
static void stay_different(void **state)
{
	struct km_cut cuts[NAMES];
	const char *before[NAMES];
	unsigned int seed = 1;

	(void)state;
	for (unsigned int round = 0; round < 3000; round++) {
		const size_t room = 8 + (size_t)rand_r(&seed) % 20;
		struct km_pool pool = { 0 };

		for (size_t i = 0; i < NAMES; i++)
			cuts[i] = (struct km_cut){ before[i] = random_name(&pool, &seed), room };
		km_cut_all(&pool, cuts, NAMES, round % 2);
		for (size_t i = 0; i < NAMES; i++) {
			assert_true(km_cut_width(cuts[i].text) <= room);
			if (km_cut_width(before[i]) <= room)
				assert_string_equal(cuts[i].text, before[i]);
			for (size_t j = 0; j < i; j++)
				assert_int_equal(!strcmp(cuts[i].text, cuts[j].text), !strcmp(before[i], before[j]));
		}
		km_pool_deinit(&pool);
	}
}

static void marks(void **state)
{
	struct km_pool pool = { 0 };
	struct km_cut cuts[] = { { "alloc_large_system_hash", 12 }, { "dentry", 12 } };
	struct km_cut same[] = { { "kmalloc-rcl-128", 9 }, { "kmalloc-rnd-128", 9 }, { "kmalloc-rcl-128", 9 } };
	struct km_cut tiny = { "Movable", 2 };

	(void)state;
	km_cut_all(&pool, cuts, 2, true);
	assert_string_equal(cuts[0].text, "alloc_\xe2\x80\xa6_hash");
	assert_string_equal(cuts[1].text, "dentry");
	km_cut_all(&pool, same, 3, false);
	assert_string_equal(same[0].text, same[2].text);
	assert_string_not_equal(same[0].text, same[1].text);
	assert_non_null(strchr(same[1].text, '~'));
	km_cut_all(&pool, &tiny, 1, true);
	assert_string_equal(tiny.text, "Mo");
	km_pool_deinit(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stay_different),
		cmocka_unit_test(marks),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
