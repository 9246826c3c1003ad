// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/account-reported.h"

static uint64_t meminfo(const struct km_account_input *facts, const char *key)
{
	return km_meminfo_bytes(facts->meminfo, km_str_from(key));
}

static uint64_t vmstat_pages(const struct km_account_input *facts, const char *name)
{
	return km_num_mul(km_vmstat_value(facts->vmstat, km_str_from(name)), facts->page_bytes);
}

/*
 * Counters are summed up one after the other, each a little late (k6.12:mm/vmstat.c): of two that
 * are nearly equal the smaller may come out larger. What lies between them is then 0.
 */
static uint64_t between(uint64_t whole, uint64_t part)
{
	if (whole == KM_UNKNOWN || part == KM_UNKNOWN)
		return KM_UNKNOWN;
	return whole > part ? whole - part : 0;
}

/* MemTotal is what the zones manage, to the page, in every kernel as it is published. */
uint64_t km_reported_free_nowhere(const struct km_account_input *facts)
{
	uint64_t foreign = km_num_sub(meminfo(facts, "MemTotal"), facts->managed_bytes);
	uint64_t beyond = km_num_sub(meminfo(facts, "MemFree"), vmstat_pages(facts, "nr_free_pages"));

	if (!foreign || foreign == KM_UNKNOWN || beyond == KM_UNKNOWN)
		return KM_UNKNOWN;
	return foreign < beyond ? foreign : beyond;
}

uint64_t km_reported_free_buddy(const struct km_account_input *facts)
{
	uint64_t elsewhere = km_num_add(km_num_or(meminfo(facts, "Unaccepted"), 0),
					km_num_or(km_reported_free_nowhere(facts), 0));

	return between(meminfo(facts, "MemFree"), elsewhere);
}

uint64_t km_reported_free_cma(const struct km_account_input *facts)
{
	return meminfo(facts, "CmaTotal") ? meminfo(facts, "CmaFree") : KM_UNKNOWN;
}

uint64_t km_reported_free_per_cpu(const struct km_account_input *facts)
{
	return facts->per_cpu_lists_bytes;
}

uint64_t km_reported_file_cache(const struct km_account_input *facts)
{
	return between(meminfo(facts, "Cached"), meminfo(facts, "Shmem"));
}

/* What is on the LRU lists beyond the pages that count as mapped by processes or as cached. */
static uint64_t lru_beyond(const struct km_account_input *facts)
{
	static const char *const lists[] = { "Active", "Inactive", "Unevictable" };
	static const char *const owners[] = { "AnonPages", "Cached", "Buffers" };
	uint64_t lru = km_num_add(km_num_or(vmstat_pages(facts, "nr_isolated_anon"), 0),
				  km_num_or(vmstat_pages(facts, "nr_isolated_file"), 0));
	uint64_t owned = 0;

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		lru = km_num_add(lru, meminfo(facts, lists[i]));
		owned = km_num_add(owned, meminfo(facts, owners[i]));
	}
	return between(lru, owned);
}

uint64_t km_reported_swap_cache(const struct km_account_input *facts)
{
	uint64_t beyond = lru_beyond(facts), cached = meminfo(facts, "SwapCached");

	if (beyond == KM_UNKNOWN || cached == KM_UNKNOWN)
		return cached;
	return beyond < cached ? beyond : cached;
}

uint64_t km_reported_detached(const struct km_account_input *facts)
{
	return between(lru_beyond(facts), km_reported_swap_cache(facts));
}

static uint64_t huge_pages(const struct km_account_input *facts, const char *key)
{
	return km_num_mul(km_meminfo_count(facts->meminfo, km_str_from(key)),
			  meminfo(facts, "Hugepagesize"));
}

uint64_t km_reported_hugetlb_free(const struct km_account_input *facts)
{
	return huge_pages(facts, "HugePages_Free");
}

uint64_t km_reported_hugetlb_used(const struct km_account_input *facts)
{
	return between(huge_pages(facts, "HugePages_Total"), km_reported_hugetlb_free(facts));
}

uint64_t km_reported_page_pool(const struct km_account_input *facts)
{
	return facts->page_pool_bytes;
}

uint64_t km_reported_untyped(const struct km_account_input *facts)
{
	return facts->untyped_bytes;
}

uint64_t km_reported_compound(const struct km_account_input *facts)
{
	return facts->compound_bytes;
}

uint64_t km_reported_large_kmalloc(const struct km_account_input *facts)
{
	return facts->large_kmalloc_bytes;
}

uint64_t km_reported_vmalloc_stacks(const struct km_account_input *facts)
{
	uint64_t listed = facts->vmalloc_bytes[KM_VMALLOC_KERNEL_STACKS];

	if (listed == KM_UNKNOWN && facts->stacks == KM_STACKS_VMALLOC)
		return meminfo(facts, "KernelStack");
	return listed;
}

uint64_t km_reported_vmalloc_modules(const struct km_account_input *facts)
{
	return facts->vmalloc_bytes[KM_VMALLOC_MODULE_CODE];
}

uint64_t km_reported_vmalloc_bpf(const struct km_account_input *facts)
{
	return facts->vmalloc_bytes[KM_VMALLOC_BPF];
}

uint64_t km_reported_vmalloc_hashes(const struct km_account_input *facts)
{
	return facts->vmalloc_bytes[KM_VMALLOC_HASH_TABLES];
}

uint64_t km_reported_stacks(const struct km_account_input *facts)
{
	return facts->stacks == KM_STACKS_PAGES ? meminfo(facts, "KernelStack") : KM_UNKNOWN;
}

/* zswap's pages are zspages where it uses zsmalloc; with zbud or z3fold they are others. */
uint64_t km_reported_compressed(const struct km_account_input *facts)
{
	uint64_t zspages = vmstat_pages(facts, "nr_zspages"), zswap = meminfo(facts, "Zswap");

	if (zspages == KM_UNKNOWN || zswap == KM_UNKNOWN)
		return km_num_or(zspages, zswap);
	return zswap <= zspages ? zspages : km_num_add(zspages, zswap);
}

uint64_t km_reported_misc_reclaimable(const struct km_account_input *facts)
{
	return between(meminfo(facts, "KReclaimable"), meminfo(facts, "SReclaimable"));
}

uint64_t km_account_reported(const struct km_account_part *part, const struct km_account_input *facts)
{
	if (part->compute)
		return part->compute(facts);
	if (part->meminfo)
		return meminfo(facts, part->meminfo);
	return part->vmstat ? vmstat_pages(facts, part->vmstat) : KM_UNKNOWN;
}
