// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Rules about the machine as a whole: what is left, what is promised, what is out of proportion. They measure shares of
 * counters, for thresholds that an operator sets, and ask no prediction, because no single request stands for them.
 * available-low has the kernel's estimate of all that processes may still take, page cache included; a request for one page
 * is served long after that is used up, from what reclaim frees. free-in-cma says that the kernel's own requests may use
 * only a part of what MemFree shows; movable requests are served, and whether the others are is the subject of
 * direct-reclaim and zone-below-min, which compare the rest with the watermarks.
 */
#include "report/rule.h"
#include "words/say.h"
#include "model/account-owner.h"
#include "model/zone.h"

#define MEMINFO KM_NEEDS(KM_FILE_MEMINFO)
#define VMSTAT KM_NEEDS(KM_FILE_VMSTAT)

#define DAY_MS              86400000
#define KILLS_A_DAY         1
#define AVAILABLE_PERCENT   5
#define AVAILABLE_WARNING   10
#define SWAP_PERCENT        10
#define MLOCKED_PERCENT     10
#define MLOCKED_WARNING     50
#define SHARED_PERCENT      13.5
#define SHARED_WARNING      50
#define DIRTY_PERCENT       80
#define HUGETLB_PERCENT     5
#define UNACCEPTED_PERCENT  1
#define BALLOON_PERCENT     1
#define CMA_PERCENT         50
#define COMMITTED_PERCENT   100

/* The memory without huge pages: some machines are set up to have little else. */
static uint64_t ordinary_of(const struct km_rule_context *context)
{
	const uint64_t total = km_rule_total(context), huge = km_num_or(km_rule_part(context, KM_ACCOUNT_HUGETLB), 0);

	return huge < total ? total - huge : total;
}

static void available_low(struct km_rule_context *context)
{
	uint64_t available = km_rule_meminfo(context, "MemAvailable"), total = ordinary_of(context);

	if (km_rule_measure_share(context, available, total))
		km_rule_say(context, KM_RULE_MACHINE, available,
			      "%s of %s are available without swapping (%s)",
			      km_rule_size(context, available), km_rule_size(context, total),
			      km_rule_share(context, available, total));
}

static void oom_killed(struct km_rule_context *context)
{
	uint64_t kills = km_vmstat_value(context->facts->vmstat, KM_STR("oom_kill"));

	if (km_rule_measure_number(context, kills))
		km_rule_say(context, KM_RULE_MACHINE, KM_UNKNOWN,
			      "the OOM killer has killed %llu process%s since boot",
			      (unsigned long long)kills, kills == 1 ? "" : "es");
}

/* At least a day: a kill in the first hour counts as one per day, not as 24. */
static void oom_kill_rate(struct km_rule_context *context)
{
	const uint64_t kills = km_vmstat_value(context->facts->vmstat, KM_STR("oom_kill"));
	const uint64_t uptime = context->facts->uptime_ms;
	double days;

	if (uptime == KM_UNKNOWN || kills == KM_UNKNOWN)
		return;
	days = uptime > DAY_MS ? (double)uptime / DAY_MS : 1;
	/* one division: eleven kills in eleven days are one a day */
	if (km_rule_measure(context, KM_RULE_MACHINE, uptime > DAY_MS ? (double)kills * DAY_MS / (double)uptime : (double)kills))
		km_rule_say(context, KM_RULE_MACHINE, KM_UNKNOWN,
			      "the OOM killer has killed %llu processes in %llu day%s since boot",
			      (unsigned long long)kills, (unsigned long long)km_num_round(days),
			      km_num_round(days) == 1 ? "" : "s");
}

static void swap_full(struct km_rule_context *context)
{
	uint64_t swap = km_rule_meminfo(context, "SwapTotal");
	uint64_t left = km_rule_meminfo(context, "SwapFree");

	if (!swap)
		km_rule_absent(context, "there is no swap");
	if (km_rule_measure_share(context, left, swap))
		km_rule_say(context, KM_RULE_MACHINE, left, "swap is nearly full: %s of %s are free",
			      km_rule_size(context, left), km_rule_size(context, swap));
}

static void mlocked_large(struct km_rule_context *context)
{
	uint64_t locked = km_rule_meminfo(context, "Mlocked"), total = ordinary_of(context);

	if (km_rule_measure_share(context, locked, total))
		km_rule_say(context, KM_RULE_MACHINE, locked,
			      "processes have locked %s in memory (%s): it is neither reclaimed nor swapped; "
			      "`grep VmLck /proc/*/status` names them",
			      km_rule_size(context, locked), km_rule_share(context, locked, total));
}

static void shared_large(struct km_rule_context *context)
{
	uint64_t shared = km_rule_meminfo(context, "Shmem"), total = ordinary_of(context);

	if (km_rule_measure_share(context, shared, total))
		km_rule_say(context, KM_RULE_MACHINE, shared,
			      "tmpfs files and shared memory hold %s (%s): it goes to swap only; `df -t tmpfs` and "
			      "`ipcs -m` show where",
			      km_rule_size(context, shared), km_rule_share(context, shared, total));
}

static void hardware_corrupted(struct km_rule_context *context)
{
	uint64_t bad = km_rule_meminfo(context, "HardwareCorrupted");

	if (km_rule_measure_number(context, bad))
		km_rule_say(context, KM_RULE_MACHINE, bad,
			      "the hardware reported errors in %s of memory, which the kernel no "
			      "longer uses",
			      km_rule_size(context, bad));
}

static void dirty_high(struct km_rule_context *context)
{
	const struct km_finding_input *facts = context->facts;
	uint64_t limit = km_num_mul(km_vmstat_value(facts->vmstat, KM_STR("nr_dirty_threshold")),
				    facts->page_bytes);
	uint64_t dirty = km_num_add(km_rule_meminfo(context, "Dirty"),
				    km_rule_meminfo(context, "Writeback"));

	if (km_rule_measure_share(context, dirty, limit))
		km_rule_say(context, KM_RULE_MACHINE, dirty,
			      "%s wait to be written; above %s writers must wait",
			      km_rule_size(context, dirty), km_rule_size(context, limit));
}

static void hugetlb_unused(struct km_rule_context *context)
{
	uint64_t idle = km_rule_part(context, KM_ACCOUNT_HUGETLB_FREE), total = km_rule_total(context), promised;

	promised = km_num_mul(km_meminfo_count(context->facts->meminfo, KM_STR("HugePages_Rsvd")),
			      km_rule_meminfo(context, "Hugepagesize"));
	idle = km_num_sub(idle, km_num_or(promised, 0));
	if (km_rule_measure_share(context, idle, total))
		km_rule_say(context, KM_RULE_MACHINE, idle,
			      "%s are reserved as huge pages and unused (%s of the memory)",
			      km_rule_size(context, idle), km_rule_share(context, idle, total));
}

static void overcommitted(struct km_rule_context *context)
{
	uint64_t committed = km_rule_meminfo(context, "Committed_AS");
	uint64_t all = km_num_add(km_rule_total(context), km_rule_meminfo(context, "SwapTotal"));

	if (km_rule_measure_share(context, committed, all))
		km_rule_say(context, KM_RULE_MACHINE, committed,
			      "processes were promised %s, %s of the %s of memory and swap",
			      km_rule_size(context, committed), km_rule_share(context, committed, all),
			      km_rule_size(context, all));
}

static void cma_free(struct km_rule_context *context)
{
	uint64_t cma = km_rule_part(context, KM_ACCOUNT_FREE_CMA);
	const struct km_account *buddy = context->facts->account->parts[KM_ACCOUNT_FREE_BUDDY];
	uint64_t free = buddy && buddy->reported_bytes != KM_UNKNOWN ? buddy->bytes : KM_UNKNOWN;

	if (km_rule_measure_share(context, cma, free))
		km_rule_say(context, KM_RULE_MACHINE, cma,
			      "%s of the %s of free memory lie in CMA areas: the kernel itself "
			      "cannot use them",
			      km_rule_size(context, cma), km_rule_size(context, free));
}

static void unaccepted(struct km_rule_context *context)
{
	uint64_t bytes = km_rule_part(context, KM_ACCOUNT_FREE_UNACCEPTED);

	if (km_rule_measure_share(context, bytes, km_rule_total(context)))
		km_rule_say(context, KM_RULE_MACHINE, bytes, "%s of the free memory are not yet accepted",
			      km_rule_size(context, bytes));
}

static void balloon(struct km_rule_context *context)
{
	const struct km_finding_input *facts = context->facts;
	uint64_t bytes = km_account_balloon(facts->meminfo, facts->vmstat, facts->page_bytes);

	if (!context->foreign && km_rule_measure_share(context, bytes, km_rule_total(context)))
		km_rule_say(context, KM_RULE_MACHINE, bytes, "the host has taken %s through a balloon",
			      km_rule_size(context, bytes));
}

const struct km_rule km_memory_rules[] = {
	{ .word.key = "available-low", .look = available_low,
	  .figure = KM_SAID("MemAvailable, of the memory without huge pages"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_LOW, .files = MEMINFO,
	  .ranges[KM_WARNING] = KM_BELOW(AVAILABLE_WARNING), .ranges[KM_CRITICAL] = KM_BELOW(AVAILABLE_PERCENT),
	  .command = "kmeminfo summary",
	  .word.brief = "little memory is available without swapping",
	  .word.explain =
		"MemAvailable is below " KM_PERCENT_OF(AVAILABLE_WARNING) " of the total without "
		"huge pages; below " KM_PERCENT_OF(AVAILABLE_PERCENT) " this is critical. It is "
		"the kernel's own estimate of the memory for new processes: free memory, and the "
		"part of page cache and reclaimable slab that can be freed. The tree shows the "
		"use of the rest. Add swap, or run fewer or smaller processes.",
	  .word.origin = "/proc/meminfo MemAvailable" },
	{ .word.key = "swap-nearly-full", .look = swap_full,
	  .figure = KM_SAID("free swap, of all swap"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_LOW, .files = MEMINFO,
	  .ranges[KM_WARNING] = KM_BELOW(SWAP_PERCENT),
	  .command = "swapon --show",
	  .word.brief = "little swap is left",
	  .word.explain =
		"Less than " KM_PERCENT_OF(SWAP_PERCENT) " of the swap space is free. Once it is "
		"full, anonymous and shared memory can no longer be reclaimed, and the OOM killer "
		"runs next.",
	  .word.origin = "/proc/meminfo SwapFree, SwapTotal" },
	{ .word.key = "oom-kills", .look = oom_killed,
	  .figure = KM_SAID("processes killed since boot"),
	  .unit = KM_RULE_COUNTER, .files = VMSTAT,
	  .ranges[KM_NOTE] = "0",
	  .command = "kmeminfo log --dmesg",
	  .word.brief = "processes have been killed because memory ran out",
	  .word.explain =
		"The count since boot, of the whole machine and of control groups that reached "
		"their own limit. The kernel log shows which, when and why.",
	  .word.origin = "/proc/vmstat oom_kill" },
	{ .word.key = "oom-kills-often", .look = oom_kill_rate,
	  .figure = KM_SAID("processes killed per day, since boot"),
	  .unit = KM_RULE_COUNT, .flags = KM_RULE_OPTIONAL, .files = VMSTAT,
	  .ranges[KM_WARNING] = KM_ABOVE(KILLS_A_DAY),
	  .command = "kmeminfo log --dmesg",
	  .word.brief = "processes are killed again and again because memory runs out",
	  .word.explain =
		"More than " KM_TEXT_OF(KILLS_A_DAY) " a day, on average since boot; in the first "
		"day, more than " KM_TEXT_OF(KILLS_A_DAY) " in all. A single kill is no warning, "
		"and old kills lose weight as time goes on. `kmeminfo log` shows which processes, "
		"when and why.",
	  .word.origin = "/proc/vmstat oom_kill, the time since boot" },
	{ .word.key = "mlocked-large", .look = mlocked_large,
	  .figure = KM_SAID("Mlocked, of the memory without huge pages"),
	  .unit = KM_RULE_PERCENT, .files = MEMINFO,
	  .ranges[KM_NOTE] = KM_ABOVE(MLOCKED_PERCENT), .ranges[KM_WARNING] = KM_ABOVE(MLOCKED_WARNING),
	  .command = "grep VmLck /proc/*/status",
	  .word.brief = "processes have locked much memory",
	  .word.explain =
		"Mlocked exceeds " KM_PERCENT_OF(MLOCKED_PERCENT) " of the total without huge "
		"pages; above " KM_PERCENT_OF(MLOCKED_WARNING) " this is a warning. Databases, "
		"virtual machines and realtime programs lock memory on purpose. The kernel cannot "
		"reclaim it, so the rest of the machine has less to work with. RLIMIT_MEMLOCK "
		"bounds it for each process.",
	  .word.origin = "/proc/meminfo Mlocked" },
	{ .word.key = "shared-large", .look = shared_large,
	  .figure = KM_SAID("Shmem, of the memory without huge pages"),
	  .unit = KM_RULE_PERCENT, .files = MEMINFO,
	  .ranges[KM_NOTE] = KM_ABOVE(SHARED_PERCENT), .ranges[KM_WARNING] = KM_ABOVE(SHARED_WARNING),
	  .command = "df -t tmpfs",
	  .word.brief = "files in tmpfs and shared memory are a large part of the memory",
	  .word.explain =
		"Shmem exceeds " KM_PERCENT_OF(SHARED_PERCENT) " of the total without huge pages; "
		"above " KM_PERCENT_OF(SHARED_WARNING) " this is a warning. It counts as cache, "
		"but only swap can free it. A file in /tmp, /run or /dev/shm stays until it is removed. Shared "
		"memory of System V stays until ipcrm removes it, even when no process uses it.",
	  .word.origin = "/proc/meminfo Shmem" },
	{ .word.key = "hardware-corrupted", .look = hardware_corrupted,
	  .figure = KM_SAID("HardwareCorrupted"),
	  .unit = KM_RULE_BYTES, .flags = KM_RULE_OPTIONAL, .files = MEMINFO,
	  .ranges[KM_WARNING] = "0",
	  .command = "kmeminfo summary",
	  .word.brief = "memory has gone bad",
	  .word.explain =
		"Pages in which the hardware found errors that it could not correct. The kernel "
		"does not use them until the next boot; the processes that used them may have "
		"been killed. A memory module may need to be replaced: see the kernel log, "
		"rasdaemon or mcelog.",
	  .word.origin = "/proc/meminfo HardwareCorrupted" },
	{ .word.key = "dirty-high", .look = dirty_high,
	  .figure = KM_SAID("Dirty and Writeback, of the threshold above which writers wait"),
	  .unit = KM_RULE_PERCENT, .files = MEMINFO | VMSTAT,
	  .ranges[KM_WARNING] = KM_ABOVE(DIRTY_PERCENT),
	  .command = "grep -e Dirty -e Writeback /proc/meminfo",
	  .word.brief = "much data waits to be written to disk",
	  .word.explain =
		"Dirty and Writeback exceed " KM_PERCENT_OF(DIRTY_PERCENT) " of the threshold "
		"above which writers are slowed down to the speed of the disks (vm.dirty_ratio, "
		"vm.dirty_bytes). Normal during a large copy; if it lasts, a disk or server is "
		"slow or unreachable.",
	  .word.origin = "/proc/meminfo Dirty, Writeback; /proc/vmstat nr_dirty_threshold" },
	{ .word.key = "hugetlb-unused", .look = hugetlb_unused,
	  .figure = KM_SAID("free huge pages that are not reserved, of the total"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_OPTIONAL, .files = MEMINFO,
	  .ranges[KM_WARNING] = KM_ABOVE(HUGETLB_PERCENT),
	  .command = "grep Huge /proc/meminfo",
	  .word.brief = "huge pages are reserved and not used",
	  .word.explain =
		"Free huge pages of the default size without a reservation exceed "
		KM_PERCENT_OF(HUGETLB_PERCENT) " of the total. Nothing else can use them. Lower "
		"vm.nr_hugepages, or hugepages= on the boot command line, unless a program that "
		"is not running yet needs them.",
	  .word.origin = "/proc/meminfo HugePages_Free, HugePages_Rsvd, Hugepagesize" },
	{ .word.key = "overcommitted", .look = overcommitted,
	  .figure = KM_SAID("Committed_AS, of memory and swap"),
	  .unit = KM_RULE_PERCENT, .files = MEMINFO,
	  .ranges[KM_NOTE] = KM_ABOVE(COMMITTED_PERCENT),
	  .command = "grep Commit /proc/meminfo",
	  .word.brief = "processes were promised more memory than there is",
	  .word.explain =
		"Committed_AS exceeds memory and swap together. This is normal, because programs "
		"request more than they use. If they used all of it, the OOM killer would run. "
		"With vm.overcommit_memory=2 the kernel rejects such requests instead.",
	  .word.origin = "/proc/meminfo Committed_AS, SwapTotal" },
	{ .word.key = "free-in-cma", .look = cma_free,
	  .figure = KM_SAID("free memory in CMA areas, of all free memory"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_OPTIONAL, .files = MEMINFO,
	  .ranges[KM_NOTE] = KM_ABOVE(CMA_PERCENT),
	  .command = "kmeminfo buddy --types",
	  .word.brief = "most of the free memory lies in CMA areas",
	  .word.explain =
		"More than " KM_PERCENT_OF(CMA_PERCENT) " of the free memory is reserved for the "
		"contiguous memory allocator. Movable memory of processes may use it until then, "
		"but the kernel's own may not. So the kernel can be short of memory while MemFree "
		"looks large (cma= on the command line).",
	  .word.origin = "/proc/meminfo CmaFree, MemFree" },
	{ .word.key = "memory-unaccepted", .look = unaccepted,
	  .figure = KM_SAID("Unaccepted, of the total"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_OPTIONAL, .files = MEMINFO,
	  .ranges[KM_NOTE] = KM_ABOVE(UNACCEPTED_PERCENT),
	  .command = "kmeminfo summary",
	  .word.brief = "a confidential guest has not yet accepted all of its memory",
	  .word.explain =
		"More than " KM_PERCENT_OF(UNACCEPTED_PERCENT) " of the total. It is free and can "
		"be used, but the first use takes longer (accept_memory=eager accepts it at boot).",
	  .word.origin = "/proc/meminfo Unaccepted", .word.kernels = "6.5+" },
	{ .word.key = "balloon-inflated", .look = balloon,
	  .figure = KM_SAID("memory in a balloon, of the total"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_OPTIONAL, .files = MEMINFO | VMSTAT,
	  .ranges[KM_NOTE] = KM_ABOVE(BALLOON_PERCENT),
	  .command = "kmeminfo summary",
	  .word.brief = "the host has taken memory through a balloon",
	  .word.explain =
		"A balloon driver holds more than " KM_PERCENT_OF(BALLOON_PERCENT) " of the total "
		"for the host. Most drivers lower MemTotal by this amount. With others (virtio "
		"with deflate-on-oom) it is in the unaccounted rest.",
	  .word.origin = "/proc/meminfo Balloon; without it /proc/vmstat balloon_inflate - balloon_deflate" },
	{ .look = NULL }
};
