// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Rules about memory cgroups: those with a limit, and removed ones. They ask no prediction: `kmeminfo predict` looks at the
 * limits of one caller's cgroup, and a request that reaches a limit is served by reclaim inside the cgroup as long as that
 * finds pages. The rules measure what reclaim cannot find, in every cgroup.
 */
#include "model/cgroup.h"
#include "model/pageclass.h"
#include "report/rule.h"
#include "words/say.h"

#define CGROUPS KM_NEEDS(KM_FILE_CGROUPS)

#define HELD_PERCENT     98
#define HELD_WARNING     90
#define KERNEL_PERCENT   80
#define HIGH_PERCENT     100
#define REMOVED_PERCENT  5
#define REMOVED_WARNING  20

static struct km_str place_of(struct km_rule_context *context, const struct km_cgroup *row)
{
	return km_pool_printf(context->pool, "cgroup %.*s", KM_STR_ARG(row->cgroup));
}

static void note_none(struct km_rule_context *context, const char *why)
{
	if (context->facts->has_cgroups && !context->run->measured)
		km_rule_absent(context, why);
}

static void near_limit(struct km_rule_context *context)
{
	const struct km_sheet *cgroups = &context->facts->cgroups;

	for (size_t i = 0; i < cgroups->len; i++) {
		const struct km_cgroup *row = km_sheet_row(cgroups, i);
		const struct km_str place = place_of(context, row);

		if (km_rule_measure(context, place, km_rule_percent(row->held_bytes, row->limit_bytes)))
			km_rule_say(context, place, row->held_bytes,
				    "it holds %s, %s of its limit of %s, that reclaim cannot free without swapping",
				    km_rule_size(context, row->held_bytes),
				    km_rule_share(context, row->held_bytes, row->limit_bytes),
				    km_rule_size(context, row->limit_bytes));
	}
	note_none(context, KM_SAID("no memory cgroup has a limit"));
}

/* v1 may limit kernel memory alone, and reclaimable slab counts there. Elsewhere the one limit is for both. */
static void measure_kernel(struct km_rule_context *context, const struct km_cgroup *row, uint64_t kernel, uint64_t limit)
{
	const struct km_str place = place_of(context, row);

	if (km_rule_measure(context, place, km_rule_percent(kernel, limit)))
		km_rule_say(context, place, kernel, "kernel memory is %s, %s of the limit of %s",
			    km_rule_size(context, kernel), km_rule_share(context, kernel, limit),
			    km_rule_size(context, limit));
}

static void kernel_near_limit(struct km_rule_context *context)
{
	const struct km_sheet *cgroups = &context->facts->cgroups;

	for (size_t i = 0; i < cgroups->len; i++) {
		const struct km_cgroup *row = km_sheet_row(cgroups, i);

		if (row->kernel_limit_bytes != KM_UNKNOWN)
			measure_kernel(context, row, row->kernel_bytes, row->kernel_limit_bytes);
		else
			measure_kernel(context, row, row->kernel_held_bytes, row->limit_bytes);
	}
	note_none(context, cgroups->len ? KM_SAID("no memory cgroup with a limit reports its kernel memory separately") :
					  KM_SAID("no memory cgroup has a limit"));
}

static void throttled(struct km_rule_context *context)
{
	const struct km_sheet *cgroups = &context->facts->cgroups;

	for (size_t i = 0; i < cgroups->len; i++) {
		const struct km_cgroup *row = km_sheet_row(cgroups, i);

		if (km_rule_measure(context, place_of(context, row), km_rule_percent(row->held_bytes, row->high_bytes)))
			km_rule_say(context, place_of(context, row), row->held_bytes,
				    "it holds %s that reclaim cannot free without swapping, more than its memory.high of %s: the kernel "
				    "throttles it",
				    km_rule_size(context, row->held_bytes), km_rule_size(context, row->high_bytes));
	}
	note_none(context, KM_SAID("no memory cgroup has memory.high"));
}

/* The class with most memory of removed cgroups, and the memory of all; .class NULL if the module does not report it. */
static struct km_pageclass of_removed(const struct km_sheet *pages)
{
	struct km_pageclass sum = { .dead_bytes = 0 };
	uint64_t most = 0;

	for (size_t i = 0; i < pages->len; i++) {
		const struct km_pageclass *row = km_sheet_row(pages, i);
		const uint64_t bytes = km_num_or(row->dead_bytes, 0);

		sum.dead_bytes += bytes;
		if (bytes <= most && sum.class)
			continue;
		most = bytes;
		sum.class = row->class;
	}
	return sum;
}

/* "; 1200 are still kept, most of them below /system.slice" */
static const char *where_removed(struct km_rule_context *context)
{
	const struct km_removed_cgroups *removed = &context->facts->removed;

	if (!km_num_or(removed->count, 0))
		return "";
	return km_say_printf(context->pool, "; the kernel still keeps %llu of them, most below %.*s",
			     (unsigned long long)removed->count, KM_STR_ARG(removed->cgroup)).ptr;
}

/* The module counts their pages; without it, the cgroup above them has a bound. */
static void removed_large(struct km_rule_context *context)
{
	const struct km_finding_input *facts = context->facts;
	const struct km_pageclass class = of_removed(&facts->pages);
	const struct km_removed_cgroups *removed = &facts->removed;
	const uint64_t total = km_rule_total(context), bytes = !removed->count ? 0 : removed->bytes;

	if (class.class) {
		if (km_rule_measure_share(context, class.dead_bytes, total))
			km_rule_say(context, KM_RULE_MACHINE, class.dead_bytes,
				    "%s (%s of the memory) are charged to removed memory cgroups, most of it pages of class %s%s",
				    km_rule_size(context, class.dead_bytes), km_rule_share(context, class.dead_bytes, total),
				    class.class->key, where_removed(context));
	} else if (km_rule_measure_share(context, bytes, total)) {
		km_rule_say(context, km_pool_printf(context->pool, "cgroup %.*s", KM_STR_ARG(removed->cgroup)), bytes,
			    "up to %s (%s of the memory) are charged to removed cgroups below it; the kernel still keeps %llu of them",
			    km_rule_size(context, bytes), km_rule_share(context, bytes, total),
			    (unsigned long long)removed->count);
	}
	if (facts->has_cgroups && removed->count == KM_UNKNOWN)
		note_none(context, KM_SAID("the kernel does not count removed cgroups"));
	else if (facts->has_cgroups)
		note_none(context, KM_SAID("processes and removed cgroups have one figure"));
}

const struct km_rule km_cgroup_rules[] = {
	{ .word.key = "cgroup-near-limit", .look = near_limit,
	  .figure = KM_SAID("memory of a cgroup that reclaim can free by swapping only, of its limit"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_OPTIONAL, .files = CGROUPS,
	  .ranges[KM_WARNING] = KM_ABOVE(HELD_WARNING), .ranges[KM_CRITICAL] = KM_ABOVE(HELD_PERCENT),
	  .command = "kmeminfo cgroups -o cgroup,memory_bytes,held_bytes,limit_bytes --sort held_bytes",
	  .word.brief = "a memory cgroup is near its limit",
	  .word.explain =
		"More than " KM_PERCENT_OF(HELD_WARNING) " of the limit of a cgroup (a container, "
		"a service) is memory that only swapping can free; above "
		KM_PERCENT_OF(HELD_PERCENT) " this is critical. Page cache and reclaimable slab "
		"do not count: a cgroup that reads files is always at its limit, and frees those "
		"first. At the limit its processes swap, then the OOM killer kills one of them, "
		"however much memory the machine has. Raise memory.max (MemoryMax= of a service), "
		"or run less in the cgroup.",
	  .word.origin = "memory.current, memory.max and memory.stat of each cgroup" },
	{ .word.key = "cgroup-throttled", .look = throttled,
	  .figure = KM_SAID("memory of a cgroup that reclaim can free by swapping only, of its memory.high"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_OPTIONAL, .files = CGROUPS,
	  .ranges[KM_WARNING] = KM_ABOVE(HIGH_PERCENT),
	  .command = "kmeminfo cgroups -o cgroup,memory_bytes,held_bytes,high_bytes --sort held_bytes",
	  .word.brief = "the kernel throttles a memory cgroup",
	  .word.explain =
		"A cgroup holds more than its memory.high, and only swapping can free that. Its "
		"allocations reclaim without effect, and its processes wait, up to 2 seconds at a "
		"time: the service seems to hang, but nothing is killed. Page cache and "
		"reclaimable slab do not count. Raise memory.high (MemoryHigh= of a service), or "
		"run less in the cgroup.",
	  .word.origin = "memory.current, memory.high and memory.stat of each cgroup" },
	{ .word.key = "cgroup-kernel-near-limit", .look = kernel_near_limit,
	  .figure = KM_SAID("kernel memory of a cgroup, of its limit"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_OPTIONAL, .files = CGROUPS,
	  .ranges[KM_WARNING] = KM_ABOVE(KERNEL_PERCENT),
	  .command = "kmeminfo cgroups -o cgroup,kernel_bytes,kernel_held_bytes,limit_bytes,kernel_limit_bytes",
	  .word.brief = "the kernel memory of a cgroup is near the cgroup's limit",
	  .word.explain =
		"More than " KM_PERCENT_OF(KERNEL_PERCENT) " of the limit of a cgroup is kernel "
		"memory that no shrinker can free, such as slab objects, stacks, page tables and per-CPU memory. In "
		"v1 it is more than that share of memory.kmem.limit_in_bytes. Processes have the rest of the limit. "
		"The kernel memory of a killed process may stay, so the OOM killer does not help. The cgroup leaks "
		"kernel objects, or has too many files, sockets or threads: the columns of `kmeminfo cgroups` show "
		"which.",
	  .word.origin = "memory.stat and memory.max; v1: memory.kmem.usage_in_bytes, memory.kmem.limit_in_bytes" },
	{ .word.key = "removed-cgroups-large", .look = removed_large,
	  .figure = KM_SAID("memory that is charged to removed cgroups, at most, of the total"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_OPTIONAL, .files = CGROUPS | KM_NEEDS(KM_FILE_MEMINFO),
	  .ranges[KM_NOTE] = KM_ABOVE(REMOVED_PERCENT), .ranges[KM_WARNING] = KM_ABOVE(REMOVED_WARNING),
	  .command = "kmeminfo cgroups -o cgroup,memory_bytes,removed_count --sort removed_count",
	  .word.brief = "memory is charged to memory cgroups that were removed",
	  .word.explain =
		"More than " KM_PERCENT_OF(REMOVED_PERCENT) " of the total; above " KM_PERCENT_OF(REMOVED_WARNING) " this is a warning. "
		"A service or container ended, and its cgroup was removed, but pages that it charged are still in use: "
		"page cache, files in tmpfs, or kernel memory. The kernel keeps the cgroup until the last of them is freed. The helper module "
		"counts these pages (`kmeminfo summary --pages`). Without it the figure is a bound: what is charged to the cgroup "
		"above them and to none below it, which includes kernel memory that the removed ones left to it. Reclaim frees "
		"page cache; from 5.19 on, a number of bytes in memory.reclaim of that cgroup starts it.",
	  .word.origin = "cgroup.stat, memory.current; /proc/kmeminfo/pages dead" },
	{ .look = NULL }
};
