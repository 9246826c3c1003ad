// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "source/path.h"
#include "unit.h"

/* Links of a tree, with paths as callers request them. */
static const struct {
	const char *path, *target;
} links[] = {
	{ "slab/ext4", ":a-64" },
	{ "abs", "/slab" },
	{ "up", "../../../etc" },
	{ "slab/back", "../abs/ext4/x" },
	{ "loop/a", "b" },
	{ "loop/b", "a" },
	{ "self", "self/self" },
	{ "empty", "" },
};

static struct km_str target_of(void *tree, struct km_str path)
{
	(void)tree;
	for (size_t i = 0; i < UNIT_COUNT(links); i++)
		if (km_str_eq(path, km_str_from(links[i].path)))
			return km_str_from(links[i].target);
	return (struct km_str){ 0 };
}

static void resolves(const char *path, int code, const char *expected)
{
	const struct km_links tree = { target_of, NULL };
	struct km_pool pool = { 0 };
	struct km_str resolved;

	assert_int_equal(km_path_resolve(&pool, &tree, km_str_from(path), &resolved), code);
	if (!code)
		assert_str(resolved, expected);
	km_pool_deinit(&pool);
}

static void plain(void **state)
{
	(void)state;
	resolves("proc/slabinfo", 0, "proc/slabinfo");
	resolves("/proc//./slabinfo/", 0, "proc/slabinfo");
	resolves("", 0, "");
	resolves(".", 0, "");
}

static void stays_inside(void **state)
{
	(void)state;
	resolves("../../etc/passwd", 0, "etc/passwd");
	resolves("up/passwd", 0, "etc/passwd");
	resolves("a/../../../b", 0, "b");
}

static void follows(void **state)
{
	(void)state;
	resolves("slab/ext4/slabs", 0, "slab/:a-64/slabs");
	resolves("abs/ext4/slabs", 0, "slab/:a-64/slabs");
	resolves("slab/back/y", 0, "slab/:a-64/x/y");
	resolves("empty/x", 0, "x");
}

static void gives_up(void **state)
{
	char longest[5000];

	(void)state;
	resolves("loop/a", -ELOOP, NULL);
	resolves("self", -ELOOP, NULL);
	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	resolves(longest, -ENAMETOOLONG, NULL);
}

static void normal(void **state)
{
	struct km_pool pool = { 0 };
	struct km_str path;

	(void)state;
	assert_int_equal(km_path_normal(&pool, KM_STR("./a//b/./c/"), &path), 0);
	assert_str(path, "a/b/c");
	assert_int_equal(km_path_normal(&pool, KM_STR("/proc/x"), &path), 0);
	assert_str(path, "proc/x");
	assert_int_equal(km_path_normal(&pool, KM_STR("a/../b"), &path), -EINVAL);
	assert_int_equal(km_path_normal(&pool, KM_STR("a/..b/..."), &path), 0);
	assert_str(path, "a/..b/...");
	km_pool_deinit(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain),    cmocka_unit_test(stays_inside), cmocka_unit_test(follows),
		cmocka_unit_test(gives_up), cmocka_unit_test(normal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
