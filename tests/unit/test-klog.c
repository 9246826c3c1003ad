// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/failure.h"
#include "parse/klog.h"
#include "report/failure-reason.h"
#include "unit.h"

struct fixture {
	struct km_problems problems;
	struct km_klog klog;
	struct km_pool pool;
	struct km_sheet sheet;
};

static void read_log(struct fixture *fixture, const char *text)
{
	struct km_parse parse = { .source = KM_STR("log") };

	*fixture = (struct fixture){ 0 };
	parse.problems = &fixture->problems;
	km_parse_klog(&parse, km_str_from(text), &fixture->klog);
	fixture->sheet = km_failure_derive(&fixture->pool, &fixture->klog, parse.source);
	km_failure_explain((struct km_failure *)(uintptr_t)fixture->sheet.rows, fixture->sheet.len);
}

static const struct km_failure *row_at(const struct fixture *fixture, size_t at)
{
	assert_true(at < fixture->sheet.len);
	return km_sheet_row(&fixture->sheet, at);
}

static void deinit(struct fixture *fixture)
{
	km_klog_deinit(&fixture->klog);
	km_problems_deinit(&fixture->problems);
	km_pool_deinit(&fixture->pool);
}

#define ZONE(name, free, reserve)                                                                  \
	"Node 0 " name " free:" free "kB boost:0kB min:40kB low:50kB high:60kB "                  \
	"reserved_highatomic:0KB free_highatomic:0KB present:1024kB managed:1000kB free_pcp:0kB "  \
	"free_cma:0kB\nlowmem_reserve[]: " reserve "\n"
#define HEAD(order, mode)                                                                          \
	"[    1.0] sh: page allocation failure: order:" order ", mode:" mode                      \
	", nodemask=(null),cpuset=/,mems_allowed=0\n"
#define TASK "CPU: 1 UID: 0 PID: 42 Comm: sh Not tainted 6.12.1 #1\n"
#define TOTALS "active_anon:10 inactive_anon:0 isolated_anon:0\n free:12 free_pcp:0 free_cma:0\n"
#define END_OF_INFO "250 pages RAM\n0 pages HighMem/MovableOnly\n0 pages reserved\n"

static void reads_a_report(void **state)
{
	const struct km_request_zone *zone;
	const struct km_failure *row;
	struct fixture f;

	(void)state;
	read_log(&f, "noise\n" HEAD("3", "0xdc0(GFP_KERNEL|__GFP_ZERO)") TASK
		     "Call Trace:\n <TASK>\n dump_stack_lvl+0x5d/0x80\n warn_alloc.cold+0x1/0x2\n"
		     " ? doubtful+0x1/0x2\n __alloc_pages_slowpath.constprop.0+0x1/0x2\n query+0x1/0x2 [own]\n"
		     "Mem-Info:\n" TOTALS ZONE("DMA32", "100", "0 0 0 0 0")
		     "Node 0 DMA32: 5*4kB (UM) 10*8kB (M) 0*16kB 0*32kB = 100kB\n" END_OF_INFO);
	assert_int_equal(f.problems.list.len, 0);
	assert_int_equal(f.sheet.len, 1);
	row = row_at(&f, 0);
	assert_int_equal(row->line, 2);
	assert_str(row->task, "sh");
	assert_int_equal(row->pid, 42);
	assert_str(row->release, "6.12.1");
	assert_int_equal(row->order, 3);
	assert_int_equal(row->request_bytes, 32 << 10);
	assert_str(row->caller, "query+0x1/0x2 [own]");
	assert_int_equal(row->stack.len, 4);
	assert_int_equal(row->complete, KM_TRI_YES);
	assert_str(km_word_str(row->cause), "fragmentation");
	assert_int_equal(row->zones.len, 1);
	zone = row->zones.items;
	assert_int_equal(zone->free_bytes, 100 << 10);
	assert_int_equal(zone->unusable_bytes, 28 << 10);
	assert_int_equal(zone->watermark_bytes, 40 << 10);
	assert_int_equal(zone->lowmem_reserve_bytes, 0);
	assert_int_equal(zone->available_bytes, 32 << 10);
	assert_int_equal(zone->largest_bytes, 8 << 10);
	assert_int_equal(zone->largest_by_type.len, 2);
	assert_int_equal(zone->largest_by_type.items[0].value, 4 << 10);
	assert_int_equal(zone->largest_by_type.items[1].value, 8 << 10);
	assert_str(km_word_str(zone->verdict), "no block");
	deinit(&f);
}

/* The same zone, asked in many ways: what is left for each is the kernel's own test. */
static void weighs_requests(void **state)
{
	static const struct {
		const char *mask, *release;
		uint64_t mark;
		const char *verdict;
	} asked[] = {
		{ "0xcc0(GFP_KERNEL)", "6.12.1", 40, "below watermark" },
		{ "0x2800(GFP_NOWAIT)", "6.12.1", 40, "below watermark" },
		/* 10 pages, half, less a quarter, in whole pages */
		{ "0x820(GFP_ATOMIC)", "6.12.1", 16, "would fit" },
		{ "0xce0(GFP_KERNEL|__GFP_HIGH)", "6.12.1", 20, "would fit" },
		{ "0xa20(GFP_ATOMIC)", "5.10.1", 16, "would fit" },
		{ "0xa00(GFP_NOWAIT|__GFP_ATOMIC)", "5.10.1", 32, "below watermark" },
		{ "0x20cc0(GFP_KERNEL|__GFP_MEMALLOC)", "6.12.1", 0, "would fit" },
		{ "0xa0cc0(GFP_KERNEL|__GFP_MEMALLOC|__GFP_NOMEMALLOC)", "6.12.1", 40, "below watermark" },
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(asked); i++) {
		const struct km_request_zone *zone;
		struct fixture f;
		char text[2048];

		snprintf(text, sizeof(text), "sh: page allocation failure: order:0, mode:%s, nodemask=(null)\n"
			 "CPU: 1 PID: 42 Comm: sh Not tainted %s #1\nMem-Info:\n" TOTALS
			 ZONE("DMA32", "32", "0 0 0 0 0") "Node 0 DMA32: 8*4kB (U) = 32kB\n" END_OF_INFO,
			 asked[i].mask, asked[i].release);
		read_log(&f, text);
		zone = row_at(&f, 0)->zones.items;
		assert_int_equal(zone->watermark_bytes, asked[i].mark << 10);
		assert_int_equal(zone->unusable_bytes, 0);
		assert_str(km_word_str(zone->verdict), asked[i].verdict);
		deinit(&f);
	}
}

/* Reports of two tasks whose lines alternate, separated by the task that printed them. */
static void keeps_tasks_apart(void **state)
{
	struct fixture f;

	(void)state;
	read_log(&f, "[1.0][T1] a: page allocation failure: order:1, mode:0xcc0(GFP_KERNEL)\n"
		     "[1.0][T2] b: page allocation failure: order:2, mode:0x820(GFP_ATOMIC)\n"
		     "[1.0][T1] CPU: 0 PID: 1 Comm: a Not tainted 6.12.1 #1\n"
		     "[1.0][T2] CPU: 1 PID: 2 Comm: b Not tainted 6.12.1 #1\n"
		     "[1.0][T1] Call Trace:\n[1.0][T2] Call Trace:\n"
		     "[1.0][T1]  first+0x1/0x2\n[1.0][T2]  second+0x1/0x2\n");
	assert_int_equal(f.sheet.len, 2);
	assert_int_equal(row_at(&f, 0)->pid, 1);
	assert_int_equal(row_at(&f, 1)->pid, 2);
	assert_str(row_at(&f, 0)->caller, "first+0x1/0x2");
	assert_str(row_at(&f, 1)->caller, "second+0x1/0x2");
	deinit(&f);
}

static void reads_other_kinds(void **state)
{
	struct fixture f;

	(void)state;
	read_log(&f, "vmap allocation for size 4198400 failed: use vmalloc=<size> to increase size\r\n"
		     "sh: vmalloc error: size 1099511627776, exceeds total pages, mode:0xcc0(GFP_KERNEL), nodemask=(null)\n"
		     "sh: vmalloc: allocation failure: 8192 bytes, mode:0xcc0(GFP_KERNEL), nodemask=(null)\n"
		     "sh: vmalloc error: size 65536, failed to allocate pages, mode:0xcc0(GFP_KERNEL), nodemask=(null)\n"
		     "sh: vmalloc: allocation failure, allocated 4096 of 8192 bytes, mode:0xcc0(GFP_KERNEL), nodemask=(null)\n"
		     "SLUB: Unable to allocate memory on node -1 (gfp=0x20)\n"
		     "  cache: kmalloc-192, object size: 192, buffer size: 192, default order: 0, min order: 0\n"
		     "  node 0: slabs: 2, objs: 42, free: 0\n  node 1: slabs: 1, objs: 21, free: 1\n"
		     "------------[ cut here ]------------\n"
		     "WARNING: CPU: 2 PID: 178 at mm/page_alloc.c:4817 __alloc_pages_noprof+0x2a4/0x310\n"
		     "Memory cgroup out of memory: Killed process 229 (a (b)) total-vm:1715308kB, anon-rss:1000kB, "
		     "file-rss:24kB, shmem-rss:0kB, UID:0 pgtables:36kB oom_score_adj:0\n"
		     "sh invoked oom-killer: gfp_mask=0x0(), order=-1, oom_score_adj=0\n"
		     "sh: page allocation stall for 10 secs: order:2, mode:0xcc0(GFP_KERNEL) nodemask=(null),cpuset=/\n");
	assert_int_equal(f.sheet.len, 10);
	assert_str(km_word_str(row_at(&f, 0)->kind), "vmap");
	assert_int_equal(row_at(&f, 0)->request_bytes, 4198400);
	assert_str(km_word_str(row_at(&f, 0)->cause), "address space");
	assert_str(km_word_str(row_at(&f, 1)->cause), "exceeds memory");
	assert_int_equal(row_at(&f, 1)->request_bytes, 1ull << 40);
	assert_int_equal(row_at(&f, 2)->request_bytes, 8192);
	assert_int_equal(row_at(&f, 3)->request_bytes, KM_UNKNOWN);
	assert_int_equal(f.klog.events.items[3]->got_bytes, 65536);
	assert_int_equal(row_at(&f, 4)->request_bytes, 8192);
	assert_int_equal(f.klog.events.items[4]->got_bytes, 4096);
	assert_str(row_at(&f, 5)->cache, "kmalloc-192");
	assert_int_equal(f.klog.events.items[5]->mode, 0x20);
	assert_int_equal(f.klog.events.items[5]->objects, 63);
	assert_int_equal(f.klog.events.items[5]->free_objects, 1);
	assert_str(km_word_str(row_at(&f, 6)->cause), "order above the maximum");
	assert_str(km_word_str(row_at(&f, 7)->cause), "cgroup limit");
	assert_str(row_at(&f, 7)->victim, "a (b)");
	assert_int_equal(row_at(&f, 7)->victim_bytes, 1024 << 10);
	assert_str(km_word_str(row_at(&f, 8)->cause), "by hand");
	assert_str(km_word_str(row_at(&f, 9)->kind), "page stall");
	assert_int_equal(row_at(&f, 9)->order, 2);
	assert_str(row_at(&f, 9)->flags, "GFP_KERNEL");
	deinit(&f);
}

/* Damaged lines are reported, and the lines around them are kept. */
static void survives_damage(void **state)
{
	static const struct {
		const char *text, *cause; /* unknown: the zone may be the one that fits */
	} damaged[] = {
		{ ZONE("DMA32", "many", "0 0 0 0 0"), "unknown" },
		{ ZONE("DMA32", "99999999999999999999999", "0 0 0 0 0"), "unknown" },
		{ ZONE("DMA32", "1", "0 x 0 0 0"), "unknown" },
		{ ZONE("DMA32", "30", "0 0 0 0 0") "Node 0 DMA32: 5*4kB (UM) 10*12kB = 100kB\n", "shortage" },
		{ ZONE("DMA32", "30", "0 0 0 0 0") "Node 0 DMA32: 5*4kB (UM\n", "shortage" },
		{ ZONE("DMA32", "30", "0 0 0 0 0") "Node 0 DMA32: 5*3kB = 100kB\n", "shortage" },
	};

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(damaged); i++) {
		struct fixture f;
		char text[2048];

		snprintf(text, sizeof(text), HEAD("0", "0xcc0(GFP_KERNEL)") TASK "Mem-Info:\n" TOTALS "%s"
			 ZONE("Normal", "30", "0 0 0 0 0") "Node 0 Normal: 5*4kB (UM) = 20kB\n" END_OF_INFO,
			 damaged[i].text);
		read_log(&f, text);
		if (f.problems.list.len != 1)
			fail_msg("%zu problems in %s", f.problems.list.len, damaged[i].text);
		assert_str(km_word_str(row_at(&f, 0)->cause), damaged[i].cause);
		deinit(&f);
	}
}

/* Wherever a report ends, the existing part is reported. */
static void is_cut_anywhere(void **state)
{
	static const char whole[] = HEAD("3", "0xdc0(GFP_KERNEL|__GFP_ZERO)") TASK
		"Call Trace:\n query+0x1/0x2\nMem-Info:\n" TOTALS ZONE("DMA32", "100", "0 0 0 0 0")
		"Node 0 DMA32: 5*4kB (UM) 10*8kB (M) = 100kB\n" END_OF_INFO;

	(void)state;
	for (size_t len = 0; len < sizeof(whole); len++) {
		char text[sizeof(whole)];
		struct fixture f;

		memcpy(text, whole, len);
		text[len] = 0;
		read_log(&f, text);
		assert_true(f.sheet.len <= 1);
		if (len > sizeof(HEAD("3", "0xdc0(GFP_KERNEL|__GFP_ZERO)")))
			assert_int_equal(row_at(&f, 0)->order, 3);
		if (f.sheet.len)
			assert_true(km_word_str(row_at(&f, 0)->cause).len && row_at(&f, 0)->reason.len);
		deinit(&f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_a_report), cmocka_unit_test(weighs_requests),
		cmocka_unit_test(keeps_tasks_apart), cmocka_unit_test(reads_other_kinds),
		cmocka_unit_test(survives_damage), cmocka_unit_test(is_cut_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
