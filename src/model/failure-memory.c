// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Who had the memory at the time of a report: its totals are counters that do not overlap, but for
 * shmem, which is in the anonymous lists. What none of them counts was handed out by the page
 * allocator to somebody in the kernel: drivers, vmalloc, per-CPU areas.
 */
#include "model/failure-cause.h"

struct holder {
	const char *name;
	const char *totals[3]; /* as Mem-Info names them */
	bool held, spare;
	bool doubtful; /* spare unless kswapd gave up: most of it may be in use */
};

static const struct holder holders[] = {
	{ "anonymous_bytes", { "active_anon", "inactive_anon", "isolated_anon" }, false, false, false },
	{ "file_bytes", { "active_file", "inactive_file", "isolated_file" }, false, true, false },
	{ "unevictable_bytes", { "unevictable" }, false, false, false },
	{ "slab_reclaimable_bytes", { "slab_reclaimable" }, false, true, true },
	{ "slab_unreclaimable_bytes", { "slab_unreclaimable" }, true, false, false },
	{ "page_tables_bytes", { "pagetables", "sec_pagetables" }, true, false, false },
	{ "bounce_bytes", { "bounce" }, true, false, false },
	{ "per_cpu_free_bytes", { "free_pcp" }, false, false, false },
	{ "free_bytes", { "free" }, false, false, false },
};

enum { HOLDERS = sizeof(holders) / sizeof(*holders), OTHERS = 3 };

/* A total of the machine by its name in Mem-Info, in bytes. */
static uint64_t total(const struct km_klog_mem *mem, struct km_str name)
{
	const struct km_zoneinfo_stat *stat;

	km_array_each(stat, &mem->totals)
		if (km_str_eq(stat->name, name))
			return km_num_mul(stat->value, mem->page_bytes);
	return KM_UNKNOWN;
}

static uint64_t total_of(const struct km_klog_mem *mem, const struct holder *holder)
{
	uint64_t sum = total(mem, km_str_from(holder->totals[0]));

	/* kernels that lack the second or third count it elsewhere, or do not have such pages */
	for (size_t i = 1; i < 3 && holder->totals[i]; i++)
		sum = km_num_add(sum, km_num_or(total(mem, km_str_from(holder->totals[i])), 0));
	return sum;
}

/* kswapd gave up on every node that is shown. It may have been long ago: what it gave up on stays a sign. */
static bool is_exhausted(const struct km_klog_mem *mem)
{
	uint64_t told = 0, open = 0;

	for (size_t i = 0; i < sizeof(mem->reported_nodes) / sizeof(*mem->reported_nodes); i++) {
		told |= mem->reported_nodes[i];
		open |= mem->reported_nodes[i] & ~mem->unreclaimable_nodes[i];
	}
	return told && !open;
}

static void find_hidden(struct km_failure_case *known)
{
	uint64_t managed = 0, free = 0;

	for (size_t i = 0; i < known->zones.len; i++) {
		managed = km_num_add(managed, known->zones.rows[i].managed_bytes);
		free = km_num_add(free, known->zones.rows[i].free_bytes);
	}
	known->hidden_managed_bytes = km_num_sub(known->managed_bytes, managed);
	known->hidden_free_bytes = km_num_sub(total(known->mem, KM_STR("free")), free);
}

void km_failure_memory(struct km_failure_case *known)
{
	const struct km_klog_mem *mem = known->mem;
	struct km_pair *pairs = km_pool_alloc(known->pool, HOLDERS + OTHERS, sizeof(*pairs));
	uint64_t rest, stacks = km_num_mul(mem->kernel_stack_kib, 1024);
	uint64_t huge = km_num_mul(mem->hugetlb_kib, 1024);
	bool exhausted = is_exhausted(mem);

	known->managed_bytes =
		km_num_mul(km_num_sub(mem->ram_pages, mem->reserved_pages), mem->page_bytes);
	rest = known->managed_bytes;
	known->held_bytes = known->spare_bytes = 0;
	for (size_t i = 0; i < HOLDERS; i++) {
		pairs[i] = (struct km_pair){ km_str_from(holders[i].name), total_of(mem, &holders[i]) };
		rest = km_num_sub(rest, pairs[i].value);
		if (holders[i].held)
			known->held_bytes = km_num_add(known->held_bytes, pairs[i].value);
		if (holders[i].spare && !(holders[i].doubtful && exhausted))
			known->spare_bytes = km_num_add(known->spare_bytes, pairs[i].value);
	}
	pairs[HOLDERS] = (struct km_pair){ KM_STR("kernel_stacks_bytes"), stacks };
	pairs[HOLDERS + 1] = (struct km_pair){ KM_STR("huge_pages_bytes"), huge };
	rest = km_num_sub(rest, km_num_add(stacks, huge));
	pairs[HOLDERS + 2] = (struct km_pair){ KM_STR("uncounted_bytes"), rest };
	known->held_bytes = km_num_add(known->held_bytes, km_num_add(stacks, rest));
	known->memory = (struct km_pairs){ pairs, HOLDERS + OTHERS };
	find_hidden(known);
}
