// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/advice.h"
#include "model/buddy.h"
#include "unit.h"

struct fixture {
	struct km_problems problems;
	struct km_pool pool;
	struct km_buddyinfo buddyinfo;
	struct km_slabinfo slabinfo;
	struct km_module_file info;
	struct km_limits limits;
	struct km_sheet buddy;
};

#define BUDDYINFO "Node 0, zone DMA 0 1 0 0 0 0 0 0 0 0 1\nNode 0, zone Normal 9 8 0 0 2 0 0 0 0 0 0\n" \
		  "Node 0, zone Movable 5 5 5 5 5 5 5 5 5 5 5\n"
#define SLABINFO "slabinfo - version: 2.1\nkmalloc-8k 1 1 8192 4 8 : tunables 0 0 0 : slabdata 1 1 0\n" \
		 "kmalloc-rcl-96 1 1 96 42 1 : tunables 0 0 0 : slabdata 1 1 0\n"                     \
		 "kmalloc-128 1 1 128 32 1 : tunables 0 0 0 : slabdata 1 1 0\n"

static void init(struct fixture *f, struct km_str buddyinfo, struct km_str slabinfo, struct km_str info,
		 uint64_t page_bytes)
{
	struct km_parse parse = { .source = KM_STR("t") };

	*f = (struct fixture){ 0 };
	parse.problems = &f->problems;
	if (buddyinfo.len)
		km_parse_buddyinfo(&parse, buddyinfo, &f->buddyinfo);
	if (slabinfo.len)
		km_parse_slabinfo(&parse, slabinfo, &f->slabinfo);
	if (info.len)
		km_parse_module_file(&parse, info, &f->info);
	assert_int_equal(f->problems.list.len, 0);
	f->buddy = km_buddy_derive(&f->pool, &f->buddyinfo, page_bytes);
	f->limits = km_limits_derive(&(struct km_limits_input){
		info.len ? &f->info : NULL, &f->buddyinfo, slabinfo.len ? &f->slabinfo : NULL, NULL, page_bytes });
}

static void deinit(struct fixture *f)
{
	km_buddyinfo_deinit(&f->buddyinfo);
	km_slabinfo_deinit(&f->slabinfo);
	km_module_file_deinit(&f->info);
	km_problems_deinit(&f->problems);
	km_pool_deinit(&f->pool);
}

static void assert_limit(const struct km_limits *limits, enum km_limit_id id, uint64_t bytes,
			 enum km_limit_source source)
{
	assert_int_equal(limits->of[id].bytes, bytes);
	assert_int_equal(limits->of[id].source, source);
}

static void limits(void **state)
{
	struct fixture f;

	(void)state;
	init(&f, KM_STR(BUDDYINFO), KM_STR(""), KM_STR(""), 4096);
	assert_int_equal(f.limits.max_order, 10);
	assert_limit(&f.limits, KM_LIMIT_KMALLOC_CACHE, 8192, KM_LIMIT_COMPUTED);
	assert_limit(&f.limits, KM_LIMIT_KMALLOC, 4 << 20, KM_LIMIT_COMPUTED);
	assert_limit(&f.limits, KM_LIMIT_PAGES, 4 << 20, KM_LIMIT_REPORTED);
	assert_limit(&f.limits, KM_LIMIT_VMALLOC, KM_UNKNOWN, KM_LIMIT_AT_MOST);
	assert_limit(&f.limits, KM_LIMIT_PERCPU, 32768, KM_LIMIT_COMPUTED);
	deinit(&f);
	init(&f, KM_STR(BUDDYINFO), KM_STR(SLABINFO), KM_STR(""), 65536);
	assert_limit(&f.limits, KM_LIMIT_KMALLOC_CACHE, 8192, KM_LIMIT_REPORTED);
	assert_limit(&f.limits, KM_LIMIT_KMALLOC, 64 << 20, KM_LIMIT_COMPUTED);
	assert_limit(&f.limits, KM_LIMIT_PERCPU, 65536, KM_LIMIT_COMPUTED);
	deinit(&f);
	init(&f, KM_STR(""), KM_STR(SLABINFO),
	     KM_STR("kmeminfo-info 1\nmax_order 9\nkmalloc_max_cache_bytes 16384\nkmalloc_max_bytes 99\n"), 4096);
	assert_int_equal(f.limits.max_order, 9);
	assert_limit(&f.limits, KM_LIMIT_KMALLOC_CACHE, 16384, KM_LIMIT_REPORTED);
	assert_limit(&f.limits, KM_LIMIT_KMALLOC, 99, KM_LIMIT_REPORTED);
	deinit(&f);
	init(&f, KM_STR(""), KM_STR(""), KM_STR(""), KM_UNKNOWN);
	for (unsigned int i = 0; i < KM_LIMITS; i++)
		assert_int_equal(f.limits.of[i].bytes, KM_UNKNOWN);
	assert_int_equal(f.limits.max_order, KM_UNKNOWN);
	deinit(&f);
}

static const struct km_advice *advise(struct fixture *f, const struct km_advice_request *request, size_t row)
{
	struct km_sheet sheet = km_advice_derive(&f->pool, request, &(struct km_advice_input){
		&f->limits, &f->slabinfo, &f->buddy });

	assert_true(row < sheet.len);
	return km_sheet_row(&sheet, row);
}

static void chooses(void **state)
{
	static const struct {
		struct km_advice_request request;
		const char *verdict, *call;
		uint64_t granted, order, free;
	} cases[] = {
		{ { .bytes = 100 }, "choose", "kmalloc(100, GFP_KERNEL)", 128, KM_UNKNOWN, KM_UNKNOWN },
		{ { .bytes = 129, .zeroed = KM_TRI_YES }, "choose", "kzalloc(129, GFP_KERNEL)", 8192, KM_UNKNOWN,
		  KM_UNKNOWN },
		{ { .bytes = 8192, .atomic = KM_TRI_YES }, "choose", "kmalloc(8192, GFP_ATOMIC)", 8192,
		  KM_UNKNOWN, KM_UNKNOWN },
		{ { .bytes = 8193 }, "choose", "kvmalloc(8193, GFP_KERNEL)", 16384, 2, 256 + 8 },
		{ { .bytes = 102400, .contiguous = KM_TRI_YES }, "choose",
		  "alloc_pages_exact(102400, GFP_KERNEL)", 102400, 5, 32 },
		{ { .bytes = 131072, .contiguous = KM_TRI_YES, .atomic = KM_TRI_YES }, "choose",
		  "kmalloc(131072, GFP_ATOMIC)", 131072, 5, 32 },
		{ { .bytes = 5 << 20 }, "choose", "kvmalloc(5242880, GFP_KERNEL)", 5 << 20, KM_UNKNOWN,
		  KM_UNKNOWN },
		{ { .bytes = 3ull << 30 }, "choose", "vmalloc(3221225472)", 3ull << 30, KM_UNKNOWN, KM_UNKNOWN },
		{ { .bytes = 5 << 20, .contiguous = KM_TRI_YES }, "unfit", "kmalloc(5242880, GFP_KERNEL)",
		  KM_UNKNOWN, KM_UNKNOWN, KM_UNKNOWN },
		{ { .bytes = 5 << 20, .atomic = KM_TRI_YES }, "avoid", "kvmalloc(5242880, GFP_ATOMIC)", 5 << 20,
		  KM_UNKNOWN, KM_UNKNOWN },
		{ { .bytes = 4096, .user = KM_TRI_YES }, "choose", "__get_free_pages(GFP_USER | __GFP_ZERO, 0)",
		  4096, 0, 1024 + 2 + 9 + 16 + 32 },
		{ { .bytes = 8192, .user = KM_TRI_YES }, "choose", "vmalloc_user(8192)", 8192, KM_UNKNOWN,
		  KM_UNKNOWN },
		{ { .bytes = 100, .dma = KM_TRI_YES }, "choose",
		  "dma_alloc_coherent(dev, 100, &handle, GFP_KERNEL)", 4096, 0, 1083 },
	};
	struct fixture f;

	(void)state;
	init(&f, KM_STR(BUDDYINFO), KM_STR(SLABINFO), KM_STR(""), 4096);
	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		const struct km_advice *row = advise(&f, &cases[i].request, 0);

		assert_str(km_word_str(row->verdict), cases[i].verdict);
		assert_str(row->call, cases[i].call);
		assert_int_equal(row->granted_bytes, cases[i].granted);
		assert_int_equal(row->order, cases[i].order);
		assert_int_equal(row->free_blocks, cases[i].free);
		assert_true(row->reasons.len > 0);
	}
	deinit(&f);
}

/* An unknown figure is no reason against a call, and shows no number. */
static void without_files(void **state)
{
	struct km_advice_request request = { .bytes = 100000, .contiguous = KM_TRI_YES };
	const struct km_advice *row;
	struct fixture f;

	(void)state;
	init(&f, KM_STR(""), KM_STR(""), KM_STR(""), 4096);
	row = advise(&f, &request, 0);
	assert_str(row->call, "alloc_pages_exact(100000, GFP_KERNEL)");
	assert_int_equal(row->free_blocks, KM_UNKNOWN);
	assert_int_equal(row->limit_bytes, KM_UNKNOWN);
	request.bytes = 65;
	assert_int_equal(advise(&f, &request, 0)->granted_bytes, 96);
	assert_str(advise(&f, &request, 0)->reasons.items[0], "usual-class");
	request.bytes = 193;
	assert_int_equal(advise(&f, &request, 0)->granted_bytes, 256);
	deinit(&f);
	init(&f, KM_STR(""), KM_STR(""), KM_STR(""), KM_UNKNOWN);
	assert_int_equal(km_advice_derive(&f.pool, &request, &(struct km_advice_input){ &f.limits, NULL,
											  &f.buddy }).len, 0);
	deinit(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(limits),
		cmocka_unit_test(chooses),
		cmocka_unit_test(without_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
