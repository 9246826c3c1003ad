// SPDX-License-Identifier: GPL-2.0-or-later
#include "unit.h"
#include <string.h>
#include "page-class.h" /* module/ */

#define FACTS(...) { .referenced = true, __VA_ARGS__ }

/* A single fact decides. The order is that of the tests in km_class_of(). */
static const struct {
	struct km_page_facts facts;
	enum km_class class;
} alone[] = {
	{ FACTS(.reserved = true), KM_CLASS_RESERVED },
	{ FACTS(.hugetlb = true), KM_CLASS_HUGETLB },
	{ FACTS(.hwpoison = true), KM_CLASS_HWPOISON },
	{ FACTS(.slab = true), KM_CLASS_SLAB },
	{ FACTS(.large_kmalloc = true), KM_CLASS_LARGE_KMALLOC },
	{ FACTS(.table = true), KM_CLASS_PAGETABLE },
	{ FACTS(.offline = true), KM_CLASS_OFFLINE },
	{ FACTS(.guard = true), KM_CLASS_GUARD },
	{ FACTS(.unaccepted = true), KM_CLASS_UNACCEPTED },
	{ FACTS(.zsmalloc = true), KM_CLASS_ZSMALLOC },
	{ { .compound = true }, KM_CLASS_REF0 },
	{ FACTS(.lru = true), KM_CLASS_FILE },
	{ FACTS(.pool = true), KM_CLASS_PAGE_POOL },
	{ FACTS(.movable = true), KM_CLASS_MOVABLE },
	{ FACTS(.anon = true), KM_CLASS_ANON },
	{ FACTS(.cached = true), KM_CLASS_FILE },
	{ FACTS(.charged = true), KM_CLASS_CHARGED },
	{ FACTS(.mapped = true), KM_CLASS_MAPPED },
	{ FACTS(.compound = true), KM_CLASS_KERNEL_COMPOUND },
	{ FACTS(), KM_CLASS_KERNEL_SINGLE },
};

static void one_fact(void **state)
{
	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(alone); i++)
		assert_int_equal(km_class_of(&alone[i].facts), alone[i].class);
}

/* The facts of both, bit by bit: bools are bytes of 0 or 1. */
static struct km_page_facts both(const struct km_page_facts *a, const struct km_page_facts *b)
{
	const unsigned char *from = (const unsigned char *)b;
	struct km_page_facts ret = *a;

	for (size_t i = 0; i < sizeof(ret); i++)
		((unsigned char *)&ret)[i] |= from[i];
	return ret;
}

/* Of two facts, the one that is tested first decides; but for pages on the LRU, anon decides. */
static void two_facts(void **state)
{
	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(alone); i++) {
		for (size_t j = i + 1; j < UNIT_COUNT(alone); j++) {
			struct km_page_facts facts = both(&alone[i].facts, &alone[j].facts);

			facts.referenced = alone[i].facts.referenced && alone[j].facts.referenced;
			assert_int_equal(km_class_of(&facts), facts.lru && facts.anon ? KM_CLASS_ANON :
									alone[i].class);
		}
	}
}

/* Types hold without a reference: slabs since 7.0, free huge pages. */
static void unreferenced(void **state)
{
	const struct km_page_facts slab = { .slab = true }, huge = { .hugetlb = true, .compound = true };
	const struct km_page_facts lru = { .lru = true, .anon = true };

	(void)state;
	assert_int_equal(km_class_of(&slab), KM_CLASS_SLAB);
	assert_int_equal(km_class_of(&huge), KM_CLASS_HUGETLB);
	assert_int_equal(km_class_of(&lru), KM_CLASS_REF0);
}

static void cache(void **state)
{
	const struct km_page_facts shmem = FACTS(.lru = true, .swapbacked = true);
	const struct km_page_facts soon = FACTS(.cached = true, .swapbacked = true);
	const struct km_page_facts anon = FACTS(.lru = true, .swapbacked = true, .anon = true);

	(void)state;
	assert_int_equal(km_class_of(&shmem), KM_CLASS_SHMEM);
	assert_int_equal(km_class_of(&soon), KM_CLASS_SHMEM);
	assert_int_equal(km_class_of(&anon), KM_CLASS_ANON);
}

/* The names fit the grammar of the file, and differ. */
static void names(void **state)
{
#define NAME(id, name, meaning) name,
	static const char *const list[] = { KM_CLASSES(NAME) };

	(void)state;
	assert_int_equal(UNIT_COUNT(list), KM_CLASS_COUNT);
	for (size_t i = 0; i < UNIT_COUNT(list); i++) {
		assert_int_equal(strspn(list[i], "abcdefghijklmnopqrstuvwxyz0123456789_"), strlen(list[i]));
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(list[i], list[j]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_fact),
		cmocka_unit_test(two_facts),
		cmocka_unit_test(unreferenced),
		cmocka_unit_test(cache),
		cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
