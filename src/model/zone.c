// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/zone.h"

#define ZONEINFO "/proc/zoneinfo "

static const struct km_field cpu_fields[] = {
	{ KM_FIELD(struct km_zone_cpu, cpu, KM_COUNT), .flags = KM_SHOWN | KM_ID, .head = "CPU",
	  .brief = "number of the CPU", .explain = "Only CPUs that are online.",
	  .origin = ZONEINFO "cpu:" },
	{ KM_FIELD(struct km_zone_cpu, pcp_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_LEVEL, .head = "PER-CPU",
	  .brief = "free pages of the zone on this CPU's lists",
	  .explain = "Free pages that this CPU can allocate without a lock; not part of the "
		     "zone's free memory.",
	  .origin = ZONEINFO "count" },
	{ KM_FIELD(struct km_zone_cpu, high_bytes, KM_BYTES),
	  .flags = KM_DETAIL | KM_SHOWN | KM_LEVEL, .head = "HIGH",
	  .brief = "the lists are shortened above this",
	  .explain = "Pages beyond it return to the buddy lists, one batch at a time. Newer "
		     "kernels (6.12; not 6.1) adjust it as the CPU allocates and frees.",
	  .origin = ZONEINFO "high" },
	{ KM_FIELD(struct km_zone_cpu, batch_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_PROPERTY, .head = "BATCH",
	  .brief = "how much moves at once between these lists and the buddy lists",
	  .explain = "The lists are filled and shortened by this amount.",
	  .origin = ZONEINFO "batch" },
	{ KM_FIELD(struct km_zone_cpu, high_min_bytes, KM_BYTES),
	  .flags = KM_PROPERTY, .head = "HIGH-MIN",
	  .brief = "least value of high", .explain = "high is not lowered beyond it.",
	  .origin = ZONEINFO "high_min", .kernels = "after 6.12" },
	{ KM_FIELD(struct km_zone_cpu, high_max_bytes, KM_BYTES),
	  .flags = KM_PROPERTY, .head = "HIGH-MAX",
	  .brief = "greatest value of high", .explain = "high is not raised beyond it.",
	  .origin = ZONEINFO "high_max", .kernels = "after 6.12" },
	{ KM_FIELD(struct km_zone_cpu, drift_bytes, KM_BYTES), .flags = KM_PROPERTY, .head = "DRIFT",
	  .brief = "how far this CPU's part of a counter of the zone may lag",
	  .explain = "An upper bound. A CPU folds its changes into a counter when they exceed "
		     "this many pages, and about once a second.",
	  .origin = ZONEINFO "vm stats threshold" },
	{ 0 }
};

const struct km_sheet_type km_zone_cpu_type = {
	.name = "zone_cpus",
	.brief = "a zone's per-CPU lists of free pages",
	.fields = cpu_fields,
	.row_size = sizeof(struct km_zone_cpu),
};

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_zone, node, KM_COUNT), .flags = KM_SHOWN | KM_ID, .head = "NODE",
	  .brief = "NUMA node", .explain = "Number of the memory node; 0 on a machine with one.",
	  .origin = ZONEINFO "Node" },
	{ KM_FIELD(struct km_zone, zone, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "ZONE",
	  .brief = "zone of the node",
	  .explain = "A range of physical memory that some requests need: DMA (below 16 MiB on "
		     "x86), DMA32 (below 4 GiB), Normal, HighMem (32-bit: not mapped by the "
		     "kernel), Movable (only memory that can be moved or reclaimed), Device.",
	  .origin = ZONEINFO "zone" },
	{ KM_FIELD(struct km_zone, managed_bytes, KM_BYTES), .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "MANAGED", .brief = "memory that the page allocator manages",
	  .explain = "Present memory without what was reserved at boot. Usually the sum over all "
		     "zones is MemTotal.",
	  .origin = ZONEINFO "managed" },
	{ KM_FIELD(struct km_zone, present_bytes, KM_BYTES),
	  .flags = KM_SUMMED | KM_LEVEL, .head = "PRESENT",
	  .brief = "memory that exists in the zone",
	  .explain = "The zone's span without its holes. It can be many times the managed memory "
		     "if memory is hot-pluggable or not yet initialised.",
	  .origin = ZONEINFO "present" },
	{ KM_FIELD(struct km_zone, spanned_bytes, KM_BYTES),
	  .flags = KM_SUMMED | KM_LEVEL, .head = "SPANNED",
	  .brief = "physical addresses from the zone's first to its last page",
	  .explain = "Includes holes. Zones of several nodes may interleave, so the sum over "
		     "zones can exceed the machine's address range.",
	  .origin = ZONEINFO "spanned" },
	{ KM_FIELD(struct km_zone, holes_bytes, KM_BYTES),
	  .flags = KM_SUMMED | KM_LEVEL, .head = "HOLES",
	  .brief = "addresses in the span without memory of this zone",
	  .explain = "Spanned minus present: devices, firmware, or another node's memory.",
	  .origin = "computed from " ZONEINFO "spanned, present" },
	{ KM_FIELD(struct km_zone, reserved_bytes, KM_BYTES),
	  .flags = KM_SUMMED | KM_LEVEL, .head = "RESERVED",
	  .brief = "memory in the zone that the page allocator never received",
	  .explain = "Present minus managed: the kernel's image, the page structs, crashkernel, firmware "
		     "tables, and memory that is not yet initialised or accepted.",
	  .origin = "computed from " ZONEINFO "present, managed" },
	{ KM_FIELD(struct km_zone, start_bytes, KM_BYTES), .flags = KM_PROPERTY, .head = "START",
	  .brief = "physical address at which the zone starts",
	  .explain = "The number of its first page times the page size. Only for populated zones.",
	  .origin = ZONEINFO "start_pfn" },
	{ KM_FIELD(struct km_zone, free_bytes, KM_BYTES),
	  .flags = KM_ANSWER | KM_SHOWN | KM_SUMMED | KM_LEVEL, .head = "FREE",
	  .brief = "memory in the zone's free lists",
	  .explain = "The kernel's counter, which lags by up to drift_bytes. Free pages on "
		     "per-CPU lists are not included; those of CMA and of the highatomic reserve "
		     "are.",
	  .origin = ZONEINFO "pages free" },
	{ KM_FIELD(struct km_zone, pcp_bytes, KM_BYTES),
	  .flags = KM_SUMMED | KM_LEVEL, .head = "PER-CPU",
	  .brief = "free pages on the CPUs' own lists",
	  .explain = "Free, but not included in MemFree and free_bytes. The lists are read one "
		     "CPU after the other while they change, so the sum does not belong to a "
		     "single moment.",
	  .origin = "computed from " ZONEINFO "count" },
	{ KM_FIELD(struct km_zone, usable_bytes, KM_BYTES), .flags = KM_LEVEL, .head = "USABLE",
	  .brief = "free memory that an ordinary kernel request may use",
	  .explain = "The value that the kernel compares with the watermarks for a request of one "
		     "page that may use neither CMA nor the reserves. It is free memory without free CMA and "
		     "without the free part of the highatomic reserve. An upper bound on kernels that do not report "
		     "the reserve (at most about 1% of the zone). Before 6.12 the kernel subtracts the whole "
		     "reserve.",
	  .origin = "computed (k6.12:mm/page_alloc.c __zone_watermark_unusable_free)" },
	{ KM_FIELD(struct km_zone, min_bytes, KM_BYTES), .flags = KM_DETAIL | KM_SHOWN | KM_LEVEL, .head = "MIN",
	  .brief = "below this watermark ordinary requests reclaim memory themselves",
	  .explain = "The last reserve, for requests that cannot wait. The zone's share of "
		     "vm.min_free_kbytes. All watermarks include the boost.",
	  .origin = ZONEINFO "min (k6.12:include/linux/mmzone.h min_wmark_pages)" },
	{ KM_FIELD(struct km_zone, low_bytes, KM_BYTES), .flags = KM_SHOWN | KM_LEVEL, .head = "LOW",
	  .brief = "below this watermark kswapd is woken",
	  .explain = "Includes the boost. Its distance from min follows "
		     "vm.watermark_scale_factor.",
	  .origin = ZONEINFO "low (k6.12:include/linux/mmzone.h low_wmark_pages)" },
	{ KM_FIELD(struct km_zone, high_bytes, KM_BYTES), .flags = KM_DETAIL | KM_SHOWN | KM_LEVEL, .head = "HIGH",
	  .brief = "above this watermark kswapd sleeps",
	  .explain = "Boost included.",
	  .origin = ZONEINFO "high (k6.12:include/linux/mmzone.h high_wmark_pages)" },
	{ KM_FIELD(struct km_zone, promo_bytes, KM_BYTES), .flags = KM_LEVEL, .head = "PROMO",
	  .brief = "kswapd's target instead of high, if hot pages are promoted to faster memory",
	  .explain = "Used only with memory tiering (kernel.numa_balancing 2): kswapd then frees "
		     "memory up to this watermark, to make room for pages from slower nodes. "
		     "Includes the boost. The state does not consider it.",
	  .origin = ZONEINFO "promo", .kernels = "6.12+ (not 6.5)" },
	{ KM_FIELD(struct km_zone, boost_bytes, KM_BYTES), .flags = KM_LEVEL, .head = "BOOST",
	  .brief = "how much the watermarks are raised at the moment",
	  .explain = "Raised when a request used a block of another migrate type, so that kswapd "
		     "frees more and blocks stay unmixed; kswapd lowers it again. All watermarks "
		     "above include it. vm.watermark_boost_factor limits it. Kernel 5.10 has it "
		     "but does not report it.",
	  .origin = ZONEINFO "boost", .kernels = "after 5.10" },
	{ KM_FIELD(struct km_zone, above_min_bytes, KM_DELTA), .flags = KM_LEVEL, .head = "OVER-MIN",
	  .brief = "how far the usable free memory is above the min watermark",
	  .explain = "Usable minus min; below 0: below the watermark.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_zone, above_low_bytes, KM_DELTA), .flags = KM_LEVEL, .head = "OVER-LOW",
	  .brief = "how far the usable free memory is above the low watermark",
	  .explain = "Memory that can still be allocated before kswapd starts. Usable minus low.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_zone, above_high_bytes, KM_DELTA), .flags = KM_LEVEL, .head = "OVER-HIGH",
	  .brief = "how far the usable free memory is above the high watermark",
	  .explain = "Usable minus high; below 0: memory that kswapd must still free.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_zone, state, KM_WORD), .words = &km_zone_state_vocabulary, .flags = KM_ANSWER | KM_SHOWN, .head = "STATE",
	  .brief = "what the watermarks make the page allocator do",
	  .explain = "For a request of one page for this zone. A request that could also use a "
		     "higher zone must leave lowmem_reserve_bytes more. Computed from counters, "
		     "which lag; the file does not show whether kswapd runs at this moment.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_zone, cma_bytes, KM_BYTES), .flags = KM_SUMMED | KM_LEVEL, .head = "CMA",
	  .brief = "memory reserved for large contiguous allocations by drivers",
	  .explain = "Part of the managed memory. Until then only movable pages use it.",
	  .origin = ZONEINFO "cma", .kernels = "after 5.10" },
	{ KM_FIELD(struct km_zone, cma_free_bytes, KM_BYTES),
	  .flags = KM_SUMMED | KM_LEVEL, .head = "CMA-FREE",
	  .brief = "free memory that only movable requests and CMA may use",
	  .explain = "Part of free_bytes; the kernel's own allocations cannot use it.",
	  .origin = ZONEINFO "nr_free_cma" },
	{ KM_FIELD(struct km_zone, highatomic_bytes, KM_BYTES), .flags = KM_SUMMED | KM_LEVEL,
	  .head = "HIGHATOMIC",
	  .brief = "blocks reserved for multi-page requests that cannot wait",
	  .explain = "Grows on demand up to 1% of the zone, and is released before the OOM killer "
		     "runs.",
	  .origin = ZONEINFO "reserved_highatomic", .kernels = "7.2+ (not 6.18)" },
	{ KM_FIELD(struct km_zone, highatomic_free_bytes, KM_BYTES), .flags = KM_SUMMED | KM_LEVEL,
	  .head = "HIGHATOMIC-FREE", .brief = "the free part of the highatomic reserve",
	  .explain = "Part of free_bytes that ordinary requests may not use.",
	  .origin = ZONEINFO "free_highatomic", .kernels = "7.2+ (not 6.18)" },
	{ KM_FIELD(struct km_zone, lowmem_reserve_bytes, KM_BYTES_LIST),
	  .flags = KM_LEVEL, .head = "PROTECTION",
	  .brief = "what requests must leave free here above the watermark, by their highest zone",
	  .explain = "One entry per zone type, lowest first. A request that could use a higher "
		     "zone may use this one only while the usable memory exceeds the watermark by this much. So low "
		     "memory is kept for requests that can use no other. Set by vm.lowmem_reserve_ratio.",
	  .origin = ZONEINFO "protection" },
	{ KM_FIELD(struct km_zone, lowmem_reserve_zones, KM_TEXTS), .head = "PROTECTION-ZONES",
	  .brief = "the zone types of the entries of lowmem_reserve_bytes",
	  .explain = "The zones of the node in the order of the file, if their number is the "
		     "same.",
	  .origin = ZONEINFO "zone" },
	{ KM_FIELD(struct km_zone, open_to, KM_TEXTS), .head = "OPEN-TO",
	  .brief = "requests that this zone can satisfy at once, by their highest zone",
	  .explain = "The usable memory exceeds the low watermark plus their entry of "
		     "lowmem_reserve_bytes. A zone that is open only to itself is kept for "
		     "requests that can use no other.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_zone, drift_bytes, KM_BYTES), .flags = KM_PROPERTY, .head = "DRIFT",
	  .brief = "how far the zone's counters may lag behind",
	  .explain = "An upper bound: the sum of what each CPU may hold back. Writing to "
		     "/proc/sys/vm/stat_refresh as root folds it in.",
	  .origin = "computed from " ZONEINFO "vm stats threshold" },
	{ KM_FIELD(struct km_zone, cpus, KM_ROWS), .head = "CPUS", .rows = &km_zone_cpu_type,
	  .brief = "the per-CPU lists of free pages", .explain = "One entry per online CPU.",
	  .origin = ZONEINFO "pagesets" },
	{ KM_FIELD(struct km_zone, counters, KM_PAIRS), .flags = KM_BY_NAME, .head = "COUNTERS",
	  .brief = "every number that the file has about the zone, under its own name",
	  .explain = "Known or not, as printed: pages, unless the name says otherwise; numa_* "
		     "count events since boot.",
	  .origin = "/proc/zoneinfo" },
	{ 0 }
};

const struct km_sheet_type km_zone_type = {
	.name = "zones",
	.brief = "zones of physical memory: size, free memory, watermarks, state",
	.explain = "Each node's memory is divided into zones. In each zone the page allocator "
		   "compares the free memory with three watermarks, and reclaims accordingly.",
	.fields = fields,
	.row_size = sizeof(struct km_zone),
};

/* The data that derive_zone() passes to the functions that it calls. */
struct context {
	struct km_pool *pool;
	const struct km_zoneinfo *zoneinfo;
	uint64_t page_bytes;
};

struct km_pairs km_zone_pairs(struct km_pool *pool, const struct km_zoneinfo *zoneinfo,
			      struct km_zoneinfo_range stats)
{
	struct km_pair *pairs = km_pool_alloc(pool, stats.len, sizeof(*pairs));

	for (size_t i = 0; i < stats.len; i++) {
		const struct km_zoneinfo_stat *stat = &zoneinfo->stats.items[stats.first + i];

		pairs[i] = (struct km_pair){ stat->name, stat->value };
	}
	return (struct km_pairs){ pairs, stats.len };
}

static void derive_cpu(const struct context *context, const struct km_zoneinfo_pageset *pageset,
		       struct km_zone_cpu *row)
{
#define BYTES(name)                                                                                \
	km_num_mul(context->page_bytes,                                                            \
		   km_zoneinfo_pageset_value(context->zoneinfo, pageset, KM_STR(name)))
	row->cpu = pageset->cpu;
	row->pcp_bytes = BYTES("count");
	row->high_bytes = BYTES("high");
	row->batch_bytes = BYTES("batch");
	row->high_min_bytes = BYTES("high_min");
	row->high_max_bytes = BYTES("high_max");
	row->drift_bytes = BYTES("vm stats threshold");
#undef BYTES
}

/* An unpopulated zone has no per-CPU lists, so the sum of their pages is 0. */
static void derive_cpus(const struct context *context, const struct km_zoneinfo_zone *zone,
			struct km_zone *row)
{
	struct km_zone_cpu *cpus = km_pool_alloc(context->pool, zone->pagesets.len, sizeof(*cpus));

	row->cpus = (struct km_rows){ cpus, zone->pagesets.len };
	if (!zone->pagesets.len && row->present_bytes)
		return;
	row->pcp_bytes = row->drift_bytes = 0;
	for (size_t i = 0; i < zone->pagesets.len; i++) {
		derive_cpu(context, &context->zoneinfo->pagesets.items[zone->pagesets.first + i], &cpus[i]);
		row->pcp_bytes = km_num_add(row->pcp_bytes, cpus[i].pcp_bytes);
		row->drift_bytes = km_num_add(row->drift_bytes, cpus[i].drift_bytes);
	}
}

static void derive_sizes(const struct context *context, const struct km_zoneinfo_zone *zone,
			 struct km_zone *row)
{
#define BYTES(name)                                                                                \
	km_num_mul(context->page_bytes,                                                            \
		   km_zoneinfo_value(context->zoneinfo, zone->stats, KM_STR(name)))
	row->managed_bytes = BYTES("managed");
	row->present_bytes = BYTES("present");
	row->spanned_bytes = BYTES("spanned");
	row->holes_bytes = km_num_sub(row->spanned_bytes, row->present_bytes);
	row->reserved_bytes = km_num_sub(row->present_bytes, row->managed_bytes);
	row->start_bytes = BYTES("start_pfn");
	row->free_bytes = BYTES("free");
	row->min_bytes = BYTES("min");
	row->low_bytes = BYTES("low");
	row->high_bytes = BYTES("high");
	row->promo_bytes = BYTES("promo");
	row->boost_bytes = BYTES("boost");
	row->cma_bytes = BYTES("cma");
	row->cma_free_bytes = BYTES("nr_free_cma");
	row->highatomic_bytes = BYTES("reserved_highatomic");
	row->highatomic_free_bytes = BYTES("free_highatomic");
#undef BYTES
}

static void derive_state(const struct context *context, const struct km_zoneinfo_zone *zone,
			 struct km_zone *row)
{
	bool gave_up = km_zoneinfo_value(context->zoneinfo, zone->stats,
					 KM_STR("node_unreclaimable")) == 1;
	uint64_t unusable = km_num_add(km_num_or(row->cma_free_bytes, 0),
				       km_num_or(row->highatomic_free_bytes, 0));
	const struct km_word *state;

	/* counters lag each other: if more is unusable than free, nothing is usable */
	row->usable_bytes = row->free_bytes == KM_UNKNOWN ? KM_UNKNOWN :
			    row->free_bytes > unusable ? row->free_bytes - unusable : 0;
	if (row->managed_bytes) {
		row->above_min_bytes = km_num_delta(row->usable_bytes, row->min_bytes);
		row->above_low_bytes = km_num_delta(row->usable_bytes, row->low_bytes);
		row->above_high_bytes = km_num_delta(row->usable_bytes, row->high_bytes);
	}
	state = km_zone_state_of(row, gave_up);
	if (state)
		row->state = state;
}

static void derive_zone(const struct context *context, size_t at, struct km_zone *row)
{
	const struct km_zoneinfo_zone *zone = &context->zoneinfo->zones.items[at];

	km_row_init(&km_zone_type, row);
	row->node = zone->node;
	row->zone = zone->zone;
	derive_sizes(context, zone, row);
	derive_cpus(context, zone, row);
	derive_state(context, zone, row);
	km_zone_derive_reserve(context->pool, context->zoneinfo, context->page_bytes, at, row);
	row->counters = km_zone_pairs(context->pool, context->zoneinfo, zone->stats);
}

struct km_sheet km_zone_derive(struct km_pool *pool, const struct km_zoneinfo *zoneinfo,
			       uint64_t page_bytes, bool all)
{
	const struct context context = { pool, zoneinfo, page_bytes };
	size_t zones = zoneinfo ? zoneinfo->zones.len : 0;
	struct km_zone *rows = km_pool_alloc(pool, zones, sizeof(*rows));
	struct km_zone *totals = km_pool_alloc(pool, 1, sizeof(*totals));
	struct km_sheet sheet = { &km_zone_type, rows, 0, totals };

	for (size_t i = 0; i < zones; i++) {
		bool populated = km_zoneinfo_value(zoneinfo, zoneinfo->zones.items[i].stats,
						   KM_STR("present")) != 0;

		if (all || populated)
			derive_zone(&context, i, &rows[sheet.len++]);
	}
	km_row_init(&km_zone_type, totals);
	km_sheet_sum(&sheet, totals);
	return sheet;
}
