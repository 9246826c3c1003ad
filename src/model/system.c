// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/system.h"

const struct km_word km_system_procs[] = {
	[KM_PROC_HOST] = { .key = "host", .brief = "the kernel's own figures, or those of a whole virtual machine" },
	[KM_PROC_CONTAINER] = {
		.key = "container",
		.brief = "a container's /proc/meminfo beside the host's other files",
		.explain = "lxcfs and similar programs replace some files. Then the account is the "
			   "container's, and zones and slab are the host's.",
	},
	{ 0 }
};

static const struct km_vocabulary procs = {
	.name = "proc",
	.brief = "whose memory /proc describes",
	.items = km_system_procs,
	.item_size = sizeof(*km_system_procs),
};

#define EVENTS(words) .origin = "/proc/vmstat " words

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_system, host_name, KM_TEXT), .flags = KM_INFO, .head = "HOST-NAME",
	  .brief = "name of the machine",
	  .explain = "Only with --host-name, and only of the running machine.",
	  .origin = "uname" },
	{ KM_FIELD(struct km_system, proc, KM_WORD), .words = &procs, .head = "PROC",
	  .brief = "whose memory /proc describes: that of the host or of a container",
	  .explain = "container if /proc/meminfo contradicts /proc/vmstat or /proc/zoneinfo, as it does where lxcfs "
		     "replaces it. A container without lxcfs sees the host's figures.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_system, cpus, KM_COUNT), .flags = KM_LEVEL, .head = "CPUS",
	  .brief = "CPUs that are online", .explain = "Of the running machine only.",
	  .origin = "sysconf" },
	{ KM_FIELD(struct km_system, available_bytes, KM_BYTES), .flags = KM_LEVEL, .head = "AVAILABLE",
	  .brief = "memory that new processes can get without swapping",
	  .explain = "The kernel's estimate; `kmeminfo explain MemAvailable` explains it.",
	  .origin = "/proc/meminfo MemAvailable" },
	{ KM_FIELD(struct km_system, swap_bytes, KM_BYTES), .flags = KM_LEVEL, .head = "SWAP",
	  .brief = "swap space", .explain = "0 without swap.",
	  .origin = "/proc/meminfo SwapTotal" },
	{ KM_FIELD(struct km_system, swap_free_bytes, KM_BYTES), .flags = KM_LEVEL, .head = "SWAP-FREE",
	  .brief = "swap space that is not used",
	  .explain = "Lower than the unused space on disk if zswap stores pages in memory: their "
		     "slots on disk stay reserved.",
	  .origin = "/proc/meminfo SwapFree" },
	{ KM_FIELD(struct km_system, oom_kills, KM_COUNT), .flags = KM_COUNTER, .head = "OOM-KILLS",
	  .brief = "processes that the OOM killer ended", .explain = "Those of memory cgroups too.",
	  EVENTS("oom_kill"), .kernels = "4.13+" },
	{ KM_FIELD(struct km_system, stalls, KM_COUNT), .flags = KM_COUNTER, .head = "STALLS",
	  .brief = "requests that had to reclaim memory themselves",
	  .explain = "The sum over all zones. It grows only when processes wait for memory.",
	  EVENTS("allocstall, allocstall_*") },
	{ KM_FIELD(struct km_system, scanned_pages, KM_COUNT), .flags = KM_COUNTER, .head = "SCANNED",
	  .brief = "pages that reclaim examined",
	  .explain = "By kswapd, by requests, by khugepaged and by request of user space.",
	  EVENTS("pgscan_kswapd, pgscan_direct, pgscan_khugepaged, pgscan_proactive") },
	{ KM_FIELD(struct km_system, reclaimed_pages, KM_COUNT), .flags = KM_COUNTER, .head = "RECLAIMED",
	  .brief = "pages that reclaim freed",
	  .explain = "Divided by the examined pages it is the efficiency of reclaim.",
	  EVENTS("pgsteal_kswapd, pgsteal_direct, pgsteal_khugepaged, pgsteal_proactive") },
	{ KM_FIELD(struct km_system, compact_stalls, KM_COUNT), .flags = KM_COUNTER, .head = "COMPACT-STALLS",
	  .brief = "requests that had to compact memory themselves",
	  .explain = "They needed more than one contiguous page.",
	  EVENTS("compact_stall") },
	{ KM_FIELD(struct km_system, compact_failures, KM_COUNT), .flags = KM_COUNTER, .head = "COMPACT-FAILED",
	  .brief = "such requests that still got no block",
	  .explain = "Then they reclaim, fall back to smaller blocks, or fail.",
	  EVENTS("compact_fail") },
	{ 0 }
};

const struct km_sheet_type km_system_type = {
	.name = "system",
	.brief = "the machine's main figures for monitoring, in one row",
	.explain = "Names that are the same on every kernel, where /proc has several counters for one thing. Only "
		   "data formats have it.",
	.fields = fields,
	.row_size = sizeof(struct km_system),
};

/* Kernels before 4.8 count per zone: "pgscan_kswapd_dma". "_throttle" counts processes. */
static bool is_part(struct km_str name, struct km_str word)
{
	if (!km_str_take_prefix(&name, word))
		return false;
	return !name.len || (name.ptr[0] == '_' && !km_str_eq(name, KM_STR("_throttle")));
}

static uint64_t sum(const struct km_vmstat *vmstat, const char *const *words)
{
	const struct km_vmstat_entry *entry;
	uint64_t sum = KM_UNKNOWN;

	if (!vmstat)
		return KM_UNKNOWN;
	km_array_each(entry, &vmstat->entries)
		for (size_t i = 0; words[i]; i++)
			if (is_part(entry->name, km_str_from(words[i])))
				sum = km_num_add(km_num_or(sum, 0), entry->value);
	return sum;
}

void km_system_count(struct km_system *system, const struct km_meminfo *meminfo, const struct km_vmstat *vmstat)
{
	static const char *const stalls[] = { "allocstall", NULL };
	static const char *const scans[] = { "pgscan_kswapd", "pgscan_direct", "pgscan_khugepaged", "pgscan_proactive",
					     NULL };
	static const char *const steals[] = { "pgsteal_kswapd", "pgsteal_direct", "pgsteal_khugepaged",
					      "pgsteal_proactive", NULL };

	system->available_bytes = km_meminfo_bytes(meminfo, KM_STR("MemAvailable"));
	system->swap_bytes = km_meminfo_bytes(meminfo, KM_STR("SwapTotal"));
	system->swap_free_bytes = km_meminfo_bytes(meminfo, KM_STR("SwapFree"));
	system->oom_kills = km_vmstat_value(vmstat, KM_STR("oom_kill"));
	system->stalls = sum(vmstat, stalls);
	system->scanned_pages = sum(vmstat, scans);
	system->reclaimed_pages = sum(vmstat, steals);
	system->compact_stalls = km_vmstat_value(vmstat, KM_STR("compact_stall"));
	system->compact_failures = km_vmstat_value(vmstat, KM_STR("compact_fail"));
}
