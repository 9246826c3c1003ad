// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/forecast.h"
#include "kmeminfo-uapi.h"
#include "unit.h"

enum { PAGE = 4096 };

/* Limits of amd64, and a slabinfo with two caches. */
static struct km_limits limits_of(void)
{
	struct km_limits limits = { .page_bytes = PAGE, .max_order = 10 };

	limits.of[KM_LIMIT_KMALLOC_CACHE].bytes = 8192;
	limits.of[KM_LIMIT_KMALLOC].bytes = 4 << 20;
	limits.of[KM_LIMIT_VMALLOC].bytes = 1 << 30;
	limits.of[KM_LIMIT_PERCPU].bytes = 32 << 10;
	return limits;
}

/* The requests of each call to the page allocator (k6.12:mm/slub.c, mm/util.c, mm/vmalloc.c, mm/percpu.c). */
static void works_calls_out(void **state)
{
	static const struct {
		enum kmeminfo_api api;
		uint64_t bytes;
		enum km_api_way way;
		uint64_t order, pages;
		const char *flags;
	} cases[] = {
		{ KMEMINFO_API_KMALLOC, 100, KM_API_SLAB, 0, 1, NULL },
		{ KMEMINFO_API_KMALLOC, 8192, KM_API_SLAB, 1, 2, NULL },
		{ KMEMINFO_API_KMALLOC, 8193, KM_API_BLOCK, 2, 4, "__GFP_COMP" },
		{ KMEMINFO_API_KMALLOC, 4 << 20, KM_API_BLOCK, 10, 1024, "__GFP_COMP" },
		{ KMEMINFO_API_KMALLOC, (4 << 20) + 1, KM_API_REFUSED, 0, KM_UNKNOWN, NULL },
		{ KMEMINFO_API_KZALLOC, 8193, KM_API_BLOCK, 2, 4, "__GFP_COMP|__GFP_ZERO" },
		{ KMEMINFO_API_KVMALLOC, 4096, KM_API_SLAB, 0, 1, NULL },
		{ KMEMINFO_API_KVMALLOC, 64 << 10, KM_API_BLOCK, 4, 16, "__GFP_COMP|__GFP_NORETRY" },
		{ KMEMINFO_API_KVMALLOC, 8 << 20, KM_API_PAGES, 0, 2048, "__GFP_HIGHMEM" },
		{ KMEMINFO_API_VMALLOC, 4097, KM_API_PAGES, 0, 2, "__GFP_HIGHMEM" },
		{ KMEMINFO_API_VMALLOC, (1ull << 30) + 1, KM_API_REFUSED, 0, KM_UNKNOWN, NULL },
		{ KMEMINFO_API_GET_FREE_PAGES, 4097, KM_API_BLOCK, 1, 2, NULL },
		{ KMEMINFO_API_GET_ZEROED_PAGE, 4097, KM_API_REFUSED, 0, KM_UNKNOWN, NULL },
		{ KMEMINFO_API_KMEM_CACHE_ALLOC, 300, KM_API_SLAB, 0, 1, NULL },
		{ KMEMINFO_API_KMEM_CACHE_ALLOC, 16 << 10, KM_API_SLAB, 2, 4, NULL },
		{ KMEMINFO_API_KMEM_CACHE_ALLOC, (4 << 20) + 1, KM_API_REFUSED, 0, KM_UNKNOWN, NULL },
		{ KMEMINFO_API_DEVM_KZALLOC, 8192 - 40, KM_API_SLAB, 1, 2, "__GFP_ZERO" },
		{ KMEMINFO_API_DEVM_KZALLOC, 8192, KM_API_BLOCK, 2, 4, "__GFP_COMP|__GFP_ZERO" },
		{ KMEMINFO_API_DEVM_KZALLOC, 4 << 20, KM_API_REFUSED, 0, KM_UNKNOWN, NULL },
		{ KMEMINFO_API_ALLOC_PERCPU, 64, KM_API_CHUNK, 0, KM_UNKNOWN, NULL },
		{ KMEMINFO_API_ALLOC_PERCPU, 40 << 10, KM_API_REFUSED, 0, KM_UNKNOWN, NULL },
		{ KMEMINFO_API_DMA_ALLOC_COHERENT, 12288, KM_API_BLOCK, 2, 4, NULL },
	};
	const struct km_limits limits = limits_of();
	const struct km_api_input input = { &limits, NULL };

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		const struct km_api_request request = km_api_request_of(&input, cases[i].api, cases[i].bytes);

		if (request.way != cases[i].way || request.order != cases[i].order || request.pages != cases[i].pages ||
		    !request.flags != !cases[i].flags || (request.flags && strcmp(request.flags, cases[i].flags)))
			fail_msg("case %zu: way %d, order %llu, pages %llu, flags %s", i, request.way,
				 (unsigned long long)request.order, (unsigned long long)request.pages,
				 request.flags ? request.flags : "-");
	}
}

/* The smallest kmalloc cache with room for the size; accounted and reclaimable memory have other caches. */
static void finds_the_cache(void **state)
{
	static const char text[] =
		"slabinfo - version: 2.1\n"
		"kmalloc-rcl-128 10 32 128 32 1 : tunables 0 0 0 : slabdata 1 1 0\n"
		"kmalloc-256 10 32 256 16 1 : tunables 0 0 0 : slabdata 2 2 0\n"
		"kmalloc-128 20 32 128 32 1 : tunables 0 0 0 : slabdata 1 1 0\n";
	const struct km_limits limits = limits_of();
	struct km_problems problems = { 0 };
	struct km_parse parse = { .problems = &problems };
	struct km_slabinfo slabinfo = { 0 };
	const struct km_api_input input = { &limits, &slabinfo };
	struct km_api_request request;

	(void)state;
	km_parse_slabinfo(&parse, km_str_from(text), &slabinfo);
	request = km_api_request_of(&input, KMEMINFO_API_KMALLOC, 100);
	assert_str(request.cache, "kmalloc-128");
	assert_int_equal(request.free_objects, 12);
	assert_str(km_api_request_of(&input, KMEMINFO_API_KMALLOC, 129).cache, "kmalloc-256");
	assert_null(km_api_request_of(&input, KMEMINFO_API_KMALLOC, 300).cache.ptr);
	km_slabinfo_deinit(&slabinfo);
	km_problems_deinit(&problems);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(works_calls_out), cmocka_unit_test(finds_the_cache),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
