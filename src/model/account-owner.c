// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/account-owner.h"
#include "parse/dmabuf.h"
#include "parse/kstat.h"

/*
 * Pages of scattered buffers come from the page allocator, and abdstats counts them exactly. Linear buffers
 * are slab and vmalloc memory (openzfs:module/os/linux/zfs/abd_os.c abd_update_scatter_stats). Without
 * abdstats the size of the whole cache is an upper bound.
 */
void km_account_find_owners(const struct km_owner_files *files, struct km_account_input *facts)
{
	uint64_t data = km_kstat_value(files->abdstats, KM_STR("scatter_data_size"));
	uint64_t waste = km_kstat_value(files->abdstats, KM_STR("scatter_chunk_waste"));

	facts->zfs_bytes = km_num_add(data, waste);
	facts->zfs_is_bound = facts->zfs_bytes == KM_UNKNOWN;
	if (facts->zfs_is_bound)
		facts->zfs_bytes = km_kstat_value(files->arcstats, KM_STR("size"));
	facts->dma_buf_bytes = km_dmabuf_own_bytes(files->dma_buf);
}

enum kind { ZFS, BALLOON, GPU, OTHER };

/* Their pages come from alloc_pages(). No line of meminfo counts them, or only newer kernels do. */
static const struct {
	const char *module;
	enum kind kind;
} takers[] = {
	{ "zfs", ZFS },
	{ "vmw_balloon", BALLOON },
	{ "hv_balloon", BALLOON },
	{ "virtio_balloon", BALLOON },
	{ "nvidia", OTHER },
	{ "ttm", GPU },
	{ "amdgpu", GPU },
	{ "i915", GPU },
	{ "nouveau", GPU },
	{ "radeon", GPU },
	{ "xe", GPU },
};

static bool is_loaded(struct km_str modules, const char *name)
{
	struct km_str line, word;

	while (km_str_take_line(&modules, &line))
		if (km_str_take_word(&line, &word) && km_str_eq(word, km_str_from(name)))
			return true;
	return false;
}

static bool is_counted(const struct km_account_input *facts, enum kind kind)
{
	if (kind == ZFS)
		return facts->zfs_bytes != KM_UNKNOWN;
	/* 7.2 counts the memory of TTM (k7.2:fs/proc/meminfo.c) */
	return kind == GPU && km_meminfo_has(facts->meminfo, KM_STR("GPUActive"));
}

/* The used memory of CMA areas, unless it is little. Drivers hold it, or pages of processes lie there. */
static uint64_t cma_bytes(const struct km_account_input *facts)
{
	uint64_t used = km_num_sub(km_meminfo_bytes(facts->meminfo, KM_STR("CmaTotal")),
				   km_meminfo_bytes(facts->meminfo, KM_STR("CmaFree")));

	if (used == KM_UNKNOWN || used < km_num_or(km_meminfo_bytes(facts->meminfo, KM_STR("MemTotal")), 0) / 100)
		return 0;
	return used;
}

void km_account_suspects(struct km_pool *pool, const struct km_owner_files *files,
			 const struct km_account_input *facts, struct km_account_suspects *ret)
{
	enum { TAKERS = sizeof(takers) / sizeof(*takers) };

	*ret = (struct km_account_suspects){ .cma_bytes = cma_bytes(facts) };
	ret->modules.items = km_pool_alloc(pool, TAKERS, sizeof(*ret->modules.items));
	for (size_t i = 0; i < TAKERS; i++)
		if (is_loaded(files->modules, takers[i].module) && !is_counted(facts, takers[i].kind))
			ret->modules.items[ret->modules.len++] = km_str_from(takers[i].module);
}

/* Older kernels (6.12) only count events: pages given to the host, and pages returned by it. */
uint64_t km_account_balloon(const struct km_meminfo *meminfo, const struct km_vmstat *vmstat, uint64_t page_bytes)
{
	uint64_t counted = km_meminfo_bytes(meminfo, KM_STR("Balloon"));
	uint64_t pages = km_num_sub(km_vmstat_value(vmstat, KM_STR("balloon_inflate")),
				    km_vmstat_value(vmstat, KM_STR("balloon_deflate")));

	return km_num_or(counted, km_num_mul(pages, page_bytes));
}
