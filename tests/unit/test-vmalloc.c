// SPDX-License-Identifier: GPL-2.0-or-later
#include "unit.h"
#include "model/pointers.h"
#include "model/vmalloc.h"

enum { PAGE = 4096 };

struct machine {
	struct km_problems problems;
	struct km_vmalloc_tally tally;
	KM_ARRAY(struct km_vmalloc) areas;
	struct km_pool pool;
};

static int set_up(void **state)
{
	struct machine *machine = calloc(1, sizeof(*machine));

	*state = machine;
	if (!machine)
		return -1;
	km_vmalloc_tally_init(&machine->tally, PAGE, KM_VMALLOC_ALL);
	return 0;
}

static int tear_down(void **state)
{
	struct machine *machine = *state;

	km_vmalloc_tally_deinit(&machine->tally);
	km_array_deinit(&machine->areas);
	km_problems_deinit(&machine->problems);
	km_pool_deinit(&machine->pool);
	free(machine);
	return 0;
}

/* The texts of the areas lie in the parsed text, which the pool owns. */
static void take(void *data, const struct km_vmallocinfo_area *areas, size_t len)
{
	struct machine *machine = data;
	struct km_vmalloc_found found[KM_VMALLOCINFO_BATCH];

	km_vmalloc_tally_add(&machine->tally, areas, len, found);
	for (size_t i = 0; i < len; i++) {
		struct km_pair *pairs = km_pool_alloc(&machine->pool, areas[i].nodes_len, sizeof(*pairs));
		struct km_vmalloc *row = km_array_push(&machine->areas);

		km_row_init(&km_vmalloc_type, row);
		km_vmalloc_set_area(&machine->tally, &areas[i], &found[i], pairs, row);
	}
}

static void parse(struct machine *machine, const char *text)
{
	const struct km_vmallocinfo_taker taker = { take, machine };
	struct km_parse parse = { .source = KM_STR("/proc/vmallocinfo"),
				  .problems = &machine->problems };

	km_parse_vmallocinfo(&parse, km_pool_copy(&machine->pool, km_str_from(text)), &taker);
	assert_int_equal(machine->problems.list.len, 0);
}

static struct km_sheet derive(struct machine *machine, enum km_vmalloc_by by)
{
	struct km_sheet sheet = km_vmalloc_derive(&machine->pool, &machine->tally, KM_UNKNOWN, by);

	if (by == KM_VMALLOC_BY_AREA) {
		sheet.rows = machine->areas.items;
		sheet.len = machine->areas.len;
	}
	return sheet;
}

static const struct km_vmalloc *row(const struct km_sheet *sheet, size_t index)
{
	assert_true(index < sheet->len);
	return km_sheet_row(sheet, index);
}

/* The one row with a caller (NULL: unknown) and a kind. */
static const struct km_vmalloc *find(const struct km_sheet *sheet, const char *caller,
				     const char *kind)
{
	const struct km_vmalloc *found = NULL;

	for (size_t i = 0; i < sheet->len; i++) {
		const struct km_vmalloc *at = km_sheet_row(sheet, i);

		if (!km_str_eq(at->caller, km_str_from(caller)) ||
		    !km_str_eq(km_word_str(at->kind), km_str_from(kind)))
			continue;
		assert_null(found);
		found = at;
	}
	if (!found)
		fail_msg("no row %s, %s", caller ? caller : "-", kind);
	return found;
}

/* A machine with two nodes: each kind of line once or twice. */
static const char lines[] =
	"0x1-0x2   20480 kernel_clone+0x9b/0x3f0 pages=4 vmalloc N0=4\n"
	"0x1-0x2   20480 kernel_clone+0x1b/0x3f0 pages=4 vmalloc N0=1 N1=3\n"
	"0x1-0x2    8192 fat_cache_add.part.0+0x63/0x1d0 [fat] pages=1 vmalloc N1=1\n"
	"0x1-0x2    8192 fat_cache_add+0x1/0x1d0 [fat] pages=1 vmalloc N1=1\n"
	"0x1-0x2    8192 fat_cache_add+0x1/0x1d0 [vfat] pages=1 vmalloc N1=1\n"
	"0x1-0x2 2101248 alloc_large_system_hash+0x15a/0x2c0 pages=512 vmalloc N0=256 N1=256\n"
	"0x1-0x2    8192 hpet_enable+0xe5/0x46c phys=0x00000000fed00000 ioremap\n"
	"0x1-0x2   20480 irq_init_percpu_irqstack+0xcf/0x100 vmap\n"
	"0x1-0x2 2097152 pcpu_get_vm_areas+0x0/0x10a0 vmalloc\n"
	"0x1-0x2   12288 shmem_pin_map+0x1/0x2 [i915] pages=2 N0=2\n"
	"0x1-0x2   20480 unpurged vm_area\n"
	"0x1-0x2    8192 unpurged vm_area\n"
	"0x1-0x2   65536 vm_map_ram\n";

static void by_caller(void **state)
{
	const struct km_vmalloc *found;
	struct km_sheet sheet;

	parse(*state, lines);
	sheet = derive(*state, KM_VMALLOC_BY_CALLER);
	assert_int_equal(sheet.len, 10);
	found = find(&sheet, "kernel_clone", "kernel stacks");
	assert_ptr_equal(found, row(&sheet, 0));
	assert_int_equal(found->areas, 2);
	assert_int_equal(found->memory_bytes, 8 * PAGE);
	assert_int_equal(found->virtual_bytes, 10 * PAGE);
	assert_int_equal(found->guard_bytes, 2 * PAGE);
	assert_int_equal(found->device_bytes, 0);
	assert_int_equal(found->lazy_bytes, 0);
	assert_int_equal(found->largest_bytes, 5 * PAGE);
	assert_int_equal(found->node, KM_UNKNOWN);
	assert_null(found->start.ptr);
	assert_int_equal(found->node_pages.len, 2);
	assert_str(found->node_pages.items[0].name, "N0");
	assert_int_equal(found->node_pages.items[0].value, 5);
	assert_str(found->node_pages.items[1].name, "N1");
	assert_int_equal(found->node_pages.items[1].value, 3);
	found = find(&sheet, NULL, "lazily freed");
	assert_int_equal(found->areas, 2);
	assert_int_equal(found->lazy_bytes, 7 * PAGE);
	assert_int_equal(found->memory_bytes, 0);
	assert_int_equal(found->largest_bytes, 5 * PAGE);
}

/* A suffix that the compiler adds to a name does not split a caller; the module does. */
static void names_and_modules(void **state)
{
	struct km_sheet sheet;

	parse(*state, lines);
	sheet = derive(*state, KM_VMALLOC_BY_CALLER);
	assert_str(row(&sheet, 1)->caller, "fat_cache_add");
	assert_str(row(&sheet, 1)->module, "fat");
	assert_int_equal(row(&sheet, 1)->areas, 2);
	assert_str(row(&sheet, 2)->caller, "fat_cache_add");
	assert_str(row(&sheet, 2)->module, "vfat");
	assert_int_equal(row(&sheet, 2)->areas, 1);
	sheet = derive(*state, KM_VMALLOC_BY_MODULE);
	assert_int_equal(sheet.len, 4);
	assert_null(row(&sheet, 0)->module.ptr);
	assert_int_equal(row(&sheet, 0)->areas, 9);
	assert_str(row(&sheet, 1)->module, "fat");
	assert_null(row(&sheet, 1)->caller.ptr);
	assert_null(km_word_str(row(&sheet, 1)->kind).ptr);
}

static void what_holds_no_memory(void **state)
{
	const struct km_vmalloc *found;
	struct km_sheet sheet;

	parse(*state, lines);
	sheet = derive(*state, KM_VMALLOC_BY_CALLER);
	found = find(&sheet, "hpet_enable", "ioremap");
	assert_int_equal(found->memory_bytes, 0);
	assert_int_equal(found->device_bytes, PAGE);
	assert_int_equal(found->guard_bytes, PAGE);
	found = find(&sheet, "pcpu_get_vm_areas", "per-CPU");
	assert_int_equal(found->memory_bytes, 0);
	assert_int_equal(found->guard_bytes, 0);
	found = find(&sheet, "irq_init_percpu_irqstack", "interrupt stacks");
	assert_int_equal(found->memory_bytes, 0);
	assert_int_equal(found->guard_bytes, PAGE);
	/* VM_MAP_PUT_PAGES: pages= without "vmalloc" is not in VmallocUsed */
	found = find(&sheet, "shmem_pin_map", "vmap");
	assert_int_equal(found->memory_bytes, 0);
	found = find(&sheet, NULL, "vmap");
	assert_int_equal(found->guard_bytes, 0);
	assert_int_equal(found->virtual_bytes, 65536);
}

static void by_node(void **state)
{
	const struct km_vmalloc *totals;
	struct km_sheet sheet;

	parse(*state, lines);
	sheet = derive(*state, KM_VMALLOC_BY_NODE);
	totals = sheet.totals;
	assert_int_equal(sheet.len, 3);
	assert_int_equal(row(&sheet, 0)->node, 0);
	assert_int_equal(row(&sheet, 0)->areas, 4);
	assert_int_equal(row(&sheet, 0)->memory_bytes, (4 + 1 + 256) * PAGE);
	assert_int_equal(row(&sheet, 0)->virtual_bytes, KM_UNKNOWN);
	assert_int_equal(row(&sheet, 1)->node, 1);
	assert_int_equal(row(&sheet, 1)->memory_bytes, (3 + 3 + 256) * PAGE);
	assert_int_equal(row(&sheet, 2)->node, KM_UNKNOWN);
	assert_int_equal(row(&sheet, 2)->areas, 6);
	assert_int_equal(row(&sheet, 2)->memory_bytes, 0);
	assert_int_equal(row(&sheet, 2)->device_bytes, PAGE);
	assert_int_equal(totals->areas, 13);
	assert_int_equal(totals->memory_bytes, (4 + 1 + 256 + 3 + 3 + 256) * PAGE);
}

static void each_area(void **state)
{
	const struct km_vmalloc *area;
	struct km_sheet sheet;

	parse(*state, "0xffffc90000002000-0xffffc90000004000 8192 f.isra.0+0x1/0x2 [m] pages=1 "
		      "vmalloc N3=1\n"
		      "0x0000000000000000-0x0000000000000000 8192 g+0x1/0x2 phys=0xfed0 ioremap\n"
		      "0x(ptrval)-0x(ptrval) 8192 unpurged vm_area\n");
	sheet = derive(*state, KM_VMALLOC_BY_AREA);
	assert_int_equal(sheet.len, 3);
	area = row(&sheet, 0);
	assert_str(area->caller, "f.isra.0+0x1/0x2");
	assert_str(area->module, "m");
	assert_str(km_word_str(area->kind), "other");
	assert_str(area->start, "0xffffc90000002000");
	assert_str(area->end, "0xffffc90000004000");
	assert_str(area->flags, "vmalloc");
	assert_int_equal(area->areas, 1);
	assert_int_equal(area->node_pages.len, 1);
	assert_str(area->node_pages.items[0].name, "N3");
	assert_str(row(&sheet, 1)->phys, "0xfed0");
	assert_null(row(&sheet, 1)->start.ptr);
	assert_null(row(&sheet, 2)->start.ptr);
	assert_null(row(&sheet, 2)->end.ptr);
}

static void kinds(void **state)
{
	static const struct {
		const char *rest, *kind;
	} areas[] = {
		{ "_do_fork+0x1/0x2 pages=4 vmalloc", "kernel stacks" },
		{ "copy_process+0x1e6/0x18e0 pages=4 vmalloc", "kernel stacks" },
		{ "create_io_thread+0x1/0x2 pages=4 vmalloc", "kernel stacks" },
		{ ".kernel_clone+0x1/0x2 pages=4 vmalloc", "kernel stacks" },
		{ "kernel_clone.cold+0x1/0x2 pages=4 vmalloc", "kernel stacks" },
		{ "kernel_clones+0x1/0x2 pages=4 vmalloc", "other" },
		{ "start_kernel+0x478/0x690 pages=4 vmalloc", "interrupt stacks" },
		{ "load_module+0xd97/0x2630 pages=4 vmalloc", "module code" },
		{ "execmem_alloc_rw+0x13/0x60 pages=4 vmalloc", "module code" },
		{ "execmem_cache_populate_alloc+0x1/0x2 pages=512 vmalloc", "module code" },
		{ "arch_ftrace_update_trampoline+0x1/0x2 pages=1 vmalloc", "probes" },
		{ "bpf_prog_pack_alloc+0x2b0/0x3c0 pages=512 vmalloc", "BPF" },
		{ "arena_map_alloc+0x1/0x2 sparse user", "BPF" },
		{ "bpf_ringbuf_alloc+0x1/0x2 vmap user", "BPF" },
		{ "inet_ehash_locks_alloc+0x97/0x100 pages=2 vmalloc", "hash tables" },
		{ "pcpu_mem_zalloc+0x2b/0x50 pages=2 vmalloc", "per-CPU" },
		{ "__do_sys_swapon+0x640/0xac0 pages=2 vmalloc", "swap maps" },
		{ "kasan_mem_notifier+0x1/0x2 pages=2 vmalloc", "KASAN shadow" },
		{ "paging_init+0x130/0x60c phys=0x0000000040210000 vmap", "kernel image" },
		{ "dma_common_pages_remap+0x1/0x2 dma-coherent", "DMA" },
		{ "memremap+0x11b/0x1f0 phys=0x00000000000f5000 ioremap", "ioremap" },
		{ "drm_gem_vmap+0x1/0x2 [drm] vmap", "vmap" },
		{ "init_vdso_vars+0x112/0x210", "vmap" },
		{ "0xffffffffc039b089 pages=11 vmalloc", "other" },
		{ "bpf+0x1/0x2 pages=1 vmalloc", "other" },
		{ "n_tty_open+0x14/0xa0 pages=3 vmalloc", "other" },
		{ "vmalloc", "other" },
	};
	char line[200];
	struct machine *machine = *state;
	struct km_sheet sheet;

	for (size_t i = 0; i < UNIT_COUNT(areas); i++) {
		snprintf(line, sizeof(line), "0x1-0x2 20480 %s\n", areas[i].rest);
		parse(machine, line);
	}
	sheet = derive(machine, KM_VMALLOC_BY_AREA);
	for (size_t i = 0; i < UNIT_COUNT(areas); i++)
		if (!km_str_eq(km_word_str(row(&sheet, i)->kind), km_str_from(areas[i].kind)))
			fail_msg("%s: %.*s", areas[i].rest, KM_STR_ARG(km_word_str(row(&sheet, i)->kind)));
}

/* Each kind has an explanation, with the sign by which it is recognised. */
static void kind_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < KM_VMALLOC_KINDS; i++) {
		const struct km_word *topic = &km_vmalloc_kinds[i].word;

		assert_non_null(topic->key);
		assert_non_null(topic->brief);
		assert_non_null(topic->explain);
		assert_non_null(topic->origin);
	}
	assert_null(km_vmalloc_kinds[KM_VMALLOC_KINDS].word.key);
}

static void guard_pages(void **state)
{
	static const struct {
		const char *rest;
		uint64_t guard;
	} areas[] = {
		{ "f+0x1/0x2 pages=4 vmalloc", PAGE },
		{ "f+0x1/0x2 pages=5 vmalloc", 0 },
		/* fewer pages than room: being made, or shrunk by vrealloc() */
		{ "f+0x1/0x2 pages=2 vmalloc", PAGE },
		{ "f+0x1/0x2 vmalloc", PAGE },
		/* more than there is room for: the page size or the line is wrong */
		{ "f+0x1/0x2 pages=6 vmalloc", KM_UNKNOWN },
		{ "vmalloc", 0 },
		{ "pcpu_get_vm_areas+0x0/0x1 vmalloc", 0 },
		{ "f+0x1/0x2 vmap", PAGE },
		{ "declare_kernel_vmas+0x1/0x2 phys=0x40000000 vmap", 0 },
		{ "f+0x1/0x2 dma-coherent", PAGE },
		{ "unpurged vm_area", 0 },
		{ "vm_map_ram", 0 },
	};
	char line[200];
	struct machine *machine = *state;
	struct km_sheet sheet;

	for (size_t i = 0; i < UNIT_COUNT(areas); i++) {
		snprintf(line, sizeof(line), "0x1-0x2 20480 %s\n", areas[i].rest);
		parse(machine, line);
	}
	sheet = derive(machine, KM_VMALLOC_BY_AREA);
	for (size_t i = 0; i < UNIT_COUNT(areas); i++)
		if (row(&sheet, i)->guard_bytes != areas[i].guard)
			fail_msg("%s: %llu", areas[i].rest,
				 (unsigned long long)row(&sheet, i)->guard_bytes);
	assert_int_equal(((const struct km_vmalloc *)sheet.totals)->guard_bytes, KM_UNKNOWN);
}

static void unknown_page_size(void **state)
{
	struct machine *machine = *state;
	const struct km_vmalloc *totals;
	struct km_sheet sheet;

	km_vmalloc_tally_init(&machine->tally, KM_UNKNOWN, KM_VMALLOC_ALL);
	parse(machine, lines);
	sheet = km_vmalloc_derive(&machine->pool, &machine->tally, 123 * 1024,
				  KM_VMALLOC_BY_CALLER);
	totals = sheet.totals;
	assert_int_equal(totals->areas, 13);
	assert_int_equal(totals->memory_bytes, KM_UNKNOWN);
	assert_int_equal(totals->guard_bytes, KM_UNKNOWN);
	assert_int_equal(totals->device_bytes, KM_UNKNOWN);
	assert_int_equal(totals->lazy_bytes, 28672);
	assert_int_equal(totals->vmalloc_used_bytes, 123 * 1024);
	assert_true(totals->unlisted_bytes == KM_UNKNOWN_DELTA);
	assert_int_equal(find(&sheet, NULL, "lazily freed")->memory_bytes, 0);
}

static void numbers_without_end(void **state)
{
	const struct km_vmalloc *totals;
	struct km_sheet sheet;

	parse(*state, "0x1-0x2 18446744073709551614 f+0x1/0x2 pages=18446744073709551614 vmalloc\n"
		      "0x1-0x2 18446744073709551614 f+0x1/0x2 phys=0x1 ioremap\n");
	sheet = derive(*state, KM_VMALLOC_BY_CALLER);
	totals = sheet.totals;
	assert_int_equal(totals->areas, 2);
	assert_int_equal(totals->memory_bytes, KM_UNKNOWN);
	assert_int_equal(totals->virtual_bytes, KM_UNKNOWN);
	assert_int_equal(totals->largest_bytes, 18446744073709551614u);
}

static void reconciled(void **state)
{
	static const struct {
		uint64_t used, shown;
		int64_t unlisted;
	} cases[] = {
		{ 8 * PAGE, 8 * PAGE, 0 },
		{ 12 * PAGE, 12 * PAGE, 4 * PAGE },
		{ 4 * PAGE, 4 * PAGE, -4 * PAGE },
		{ 0, KM_UNKNOWN, KM_UNKNOWN_DELTA }, /* 4.4 to 5.2 */
		{ KM_UNKNOWN, KM_UNKNOWN, KM_UNKNOWN_DELTA },
	};
	struct machine *machine = *state;

	parse(machine, "0x1-0x2 36864 f+0x1/0x2 pages=8 vmalloc\n");
	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		struct km_sheet sheet = km_vmalloc_derive(&machine->pool, &machine->tally,
							  cases[i].used, KM_VMALLOC_BY_KIND);
		const struct km_vmalloc *totals = sheet.totals;

		assert_true(totals->vmalloc_used_bytes == cases[i].shown);
		assert_true(totals->unlisted_bytes == cases[i].unlisted);
	}
}

/* An ordinary user can read only /proc/meminfo. */
static void without_areas(void **state)
{
	struct machine *machine = *state;
	const struct km_vmalloc *totals;
	struct km_sheet sheet;

	sheet = km_vmalloc_derive(&machine->pool, NULL, 0, KM_VMALLOC_BY_AREA);
	totals = sheet.totals;
	assert_int_equal(sheet.len, 0);
	assert_int_equal(totals->areas, KM_UNKNOWN);
	assert_int_equal(totals->memory_bytes, KM_UNKNOWN);
	assert_int_equal(totals->vmalloc_used_bytes, 0);
	assert_true(totals->unlisted_bytes == KM_UNKNOWN_DELTA);
}

static void pointers(void **state)
{
	static const struct {
		const char *line, *pointers;
	} cases[] = {
		{ "0xffffc90000000000-0xffffc90000005000 20480 vm_map_ram", "real" },
		{ "0xf7e00000-0xf7e02000 8192 vm_map_ram", "real" },
		{ "0x000000007f81f96b-0x000000000877952f 20480 vm_map_ram", "hashed" },
		{ "0x7f81f96b-0x0877952f 20480 vm_map_ram", "hashed" },
		{ "0x0000000000000000-0x0000000000000000 20480 vm_map_ram", "zeroed" },
		{ "0x(____ptrval____)-0x(____ptrval____) 20480 vm_map_ram", "uninitialised" },
		{ "0x(ptrval)-0x(ptrval) 20480 vm_map_ram", "uninitialised" },
		{ "0xnothing-0xknown 20480 vm_map_ram", NULL },
		{ "", NULL },
	};
	struct machine *machine = *state;

	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		parse(machine, cases[i].line);
		assert_str(km_word_str(km_pointers_of(&machine->tally.pointers)),
			   cases[i].pointers ? cases[i].pointers : "");
		machine->tally.pointers = (struct km_pointers){ 0 };
	}
}

/* A hash that fits its size by chance does not validate the others. */
static void pointers_by_majority(void **state)
{
	struct machine *machine = *state;

	parse(machine, "0x0000000000001000-0x0000000000006000 20480 vm_map_ram\n"
		       "0x000000007f81f96b-0x000000000877952f 20480 vm_map_ram\n"
		       "0x0000000026e7a709-0x00000000044669b9 20480 vm_map_ram\n");
	assert_str(km_word_str(km_pointers_of(&machine->tally.pointers)), "hashed");
}

/*
 * A machine with more nodes than are counted without a look-up, each by two callers and in an
 * order of its own: every figure of every grouping is known beforehand.
 */
static void many_nodes(void **state)
{
	enum { NODES = 3 * KM_VMALLOC_NEAR };
	struct machine *machine = *state;
	struct km_sheet sheet;
	char text[200];

	for (unsigned int i = 0; i < 2 * NODES; i++) {
		unsigned int node = i * 7 % NODES * 3;

		snprintf(text, sizeof(text), "0x1-0x2 %u %s+0x1/0x2 pages=%u vmalloc N%u=%u\n",
			 (node + 2) * PAGE, i < NODES ? "f" : "g", node + 1, node, node + 1);
		parse(machine, text);
	}
	sheet = derive(machine, KM_VMALLOC_BY_NODE);
	assert_int_equal(sheet.len, NODES);
	for (size_t i = 0; i < NODES; i++) {
		assert_int_equal(row(&sheet, i)->node, i * 7 % NODES * 3);
		assert_int_equal(row(&sheet, i)->areas, 2);
		assert_int_equal(row(&sheet, i)->memory_bytes, 2 * (row(&sheet, i)->node + 1) * PAGE);
		assert_int_equal(row(&sheet, i)->virtual_bytes, KM_UNKNOWN);
		assert_int_equal(row(&sheet, i)->node_pages.items[0].value, 2 * (row(&sheet, i)->node + 1));
	}
	sheet = derive(machine, KM_VMALLOC_BY_CALLER);
	assert_int_equal(sheet.len, 2);
	for (size_t i = 0; i < 2; i++) {
		uint64_t pages = 0;

		assert_int_equal(row(&sheet, i)->node_pages.len, NODES);
		for (size_t j = 0; j < NODES; j++)
			pages += row(&sheet, i)->node_pages.items[j].value;
		assert_int_equal(pages * PAGE, row(&sheet, i)->memory_bytes);
		assert_int_equal(row(&sheet, i)->areas, NODES);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(by_caller), TEST(names_and_modules), TEST(what_holds_no_memory), TEST(by_node), TEST(many_nodes),
		TEST(each_area), TEST(kinds), TEST(kind_table), TEST(guard_pages),
		TEST(unknown_page_size), TEST(numbers_without_end), TEST(reconciled),
		TEST(without_areas), TEST(pointers), TEST(pointers_by_majority),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
