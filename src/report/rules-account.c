// SPDX-License-Identifier: GPL-2.0-or-later
/* Rules about the account: memory that no counter covers, and counters that do not fit together. */
#include "report/account-text.h"
#include "report/rule.h"
#include "model/account-owner.h"
#include "model/pageclass.h"
#include "model/zone.h"
#include "words/say.h"

#define MEMINFO  KM_NEEDS(KM_FILE_MEMINFO)
#define VMSTAT   KM_NEEDS(KM_FILE_VMSTAT)
#define ZONEINFO KM_NEEDS(KM_FILE_ZONEINFO)
#define SLABINFO KM_NEEDS(KM_FILE_SLABINFO)
#define VMALLOCINFO KM_NEEDS(KM_FILE_VMALLOCINFO)

#define UNACCOUNTED_PERCENT 10
#define DETACHED_PERCENT    5
#define PER_CPU_PERCENT     5

/* "; the largest part is LABEL, SIZE", if the helper module reported the classes of these pages. */
static const char *largest_class(struct km_rule_context *context)
{
	static const enum km_account_id classes[] = { KM_ACCOUNT_PAGE_POOL, KM_ACCOUNT_CHARGED, KM_ACCOUNT_UNTYPED,
						      KM_ACCOUNT_COMPOUND };
	const struct km_account *largest = context->facts->account->parts[KM_ACCOUNT_SINGLE];

	if (!largest)
		return "";
	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++) {
		const struct km_account *part = context->facts->account->parts[classes[i]];

		if (part && part->bytes != KM_UNKNOWN && part->bytes > largest->bytes)
			largest = part;
	}
	return km_say_printf(context->pool, "; the largest part is %.*s, %s", KM_STR_ARG(largest->label),
			      km_rule_size(context, largest->bytes)).ptr;
}

/* "; SIZE of it are charged to removed cgroups", if the helper module counted some. */
static const char *of_removed_cgroups(struct km_rule_context *context)
{
	static const char *const classes[] = { "kernel_single", "kernel_compound", "untyped", "charged", "page_pool" };
	const struct km_sheet *pages = &context->facts->pages;
	uint64_t bytes = 0;

	for (size_t i = 0; i < pages->len; i++) {
		const struct km_pageclass *row = km_sheet_row(pages, i);

		for (size_t j = 0; j < sizeof(classes) / sizeof(*classes); j++)
			if (km_str_eq(km_word_str(row->class), km_str_from(classes[j])))
				bytes += km_num_or(row->dead_bytes, 0);
	}
	return bytes ? km_say_printf(context->pool, "; %s of it are charged to removed cgroups", km_rule_size(context, bytes)).ptr : "";
}

static void unaccounted_large(struct km_rule_context *context)
{
	uint64_t rest = km_rule_part(context, KM_ACCOUNT_UNACCOUNTED), total = km_rule_total(context);
	struct km_str suspects = context->facts->suspects;

	/* an upper bound does not measure the machine */
	if (!km_account_is_missing(&context->facts->account->missing) && km_rule_measure_share(context, rest, total))
		km_rule_say(context, KM_RULE_MACHINE, rest, "%s (%s of the memory) are not covered by any "
						    "kernel counter%s%.*s%s%s",
			      km_rule_size(context, rest), km_rule_share(context, rest, total),
			      suspects.ptr ? km_say("; they may be of ") : "", KM_STR_ARG(suspects),
			      largest_class(context), of_removed_cgroups(context));
}

/* Where the known counters leave nothing, some of them are wrong or lag, so the rest bounds nothing. */
static void say_missing(struct km_rule_context *context, uint64_t rest, struct km_str missing)
{
	if (rest)
		km_rule_say(context, KM_RULE_MACHINE, rest, "not known: %.*s; up to %s of the memory may be theirs",
			    KM_STR_ARG(missing), km_rule_size(context, rest));
	else
		km_rule_say(context, KM_RULE_MACHINE, KM_UNKNOWN, "not known: %.*s; the other counters leave no memory for them",
			    KM_STR_ARG(missing));
}

static void account_incomplete(struct km_rule_context *context)
{
	enum { SHOWN = 4 };
	const struct km_account_missing *missing = &context->facts->account->missing;
	uint64_t rest = km_rule_part(context, KM_ACCOUNT_UNACCOUNTED);

	if (context->foreign)
		km_rule_absent(context, "the account is a container's");
	else if (rest != KM_UNKNOWN && km_rule_measure_number(context, missing->keys.len))
		say_missing(context, rest, km_account_missing_text(context->pool, missing, SHOWN));
}

static void meminfo_foreign(struct km_rule_context *context)
{
	uint64_t told = km_rule_meminfo(context, "MemTotal");
	uint64_t managed = km_rule_sum_zones(context, offsetof(struct km_zone, managed_bytes));

	if (told == KM_UNKNOWN || managed == KM_UNKNOWN)
		return;
	if (!km_rule_measure_number(context, told != managed || context->foreign))
		return;
	if (told != managed)
		km_rule_say(context, KM_RULE_MACHINE, told > managed ? told - managed : managed - told,
			      told > managed ? KM_SAID("/proc/meminfo reports %s, but the zones manage %s, %s less") :
					       KM_SAID("/proc/meminfo reports %s, but the zones manage %s, %s more"),
			      km_rule_size(context, told), km_rule_size(context, managed),
			      km_rule_size(context, told > managed ? told - managed : managed - told));
	else
		km_rule_say(context, KM_RULE_MACHINE, KM_UNKNOWN,
			      "/proc/meminfo reports other slab and free memory than the kernel: the file is a container's, "
			      "and so is the account; zones and slab are the host's");
}

static void detached_large(struct km_rule_context *context)
{
	uint64_t detached = km_rule_part(context, KM_ACCOUNT_DETACHED);

	if (km_rule_measure_share(context, detached, km_rule_total(context)))
		km_rule_say(context, KM_RULE_MACHINE, detached,
			      "%s belong to partly unmapped pages, mostly transparent huge pages",
			      km_rule_size(context, detached));
}

static void per_cpu_large(struct km_rule_context *context)
{
	uint64_t lists = km_rule_part(context, KM_ACCOUNT_FREE_PER_CPU);

	if (km_rule_measure_share(context, lists, km_rule_total(context)))
		km_rule_say(context, KM_RULE_MACHINE, lists,
			      "%s are free on per-CPU lists, which MemFree and free(1) do not "
			      "count",
			      km_rule_size(context, lists));
}

static void account_exceeded(struct km_rule_context *context)
{
	uint64_t excess = context->facts->account->excess_bytes;
	uint64_t drift = km_rule_sum_zones(context, offsetof(struct km_zone, drift_bytes));

	if (context->foreign) {
		km_rule_absent(context, "the account is a container's");
		return;
	}
	if (km_rule_total(context) != KM_UNKNOWN &&
	    km_rule_measure_number(context, excess > km_num_or(drift, 0) ? excess - km_num_or(drift, 0) : 0))
		km_rule_say(context, KM_RULE_MACHINE, excess,
			      "the kernel's counters exceed the total by %s; they were cut",
			      km_rule_size(context, excess));
}

const struct km_rule km_account_rules[] = {
	{ .word.key = "unaccounted-large", .look = unaccounted_large,
	  .figure = KM_SAID("memory that no counter covers, of the total"),
	  .unit = KM_RULE_PERCENT, .files = MEMINFO | VMSTAT | ZONEINFO, .useful = SLABINFO | VMALLOCINFO,
	  .ranges[KM_WARNING] = KM_ABOVE(UNACCOUNTED_PERCENT),
	  .command = "kmeminfo summary --pages",
	  .word.brief = "much memory is not covered by any kernel counter",
	  .word.explain =
		"More than " KM_PERCENT_OF(UNACCOUNTED_PERCENT) " of the total is in no part of "
		"the account. Possible causes: buffers of network cards and graphics drivers, a "
		"balloon of a virtual machine that does not lower MemTotal, or a driver that "
		"leaks pages. Two readings some time apart show whether it grows. page_owner "
		"(boot with page_owner=on) or the helper module shows the owners.",
	  .word.origin = "computed, see account.unaccounted" },
	{ .word.key = "account-incomplete", .look = account_incomplete,
	  .figure = KM_SAID("lines that are missing"),
	  .unit = KM_RULE_COUNT, .files = MEMINFO, .useful = SLABINFO | VMALLOCINFO,
	  .ranges[KM_WARNING] = "0",
	  .command = "kmeminfo summary",
	  .word.brief = "some memory cannot be separated from the unaccounted rest",
	  .word.explain =
		"/proc/meminfo lacks lines that this kernel prints, or has lines that cannot be "
		"read. Or the kernel counts no vmalloc memory (before 5.3) and /proc/vmallocinfo "
		"is not there. Their memory is in the unaccounted rest, which is then an upper "
		"bound. Take the files again, whole and unedited; /proc/vmallocinfo needs root.",
	  .word.origin = "/proc/meminfo, see account.unaccounted" },
	{ .word.key = "meminfo-foreign", .look = meminfo_foreign,
	  .figure = KM_SAID("1 if /proc/meminfo and the zones describe different memory, otherwise 0"),
	  .unit = KM_RULE_COUNT, .files = MEMINFO | ZONEINFO,
	  .ranges[KM_WARNING] = "0",
	  .command = "kmeminfo summary",
	  .word.brief = "/proc/meminfo and the zones describe different memory",
	  .word.explain =
		"MemTotal and the managed memory of all zones are one count in the kernel, as is "
		"slab memory in /proc/meminfo and /proc/vmstat, but they differ here. In a "
		"container lxcfs may replace /proc/meminfo by one with the container's limit and without slab. "
		"Zones, slab and vmalloc still belong to the host: run kmeminfo on the host to see all. The account "
		"then has only lines that are the container's. A kernel made for a hypervisor may count memory that "
		"is not plugged in. In a capture, memory was plugged between two files, or a file is from another "
		"machine.",
	  .word.origin = "/proc/meminfo MemTotal, /proc/zoneinfo managed" },
	{ .word.key = "account-exceeded", .look = account_exceeded,
	  .figure = KM_SAID("excess of the parts over the total, beyond the lag of the counters"),
	  .unit = KM_RULE_BYTES, .files = MEMINFO | ZONEINFO, .useful = SLABINFO | VMALLOCINFO,
	  .ranges[KM_WARNING] = "0",
	  .command = "kmeminfo summary --json",
	  .word.brief = "the parts of the account exceeded the total",
	  .word.explain =
		"By more than counters can lag (drift_bytes of all zones). The least certain "
		"parts were cut; reported_bytes in JSON has their values before. Possible causes: "
		"much changed while the files were read; a file is from another moment or "
		"machine; the page size is wrong (--page-size); or this kernel counts something "
		"in an unknown way. Please report the last.",
	  .word.origin = "computed" },
	{ .word.key = "partly-unmapped-large", .look = detached_large,
	  .figure = KM_SAID("partly unmapped pages, of the total"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_OPTIONAL, .files = MEMINFO, .useful = SLABINFO | VMALLOCINFO,
	  .ranges[KM_NOTE] = KM_ABOVE(DETACHED_PERCENT),
	  .command = "kmeminfo summary",
	  .word.brief = "much memory belongs to partly unmapped pages",
	  .word.explain =
		"Pages that are on the LRU lists and count as neither mapped nor cached exceed "
		KM_PERCENT_OF(DETACHED_PERCENT) " of the total. A program that frees parts of "
		"transparent huge pages does not free memory until the kernel splits them, which "
		"happens when memory gets short. Such a program may work better with madvise for "
		"huge pages, or without huge pages.",
	  .word.origin = "computed, see account.detached" },
	{ .word.key = "per-cpu-lists-large", .look = per_cpu_large,
	  .figure = KM_SAID("free pages on per-CPU lists, of the total"),
	  .unit = KM_RULE_PERCENT, .files = MEMINFO | ZONEINFO, .useful = SLABINFO | VMALLOCINFO,
	  .ranges[KM_WARNING] = KM_ABOVE(PER_CPU_PERCENT),
	  .command = "kmeminfo zones --columns +pcp_bytes",
	  .word.brief = "much free memory is on per-CPU lists",
	  .word.explain =
		"Free pages on per-CPU lists exceed " KM_PERCENT_OF(PER_CPU_PERCENT) " of the "
		"total. They are free, but MemFree, free(1) and most monitoring tools do not "
		"count them.",
	  .word.origin = "/proc/zoneinfo pagesets count" },
	{ .look = NULL }
};
