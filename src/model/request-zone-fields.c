// SPDX-License-Identifier: GPL-2.0-or-later
/* The fields of a zone in the result for a request. */
#include "model/request-zone.h"

#define CHECK "computed (k6.12:mm/page_alloc.c __zone_watermark_ok)"
#define FROM "/proc/zoneinfo; Mem-Info of a report: "

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_request_zone, node, KM_COUNT), .flags = KM_SHOWN | KM_ID, .head = "NODE",
	  .brief = "NUMA node",
	  .explain = "The kernel starts with the node of the CPU and continues by distance. Also "
		     "0 if a report names none: a kernel without NUMA.",
	  .origin = FROM "Node" },
	{ KM_FIELD(struct km_request_zone, zone, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "ZONE",
	  .brief = "zone of the node",
	  .explain = "Zones without memory are left out. Since 6.1 reports also leave out zones "
		     "above the highest that the request may use.",
	  .origin = FROM "Node" },
	{ KM_FIELD(struct km_request_zone, free_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_LEVEL, .head = "FREE",
	  .brief = "memory in the zone's free lists",
	  .explain = "As in `kmeminfo zones`; this request may not use all of it. In a report it "
		     "was read slightly after the request failed.",
	  .origin = FROM "free" },
	{ KM_FIELD(struct km_request_zone, unusable_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_LEVEL, .head = "-UNUSABLE",
	  .brief = "free memory that this request may not use",
	  .explain = "The sum of three amounts. Free CMA memory, unless the request's pages are movable. The "
		     "highatomic reserve, unless the request may use it (all of it if the kernel does not report "
		     "how much is free: an upper bound). The request's own size minus one page.",
	  .origin = CHECK },
	{ KM_FIELD(struct km_request_zone, watermark_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_LEVEL, .head = "-WATERMARK",
	  .brief = "free memory that this request must leave in the zone, as a last resort",
	  .explain = "The min watermark minus the part that the request may use: half with "
		     "__GFP_HIGH, 5/8 if it also cannot sleep, all with __GFP_MEMALLOC. The low "
		     "watermark is tried first, and a request that may sleep reclaims. For an OOM "
		     "kill it is the high watermark: the kernel's last attempt before the kill "
		     "compares with it (k6.12:mm/page_alloc.c __alloc_pages_may_oom). Real-time "
		     "tasks and OOM victims may use more, which no report shows.",
	  .origin = CHECK },
	{ KM_FIELD(struct km_request_zone, lowmem_reserve_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_LEVEL, .head = "-RESERVE",
	  .brief = "free memory kept from requests that could use a higher zone",
	  .explain = "lowmem_reserve of the zone for the highest zone of the request. Unknown if "
		     "a report does not show which entry that is.",
	  .origin = FROM "lowmem_reserve[]" },
	{ KM_FIELD(struct km_request_zone, available_bytes, KM_DELTA),
	  .flags = KM_ANSWER | KM_SHOWN | KM_LEVEL, .head = "=AVAILABLE",
	  .brief = "memory available to the request, which succeeds if this is positive",
	  .explain = "Free minus unusable, watermark and reserve. Negative: this much is missing. "
		     "A request for more than one page also needs a free block of that size. "
		     "Per-CPU lists are not included.",
	  .origin = CHECK },
	{ KM_FIELD(struct km_request_zone, available_most_bytes, KM_DELTA),
	  .flags = KM_LEVEL, .head = "AT-MOST",
	  .brief = "what is available in the best case",
	  .explain = "Differs from available_bytes if a part is not known exactly: the highatomic reserve, "
		     "which only root can read before 7.2, or the rules of a kernel of unknown stable "
		     "release. If the two differ in sign, the answer is unknown.",
	  .origin = CHECK },
	{ KM_FIELD(struct km_request_zone, above_low_bytes, KM_DELTA),
	  .flags = KM_LEVEL, .head = "ABOVE-LOW",
	  .brief = "what is available above the low watermark",
	  .explain = "The first attempt needs it to be positive. It has no access to any reserve.",
	  .origin = CHECK },
	{ KM_FIELD(struct km_request_zone, above_min_bytes, KM_DELTA),
	  .flags = KM_LEVEL, .head = "ABOVE-MIN",
	  .brief = "what is available above the whole min watermark",
	  .explain = "This is what a request without access to reserves can use. A request with access only "
		     "needs available_bytes.",
	  .origin = CHECK },
	{ KM_FIELD(struct km_request_zone, at_once, KM_TRI), .head = "AT-ONCE",
	  .brief = "whether the zone serves the first attempt",
	  .explain = "Above the low watermark, with a block that is large enough. Unknown if a part is not "
		     "known exactly.",
	  .origin = CHECK },
	{ KM_FIELD(struct km_request_zone, largest_least_bytes, KM_BYTES),
	  .flags = KM_LEVEL, .head = "AT-LEAST",
	  .brief = "largest free block that this request can certainly use",
	  .explain = "Equal to largest_bytes if the types of the free blocks are known. Otherwise such a "
		     "block must exist, because more is free in blocks of that size than CMA and the "
		     "highatomic reserve can hold.",
	  .origin = "/proc/buddyinfo, /proc/zoneinfo" },
	{ KM_FIELD(struct km_request_zone, largest_bytes, KM_BYTES),
	  .flags = KM_ANSWER | KM_SHOWN | KM_LEVEL, .head = "LARGEST",
	  .brief = "largest free block that this request may use",
	  .explain = "Blocks of the types that it may use. An upper bound if a list contains other types, or "
		     "if types are not reported, for example to users other than root. 0: none.",
	  .origin = "/proc/buddyinfo, /proc/pagetypeinfo; Mem-Info of a report: free lists" },
	{ KM_FIELD(struct km_request_zone, types, KM_TEXT), .head = "TYPES",
	  .brief = "types of all free blocks that are large enough",
	  .explain = "U unmovable, M movable, E reclaimable; H highatomic reserve, C CMA, I "
		     "isolated: most requests cannot use the last three. Empty: no block is large "
		     "enough, or types are not reported.",
	  .origin = "/proc/pagetypeinfo; Mem-Info of a report: free lists (k6.12:mm/show_mem.c show_migration_types)" },
	{ KM_FIELD(struct km_request_zone, largest_by_type, KM_PAIRS),
	  .flags = KM_LEVEL, .head = "BY-TYPE",
	  .brief = "size in bytes of the largest free block of each type",
	  .explain = "If a type has no block, the page allocator uses another type (not "
		     "HighAtomic, CMA or Isolate), so the request gets the largest block that it "
		     "may use.",
	  .origin = "as types" },
	{ KM_FIELD(struct km_request_zone, state, KM_WORD), .words = &km_zone_state_vocabulary, .head = "STATE",
	  .brief = "state of the zone by its watermarks",
	  .explain = "Like the field state of `kmeminfo zones`, whatever the request.",
	  .origin = FROM "min, low, high" },
	{ KM_FIELD(struct km_request_zone, managed_bytes, KM_BYTES),
	  .flags = KM_LEVEL, .head = "MANAGED",
	  .brief = "memory that the page allocator manages",
	  .explain = "The size of the zone.", .origin = FROM "managed" },
	{ KM_FIELD(struct km_request_zone, verdict, KM_WORD), .words = &km_request_verdict_vocabulary, .flags = KM_ANSWER | KM_SHOWN, .head = "VERDICT",
	  .brief = "whether the zone can satisfy the request, or why not",
	  .explain = "Each word can be explained by itself.", .origin = CHECK },
	{ 0 }
};

const struct km_sheet_type km_request_zone_type = {
	.name = "request_zones",
	.brief = "zones of a request: the memory available to it in each",
	.explain = "free_bytes minus unusable_bytes, watermark_bytes and lowmem_reserve_bytes is "
		   "available_bytes.",
	.fields = fields,
	.row_size = sizeof(struct km_request_zone),
};

const struct km_word km_request_verdicts[] = {
	[KM_VERDICT_ABOVE_ZONE] = {
		.key = "above zone", .tone = KM_TONE_FAINT, .brief = "the request's flags do not allow this zone",
		.explain = "GFP_DMA allows only DMA, GFP_DMA32 also DMA32, the kernel's own "
			   "requests up to Normal, GFP_HIGHUSER up to HighMem and "
			   "GFP_HIGHUSER_MOVABLE all zones.",
		.origin = "k6.12:include/linux/gfp.h gfp_zone" },
	[KM_VERDICT_OTHER_NODE] = {
		.key = "other node", .tone = KM_TONE_FAINT, .brief = "the request may not use the zone's node",
		.explain = "Because of a memory policy (nodemask) or a cpuset (mems_allowed). A "
			   "cpuset binds requests of user space (__GFP_HARDWALL); the kernel's "
			   "own may leave it when memory is short.",
		.origin = "k6.12:kernel/cgroup/cpuset.c cpuset_node_allowed" },
	[KM_VERDICT_BELOW_WATERMARK] = {
		.key = "below watermark", .tone = KM_TONE_BAD, .brief = "the zone has not enough free memory for this "
						   "request",
		.explain = "Free memory minus the part that the request may not use does not "
			   "exceed the watermark.",
		.origin = "k6.12:mm/page_alloc.c __zone_watermark_ok" },
	[KM_VERDICT_NO_BLOCK] = {
		.key = "no block", .tone = KM_TONE_BAD, .brief = "the zone has enough free memory, but no block that "
					    "is large enough",
		.explain = "For this request the zone is fragmented.",
		.origin = "k6.12:mm/page_alloc.c __zone_watermark_ok" },
	[KM_VERDICT_ORDER_WATERMARK] = {
		.key = "order watermark", .tone = KM_TONE_BAD, .brief = "too little is free in blocks of this size and larger",
		.explain = "Up to 4.3 each order has a watermark of its own: half of the next smaller "
			   "order's. A block of the size may be free, but the kernel does not allocate it.",
		.origin = "k4.3:mm/page_alloc.c __zone_watermark_ok", .kernels = "up to 4.3" },
	[KM_VERDICT_OPEN] = {
		.key = "would fit", .tone = KM_TONE_GOOD, .brief = "the zone can satisfy the request as it stands",
		.explain = "In a report: memory was freed, or returned from the per-CPU lists, "
			   "after the request failed.",
		.origin = "k6.12:mm/page_alloc.c __zone_watermark_ok" },
	[KM_VERDICT_UNKNOWN] = {
		.key = "unknown", .tone = KM_TONE_FAINT, .brief = "a deciding figure is missing: the report is truncated "
					   "or a file is absent" },
	[KM_VERDICT_WITHIN_RESERVE] = {
		.key = "within reserve", .tone = KM_TONE_BAD,
		.brief = "the zone is above the watermark, but not by the lowmem reserve",
		.explain = "The rest is kept for requests that may use no higher zone: vm.lowmem_reserve_ratio sets how "
			   "much.",
		.origin = "k6.12:mm/page_alloc.c __zone_watermark_ok" },
	{ 0 }
};

const struct km_vocabulary km_request_verdict_vocabulary = {
	.name = "request_zone",
	.brief = "why a zone did not serve a request",
	.items = km_request_verdicts,
	.item_size = sizeof(*km_request_verdicts),
};
