// SPDX-License-Identifier: GPL-2.0-or-later
/* Rules about the machine as a whole: what is left, what is promised, what is out of proportion. */
#include "report/account-text.h"
#include "report/rule.h"
#include "model/account-owner.h"
#include "model/zone.h"

#define AVAILABLE_PERCENT   5
#define SWAP_PERCENT        10
#define MLOCKED_PERCENT     10
#define SHARED_PERCENT      13.5
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

/* What is not set aside as huge pages: a machine may be set up to have little beside these. */
static uint64_t ordinary_of(const struct km_rule_context *context)
{
	const uint64_t total = total_of(context), huge = km_num_or(part_of(context, KM_ACCOUNT_HUGETLB), 0);

	return huge < total ? total - huge : total;
}

static void available_low(struct km_rule_context *context)
{
	uint64_t available = km_rule_meminfo(context, "MemAvailable"), total = ordinary_of(context);

	if (km_is_under(available, total, AVAILABLE_PERCENT))
		km_rule_say(context, machine, available,
			      "%s of %s are available without swapping (%s)",
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

static void mlocked_large(struct km_rule_context *context)
{
	uint64_t locked = km_rule_meminfo(context, "Mlocked"), total = ordinary_of(context);

	if (km_is_over(locked, total, MLOCKED_PERCENT))
		km_rule_say(context, machine, locked,
			      "processes have locked %s in memory (%s): it is neither reclaimed nor swapped; "
			      "`grep VmLck /proc/*/status` names them",
			      km_rule_size(context, locked), km_rule_share(context, locked, total));
}

static void shared_large(struct km_rule_context *context)
{
	uint64_t shared = km_rule_meminfo(context, "Shmem"), total = ordinary_of(context);

	if (km_is_over(shared, total, SHARED_PERCENT))
		km_rule_say(context, machine, shared,
			      "tmpfs files and shared memory hold %s (%s): it goes to swap only; `df -t tmpfs` and "
			      "`ipcs -m` show where",
			      km_rule_size(context, shared), km_rule_share(context, shared, total));
}

static void hardware_corrupted(struct km_rule_context *context)
{
	uint64_t bad = km_rule_meminfo(context, "HardwareCorrupted");

	if (bad && bad != KM_UNKNOWN)
		km_rule_say(context, machine, bad,
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

	if (km_is_over(dirty, limit, DIRTY_PERCENT))
		km_rule_say(context, machine, dirty,
			      "%s wait to be written; above %s writers must wait",
			      km_rule_size(context, dirty), km_rule_size(context, limit));
}

static void unaccounted_large(struct km_rule_context *context)
{
	uint64_t rest = part_of(context, KM_ACCOUNT_UNACCOUNTED), total = total_of(context);
	struct km_str suspects = context->facts->suspects;

	/* an upper bound is no finding about the machine */
	if (!km_account_is_missing(&context->facts->account->missing) && km_is_over(rest, total, UNACCOUNTED_PERCENT))
		km_rule_say(context, machine, rest, "%s (%s of the memory) are not covered by any "
						    "kernel counter%s%.*s",
			      km_rule_size(context, rest), km_rule_share(context, rest, total),
			      suspects.ptr ? "; they may be of " : "", KM_STR_ARG(suspects));
}

static void account_incomplete(struct km_rule_context *context)
{
	enum { SHOWN = 4 };
	const struct km_account_missing *missing = &context->facts->account->missing;
	uint64_t rest = part_of(context, KM_ACCOUNT_UNACCOUNTED);

	if (!km_account_is_missing(missing) || context->foreign || rest == KM_UNKNOWN)
		return;
	km_rule_say(context, machine, rest,
		      "not known: %.*s; up to %s of the memory may be theirs",
		      KM_STR_ARG(km_account_missing_text(context->pool, missing, SHOWN)), km_rule_size(context, rest));
}

static void meminfo_foreign(struct km_rule_context *context)
{
	uint64_t told = km_rule_meminfo(context, "MemTotal");
	uint64_t managed = km_rule_sum_zones(context, offsetof(struct km_zone, managed_bytes));

	if (told != KM_UNKNOWN && managed != KM_UNKNOWN && told != managed)
		km_rule_say(context, machine, told > managed ? told - managed : managed - told,
			      "/proc/meminfo reports %s, but the zones manage %s",
			      km_rule_size(context, told), km_rule_size(context, managed));
	else if (context->foreign)
		km_rule_say(context, machine, KM_UNKNOWN,
			      "/proc/meminfo reports no slab, but the kernel has some: the file is a container's, and "
			      "so is the account; zones and slab are the host's");
}

static void hugetlb_unused(struct km_rule_context *context)
{
	uint64_t idle = part_of(context, KM_ACCOUNT_HUGETLB_FREE), total = total_of(context), promised;

	promised = km_num_mul(km_meminfo_count(context->facts->meminfo, KM_STR("HugePages_Rsvd")),
			      km_rule_meminfo(context, "Hugepagesize"));
	idle = km_num_sub(idle, km_num_or(promised, 0));
	if (km_is_over(idle, total, HUGETLB_PERCENT))
		km_rule_say(context, machine, idle,
			      "%s are reserved as huge pages and unused (%s of the memory)",
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
			      "%s belong to partly unmapped pages, mostly transparent huge pages",
			      km_rule_size(context, detached));
}

static void per_cpu_large(struct km_rule_context *context)
{
	uint64_t lists = part_of(context, KM_ACCOUNT_FREE_PER_CPU);

	if (km_is_over(lists, total_of(context), PER_CPU_PERCENT))
		km_rule_say(context, machine, lists,
			      "%s are free on per-CPU lists, which MemFree and free(1) do not "
			      "count",
			      km_rule_size(context, lists));
}

static void cma_free(struct km_rule_context *context)
{
	uint64_t cma = part_of(context, KM_ACCOUNT_FREE_CMA);
	const struct km_account *buddy = context->facts->account->parts[KM_ACCOUNT_FREE_BUDDY];
	uint64_t free = buddy && buddy->reported_bytes != KM_UNKNOWN ? buddy->bytes : KM_UNKNOWN;

	if (km_is_over(cma, free, CMA_PERCENT))
		km_rule_say(context, machine, cma,
			      "%s of the %s of free memory lie in CMA areas: the kernel itself "
			      "cannot use them",
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
	const struct km_finding_input *facts = context->facts;
	uint64_t bytes = km_account_balloon(facts->meminfo, facts->vmstat, facts->page_bytes);

	if (context->foreign)
		return;

	if (km_is_over(bytes, total_of(context), BALLOON_PERCENT))
		km_rule_say(context, machine, bytes, "the host has taken %s through a balloon",
			      km_rule_size(context, bytes));
}

static void account_exceeded(struct km_rule_context *context)
{
	uint64_t excess = context->facts->account->excess_bytes;
	uint64_t drift = km_rule_sum_zones(context, offsetof(struct km_zone, drift_bytes));

	if (!context->foreign && excess > km_num_or(drift, 0))
		km_rule_say(context, machine, excess,
			      "the kernel's counters exceed the total by %s; they were cut",
			      km_rule_size(context, excess));
}

#define PERCENT(macro) KM_TEXT_OF(macro) "%"

const struct km_rule km_memory_rules[] = {
	{ .severity = KM_CRITICAL, .look = available_low,
	  .word.key = "available-low",
	  .word.brief = "little memory is available without swapping",
	  .word.explain =
		"MemAvailable is below " PERCENT(AVAILABLE_PERCENT) " of the total without huge pages. It is the "
		"kernel's own estimate of the memory for new processes: free memory, and "
		"the part of page cache and reclaimable slab that can be freed. The tree "
		"shows the use of the rest. Add swap, or run fewer or smaller processes.",
	  .word.origin = "/proc/meminfo MemAvailable" },
	{ .severity = KM_WARNING, .look = swap_full,
	  .word.key = "swap-nearly-full",
	  .word.brief = "little swap is left",
	  .word.explain =
		"Less than " PERCENT(SWAP_PERCENT) " of the swap space is free. Once it is full, "
						   "anonymous and shared memory can no longer be "
						   "reclaimed, and the OOM killer runs next.",
	  .word.origin = "/proc/meminfo SwapFree, SwapTotal" },
	{ .severity = KM_NOTE, .look = oom_killed,
	  .word.key = "oom-kills",
	  .word.brief = "processes have been killed because memory ran out",
	  .word.explain =
		"The count since boot, of the whole machine and of control groups that reached "
		"their own limit. The kernel log shows which, when and why.",
	  .word.origin = "/proc/vmstat oom_kill" },
	{ .severity = KM_NOTE, .look = mlocked_large,
	  .word.key = "mlocked-large",
	  .word.brief = "processes have locked much memory",
	  .word.explain =
		"Mlocked exceeds " PERCENT(MLOCKED_PERCENT) " of the total without huge pages. Databases, virtual machines "
		"and realtime programs lock memory on purpose. The kernel cannot reclaim it, so the rest of the machine "
		"has less to work with. RLIMIT_MEMLOCK bounds it for each process.",
	  .word.origin = "/proc/meminfo Mlocked" },
	{ .severity = KM_NOTE, .look = shared_large,
	  .word.key = "shared-large",
	  .word.brief = "files in tmpfs and shared memory are a large part of the memory",
	  .word.explain =
		"Shmem exceeds " PERCENT(SHARED_PERCENT) " of the total without huge pages. It counts as cache, but "
		"only swap can free it. A file in /tmp, /run or /dev/shm stays until it is removed, and shared memory of "
		"System V until ipcrm removes it, even when no process uses them.",
	  .word.origin = "/proc/meminfo Shmem" },
	{ .severity = KM_WARNING, .look = hardware_corrupted,
	  .word.key = "hardware-corrupted",
	  .word.brief = "memory has gone bad",
	  .word.explain =
		"Pages in which the hardware found errors that it could not correct. The kernel "
		"does not use them until the next boot; the processes that used them may have "
		"been killed. A memory module may need to be replaced: see the kernel log, "
		"rasdaemon or mcelog.",
	  .word.origin = "/proc/meminfo HardwareCorrupted" },
	{ .severity = KM_WARNING, .look = dirty_high,
	  .word.key = "dirty-high",
	  .word.brief = "much data waits to be written to disk",
	  .word.explain =
		"Dirty and Writeback exceed " PERCENT(DIRTY_PERCENT) " of the threshold above "
		"which writers are slowed down to the speed of the disks (vm.dirty_ratio, "
		"vm.dirty_bytes). Normal during a large copy; if it lasts, a disk or "
		"server is slow or unreachable.",
	  .word.origin = "/proc/meminfo Dirty, Writeback; /proc/vmstat nr_dirty_threshold" },
	{ .severity = KM_WARNING, .look = unaccounted_large,
	  .word.key = "unaccounted-large",
	  .word.brief = "much memory is not covered by any kernel counter",
	  .word.explain =
		"More than " PERCENT(UNACCOUNTED_PERCENT) " of the total is in no part of the "
							  "account. Possible causes: buffers of "
							  "network cards and graphics drivers, a "
							  "balloon of a virtual machine that does "
							  "not lower MemTotal, or a driver that "
							  "leaks pages. Two readings some time "
							  "apart show whether it grows. "
							  "page_owner (boot with page_owner=on) "
							  "or the helper module shows the owners.",
	  .word.origin = "computed, see account.unaccounted" },
	{ .severity = KM_WARNING, .look = account_incomplete,
	  .word.key = "account-incomplete",
	  .word.brief = "some memory cannot be separated from the unaccounted rest",
	  .word.explain =
		"/proc/meminfo lacks lines that this kernel prints, or has lines that cannot be read. Or the kernel "
		"counts no vmalloc memory (before 5.3) and /proc/vmallocinfo is not there. Their memory is in the "
		"unaccounted rest, which is then an upper bound. Take the files again, whole and unedited; "
		"/proc/vmallocinfo needs root.",
	  .word.origin = "/proc/meminfo, see account.unaccounted" },
	{ .severity = KM_WARNING, .look = meminfo_foreign,
	  .word.key = "meminfo-foreign",
	  .word.brief = "/proc/meminfo and the zones describe different memory",
	  .word.explain =
		"MemTotal and the managed memory of all zones are one count in the kernel, as is slab "
		"memory in /proc/meminfo and /proc/vmstat, but they differ here. In a container lxcfs may replace "
		"/proc/meminfo by one with the container's limit and without slab, while zones, slab "
		"and vmalloc belong to the host: run kmeminfo on the host to see all. The account then "
		"has only lines that are the container's. A kernel made for a hypervisor may count memory that is "
		"not plugged in. In a capture, memory was plugged between two files, or a file is "
		"from another machine.",
	  .word.origin = "/proc/meminfo MemTotal, /proc/zoneinfo managed" },
	{ .severity = KM_WARNING, .look = hugetlb_unused,
	  .word.key = "hugetlb-unused",
	  .word.brief = "huge pages are reserved and not used",
	  .word.explain =
		"Free huge pages of the default size without a reservation exceed "
		PERCENT(HUGETLB_PERCENT) " of the total. Nothing else can use them. Lower "
					 "vm.nr_hugepages, or hugepages= on the boot command "
					 "line, unless a program that is not running yet needs "
					 "them.",
	  .word.origin = "/proc/meminfo HugePages_Free, HugePages_Rsvd, Hugepagesize" },
	{ .severity = KM_WARNING, .look = account_exceeded,
	  .word.key = "account-exceeded",
	  .word.brief = "the parts of the account exceeded the total",
	  .word.explain =
		"By more than counters can lag (drift_bytes of all zones). The least certain "
		"parts were cut; reported_bytes in JSON has their values before. Possible "
		"causes: much changed while the files were read; a file is from another moment or "
		"machine; the page size is wrong (--page-size); or this kernel counts something in "
		"an unknown way. Please report the last.",
	  .word.origin = "computed" },
	{ .severity = KM_NOTE, .look = overcommitted,
	  .word.key = "overcommitted",
	  .word.brief = "processes were promised more memory than there is",
	  .word.explain =
		"Committed_AS exceeds memory and swap together. This is normal, because programs "
		"request more than they use. If they used all of it, the OOM killer would run. "
		"With vm.overcommit_memory=2 the kernel rejects such requests instead.",
	  .word.origin = "/proc/meminfo Committed_AS, SwapTotal" },
	{ .severity = KM_NOTE, .look = detached_large,
	  .word.key = "partly-unmapped-large",
	  .word.brief = "much memory belongs to partly unmapped pages",
	  .word.explain =
		"Pages that are on the LRU lists and count as neither mapped nor cached exceed "
		PERCENT(DETACHED_PERCENT) " of the total. A program that frees parts of "
					  "transparent huge pages does not free memory until the "
					  "kernel splits them, which happens when memory gets "
					  "short. Such a program may work better with madvise for "
					  "huge pages, or without huge pages.",
	  .word.origin = "computed, see account.detached" },
	{ .severity = KM_NOTE, .look = per_cpu_large,
	  .word.key = "per-cpu-lists-large",
	  .word.brief = "much free memory is on per-CPU lists",
	  .word.explain =
		"Free pages on per-CPU lists exceed " PERCENT(PER_CPU_PERCENT) " of the total. "
		"They are free, but MemFree, free(1) and most monitoring tools do not "
		"count them.",
	  .word.origin = "/proc/zoneinfo pagesets count" },
	{ .severity = KM_NOTE, .look = cma_free,
	  .word.key = "free-in-cma",
	  .word.brief = "most of the free memory lies in CMA areas",
	  .word.explain =
		"More than " PERCENT(CMA_PERCENT) " of the free memory is reserved for the "
						  "contiguous memory allocator. Movable memory of "
						  "processes may use it until then, but the "
						  "kernel's own may not. So the kernel can be "
						  "short of memory while MemFree looks large "
						  "(cma= on the command line).",
	  .word.origin = "/proc/meminfo CmaFree, MemFree" },
	{ .severity = KM_NOTE, .look = unaccepted,
	  .word.key = "memory-unaccepted",
	  .word.brief = "a confidential guest has not yet accepted all of its memory",
	  .word.explain =
		"More than " PERCENT(UNACCEPTED_PERCENT) " of the total. It is free and can be "
							 "used, but the first use takes longer "
							 "(accept_memory=eager accepts it at "
							 "boot).",
	  .word.origin = "/proc/meminfo Unaccepted", .word.kernels = "6.5+" },
	{ .severity = KM_NOTE, .look = balloon,
	  .word.key = "balloon-inflated",
	  .word.brief = "the host has taken memory through a balloon",
	  .word.explain =
		"A balloon driver holds more than " PERCENT(BALLOON_PERCENT) " of the total for "
		"the host. Most drivers lower MemTotal by this amount. With others "
		"(virtio with deflate-on-oom) it is in the unaccounted rest.",
	  .word.origin = "/proc/meminfo Balloon; without it /proc/vmstat balloon_inflate - balloon_deflate" },
	{ .look = NULL }
};
