// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/prediction.h"
#include "model/zone.h"
#include "unit.h"

enum { KIB = 1024, PAGE = 4096, ORDERS = 11 };

/* A node with one zone Normal of 10 MiB: what is free of it, and in which blocks. */
struct fixture {
	struct km_pool pool;
	struct km_gfp_kernel kernel;
	struct km_zone zone;
	uint64_t nr_free[ORDERS];
	unsigned char types[ORDERS];
	struct km_block_types blocks;
	struct km_buddyinfo buddyinfo;
	struct km_supply supply;
};

static void init(struct fixture *f)
{
	static struct km_str names[] = { KM_STR_INIT("Normal"), KM_STR_INIT("Movable") };
	static uint64_t protection[] = { 0, 0 };

	*f = (struct fixture){ 0 };
	km_row_init(&km_zone_type, &f->zone);
	f->zone.node = 0;
	f->zone.zone = names[0];
	f->zone.managed_bytes = 10240 * KIB;
	f->zone.min_bytes = 80 * KIB;
	f->zone.lowmem_reserve_zones = (struct km_texts){ names, 2 };
	f->zone.lowmem_reserve_bytes = (struct km_numbers){ protection, 2 };
	f->blocks.types = f->types;
	*km_array_push(&f->buddyinfo.zones) = (struct km_buddyinfo_zone){
		.node = 0, .zone = names[0], .nr_free = f->nr_free, .orders = ORDERS };
	f->supply = (struct km_supply){
		{ &km_zone_type, &f->zone, 1, NULL }, &f->buddyinfo, &f->blocks, PAGE };
	km_gfp_of_release(&f->pool, KM_RELEASE(6, 12), NULL, NULL, &f->kernel);
}

static void deinit(struct fixture *f)
{
	km_array_deinit(&f->buddyinfo.zones);
	km_pool_deinit(&f->pool);
}

/* blocks of an order, all of some types */
static void put(struct fixture *f, unsigned int order, uint64_t blocks, unsigned int types)
{
	f->nr_free[order] = blocks;
	f->types[order] = (unsigned char)types;
	f->zone.free_bytes = 0;
	for (unsigned int i = 0; i < ORDERS; i++)
		f->zone.free_bytes += (f->nr_free[i] << i) * PAGE;
}

static const char *ask(struct fixture *f, const char *mask, uint64_t order)
{
	struct km_request request;
	struct km_request_zones zones;
	uint32_t bits;

	assert_int_equal(km_gfp_encode(f->kernel.variants, km_str_from(mask), &bits, NULL), 0);
	request = km_request_from(f->kernel.variants, f->kernel.release, bits);
	request.order = order;
	zones = km_request_zones_of(&f->pool, &f->supply, &request);
	return km_prediction_of(&f->pool, &f->supply, &request, &zones).key.ptr;
}

static void foresees(void **state)
{
	struct fixture f;

	(void)state;
	init(&f);
	/* 84 KiB: one page above the min mark of 80 KiB */
	put(&f, 0, 21, KM_BLOCK_UNMOVABLE);
	assert_string_equal(ask(&f, "GFP_KERNEL", 0), "served");
	/* the kernel wants more than the mark, not as much */
	put(&f, 0, 20, KM_BLOCK_UNMOVABLE);
	assert_string_equal(ask(&f, "GFP_KERNEL", 0), "after reclaim");
	assert_string_equal(ask(&f, "GFP_NOWAIT", 0), "refused");
	/* 20 pages, half, less a quarter: 8 pages have to remain */
	assert_string_equal(ask(&f, "GFP_ATOMIC", 0), "served");
	put(&f, 0, 8, KM_BLOCK_UNMOVABLE);
	assert_string_equal(ask(&f, "GFP_ATOMIC", 0), "refused");
	assert_string_equal(ask(&f, "GFP_KERNEL|__GFP_MEMALLOC", 0), "served");
	/* plenty, but in small pieces, or of types that are not for everybody */
	put(&f, 0, 1000, KM_BLOCK_UNMOVABLE);
	assert_string_equal(ask(&f, "GFP_KERNEL", 1), "after compaction");
	assert_string_equal(ask(&f, "GFP_ATOMIC", 1), "refused");
	put(&f, 3, 1, KM_BLOCK_HIGHATOMIC);
	assert_string_equal(ask(&f, "GFP_KERNEL", 3), "after compaction");
	assert_string_equal(ask(&f, "GFP_ATOMIC", 3), "served");
	put(&f, 3, 1, KM_BLOCK_CMA);
	assert_string_equal(ask(&f, "GFP_KERNEL", 3), "after compaction");
	assert_string_equal(ask(&f, "GFP_HIGHUSER_MOVABLE", 3), "served");
	put(&f, 3, 1, KM_BLOCK_MOVABLE);
	assert_string_equal(ask(&f, "GFP_KERNEL", 3), "served");
	assert_string_equal(ask(&f, "GFP_KERNEL", 4), "after compaction");
	assert_string_equal(ask(&f, "GFP_KERNEL", ORDERS), "never served");
	deinit(&f);
}

/* What is not known is not predicted, and an upper bound is taken where types are not told. */
static void says_what_it_lacks(void **state)
{
	struct fixture f;

	(void)state;
	init(&f);
	put(&f, 3, 100, KM_BLOCK_HIGHATOMIC);
	f.supply.blocks = NULL;
	assert_string_equal(ask(&f, "GFP_KERNEL", 3), "served");
	f.supply.buddyinfo = NULL;
	assert_string_equal(ask(&f, "GFP_KERNEL", 3), "not predicted");
	assert_string_equal(ask(&f, "GFP_KERNEL", 0), "served");
	assert_string_equal(ask(&f, "GFP_DMA|__GFP_DMA32", 0), "not predicted");
	f.zone.min_bytes = KM_UNKNOWN;
	assert_string_equal(ask(&f, "GFP_KERNEL", 0), "not predicted");
	f.supply.zones.len = 0;
	assert_string_equal(ask(&f, "GFP_KERNEL", 0), "not predicted");
	deinit(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(foresees), cmocka_unit_test(says_what_it_lacks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
