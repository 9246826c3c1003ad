// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/page.h"

bool km_page_is_size(uint64_t bytes)
{
	return bytes >= 1u << KM_PAGE_SHIFT_MIN && bytes <= 1u << KM_PAGE_SHIFT_MAX && !(bytes & (bytes - 1));
}

const struct km_word km_page_words[KM_PAGE_SOURCES + 1] = {
	[KM_PAGE_OPTION] = { .key = "--page-size", .brief = "given on the command line" },
	[KM_PAGE_SYSCONF] = { .key = "sysconf", .brief = "reported by the running system" },
	[KM_PAGE_MANIFEST] = {
		.key = "manifest",
		.brief = "recorded by kmeminfo capture on the machine",
	},
	[KM_PAGE_PASTED] = {
		.key = "smallest-slab",
		.brief = "the smallest slabs of a pasted list are one page",
		.explain = "Of the output of slabtop or vmstat -m. 4 KiB if the list is short.",
		.origin = "slabtop's CACHE SIZE and SLABS, or Size and Pages of vmstat -m",
	},
	[KM_PAGE_MEMTOTAL] = {
		.key = "memtotal",
		.brief = "MemTotal in kB is the managed pages of all zones",
		.explain = "The kernel keeps both sums equal (mm/page_alloc.c "
			   "adjust_managed_page_count), so only one page size fits.",
		.origin = "/proc/meminfo MemTotal, /proc/zoneinfo managed",
	},
	[KM_PAGE_SLABINFO] = {
		.key = "slab-geometry",
		.brief = "only one page size gives slabs their number of objects",
		.explain = "SLUB puts as many objects into a slab as fit (mm/slub.c "
			   "order_objects). 90% of the caches must agree.",
		.origin = "/proc/slabinfo objsize, objperslab, pagesperslab",
	},
	[KM_PAGE_VMALLOCINFO] = {
		.key = "vmalloc-guard",
		.brief = "the size of areas is their pages plus one guard page",
		.explain = "90% of the areas made by vmalloc must agree.",
		.origin = "/proc/vmallocinfo size and pages=",
	},
	[KM_PAGE_MEMFREE] = {
		.key = "memfree",
		.brief = "MemFree in kB is the pages of the buddy lists",
		.explain = "To within 1%, as both change all the time.",
		.origin = "/proc/meminfo MemFree, /proc/buddyinfo",
	},
	[KM_PAGE_MACHINE] = {
		.key = "architecture",
		.brief = "the architecture has only one page size",
		.explain = "4 KiB on x86, 32-bit arm, riscv64 and s390x, 8 KiB on sparc64. On arm64, powerpc "
			   "and loongarch64 the kernel's configuration decides.",
		.origin = "the capture's machine",
	},
};

uint64_t km_page_of_memory(uint64_t bytes, uint64_t pages)
{
	double ratio = km_num_ratio(bytes, pages);

	/* gcc 12 takes a constant NaN for less than all: it counts the turns of a loop by inverting the comparison that ends it */
	if (isnan(ratio))
		return KM_UNKNOWN;
	for (uint64_t size = 1u << KM_PAGE_SHIFT_MIN; size <= 1u << KM_PAGE_SHIFT_MAX; size *= 2)
		if (fabs(ratio / (double)size - 1) < 0.01)
			return size;
	return KM_UNKNOWN;
}

static void vote(struct km_page_votes *votes, uint64_t bytes)
{
	votes->all++;
	if (km_page_is_size(bytes))
		votes->of[__builtin_ctzll(bytes) - KM_PAGE_SHIFT_MIN]++;
}

/* Nine of ten rows must agree. */
uint64_t km_page_elected(const struct km_page_votes *votes)
{
	for (unsigned int i = 0; i <= KM_PAGE_SHIFT_MAX - KM_PAGE_SHIFT_MIN; i++)
		if (votes->of[i] && votes->of[i] >= votes->all - votes->all / 10)
			return 1ull << (KM_PAGE_SHIFT_MIN + i);
	return KM_UNKNOWN;
}

/* The page size at which exactly this number of objects fills a slab. */
static uint64_t fitting(const struct km_slabinfo_cache *cache)
{
	for (uint64_t size = 1u << KM_PAGE_SHIFT_MIN; size <= 1u << KM_PAGE_SHIFT_MAX; size *= 2)
		if (km_num_mul(cache->pagesperslab, size) / cache->objsize == cache->objperslab)
			return size;
	return KM_UNKNOWN;
}

uint64_t km_page_of_slabinfo(const struct km_slabinfo *slabinfo)
{
	const struct km_slabinfo_cache *cache;
	struct km_page_votes votes = { 0 };

	km_array_each(cache, &slabinfo->caches)
		if (cache->objsize && cache->objperslab)
			vote(&votes, fitting(cache));
	return km_page_elected(&votes);
}

void km_page_vote_area(struct km_page_votes *votes, const struct km_vmallocinfo_area *area)
{
	if (area->mark & KM_VMALLOCINFO_VMALLOC && area->nr_pages < UINT32_MAX &&
	    area->size % (area->nr_pages + 1) == 0)
		vote(votes, area->size / (area->nr_pages + 1));
}

const struct km_vocabulary km_page_source_vocabulary = {
	.name = "page-source",
	.brief = "how the page size is known",
	.items = km_page_words,
	.item_size = sizeof(*km_page_words),
};
