// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "base/units.h"
#include "machine/cgroups.h"
#include "machine/dmabuf.h"
#include "model/account-list.h"
#include "model/account-owner.h"
#include "model/account-reported.h"
#include "model/buddy.h"
#include "model/command-usage.h"
#include "model/slab.h"
#include "model/vmalloc.h"
#include "parse/dmabuf.h"
#include "parse/kstat.h"
#include "model/zone-brief.h"
#include "model/zone.h"
#include "model/pageclass.h"
#include "report/account-text.h"
#include "report/options.h"
#include "report/report.h"
#include "report/served.h"
#include "report/summary.h"

static enum km_need need_of(const struct km_summary_scope *scope, enum km_file file)
{
	return scope->needed & KM_NEEDS(file) ? KM_REQUIRED : KM_OPTIONAL;
}

static bool is_wanted(const struct km_summary_scope *scope, enum km_file file)
{
	return (scope->needed | scope->useful) & KM_NEEDS(file);
}

/* Sums the memory by kind of areas; all unknown without vmallocinfo. */
static void sum_kinds(struct km_machine *machine, const struct km_summary_scope *scope,
		      uint64_t kinds[static KM_VMALLOC_KINDS])
{
	const enum km_need need = need_of(scope, KM_FILE_VMALLOCINFO);
	const struct km_vmalloc_options options = { KM_VMALLOC_BY_KIND };
	struct km_sheet sheet;

	for (unsigned int kind = 0; kind < KM_VMALLOC_KINDS; kind++)
		kinds[kind] = KM_UNKNOWN;
	if (!is_wanted(scope, KM_FILE_VMALLOCINFO))
		return;
	km_report_vmalloc.derive(machine, &(struct km_query){ need, 0, KM_ENGLISH, &options }, &sheet, NULL);
	for (unsigned int kind = 0; kind < KM_VMALLOC_KINDS; kind++)
		kinds[kind] = km_machine_vmalloc(machine, need) ? 0 : KM_UNKNOWN;
	for (size_t i = 0; i < sheet.len; i++) {
		const struct km_vmalloc *row = km_sheet_row(&sheet, i);

		for (unsigned int kind = 0; kind < KM_VMALLOC_KINDS; kind++)
			if (row->kind == km_vmalloc_kind_word((enum km_vmalloc_kind_id)kind))
				kinds[kind] = row->memory_bytes;
	}
}

static const struct km_slab *find_cache(const struct km_sheet *slab, struct km_str name)
{
	for (size_t i = 0; i < slab->len; i++) {
		const struct km_slab *row = km_sheet_row(slab, i);

		if (km_str_eq(row->name, name))
			return row;
	}
	return NULL;
}

/*
 * Finds where kernel stacks are. Stacks smaller than a page come from a slab cache (k6.12:kernel/fork.c). For
 * others /proc/vmallocinfo shows whether they are vmalloc memory. Without it: kernels before 4.9 and 32-bit
 * x86 have no CONFIG_VMAP_STACK, and stacks larger than VmallocUsed are not part of it.
 */
static enum km_stacks where_stacks_are(const struct km_machine *machine, const struct km_summary *summary)
{
	const struct km_meminfo *meminfo = summary->account_input.meminfo;
	uint64_t listed = summary->account_input.vmalloc_bytes[KM_VMALLOC_KERNEL_STACKS];
	uint64_t stacks = km_meminfo_bytes(meminfo, KM_STR("KernelStack"));
	uint64_t used = km_account_vmalloc_used(meminfo, summary->account_input.release);
	struct km_str arch = machine->host.machine;
	bool is_i386 = arch.len == 4 && arch.ptr[0] == 'i' && km_str_ends(arch, KM_STR("86"));

	if (find_cache(&summary->finding_input.slab, KM_STR("thread_stack")))
		return KM_STACKS_SLAB;
	if (listed != KM_UNKNOWN)
		return listed ? KM_STACKS_VMALLOC : KM_STACKS_PAGES;
	/* before 4.9, or in vmalloc memory that no file counts: never part of VmallocUsed */
	if (is_i386 || summary->account_input.release < KM_RELEASE(4, 9) || used == KM_UNKNOWN || used < stacks)
		return KM_STACKS_PAGES;
	return KM_STACKS_VMALLOC;
}

static struct km_sheet derive_one(struct km_machine *machine, const struct km_report *report,
				  const struct km_summary_scope *scope, enum km_file file)
{
	if (!is_wanted(scope, file))
		return (struct km_sheet){ .type = report->type };
	return km_report_derive(report, machine, need_of(scope, file));
}

static void derive_slab(struct km_machine *machine, const struct km_summary_scope *scope, struct km_summary *summary)
{
	const enum km_need need = need_of(scope, KM_FILE_SLABINFO);
	const unsigned int extras = scope->cheap ? 0 : 1u << KM_SLABDIR_RECLAIM_ACCOUNT;

	summary->finding_input.slab = (struct km_sheet){ .type = &km_slab_type };
	if (is_wanted(scope, KM_FILE_SLABINFO))
		km_report_slab.derive(machine, &(struct km_query){ need, extras, KM_ENGLISH, NULL },
				      &summary->finding_input.slab, NULL);
	summary->caches = summary->finding_input.slab;
	if (!is_wanted(scope, KM_FILE_SLABINFO) || !km_machine_slabinfo(machine, need))
		summary->caches.len = 0;
}

static void derive_sheets(struct km_machine *machine, const struct km_summary_scope *scope, struct km_summary *summary)
{
	struct km_finding_input *facts = &summary->finding_input;
	const struct km_meminfo *meminfo = km_machine_meminfo(machine, need_of(scope, KM_FILE_MEMINFO));
	struct km_pool *pool = &machine->pool;

	facts->meminfo = meminfo;
	facts->vmstat = km_machine_vmstat(machine, need_of(scope, KM_FILE_VMSTAT));
	facts->page_bytes = machine->host.page_bytes;
	facts->uptime_ms = machine->host.uptime_ms;
	facts->is_served = km_is_served;
	facts->predict = km_predict_usual;
	facts->machine = machine;
	facts->zones = derive_one(machine, &km_report_zones, scope, KM_FILE_ZONEINFO);
	facts->buddy = derive_one(machine, &km_report_buddy, scope, KM_FILE_BUDDYINFO);
	derive_slab(machine, scope, summary);
	/* with pages by node, which JSON shows for callers */
	if (is_wanted(scope, KM_FILE_VMALLOCINFO))
		km_machine_vmalloc(machine, need_of(scope, KM_FILE_VMALLOCINFO));
	facts->vmalloc = derive_one(machine, &km_report_vmalloc, scope, KM_FILE_VMALLOCINFO);
	facts->removed = (struct km_removed_cgroups){ .count = KM_UNKNOWN, .bytes = KM_UNKNOWN };
	if (is_wanted(scope, KM_FILE_CGROUPS) && !scope->cheap) {
		/* captures omit them on purpose: names of cgroups are names of services and people */
		const enum km_need need = km_machine_is_live(machine) ? need_of(scope, KM_FILE_CGROUPS) : KM_OPTIONAL;

		facts->cgroups = km_machine_limited_cgroups(machine, need, &facts->removed);
		facts->has_cgroups = machine->have[KM_FILE_CGROUPS];
	}
	facts->callers = (struct km_sheet){ .type = &km_caller_type };
	if (is_wanted(scope, KM_FILE_ALLOCINFO))
		facts->callers = km_machine_callers(machine, false, false);
	summary->zones = km_zone_brief_derive(pool, &facts->zones, &facts->buddy);
	summary->commands = km_command_usage_derive(pool, scope->commands ? km_machine_processes(machine) : NULL);
}

/*
 * The unaccounted rest by page classes: kernel pages of no other class, minus those that meminfo counts. This
 * and the other way to compute the rest share no other counter.
 */
static uint64_t unowned_bytes(const struct km_sheet *pages, uint64_t large_kmalloc,
			      const struct km_account_input *facts)
{
	static const char *const classes[] = { "kernel_single", "kernel_compound", "untyped", "charged",
					       "mapped" };
	uint64_t bytes = 0, counted;

	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		bytes = km_num_add(bytes, km_pageclass_bytes(pages, km_str_from(classes[i])));
	/* If the module or the kernel does not report this class, its pages are in other classes. */
	bytes = km_num_add(bytes, km_num_or(km_pageclass_bytes(pages, KM_STR("page_pool")), 0));
	counted = km_num_add(km_account_vmalloc_used(facts->meminfo, facts->release),
			     km_meminfo_bytes(facts->meminfo, KM_STR("Percpu")));
	if (large_kmalloc == KM_UNKNOWN)
		counted = km_num_add(counted, facts->large_kmalloc_bytes);
	return km_num_sub(bytes, counted);
}

/*
 * The helper module's figures for pages that no counter covers, and for large kmalloc if the kernel marks it
 * (6.15+). Otherwise large kmalloc is among the compound pages.
 */
static void gather_pages(struct km_machine *machine, bool walk, struct km_summary *summary)
{
	struct km_account_input *facts = &summary->account_input;
	uint64_t large, compound;
	struct km_sheet pages;

	facts->untyped_bytes = facts->compound_bytes = summary->counted_bytes = KM_UNKNOWN;
	facts->page_pool_bytes = facts->charged_bytes = KM_UNKNOWN;
	if (!walk && km_machine_is_live(machine))
		return;
	pages = km_report_derive(&km_report_pages, machine, walk ? KM_REQUIRED : KM_OPTIONAL);
	if (!pages.len)
		return;
	summary->finding_input.pages = pages;
	large = km_pageclass_bytes(&pages, KM_STR("large_kmalloc"));
	compound = km_pageclass_bytes(&pages, KM_STR("kernel_compound"));
	facts->untyped_bytes = km_pageclass_bytes(&pages, KM_STR("untyped"));
	facts->page_pool_bytes = km_pageclass_bytes(&pages, KM_STR("page_pool"));
	facts->charged_bytes = km_pageclass_bytes(&pages, KM_STR("charged"));
	if (large != KM_UNKNOWN)
		facts->large_kmalloc_bytes = large;
	else if (compound != KM_UNKNOWN)
		compound -= compound < facts->large_kmalloc_bytes ? compound : facts->large_kmalloc_bytes;
	facts->compound_bytes = compound;
	summary->counted_bytes = unowned_bytes(&pages, large, facts);
}

/* For a container's account: drops figures of other files, because they describe the host's memory. */
static void forget_host(struct km_summary *summary)
{
	struct km_account_input *facts = &summary->account_input;

	facts->vmstat = NULL;
	facts->managed_bytes = facts->per_cpu_lists_bytes = facts->large_kmalloc_bytes = KM_UNKNOWN;
	facts->untyped_bytes = facts->compound_bytes = summary->counted_bytes = KM_UNKNOWN;
	facts->charged_bytes = KM_UNKNOWN;
	summary->finding_input.pages.len = 0;
	for (unsigned int kind = 0; kind < KM_VMALLOC_KINDS; kind++)
		facts->vmalloc_bytes[kind] = KM_UNKNOWN;
	facts->stacks = KM_STACKS_UNKNOWN;
}

/*
 * Slab memory in no cache: the rest after subtracting the caches that are known to be unreclaimable. A list
 * of caches may be truncated, and its missing caches are not large kmalloc.
 */
static uint64_t large_kmalloc(const struct km_sheet *slab, const struct km_meminfo *meminfo)
{
	const struct km_slab *totals = slab->totals;
	uint64_t caches = 0, left;

	for (size_t i = 0; i < slab->len; i++) {
		const struct km_slab *row = km_sheet_row(slab, i);

		if (row->reclaimable == KM_TRI_NO)
			caches = km_num_add(caches, row->size_bytes);
	}
	left = km_meminfo_bytes(meminfo, KM_STR("SUnreclaim"));
	if (!totals || left == KM_UNKNOWN || caches == KM_UNKNOWN || totals->large_kmalloc_bytes == KM_UNKNOWN)
		return totals ? totals->large_kmalloc_bytes : KM_UNKNOWN;
	left = left > caches ? left - caches : 0;
	return left < totals->large_kmalloc_bytes ? left : totals->large_kmalloc_bytes;
}

static struct km_str read_text(struct km_machine *machine, enum km_file file)
{
	struct km_str text;

	return km_machine_read(machine, file, &text, NULL) ? (struct km_str){ 0 } : text;
}

/* Reads a file that most machines lack. ret_tell: whether an error must still be reported; it is reported once. */
static struct km_str read_owner(struct km_machine *machine, enum km_need need, enum km_file file, bool *ret_tell)
{
	struct km_str text = { 0 };
	struct km_err err;
	int r = km_machine_read(machine, file, &text, &err);

	*ret_tell = !machine->asked[file] && need != KM_OPTIONAL;
	machine->asked[file] = machine->asked[file] || need == KM_REQUIRED;
	if (r && r != -ENOENT && *ret_tell)
		km_machine_set_unavailable(machine, file, &err);
	*ret_tell = *ret_tell && !r;
	return r ? (struct km_str){ 0 } : text;
}

static struct km_str read_kstat(struct km_machine *machine, enum km_need need, enum km_file file, const char *key)
{
	bool tell;
	struct km_str text = read_owner(machine, need, file, &tell);

	if (tell && km_kstat_value(text, km_str_from(key)) == KM_UNKNOWN)
		km_problem_source(&machine->problems, km_source_name(machine->source, km_files[file].path), NULL,
				  "no line \"%s TYPE NUMBER\"", key);
	return text;
}

static struct km_str read_dma_buf(struct km_machine *machine, enum km_need need)
{
	bool tell;
	struct km_str text = read_owner(machine, need, KM_FILE_DMA_BUF, &tell);

	if (tell && km_dmabuf_own_bytes(text) == KM_UNKNOWN)
		km_problem_source(&machine->problems, km_source_name(machine->source, km_files[KM_FILE_DMA_BUF].path), NULL,
				  "no line \"Dma-buf Objects:\"");
	return text;
}

/* In a container these files belong to the host. */
static void gather_owners(struct km_machine *machine, enum km_need need, struct km_summary *summary)
{
	const struct km_owner_files files = {
		.abdstats = read_kstat(machine, need, KM_FILE_ZFS_ABDSTATS, "scatter_data_size"),
		.arcstats = read_kstat(machine, need, KM_FILE_ZFS_ARCSTATS, "size"),
		.dma_buf = read_dma_buf(machine, need),
		.modules = read_text(machine, KM_FILE_MODULES),
	};
	struct km_account_suspects suspects;

	summary->account_input.zfs_bytes = summary->account_input.dma_buf_bytes = KM_UNKNOWN;
	if (summary->account_input.foreign)
		return;
	km_account_find_owners(&files, &summary->account_input);
	if (summary->account_input.dma_buf_bytes == KM_UNKNOWN)
		summary->account_input.dma_buf_bytes = km_machine_dma_buffers(machine);
	km_account_suspects(&machine->pool, &files, &summary->account_input, &suspects);
	summary->finding_input.suspects = km_account_suspects_text(&machine->pool, &suspects);
}

static void gather_account_input(struct km_machine *machine, const struct km_summary_scope *scope,
				 struct km_summary *summary)
{
	const struct km_sheet *zones = &summary->finding_input.zones;
	struct km_account_input *facts = &summary->account_input;

	facts->meminfo = summary->finding_input.meminfo;
	facts->vmstat = summary->finding_input.vmstat;
	facts->page_bytes = machine->host.page_bytes;
	facts->release = km_parse_release(machine->host.release);
	facts->managed_bytes = km_sheet_member_sum(zones, offsetof(struct km_zone, managed_bytes));
	facts->foreign = km_account_is_foreign(facts->meminfo, facts->vmstat, facts->managed_bytes,
						facts->page_bytes);
	facts->per_cpu_lists_bytes = km_sheet_member_sum(zones, offsetof(struct km_zone, pcp_bytes));
	facts->large_kmalloc_bytes = large_kmalloc(&summary->finding_input.slab, facts->meminfo);
	gather_pages(machine, scope->walk, summary);
	sum_kinds(machine, scope, facts->vmalloc_bytes);
	facts->stacks = where_stacks_are(machine, summary);
	gather_owners(machine, scope->commands ? need_of(scope, KM_FILE_ZFS_ABDSTATS) : KM_OPTIONAL, summary);
	if (facts->foreign)
		forget_host(summary);
}

void km_summary_derive_scope(struct km_machine *machine, const struct km_summary_scope *scope,
			     struct km_summary *ret)
{
	*ret = (struct km_summary){ .account = { .excess_bytes = 0 } };
	ret->module = machine->host.module.ptr;
	derive_sheets(machine, scope, ret);
	gather_account_input(machine, scope, ret);
	km_account_derive(&machine->pool, &ret->account_input, &ret->account);
	km_account_explain(&machine->pool, ret, &ret->account);
	ret->finding_input.account = &ret->account;
}

void km_summary_derive(struct km_machine *machine, enum km_need need, unsigned int extent, struct km_summary *ret)
{
	const uint64_t all = ~UINT64_C(0);
	const bool is_cheap = extent & KM_SUMMARY_CHEAP;
	const struct km_summary_scope scope = {
		need == KM_REQUIRED ? all & ~KM_NEEDS(KM_FILE_CGROUPS) : 0, all, extent & KM_SUMMARY_PAGES, !is_cheap, is_cheap,
	};

	km_summary_derive_scope(machine, &scope, ret);
	ret->extent = extent;
	ret->findings = km_findings_derive(&machine->pool, &ret->finding_input);
	ret->parts = km_account_list(&machine->pool, &ret->account);
	ret->system = km_system_derive(machine, ret);
}

const struct km_summary *km_summary_of(struct km_machine *machine, const struct km_query *query)
{
	struct km_summary *summary;

	if (query->options)
		return query->options;
	summary = km_pool_alloc(&machine->pool, 1, sizeof(*summary));
	km_summary_derive(machine, query->need, 0, summary);
	return summary;
}
