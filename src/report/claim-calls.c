// SPDX-License-Identifier: GPL-2.0-or-later
/* Claims about calls: kmalloc(), vmalloc(), whole pages, memory of devices, slab caches. */
#include "report/claim-test.h"

struct km_claim_result km_claim_page_frames(const struct km_claim_prober *prober)
{
	if (prober->page_bytes == KM_UNKNOWN)
		return RESULT(KM_CLAIM_UNTESTABLE, "the page size is not known");
	return CHECKED(prober->page_bytes == 4096, "pages here have %llu bytes", U(prober->page_bytes));
}

struct km_claim_result km_claim_objects_fit(const struct km_claim_prober *prober)
{
	struct kmeminfo_probe probe = km_claim_probe(prober, KMEMINFO_API_KMALLOC, 100, "GFP_KERNEL", 0, 1);

	if (!probe.granted)
		return km_claim_denied(prober, &probe);
	return CHECKED(probe.usable_bytes < prober->page_bytes,
		       "kmalloc of 100 bytes gave %llu, from %s", U(probe.usable_bytes),
		       *probe.cache ? probe.cache : km_say("a slab"));
}

/* The module does not report the limit in the claim. */
static struct km_claim_result unknown_limit(const struct km_claim_prober *prober, const char *key)
{
	return RESULT(KM_CLAIM_UNTESTABLE, "/proc/kmeminfo/info does not report %s", key);
}

/* Checks a fact over all sizes of kmalloc, and counts the sizes without it. */
static struct km_claim_result over_sizes(const struct km_claim_prober *prober, enum kmeminfo_fact fact,
				const char *what)
{
	const uint64_t largest = km_num_or(km_claim_info(prober, "kmalloc_max_bytes"), 0);
	unsigned int sizes = 0, good = 0, tries = 0;

	if (!largest)
		return unknown_limit(prober, "kmalloc_max_bytes");
	for (uint64_t bytes = 8; bytes <= largest && bytes <= MOST_BYTES; bytes *= 2) {
		struct kmeminfo_probe probe = km_claim_probe(prober, KMEMINFO_API_KMALLOC, bytes, "GFP_KERNEL", 0, 16);

		if (!probe.granted)
			continue;
		sizes++;
		good += km_probe_fact(&probe, fact) == KM_TRI_YES;
		tries += probe.granted;
	}
	if (!sizes)
		return RESULT(KM_CLAIM_UNTESTABLE, "no size could be allocated");
	return CHECKED(good == sizes, "%s at %u of %u sizes, %u objects", what, good, sizes, tries);
}

struct km_claim_result km_claim_kmalloc_linear(const struct km_claim_prober *prober)
{
	return over_sizes(prober, KMEMINFO_FACT_LINEAR, km_say("virtual minus physical was one constant"));
}

struct km_claim_result km_claim_kmalloc_contig(const struct km_claim_prober *prober)
{
	return over_sizes(prober, KMEMINFO_FACT_CONTIGUOUS, km_say("one run of physical pages"));
}

struct km_claim_result km_claim_kmalloc_128k(const struct km_claim_prober *prober)
{
	const uint64_t most = km_claim_info(prober, "kmalloc_max_bytes"), cache = km_claim_info(prober, "kmalloc_max_cache_bytes");
	uint64_t largest = 0;

	if (most == KM_UNKNOWN || cache == KM_UNKNOWN)
		return unknown_limit(prober, most == KM_UNKNOWN ? "kmalloc_max_bytes" : "kmalloc_max_cache_bytes");
	for (uint64_t bytes = UINT64_C(128) << 10; bytes <= 64ULL << 20; bytes *= 2) {
		struct kmeminfo_probe probe = km_claim_probe(prober, KMEMINFO_API_KMALLOC, bytes, "GFP_KERNEL", 0, 1);

		if (!probe.granted)
			break;
		largest = bytes;
	}
	return RESULT(largest > UINT64_C(128) << 10 ? KM_CLAIM_NO_LONGER : KM_CLAIM_HOLDS,
		      "%llu KiB could be allocated; the limit is %llu KiB, that of the caches "
		      "%llu KiB",
		      U(largest / 1024), U(most / 1024), U(cache / 1024));
}

struct km_claim_result km_claim_kfree_pairs(const struct km_claim_prober *prober)
{
	uint64_t bytes = km_num_mul(2, km_claim_info(prober, "kmalloc_max_cache_bytes"));
	const struct kmeminfo_tally *freed;
	struct kmeminfo_probe probe;

	if (bytes == KM_UNKNOWN)
		return unknown_limit(prober, "kmalloc_max_cache_bytes");
	probe = km_claim_probe(prober, KMEMINFO_API_KMALLOC, bytes, "GFP_KERNEL", 0, 16);
	freed = &probe.facts[KMEMINFO_FACT_FREED];
	if (!probe.granted || freed->yes + freed->no == 0)
		return km_claim_denied(prober, &probe);
	/* a freed page that is in use may already have another owner */
	return CHECKED(freed->yes > 0, "the page was free after %u of %u kfree()", freed->yes,
		       freed->yes + freed->no);
}

/*
 * New kernels use the largest free blocks first (k7.x:mm/vmalloc.c), so a small area may be one run. The test
 * uses larger areas with one page more than a power of two. That page must come from elsewhere.
 */
struct km_claim_result km_claim_vmalloc_virtual(const struct km_claim_prober *prober)
{
	const uint64_t most = km_claim_info(prober, "max_bytes");
	struct kmeminfo_probe probe = { .api = KMEMINFO_API_VMALLOC };

	if (most == KM_UNKNOWN)
		return unknown_limit(prober, "max_bytes");
	for (uint64_t bytes = 4 << 20; bytes < most && bytes < MOST_BYTES; bytes *= 2) {
		probe = km_claim_probe(prober, KMEMINFO_API_VMALLOC, bytes + prober->page_bytes, "GFP_KERNEL",
			    KMEMINFO_PREPARE_SCATTER, 4);
		if (!probe.granted || probe.runs_max > 1)
			break;
	}
	if (!probe.granted)
		return km_claim_denied(prober, &probe);
	if (probe.runs_max == 1)
		return RESULT(KM_CLAIM_UNTESTABLE, "%llu pages came as one run: by chance, not guaranteed",
			      U(probe.pages));
	return CHECKED(probe.runs_max > 1, "%llu pages came in %llu to %llu physical runs",
		       U(probe.pages), U(probe.runs_min), U(probe.runs_max));
}

struct km_claim_result km_claim_vmalloc_range(const struct km_claim_prober *prober)
{
	struct kmeminfo_probe probe = km_claim_probe(prober, KMEMINFO_API_VMALLOC, 1 << 20, "GFP_KERNEL", 0, 4);

	if (!probe.granted)
		return km_claim_denied(prober, &probe);
	return CHECKED(km_claim_yes(&probe, KMEMINFO_FACT_VMALLOC), "%u of %u lay in the vmalloc range",
		       probe.facts[KMEMINFO_FACT_VMALLOC].yes, probe.granted);
}

struct km_claim_result km_claim_vmalloc_nolimit(const struct km_claim_prober *prober)
{
	const uint64_t bytes = km_num_mul(2, km_claim_info(prober, "kmalloc_max_bytes"));
	const uint64_t range = km_claim_info(prober, "vmalloc_range_bytes");
	struct kmeminfo_probe probe;

	if (bytes == KM_UNKNOWN || range == KM_UNKNOWN)
		return unknown_limit(prober, bytes == KM_UNKNOWN ? "kmalloc_max_bytes" : "vmalloc_range_bytes");
	probe = km_claim_probe(prober, KMEMINFO_API_VMALLOC, bytes, "GFP_KERNEL", 0, 1);
	if (!probe.granted)
		return km_claim_denied(prober, &probe);
	return RESULT(KM_CLAIM_FALSE,
		      "%llu MiB, twice the limit of kmalloc, could be allocated; the limits are "
		      "free memory and the range of %llu MiB", U(bytes >> 20), U(range >> 20));
}

static struct km_claim_result may_sleep(const struct km_claim_prober *prober, enum kmeminfo_api api)
{
	struct kmeminfo_probe probe = km_claim_probe(prober, api, prober->page_bytes, "GFP_KERNEL", 0, 1);

	if (!probe.granted)
		return km_claim_denied(prober, &probe);
	return RESULT(KM_CLAIM_BY_RULE, "GFP_KERNEL may sleep; might_sleep() guards it (mm/vmalloc.c)");
}

struct km_claim_result km_claim_vmalloc_sleeps(const struct km_claim_prober *prober)
{
	return may_sleep(prober, KMEMINFO_API_VMALLOC);
}

struct km_claim_result km_claim_vfree_sleeps(const struct km_claim_prober *prober)
{
	return RESULT(KM_CLAIM_BY_RULE, "no longer true: in an interrupt vfree() defers to a work item; "
			       "only NMIs may not call it (mm/vmalloc.c, 3.10 on)");
}

struct km_claim_result km_claim_vmalloc_modules(const struct km_claim_prober *prober)
{
	if (prober->module_areas == KM_UNKNOWN)
		return RESULT(KM_CLAIM_UNTESTABLE, "/proc/vmallocinfo cannot be read");
	return CHECKED(prober->module_areas > 0, "%llu areas of /proc/vmallocinfo hold module code",
		       U(prober->module_areas));
}

/* Checks for exactly one page, aligned to a page. */
static struct km_claim_result one_page(const struct km_claim_prober *prober, enum kmeminfo_api api)
{
	struct kmeminfo_probe probe = km_claim_probe(prober, api, 1, "GFP_KERNEL", KMEMINFO_PREPARE_DIRTY, 16);
	const struct kmeminfo_tally *zeroed = &probe.facts[KMEMINFO_FACT_ZEROED];

	if (!probe.granted)
		return km_claim_denied(prober, &probe);
	return CHECKED(probe.usable_bytes == prober->page_bytes && km_claim_yes(&probe, KMEMINFO_FACT_PAGE_ALIGNED),
		       "a request for 1 byte returned %llu, page-aligned; %u of %u were zero%s",
		       U(probe.usable_bytes), zeroed->yes, zeroed->yes + zeroed->no,
		       km_claim_info(prober, "init_on_alloc") == 1 ? km_say(" (this kernel zeroes everything)") : "");
}

struct km_claim_result km_claim_zeroed_page(const struct km_claim_prober *prober)
{
	return one_page(prober, KMEMINFO_API_GET_ZEROED_PAGE);
}

struct km_claim_result km_claim_free_page(const struct km_claim_prober *prober)
{
	return one_page(prober, KMEMINFO_API_GET_FREE_PAGES);
}

struct km_claim_result km_claim_free_pages(const struct km_claim_prober *prober)
{
	struct kmeminfo_probe probe = km_claim_probe(prober, KMEMINFO_API_GET_FREE_PAGES, 3 * prober->page_bytes,
					  "GFP_KERNEL", 0, 4);

	if (!probe.granted)
		return km_claim_denied(prober, &probe);
	return CHECKED(probe.usable_bytes == 4 * prober->page_bytes, "a request for 3 pages used "
		"%llu",
		       U(probe.usable_bytes / prober->page_bytes));
}

struct km_claim_result km_claim_devm_frees(const struct km_claim_prober *prober)
{
	struct kmeminfo_probe probe = km_claim_probe(prober, KMEMINFO_API_DEVM_KZALLOC, 100, "GFP_KERNEL", 0, 4);

	if (!probe.granted)
		return km_claim_denied(prober, &probe);
	return CHECKED(km_claim_yes(&probe, KMEMINFO_FACT_RELEASED), "released with its device %u of %u times",
		       probe.facts[KMEMINFO_FACT_RELEASED].yes, probe.granted);
}

struct km_claim_result km_claim_devm_zeroed(const struct km_claim_prober *prober)
{
	struct kmeminfo_probe probe = km_claim_probe(prober, KMEMINFO_API_DEVM_KZALLOC, 100, "GFP_KERNEL",
					  KMEMINFO_PREPARE_DIRTY, 16);

	const struct kmeminfo_tally *zeroed = &probe.facts[KMEMINFO_FACT_ZEROED];
	const struct kmeminfo_tally *cleaned = &probe.facts[KMEMINFO_FACT_CLEANED];

	if (!probe.granted)
		return km_claim_denied(prober, &probe);
	if (zeroed->no)
		return RESULT(KM_CLAIM_FALSE, "%u of %u were not zero", zeroed->no, probe.granted);
	if (km_claim_info(prober, "init_on_alloc") == 1)
		return RESULT(KM_CLAIM_UNTESTABLE, "%u of %u were zero, but this kernel zeroes everything "
			      "(init_on_alloc)", zeroed->yes, probe.granted);
	if (!cleaned->yes)
		return RESULT(KM_CLAIM_UNTESTABLE, "%u of %u were zero, but none was dirty before", zeroed->yes,
			      probe.granted);
	return RESULT(KM_CLAIM_HOLDS, "%u of %u were zero, %u of them dirty just before", zeroed->yes,
		      probe.granted, cleaned->yes);
}

struct km_claim_result km_claim_slab_allocator(const struct km_claim_prober *prober)
{
	struct kmeminfo_probe probe = km_claim_probe(prober, KMEMINFO_API_KMEM_CACHE_ALLOC, 200, "GFP_KERNEL", 0, 16);

	if (!probe.granted)
		return km_claim_denied(prober, &probe);
	return CHECKED(km_claim_yes(&probe, KMEMINFO_FACT_SLAB),
		       "a cache of 200-byte objects was made, gave %u objects of %llu bytes from slabs of "
		       "order %d, and was destroyed", probe.granted, U(probe.usable_bytes), probe.order);
}
