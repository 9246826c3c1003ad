// SPDX-License-Identifier: GPL-2.0-or-later
/* Rules about memory cgroups that have a limit. */
#include "model/cgroup.h"
#include "report/rule.h"
#include "words/say.h"

#define CGROUPS KM_NEEDS(KM_FILE_CGROUPS)

#define HELD_PERCENT     98
#define HELD_WARNING     90
#define KERNEL_PERCENT   80
#define HIGH_PERCENT     100

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
		"memory that no shrinker can free, such as slab objects, stacks, page tables and "
		"per-CPU memory; in v1 more than that share of memory.kmem.limit_in_bytes. "
		"Processes have the rest of the limit. The kernel memory of a killed process may "
		"stay, so the OOM killer does not help. The cgroup leaks kernel objects, or has "
		"too many files, sockets or threads: the columns of `kmeminfo cgroups` show which.",
	  .word.origin = "memory.stat and memory.max; v1: memory.kmem.usage_in_bytes, memory.kmem.limit_in_bytes" },
	{ .look = NULL }
};
