// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include "model/account-reported.h"
#include "parse/version.h"

/*
 * The lines that all versions of lxcfs take from the container's memory cgroup. The other lines are the
 * host's, or 0 (lxcfs:src/proc_fuse.c proc_meminfo_read).
 */
static bool is_of_container(const char *key)
{
	static const char *const keys[] = { "MemTotal", "MemFree", "Cached", "Shmem", "Active(anon)", "Inactive(anon)" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (!strcmp(keys[i], key))
			return true;
	return false;
}

static uint64_t meminfo(const struct km_account_input *facts, const char *key)
{
	if (facts->foreign && !is_of_container(key))
		return KM_UNKNOWN;
	return km_meminfo_bytes(facts->meminfo, km_str_from(key));
}

static uint64_t vmstat_pages(const struct km_account_input *facts, const char *name)
{
	return km_num_mul(km_vmstat_value(facts->vmstat, km_str_from(name)), facts->page_bytes);
}

/*
 * The difference of two counters. The kernel sums them one after the other, each a little late
 * (k6.12:mm/vmstat.c). If they are nearly equal, the smaller one may look larger; the difference is then 0.
 */
static uint64_t between(uint64_t whole, uint64_t part)
{
	if (whole == KM_UNKNOWN || part == KM_UNKNOWN)
		return KM_UNKNOWN;
	return whole > part ? whole - part : 0;
}

/* MemTotal equals the managed pages of all zones in every released kernel. */
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
	uint64_t total = meminfo(facts, "CmaTotal"), free = meminfo(facts, "CmaFree");

	return !total || (total == KM_UNKNOWN && !free) ? KM_UNKNOWN : free;
}

uint64_t km_reported_free_per_cpu(const struct km_account_input *facts)
{
	return facts->per_cpu_lists_bytes;
}

/* If shared memory is unknown, this is all of Cached; km_account_part.certainty is then "at most". */
uint64_t km_reported_file_cache(const struct km_account_input *facts)
{
	return between(meminfo(facts, "Cached"), km_num_or(meminfo(facts, "Shmem"), 0));
}

/* Old versions of lxcfs pass on the host's AnonPages; the LRU lists are always the container's. */
uint64_t km_reported_anonymous(const struct km_account_input *facts)
{
	if (!facts->foreign)
		return meminfo(facts, "AnonPages");
	return between(km_num_add(meminfo(facts, "Active(anon)"), meminfo(facts, "Inactive(anon)")),
		       meminfo(facts, "Shmem"));
}

/* If one of two parts is missing, it is the whole minus the other. */
static uint64_t part_of_slab(const struct km_account_input *facts, const char *part, const char *other)
{
	uint64_t bytes = meminfo(facts, part);

	return bytes != KM_UNKNOWN ? bytes : between(meminfo(facts, "Slab"), meminfo(facts, other));
}

uint64_t km_reported_slab_reclaimable(const struct km_account_input *facts)
{
	return part_of_slab(facts, "SReclaimable", "SUnreclaim");
}

uint64_t km_reported_slab_unreclaimable(const struct km_account_input *facts)
{
	return part_of_slab(facts, "SUnreclaim", "SReclaimable");
}

/* The sum of the parts, unless both are unknown. */
uint64_t km_reported_slab(const struct km_account_input *facts)
{
	if (meminfo(facts, "SReclaimable") != KM_UNKNOWN || meminfo(facts, "SUnreclaim") != KM_UNKNOWN)
		return KM_UNKNOWN;
	return meminfo(facts, "Slab");
}

static uint64_t listed_vmalloc(const struct km_account_input *facts)
{
	uint64_t sum = 0;

	for (unsigned int kind = 0; kind < KM_VMALLOC_KINDS; kind++)
		sum = km_num_add(sum, facts->vmalloc_bytes[kind]);
	return sum;
}

uint64_t km_reported_vmalloc(const struct km_account_input *facts)
{
	uint64_t counted = facts->foreign ? KM_UNKNOWN : km_account_vmalloc_used(facts->meminfo, facts->release);

	return counted == KM_UNKNOWN && !facts->foreign ? listed_vmalloc(facts) : counted;
}

/*
 * VmallocUsed is address space up to 4.3, with device registers and guard pages. VmallocChunk, the largest
 * hole, is not 0 there (k4.3:mm/vmalloc.c get_vmalloc_info). 4.4 to 5.2 print 0 for both
 * (k4.4:fs/proc/meminfo.c). From 5.3 on VmallocUsed is pages. If VmallocChunk is missing, the release
 * decides, or a line that is newer than 4.3.
 */
uint64_t km_account_vmalloc_used(const struct km_meminfo *info, uint64_t release)
{
	uint64_t used = km_meminfo_bytes(info, KM_STR("VmallocUsed"));
	uint64_t hole = km_meminfo_bytes(info, KM_STR("VmallocChunk"));
	bool newer = (release != KM_UNKNOWN && release >= KM_RELEASE(4, 4)) || km_meminfo_has(info, KM_STR("Percpu"));

	if (hole == KM_UNKNOWN && newer)
		hole = 0;
	return hole || !used ? KM_UNKNOWN : used;
}

/* Memory on the LRU lists minus the pages that count as mapped by processes or as cached. */
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

	if (!cached || beyond == KM_UNKNOWN)
		return cached ? KM_UNKNOWN : 0;
	if (cached == KM_UNKNOWN)
		return KM_UNKNOWN;
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

uint64_t km_reported_charged(const struct km_account_input *facts)
{
	return facts->charged_bytes;
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
	/* slab whose split is unknown has no parts */
	return km_reported_slab_unreclaimable(facts) == KM_UNKNOWN ? KM_UNKNOWN : facts->large_kmalloc_bytes;
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

/* zswap's pages are zspages if it uses zsmalloc; zbud and z3fold have pages of their own. */
uint64_t km_reported_compressed(const struct km_account_input *facts)
{
	uint64_t zspages = vmstat_pages(facts, "nr_zspages"), zswap = meminfo(facts, "Zswap");

	if (zspages == KM_UNKNOWN || zswap == KM_UNKNOWN)
		return km_num_or(zspages, zswap);
	return zswap <= zspages ? zspages : km_num_add(zspages, zswap);
}

uint64_t km_reported_zfs(const struct km_account_input *facts)
{
	return facts->zfs_bytes;
}

uint64_t km_reported_dma_buf(const struct km_account_input *facts)
{
	return facts->dma_buf_bytes;
}

uint64_t km_reported_misc_reclaimable(const struct km_account_input *facts)
{
	return between(meminfo(facts, "KReclaimable"), km_reported_slab_reclaimable(facts));
}

uint64_t km_account_reported(const struct km_account_part *part, const struct km_account_input *facts)
{
	if (part->compute)
		return part->compute(facts);
	if (part->meminfo)
		return meminfo(facts, part->meminfo);
	return part->vmstat ? vmstat_pages(facts, part->vmstat) : KM_UNKNOWN;
}

static bool is_no_slab(const struct km_meminfo *info, const struct km_vmstat *vmstat)
{
	return !km_meminfo_bytes(info, KM_STR("SReclaimable")) && !km_meminfo_bytes(info, KM_STR("SUnreclaim")) &&
	       km_num_or(km_vmstat_value(vmstat, KM_STR("nr_slab_unreclaimable")), 0) > 0;
}

/*
 * Programs that replace /proc/meminfo may fill in the container's slab. A kernel's own files count free
 * memory and slab in the same way. Both change between two readings, but slab does not shrink to half unless
 * much memory is freed or allocated.
 */
static bool is_other_slab(const struct km_meminfo *info, const struct km_vmstat *vmstat, uint64_t page_bytes)
{
	enum { FREE_SHARE = 10 };
	const uint64_t total = km_meminfo_bytes(info, KM_STR("MemTotal"));
	const uint64_t slab = km_num_add(km_meminfo_bytes(info, KM_STR("SReclaimable")), km_meminfo_bytes(info, KM_STR("SUnreclaim")));
	const uint64_t free = km_meminfo_bytes(info, KM_STR("MemFree"));
	const uint64_t own_free = km_num_mul(km_vmstat_value(vmstat, KM_STR("nr_free_pages")), page_bytes);
	const uint64_t own_slab = km_num_mul(km_num_add(km_vmstat_value(vmstat, KM_STR("nr_slab_reclaimable")),
							km_vmstat_value(vmstat, KM_STR("nr_slab_unreclaimable"))), page_bytes);

	if (total == KM_UNKNOWN || slab == KM_UNKNOWN || free == KM_UNKNOWN || own_free == KM_UNKNOWN || own_slab == KM_UNKNOWN)
		return false;
	return slab < own_slab / 2 &&
	       (free > own_free ? free - own_free : own_free - free) > total / FREE_SHARE;
}

bool km_account_is_foreign(const struct km_meminfo *info, const struct km_vmstat *vmstat, uint64_t managed_bytes,
			   uint64_t page_bytes)
{
	uint64_t total = km_meminfo_bytes(info, KM_STR("MemTotal"));

	if (!info)
		return false;
	if (total != KM_UNKNOWN && managed_bytes != KM_UNKNOWN && total < managed_bytes - managed_bytes / 16)
		return true;
	return is_no_slab(info, vmstat) || is_other_slab(info, vmstat, page_bytes);
}
