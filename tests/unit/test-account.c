// SPDX-License-Identifier: GPL-2.0-or-later
/* The account is complete: whatever the sources contain, parts add up to their whole, and no part is invented. */
#include "unit.h"
#include <stdlib.h>
#include "model/account-owner.h"
#include "model/account.h"
#include "model/account-reported.h"
#include "parse/version.h"
#include "report/account-text.h"
#include "source/source.h"

struct machine {
	struct km_problems problems;
	struct km_pool pool;
	struct km_meminfo meminfo;
	struct km_vmstat vmstat;
	struct km_account_input facts;
	struct km_account_tree tree;
};

static void machine_init(struct machine *machine, struct km_str meminfo, struct km_str vmstat)
{
	struct km_parse parse = { .source = KM_STR("text"), .problems = &machine->problems };

	*machine = (struct machine){ 0 };
	km_parse_meminfo(&parse, meminfo, &machine->meminfo);
	km_parse_vmstat(&parse, vmstat, &machine->vmstat);
	machine->facts = (struct km_account_input){
		.meminfo = &machine->meminfo,
		.vmstat = &machine->vmstat,
		.page_bytes = 4096,
		.release = KM_UNKNOWN,
		.managed_bytes = KM_UNKNOWN,
		.per_cpu_lists_bytes = KM_UNKNOWN,
		.large_kmalloc_bytes = KM_UNKNOWN,
		.zfs_bytes = KM_UNKNOWN,
		.dma_buf_bytes = KM_UNKNOWN,
	};
	for (size_t i = 0; i < KM_VMALLOC_KINDS; i++)
		machine->facts.vmalloc_bytes[i] = KM_UNKNOWN;
}

static void machine_deinit(struct machine *machine)
{
	km_problems_deinit(&machine->problems);
	km_pool_deinit(&machine->pool);
	km_meminfo_deinit(&machine->meminfo);
	km_vmstat_deinit(&machine->vmstat);
}

/* Every part is the sum of its children. A part that was not reduced has the reported size. */
static void assert_closes(const struct km_account *row)
{
	const struct km_account *children = row->children.items;
	uint64_t sum = 0;

	assert_true(row->bytes != KM_UNKNOWN);
	assert_true(row->share_ratio >= 0 && row->share_ratio <= 1);
	for (size_t i = 0; i < row->children.len; i++) {
		assert_closes(&children[i]);
		sum += children[i].bytes;
	}
	if (row->children.len && sum != row->bytes)
		fail_msg("%s is %llu, its parts are %llu", km_word_str(row->key).ptr,
			 (unsigned long long)row->bytes, (unsigned long long)sum);
	if (row->reported_bytes != KM_UNKNOWN)
		assert_true(row->bytes <= row->reported_bytes);
}

static void derive(struct machine *machine)
{
	struct km_sheet shown;

	km_account_derive(&machine->pool, &machine->facts, &machine->tree);
	km_account_set_notes(&machine->pool, NULL, &machine->tree);
	if (machine->tree.sheet.len)
		assert_closes(machine->tree.sheet.rows);
	shown = km_account_condense(&machine->pool, &machine->tree);
	assert_int_equal(shown.len, machine->tree.sheet.len);
	if (shown.len)
		assert_int_equal(((const struct km_account *)shown.rows)->bytes,
				 km_account_bytes(&machine->tree, KM_ACCOUNT_TOTAL));
}

#define assert_kib(id, kib) \
	assert_int_equal(km_account_bytes(&machine.tree, KM_ACCOUNT_##id), (uint64_t)(kib) * 1024)
#define assert_untold(id) assert_null(machine.tree.parts[KM_ACCOUNT_##id])

/* A machine of 1000 MiB, in which each key has its own number of KiB. */
static const struct km_str everything = KM_STR_INIT(
	"MemTotal: 1024000 kB\nMemFree: 100000 kB\nBuffers: 1000 kB\nCached: 50000 kB\n"
	"SwapCached: 700 kB\nActive: 60000 kB\nInactive: 30000 kB\nUnevictable: 2000 kB\n"
	"Mlocked: 2000 kB\nAnonPages: 40000 kB\nMapped: 9999 kB\nShmem: 8000 kB\n"
	"KReclaimable: 12500 kB\nSlab: 30000 kB\nSReclaimable: 12000 kB\nSUnreclaim: 18000 kB\n"
	"KernelStack: 3000 kB\nPageTables: 2500 kB\nSecPageTables: 900 kB\nBounce: 11 kB\n"
	"WritebackTmp: 12 kB\nVmallocTotal: 34359738367 kB\nVmallocUsed: 20000 kB\nPercpu: 1500 kB\n"
	"HardwareCorrupted: 8 kB\nAnonHugePages: 20480 kB\nShmemHugePages: 2048 kB\nCmaTotal: 65536 kB\n"
	"CmaFree: 60000 kB\nUnaccepted: 4096 kB\nBalloon: 77 kB\nGPUActive: 600 kB\nGPUReclaim: 60 kB\n"
	"HugePages_Total: 10\nHugePages_Free: 4\nHugePages_Rsvd: 1\nHugepagesize: 2048 kB\n"
	"Hugetlb: 1069056 kB\nZswap: 300 kB\nZswapped: 1000 kB\n");

static void every_key_in_its_place(void **state)
{
	struct machine machine;
	uint64_t *vmalloc;

	(void)state;
	machine_init(&machine, everything, KM_STR("nr_zspages 100\nnr_iommu_pages 25\nnr_memmap_pages 2\n"
						  "nr_isolated_anon 5\nnr_isolated_file 5\n"
						  "nr_kernel_file_pages 250\n"));
	/* Hugetlb holds 1 GiB in pages of another size, which is more than the machine above has. */
	machine.meminfo.entries.items[0].value = 4096000;
	vmalloc = machine.facts.vmalloc_bytes;
	vmalloc[KM_VMALLOC_KERNEL_STACKS] = 3100 * 1024;
	vmalloc[KM_VMALLOC_MODULE_CODE] = 9000 * 1024;
	vmalloc[KM_VMALLOC_BPF] = 400 * 1024;
	vmalloc[KM_VMALLOC_HASH_TABLES] = 0;
	machine.facts.stacks = KM_STACKS_VMALLOC;
	machine.facts.large_kmalloc_bytes = 2000 * 1024;
	machine.facts.per_cpu_lists_bytes = 5000 * 1024;
	derive(&machine);
	assert_kib(TOTAL, 4096000);
	assert_kib(FREE, 105000);
	assert_kib(FREE_BUDDY, 100000 - 4096);
	assert_kib(FREE_CMA, 60000);
	assert_kib(FREE_ORDINARY, 100000 - 4096 - 60000);
	assert_kib(FREE_PER_CPU, 5000);
	assert_kib(FREE_UNACCEPTED, 4096);
	assert_kib(ANONYMOUS, 40000);
	assert_kib(ANONYMOUS_SMALL, 40000 - 20480);
	assert_kib(SHARED, 8000);
	assert_kib(SHARED_SMALL, 8000 - 2048);
	assert_kib(FILE_CACHE, 42000);
	assert_kib(FILE_KERNEL, 1000);
	assert_kib(BLOCK_CACHE, 1000);
	assert_kib(SWAP_CACHE, 700);
	assert_kib(DETACHED, 92040 - 91000 - 700);
	assert_kib(USER, 92040);
	assert_kib(HUGETLB, 1069056);
	assert_kib(HUGETLB_FREE, 4 * 2048);
	assert_kib(HUGETLB_USED, 6 * 2048);
	assert_kib(HUGETLB_OTHER, 1024 * 1024);
	assert_kib(SLAB, 30000);
	assert_kib(SLAB_CACHES, 16000);
	assert_kib(LARGE_KMALLOC, 2000);
	assert_kib(VMALLOC, 20000);
	assert_kib(VMALLOC_STACKS, 3100);
	assert_kib(VMALLOC_OTHER, 7500);
	assert_untold(STACKS);
	assert_kib(SECONDARY_OTHER, 800);
	assert_kib(COMPRESSED, 400);
	assert_kib(ZSWAP, 300);
	assert_kib(ZSMALLOC, 100);
	assert_kib(GPU, 660);
	assert_kib(MISC_RECLAIMABLE, 500);
	assert_kib(MEMMAP, 8);
	assert_kib(KERNEL, 30000 + 20000 + 2500 + 900 + 1500 + 400 + 660 + 500 + 8 + 11 + 12);
	assert_kib(CORRUPTED, 8);
	assert_kib(UNACCOUNTED, 4096000 - 105000 - 92040 - 1069056 - 56491 - 8);
	assert_int_equal(machine.tree.excess_bytes, 0);
	machine_deinit(&machine);
}

/* Overlays of other parts must not change the account. */
static void nothing_counts_twice(void **state)
{
	static const char *const overlays[] = { "Mlocked", "Mapped", "VmallocTotal", "Balloon", "Zswapped" };
	struct machine machine;
	uint64_t unaccounted;

	(void)state;
	machine_init(&machine, everything, KM_STR(""));
	machine.meminfo.entries.items[0].value = 4096000;
	derive(&machine);
	unaccounted = km_account_bytes(&machine.tree, KM_ACCOUNT_UNACCOUNTED);
	for (size_t i = 0; i < machine.meminfo.entries.len; i++)
		for (size_t k = 0; k < UNIT_COUNT(overlays); k++)
			if (km_str_eq(machine.meminfo.entries.items[i].key, km_str_from(overlays[k])))
				machine.meminfo.entries.items[i].value += 1000000;
	derive(&machine);
	assert_int_equal(km_account_bytes(&machine.tree, KM_ACCOUNT_UNACCOUNTED), unaccounted);
	machine_deinit(&machine);
}

static void stacks_outside_vmalloc(void **state)
{
	struct machine machine;

	(void)state;
	machine_init(&machine, KM_STR("MemTotal: 1000 kB\nKernelStack: 30 kB\nVmallocUsed: 100 kB\nVmallocChunk: 0 kB\n"),
		     KM_STR(""));
	machine.facts.stacks = KM_STACKS_PAGES;
	derive(&machine);
	assert_kib(STACKS, 30);
	assert_kib(KERNEL, 130);
	/* in slabs they are counted as slabs, and not twice */
	machine.facts.stacks = KM_STACKS_SLAB;
	derive(&machine);
	assert_untold(STACKS);
	assert_kib(KERNEL, 100);
	machine.facts.stacks = KM_STACKS_VMALLOC;
	derive(&machine);
	assert_untold(STACKS);
	assert_kib(VMALLOC_STACKS, 30);
	assert_kib(VMALLOC_OTHER, 70);
	machine_deinit(&machine);
}

static void what_is_not_told_is_absent(void **state)
{
	struct machine machine;

	(void)state;
	machine_init(&machine, KM_STR("MemTotal: 1000 kB\nMemFree: 400 kB\n"), KM_STR(""));
	derive(&machine);
	assert_kib(FREE, 400);
	assert_kib(UNACCOUNTED, 600);
	assert_untold(KERNEL);
	assert_untold(USER);
	assert_untold(SLAB);
	assert_untold(PERCPU);
	assert_untold(FREE_CMA);
	machine_deinit(&machine);
}

static void without_a_total(void **state)
{
	struct machine machine;

	(void)state;
	machine_init(&machine, KM_STR("MemFree: 400 kB\n"), KM_STR(""));
	derive(&machine);
	assert_int_equal(machine.tree.sheet.len, 0);
	machine_deinit(&machine);
}

/* Free memory that belongs to no zone is a part, but only if the totals differ. */
static void meminfo_beyond_the_zones(void **state)
{
	struct machine machine;

	(void)state;
	machine_init(&machine, KM_STR("MemTotal: 1000 kB\nMemFree: 700 kB\n"), KM_STR("nr_free_pages 50\n"));
	machine.facts.managed_bytes = 400 * 1024;
	derive(&machine);
	assert_kib(FREE_NOWHERE, 500);
	assert_kib(FREE_BUDDY, 200);
	assert_kib(UNACCOUNTED, 300);
	machine.facts.managed_bytes = 900 * 1024;
	derive(&machine);
	assert_kib(FREE_NOWHERE, 100);
	assert_kib(FREE_BUDDY, 600);
	machine.facts.managed_bytes = 1000 * 1024;
	derive(&machine);
	assert_untold(FREE_NOWHERE);
	assert_kib(FREE_BUDDY, 700);
	machine_deinit(&machine);
}

/* The pages of zbud are not zspages, so both count: zram may hold the zspages. */
static void zswap_without_zsmalloc(void **state)
{
	struct machine machine;

	(void)state;
	machine_init(&machine, KM_STR("MemTotal: 9000 kB\nZswap: 600 kB\n"), KM_STR("nr_zspages 100\n"));
	derive(&machine);
	assert_kib(COMPRESSED, 1000);
	assert_kib(ZSMALLOC, 400);
	machine_deinit(&machine);
}

/* Swap cache that is mapped is already counted as anonymous memory. */
static void mapped_swap_cache(void **state)
{
	struct machine machine;

	(void)state;
	machine_init(&machine, KM_STR("MemTotal: 9000 kB\nActive: 1000 kB\nInactive: 100 kB\nUnevictable: 0 kB\n"
				      "AnonPages: 900 kB\nCached: 100 kB\nBuffers: 60 kB\n"
				      "SwapCached: 500 kB\nShmem: 0 kB\n"), KM_STR(""));
	derive(&machine);
	assert_kib(SWAP_CACHE, 40);
	assert_kib(USER, 1100);
	machine_deinit(&machine);
}

/* Counters lag: a difference below zero is taken as zero. */
static void lagging_counters(void **state)
{
	struct machine machine;

	(void)state;
	machine_init(&machine, KM_STR("MemTotal: 9000 kB\nCached: 996 kB\nShmem: 1000 kB\nKReclaimable: 96 kB\n"
				      "SReclaimable: 100 kB\n"), KM_STR(""));
	derive(&machine);
	assert_kib(FILE_CACHE, 0);
	assert_kib(SHARED, 1000);
	assert_kib(MISC_RECLAIMABLE, 0);
	machine_deinit(&machine);
}

/* If parts exceed the total, the least certain one is reduced and marked. */
static void upper_bounds_give_way_first(void **state)
{
	struct machine machine;

	(void)state;
	machine_init(&machine, KM_STR("MemTotal: 1000 kB\nMemFree: 900 kB\nPageTables: 60 kB\nPercpu: 100 kB\n"),
		     KM_STR(""));
	derive(&machine);
	assert_kib(PERCPU, 40);
	assert_kib(FREE, 900);
	assert_kib(PAGE_TABLES, 60);
	assert_kib(UNACCOUNTED, 0);
	assert_int_equal(machine.tree.excess_bytes, 60 * 1024);
	assert_int_equal(machine.tree.parts[KM_ACCOUNT_PERCPU]->reported_bytes, 100 * 1024);
	assert_str(machine.tree.parts[KM_ACCOUNT_PERCPU]->note,
		   "100 KiB reported, more than the part above has left");
	machine_deinit(&machine);
}

static void another_moment_gives_way_before_the_same(void **state)
{
	struct machine machine;

	(void)state;
	machine_init(&machine, KM_STR("MemTotal: 1000 kB\nMemFree: 900 kB\nAnonPages: 90 kB\n"), KM_STR(""));
	machine.facts.per_cpu_lists_bytes = 30 * 1024;
	derive(&machine);
	assert_kib(FREE_PER_CPU, 10);
	assert_kib(FREE_BUDDY, 900);
	assert_kib(ANONYMOUS, 90);
	machine_deinit(&machine);
}

static void children_that_exceed_their_whole(void **state)
{
	struct machine machine;

	(void)state;
	machine_init(&machine, KM_STR("MemTotal: 1000 kB\nVmallocUsed: 100 kB\nVmallocChunk: 0 kB\n"), KM_STR(""));
	machine.facts.vmalloc_bytes[KM_VMALLOC_KERNEL_STACKS] = 80 * 1024;
	machine.facts.vmalloc_bytes[KM_VMALLOC_MODULE_CODE] = 30 * 1024;
	derive(&machine);
	assert_kib(VMALLOC, 100);
	assert_kib(VMALLOC_STACKS, 80);
	assert_kib(VMALLOC_MODULES, 20);
	assert_kib(VMALLOC_OTHER, 0);
	/* the whole is correct: nothing is missing from the total */
	assert_int_equal(machine.tree.excess_bytes, 0);
	assert_kib(UNACCOUNTED, 900);
	machine_deinit(&machine);
}

#define assert_certainty(id, word) \
	assert_str(km_word_str(machine.tree.parts[KM_ACCOUNT_##id]->certainty), word)
#define assert_note(id, text) assert_str(machine.tree.parts[KM_ACCOUNT_##id]->note, text)

/* VmallocUsed is address space up to 4.3, and 0 up to 5.2. The areas of /proc/vmallocinfo count instead. */
static void vmalloc_of_old_kernels(void **state)
{
	static const char *const texts[] = {
		"MemTotal: 9000 kB\nVmallocUsed: 400 kB\nVmallocChunk: 34359275904 kB\n",
		"MemTotal: 9000 kB\nVmallocUsed: 0 kB\nVmallocChunk: 0 kB\n",
		"MemTotal: 9000 kB\nVmallocUsed: 400 kB\n", /* the file does not show which of them */
	};
	struct machine machine;

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(texts); i++) {
		machine_init(&machine, km_str_from(texts[i]), KM_STR(""));
		derive(&machine);
		assert_untold(VMALLOC);
		assert_certainty(UNACCOUNTED, "at most");
		assert_true(machine.tree.missing.keys.len > 0);
		for (size_t kind = 0; kind < KM_VMALLOC_KINDS; kind++)
			machine.facts.vmalloc_bytes[kind] = 0;
		machine.facts.vmalloc_bytes[KM_VMALLOC_MODULE_CODE] = 90 * 1024;
		derive(&machine);
		assert_kib(VMALLOC, 90);
		assert_kib(VMALLOC_MODULES, 90);
		machine_deinit(&machine);
	}
	machine_init(&machine, km_str_from(texts[2]), KM_STR(""));
	machine.facts.release = KM_RELEASE(5, 10);
	derive(&machine);
	assert_kib(VMALLOC, 400);
	machine_deinit(&machine);
}

/* A line that is missing or invalid: its memory is in the rest, which is marked. */
static void a_line_is_missing(void **state)
{
	struct machine machine;

	(void)state;
	machine_init(&machine, KM_STR("MemTotal: 9000 kB\nMemFree: 100 kB\nAnonPages: x\nCached: 700 kB\nShmem: 100 kB\n"
				      "Buffers: 0 kB\nSlab: 500 kB\nSReclaimable: 200 kB\nPageTables: 9 kB\n"
				      "Active: 900 kB\nInactive: 800 kB\nUnevictable: 0 kB\nSwapCached: 0 kB\n"
				      "VmallocUsed: 50 kB\nVmallocChunk: 0 kB\nPercpu: 1 kB\nKReclaimable: 200 kB\n"), KM_STR(""));
	machine.facts.stacks = KM_STACKS_PAGES;
	derive(&machine);
	assert_untold(ANONYMOUS);
	assert_kib(SLAB, 500);
	assert_kib(SLAB_UNRECLAIMABLE, 300);
	assert_kib(UNACCOUNTED, 9000 - 100 - 700 - 500 - 9 - 50 - 1);
	assert_certainty(UNACCOUNTED, "at most");
	assert_note(UNACCOUNTED, "at most; unknown: AnonPages, KernelStack");
	assert_certainty(USER, "at least");
	assert_certainty(KERNEL, "at least");
	machine_deinit(&machine);
}

static void shared_memory_is_not_known(void **state)
{
	struct machine machine;

	(void)state;
	machine_init(&machine, KM_STR("MemTotal: 9000 kB\nCached: 700 kB\nShmem: ?\n"), KM_STR(""));
	derive(&machine);
	assert_untold(SHARED);
	assert_kib(FILE_CACHE, 700);
	assert_certainty(FILE_CACHE, "at most");
	machine_deinit(&machine);
}

static void sum_of_the_slab_alone(void **state)
{
	struct machine machine;

	(void)state;
	machine_init(&machine, KM_STR("MemTotal: 9000 kB\nSlab: 700 kB\n"), KM_STR(""));
	derive(&machine);
	assert_kib(SLAB, 700);
	assert_kib(UNACCOUNTED, 8300);
	assert_untold(SLAB_RECLAIMABLE);
	machine_deinit(&machine);
}

/* lxcfs: some lines are the container's and there is no slab; the other lines are the host's. */
static void file_of_a_container(void **state)
{
	static const char *const text = "MemTotal: 2048 kB\nMemFree: 1000 kB\nCached: 500 kB\nShmem: 100 kB\n"
					"AnonPages: 999999 kB\nActive(anon): 200 kB\nInactive(anon): 150 kB\n"
					"Slab: 0 kB\nSReclaimable: 0 kB\nSUnreclaim: 0 kB\nPageTables: 88888 kB\n"
					"VmallocUsed: 77777 kB\nVmallocChunk: 0 kB\nHugetlb: 4194304 kB\n";
	struct machine machine;

	(void)state;
	machine_init(&machine, km_str_from(text), KM_STR("nr_slab_unreclaimable 999\n"));
	assert_true(km_account_is_foreign(&machine.meminfo, &machine.vmstat, KM_UNKNOWN, 4096));
	assert_true(km_account_is_foreign(&machine.meminfo, NULL, 64 << 20, 4096));
	assert_false(km_account_is_foreign(&machine.meminfo, NULL, 2048 * 1024, 4096));
	assert_false(km_account_is_foreign(&machine.meminfo, NULL, KM_UNKNOWN, 4096));
	assert_false(km_account_is_foreign(NULL, NULL, KM_UNKNOWN, 4096));
	machine.facts.foreign = true;
	machine.facts.vmstat = NULL;
	derive(&machine);
	assert_kib(TOTAL, 2048);
	assert_kib(FREE, 1000);
	assert_kib(ANONYMOUS, 250);
	assert_kib(SHARED, 100);
	assert_kib(FILE_CACHE, 400);
	assert_kib(UNACCOUNTED, 2048 - 1000 - 750);
	assert_certainty(UNACCOUNTED, "at most");
	assert_untold(SLAB);
	assert_untold(VMALLOC);
	assert_untold(HUGETLB);
	assert_untold(PAGE_TABLES);
	machine_deinit(&machine);
}

#define ABDSTATS                                                                                   \
	"7 1 0x01 21 1008 25476602923533 29223577332204\nname                            type data\n" \
	"linear_data_size                4    989696\nscatter_data_size               4    187904\n"   \
	"scatter_chunk_waste             4    4608\n"
#define ARCSTATS "name type data\nhits 4 3\nc_max 4 9999999\nsize                            4    512000\n"

/* ZFS reports its pages, or the size of its cache, which is a bound. */
static void memory_of_zfs(void **state)
{
	static const struct km_str text = KM_STR_INIT("MemTotal: 1000 kB\nVmallocUsed: 1 kB\nPercpu: 0 kB\n");
	struct km_owner_files files = { .abdstats = KM_STR(ABDSTATS), .arcstats = KM_STR(ARCSTATS) };
	struct machine machine;

	(void)state;
	machine_init(&machine, text, KM_STR(""));
	km_account_find_owners(&files, &machine.facts);
	derive(&machine);
	assert_int_equal(km_account_bytes(&machine.tree, KM_ACCOUNT_ZFS), 187904 + 4608);
	assert_certainty(ZFS, "counted apart");
	files.abdstats = (struct km_str){ 0 };
	km_account_find_owners(&files, &machine.facts);
	derive(&machine);
	assert_kib(ZFS, 500);
	assert_kib(UNACCOUNTED, 499);
	assert_certainty(ZFS, "at most");
	files.arcstats = KM_STR("name type data\nsize 4 x\nsize\n");
	km_account_find_owners(&files, &machine.facts);
	derive(&machine);
	assert_untold(ZFS);
	machine_deinit(&machine);
}

/* Heaps own their pages. A buffer that a graphics driver exports is the driver's own, or shared memory. */
static void memory_of_dma_buf(void **state)
{
	struct km_owner_files files = {
		.dma_buf = KM_STR("\nDma-buf Objects:\n"
			"size            flags           mode            count           exp_name        ino     name\n"
			"00036864        00000002        00080007        00000002        system          00000042        <none>\n"
			"\tAttached Devices:\n\t0000:00:02.0\nTotal 1 devices attached\n\n"
			"08294400        00000002        00080007        00000001        i915            00000043        <none>\n"
			"00004096        00000002        00000001        linux,cma\n"
			"\nTotal 3 objects, 8335360 bytes\n"),
	};
	struct machine machine;

	(void)state;
	machine_init(&machine, KM_STR("MemTotal: 1000 kB\nVmallocUsed: 1 kB\nPercpu: 0 kB\n"), KM_STR(""));
	km_account_find_owners(&files, &machine.facts);
	derive(&machine);
	assert_kib(DMA_BUF, 36 + 4);
	assert_certainty(DMA_BUF, "counted apart");
	files.dma_buf = KM_STR("Total 3 objects\n");
	km_account_find_owners(&files, &machine.facts);
	derive(&machine);
	assert_untold(DMA_BUF);
	machine_deinit(&machine);
}

static struct km_str suspects_of(struct machine *machine, const struct km_owner_files *files)
{
	struct km_account_suspects suspects;

	km_account_suspects(&machine->pool, files, &machine->facts, &suspects);
	return km_account_suspects_text(&machine->pool, &suspects);
}

/* Loaded modules that may own memory that no counter covers. */
static void suspects(void **state)
{
	struct km_owner_files files = {
		.modules = KM_STR("nvidia 5 1 - Live 0x0\nzfs 9 0 - Live 0x0\namdgpu 2 0 - Live 0x0\nvmw_balloon_x 1 0\n"),
	};
	struct machine machine;

	(void)state;
	machine_init(&machine, KM_STR("MemTotal: 1000 kB\nCmaTotal: 80 kB\nCmaFree: 60 kB\n"), KM_STR(""));
	assert_str(suspects_of(&machine, &files),
		   "zfs, nvidia, amdgpu, CMA users (at most 20.0 KiB)");
	machine.facts.zfs_bytes = 5; /* it reports its memory itself */
	machine_deinit(&machine);
	machine_init(&machine, KM_STR("MemTotal: 1000 kB\nGPUActive: 0 kB\nCmaTotal: 9 kB\nCmaFree: 0 kB\n"), KM_STR(""));
	machine.facts.zfs_bytes = 5;
	assert_str(suspects_of(&machine, &files), "nvidia");
	files.modules = (struct km_str){ 0 };
	assert_null(suspects_of(&machine, &files).ptr);
	machine_deinit(&machine);
}

/* The line of meminfo, or the difference of two events. */
static void balloons(void **state)
{
	struct machine machine;

	(void)state;
	machine_init(&machine, KM_STR("Balloon: 8 kB\n"), KM_STR("balloon_inflate 9\nballoon_deflate 2\n"));
	assert_int_equal(km_account_balloon(&machine.meminfo, &machine.vmstat, 4096), 8192);
	assert_int_equal(km_account_balloon(NULL, &machine.vmstat, 4096), 7 * 4096);
	assert_true(km_account_balloon(NULL, NULL, 4096) == KM_UNKNOWN);
	machine_deinit(&machine);
}

/* Random numbers: the tree is complete, and no number overflows. */
static void nonsense_closes_too(void **state)
{
	static const uint64_t values[] = { 0, 1, 4, 1000, 1ULL << 40, 1ULL << 46, (1ULL << 53) - 1, UINT64_MAX };
	uint32_t random = 12345;
	struct machine machine;

	(void)state;
	machine_init(&machine, everything, KM_STR("nr_zspages 1\nnr_iommu_pages 2\nnr_memmap_pages 3\n"
						  "nr_kernel_file_pages 4\n"));
	for (int round = 0; round < 20000; round++) {
		for (size_t i = 0; i < machine.meminfo.entries.len; i++) {
			random = random * 1664525 + 1013904223;
			machine.meminfo.entries.items[i].value = values[random >> 29] + (random >> 9 & 7);
		}
		for (size_t i = 0; i < KM_VMALLOC_KINDS; i++) {
			random = random * 1664525 + 1013904223;
			machine.facts.vmalloc_bytes[i] = values[random >> 29];
		}
		machine.facts.per_cpu_lists_bytes = values[random >> 26 & 7];
		machine.facts.large_kmalloc_bytes = values[random >> 23 & 7];
		machine.facts.stacks = (enum km_stacks)(random >> 20 & 3);
		derive(&machine);
		km_pool_deinit(&machine.pool);
	}
	machine_deinit(&machine);
}

static struct km_str read_file(struct km_source *source, const char *path)
{
	struct km_str text;
	struct km_err err;

	if (km_source_read(source, path, &text, &err))
		fail_msg("%s", err.what);
	return text;
}

/* On the captured machines little memory is left over, and no part had to be reduced. */
static void captured_machines(void **state)
{
	static const char *const names[] = { "5.10-amd64", "6.1-686-pae", "6.1-amd64", "6.12-amd64-numa",
					     "7.2-amd64" };
	const char *root = getenv("KM_CAPTURES");
	struct km_source *source = NULL;
	struct machine machine;
	char path[4096];
	struct km_err err;

	(void)state;
	if (!root)
		skip();
	for (size_t i = 0; i < UNIT_COUNT(names); i++) {
		snprintf(path, sizeof(path), "%s/%s", root, names[i]);
		if (km_source_open(&source, path, &err))
			fail_msg("%s", err.what);
		machine_init(&machine, read_file(source, "proc/meminfo"), read_file(source, "proc/vmstat"));
		machine.facts.stacks = KM_STACKS_VMALLOC;
		derive(&machine);
		assert_int_equal(machine.problems.list.len, 0);
		assert_int_equal(machine.tree.sheet.len, 1);
		assert_int_equal(machine.tree.excess_bytes, 0);
		assert_true(machine.tree.parts[KM_ACCOUNT_UNACCOUNTED]->share_ratio < 0.04);
		assert_true(km_account_bytes(&machine.tree, KM_ACCOUNT_DETACHED) <= 128 * 1024);
		machine_deinit(&machine);
		km_source_free(source);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_in_its_place),
		cmocka_unit_test(nothing_counts_twice),
		cmocka_unit_test(stacks_outside_vmalloc),
		cmocka_unit_test(what_is_not_told_is_absent),
		cmocka_unit_test(without_a_total),
		cmocka_unit_test(meminfo_beyond_the_zones),
		cmocka_unit_test(zswap_without_zsmalloc),
		cmocka_unit_test(mapped_swap_cache),
		cmocka_unit_test(lagging_counters),
		cmocka_unit_test(upper_bounds_give_way_first),
		cmocka_unit_test(another_moment_gives_way_before_the_same),
		cmocka_unit_test(children_that_exceed_their_whole),
		cmocka_unit_test(vmalloc_of_old_kernels),
		cmocka_unit_test(a_line_is_missing),
		cmocka_unit_test(shared_memory_is_not_known),
		cmocka_unit_test(sum_of_the_slab_alone),
		cmocka_unit_test(file_of_a_container),
		cmocka_unit_test(memory_of_zfs),
		cmocka_unit_test(memory_of_dma_buf),
		cmocka_unit_test(suspects),
		cmocka_unit_test(balloons),
		cmocka_unit_test(nonsense_closes_too),
		cmocka_unit_test(captured_machines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
