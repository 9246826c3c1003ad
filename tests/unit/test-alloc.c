// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "unit.h"
#include "base/alloc.h"
#include "base/array.h"

/* The pool's memory is zeroed and aligned, and pieces do not overlap, even across chunks. */
static void pool_pieces(void **state)
{
	struct km_pool pool = { 0 };
	unsigned char *pieces[3000];

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(pieces); i++) {
		size_t size = i % 97 + 1;

		pieces[i] = km_pool_alloc(&pool, size, 1);
		assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
		for (size_t at = 0; at < size; at++)
			assert_int_equal(pieces[i][at], 0);
		memset(pieces[i], (int)(i & 0xff), size);
	}
	for (size_t i = 0; i < UNIT_COUNT(pieces); i++)
		for (size_t at = 0; at < i % 97 + 1; at++)
			assert_int_equal(pieces[i][at], i & 0xff);
	km_pool_deinit(&pool);
	assert_null(pool.chunks);
}

static void pool_join(void **state)
{
	struct km_pool a = { 0 }, b = { 0 };
	struct km_str first = km_pool_copy(&a, KM_STR("first")), second = km_pool_copy(&b, KM_STR("second"));

	(void)state;
	km_pool_join(&a, &b);
	assert_null(b.chunks);
	km_pool_deinit(&b);
	assert_str(first, "first");
	assert_str(second, "second");
	km_pool_join(&b, &a);
	assert_null(a.chunks);
	assert_str(second, "second");
	km_pool_deinit(&b);
}

static void pool_large(void **state)
{
	struct km_pool pool = { 0 };
	char *small = km_pool_alloc(&pool, 1, 1), *large, *next;

	(void)state;
	large = km_pool_alloc(&pool, 1, 1 << 20);
	memset(large, 1, 1 << 20);
	next = km_pool_alloc(&pool, 1, 1);
	/* the chunk with room stays in use */
	assert_ptr_equal(next, small + sizeof(max_align_t));
	assert_int_equal(*next, 0);
	km_pool_deinit(&pool);
}

/* The pool frees the memory that it adopts (the sanitizer checks it), and continues in the chunk with room. */
static void pool_adopts(void **state)
{
	struct km_pool pool = { 0 };
	char *small = km_pool_alloc(&pool, 1, 1), *next;

	(void)state;
	km_pool_adopt(&pool, km_realloc(NULL, 1, 100));
	next = km_pool_alloc(&pool, 1, 1);
	assert_ptr_equal(next, small + sizeof(max_align_t));
	km_pool_deinit(&pool);
	km_pool_adopt(&pool, km_realloc(NULL, 1, 100));
	*(char *)km_pool_alloc(&pool, 1, 1) = 'x';
	km_pool_deinit(&pool);
}

static void pool_of_nothing(void **state)
{
	struct km_pool pool = { 0 };

	(void)state;
	assert_non_null(km_pool_alloc(&pool, 0, 8));
	assert_str(km_pool_copy(&pool, (struct km_str){ 0 }), "");
	km_pool_deinit(&pool);
	km_pool_deinit(&pool);
}

static void pool_texts(void **state)
{
	struct km_pool pool = { 0 };
	char buf[] = "text";
	struct km_str copy = km_pool_copy(&pool, km_str_from(buf)), longer;

	(void)state;
	buf[0] = 'n';
	assert_str(copy, "text");
	assert_int_equal(copy.ptr[copy.len], 0);
	assert_str(km_pool_printf(&pool, "%d:%s", 7, "x"), "7:x");
	longer = km_pool_printf(&pool, "%01000d", 1);
	assert_int_equal(longer.len, 1000);
	assert_int_equal(longer.ptr[999], '1');
	assert_int_equal(longer.ptr[1000], 0);
	km_pool_deinit(&pool);
}

static void array_grows(void **state)
{
	KM_ARRAY(struct { size_t a; char b; }) array = { 0 };
	size_t seen = 0;

	(void)state;
	for (size_t i = 0; i < 1000; i++) {
		void *item = km_array_push(&array);

		assert_ptr_equal(item, &array.items[i]);
		assert_int_equal(array.items[i].a, 0);
		array.items[i].a = i;
	}
	for (size_t i = 0; i < array.len; i++)
		seen += array.items[i].a == i;
	assert_int_equal(seen, 1000);
	km_array_deinit(&array);
	assert_int_equal(array.len, 0);
	assert_null(array.items);
}

static void ask_for_too_much(void)
{
	struct km_pool pool = { 0 };

	km_pool_alloc(&pool, SIZE_MAX / 2, 3);
}

/* If a product overflows, no small piece may be returned: the process ends with status 1. */
static void overflow_ends(void **state)
{
	int status, pipes[2];
	char text[64] = "";
	pid_t child;

	(void)state;
	assert_int_equal(pipe(pipes), 0);
	child = fork();
	if (!child) {
		dup2(pipes[1], STDERR_FILENO);
		ask_for_too_much();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 1);
	assert_true(read(pipes[0], text, sizeof(text) - 1) > 0);
	assert_string_equal(text, "kmeminfo: out of memory\n");
	close(pipes[0]);
	close(pipes[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pool_pieces),
		cmocka_unit_test(pool_join),
		cmocka_unit_test(pool_large),
		cmocka_unit_test(pool_adopts),
		cmocka_unit_test(pool_of_nothing),
		cmocka_unit_test(pool_texts),
		cmocka_unit_test(array_grows),
		cmocka_unit_test(overflow_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
