// SPDX-License-Identifier: GPL-2.0-or-later
/* Rules about what the kernel uses for itself. */
#include "explain/rule.h"
#include "model/slab.h"
#include "model/vmalloc.h"

#define SLAB_PERCENT        10
#define KMALLOC_PERCENT     5
#define IDLE_PERCENT        1
#define IDLE_USED_PERCENT   50
#define VMALLOC_PERCENT     10
#define SPACE_PERCENT       80
#define LAZY_PERCENT        10
#define PAGE_TABLES_PERCENT 5
#define PERCPU_PERCENT      5
#define STACKS_PERCENT      5

static const struct km_str machine; /* no place of its own */

static uint64_t total_of(const struct km_finder *finder)
{
	return km_account_bytes(finder->facts->account, KM_ACCOUNT_TOTAL);
}

/* "; the largest cache is NAME with SIZE", of those that are not known to be reclaimable. */
static const char *largest_cache(struct km_finder *finder)
{
	const struct km_sheet *slab = &finder->facts->slab;
	const struct km_slab *largest = NULL;

	for (size_t i = 0; i < slab->len; i++) {
		const struct km_slab *row = km_sheet_row(slab, i);

		if (row->size_bytes != KM_UNKNOWN && row->reclaimable != KM_TRI_YES &&
		    (!largest || row->size_bytes > largest->size_bytes))
			largest = row;
	}
	if (!largest)
		return "";
	return km_pool_printf(finder->pool, "; the largest cache is %.*s with %s",
			      KM_STR_ARG(largest->name), km_finder_size(finder, largest->size_bytes)).ptr;
}

static void slab_large(struct km_finder *finder)
{
	uint64_t slab = km_finder_meminfo(finder, "SUnreclaim"), total = total_of(finder);

	if (km_is_over(slab, total, SLAB_PERCENT))
		km_finder_say(finder, machine, slab, "unreclaimable slab is %s, %s of the memory%s",
			      km_finder_size(finder, slab), km_finder_share(finder, slab, total),
			      largest_cache(finder));
}

static void kmalloc_large(struct km_finder *finder)
{
	uint64_t bytes = km_account_bytes(finder->facts->account, KM_ACCOUNT_LARGE_KMALLOC);

	if (km_is_over(bytes, total_of(finder), KMALLOC_PERCENT))
		km_finder_say(finder, machine, bytes, "kmalloc() requests of more than two pages hold %s",
			      km_finder_size(finder, bytes));
}

static void slab_idle(struct km_finder *finder)
{
	const struct km_sheet *slab = &finder->facts->slab;

	for (size_t i = 0; i < slab->len; i++) {
		const struct km_slab *row = km_sheet_row(slab, i);

		if (km_is_over(row->idle_bytes, total_of(finder), IDLE_PERCENT) &&
		    row->used_ratio * 100 < IDLE_USED_PERCENT)
			km_finder_say(finder, row->name, row->idle_bytes,
				      "the cache holds %s and uses at most %s",
				      km_finder_size(finder, row->size_bytes),
				      km_finder_size(finder, row->used_bytes));
	}
}

static void vmalloc_large(struct km_finder *finder)
{
	uint64_t used = km_account_bytes(finder->facts->account, KM_ACCOUNT_VMALLOC);
	uint64_t total = total_of(finder);

	if (km_is_over(used, total, VMALLOC_PERCENT))
		km_finder_say(finder, machine, used, "vmalloc holds %s, %s of the memory",
			      km_finder_size(finder, used), km_finder_share(finder, used, total));
}

static const struct km_vmalloc *vmalloc_totals(const struct km_finder *finder)
{
	return finder->facts->vmalloc.totals;
}

static void vmalloc_space(struct km_finder *finder)
{
	const struct km_vmalloc *totals = vmalloc_totals(finder);
	uint64_t space = km_finder_meminfo(finder, "VmallocTotal");

	if (totals && km_is_over(totals->virtual_bytes, space, SPACE_PERCENT))
		km_finder_say(finder, machine, totals->virtual_bytes,
			      "%s of the %s of address space for vmalloc are taken",
			      km_finder_size(finder, totals->virtual_bytes), km_finder_size(finder, space));
}

static void lazily_freed(struct km_finder *finder)
{
	const struct km_vmalloc *totals = vmalloc_totals(finder);
	uint64_t space = km_finder_meminfo(finder, "VmallocTotal");

	if (totals && km_is_over(totals->lazy_bytes, space, LAZY_PERCENT))
		km_finder_say(finder, machine, totals->lazy_bytes,
			      "%s of the %s of address space for vmalloc are freed and not yet reusable",
			      km_finder_size(finder, totals->lazy_bytes), km_finder_size(finder, space));
}

static void page_tables_large(struct km_finder *finder)
{
	uint64_t tables = km_finder_meminfo(finder, "PageTables"), total = total_of(finder);

	if (km_is_over(tables, total, PAGE_TABLES_PERCENT))
		km_finder_say(finder, machine, tables, "page tables take %s, %s of the memory",
			      km_finder_size(finder, tables), km_finder_share(finder, tables, total));
}

static void percpu_large(struct km_finder *finder)
{
	uint64_t percpu = km_finder_meminfo(finder, "Percpu");

	if (km_is_over(percpu, total_of(finder), PERCPU_PERCENT))
		km_finder_say(finder, machine, percpu, "per-CPU memory takes %s",
			      km_finder_size(finder, percpu));
}

static void stacks_large(struct km_finder *finder)
{
	uint64_t stacks = km_finder_meminfo(finder, "KernelStack");

	if (km_is_over(stacks, total_of(finder), STACKS_PERCENT))
		km_finder_say(finder, machine, stacks, "the kernel stacks of all threads take %s",
			      km_finder_size(finder, stacks));
}

#define PERCENT(macro) KM_TEXT_OF(macro) "%"

const struct km_rule km_kernel_rules[] = {
	{ .severity = KM_WARNING, .look = slab_large,
	  .topic.key = "slab-unreclaimable-large",
	  .topic.brief = "unreclaimable slab is a large part of the memory",
	  .topic.explain =
		"More than " PERCENT(SLAB_PERCENT) " of the total. Some machines need it (many connections, many "
		"containers); growth without end is a leak in the kernel or a module. `kmeminfo slab` names the "
		"cache; of a kmalloc cache the helper module, or slub_debug=U on the boot command line, tells "
		"who allocates.",
	  .topic.origin = "/proc/meminfo SUnreclaim" },
	{ .severity = KM_WARNING, .look = kmalloc_large,
	  .topic.key = "large-kmalloc-large",
	  .topic.brief = "large requests of kmalloc() are a large part of the memory",
	  .topic.explain =
		"More than " PERCENT(KMALLOC_PERCENT) " of the total. They are in no cache, so that slabtop and "
		"the like do not show them. Which part of the kernel made them nothing tells without "
		"page_owner or tracing of the event kmem:kmalloc.",
	  .topic.origin = "/proc/meminfo Slab - /proc/slabinfo" },
	{ .severity = KM_WARNING, .look = vmalloc_large,
	  .topic.key = "vmalloc-large",
	  .topic.brief = "vmalloc is a large part of the memory",
	  .topic.explain =
		"VmallocUsed exceeds " PERCENT(VMALLOC_PERCENT) " of the total. `kmeminfo vmalloc` names the "
		"callers. BPF maps and tables of file systems can be that large; else it is a leak.",
	  .topic.origin = "/proc/meminfo VmallocUsed" },
	{ .severity = KM_WARNING, .look = vmalloc_space,
	  .topic.key = "vmalloc-space-low",
	  .topic.brief = "the address space for vmalloc is nearly used up",
	  .topic.explain =
		"More than " PERCENT(SPACE_PERCENT) " of it is taken, device registers and guard pages included. "
		"On 32-bit machines it is some 100 MiB: modules then do not load and devices do not start, "
		"however much memory is free. vmalloc= on the boot command line makes it larger at the "
		"cost of low memory.",
	  .topic.origin = "/proc/vmallocinfo, /proc/meminfo VmallocTotal" },
	{ .severity = KM_WARNING, .look = page_tables_large,
	  .topic.key = "page-tables-large",
	  .topic.brief = "page tables are a large part of the memory",
	  .topic.explain =
		"More than " PERCENT(PAGE_TABLES_PERCENT) " of the total. Each process that maps a large shared "
		"area has its own tables for it: databases with many connections. Huge pages (hugetlb or "
		"transparent) need almost none.",
	  .topic.origin = "/proc/meminfo PageTables" },
	{ .severity = KM_WARNING, .look = percpu_large,
	  .topic.key = "percpu-large",
	  .topic.brief = "per-CPU memory is a large part of the memory",
	  .topic.explain =
		"Percpu exceeds " PERCENT(PERCPU_PERCENT) " of the total. It is multiplied by the number of "
		"possible CPUs; control groups that were removed and linger, network namespaces and BPF maps "
		"are what makes it grow.",
	  .topic.origin = "/proc/meminfo Percpu" },
	{ .severity = KM_WARNING, .look = stacks_large,
	  .topic.key = "kernel-stacks-large",
	  .topic.brief = "kernel stacks are a large part of the memory",
	  .topic.explain =
		"KernelStack exceeds " PERCENT(STACKS_PERCENT) " of the total. Each thread has one, of 16 KiB on "
		"most 64-bit machines: something starts too many threads or does not wait for them.",
	  .topic.origin = "/proc/meminfo KernelStack" },
	{ .severity = KM_NOTE, .look = slab_idle,
	  .topic.key = "slab-idle",
	  .topic.brief = "a slab cache holds much more than it uses",
	  .topic.explain =
		"A cache that uses less than " PERCENT(IDLE_USED_PERCENT) " of its memory, and whose unused part is "
		"more than " PERCENT(IDLE_PERCENT) " of the total. Objects were freed, but some are left in each "
		"slab, which so cannot be given back. It is used again when the cache grows. Writing 1 to "
		"/sys/kernel/slab/NAME/shrink frees empty slabs and sorts the others; of dentries and inodes "
		"writing 2 to /proc/sys/vm/drop_caches frees more.",
	  .topic.origin = "/proc/slabinfo" },
	{ .severity = KM_NOTE, .look = lazily_freed,
	  .topic.key = "lazily-freed-large",
	  .topic.brief = "much vmalloc address space is freed and not yet reusable",
	  .topic.explain =
		"More than " PERCENT(LAZY_PERCENT) " of the address space for vmalloc. It holds no memory. The "
		"kernel takes it back in batches, at the latest when an allocation finds no room; of "
		"interest on 32-bit machines only.",
	  .topic.origin = "/proc/vmallocinfo unpurged vm_area, /proc/meminfo VmallocTotal" },
	{ .look = NULL }
};
