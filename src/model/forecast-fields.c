// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/forecast.h"

#define ASKED .origin = "the command line"
#define COMPUTED .origin = "computed"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_forecast, api, KM_TEXT), .head = "API", .brief = "the allocation call",
	  .explain = "--api. Unknown: pages are requested directly.", ASKED },
	{ KM_FIELD(struct km_forecast, gfp, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "GFP",
	  .brief = "flags of the request", .explain = "--gfp; GFP_KERNEL unless it is given.", ASKED },
	{ KM_FIELD(struct km_forecast, flags, KM_TEXT), .head = "FLAGS",
	  .brief = "flags that reach the page allocator",
	  .explain = "Those of the request and what the call adds: kmalloc() above its caches adds __GFP_COMP, for "
		     "example.",
	  COMPUTED },
	{ KM_FIELD(struct km_forecast, context, KM_WORD), .words = &km_context_vocabulary, .head = "CONTEXT", .brief = "where the request is made",
	  .explain = "--context: process, softirq or hardirq.", ASKED },
	{ KM_FIELD(struct km_forecast, node, KM_COUNT),
	  .flags = KM_PROPERTY, .head = "NODE", .brief = "node where the request begins",
	  .explain = "--node, or the node of the CPU that kmeminfo runs on. Unknown in a capture without --node.",
	  .origin = "the command line, or getcpu()" },
	{ KM_FIELD(struct km_forecast, request_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_PROPERTY, .head = "REQUEST",
	  .brief = "size of the request", .explain = "--size, or the block of --order.", ASKED },
	{ KM_FIELD(struct km_forecast, order, KM_COUNT),
	  .flags = KM_SHOWN | KM_PROPERTY, .head = "ORDER",
	  .brief = "order of the block that is requested",
	  .explain = "2^order contiguous pages. 0 if pages are requested one by one.", COMPUTED },
	{ KM_FIELD(struct km_forecast, pages, KM_COUNT),
	  .flags = KM_PROPERTY, .head = "PAGES", .brief = "pages that are requested",
	  .explain = "All of the request.", COMPUTED },
	{ KM_FIELD(struct km_forecast, way, KM_WORD), .words = &km_api_way_vocabulary, .head = "FROM", .brief = "how the call gets its memory",
	  .explain = "Each word can be explained by itself.", COMPUTED },
	{ KM_FIELD(struct km_forecast, cache, KM_TEXT), .head = "CACHE", .brief = "slab cache that serves the request",
	  .explain = "Only for objects of a slab, and if /proc/slabinfo can be read.", .origin = "/proc/slabinfo" },
	{ KM_FIELD(struct km_forecast, free_objects, KM_COUNT),
	  .flags = KM_LEVEL, .head = "FREE-OBJECTS",
	  .brief = "free objects in the slabs of that cache",
	  .explain = "A free object needs no new page. It may be on the list of another CPU, so a slab may still be "
		     "needed.",
	  .origin = "/proc/slabinfo num_objs - active_objs" },
	{ KM_FIELD(struct km_forecast, answer, KM_TRI), .flags = KM_SHOWN, .head = "ANSWER",
	  .brief = "whether the request is served",
	  .explain = "yes and no are sure for the state of the machine at the moment of reading. Unknown: it depends "
		     "on what reclaim or compaction finds, or on what this user cannot read; `unknown` lists that.",
	  COMPUTED },
	{ KM_FIELD(struct km_forecast, prediction, KM_WORD), .words = &km_prediction_vocabulary, .flags = KM_SHOWN, .head = "PREDICTION",
	  .brief = "how it is served, or why not", .explain = "Each word can be explained by itself.", COMPUTED },
	{ KM_FIELD(struct km_forecast, node_served, KM_COUNT),
	  .flags = KM_SHOWN | KM_PROPERTY, .head = "FROM-NODE",
	  .brief = "node that serves it", .explain = "Unknown if several nodes are possible.", COMPUTED },
	{ KM_FIELD(struct km_forecast, zone_served, KM_TEXT), .flags = KM_SHOWN, .head = "FROM-ZONE",
	  .brief = "zone that serves it",
	  .explain = "The first zone above its low watermark. If there is none, the first zone above the part "
		     "of its min watermark that the request must leave free.",
	  COMPUTED },
	{ KM_FIELD(struct km_forecast, reason, KM_TEXT), .flags = KM_PROSE, .head = "REASON",
	  .brief = "why, with the figures", .explain = "For people; the wording may change.", COMPUTED },
	{ KM_FIELD(struct km_forecast, change, KM_TEXT), .flags = KM_PROSE, .head = "CHANGE",
	  .brief = "what would change the answer", .explain = "Other flags, a smaller order, another call, or a setting.",
	  COMPUTED },
	{ KM_FIELD(struct km_forecast, unknown, KM_TEXTS), .head = "UNKNOWN",
	  .brief = "what is not known, and where it could be read", .explain = "Empty if nothing is missing.", COMPUTED },
	{ KM_FIELD(struct km_forecast, compaction_index, KM_INDEX),
	  .flags = KM_LEVEL, .head = "FRAGINDEX",
	  .brief = "the kernel's fragmentation index of the order",
	  .explain = "For the zone with most memory above its watermark, if no block is large enough. Near 1 "
		     "compaction helps, near 0 reclaim.",
	  .origin = "k6.12:mm/vmstat.c __fragmentation_index" },
	{ KM_FIELD(struct km_forecast, compaction, KM_TRI), .head = "COMPACTION",
	  .brief = "whether the kernel tries compaction for it",
	  .explain = "A zone needs twice the request above its watermark; above order 3 the fragmentation "
		     "index has to exceed vm.extfrag_threshold, assumed to be 500. Unknown if the request "
		     "does not depend on compaction.",
	  .origin = "k6.12:mm/compaction.c compaction_suit_allocation_order" },
	{ KM_FIELD(struct km_forecast, charged, KM_TRI), .head = "CHARGED",
	  .brief = "whether a memory cgroup is charged for the request",
	  .explain = "Yes with __GFP_ACCOUNT, as in GFP_KERNEL_ACCOUNT. Unknown for flags that memory of user space and page "
		     "cache use, and for objects of a cache that may have SLAB_ACCOUNT. No in an interrupt.",
	  .origin = "k6.12:mm/memcontrol.c" },
	{ KM_FIELD(struct km_forecast, cgroup, KM_TEXT), .head = "CGROUP",
	  .brief = "memory cgroup that limits the caller most",
	  .explain = "The one whose limit the request exceeds, or else the one with the least left: --cgroup or that of "
		     "kmeminfo, and all above. Unknown without a limit, and in a capture without these files.",
	  .origin = "/proc/self/cgroup, /sys/fs/cgroup" },
	{ KM_FIELD(struct km_forecast, cgroup_limit_bytes, KM_BYTES),
	  .flags = KM_PROPERTY, .head = "CGROUP-LIMIT",
	  .brief = "that limit", .explain = "A limit of memory; in v1 also of memory and swap, or of kernel memory (to 5.15).",
	  .origin = "memory.max; v1: memory.limit_in_bytes, memory.memsw.limit_in_bytes, memory.kmem.limit_in_bytes" },
	{ KM_FIELD(struct km_forecast, cgroup_left_bytes, KM_BYTES),
	  .flags = KM_LEVEL, .head = "CGROUP-LEFT",
	  .brief = "what the limit leaves", .explain = "The limit minus the use of that cgroup.",
	  .origin = "memory.current; v1: the file usage_in_bytes beside the limit" },
	{ KM_FIELD(struct km_forecast, complaints, KM_TEXTS), .head = "WRONG", .brief = "what is wrong with the flags",
	  .explain = "As `kmeminfo gfp` reports it, and flags that the context does not allow.", COMPUTED },
	{ KM_FIELD(struct km_forecast, not_considered, KM_TEXTS), .head = "NOT-CONSIDERED",
	  .brief = "what the prediction leaves out",
	  .explain = "What could change the answer but is not considered.",
	  .origin = "fixed" },
	{ KM_FIELD(struct km_forecast, zones, KM_ROWS), .head = "ZONES", .rows = &km_request_zone_type,
	  .brief = "the zones, in the order in which the kernel tries them",
	  .explain = "Nodes by distance. On each node the highest zone that the flags allow comes first.", COMPUTED },
	{ 0 }
};

const struct km_sheet_type km_forecast_type = {
	.name = "predict",
	.brief = "whether an allocation would succeed now",
	.explain = "The page allocator's own tests, on the figures of the machine at one moment.",
	.fields = fields,
	.row_size = sizeof(struct km_forecast),
};

static const struct km_field cell_fields[] = {
	{ KM_FIELD(struct km_forecast_cell, order, KM_COUNT), .flags = KM_ID, .head = "ORDER",
	  .brief = "order of the block", .explain = "2^order contiguous pages.", .origin = "/proc/buddyinfo" },
	{ KM_FIELD(struct km_forecast_cell, block_bytes, KM_BYTES),
	  .flags = KM_PROPERTY, .head = "SIZE", .brief = "size of the block",
	  .explain = "2^order pages.", .origin = "/proc/buddyinfo" },
	{ KM_FIELD(struct km_forecast_cell, answer, KM_TRI), .head = "ANSWER", .brief = "whether it is served",
	  .explain = "As the field answer of a single prediction.", COMPUTED },
	{ KM_FIELD(struct km_forecast_cell, prediction, KM_WORD), .words = &km_prediction_vocabulary, .head = "PREDICTION",
	  .brief = "how it is served, or why not", .explain = "Each word can be explained by itself.", COMPUTED },
	{ KM_FIELD(struct km_forecast_cell, word, KM_WORD), .words = &km_forecast_vocabulary, .head = "WORD", .brief = "the prediction in one word",
	  .explain = "Each word can be explained by itself.", COMPUTED },
	{ 0 }
};

const struct km_sheet_type km_forecast_cell_type = {
	.name = "forecast_orders",
	.brief = "predictions for one mask, by order",
	.fields = cell_fields,
	.row_size = sizeof(struct km_forecast_cell),
	.spread_head = "order",
	.spread_cell = "word",
};

static const struct km_field row_fields[] = {
	{ KM_FIELD(struct km_forecast_row, gfp, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "GFP",
	  .brief = "flags of the request", .explain = "Masks that kernel code uses often.", .origin = "fixed" },
	{ KM_FIELD(struct km_forecast_row, orders, KM_ROWS), .flags = KM_SHOWN | KM_SPREAD, .rows = &km_forecast_cell_type,
	  .head = "ORDERS", .brief = "prediction for each order", .explain = "From one page to the largest block.",
	  COMPUTED },
	{ 0 }
};

const struct km_sheet_type km_forecast_row_type = {
	.name = "forecast",
	.brief = "predictions for common flags, by order",
	.explain = "One row per mask, one column per order.",
	.fields = row_fields,
	.row_size = sizeof(struct km_forecast_row),
};

const struct km_word km_forecast_words[] = {
	{ .key = "yes", .tone = KM_TONE_GOOD, .brief = "at once, above the low watermark" },
	{ .key = "low", .tone = KM_TONE_GOOD, .brief = "at once, below the low watermark: kswapd is woken" },
	{ .key = "reserve", .tone = KM_TONE_WARN, .brief = "only from the reserve below the min watermark" },
	{ .key = "served", .tone = KM_TONE_WARN, .brief = "served; whether at once, from a reserve or after reclaim is not known" },
	{ .key = "reclaim", .tone = KM_TONE_WARN, .brief = "after reclaim, if enough is found" },
	{ .key = "compact", .tone = KM_TONE_WARN, .brief = "after compaction, if a block can be made" },
	{ .key = "cgroup", .tone = KM_TONE_WARN, .brief = "a memory cgroup is at its limit: only after reclaim there, if at all" },
	{ .key = "no", .tone = KM_TONE_BAD, .brief = "refused" },
	{ .key = "?", .tone = KM_TONE_FAINT, .brief = "a deciding figure is not known" },
	{ 0 }
};

/* The keys of km_contexts, as --context accepts them. */
const char *const km_context_names[] = {
	[KM_CONTEXT_PROCESS] = "process",
	[KM_CONTEXT_SOFTIRQ] = "softirq",
	[KM_CONTEXT_HARDIRQ] = "hardirq",
	[KM_CONTEXTS] = NULL,
};

const struct km_word km_contexts[] = {
	[KM_CONTEXT_PROCESS] = { .key = "process", .brief = "a task that may sleep" },
	[KM_CONTEXT_SOFTIRQ] = {
		.key = "softirq", .brief = "a softirq: may not sleep, and no cpuset or memory policy binds it" },
	[KM_CONTEXT_HARDIRQ] = {
		.key = "hardirq", .brief = "an interrupt handler: may not sleep, and no cpuset or memory policy binds it" },
	[KM_CONTEXTS] = { 0 },
};

const struct km_word km_api_ways[] = {
	[KM_API_BLOCK] = { .key = "one block", .brief = "a contiguous block of the page allocator" },
	[KM_API_SLAB] = {
		.key = "slab object", .brief = "an object of a slab cache; a new slab only if no object is "
					       "free",
		.explain = "SLUB first requests a larger slab and finally the smallest that holds an object. "
			   "The prediction is for this last request.",
		.origin = "k6.12:mm/slub.c allocate_slab" },
	[KM_API_PAGES] = {
		.key = "single pages", .brief = "pages one by one, mapped to one range of addresses",
		.explain = "Fragmentation does not matter. New kernels try larger blocks first.",
		.origin = "k6.12:mm/vmalloc.c vm_area_alloc_pages" },
	[KM_API_CHUNK] = {
		.key = "per-CPU chunk", .brief = "from a chunk of per-CPU memory, which may have room",
		.explain = "No file reports the room in chunks, so nothing is predicted.",
		.origin = "k6.12:mm/percpu.c" },
	[KM_API_REFUSED] = { .key = "beyond the limit", .tone = KM_TONE_BAD, .brief = "larger than the call allows" },
	[KM_API_WAYS] = { 0 },
};

const struct km_vocabulary km_forecast_vocabulary = {
	.name = "forecast_word",
	.brief = "a prediction in one word",
	.items = km_forecast_words,
	.item_size = sizeof(*km_forecast_words),
};

const struct km_vocabulary km_context_vocabulary = {
	.name = "context",
	.brief = "where a request is made",
	.items = km_contexts,
	.item_size = sizeof(*km_contexts),
};

const struct km_vocabulary km_api_way_vocabulary = {
	.name = "api_way",
	.brief = "how a call gets its memory",
	.items = km_api_ways,
	.item_size = sizeof(*km_api_ways),
};
