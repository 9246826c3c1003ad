// SPDX-License-Identifier: GPL-2.0-or-later
/* /proc/allocinfo, page_owner, alloc_traces, and the rows that are derived from them. */
#include "unit.h"
#include "model/caller.h"

struct parsed {
	struct km_problems problems;
	struct km_parse parse;
	struct km_allocinfo allocinfo;
	struct km_calltraces traces;
	struct km_pool pool;
};

static void setup(struct parsed *parsed)
{
	*parsed = (struct parsed){ 0 };
	parsed->parse = (struct km_parse){ .source = KM_STR("text"), .problems = &parsed->problems };
}

static void teardown(struct parsed *parsed)
{
	km_problems_deinit(&parsed->problems);
	km_allocinfo_deinit(&parsed->allocinfo);
	km_calltraces_deinit(&parsed->traces);
	km_pool_deinit(&parsed->pool);
}

static void assert_text(struct km_str text, const char *expected)
{
	assert_int_equal(text.len, strlen(expected));
	assert_memory_equal(text.ptr, expected, text.len);
}

/*
 * Versions 1.0 and 2.0. Places without memory are left out. A counter that is negative for a moment counts as
 * no memory.
 */
static void allocinfo(void **state)
{
	struct parsed parsed;
	const struct km_allocinfo_site *sites;

	(void)state;
	setup(&parsed);
	km_parse_allocinfo(&parsed.parse,
			   KM_STR("allocinfo - version: 2.0\n#     <size>  <calls> <tag info>\n"
				  "       32768        8 kernel/fork.c:307 func:alloc_thread_stack_node \n"
				  "           0        0 init/main.c:1314 func:do_initcalls \n"
				  "         -64        1 mm/x.c:1 func:x \n"
				  "     4194304        1 fs/ext4/super.c:13 [ext4] func:ext4_fill later:1 accurate:no \n"
				  "what\n12 x mm/x.c:1 func:x\n12 1 mm/x.c:1\n"),
			   &parsed.allocinfo);
	sites = parsed.allocinfo.sites.items;
	assert_int_equal(parsed.problems.list.len, 3);
	assert_int_equal(parsed.allocinfo.sites.len, 2);
	assert_int_equal(sites[0].size, 32768);
	assert_int_equal(sites[0].calls, 8);
	assert_text(sites[0].place, "kernel/fork.c:307");
	assert_text(sites[0].func, "alloc_thread_stack_node");
	assert_null(sites[0].module.ptr);
	assert_false(sites[0].inaccurate);
	assert_text(sites[1].module, "ext4");
	assert_true(sites[1].inaccurate);
	teardown(&parsed);
}

/* The sums of 6.9 and of 6.12, and records of single blocks. */
static void page_owner(void **state)
{
	struct parsed parsed;

	(void)state;
	setup(&parsed);
	km_parse_page_owner(&parsed.parse,
			    KM_STR(" a+0x1/0x2\n b+0x1/0x2\nnr_base_pages: 4695\n\n a+0x1/0x2\n stack\nstack_count: 2\n\n"
				   "Page allocated via order 2, mask 0xcc0(GFP_KERNEL), pid 1, tgid 1 (init), ts 5 ns\n"
				   "PFN 0x12 type Unmovable Block 0 type Unmovable Flags 0x0()\n c+0x1/0x2\n\n"
				   "Page allocated via order 99, mask 0x0()\n\nnr_base_pages: x\n"),
			    &parsed.traces);
	assert_int_equal(parsed.traces.list.len, 3);
	assert_int_equal(parsed.problems.list.len, 2);
	assert_int_equal(parsed.traces.list.items[0].count, 4695);
	assert_text(parsed.traces.list.items[0].frames, " a+0x1/0x2\n b+0x1/0x2");
	assert_int_equal(parsed.traces.list.items[1].count, 2);
	assert_int_equal(parsed.traces.list.items[2].count, 4);
	assert_text(parsed.traces.list.items[2].frames, " c+0x1/0x2");
	teardown(&parsed);
}

static void alloc_traces(void **state)
{
	struct parsed parsed;

	(void)state;
	setup(&parsed);
	km_parse_alloc_traces(&parsed.parse,
			      KM_STR("No data\n     12 single_open+0x2a/0xb0 [m] waste=96/8 age=12/34/56 pid=1-99\n"
				     "        kmem_cache_alloc+0x1d1/0x270\n        single_open+0x2a/0xb0 [m]\n\n"
				     "      3 <not-available> age=5 pid=0\nwhat\n"),
			      &parsed.traces);
	assert_int_equal(parsed.traces.list.len, 2);
	assert_int_equal(parsed.problems.list.len, 1);
	assert_int_equal(parsed.traces.list.items[0].count, 12);
	assert_text(parsed.traces.list.items[0].caller, "single_open+0x2a/0xb0 [m]");
	assert_text(parsed.traces.list.items[1].caller, "<not-available>");
	assert_int_equal(parsed.traces.list.items[1].frames.len, 0);
	teardown(&parsed);
}

/* The caller is the first function that neither allocates nor records. Stacks with one caller are one row. */
static void rows(void **state)
{
	struct parsed parsed;
	struct km_callers callers;
	const struct km_caller *row;
	struct km_sheet sheet;

	(void)state;
	setup(&parsed);
	callers = (struct km_callers){ .pool = &parsed.pool };
	km_parse_page_owner(&parsed.parse,
			    KM_STR(" prep_new_page+0x1/0x2\n get_page_from_freelist+0x1/0x2\n __alloc_pages+0x1/0x2\n"
				   " foo_get+0x1/0x2 [foo]\n main+0x1/0x2\nnr_base_pages: 10\n\n"
				   " alloc_pages+0x1/0x2\n foo_get+0x7/0x9 [foo]\nnr_base_pages: 5\n\n"
				   " alloc_pages+0x1/0x2\nnr_base_pages: 1\n\n"),
			    &parsed.traces);
	km_callers_add_traces(&callers, KM_CALLER_PAGE_OWNER, &parsed.traces, (struct km_str){ 0 }, 4096);
	sheet = km_callers_take(&callers);
	assert_int_equal(sheet.len, 2);
	row = km_sheet_row(&sheet, 0);
	assert_text(row->caller, "foo_get");
	assert_text(row->module, "foo");
	assert_int_equal(row->allocations, 15);
	assert_int_equal(row->size_bytes, 15 * 4096);
	row = km_sheet_row(&sheet, 1);
	assert_text(row->caller, "alloc_pages");
	teardown(&parsed);
}

/* Pages of slabs have no caller. kmalloc() takes blocks of more than two pages directly from the page allocator. */
static void largest(void **state)
{
	struct parsed parsed;
	struct km_callers callers;
	struct km_sheet sheet;

	(void)state;
	setup(&parsed);
	callers = (struct km_callers){ .pool = &parsed.pool };
	km_parse_allocinfo(&parsed.parse,
			   KM_STR("8000000 100 mm/slub.c:2345 func:alloc_slab_page\n900000 1000 a.c:1 func:objects\n"
				  "819200 200 b.c:1 func:pages\n700000 10 c.c:1 func:blocks\n"),
			   &parsed.allocinfo);
	km_callers_add_allocinfo(&callers, &parsed.allocinfo);
	sheet = km_callers_take(&callers);
	assert_text(km_caller_largest(&sheet, 4096, false)->caller, "objects");
	assert_text(km_caller_largest(&sheet, 4096, true)->caller, "blocks");
	assert_null(km_caller_largest(&sheet, KM_UNKNOWN, true));
	teardown(&parsed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(allocinfo),
		cmocka_unit_test(page_owner),
		cmocka_unit_test(alloc_traces),
		cmocka_unit_test(rows),
		cmocka_unit_test(largest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
