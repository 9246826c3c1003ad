// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/zone.h"
#include "report/prediction-text.h"
#include "unit.h"

enum { KIB = 1024, PAGE = 4096, ORDERS = 11 };

/* A node with one zone Normal of 10 MiB: its free memory, and the blocks of it. */
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
	f->zone.low_bytes = 100 * KIB;
	f->zone.lowmem_reserve_zones = (struct km_texts){ names, 2 };
	f->zone.lowmem_reserve_bytes = (struct km_numbers){ protection, 2 };
	f->blocks.types = f->types;
	*km_array_push(&f->buddyinfo.zones) = (struct km_buddyinfo_zone){
		.node = 0, .zone = names[0], .nr_free = f->nr_free, .orders = ORDERS };
	f->supply = (struct km_supply){
		.zones = { &km_zone_type, &f->zone, 1, NULL }, .buddyinfo = &f->buddyinfo, .blocks = &f->blocks,
		.page_bytes = PAGE };
	km_gfp_of_release(&f->pool, KM_RELEASE(6, 12), NULL, NULL, &f->kernel);
	f->kernel.rules = km_alloc_rules_of(KM_RELEASE(6, 12), 117);
	f->supply.pageblock_bytes = 2048 * KIB;
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

static struct km_prediction predict(struct fixture *f, const char *mask, uint64_t order)
{
	struct km_request request;
	uint32_t bits;

	assert_int_equal(km_gfp_encode(f->kernel.variants, km_str_from(mask), &bits, NULL), 0);
	request = km_request_from(f->kernel.variants, &f->kernel.rules, bits);
	request.order = order;
	return km_prediction_of(&f->pool, &f->supply, &request);
}

static const char *ask(struct fixture *f, const char *mask, uint64_t order)
{
	return predict(f, mask, order).word->key;
}

static void predicts(void **state)
{
	struct fixture f;

	(void)state;
	init(&f);
	/* 104 KiB: one page above the low watermark of 100 KiB */
	put(&f, 0, 26, KM_BLOCK_UNMOVABLE);
	assert_string_equal(ask(&f, "GFP_KERNEL", 0), "at once");
	/* 84 KiB: one page above the min watermark of 80 KiB */
	put(&f, 0, 21, KM_BLOCK_UNMOVABLE);
	assert_string_equal(ask(&f, "GFP_KERNEL", 0), "after waking kswapd");
	/* the kernel requires more than the watermark, not an equal amount */
	put(&f, 0, 20, KM_BLOCK_UNMOVABLE);
	assert_string_equal(ask(&f, "GFP_KERNEL", 0), "after reclaim");
	assert_string_equal(ask(&f, "GFP_NOWAIT", 0), "refused");
	/* 20 pages, half, less a quarter: 8 pages have to remain */
	assert_string_equal(ask(&f, "GFP_ATOMIC", 0), "only from reserves");
	put(&f, 0, 8, KM_BLOCK_UNMOVABLE);
	assert_string_equal(ask(&f, "GFP_ATOMIC", 0), "refused");
	assert_string_equal(ask(&f, "GFP_KERNEL|__GFP_MEMALLOC", 0), "only from reserves");
	/* enough memory, but in small pieces, or of types that not every request may use */
	put(&f, 0, 1000, KM_BLOCK_UNMOVABLE);
	assert_string_equal(ask(&f, "GFP_KERNEL", 1), "after compaction");
	assert_string_equal(ask(&f, "GFP_ATOMIC", 1), "refused");
	put(&f, 3, 1, KM_BLOCK_HIGHATOMIC);
	assert_string_equal(ask(&f, "GFP_KERNEL", 3), "after compaction");
	assert_string_equal(ask(&f, "GFP_ATOMIC", 3), "after waking kswapd");
	put(&f, 3, 1, KM_BLOCK_CMA);
	assert_string_equal(ask(&f, "GFP_KERNEL", 3), "after compaction");
	assert_string_equal(ask(&f, "GFP_HIGHUSER_MOVABLE", 3), "at once");
	put(&f, 3, 1, KM_BLOCK_MOVABLE);
	assert_string_equal(ask(&f, "GFP_KERNEL", 3), "at once");
	assert_string_equal(ask(&f, "GFP_KERNEL", 4), "after compaction");
	assert_string_equal(ask(&f, "GFP_KERNEL", ORDERS), "never served");
	deinit(&f);
}

static struct km_str reason(struct fixture *f, const char *mask, uint64_t order)
{
	struct km_prediction prediction = predict(f, mask, order);

	return km_prediction_reason(&f->pool, &prediction);
}

/* The figures of the deciding zone are in each sentence. */
static void reasons(void **state)
{
	struct fixture f;

	(void)state;
	init(&f);
	put(&f, 0, 30, KM_BLOCK_UNMOVABLE);
	assert_str(reason(&f, "GFP_KERNEL", 0), "Node 0 Normal has 20.0 KiB available above its low watermark.");
	put(&f, 0, 21, KM_BLOCK_UNMOVABLE);
	assert_str(reason(&f, "GFP_KERNEL", 0), "Node 0 Normal has 4.00 KiB available above the part of its min watermark "
		   "that this request must leave free.");
	put(&f, 0, 19, KM_BLOCK_UNMOVABLE);
	assert_str(reason(&f, "GFP_KERNEL", 0), "No zone that the request may use exceeds its watermark and reserve. Closest is "
		   "node 0 Normal: 76.0 KiB free, minus 0 B unusable for this request, minus 80.0 KiB that must remain free "
		   "(80.0 KiB of the min watermark, 0 B of lowmem reserve): 4.00 KiB short.");
	put(&f, 0, 1000, KM_BLOCK_UNMOVABLE);
	assert_str(reason(&f, "GFP_KERNEL", 1), "The request needs 8.00 KiB of contiguous memory. Node 0 Normal has 3.91 MiB "
		   "free, 3.82 MiB above its watermark, but the largest block this request may use is 4.00 KiB. "
		   "Largest by type: Unmovable 4.00 KiB.");
	assert_null(reason(&f, "GFP_KERNEL", ORDERS).ptr);
	deinit(&f);
}

/* If the kernel has to reclaim, the answer depends on whether it gives up. */
static void answers(void **state)
{
	struct fixture f;

	(void)state;
	init(&f);
	put(&f, 0, 20, KM_BLOCK_UNMOVABLE);
	assert_int_equal(predict(&f, "GFP_KERNEL", 0).answer, KM_TRI_YES);
	assert_int_equal(predict(&f, "GFP_KERNEL", 4).answer, KM_TRI_UNKNOWN);
	assert_int_equal(predict(&f, "GFP_KERNEL|__GFP_NORETRY", 0).answer, KM_TRI_UNKNOWN);
	assert_int_equal(predict(&f, "GFP_KERNEL|__GFP_RETRY_MAYFAIL", 0).answer, KM_TRI_UNKNOWN);
	assert_int_equal(predict(&f, "GFP_NOWAIT", 0).answer, KM_TRI_NO);
	assert_int_equal(predict(&f, "GFP_ATOMIC", 0).answer, KM_TRI_YES);
	assert_int_equal(predict(&f, "GFP_KERNEL", ORDERS).answer, KM_TRI_NO);
	assert_str(predict(&f, "GFP_ATOMIC", 0).zone, "Normal");
	assert_null(predict(&f, "GFP_NOWAIT", 0).zone.ptr);
	deinit(&f);
}

/*
 * Pages in HighAtomic blocks alone: from 6.12 on requests that cannot wait get them in the end; before, no
 * request does.
 */
static void spares_highatomic(void **state)
{
	struct fixture f;

	(void)state;
	init(&f);
	put(&f, 3, 100, KM_BLOCK_HIGHATOMIC);
	f.zone.highatomic_free_bytes = f.zone.free_bytes;
	assert_string_equal(ask(&f, "GFP_KERNEL|__GFP_NORETRY", 0), "after reclaim");
	assert_string_equal(ask(&f, "GFP_ATOMIC", 0), "only from reserves");
	f.kernel.rules = km_alloc_rules_of(KM_RELEASE(6, 6), 59);
	assert_string_equal(ask(&f, "GFP_ATOMIC", 0), "refused");
	assert_string_equal(ask(&f, "GFP_ATOMIC", 3), "only from reserves");
	f.kernel.rules = km_alloc_rules_of(KM_RELEASE(6, 6), 60);
	assert_string_equal(ask(&f, "GFP_ATOMIC", 0), "only from reserves");
	f.kernel.rules = km_alloc_rules_of(KM_RELEASE(6, 6), KM_UNKNOWN);
	assert_string_equal(ask(&f, "GFP_ATOMIC", 0), "not predicted");
	deinit(&f);
}

/*
 * The reserve of 5.10 to 7.1 is not in zoneinfo. Without another file for it, the answer is known only if it
 * does not matter.
 */
static void knows_a_range(void **state)
{
	struct km_highatomic highatomic = { 1024 * KIB, 100 * KIB };
	struct fixture f;

	(void)state;
	init(&f);
	f.kernel.rules = km_alloc_rules_of(KM_RELEASE(5, 10), 259);
	put(&f, 3, 100, KM_BLOCK_UNMOVABLE);
	f.supply.blocks = NULL;
	/* 3200 KiB are free, at most 4096 KiB in the reserve: a pageblock for 1 % of 10 MiB, and one more */
	assert_string_equal(ask(&f, "GFP_NOWAIT", 0), "not predicted");
	assert_int_equal(predict(&f, "GFP_NOWAIT", 3).answer, KM_TRI_UNKNOWN);
	assert_int_equal(predict(&f, "GFP_NOWAIT", 4).answer, KM_TRI_NO);
	put(&f, 3, 200, KM_BLOCK_UNMOVABLE);
	assert_string_equal(ask(&f, "GFP_NOWAIT", 0), "at once");
	assert_string_equal(ask(&f, "GFP_NOWAIT", 3), "at once");
	/* since 6.8 so small a zone has no reserve */
	put(&f, 3, 100, KM_BLOCK_UNMOVABLE);
	f.kernel.rules = km_alloc_rules_of(KM_RELEASE(6, 12), 117);
	assert_string_equal(ask(&f, "GFP_NOWAIT", 3), "at once");
	/* the reserve as pagetypeinfo has it: 6.1 subtracts all of it, 6.12 what is free */
	f.supply.blocks = &f.blocks;
	f.supply.highatomic = &highatomic;
	put(&f, 3, 35, KM_BLOCK_UNMOVABLE);
	assert_string_equal(ask(&f, "GFP_NOWAIT", 3), "at once");
	f.kernel.rules = km_alloc_rules_of(KM_RELEASE(6, 1), 192);
	assert_string_equal(ask(&f, "GFP_NOWAIT", 3), "only from reserves");
	assert_string_equal(ask(&f, "GFP_KERNEL|__GFP_NORETRY", 3), "after reclaim");
	deinit(&f);
}

/* If a figure is not known, there is no prediction. */
static void says_what_it_lacks(void **state)
{
	struct fixture f;

	(void)state;
	init(&f);
	put(&f, 3, 100, KM_BLOCK_UNMOVABLE);
	f.supply.buddyinfo = NULL;
	assert_string_equal(ask(&f, "GFP_NOWAIT", 3), "not predicted");
	assert_string_equal(ask(&f, "GFP_NOWAIT", 0), "at once");
	assert_string_equal(ask(&f, "GFP_DMA|__GFP_DMA32", 0), "not predicted");
	f.zone.min_bytes = f.zone.low_bytes = KM_UNKNOWN;
	assert_string_equal(ask(&f, "GFP_NOWAIT", 0), "not predicted");
	f.supply.zones.len = 0;
	assert_string_equal(ask(&f, "GFP_KERNEL", 0), "not predicted");
	deinit(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(predicts), cmocka_unit_test(reasons), cmocka_unit_test(answers), cmocka_unit_test(spares_highatomic),
		cmocka_unit_test(knows_a_range), cmocka_unit_test(says_what_it_lacks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
