// SPDX-License-Identifier: GPL-2.0-or-later
/* Rules about the machine as a whole: what is left, what is promised, what is out of proportion. */
#include "report/rule.h"
#include "model/zone.h"

#define AVAILABLE_PERCENT   5
#define SWAP_PERCENT        10
#define DIRTY_PERCENT       80
#define UNACCOUNTED_PERCENT 10
#define DETACHED_PERCENT    5
#define HUGETLB_PERCENT     5
#define PER_CPU_PERCENT     5
#define UNACCEPTED_PERCENT  1
#define BALLOON_PERCENT     1
#define CMA_PERCENT         50

static const struct km_str machine; /* no place of its own */

static uint64_t total_of(const struct km_rule_context *context)
{
	return km_account_bytes(context->facts->account, KM_ACCOUNT_TOTAL);
}

static uint64_t part_of(const struct km_rule_context *context, enum km_account_id id)
{
	return km_account_bytes(context->facts->account, id);
}

static void available_low(struct km_rule_context *context)
{
	uint64_t available = km_rule_meminfo(context, "MemAvailable"), total = total_of(context);

	if (km_is_under(available, total, AVAILABLE_PERCENT))
		km_rule_say(context, machine, available,
			      "%s of %s can still be had without swapping (%s)",
			      km_rule_size(context, available), km_rule_size(context, total),
			      km_rule_share(context, available, total));
}

static void oom_killed(struct km_rule_context *context)
{
	uint64_t kills = km_vmstat_value(context->facts->vmstat, KM_STR("oom_kill"));

	if (kills && kills != KM_UNKNOWN)
		km_rule_say(context, machine, KM_UNKNOWN,
			      "the OOM killer has killed %llu process%s since boot",
			      (unsigned long long)kills, kills == 1 ? "" : "es");
}

static void swap_full(struct km_rule_context *context)
{
	uint64_t swap = km_rule_meminfo(context, "SwapTotal");
	uint64_t left = km_rule_meminfo(context, "SwapFree");

	if (km_is_under(left, swap, SWAP_PERCENT))
		km_rule_say(context, machine, left, "swap is nearly full: %s of %s are free",
			      km_rule_size(context, left), km_rule_size(context, swap));
}

static void hardware_corrupted(struct km_rule_context *context)
{
	uint64_t bad = km_rule_meminfo(context, "HardwareCorrupted");

	if (bad && bad != KM_UNKNOWN)
		km_rule_say(context, machine, bad,
			      "the hardware reported errors in %s of memory, which is taken out of use",
			      km_rule_size(context, bad));
}

static void dirty_high(struct km_rule_context *context)
{
	const struct km_finding_input *facts = context->facts;
	uint64_t limit = km_num_mul(km_vmstat_value(facts->vmstat, KM_STR("nr_dirty_threshold")),
				    facts->page_bytes);
	uint64_t dirty = km_num_add(km_rule_meminfo(context, "Dirty"),
				    km_rule_meminfo(context, "Writeback"));

	if (km_is_over(dirty, limit, DIRTY_PERCENT))
		km_rule_say(context, machine, dirty,
			      "%s wait to be written, and from %s on writers are made to wait",
			      km_rule_size(context, dirty), km_rule_size(context, limit));
}

/* A rest means something when the large parts are told: a file may be cut short. */
static bool is_whole(const struct km_rule_context *context)
{
	static const enum km_account_id large[] = { KM_ACCOUNT_FREE_BUDDY, KM_ACCOUNT_ANONYMOUS,
						    KM_ACCOUNT_FILE_CACHE, KM_ACCOUNT_SLAB };

	for (size_t i = 0; i < sizeof(large) / sizeof(*large); i++)
		if (part_of(context, large[i]) == KM_UNKNOWN)
			return false;
	return true;
}

static void unaccounted_large(struct km_rule_context *context)
{
	uint64_t rest = part_of(context, KM_ACCOUNT_UNACCOUNTED), total = total_of(context);

	if (is_whole(context) && km_is_over(rest, total, UNACCOUNTED_PERCENT))
		km_rule_say(context, machine, rest, "no counter of the kernel covers %s, %s of the memory",
			      km_rule_size(context, rest), km_rule_share(context, rest, total));
}

static void meminfo_foreign(struct km_rule_context *context)
{
	uint64_t told = km_rule_meminfo(context, "MemTotal");
	uint64_t managed = km_rule_sum_zones(context, offsetof(struct km_zone, managed_bytes));

	if (told == KM_UNKNOWN || managed == KM_UNKNOWN || told == managed)
		return;
	km_rule_say(context, machine, told > managed ? told - managed : managed - told,
		      "/proc/meminfo tells of %s, and the zones manage %s",
		      km_rule_size(context, told), km_rule_size(context, managed));
}

static void hugetlb_unused(struct km_rule_context *context)
{
	uint64_t idle = part_of(context, KM_ACCOUNT_HUGETLB_FREE), total = total_of(context), promised;

	promised = km_num_mul(km_meminfo_count(context->facts->meminfo, KM_STR("HugePages_Rsvd")),
			      km_rule_meminfo(context, "Hugepagesize"));
	idle = km_num_sub(idle, km_num_or(promised, 0));
	if (km_is_over(idle, total, HUGETLB_PERCENT))
		km_rule_say(context, machine, idle,
			      "%s are set aside as huge pages that nobody uses (%s of the memory)",
			      km_rule_size(context, idle), km_rule_share(context, idle, total));
}

static void overcommitted(struct km_rule_context *context)
{
	uint64_t committed = km_rule_meminfo(context, "Committed_AS");
	uint64_t all = km_num_add(total_of(context), km_rule_meminfo(context, "SwapTotal"));

	if (km_is_over(committed, all, 100))
		km_rule_say(context, machine, committed,
			      "processes were promised %s; memory and swap are %s",
			      km_rule_size(context, committed), km_rule_size(context, all));
}

static void detached_large(struct km_rule_context *context)
{
	uint64_t detached = part_of(context, KM_ACCOUNT_DETACHED);

	if (km_is_over(detached, total_of(context), DETACHED_PERCENT))
		km_rule_say(context, machine, detached,
			      "%s hang on pages that are partly unmapped, mostly transparent huge pages",
			      km_rule_size(context, detached));
}

static void per_cpu_large(struct km_rule_context *context)
{
	uint64_t lists = part_of(context, KM_ACCOUNT_FREE_PER_CPU);

	if (km_is_over(lists, total_of(context), PER_CPU_PERCENT))
		km_rule_say(context, machine, lists,
			      "%s are free on per-CPU lists, which MemFree and free(1) leave out",
			      km_rule_size(context, lists));
}

static void cma_free(struct km_rule_context *context)
{
	uint64_t cma = part_of(context, KM_ACCOUNT_FREE_CMA);
	uint64_t free = part_of(context, KM_ACCOUNT_FREE_BUDDY);

	if (km_is_over(cma, free, CMA_PERCENT))
		km_rule_say(context, machine, cma,
			      "%s of the %s that are free lie in CMA areas: the kernel itself cannot use them",
			      km_rule_size(context, cma), km_rule_size(context, free));
}

static void unaccepted(struct km_rule_context *context)
{
	uint64_t bytes = part_of(context, KM_ACCOUNT_FREE_UNACCEPTED);

	if (km_is_over(bytes, total_of(context), UNACCEPTED_PERCENT))
		km_rule_say(context, machine, bytes, "%s of the free memory are not yet accepted",
			      km_rule_size(context, bytes));
}

static void balloon(struct km_rule_context *context)
{
	uint64_t bytes = km_rule_meminfo(context, "Balloon");

	if (km_is_over(bytes, total_of(context), BALLOON_PERCENT))
		km_rule_say(context, machine, bytes, "the host has taken back %s through a balloon",
			      km_rule_size(context, bytes));
}

static void account_exceeded(struct km_rule_context *context)
{
	uint64_t excess = context->facts->account->excess_bytes;
	uint64_t drift = km_rule_sum_zones(context, offsetof(struct km_zone, drift_bytes));

	if (excess > km_num_or(drift, 0))
		km_rule_say(context, machine, excess,
			      "the kernel's counters come to %s more than there is; they were cut",
			      km_rule_size(context, excess));
}

#define PERCENT(macro) KM_TEXT_OF(macro) "%"

const struct km_rule km_memory_rules[] = {
	{ .severity = KM_CRITICAL, .look = available_low,
	  .topic.key = "available-low",
	  .topic.brief = "little memory can be had without swapping",
	  .topic.explain =
		"MemAvailable is below " PERCENT(AVAILABLE_PERCENT) " of the total. It is the kernel's own "
		"estimate of what new processes can get: free memory, and the part of page cache and "
		"reclaimable slab that can go. The tree shows who has the rest; swap, or fewer or "
		"smaller processes, help.",
	  .topic.origin = "/proc/meminfo MemAvailable" },
	{ .severity = KM_WARNING, .look = swap_full,
	  .topic.key = "swap-nearly-full",
	  .topic.brief = "little swap is left",
	  .topic.explain =
		"Less than " PERCENT(SWAP_PERCENT) " of the swap space is free. Once it is full anonymous and "
		"shared memory can no longer be reclaimed, and the OOM killer is what is left.",
	  .topic.origin = "/proc/meminfo SwapFree, SwapTotal" },
	{ .severity = KM_WARNING, .look = oom_killed,
	  .topic.key = "oom-kills",
	  .topic.brief = "processes have been killed for want of memory",
	  .topic.explain =
		"The count since boot, of the whole machine and of control groups that reached their own limit. "
		"The kernel's log tells which, when and why.",
	  .topic.origin = "/proc/vmstat oom_kill" },
	{ .severity = KM_WARNING, .look = hardware_corrupted,
	  .topic.key = "hardware-corrupted",
	  .topic.brief = "memory has gone bad",
	  .topic.explain =
		"Pages in which the hardware found errors that it could not correct. The kernel keeps them "
		"from use until the next boot; the processes that had them may have been killed. A module "
		"of memory may need to be replaced: see the kernel's log, rasdaemon or mcelog.",
	  .topic.origin = "/proc/meminfo HardwareCorrupted" },
	{ .severity = KM_WARNING, .look = dirty_high,
	  .topic.key = "dirty-high",
	  .topic.brief = "much waits to be written to disk",
	  .topic.explain =
		"Dirty and Writeback exceed " PERCENT(DIRTY_PERCENT) " of the threshold from which whoever "
		"writes is slowed down to the speed of the disks (vm.dirty_ratio, vm.dirty_bytes). Normal "
		"during a large copy; if it lasts, a disk or a server is slow or gone.",
	  .topic.origin = "/proc/meminfo Dirty, Writeback; /proc/vmstat nr_dirty_threshold" },
	{ .severity = KM_WARNING, .look = unaccounted_large,
	  .topic.key = "unaccounted-large",
	  .topic.brief = "much memory is in no counter of the kernel",
	  .topic.explain =
		"More than " PERCENT(UNACCOUNTED_PERCENT) " of the total is in no part of the account. Buffers "
		"of network cards and graphics drivers, a balloon of a virtual machine that does not lower "
		"MemTotal, or a driver that leaks pages. Two readings some time apart tell whether it "
		"grows; page_owner (boot with page_owner=on) or the helper module tell who took them.",
	  .topic.origin = "computed, see account.unaccounted" },
	{ .severity = KM_WARNING, .look = meminfo_foreign,
	  .topic.key = "meminfo-foreign",
	  .topic.brief = "/proc/meminfo is not about the memory that the zones are about",
	  .topic.explain =
		"MemTotal and the managed memory of all zones are one count in the kernel, and differ here. In "
		"a container lxcfs may put its own /proc/meminfo in place, of the container's limit, while "
		"zones, slab and vmalloc are the host's: run kmeminfo on the host. A kernel made for a "
		"hypervisor may count memory that is not plugged in. Of a capture: memory was plugged "
		"between two files, or a file is another machine's.",
	  .topic.origin = "/proc/meminfo MemTotal, /proc/zoneinfo managed" },
	{ .severity = KM_WARNING, .look = hugetlb_unused,
	  .topic.key = "hugetlb-unused",
	  .topic.brief = "huge pages are set aside and not used",
	  .topic.explain =
		"Free huge pages of the default size that are promised to nobody exceed "
		PERCENT(HUGETLB_PERCENT) " of the total. Nothing else can use them. Lower "
		"vm.nr_hugepages, or the hugepages= of the boot command line, unless they wait for a "
		"program that is not running yet.",
	  .topic.origin = "/proc/meminfo HugePages_Free, HugePages_Rsvd, Hugepagesize" },
	{ .severity = KM_WARNING, .look = account_exceeded,
	  .topic.key = "account-exceeded",
	  .topic.brief = "the parts of the account came to more than the total",
	  .topic.explain =
		"By more than counters can lag (drift_bytes of all zones). The least certain parts were cut; "
		"reported_bytes in JSON has what they were. Either much changed while the files were read, or a "
		"file belongs to another moment or machine, or the page size is wrong "
		"(--page-size), or this kernel counts something in a way that kmeminfo does not know: "
		"then please report it.",
	  .topic.origin = "computed" },
	{ .severity = KM_NOTE, .look = overcommitted,
	  .topic.key = "overcommitted",
	  .topic.brief = "processes were promised more than there is",
	  .topic.explain =
		"Committed_AS exceeds memory and swap together. Usual, as programs ask for more than they "
		"touch; if they did touch it all the OOM killer would run. vm.overcommit_memory=2 makes the "
		"kernel refuse instead.",
	  .topic.origin = "/proc/meminfo Committed_AS, SwapTotal" },
	{ .severity = KM_NOTE, .look = detached_large,
	  .topic.key = "partly-unmapped-large",
	  .topic.brief = "much memory hangs on partly unmapped pages",
	  .topic.explain =
		"Pages that are on the LRU lists and count as neither mapped nor cached exceed "
		PERCENT(DETACHED_PERCENT) " of the total. A program that frees parts of transparent huge pages "
		"does not get them back before the kernel splits those, which it does when memory gets "
		"short. Such a program may do better with madvise for huge pages, or without them.",
	  .topic.origin = "computed, see account.detached" },
	{ .severity = KM_NOTE, .look = per_cpu_large,
	  .topic.key = "per-cpu-lists-large",
	  .topic.brief = "much free memory is on per-CPU lists",
	  .topic.explain =
		"Free pages on per-CPU lists exceed " PERCENT(PER_CPU_PERCENT) " of the total. They are free, "
		"although MemFree, free(1) and most monitoring leave them out.",
	  .topic.origin = "/proc/zoneinfo pagesets count" },
	{ .severity = KM_NOTE, .look = cma_free,
	  .topic.key = "free-in-cma",
	  .topic.brief = "most of the free memory lies in CMA areas",
	  .topic.explain =
		"More than " PERCENT(CMA_PERCENT) " of the free memory is kept for the contiguous memory "
		"allocator. Movable memory of processes may use it meanwhile; the kernel's own may not, so "
		"that the kernel can be short while MemFree looks plentiful (cma= on the command line).",
	  .topic.origin = "/proc/meminfo CmaFree, MemFree" },
	{ .severity = KM_NOTE, .look = unaccepted,
	  .topic.key = "memory-unaccepted",
	  .topic.brief = "a confidential guest has not yet accepted all of its memory",
	  .topic.explain =
		"More than " PERCENT(UNACCEPTED_PERCENT) " of the total. It is free and can be used; the first "
		"use takes longer (accept_memory=eager does it at boot).",
	  .topic.origin = "/proc/meminfo Unaccepted", .topic.kernels = "6.5+" },
	{ .severity = KM_NOTE, .look = balloon,
	  .topic.key = "balloon-inflated",
	  .topic.brief = "the host has taken memory back",
	  .topic.explain =
		"A balloon driver holds more than " PERCENT(BALLOON_PERCENT) " of the total for the host. Most "
		"drivers lower MemTotal by it; where one does not (virtio with deflate-on-oom) it is in the "
		"unaccounted rest.",
	  .topic.origin = "/proc/meminfo Balloon", .topic.kernels = "7.2; not 6.12" },
	{ .look = NULL }
};
