// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/account-missing.h"
#include "parse/version.h"

enum { KEYS = 3 };

/* A part and the lines from which its figure is computed. */
struct need {
	enum km_account_id part;
	const char *keys[KEYS];
	uint64_t since; /* the first release that always prints them; KM_UNKNOWN: none does */
};

#define ALWAYS 0

/*
 * Lines of 2.6.32 and later (k2.6.32:fs/proc/meminfo.c, k7.2:fs/proc/meminfo.c), usually the largest first. A
 * line that depends on the configuration, or is 0 on most machines, only counts as missing if it cannot be
 * read.
 */
static const struct need needs[] = {
	{ KM_ACCOUNT_FREE_BUDDY, { "MemFree" }, ALWAYS },
	{ KM_ACCOUNT_ANONYMOUS, { "AnonPages" }, ALWAYS },
	{ KM_ACCOUNT_FILE_CACHE, { "Cached" }, ALWAYS },
	{ KM_ACCOUNT_SLAB_UNRECLAIMABLE, { "SUnreclaim", "Slab" }, ALWAYS },
	{ KM_ACCOUNT_SLAB_RECLAIMABLE, { "SReclaimable", "Slab" }, ALWAYS },
	{ KM_ACCOUNT_BLOCK_CACHE, { "Buffers" }, ALWAYS },
	{ KM_ACCOUNT_VMALLOC, { "VmallocUsed" }, ALWAYS },
	{ KM_ACCOUNT_PAGE_TABLES, { "PageTables" }, ALWAYS },
	{ KM_ACCOUNT_HUGETLB, { "Hugetlb", "HugePages_Total", "Hugepagesize" }, KM_UNKNOWN },
	{ KM_ACCOUNT_DETACHED, { "Active", "Inactive", "Unevictable" }, ALWAYS },
	{ KM_ACCOUNT_SWAP_CACHE, { "SwapCached" }, ALWAYS },
	{ KM_ACCOUNT_PERCPU, { "Percpu" }, KM_RELEASE(4, 20) },
	{ KM_ACCOUNT_MISC_RECLAIMABLE, { "KReclaimable" }, KM_RELEASE(4, 20) },
	{ KM_ACCOUNT_SECONDARY, { "SecPageTables" }, KM_RELEASE(6, 1) },
	{ KM_ACCOUNT_COMPRESSED, { "Zswap" }, KM_UNKNOWN },
	{ KM_ACCOUNT_GPU_ACTIVE, { "GPUActive" }, KM_RELEASE(7, 2) },
	{ KM_ACCOUNT_GPU_POOLS, { "GPUReclaim" }, KM_RELEASE(7, 2) },
	{ KM_ACCOUNT_CORRUPTED, { "HardwareCorrupted" }, KM_UNKNOWN },
	{ KM_ACCOUNT_BOUNCE, { "Bounce" }, KM_UNKNOWN },
	{ KM_ACCOUNT_WRITEBACK_TEMP, { "WritebackTmp" }, KM_UNKNOWN },
};

enum { NEEDS = sizeof(needs) / sizeof(*needs) };

static bool has(const struct km_account_input *facts, const char *key)
{
	return km_meminfo_has(facts->meminfo, km_str_from(key));
}

/* A kernel is at least as new as its newest line. */
static uint64_t release_of(const struct km_account_input *facts)
{
	uint64_t newest = ALWAYS;

	if (facts->release != KM_UNKNOWN)
		return facts->release;
	for (size_t i = 0; i < NEEDS; i++)
		if (needs[i].since != KM_UNKNOWN && needs[i].since > newest && has(facts, needs[i].keys[0]))
			newest = needs[i].since;
	return newest;
}

static bool is_missing(const struct km_account_input *facts, const char *key, uint64_t since, uint64_t release)
{
	if (has(facts, key))
		return false;
	return km_meminfo_was_rejected(facts->meminfo, km_str_from(key)) || (since != KM_UNKNOWN && since <= release);
}

static bool has_huge_pages(const struct km_account_input *facts)
{
	return has(facts, "HugePages_Total") || has(facts, "HugePages_Free") || has(facts, "Hugepagesize") ||
	       has(facts, "Hugetlb") ||
	       km_vmstat_value(facts->vmstat, KM_STR("htlb_buddy_alloc_success")) != KM_UNKNOWN;
}

/*
 * A kernel with huge pages prints all of their lines: if one of them exists, the others are missing. In a
 * truncated file, lines that depend on the configuration may have followed.
 */
static uint64_t since_of(const struct km_account_input *facts, const struct need *need, const char *key)
{
	bool hugetlb = need->part == KM_ACCOUNT_HUGETLB;

	if (need->since != KM_UNKNOWN || (!(facts->meminfo && facts->meminfo->cut) && !(hugetlb && has_huge_pages(facts))))
		return need->since;
	return hugetlb && km_str_eq(km_str_from(key), KM_STR("Hugetlb")) ? KM_RELEASE(4, 16) : ALWAYS;
}

static bool add_keys(const struct km_account_input *facts, const struct need *need, uint64_t release,
		     struct km_texts *ret)
{
	size_t before = ret->len;

	for (size_t i = 0; i < KEYS && need->keys[i]; i++) {
		struct km_str key = km_str_from(need->keys[i]);
		size_t known = 0;

		if (!is_missing(facts, need->keys[i], since_of(facts, need, need->keys[i]), release))
			continue;
		while (known < ret->len && !km_str_eq(ret->items[known], key))
			known++;
		if (known < ret->len)
			before--;
		else
			ret->items[ret->len++] = key;
	}
	return ret->len > before;
}

/* Whether a part lacks a line. In many kernels stacks are vmalloc memory or slab, and need no line. */
static bool is_needed(const struct km_account_input *facts, const struct need *need,
		      const uint64_t reported[KM_ACCOUNT_PARTS])
{
	if (need->part == KM_ACCOUNT_HUGETLB)
		return reported[need->part] == KM_UNKNOWN &&
		       (reported[KM_ACCOUNT_HUGETLB_USED] == KM_UNKNOWN || release_of(facts) >= KM_RELEASE(4, 16));
	return reported[need->part] == KM_UNKNOWN;
}

/*
 * Whether this kernel prints vmalloc memory in no line. 4.4 to 5.2 print 0, older kernels print address space
 * (k4.3, k4.4, k5.3:fs/proc/meminfo.c).
 */
static bool lacks_vmalloc(const struct km_account_input *facts, const uint64_t reported[KM_ACCOUNT_PARTS])
{
	return reported[KM_ACCOUNT_VMALLOC] == KM_UNKNOWN && has(facts, "VmallocUsed");
}

static void add_stacks(const struct km_account_input *facts, struct km_account_missing *ret)
{
	if (facts->stacks != KM_STACKS_PAGES || has(facts, "KernelStack"))
		return;
	ret->keys.items[ret->keys.len++] = KM_STR("KernelStack");
	ret->parts[KM_ACCOUNT_STACKS] = true;
}

void km_account_find_missing(struct km_pool *pool, const struct km_account_input *facts,
			     const uint64_t reported[KM_ACCOUNT_PARTS], struct km_account_missing *ret)
{
	uint64_t release = release_of(facts);

	*ret = (struct km_account_missing){ 0 };
	ret->keys.items = km_pool_alloc(pool, NEEDS * KEYS + 2, sizeof(*ret->keys.items));
	ret->foreign = facts->foreign;
	if (facts->foreign)
		return;
	for (size_t i = 0; i < NEEDS; i++)
		if (is_needed(facts, &needs[i], reported) && add_keys(facts, &needs[i], release, &ret->keys))
			ret->parts[needs[i].part] = true;
	if (lacks_vmalloc(facts, reported)) {
		ret->keys.items[ret->keys.len++] = KM_STR("VmallocUsed");
		ret->parts[KM_ACCOUNT_VMALLOC] = ret->vmalloc = true;
	}
	add_stacks(facts, ret);
}
