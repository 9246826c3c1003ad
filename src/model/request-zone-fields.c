// SPDX-License-Identifier: GPL-2.0-or-later
/* What is told of a zone that a request may or may not use. */
#include "model/request-zone.h"

#define CHECK "computed (k6.12:mm/page_alloc.c __zone_watermark_ok)"
#define FROM "/proc/zoneinfo; Mem-Info of a report: "

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_request_zone, node, KM_COUNT), .flags = KM_SHOWN | KM_ID, .head = "NODE",
	  .brief = "NUMA node",
	  .explain = "The kernel begins with the node that the CPU is on, and goes on by distance. 0 also where a "
		     "report names none: a kernel without NUMA.",
	  .origin = FROM "Node" },
	{ KM_FIELD(struct km_request_zone, zone, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "ZONE",
	  .brief = "zone of the node",
	  .explain = "Zones without memory are left out; reports leave out, since 6.1, those above the highest "
		     "that the request may use.",
	  .origin = FROM "Node" },
	{ KM_FIELD(struct km_request_zone, free_bytes, KM_BYTES), .flags = KM_SHOWN, .head = "FREE",
	  .brief = "memory in the zone's free lists",
	  .explain = "As `kmeminfo zones` has it: not all of it is for this request. In a report it is a little "
		     "later than the refusal.",
	  .origin = FROM "free" },
	{ KM_FIELD(struct km_request_zone, unusable_bytes, KM_BYTES), .flags = KM_SHOWN, .head = "-UNUSABLE",
	  .brief = "free memory that this request may not take",
	  .explain = "Free CMA, unless the request's pages may be moved; the high-atomic reserve, unless it "
		     "may use that (the whole of it where the kernel does not tell how much is free: an "
		     "upper bound); and the request's own size less one page.",
	  .origin = CHECK },
	{ KM_FIELD(struct km_request_zone, watermark_bytes, KM_BYTES), .flags = KM_SHOWN, .head = "-WATERMARK",
	  .brief = "free memory that this request has to leave in the zone, in the last resort",
	  .explain = "The min mark, less what the request may take of it: half with __GFP_HIGH, 5/8 when it "
		     "also may not sleep, all with __GFP_MEMALLOC. Before that the low mark is tried, and who may "
		     "sleep reclaims. Tasks with realtime priority and those that the OOM killer has chosen may "
		     "take more, which no report tells.",
	  .origin = CHECK },
	{ KM_FIELD(struct km_request_zone, lowmem_reserve_bytes, KM_BYTES), .flags = KM_SHOWN, .head = "-RESERVE",
	  .brief = "free memory kept from requests that could use a higher zone",
	  .explain = "lowmem_reserve of the zone for the highest zone of the request. Unknown where a "
		     "report does not tell which entry that is.",
	  .origin = FROM "lowmem_reserve[]" },
	{ KM_FIELD(struct km_request_zone, available_bytes, KM_DELTA), .flags = KM_SHOWN, .head = "=AVAILABLE",
	  .brief = "what is left for the request: it is served when this is positive",
	  .explain = "Free less withheld, mark and protection. Negative: so much is missing. A request for "
		     "more than one page needs a free block of that size as well. Per-CPU lists come on top.",
	  .origin = CHECK },
	{ KM_FIELD(struct km_request_zone, largest_bytes, KM_BYTES), .flags = KM_SHOWN, .head = "LARGEST",
	  .brief = "largest free block that this request could take",
	  .explain = "Blocks of the types that it may take. An upper bound where a list has other types as well, "
		     "or types are not told, as to users without root. 0: none.",
	  .origin = "/proc/buddyinfo, /proc/pagetypeinfo; Mem-Info of a report: free lists" },
	{ KM_FIELD(struct km_request_zone, types, KM_TEXT), .head = "TYPES",
	  .brief = "types of all free blocks that are large enough",
	  .explain = "U unmovable, M movable, E reclaimable; H high-atomic reserve, C CMA, I isolated: the last "
		     "three are not for everybody. Empty: no block is large enough, or types are not told.",
	  .origin = "/proc/pagetypeinfo; Mem-Info of a report: free lists (k6.12:mm/show_mem.c show_migration_types)" },
	{ KM_FIELD(struct km_request_zone, largest_by_type, KM_PAIRS), .head = "BY-TYPE",
	  .brief = "size in bytes of the largest free block of each type",
	  .explain = "What a type lacks, the page allocator takes from another (not from HighAtomic, CMA and "
		     "Isolate), so the request gets the largest of those that it may take.",
	  .origin = "as types" },
	{ KM_FIELD(struct km_request_zone, state, KM_TEXT), .head = "STATE",
	  .brief = "state of the zone by its marks",
	  .explain = "As the field state of `kmeminfo zones`, whatever the request.",
	  .origin = FROM "min, low, high" },
	{ KM_FIELD(struct km_request_zone, managed_bytes, KM_BYTES), .head = "MANAGED",
	  .brief = "memory that the page allocator hands out",
	  .explain = "The size of the zone.", .origin = FROM "managed" },
	{ KM_FIELD(struct km_request_zone, verdict, KM_TEXT), .flags = KM_SHOWN, .head = "VERDICT",
	  .brief = "whether the zone serves the request, or why not",
	  .explain = "Each word can be explained by itself.", .origin = CHECK },
	{ 0 }
};

const struct km_sheet_type km_request_zone_type = {
	.name = "request_zones",
	.brief = "zones of a request: what is left for it in each",
	.explain = "free_bytes less unusable_bytes, watermark_bytes and lowmem_reserve_bytes is available_bytes.",
	.fields = fields,
	.row_size = sizeof(struct km_request_zone),
};

const struct km_topic km_request_verdicts[] = {
	[KM_VERDICT_ABOVE_ZONE] = {
		.key = "above zone", .brief = "the request's flags do not reach so high a zone",
		.explain = "GFP_DMA reaches DMA only, GFP_DMA32 also DMA32, the kernel's own requests up to "
			   "Normal, GFP_HIGHUSER up to HighMem and GFP_HIGHUSER_MOVABLE all zones.",
		.origin = "k6.12:include/linux/gfp.h gfp_zone" },
	[KM_VERDICT_OTHER_NODE] = {
		.key = "other node", .brief = "the zone's node is not among those that the request may use",
		.explain = "By a memory policy (nodemask) or a cpuset (mems_allowed). A cpuset holds requests of "
			   "user space (__GFP_HARDWALL); the kernel's own may leave it when memory is short.",
		.origin = "k6.12:kernel/cgroup/cpuset.c cpuset_node_allowed" },
	[KM_VERDICT_BELOW_MARK] = {
		.key = "below watermark", .brief = "not enough is free in the zone for this request",
		.explain = "What is free, less what the request may not take, does not exceed its mark and the "
			   "protection of lower zones.",
		.origin = "k6.12:mm/page_alloc.c __zone_watermark_ok" },
	[KM_VERDICT_NO_BLOCK] = {
		.key = "no block", .brief = "enough is free in the zone, but in no block that is large enough",
		.explain = "The zone is fragmented as far as this request is concerned.",
		.origin = "k6.12:mm/page_alloc.c __zone_watermark_ok" },
	[KM_VERDICT_OPEN] = {
		.key = "would fit", .brief = "the zone can serve the request as it stands",
		.explain = "In a report: memory was freed, or came back from lists of CPUs, after the refusal.",
		.origin = "k6.12:mm/page_alloc.c __zone_watermark_ok" },
	[KM_VERDICT_UNKNOWN] = {
		.key = "unknown", .brief = "what decides it is not known: a report is cut off, a file is not there" },
	{ 0 }
};
