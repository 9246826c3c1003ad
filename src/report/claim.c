// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include "model/gfp.h"
#include "report/claim.h"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_claim, id, KM_WORD), .words = &km_claim_vocabulary, .flags = KM_SHOWN | KM_ID, .head = "CLAIM",
	  .brief = "the claim's name", .explain = "`kmeminfo explain NAME` explains it.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_claim, claim, KM_TEXT), .head = "SAYS",
	  .brief = "what is claimed", .explain = "As in working notes on the allocators.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_claim, verdict, KM_WORD), .words = &km_claim_verdict_vocabulary, .flags = KM_SHOWN, .head = "VERDICT",
	  .brief = "holds, false, by-rule, or untestable here",
	  .explain = "The words are topics of their own.", .origin = "measured by the helper module" },
	{ KM_FIELD(struct km_claim, evidence, KM_TEXT), .flags = KM_SHOWN, .head = "EVIDENCE",
	  .brief = "what was measured", .explain = "On the running kernel, just now.",
	  .origin = "measured by the helper module" },
	{ 0 }
};

const struct km_sheet_type km_claim_type = {
	.name = "claims",
	.brief = "common statements about the allocators, checked on this kernel",
	.fields = fields,
	.row_size = sizeof(struct km_claim),
};

enum verdict { HOLDS, NO_LONGER, FALSE_CLAIM, BY_RULE, UNTESTABLE };

const struct km_word km_claim_verdicts[] = {
	[HOLDS] = { "holds", "confirmed by measurement on this kernel", NULL, NULL, NULL },
	[NO_LONGER] = { "no-longer", "was true on older kernels, but not on this one", NULL, NULL, NULL },
	[FALSE_CLAIM] = { "false", "refuted by measurement on this kernel", NULL, NULL, NULL },
	[BY_RULE] = { "by-rule", "cannot be tested from outside; the rule and its source are "
				 "given", NULL,
		      NULL, NULL },
	[UNTESTABLE] = { "untestable", "cannot be tested here, for the reason given", NULL, NULL, NULL },
	{ 0 }
};

struct km_claim_result {
	enum verdict verdict;
	struct km_str evidence;
};

#define RESULT(verdict, ...)                                                                       \
	((struct km_claim_result){ verdict, km_pool_printf(prober->pool, __VA_ARGS__) })
#define CHECKED(condition, ...) RESULT((condition) ? HOLDS : FALSE_CLAIM, __VA_ARGS__)

static uint32_t flag(const struct km_claim_prober *prober, const char *name)
{
	const struct km_flags *row = km_flags_find(prober->flags, km_str_from(name));

	return row && row->number != KM_UNKNOWN ? (uint32_t)row->number : 0;
}

static struct kmeminfo_probe ask(const struct km_claim_prober *prober, enum kmeminfo_api api, uint64_t bytes,
				 const char *gfp, uint32_t prepare, uint32_t repeat)
{
	struct kmeminfo_probe probe = { .api = api, .bytes = bytes, .gfp = flag(prober, gfp), .node = -1,
					.prepare = prepare, .repeat = repeat };

	if (prober->probe(prober->device, &probe)) {
		probe.granted = 0;
		probe.verdict = KMEMINFO_DENIED;
	}
	return probe;
}

static uint64_t info(const struct km_claim_prober *prober, const char *key)
{
	return km_module_file_value_number(prober->info, km_str_from(key));
}

static bool yes(const struct kmeminfo_probe *probe, enum kmeminfo_fact fact)
{
	return probe->granted && km_probe_fact(probe, fact) == KM_TRI_YES;
}

static struct km_claim_result denied(const struct km_claim_prober *prober, const struct kmeminfo_probe *probe)
{
	return RESULT(UNTESTABLE, "%s of %llu bytes: %s", km_probe_api_name(probe->api),
		      (unsigned long long)probe->bytes, *probe->why ? probe->why : "no answer");
}

#define U(number) ((unsigned long long)(number))

/* No allocator has larger contiguous blocks, and sizes up to it can be doubled. */
#define MOST_BYTES (1ULL << 48)

static struct km_claim_result page_frames(const struct km_claim_prober *prober)
{
	if (prober->page_bytes == KM_UNKNOWN)
		return RESULT(UNTESTABLE, "the page size is not known");
	return CHECKED(prober->page_bytes == 4096, "pages here have %llu bytes", U(prober->page_bytes));
}

static struct km_claim_result objects_fit(const struct km_claim_prober *prober)
{
	struct kmeminfo_probe probe = ask(prober, KMEMINFO_API_KMALLOC, 100, "GFP_KERNEL", 0, 1);

	if (!probe.granted)
		return denied(prober, &probe);
	return CHECKED(probe.usable_bytes < prober->page_bytes,
		       "kmalloc of 100 bytes gave %llu, from %s", U(probe.usable_bytes),
		       *probe.cache ? probe.cache : "a slab");
}

/* The module does not report a limit that the claim is about. */
static struct km_claim_result unknown_limit(const struct km_claim_prober *prober, const char *key)
{
	return RESULT(UNTESTABLE, "/proc/kmeminfo/info does not report %s", key);
}

/* Over all sizes of kmalloc: a fact, or how often it was missing. */
static struct km_claim_result over_sizes(const struct km_claim_prober *prober, enum kmeminfo_fact fact,
				const char *what)
{
	const uint64_t largest = km_num_or(info(prober, "kmalloc_max_bytes"), 0);
	unsigned int sizes = 0, good = 0, tries = 0;

	if (!largest)
		return unknown_limit(prober, "kmalloc_max_bytes");
	for (uint64_t bytes = 8; bytes <= largest && bytes <= MOST_BYTES; bytes *= 2) {
		struct kmeminfo_probe probe = ask(prober, KMEMINFO_API_KMALLOC, bytes, "GFP_KERNEL", 0, 16);

		if (!probe.granted)
			continue;
		sizes++;
		good += km_probe_fact(&probe, fact) == KM_TRI_YES;
		tries += probe.granted;
	}
	if (!sizes)
		return RESULT(UNTESTABLE, "no size could be allocated");
	return CHECKED(good == sizes, "%s at %u of %u sizes, %u objects", what, good, sizes, tries);
}

static struct km_claim_result kmalloc_linear(const struct km_claim_prober *prober)
{
	return over_sizes(prober, KMEMINFO_FACT_LINEAR, "virtual minus physical was one constant");
}

static struct km_claim_result kmalloc_contig(const struct km_claim_prober *prober)
{
	return over_sizes(prober, KMEMINFO_FACT_CONTIGUOUS, "one physical run");
}

static struct km_claim_result kmalloc_128k(const struct km_claim_prober *prober)
{
	const uint64_t most = info(prober, "kmalloc_max_bytes"), cache = info(prober, "kmalloc_max_cache_bytes");
	uint64_t largest = 0;

	if (most == KM_UNKNOWN || cache == KM_UNKNOWN)
		return unknown_limit(prober, most == KM_UNKNOWN ? "kmalloc_max_bytes" : "kmalloc_max_cache_bytes");
	for (uint64_t bytes = 128 * 1024; bytes <= 64ULL << 20; bytes *= 2) {
		struct kmeminfo_probe probe = ask(prober, KMEMINFO_API_KMALLOC, bytes, "GFP_KERNEL", 0, 1);

		if (!probe.granted)
			break;
		largest = bytes;
	}
	return RESULT(largest > 128 * 1024 ? NO_LONGER : HOLDS,
		      "%llu KiB could be allocated; the limit is %llu KiB, that of the caches "
		      "%llu KiB",
		      U(largest / 1024), U(most / 1024), U(cache / 1024));
}

static struct km_claim_result kfree_pairs(const struct km_claim_prober *prober)
{
	uint64_t bytes = km_num_mul(2, info(prober, "kmalloc_max_cache_bytes"));
	const struct kmeminfo_tally *freed;
	struct kmeminfo_probe probe;

	if (bytes == KM_UNKNOWN)
		return unknown_limit(prober, "kmalloc_max_cache_bytes");
	probe = ask(prober, KMEMINFO_API_KMALLOC, bytes, "GFP_KERNEL", 0, 16);
	freed = &probe.facts[KMEMINFO_FACT_FREED];
	if (!probe.granted || freed->yes + freed->no == 0)
		return denied(prober, &probe);
	/* A page that is in use after it was freed may have another owner by then. */
	return CHECKED(freed->yes > 0, "the page was free after %u of %u kfree()", freed->yes,
		       freed->yes + freed->no);
}

/*
 * New kernels take the largest blocks there are first (k7.x:mm/vmalloc.c), so that a small area may be one
 * run: larger ones are tried, and the page more than a power of two has to come from elsewhere.
 */
static struct km_claim_result vmalloc_virtual(const struct km_claim_prober *prober)
{
	const uint64_t most = info(prober, "max_bytes");
	struct kmeminfo_probe probe = { .api = KMEMINFO_API_VMALLOC };

	if (most == KM_UNKNOWN)
		return unknown_limit(prober, "max_bytes");
	for (uint64_t bytes = 4 << 20; bytes < most && bytes < MOST_BYTES; bytes *= 2) {
		probe = ask(prober, KMEMINFO_API_VMALLOC, bytes + prober->page_bytes, "GFP_KERNEL",
			    KMEMINFO_PREPARE_SCATTER, 4);
		if (!probe.granted || probe.runs_max > 1)
			break;
	}
	if (!probe.granted)
		return denied(prober, &probe);
	if (probe.runs_max == 1)
		return RESULT(UNTESTABLE, "%llu pages came as one run: by chance, not guaranteed",
			      U(probe.pages));
	return CHECKED(probe.runs_max > 1, "%llu pages came in %llu to %llu physical runs",
		       U(probe.pages), U(probe.runs_min), U(probe.runs_max));
}

static struct km_claim_result vmalloc_range(const struct km_claim_prober *prober)
{
	struct kmeminfo_probe probe = ask(prober, KMEMINFO_API_VMALLOC, 1 << 20, "GFP_KERNEL", 0, 4);

	if (!probe.granted)
		return denied(prober, &probe);
	return CHECKED(yes(&probe, KMEMINFO_FACT_VMALLOC), "%u of %u lay in the vmalloc range",
		       probe.facts[KMEMINFO_FACT_VMALLOC].yes, probe.granted);
}

static struct km_claim_result vmalloc_nolimit(const struct km_claim_prober *prober)
{
	const uint64_t bytes = km_num_mul(2, info(prober, "kmalloc_max_bytes"));
	const uint64_t range = info(prober, "vmalloc_range_bytes");
	struct kmeminfo_probe probe;

	if (bytes == KM_UNKNOWN || range == KM_UNKNOWN)
		return unknown_limit(prober, bytes == KM_UNKNOWN ? "kmalloc_max_bytes" : "vmalloc_range_bytes");
	probe = ask(prober, KMEMINFO_API_VMALLOC, bytes, "GFP_KERNEL", 0, 1);
	if (!probe.granted)
		return denied(prober, &probe);
	return RESULT(FALSE_CLAIM,
		      "%llu MiB, twice the limit of kmalloc, could be allocated; the limits are "
		      "free memory and the range of %llu MiB", U(bytes >> 20), U(range >> 20));
}

static struct km_claim_result may_sleep(const struct km_claim_prober *prober, enum kmeminfo_api api)
{
	struct kmeminfo_probe probe = ask(prober, api, prober->page_bytes, "GFP_KERNEL", 0, 1);

	if (!probe.granted)
		return denied(prober, &probe);
	return RESULT(BY_RULE, "GFP_KERNEL may sleep; might_sleep() guards it (mm/vmalloc.c)");
}

static struct km_claim_result vmalloc_sleeps(const struct km_claim_prober *prober)
{
	return may_sleep(prober, KMEMINFO_API_VMALLOC);
}

static struct km_claim_result vfree_sleeps(const struct km_claim_prober *prober)
{
	return RESULT(BY_RULE, "no longer true: in an interrupt vfree() defers to a work item; "
			       "only NMIs may not call it (mm/vmalloc.c, 3.10 on)");
}

static struct km_claim_result vmalloc_modules(const struct km_claim_prober *prober)
{
	if (prober->module_areas == KM_UNKNOWN)
		return RESULT(UNTESTABLE, "/proc/vmallocinfo cannot be read");
	return CHECKED(prober->module_areas > 0, "%llu areas of /proc/vmallocinfo hold module code",
		       U(prober->module_areas));
}

/* One page, at a page's start. */
static struct km_claim_result one_page(const struct km_claim_prober *prober, enum kmeminfo_api api)
{
	struct kmeminfo_probe probe = ask(prober, api, 1, "GFP_KERNEL", KMEMINFO_PREPARE_DIRTY, 16);
	const struct kmeminfo_tally *zeroed = &probe.facts[KMEMINFO_FACT_ZEROED];

	if (!probe.granted)
		return denied(prober, &probe);
	return CHECKED(probe.usable_bytes == prober->page_bytes && yes(&probe, KMEMINFO_FACT_PAGE_ALIGNED),
		       "a request for 1 byte returned %llu, page-aligned; %u of %u were zero%s",
		       U(probe.usable_bytes), zeroed->yes, zeroed->yes + zeroed->no,
		       info(prober, "init_on_alloc") == 1 ? " (this kernel zeroes everything)" : "");
}

static struct km_claim_result zeroed_page(const struct km_claim_prober *prober)
{
	return one_page(prober, KMEMINFO_API_GET_ZEROED_PAGE);
}

static struct km_claim_result free_page(const struct km_claim_prober *prober)
{
	return one_page(prober, KMEMINFO_API_GET_FREE_PAGES);
}

static struct km_claim_result free_pages(const struct km_claim_prober *prober)
{
	struct kmeminfo_probe probe = ask(prober, KMEMINFO_API_GET_FREE_PAGES, 3 * prober->page_bytes,
					  "GFP_KERNEL", 0, 4);

	if (!probe.granted)
		return denied(prober, &probe);
	return CHECKED(probe.usable_bytes == 4 * prober->page_bytes, "a request for 3 pages used "
		"%llu",
		       U(probe.usable_bytes / prober->page_bytes));
}

static struct km_claim_result devm_frees(const struct km_claim_prober *prober)
{
	struct kmeminfo_probe probe = ask(prober, KMEMINFO_API_DEVM_KZALLOC, 100, "GFP_KERNEL", 0, 4);

	if (!probe.granted)
		return denied(prober, &probe);
	return CHECKED(yes(&probe, KMEMINFO_FACT_RELEASED), "released with its device %u of %u times",
		       probe.facts[KMEMINFO_FACT_RELEASED].yes, probe.granted);
}

static struct km_claim_result devm_zeroed(const struct km_claim_prober *prober)
{
	struct kmeminfo_probe probe = ask(prober, KMEMINFO_API_DEVM_KZALLOC, 100, "GFP_KERNEL",
					  KMEMINFO_PREPARE_DIRTY, 16);

	const struct kmeminfo_tally *zeroed = &probe.facts[KMEMINFO_FACT_ZEROED];
	const struct kmeminfo_tally *cleaned = &probe.facts[KMEMINFO_FACT_CLEANED];

	if (!probe.granted)
		return denied(prober, &probe);
	if (zeroed->no)
		return RESULT(FALSE_CLAIM, "%u of %u were not zero", zeroed->no, probe.granted);
	if (info(prober, "init_on_alloc") == 1)
		return RESULT(UNTESTABLE, "%u of %u were zero, but this kernel zeroes everything "
			      "(init_on_alloc)", zeroed->yes, probe.granted);
	if (!cleaned->yes)
		return RESULT(UNTESTABLE, "%u of %u were zero, but none was dirty before", zeroed->yes,
			      probe.granted);
	return RESULT(HOLDS, "%u of %u were zero, %u of them dirty just before", zeroed->yes,
		      probe.granted, cleaned->yes);
}

static struct km_claim_result flags_how(const struct km_claim_prober *prober)
{
	return CHECKED(flag(prober, "__GFP_DIRECT_RECLAIM") && flag(prober, "__GFP_IO") && flag(prober, "__GFP_FS"),
		       "__GFP_DIRECT_RECLAIM 0x%x, __GFP_KSWAPD_RECLAIM 0x%x, __GFP_IO 0x%x, __GFP_FS 0x%x",
		       flag(prober, "__GFP_DIRECT_RECLAIM"), flag(prober, "__GFP_KSWAPD_RECLAIM"),
		       flag(prober, "__GFP_IO"), flag(prober, "__GFP_FS"));
}

/* The zone that served most pages of a probe. */
static struct km_str zone_served(const struct km_claim_prober *prober, const struct kmeminfo_probe *probe)
{
	size_t best = 0;

	for (size_t i = 1; i < sizeof(probe->zone_pages) / sizeof(*probe->zone_pages); i++)
		if (probe->zone_pages[i] > probe->zone_pages[best])
			best = i;
	return km_probe_zone_name(prober->info, best);
}

/* Pages of a probe from zones above the highest that its flags allow. */
static uint64_t pages_beyond(const struct kmeminfo_probe *probe)
{
	uint64_t pages = 0;

	for (size_t i = 0; i < sizeof(probe->zone_pages) / sizeof(*probe->zone_pages); i++)
		if (probe->want_zone >= 0 && i > (size_t)probe->want_zone)
			pages += probe->zone_pages[i];
	return pages;
}

static struct km_claim_result flags_where(const struct km_claim_prober *prober)
{
	static const char *const masks[] = { "GFP_DMA", "GFP_DMA32", "GFP_KERNEL", "GFP_HIGHUSER",
					     "GFP_HIGHUSER_MOVABLE" };
	char text[256] = "";
	struct km_str zone, first = { 0 };
	size_t len = 0, served = 0;
	bool differ = false;

	for (size_t i = 0; i < sizeof(masks) / sizeof(*masks); i++) {
		struct kmeminfo_probe probe =
			ask(prober, KMEMINFO_API_ALLOC_PAGES, prober->page_bytes, masks[i], 0, 8);

		if (pages_beyond(&probe))
			return RESULT(FALSE_CLAIM, "%s: %llu pages came from zones that it excludes",
				      masks[i], U(pages_beyond(&probe)));
		zone = zone_served(prober, &probe);

		if (!probe.granted || len >= sizeof(text))
			continue;
		first = served++ ? first : zone;
		differ = differ || !km_str_eq(first, zone);
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s from %.*s",
					len ? ", " : "", masks[i], KM_STR_ARG(zone));
	}
	if (!served)
		return RESULT(UNTESTABLE, "no page was granted");
	return RESULT(differ ? HOLDS : UNTESTABLE, "%s%s", differ ? "" : "all from the same zone: ", text);
}

static struct km_claim_result flags_type(const struct km_claim_prober *prober)
{
	const struct km_flags *kernel = km_flags_find(prober->flags, KM_STR("GFP_KERNEL"));

	if (!kernel)
		return RESULT(UNTESTABLE, "the module does not report GFP_KERNEL");
	return RESULT(HOLDS, "ready-made combinations of the other two: GFP_KERNEL is %.*s",
		      KM_STR_ARG(kernel->bits));
}

/* The defines of the notes, as they stood in 4.15 to 6.2. */
static struct km_claim_result gfp_table(const struct km_claim_prober *prober)
{
	static const struct {
		const char *name, *bits;
	} notes[] = {
		{ "GFP_ATOMIC", "__GFP_HIGH|__GFP_ATOMIC|__GFP_KSWAPD_RECLAIM" },
		{ "GFP_KERNEL", "__GFP_RECLAIM|__GFP_IO|__GFP_FS" },
		{ "GFP_KERNEL_ACCOUNT", "GFP_KERNEL|__GFP_ACCOUNT" },
		{ "GFP_NOWAIT", "__GFP_KSWAPD_RECLAIM" },
		{ "GFP_NOIO", "__GFP_RECLAIM" },
		{ "GFP_NOFS", "__GFP_RECLAIM|__GFP_IO" },
		{ "GFP_USER", "__GFP_RECLAIM|__GFP_IO|__GFP_FS|__GFP_HARDWALL" },
		{ "GFP_DMA", "__GFP_DMA" },
		{ "GFP_DMA32", "__GFP_DMA32" },
		{ "GFP_HIGHUSER", "GFP_USER|__GFP_HIGHMEM" },
		{ "GFP_HIGHUSER_MOVABLE", "GFP_HIGHUSER|__GFP_MOVABLE" },
		{ "GFP_TRANSHUGE_LIGHT",
		  "GFP_HIGHUSER_MOVABLE|__GFP_COMP|__GFP_NOMEMALLOC|__GFP_NOWARN|~__GFP_RECLAIM" },
		{ "GFP_TRANSHUGE", "GFP_TRANSHUGE_LIGHT|__GFP_DIRECT_RECLAIM" },
		{ "GFP_MOVABLE_MASK", "__GFP_RECLAIMABLE|__GFP_MOVABLE" },
	};
	size_t len = 0, equal = 0, n = sizeof(notes) / sizeof(*notes);
	char other[256] = "";
	struct km_gfp gfp;

	km_gfp_of_flags(prober->pool, prober->flags, &gfp);
	for (size_t i = 0; i < n; i++) {
		uint32_t bits;

		if (!km_gfp_encode(&gfp, km_str_from(notes[i].bits), &bits, NULL) &&
		    bits == flag(prober, notes[i].name))
			equal++;
		else if (len < sizeof(other))
			len += (size_t)snprintf(other + len, sizeof(other) - len, "%s%s",
						len ? ", " : "", notes[i].name);
	}
	if (equal == n)
		return RESULT(HOLDS, "all %zu are the same here", n);
	return RESULT(NO_LONGER, "%zu of %zu are the same here; different: %s", equal, n, other);
}

static struct km_claim_result gfp_old_kernel(const struct km_claim_prober *prober)
{
	const struct km_flags *kernel = km_flags_find(prober->flags, KM_STR("GFP_KERNEL"));

	return RESULT(NO_LONGER, "__GFP_WAIT became __GFP_RECLAIM in 4.4; here GFP_KERNEL is %.*s",
		      KM_STR_ARG(kernel ? kernel->bits : KM_STR("-")));
}

/* Whether a combination may sleep, do I/O, call file systems, as it is claimed to. */
static struct km_claim_result behaves(const struct km_claim_prober *prober, const char *name, enum km_tri sleep,
			     enum km_tri io, enum km_tri fs)
{
	const struct km_flags *row = km_flags_find(prober->flags, km_str_from(name));
	struct kmeminfo_probe probe = ask(prober, KMEMINFO_API_KMALLOC, 64, name, 0, 4);
	bool good;

	if (!row)
		return RESULT(UNTESTABLE, "this kernel has no %s", name);
	good = (sleep == KM_TRI_UNKNOWN || row->block == sleep) &&
	       (io == KM_TRI_UNKNOWN || row->io == io) && (fs == KM_TRI_UNKNOWN || row->fs == fs);
	return CHECKED(good, "%.*s: %s sleep, %s I/O, %s file systems; kmalloc with it: %u of 4 "
			     "succeeded",
		       KM_STR_ARG(row->value), row->block == KM_TRI_YES ? "may" : "never",
		       row->io == KM_TRI_YES ? "does" : "no", row->fs == KM_TRI_YES ? "calls" : "no",
		       probe.granted);
}

static struct km_claim_result atomic(const struct km_claim_prober *prober)
{
	return behaves(prober, "GFP_ATOMIC", KM_TRI_NO, KM_TRI_NO, KM_TRI_NO);
}

static struct km_claim_result noio(const struct km_claim_prober *prober)
{
	return behaves(prober, "GFP_NOIO", KM_TRI_YES, KM_TRI_NO, KM_TRI_NO);
}

static struct km_claim_result nofs(const struct km_claim_prober *prober)
{
	return behaves(prober, "GFP_NOFS", KM_TRI_YES, KM_TRI_YES, KM_TRI_NO);
}

static struct km_claim_result kernel(const struct km_claim_prober *prober)
{
	return behaves(prober, "GFP_KERNEL", KM_TRI_YES, KM_TRI_YES, KM_TRI_YES);
}

static struct km_claim_result user(const struct km_claim_prober *prober)
{
	return behaves(prober, "GFP_USER", KM_TRI_YES, KM_TRI_UNKNOWN, KM_TRI_UNKNOWN);
}

static struct km_claim_result highuser(const struct km_claim_prober *prober)
{
	struct kmeminfo_probe probe =
		ask(prober, KMEMINFO_API_ALLOC_PAGES, prober->page_bytes, "GFP_HIGHUSER", 0, 8);
	struct km_str zone = zone_served(prober, &probe);

	if (!probe.granted)
		return denied(prober, &probe);
	if (!km_str_eq(zone, KM_STR("HighMem")))
		return RESULT(FALSE_CLAIM, "served from %.*s: high memory is only preferred, and "
					   "there is none or none is free", KM_STR_ARG(zone));
	return RESULT(HOLDS, "served from HighMem while it has pages");
}

static struct km_claim_result dma(const struct km_claim_prober *prober)
{
	struct kmeminfo_probe probe = ask(prober, KMEMINFO_API_KMALLOC, 100, "GFP_DMA", 0, 4);
	struct km_str zone = zone_served(prober, &probe);

	if (!probe.granted)
		return denied(prober, &probe);
	return CHECKED(km_str_eq(zone, KM_STR("DMA")) && yes(&probe, KMEMINFO_FACT_CONTIGUOUS),
		       "kmalloc came from %.*s (%s), contiguous; drivers should use the DMA API",
		       KM_STR_ARG(zone), *probe.cache ? probe.cache : "no cache");
}

static struct km_claim_result dma32_kmalloc(const struct km_claim_prober *prober)
{
	return RESULT(FALSE_CLAIM, "there are no such caches: kmalloc drops the flag with a warning, so the probe "
				   "refuses it (GFP_SLAB_BUG_MASK, mm/slab.h)");
}

static struct km_claim_result slab_allocator(const struct km_claim_prober *prober)
{
	struct kmeminfo_probe probe = ask(prober, KMEMINFO_API_KMEM_CACHE_ALLOC, 200, "GFP_KERNEL", 0, 16);

	if (!probe.granted)
		return denied(prober, &probe);
	return CHECKED(yes(&probe, KMEMINFO_FACT_SLAB),
		       "a cache of 200-byte objects was made, gave %u objects of %llu bytes from slabs of "
		       "order %d, and was destroyed", probe.granted, U(probe.usable_bytes), probe.order);
}

/* The answer to a claim is in the topic that the claim is about: its field Answer-ID. */
#define CLAIM(id, says, test) { { .key = (id), .brief = (says) }, test }

const struct km_claim_case km_claims[] = {
	CLAIM("page-frames", "physical memory is managed in page frames of 4 KB", page_frames),
	CLAIM("objects-fit", "kernel objects do not fit whole pages, so kmalloc and slab caches "
			     "provide less",
	      objects_fit),
	CLAIM("kmalloc-linear", "kmalloc memory lies in the linear map: virtual is physical plus a constant", kmalloc_linear),
	CLAIM("kmalloc-contig", "kmalloc memory is physically contiguous", kmalloc_contig),
	CLAIM("kmalloc-128k", "kmalloc is limited to 128 KB", kmalloc_128k),
	CLAIM("kfree-pairs", "kfree() frees kmalloc memory", kfree_pairs),
	CLAIM("vmalloc-virtual", "vmalloc memory is contiguous virtually, not physically", vmalloc_virtual),
	CLAIM("vmalloc-range", "vmalloc memory lies outside the linear map", vmalloc_range),
	CLAIM("vmalloc-nolimit", "vmalloc has no size limit", vmalloc_nolimit),
	CLAIM("vmalloc-sleeps", "vmalloc may sleep: not for interrupt handlers", vmalloc_sleeps),
	CLAIM("vfree-sleeps", "vfree may sleep: not for interrupt handlers", vfree_sleeps),
	CLAIM("vmalloc-modules", "loading a module uses vmalloc", vmalloc_modules),
	CLAIM("zeroed-page", "get_zeroed_page works in pages", zeroed_page),
	CLAIM("free-page", "__get_free_page works in pages", free_page),
	CLAIM("free-pages", "__get_free_pages works in powers of two pages", free_pages),
	CLAIM("devm-frees", "devm_kzalloc memory is freed with its device", devm_frees),
	CLAIM("devm-zeroed", "devm_kzalloc memory is zeroed", devm_zeroed),
	CLAIM("flags-how", "GFP flags say how to find the memory", flags_how),
	CLAIM("flags-where", "GFP flags say where memory comes from", flags_where),
	CLAIM("flags-type", "GFP flags have a third meaning: type", flags_type),
	CLAIM("gfp-table", "the combinations are defined as in the notes", gfp_table),
	CLAIM("gfp-old-kernel", "GFP_KERNEL is __GFP_WAIT, __GFP_IO and __GFP_FS", gfp_old_kernel),
	CLAIM("atomic", "GFP_ATOMIC never sleeps", atomic),
	CLAIM("noio", "GFP_NOIO may sleep but does no I/O", noio),
	CLAIM("nofs", "GFP_NOFS may sleep and do I/O, but calls no file system", nofs),
	CLAIM("kernel", "GFP_KERNEL, the usual one, may sleep", kernel),
	CLAIM("user", "GFP_USER, for user space, may sleep", user),
	CLAIM("highuser", "GFP_HIGHUSER allocates from HighMem", highuser),
	CLAIM("dma", "GFP_DMA allocates contiguous memory from zone DMA", dma),
	CLAIM("dma32-kmalloc", "kmalloc with GFP_DMA32 gives memory below 4 GiB", dma32_kmalloc),
	CLAIM("slab-allocator", "slab caches can be created, used and destroyed", slab_allocator),
	{ { 0 }, NULL }
};

struct km_sheet km_claim_derive(const struct km_claim_prober *prober)
{
	size_t len = sizeof(km_claims) / sizeof(*km_claims) - 1;
	struct km_claim *rows = km_pool_alloc(prober->pool, len, sizeof(*rows));

	for (size_t i = 0; i < len; i++) {
		struct km_claim_result result = km_claims[i].test(prober);

		rows[i] = (struct km_claim){
			.id = &km_claims[i].word,
			.claim = km_str_from(km_claims[i].word.brief),
			.verdict = &km_claim_verdicts[result.verdict],
			.evidence = result.evidence,
		};
	}
	return (struct km_sheet){ &km_claim_type, rows, len, NULL };
}

const struct km_vocabulary km_claim_vocabulary = {
	.name = "claim",
	.brief = "common statements about the allocators",
	.items = km_claims,
	.item_size = sizeof(*km_claims),
};

const struct km_vocabulary km_claim_verdict_vocabulary = {
	.name = "verdict",
	.brief = "the result of a claim",
	.items = km_claim_verdicts,
	.item_size = sizeof(*km_claim_verdicts),
};
