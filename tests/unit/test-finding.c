// SPDX-License-Identifier: GPL-2.0-or-later
/* Each rule reports its finding on one side of its threshold only. */
#include "unit.h"
#include "report/growth.h"
#include "report/rule.h"
#include "model/buddy.h"
#include "model/cgroup.h"
#include "model/slab.h"
#include "model/trend.h"
#include "model/vmalloc.h"
#include "model/zone.h"

#define MIB (1ULL << 20)

enum { ZONES = 4 };

/* A machine without problems: 1000 MiB in two nodes, each with a Normal and a Movable zone. */
struct machine {
	struct km_problems problems;
	struct km_pool pool;
	struct km_meminfo meminfo;
	struct km_vmstat vmstat;
	struct km_buddyinfo buddyinfo;
	struct km_zone zones[ZONES];
	struct km_slab cache;
	struct km_vmalloc vmalloc;
	struct km_cgroup cgroup;
	struct km_removed_cgroups removed;
	struct km_trend trend;
	struct km_growth growth;
	const char *buddy;
	uint64_t uptime_ms;
	struct km_account_input account_facts;
	struct km_account_tree tree;
	struct km_finding_input facts;
};

static void at_ease(struct machine *machine)
{
	static const char *const names[] = { "Normal", "Movable" };

	*machine = (struct machine){ .uptime_ms = KM_UNKNOWN };
	for (size_t i = 0; i < ZONES; i++) {
		struct km_zone *zone = &machine->zones[i];

		km_row_init(&km_zone_type, zone);
		zone->node = i / 2;
		zone->zone = km_str_from(names[i % 2]);
		zone->managed_bytes = 250 * MIB;
		zone->free_bytes = zone->usable_bytes = 60 * MIB;
		zone->min_bytes = MIB;
		zone->low_bytes = 2 * MIB;
		zone->above_min_bytes = 59 * MIB;
		zone->above_low_bytes = 58 * MIB;
		zone->pcp_bytes = zone->drift_bytes = 0;
	}
	km_row_init(&km_slab_type, &machine->cache);
	machine->cache.name = KM_STR("cache");
	machine->cache.size_bytes = 20 * MIB;
	machine->cache.used_bytes = 15 * MIB;
	machine->cache.idle_bytes = 5 * MIB;
	machine->cache.used_ratio = 0.75;
	km_row_init(&km_vmalloc_type, &machine->vmalloc);
	machine->vmalloc.virtual_bytes = 50 * MIB;
	machine->vmalloc.lazy_bytes = MIB;
	km_row_init(&km_cgroup_type, &machine->cgroup);
	machine->cgroup.cgroup = KM_STR("/box");
	machine->cgroup.limit_bytes = 100 * MIB;
	machine->cgroup.high_bytes = 95 * MIB;
	machine->cgroup.held_bytes = 90 * MIB;
	machine->cgroup.kernel_held_bytes = 80 * MIB;
	machine->removed = (struct km_removed_cgroups){ KM_STR("/b.slice"), 900, 50 * MIB };
	km_row_init(&km_trend_type, &machine->trend);
	machine->trend.report = KM_STR("slab");
	machine->trend.name = KM_STR("cache");
	machine->trend.verdict = &km_trend_words[KM_TREND_GROWING];
	machine->trend.hourly_bytes = MIB;
	machine->trend.exhausted_seconds = 7 * 86400;
	machine->trend.seconds = 3600;
	machine->buddy = "Node 0, zone Normal 0 0 0 0 0 0 0 0 0 0 15\n";
}

#define USUAL                                                                                      \
	"MemTotal: 1024000 kB\nMemFree: 245760 kB\nMemAvailable: 400000 kB\nCached: 100000 kB\n"   \
	"AnonPages: 500000 kB\nBuffers: 0 kB\nActive: 300000 kB\nInactive: 300000 kB\n"            \
	"Unevictable: 0 kB\nShmem: 0 kB\nSwapTotal: 100000 kB\nSwapFree: 90000 kB\nSwapCached: 0 kB\n" \
	"Dirty: 0 kB\nWriteback: 0 kB\nSReclaimable: 20000 kB\nSUnreclaim: 40000 kB\nSlab: 60000 kB\n" \
	"KernelStack: 4000 kB\nPageTables: 5000 kB\nVmallocTotal: 122880 kB\nVmallocUsed: 20000 kB\n" \
	"Percpu: 1000 kB\nHardwareCorrupted: 0 kB\nCommitted_AS: 600000 kB\nHugePages_Total: 0\n"  \
	"HugePages_Free: 0\nHugePages_Rsvd: 0\nHugepagesize: 2048 kB\nHugetlb: 0 kB\nBalloon: 0 kB\n"

/* The first of equal keys counts, so a case's own keys come before the usual ones, which are a problem then. */
static void machine_parse(struct machine *machine, const char *meminfo, const char *vmstat)
{
	struct km_parse parse = { .source = KM_STR("text"), .problems = &machine->problems };
	struct km_str text = km_pool_printf(&machine->pool, "%s" USUAL, meminfo ? meminfo : "");

	km_parse_meminfo(&parse, text, &machine->meminfo);
	text = km_pool_printf(&machine->pool, "%soom_kill 0\nnr_dirty_threshold 25000\n", vmstat ? vmstat : "");
	km_parse_vmstat(&parse, text, &machine->vmstat);
	km_parse_buddyinfo(&parse, km_str_from(machine->buddy), &machine->buddyinfo);
	for (size_t i = 0; i < machine->problems.list.len; i++)
		assert_true(km_str_starts(machine->problems.list.items[i].reason, KM_STR("a second line")));
}

static void machine_account(struct machine *machine)
{
	struct km_account_input *facts = &machine->account_facts;

	facts->meminfo = &machine->meminfo;
	facts->vmstat = &machine->vmstat;
	facts->page_bytes = 4096;
	facts->managed_bytes = 1000 * MIB;
	facts->zfs_bytes = facts->dma_buf_bytes = KM_UNKNOWN;
	facts->large_kmalloc_bytes = km_num_or(machine->cache.large_kmalloc_bytes, 0);
	for (size_t i = 0; i < KM_VMALLOC_KINDS; i++)
		facts->vmalloc_bytes[i] = KM_UNKNOWN;
	for (size_t i = 0; i < ZONES; i++)
		facts->per_cpu_lists_bytes += machine->zones[i].pcp_bytes;
	km_account_derive(&machine->pool, facts, &machine->tree);
}

static struct km_sheet look(struct machine *machine, const char *meminfo, const char *vmstat)
{
	machine_parse(machine, meminfo, vmstat);
	machine_account(machine);
	machine->growth = (struct km_growth){ "memory.db", { &km_trend_type, &machine->trend, 1, NULL } };
	machine->facts = (struct km_finding_input){
		.meminfo = &machine->meminfo,
		.vmstat = &machine->vmstat,
		.page_bytes = 4096,
		.uptime_ms = machine->uptime_ms,
		.account = &machine->tree,
		.zones = { &km_zone_type, machine->zones, ZONES, NULL },
		.buddy = km_buddy_derive(&machine->pool, &machine->buddyinfo, 4096),
		.slab = { &km_slab_type, &machine->cache, 1, &machine->cache },
		.vmalloc = { &km_vmalloc_type, NULL, 0, &machine->vmalloc },
		.cgroups = { &km_cgroup_type, &machine->cgroup, 1, NULL },
		.has_cgroups = true,
		.removed = machine->removed,
		.growth = &machine->growth,
	};
	return km_findings_derive(&machine->pool, &machine->facts);
}

static void machine_deinit(struct machine *machine)
{
	km_problems_deinit(&machine->problems);
	km_pool_deinit(&machine->pool);
	km_meminfo_deinit(&machine->meminfo);
	km_vmstat_deinit(&machine->vmstat);
	km_buddyinfo_deinit(&machine->buddyinfo);
}

static const struct km_finding *find(const struct km_sheet *findings, const char *id)
{
	for (size_t i = 0; i < findings->len; i++) {
		const struct km_finding *row = km_sheet_row(findings, i);

		if (km_str_eq(km_word_str(row->id), km_str_from(id)))
			return row;
	}
	return NULL;
}

static void up_an_hour(struct machine *machine)
{
	machine->uptime_ms = 3600000;
}

static void up_ten_days(struct machine *machine)
{
	machine->uptime_ms = 864000000;
}

static void all_below_min(struct machine *machine)
{
	for (size_t i = 0; i < ZONES; i++)
		machine->zones[i].above_min_bytes = 0;
}

static void one_below_min(struct machine *machine)
{
	machine->zones[2].usable_bytes = MIB;
	machine->zones[2].above_min_bytes = 0;
	machine->zones[2].above_low_bytes = -1;
}

static void one_below_low(struct machine *machine)
{
	machine->zones[1].usable_bytes = 2 * MIB;
	machine->zones[1].above_min_bytes = 1;
	machine->zones[1].above_low_bytes = 0;
}

static void only_movable_free(struct machine *machine)
{
	for (size_t i = 0; i < ZONES; i++)
		machine->zones[i].free_bytes = i % 2 ? 126 * MIB : 12 * MIB;
}

static void one_node_full(struct machine *machine)
{
	for (size_t i = 0; i < ZONES; i++)
		machine->zones[i].free_bytes = i / 2 ? 12 * MIB : 126 * MIB;
}

static void in_pieces(struct machine *machine)
{
	machine->buddy = "Node 0, zone Normal 15000 0 0 0 0 0 0 0 0 0 0\n";
}

/* blocks of 8 pages, but none of 32 */
static void in_small_pieces(struct machine *machine)
{
	machine->buddy = "Node 0, zone Normal 0 0 0 2000 0 0 0 0 0 0 0\n";
}

static void in_middle_pieces(struct machine *machine)
{
	machine->buddy = "Node 0, zone Normal 0 0 0 0 0 0 480 0 0 0 3\n";
}

/* a tenth, which is not less than a tenth */
static void in_larger_pieces(struct machine *machine)
{
	machine->buddy = "Node 0, zone Normal 0 0 0 0 0 0 480 0 0 0 4\n";
}

static void other_total(struct machine *machine)
{
	machine->zones[0].managed_bytes -= 4096;
}

static void full_lists(struct machine *machine)
{
	machine->zones[0].pcp_bytes = 51 * MIB;
}

/* 1000 MiB in all: 1 % a day is 10 MiB. */
static void leaking_row(struct machine *machine)
{
	machine->trend.verdict = &km_trend_words[KM_TREND_LEAK_LIKE];
	machine->trend.hourly_bytes = 10 * MIB / 24;
}

static void faster_leak(struct machine *machine)
{
	leaking_row(machine);
	machine->trend.hourly_bytes++;
}

static void sooner_used_up(struct machine *machine)
{
	machine->trend.exhausted_seconds = 7 * 86400 - 1;
}

static void used_up_next_week(struct machine *machine)
{
	machine->trend.exhausted_seconds = 7 * 86400;
}

static void used_up_today(struct machine *machine)
{
	machine->trend.exhausted_seconds = 86399;
}

static void held_cgroup(struct machine *machine)
{
	machine->cgroup.held_bytes++;
}

static void full_cgroup(struct machine *machine)
{
	machine->cgroup.held_bytes = 98 * MIB + 1;
}

static void filled_cgroup(struct machine *machine)
{
	machine->cgroup.held_bytes = 95 * MIB;
}

static void throttled_cgroup(struct machine *machine)
{
	machine->cgroup.held_bytes = 95 * MIB + 1;
}

static void removed_cgroups(struct machine *machine)
{
	machine->removed.bytes++;
}

static void many_removed_cgroups(struct machine *machine)
{
	machine->removed.bytes = 200 * MIB + 1;
}

static void no_removed_cgroup(struct machine *machine)
{
	machine->removed = (struct km_removed_cgroups){ .bytes = KM_UNKNOWN };
}

static void leaking_cgroup(struct machine *machine)
{
	machine->cgroup.kernel_held_bytes++;
}

/* The limit of kernel memory, if the cgroup has one, is the only one that counts. */
static void limited_kernel(struct machine *machine)
{
	leaking_cgroup(machine);
	machine->cgroup.kernel_bytes = 4 * MIB;
	machine->cgroup.kernel_limit_bytes = 5 * MIB;
}

static void short_kernel(struct machine *machine)
{
	limited_kernel(machine);
	machine->cgroup.kernel_bytes++;
}

static void idle_cache(struct machine *machine)
{
	machine->cache.used_ratio = 0.49;
	machine->cache.idle_bytes = 11 * MIB;
}

static void half_idle_cache(struct machine *machine)
{
	machine->cache.used_ratio = 0.5;
	machine->cache.idle_bytes = 11 * MIB;
}

static void debugged_cache(struct machine *machine)
{
	machine->cache.name = KM_STR("kmalloc-64");
	machine->cache.object_bytes = 192;
	machine->cache.objects = 1000;
}

static void undebugged_cache(struct machine *machine)
{
	debugged_cache(machine);
	machine->cache.object_bytes = 64;
}

/* 192 is no power of two, and may be rounded up to 256 */
static void rounded_cache(struct machine *machine)
{
	debugged_cache(machine);
	machine->cache.name = KM_STR("kmalloc-192");
	machine->cache.object_bytes = 256;
}

static void idler_cache(struct machine *machine)
{
	machine->cache.used_ratio = 0.49;
	machine->cache.idle_bytes = 51 * MIB;
}

static void large_cache(struct machine *machine)
{
	machine->cache.size_bytes = 51 * MIB;
	machine->cache.reclaimable = KM_TRI_NO;
}

static void reclaimable_cache(struct machine *machine)
{
	machine->cache.size_bytes = 51 * MIB;
	machine->cache.reclaimable = KM_TRI_YES;
}

/* larger than all reclaimable slab only where that is less than 51 MiB */
static void unknown_cache(struct machine *machine)
{
	machine->cache.size_bytes = 51 * MIB;
	machine->cache.reclaimable = KM_TRI_UNKNOWN;
}

static void boosted_zone(struct machine *machine)
{
	machine->zones[1].high_bytes = 6 * MIB + 8192;
	machine->zones[1].boost_bytes = 2 * MIB + 8192;
}

/* half of the high watermark, which is no more than half */
static void half_boosted_zone(struct machine *machine)
{
	machine->zones[1].high_bytes = 6 * MIB;
	machine->zones[1].boost_bytes = 2 * MIB;
}

static void large_kmalloc(struct machine *machine)
{
	machine->cache.large_kmalloc_bytes = 51 * MIB;
}

static void full_range(struct machine *machine)
{
	machine->vmalloc.virtual_bytes = 97 * MIB;
}

static void lazy_range(struct machine *machine)
{
	machine->vmalloc.lazy_bytes = 13 * MIB;
}

static void lagging(struct machine *machine)
{
	machine->zones[3].drift_bytes = 100 * MIB;
}

static void range_at_threshold(struct machine *machine)
{
	machine->vmalloc.virtual_bytes = 96 * MIB;
}

static void lazy_at_threshold(struct machine *machine)
{
	machine->vmalloc.lazy_bytes = 12 * MIB;
}

static void kmalloc_at_threshold(struct machine *machine)
{
	machine->cache.large_kmalloc_bytes = 50 * MIB;
}

static void node_at_threshold(struct machine *machine)
{
	for (size_t i = 0; i < ZONES; i++)
		machine->zones[i].free_bytes = i / 2 ? 25 * MIB / 2 : 126 * MIB;
}

static void lists_at_threshold(struct machine *machine)
{
	machine->zones[0].pcp_bytes = 50 * MIB;
}

struct found {
	const char *id;
	const char *meminfo, *vmstat; /* lines that differ from the usual ones; NULL: none */
	void (*change)(struct machine *machine);
	const char *severity; /* NULL: any */
	bool not; /* just within the threshold: this id is not reported */
};

static const struct found cases[] = {
	{ .id = "available-low", .meminfo = "MemAvailable: 51000 kB\n" },
	{ .id = "available-low", .meminfo = "MemAvailable: 51200 kB\n", .severity = "warning" },
	{ .id = "available-low", .meminfo = "MemAvailable: 51148 kB\n", .severity = "critical" },
	{ .id = "available-low", .meminfo = "MemAvailable: 102396 kB\n", .severity = "warning" },
	{ .id = "available-low", .meminfo = "MemAvailable: 102400 kB\n", .not = true },
	{ .id = "swap-nearly-full", .meminfo = "SwapFree: 9999 kB\n" },
	{ .id = "swap-nearly-full", .meminfo = "SwapFree: 10000 kB\n", .not = true },
	{ .id = "swap-nearly-full", .meminfo = "SwapTotal: 0 kB\nSwapFree: 0 kB\n", .not = true },
	{ .id = "oom-kills", .vmstat = "oom_kill 1\n", .severity = "note" },
	{ .id = "oom-kills-often", .vmstat = "oom_kill 2\n", .not = true }, /* the time since boot is unknown */
	{ .id = "oom-kills-often", .vmstat = "oom_kill 1\n", .change = up_an_hour, .not = true },
	{ .id = "oom-kills-often", .vmstat = "oom_kill 2\n", .change = up_an_hour, .severity = "warning" },
	{ .id = "oom-kills-often", .vmstat = "oom_kill 10\n", .change = up_ten_days, .not = true },
	{ .id = "oom-kills-often", .vmstat = "oom_kill 11\n", .change = up_ten_days, .severity = "warning" },
	{ .id = "available-low", .meminfo = "MemAvailable: 53000 kB\nHugetlb: 500000 kB\nAnonPages: 0 kB\n", .not = true },
	{ .id = "available-low", .meminfo = "MemAvailable: 26000 kB\nHugetlb: 500000 kB\nAnonPages: 0 kB\n" },
	{ .id = "mlocked-large", .meminfo = "Mlocked: 102404 kB\n" },
	{ .id = "mlocked-large", .meminfo = "Mlocked: 102400 kB\n", .not = true },
	{ .id = "mlocked-large", .meminfo = "Mlocked: 512000 kB\n", .severity = "note" },
	{ .id = "mlocked-large", .meminfo = "Mlocked: 512004 kB\n", .severity = "warning" },
	{ .id = "shared-large", .meminfo = "Shmem: 138244 kB\nCached: 240000 kB\nAnonPages: 360000 kB\n" },
	{ .id = "shared-large", .meminfo = "Shmem: 138236 kB\nCached: 240000 kB\nAnonPages: 360000 kB\n", .not = true },
	{ .id = "account-incomplete", .meminfo = "VmallocUsed: 0 kB\n" },
	{ .id = "account-incomplete", .meminfo = "VmallocUsed: 4 kB\n", .not = true },
	{ .id = "account-incomplete", .meminfo = "SReclaimable: 0 kB\nSUnreclaim: 0 kB\nVmallocUsed: 0 kB\n",
	  .vmstat = "nr_slab_unreclaimable 1\n", .not = true },
	{ .id = "meminfo-foreign", .meminfo = "SReclaimable: 0 kB\nSUnreclaim: 0 kB\nSlab: 0 kB\n",
	  .vmstat = "nr_slab_unreclaimable 1\n" },
	{ .id = "meminfo-foreign", .meminfo = "SReclaimable: 0 kB\nSUnreclaim: 4 kB\n",
	  .vmstat = "nr_slab_unreclaimable 1\n", .not = true },
	{ .id = "hardware-corrupted", .meminfo = "HardwareCorrupted: 4 kB\n" },
	{ .id = "dirty-high", .meminfo = "Dirty: 80000 kB\nWriteback: 4 kB\n" },
	{ .id = "dirty-high", .meminfo = "Dirty: 79996 kB\nWriteback: 4 kB\n", .not = true },
	{ .id = "unaccounted-large", .meminfo = "AnonPages: 400000 kB\n Active: 200000 kB\n" },
	{ .id = "hugetlb-unused", .meminfo = "HugePages_Total: 30\nHugePages_Free: 30\nHugePages_Rsvd: 4\n"
					      "Hugetlb: 61440 kB\n" },
	{ .id = "hugetlb-unused", .meminfo = "HugePages_Total: 30\nHugePages_Free: 30\nHugePages_Rsvd: 5\n"
					      "Hugetlb: 61440 kB\n", .not = true },
	{ .id = "account-exceeded", .meminfo = "AnonPages: 680000 kB\n" },
	{ .id = "account-exceeded", .meminfo = "AnonPages: 680000 kB\n", .change = lagging, .not = true },
	{ .id = "meminfo-foreign", .change = other_total },
	{ .id = "overcommitted", .meminfo = "Committed_AS: 1125000 kB\n" },
	{ .id = "overcommitted", .meminfo = "Committed_AS: 1124000 kB\n", .not = true },
	{ .id = "partly-unmapped-large", .meminfo = "AnonPages: 448000 kB\n" },
	{ .id = "partly-unmapped-large", .meminfo = "AnonPages: 449000 kB\n", .not = true },
	{ .id = "per-cpu-lists-large", .change = full_lists },
	{ .id = "free-in-cma", .meminfo = "CmaTotal: 200000 kB\nCmaFree: 123000 kB\n" },
	{ .id = "free-in-cma", .meminfo = "CmaTotal: 200000 kB\nCmaFree: 122880 kB\n", .not = true },
	{ .id = "memory-unaccepted", .meminfo = "Unaccepted: 10244 kB\n" },
	{ .id = "balloon-inflated", .meminfo = "Balloon: 10244 kB\n" },
	{ .id = "direct-reclaim", .change = all_below_min },
	{ .id = "direct-reclaim", .change = one_below_min, .not = true },
	{ .id = "zone-below-min", .change = one_below_min },
	{ .id = "zone-below-min", .change = all_below_min, .not = true },
	{ .id = "zone-below-low", .change = one_below_low },
	{ .id = "zone-below-low", .change = one_below_min, .not = true },
	{ .id = "kernel-zones-short", .change = only_movable_free },
	{ .id = "kernel-zones-short", .change = one_node_full, .not = true },
	{ .id = "node-short", .change = one_node_full },
	{ .id = "low-order-scarce", .change = in_pieces },
	{ .id = "low-order-scarce", .change = in_middle_pieces, .not = true },
	{ .id = "high-order-scarce", .change = in_middle_pieces },
	{ .id = "high-order-scarce", .change = in_larger_pieces, .not = true },
	{ .id = "slab-unreclaimable-large", .meminfo = "SUnreclaim: 102404 kB\n" },
	{ .id = "slab-unreclaimable-large", .meminfo = "SUnreclaim: 102400 kB\n", .not = true },
	{ .id = "large-kmalloc-large", .meminfo = "SUnreclaim: 60000 kB\n", .change = large_kmalloc },
	{ .id = "cache-large", .change = large_cache, .severity = "warning" },
	{ .id = "cache-large", .change = reclaimable_cache, .not = true },
	{ .id = "cache-large", .meminfo = "SReclaimable: 52220 kB\n", .change = unknown_cache },
	{ .id = "cache-large", .meminfo = "SReclaimable: 52224 kB\n", .change = unknown_cache, .not = true },
	{ .id = "watermark-boosted", .change = boosted_zone, .severity = "warning" },
	{ .id = "watermark-boosted", .change = half_boosted_zone, .not = true },
	{ .id = "middle-order-scarce", .change = in_pieces, .severity = "warning" },
	{ .id = "middle-order-scarce", .change = in_small_pieces, .severity = "warning" },
	{ .id = "middle-order-scarce", .change = in_middle_pieces, .not = true },
	{ .id = "low-order-scarce", .change = in_small_pieces, .not = true },
	{ .id = "slab-idle", .change = idle_cache, .severity = "note" },
	{ .id = "slab-idle", .change = idler_cache, .severity = "warning" },
	{ .id = "slab-debugging", .change = debugged_cache },
	{ .id = "slab-debugging", .change = undebugged_cache, .not = true },
	{ .id = "slab-debugging", .change = rounded_cache, .not = true },
	{ .id = "slab-idle", .change = idle_cache },
	{ .id = "slab-idle", .change = half_idle_cache, .not = true },
	{ .id = "vmalloc-large", .meminfo = "VmallocUsed: 102404 kB\n" },
	{ .id = "vmalloc-space-low", .change = full_range },
	{ .id = "lazily-freed-large", .change = lazy_range },
	{ .id = "page-tables-large", .meminfo = "SReclaimable: 0 kB\nSUnreclaim: 0 kB\nPageTables: 900000 kB\n",
	  .vmstat = "nr_slab_unreclaimable 1\n", .not = true }, /* the host's, of a container's total */
	{ .id = "page-tables-large", .meminfo = "PageTables: 51204 kB\n" },
	{ .id = "percpu-large", .meminfo = "Percpu: 51204 kB\n" },
	{ .id = "leak-like-growth", .change = leaking_row, .severity = "note" },
	{ .id = "leak-like-growth", .change = faster_leak, .severity = "warning" },
	{ .id = "leak-like-growth", .change = sooner_used_up, .not = true },
	{ .id = "growth-exhausts-memory", .change = used_up_next_week, .not = true },
	{ .id = "growth-exhausts-memory", .change = sooner_used_up, .severity = "warning" },
	{ .id = "growth-exhausts-memory", .change = used_up_today, .severity = "critical" },
	{ .id = "cgroup-near-limit", .change = held_cgroup, .severity = "warning" },
	{ .id = "cgroup-near-limit", .change = full_cgroup, .severity = "critical" },
	{ .id = "cgroup-throttled", .change = filled_cgroup, .not = true },
	{ .id = "cgroup-throttled", .change = throttled_cgroup, .severity = "warning" },
	{ .id = "removed-cgroups-large", .not = true },
	{ .id = "removed-cgroups-large", .change = removed_cgroups, .severity = "note" },
	{ .id = "removed-cgroups-large", .change = many_removed_cgroups, .severity = "warning" },
	{ .id = "removed-cgroups-large", .change = no_removed_cgroup, .not = true },
	{ .id = "cgroup-kernel-near-limit", .change = leaking_cgroup, .severity = "warning" },
	{ .id = "cgroup-kernel-near-limit", .change = limited_kernel, .not = true },
	{ .id = "cgroup-kernel-near-limit", .change = short_kernel, .severity = "warning" },
	{ .id = "kernel-stacks-large", .meminfo = "KernelStack: 51204 kB\n" },
	{ .id = "kernel-stacks-large", .meminfo = "KernelStack: 51200 kB\n", .not = true },
	{ .id = "percpu-large", .meminfo = "Percpu: 51200 kB\n", .not = true },
	{ .id = "page-tables-large", .meminfo = "PageTables: 51200 kB\n", .not = true },
	{ .id = "vmalloc-large", .meminfo = "VmallocUsed: 102400 kB\n", .not = true },
	{ .id = "vmalloc-space-low", .change = range_at_threshold, .not = true },
	{ .id = "lazily-freed-large", .change = lazy_at_threshold, .not = true },
	{ .id = "large-kmalloc-large", .meminfo = "SUnreclaim: 60000 kB\n", .change = kmalloc_at_threshold, .not = true },
	{ .id = "node-short", .change = node_at_threshold, .not = true },
	{ .id = "per-cpu-lists-large", .change = lists_at_threshold, .not = true },
	{ .id = "memory-unaccepted", .meminfo = "Unaccepted: 10240 kB\n", .not = true },
	{ .id = "balloon-inflated", .meminfo = "Balloon: 10240 kB\n", .not = true },
	{ .id = "hardware-corrupted", .meminfo = "HardwareCorrupted: 0 kB\n", .not = true },
	{ .id = "unaccounted-large", .meminfo = "AnonPages: 489836 kB\nActive: 289836 kB\n" },
	{ .id = "unaccounted-large", .meminfo = "AnonPages: 489840 kB\nActive: 289840 kB\n", .not = true },
	{ .id = "cgroup-near-limit", .not = true },
	{ .id = "oom-kills", .vmstat = "oom_kill 0\n", .not = true },
};

static void nothing_at_ease(void **state)
{
	struct machine machine;
	struct km_sheet findings;

	(void)state;
	at_ease(&machine);
	findings = look(&machine, NULL, NULL);
	if (findings.len)
		fail_msg("found %s", ((const struct km_finding *)findings.rows)->text.ptr);
	machine_deinit(&machine);
}

static void each_case(void **state)
{
	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(cases); i++) {
		const struct km_finding *finding;
		struct km_sheet findings;
		struct machine machine;

		at_ease(&machine);
		if (cases[i].change)
			cases[i].change(&machine);
		findings = look(&machine, cases[i].meminfo, cases[i].vmstat);
		finding = find(&findings, cases[i].id);
		if (!finding == !cases[i].not)
			fail_msg("case %zu: %s %s", i, cases[i].id, finding ? "found" : "not found");
		if (finding && cases[i].severity)
			assert_str(km_word_str(finding->severity), cases[i].severity);
		if (finding) {
			assert_true(finding->text.len > 10);
			assert_null(memchr(finding->text.ptr, '\n', finding->text.len));
			assert_true(km_str_find(finding->text, KM_STR(" - ")) < 0);
		}
		machine_deinit(&machine);
	}
}

/*
 * A rule that no case triggers would be dead; a rule without a case just within its threshold may trigger too
 * early.
 */
static void each_rule_has_a_case(void **state)
{
	static const struct km_rule *const tables[] = { km_memory_rules, km_account_rules, km_zone_rules, km_block_rules,
							 km_kernel_rules, km_cgroup_rules, km_growth_rules };

	(void)state;
	for (size_t t = 0; t < UNIT_COUNT(tables); t++)
		for (const struct km_rule *rule = tables[t]; rule->word.key; rule++) {
			bool covered[2] = { false, false };

			for (size_t i = 0; i < UNIT_COUNT(cases); i++)
				covered[cases[i].not] |= !strcmp(cases[i].id, rule->word.key);
			if (!covered[false] || !covered[true])
				fail_msg("%s: no case %s", rule->word.key, covered[false] ? "is within its threshold" : "finds it");
			assert_non_null(rule->word.brief);
			assert_non_null(rule->word.explain);
			assert_non_null(rule->word.origin);
		}
}

static void worst_first(void **state)
{
	struct km_sheet findings;
	struct machine machine;
	const char *before = "";

	(void)state;
	at_ease(&machine);
	one_below_low(&machine);
	idle_cache(&machine);
	full_range(&machine);
	findings = look(&machine, "MemAvailable: 0 kB\nSwapFree: 0 kB\nCommitted_AS: 9999999 kB\n", NULL);
	assert_int_equal(findings.len, 6);
	for (size_t i = 0; i < findings.len; i++) {
		const struct km_finding *row = km_sheet_row(&findings, i);

		/* critical, note and warning: "note" last */
		if (!strcmp(before, "note"))
			assert_str(km_word_str(row->severity), "note");
		if (!strcmp(before, "warning"))
			assert_false(km_str_eq(km_word_str(row->severity), KM_STR("critical")));
		before = km_word_str(row->severity).ptr;
	}
	assert_str(km_word_str(((const struct km_finding *)findings.rows)->id), "available-low");
	machine_deinit(&machine);
}

/* A value that a machine does not report causes no finding, and no crash. */
static void nothing_known(void **state)
{
	struct km_finding_input facts = {
		.page_bytes = KM_UNKNOWN,
		.uptime_ms = KM_UNKNOWN,
		.zones.type = &km_zone_type,
		.buddy.type = &km_buddy_type,
		.slab.type = &km_slab_type,
		.vmalloc.type = &km_vmalloc_type,
	};
	struct km_account_tree tree = { .sheet.type = &km_account_type };
	struct km_pool pool = { 0 };

	(void)state;
	facts.account = &tree;
	assert_int_equal(km_findings_derive(&pool, &facts).len, 0);
	km_pool_deinit(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_at_ease),
		cmocka_unit_test(each_case),
		cmocka_unit_test(each_rule_has_a_case),
		cmocka_unit_test(worst_first),
		cmocka_unit_test(nothing_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
