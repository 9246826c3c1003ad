// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/probe.h"

#define MEASURED .origin = "measured by the helper module"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_probe, api, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "API",
	  .brief = "the call that was made",
	  .explain = "`kmeminfo explain NAME` describes what it guarantees.",
	  .origin = "the request" },
	{ KM_FIELD(struct km_probe, requested_bytes, KM_BYTES), .flags = KM_SHOWN | KM_ID, .head = "ASKED",
	  .brief = "requested bytes", .explain = "--size.", .origin = "the request" },
	{ KM_FIELD(struct km_probe, gfp, KM_TEXT), .flags = KM_SHOWN, .head = "GFP",
	  .brief = "requested flags",
	  .explain = "The value of --gfp. The module adds __GFP_NOWARN, __GFP_NORETRY to requests for blocks, and "
		     "__GFP_RETRY_MAYFAIL to requests for single pages, so that a probe never disturbs the machine.", .origin = "the request" },
	{ KM_FIELD(struct km_probe, context, KM_WORD), .words = &km_context_vocabulary, .head = "CONTEXT",
	  .brief = "where the call was made",
	  .explain = "--context: process, softirq or hardirq. In an interrupt the module refuses "
		     "calls and flags that may sleep.",
	  .origin = "the request" },
	{ KM_FIELD(struct km_probe, cgroup, KM_TEXT), .head = "CGROUP",
	  .brief = "memory cgroup that the call was made in",
	  .explain = "--cgroup. Unknown without it: the call was made in kmeminfo's own cgroup.",
	  .origin = "the request" },
	{ KM_FIELD(struct km_probe, repeat, KM_COUNT), .flags = KM_PROPERTY, .head = "REPEAT",
	  .brief = "number of tries", .explain = "--repeat.", .origin = "the request" },
	{ KM_FIELD(struct km_probe, prediction, KM_WORD), .words = &km_prediction_vocabulary, .flags = KM_SHOWN, .head = "PREDICTION",
	  .brief = "prediction made before the try",
	  .explain = "From the machine's files only, like the answer of `kmeminfo predict`. Each word can be explained "
		     "by itself. For vmalloc it is computed from the sum over the zones. For per-CPU memory nothing "
		     "is predicted, because no file shows its chunks.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_probe, answer, KM_TRI), .head = "ANSWER",
	  .brief = "whether the request was expected to be served",
	  .explain = "Yes and no are sure answers. Unknown: it depends on reclaim, or on an unknown figure.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_probe, node_predicted, KM_COUNT),
	  .flags = KM_PROPERTY, .head = "NODE-PREDICTED",
	  .brief = "node that was expected to serve", .explain = "Unknown if several are possible.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_probe, zone_predicted, KM_TEXT), .head = "ZONE-PREDICTED",
	  .brief = "zone that was expected to serve", .explain = "Unknown if several are possible.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_probe, reason, KM_TEXT), .flags = KM_PROSE, .head = "REASON",
	  .brief = "reason of the prediction, with figures", .explain = "It names the zone that decides.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_probe, verdict, KM_WORD), .words = &km_probe_verdict_vocabulary, .flags = KM_SHOWN, .head = "VERDICT",
	  .brief = "result of the try",
	  .explain = "`kmeminfo explain probe-verdict` explains the words.", MEASURED },
	{ KM_FIELD(struct km_probe, why, KM_TEXT), .flags = KM_SHOWN, .head = "WHY",
	  .brief = "reason why it was not granted", .explain = "Unknown if it was granted.", MEASURED },
	{ KM_FIELD(struct km_probe, granted, KM_COUNT), .flags = KM_PROPERTY, .head = "GRANTED",
	  .brief = "times it was granted", .explain = "Of repeat.", MEASURED },
	{ KM_FIELD(struct km_probe, usable_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_PROPERTY, .head = "USABLE",
	  .brief = "bytes that the allocator gave",
	  .explain = "For kmalloc the value of ksize(), otherwise whole pages or the cache's "
		     "object size.", MEASURED },
	{ KM_FIELD(struct km_probe, waste_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_PROPERTY, .head = "WASTE",
	  .brief = "usable minus requested bytes", .explain = "The cost of rounding up, for each allocation.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_probe, waste_ratio, KM_RATIO),
	  .flags = KM_BAR | KM_PROPERTY, .head = "LOST",
	  .brief = "part of the usable bytes that was not requested", .explain = "Waste divided by usable.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_probe, cache, KM_TEXT), .flags = KM_SHOWN, .head = "CACHE",
	  .brief = "slab cache that served it",
	  .explain = "Unknown if none did, or if it cannot be determined.",
	  MEASURED },
	{ KM_FIELD(struct km_probe, object_bytes, KM_BYTES), .flags = KM_PROPERTY, .head = "OBJECT",
	  .brief = "object size of that cache", .explain = "Unknown without a cache.", MEASURED },
	{ KM_FIELD(struct km_probe, order, KM_COUNT), .flags = KM_PROPERTY, .head = "ORDER",
	  .brief = "order of the slab or block that it is part of", .explain = "2^order pages.", MEASURED },
	{ KM_FIELD(struct km_probe, align_bytes, KM_BYTES), .flags = KM_PROPERTY, .head = "ALIGN",
	  .brief = "smallest alignment seen",
	  .explain = "Not guaranteed: with few repetitions it may be chance.",
	  MEASURED },
	{ KM_FIELD(struct km_probe, page_aligned, KM_TRI), .head = "PAGE-ALIGNED",
	  .brief = "whether it began at the start of a page", .explain = "In every repetition.", MEASURED },
	{ KM_FIELD(struct km_probe, range, KM_WORD), .words = &km_probe_range_vocabulary, .flags = KM_SHOWN, .head = "RANGE",
	  .brief = "address range of the memory",
	  .explain = "`kmeminfo explain probe-range` explains the words.", MEASURED },
	{ KM_FIELD(struct km_probe, contiguous, KM_TRI), .flags = KM_SHOWN, .head = "CONTIG",
	  .brief = "whether its page frames are contiguous",
	  .explain = "For vmalloc a yes is chance and not guaranteed.", MEASURED },
	{ KM_FIELD(struct km_probe, pages, KM_COUNT), .flags = KM_PROPERTY, .head = "PAGES",
	  .brief = "page frames that one allocation touches", .explain = "Also if only part of a "
		"page is used.",
	  MEASURED },
	{ KM_FIELD(struct km_probe, runs_min, KM_COUNT), .flags = KM_PROPERTY, .head = "RUNS-MIN",
	  .brief = "fewest physically contiguous runs seen", .explain = "1: contiguous.", MEASURED },
	{ KM_FIELD(struct km_probe, runs_max, KM_COUNT), .flags = KM_PROPERTY, .head = "RUNS-MAX",
	  .brief = "most physically contiguous runs seen", .explain = "1: always contiguous.", MEASURED },
	{ KM_FIELD(struct km_probe, zone_wanted, KM_TEXT), .flags = KM_SHOWN, .head = "WANTED",
	  .brief = "highest zone that the flags allow", .explain = "Lower zones may be used too.", MEASURED },
	{ KM_FIELD(struct km_probe, zones, KM_ROWS), .rows = &km_probe_zone_type, .head = "ZONES",
	  .brief = "zones that its page frames lay in", .explain = "To compare with zone_wanted.", MEASURED },
	{ KM_FIELD(struct km_probe, nodes, KM_ROWS), .rows = &km_probe_zone_type, .head = "NODES",
	  .brief = "nodes that its page frames lay on", .explain = "To compare with --node.", MEASURED },
	{ KM_FIELD(struct km_probe, zeroed, KM_WORD), .words = &km_zeroed_vocabulary, .flags = KM_SHOWN, .head = "ZEROED",
	  .brief = "whether the memory was zero, and whether that proves anything",
	  .explain = "Tested with --dirty, on memory that was filled just before. `kmeminfo "
		     "explain zeroed` explains the words.", MEASURED },
	{ KM_FIELD(struct km_probe, may_sleep, KM_TRI), .flags = KM_SHOWN, .head = "SLEEP",
	  .brief = "whether the call may sleep with these flags", .explain = "Derived from the rules, not "
		"tested.",
	  MEASURED },
	{ KM_FIELD(struct km_probe, freed, KM_TRI), .head = "FREED",
	  .brief = "whether its page was free after the memory was freed",
	  .explain = "Known if the page was seen in use before.", MEASURED },
	{ KM_FIELD(struct km_probe, released, KM_TRI), .head = "RELEASED",
	  .brief = "whether it was freed with its device", .explain = "devm_kzalloc only.", MEASURED },
	{ KM_FIELD(struct km_probe, median_ns, KM_COUNT), .flags = KM_PROPERTY, .head = "MEDIAN-NS",
	  .brief = "median duration of the allocating call", .explain = "Nanoseconds; latency has "
		"the details.",
	  MEASURED },
	{ KM_FIELD(struct km_probe, latency, KM_ROWS), .rows = &km_probe_latency_type, .head = "LATENCY",
	  .brief = "how long allocating and freeing took", .explain = "As a distribution.", MEASURED },
	{ 0 }
};

const struct km_sheet_type km_probe_type = {
	.name = "probe",
	.brief = "an allocation tried in the running kernel",
	.explain = "The helper module makes the call, examines the memory, and frees it before it "
		   "answers.",
	.fields = fields,
	.row_size = sizeof(struct km_probe),
};

enum zeroed { ZEROED_GUARANTEED, ZEROED_BROKEN, ZEROED_NOT, ZEROED_INIT, ZEROED_CLEAN, ZEROED_UNTOLD };

const struct km_word km_probe_zeroed_words[] = {
	[ZEROED_GUARANTEED] = { "guaranteed", "zero, as the call guarantees",
		"kzalloc and similar calls, or __GFP_ZERO: every repetition was zero.", NULL, NULL, KM_TONE_PLAIN },
	[ZEROED_BROKEN] = { "broken-promise", "guaranteed to be zero but was not",
		"A kernel bug, or other code wrote to the memory meanwhile.", NULL, NULL, KM_TONE_PLAIN },
	[ZEROED_NOT] = { "not-zeroed", "the previous contents were still there",
		"The call guarantees nothing, and at least one repetition was not zero.", NULL, NULL, KM_TONE_PLAIN },
	[ZEROED_INIT] = { "init-on-alloc", "zero only because this kernel zeroes everything",
		"init_on_alloc=1 hides whether the call zeroes: boot with init_on_alloc=0 to see "
		"it.", NULL, NULL, KM_TONE_PLAIN },
	[ZEROED_CLEAN] = { "clean-by-chance", "zero although it was dirty before",
		"Memory that was filled just before was zero again without a guarantee.", NULL, NULL, KM_TONE_PLAIN },
	[ZEROED_UNTOLD] = { "unknown", "zero, but nothing had dirtied it",
		"Without --dirty, or if other memory was returned, a zero proves nothing.", NULL, NULL, KM_TONE_PLAIN },
	{ 0 }
};

const struct km_word km_probe_verdicts[] = {
	[KMEMINFO_GRANTED] = { "granted", "every repetition got memory", NULL, NULL, NULL, KM_TONE_PLAIN },
	[KMEMINFO_PARTLY] = { "partly", "some repetitions got memory", "The field granted counts them.", NULL, NULL, KM_TONE_PLAIN },
	[KMEMINFO_DENIED] = { "denied", "the allocator returned no memory", "The request was made each time.", NULL, NULL, KM_TONE_PLAIN },
	[KMEMINFO_LIMIT] = { "limit", "not tried: above a limit of this kernel",
		"The call would fail, in some kernels with a warning in the log.", NULL, NULL, KM_TONE_PLAIN },
	[KMEMINFO_REFUSED] = { "refused", "not tried, for safety",
		"The request could disturb the machine. The field why has the reason.", NULL, NULL, KM_TONE_PLAIN },
	{ 0 }
};

enum range { RANGE_LINEAR, RANGE_VMALLOC, RANGE_NONE };

const struct km_word km_probe_ranges[] = {
	[RANGE_LINEAR] = { "linear map", "in the kernel's linear map of memory",
		"The difference of virtual and physical address was the same on every page.", NULL, NULL, KM_TONE_PLAIN },
	[RANGE_VMALLOC] = { "vmalloc range", "in the address range of vmalloc()",
		"Its pages are mapped one by one and need not be contiguous.", NULL, NULL, KM_TONE_PLAIN },
	[RANGE_NONE] = { "without an address", "high memory, which has no permanent kernel address",
		"Only 32-bit kernels have such memory. kmap() maps it when it is used.", NULL, NULL, KM_TONE_PLAIN },
	{ 0 }
};

#define API_NAME(id, name) name,
static const char *const api_names[] = { KMEMINFO_APIS(API_NAME) };

const char *km_probe_api_name(unsigned int api)
{
	return api < KMEMINFO_API_COUNT ? api_names[api] : NULL;
}

int km_probe_api_find(struct km_str name)
{
	for (int i = 0; i < KMEMINFO_API_COUNT; i++)
		if (km_str_eq(name, km_str_from(api_names[i])))
			return i;
	return -1;
}

enum km_tri km_probe_fact(const struct kmeminfo_probe *probe, enum kmeminfo_fact fact)
{
	const struct kmeminfo_tally *tally = &probe->facts[fact];

	if (tally->yes && !tally->no)
		return KM_TRI_YES;
	return tally->no && !tally->yes ? KM_TRI_NO : KM_TRI_UNKNOWN;
}

struct km_str km_probe_zone_name(const struct km_module_file *info, uint64_t index)
{
	const struct km_module_file_line *line;

	if (info)
		km_array_each(line, &info->lines)
			if (km_str_eq(line->key, KM_STR("zone")) &&
			    km_module_file_number(line, KM_STR("index")) == index)
				return km_module_file_text(line, KM_STR("name"));
	return (struct km_str){ 0 };
}

static bool promises_zero(const struct kmeminfo_probe *probe, const struct km_module_file *info)
{
	(void)info;
	switch (probe->api) {
	case KMEMINFO_API_KZALLOC:
	case KMEMINFO_API_VZALLOC:
	case KMEMINFO_API_GET_ZEROED_PAGE:
	case KMEMINFO_API_ALLOC_PERCPU:
	case KMEMINFO_API_DEVM_KZALLOC:
	case KMEMINFO_API_DMA_ALLOC_COHERENT:
		return true;
	default:
		/* ___GFP_ZERO is 0x100 in all kernels from 5.10 to 7.2 */
		return probe->gfp & 0x100;
	}
}

static const struct km_word *zeroed_word(const struct kmeminfo_probe *probe, const struct km_module_file *info)
{
	const struct kmeminfo_tally *zeroed = &probe->facts[KMEMINFO_FACT_ZEROED];
	enum zeroed word = ZEROED_UNTOLD;

	if (!zeroed->yes && !zeroed->no)
		return NULL;
	if (promises_zero(probe, info))
		word = zeroed->no ? ZEROED_BROKEN : ZEROED_GUARANTEED;
	else if (zeroed->no)
		word = ZEROED_NOT;
	else if (km_module_file_value_number(info, KM_STR("init_on_alloc")) == 1)
		word = ZEROED_INIT;
	else if (probe->facts[KMEMINFO_FACT_CLEANED].yes)
		word = ZEROED_CLEAN;
	return &km_probe_zeroed_words[word];
}

static const struct km_word *range_of(const struct kmeminfo_probe *probe)
{
	if (km_probe_fact(probe, KMEMINFO_FACT_UNMAPPED) == KM_TRI_YES)
		return &km_probe_ranges[RANGE_NONE];
	if (km_probe_fact(probe, KMEMINFO_FACT_VMALLOC) == KM_TRI_YES)
		return &km_probe_ranges[RANGE_VMALLOC];
	if (km_probe_fact(probe, KMEMINFO_FACT_LINEAR) == KM_TRI_YES)
		return &km_probe_ranges[RANGE_LINEAR];
	return NULL;
}

static void set_facts(struct km_pool *pool, const struct kmeminfo_probe *probe,
		      const struct km_module_file *info, struct km_probe *row)
{
	/* KMEMINFO_UNKNOWN equals KM_UNKNOWN */
	row->usable_bytes = probe->usable_bytes;
	row->waste_bytes = km_num_sub(row->usable_bytes, row->requested_bytes);
	row->waste_ratio = km_num_ratio(row->waste_bytes, row->usable_bytes);
	row->cache = *probe->cache ? km_pool_copy(pool, km_str_from(probe->cache)) : row->cache;
	row->object_bytes = probe->object_bytes ? probe->object_bytes : KM_UNKNOWN;
	row->order = probe->order < 0 ? KM_UNKNOWN : (uint64_t)probe->order;
	row->align_bytes = 1ULL << (probe->align_log2 & 63);
	row->page_aligned = km_probe_fact(probe, KMEMINFO_FACT_PAGE_ALIGNED);
	row->range = range_of(probe);
	row->contiguous = km_probe_fact(probe, KMEMINFO_FACT_CONTIGUOUS);
	row->pages = probe->pages;
	row->runs_min = probe->runs_min;
	row->runs_max = probe->runs_max;
	row->zones = km_probe_zones_of(pool, probe, info);
	row->nodes = km_probe_nodes_of(pool, probe);
	row->zeroed = zeroed_word(probe, info);
	row->freed = km_probe_fact(probe, KMEMINFO_FACT_FREED);
	row->released = km_probe_fact(probe, KMEMINFO_FACT_RELEASED);
	row->latency = km_probe_latency_of(pool, probe);
	row->median_ns = probe->alloc.median_ns;
}

enum km_context km_probe_context(const struct kmeminfo_probe *probe)
{
	return probe->prepare & KMEMINFO_PREPARE_HARDIRQ ? KM_CONTEXT_HARDIRQ :
	       probe->prepare & KMEMINFO_PREPARE_SOFTIRQ ? KM_CONTEXT_SOFTIRQ : KM_CONTEXT_PROCESS;
}

void km_probe_derive(struct km_pool *pool, const struct kmeminfo_probe *probe, struct km_str gfp,
		     const struct km_module_file *info, struct km_probe *row)
{
	const char *api = km_probe_api_name(probe->api);

	km_row_init(&km_probe_type, row);
	row->api = km_str_from(api);
	row->requested_bytes = probe->bytes;
	row->gfp = gfp;
	row->context = &km_contexts[km_probe_context(probe)];
	row->repeat = probe->repeat ? probe->repeat : 1;
	if (probe->verdict <= KMEMINFO_REFUSED)
		row->verdict = &km_probe_verdicts[probe->verdict];
	if (*probe->why)
		row->why = km_pool_copy(pool, km_str_from(probe->why));
	row->granted = probe->granted;
	if (probe->want_zone >= 0)
		row->zone_wanted = km_probe_zone_name(info, (uint64_t)probe->want_zone);
	row->may_sleep = km_probe_fact(probe, KMEMINFO_FACT_MAY_BLOCK);
	if (probe->granted)
		set_facts(pool, probe, info, row);
}

const struct km_vocabulary km_zeroed_vocabulary = {
	.name = "zeroed",
	.brief = "what a probe can say of memory that was zero",
	.items = km_probe_zeroed_words,
	.item_size = sizeof(*km_probe_zeroed_words),
};

const struct km_vocabulary km_probe_verdict_vocabulary = {
	.name = "probe-verdict",
	.brief = "result of a probe",
	.items = km_probe_verdicts,
	.item_size = sizeof(*km_probe_verdicts),
};

const struct km_vocabulary km_probe_range_vocabulary = {
	.name = "probe-range",
	.brief = "address range of a probe's memory",
	.items = km_probe_ranges,
	.item_size = sizeof(*km_probe_ranges),
};
