// SPDX-License-Identifier: GPL-2.0-or-later
/* Rules about vmalloc, page tables, per-CPU memory and kernel stacks. */
#include "report/rule.h"
#include "model/vmalloc.h"
#include "words/say.h"

#define MEMINFO KM_NEEDS(KM_FILE_MEMINFO)
#define VMALLOCINFO KM_NEEDS(KM_FILE_VMALLOCINFO)

#define VMALLOC_PERCENT     10
#define SPACE_PERCENT       80
#define LAZY_PERCENT        10
#define PAGE_TABLES_PERCENT 5
#define PERCPU_PERCENT      5
#define STACKS_PERCENT      5

/* The largest caller of vmalloc(); NULL: /proc/vmallocinfo could not be read. */
static const struct km_vmalloc *find_caller(const struct km_rule_context *context)
{
	const struct km_sheet *vmalloc = &context->facts->vmalloc;
	const struct km_vmalloc *largest = NULL;

	for (size_t i = 0; i < vmalloc->len; i++) {
		const struct km_vmalloc *row = km_sheet_row(vmalloc, i);

		if (row->memory_bytes != KM_UNKNOWN && row->caller.len &&
		    (!largest || row->memory_bytes > largest->memory_bytes))
			largest = row;
	}
	return largest;
}

static bool are_stacks(const struct km_vmalloc *row)
{
	return row && row->kind == km_vmalloc_kind_word(KM_VMALLOC_KERNEL_STACKS);
}

/* "; the largest caller is NAME [MODULE] with SIZE", where /proc/vmallocinfo could be read. */
static const char *largest_caller(struct km_rule_context *context)
{
	const struct km_vmalloc *largest = find_caller(context);

	if (!largest)
		return km_say("; /proc/vmallocinfo names the callers to root");
	if (are_stacks(largest))
		return km_say_printf(context->pool, "; %s of it are kernel stacks",
				     km_rule_size(context, largest->memory_bytes)).ptr;
	return km_say_printf(context->pool, "; the largest caller is %.*s%s%.*s%s with %s", KM_STR_ARG(largest->caller),
			      largest->module.len ? " [" : "", KM_STR_ARG(largest->module), largest->module.len ? "]" : "",
			      km_rule_size(context, largest->memory_bytes)).ptr;
}

static void vmalloc_large(struct km_rule_context *context)
{
	uint64_t used = km_rule_part(context, KM_ACCOUNT_VMALLOC);
	uint64_t total = km_rule_total(context);

	if (km_rule_measure_share(context, used, total))
		km_rule_say(context, KM_RULE_MACHINE, used, "vmalloc uses %s, %s of the memory%s",
			      km_rule_size(context, used), km_rule_share(context, used, total), largest_caller(context));
}

static const struct km_vmalloc *vmalloc_totals(const struct km_rule_context *context)
{
	return context->facts->vmalloc.totals;
}

static void vmalloc_space(struct km_rule_context *context)
{
	const struct km_vmalloc *totals = vmalloc_totals(context);
	uint64_t space = km_rule_meminfo(context, "VmallocTotal");

	if (totals && km_rule_measure_share(context, totals->virtual_bytes, space))
		km_rule_say(context, KM_RULE_MACHINE, totals->virtual_bytes,
			      "%s of the %s of address space for vmalloc are in use",
			      km_rule_size(context, totals->virtual_bytes), km_rule_size(context, space));
}

static void lazily_freed(struct km_rule_context *context)
{
	const struct km_vmalloc *totals = vmalloc_totals(context);
	uint64_t space = km_rule_meminfo(context, "VmallocTotal");

	if (totals && km_rule_measure_share(context, totals->lazy_bytes, space))
		km_rule_say(context, KM_RULE_MACHINE, totals->lazy_bytes,
			      "%s of the %s of address space for vmalloc are freed and not yet reusable",
			      km_rule_size(context, totals->lazy_bytes), km_rule_size(context, space));
}

static void page_tables_large(struct km_rule_context *context)
{
	uint64_t tables = km_rule_meminfo(context, "PageTables"), total = km_rule_total(context);

	if (km_rule_measure_share(context, tables, total))
		km_rule_say(context, KM_RULE_MACHINE, tables, "page tables use %s, %s of the memory",
			      km_rule_size(context, tables), km_rule_share(context, tables, total));
}

static void percpu_large(struct km_rule_context *context)
{
	uint64_t percpu = km_rule_meminfo(context, "Percpu");

	if (km_rule_measure_share(context, percpu, km_rule_total(context)))
		km_rule_say(context, KM_RULE_MACHINE, percpu, "per-CPU memory uses %s, %s of the memory",
			    km_rule_size(context, percpu), km_rule_share(context, percpu, km_rule_total(context)));
}

static void stacks_large(struct km_rule_context *context)
{
	uint64_t stacks = km_rule_meminfo(context, "KernelStack");

	if (km_rule_measure_share(context, stacks, km_rule_total(context)) &&
	    !(km_rule_is_found(context, "vmalloc-large") && are_stacks(find_caller(context))))
		km_rule_say(context, KM_RULE_MACHINE, stacks, "the kernel stacks of all threads use %s, %s of the memory",
			    km_rule_size(context, stacks), km_rule_share(context, stacks, km_rule_total(context)));
}

const struct km_rule km_kernel_rules[] = {
	{ .word.key = "vmalloc-large", .look = vmalloc_large,
	  .figure = KM_SAID("VmallocUsed, of the total"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_HOST, .files = MEMINFO, .useful = VMALLOCINFO,
	  .ranges[KM_WARNING] = KM_ABOVE(VMALLOC_PERCENT),
	  .command = "kmeminfo vmalloc --by caller --top 10",
	  .word.brief = "vmalloc is a large part of the memory",
	  .word.explain =
		"VmallocUsed exceeds " KM_PERCENT_OF(VMALLOC_PERCENT) " of the total. `kmeminfo "
		"vmalloc` names the callers. BPF maps and tables of file systems can be that "
		"large; otherwise it is a leak.",
	  .word.origin = "/proc/meminfo VmallocUsed" },
	{ .word.key = "vmalloc-space-low", .look = vmalloc_space,
	  .figure = KM_SAID("address space for vmalloc in use, of VmallocTotal"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_HOST, .files = MEMINFO | VMALLOCINFO,
	  .ranges[KM_WARNING] = KM_ABOVE(SPACE_PERCENT),
	  .command = "kmeminfo vmalloc --sort virtual_bytes",
	  .word.brief = "the address space for vmalloc is nearly used up",
	  .word.explain =
		"More than " KM_PERCENT_OF(SPACE_PERCENT) " of it is in use, including device "
		"registers and guard pages. On 32-bit machines it is about 100 MiB. When it is "
		"full, modules do not load and devices do not start, however much memory is free. "
		"vmalloc= on the boot command line makes it larger, and low memory smaller.",
	  .word.origin = "/proc/vmallocinfo, /proc/meminfo VmallocTotal" },
	{ .word.key = "page-tables-large", .look = page_tables_large,
	  .figure = KM_SAID("PageTables, of the total"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_HOST, .files = MEMINFO,
	  .ranges[KM_WARNING] = KM_ABOVE(PAGE_TABLES_PERCENT),
	  .command = "grep VmPTE /proc/*/status",
	  .word.brief = "page tables are a large part of the memory",
	  .word.explain =
		"More than " KM_PERCENT_OF(PAGE_TABLES_PERCENT) " of the total. Each process that "
		"maps a large shared area has its own tables for it: databases with many "
		"connections. Huge pages (hugetlb or transparent) need almost none.",
	  .word.origin = "/proc/meminfo PageTables" },
	{ .word.key = "percpu-large", .look = percpu_large,
	  .figure = KM_SAID("Percpu, of the total"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_HOST, .files = MEMINFO,
	  .ranges[KM_WARNING] = KM_ABOVE(PERCPU_PERCENT),
	  .command = "kmeminfo vmalloc --by kind",
	  .word.brief = "per-CPU memory is a large part of the memory",
	  .word.explain =
		"Percpu exceeds " KM_PERCENT_OF(PERCPU_PERCENT) " of the total. It is multiplied "
		"by the number of possible CPUs. Removed control groups that still exist, network "
		"namespaces and BPF maps make it grow.",
	  .word.origin = "/proc/meminfo Percpu" },
	{ .word.key = "kernel-stacks-large", .look = stacks_large,
	  .figure = KM_SAID("KernelStack, of the total"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_HOST, .files = MEMINFO,
	  .ranges[KM_WARNING] = KM_ABOVE(STACKS_PERCENT),
	  .command = "kmeminfo vmalloc --by kind",
	  .word.brief = "kernel stacks are a large part of the memory",
	  .word.explain =
		"KernelStack exceeds " KM_PERCENT_OF(STACKS_PERCENT) " of the total. Each thread "
		"has one, 16 KiB on most 64-bit machines: a program starts too many threads or "
		"does not wait for them.",
	  .word.origin = "/proc/meminfo KernelStack" },
	{ .word.key = "lazily-freed-large", .look = lazily_freed,
	  .figure = KM_SAID("address space that is freed and not yet reusable, of VmallocTotal"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_HOST, .files = MEMINFO | VMALLOCINFO,
	  .ranges[KM_NOTE] = KM_ABOVE(LAZY_PERCENT),
	  .command = "kmeminfo vmalloc --by kind --sort lazy_bytes -o +lazy_bytes",
	  .word.brief = "much vmalloc address space is freed and not yet reusable",
	  .word.explain =
		"More than " KM_PERCENT_OF(LAZY_PERCENT) " of the address space for vmalloc. It "
		"holds no memory. The kernel reclaims it in batches, at the latest when an "
		"allocation finds no room. Relevant only on 32-bit machines.",
	  .word.origin = "/proc/vmallocinfo unpurged vm_area, /proc/meminfo VmallocTotal" },
	{ .look = NULL }
};
