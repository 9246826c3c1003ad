// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The users of memory at the time of a report. Its totals are counters that do not overlap, except shmem: it
 * is also in the anonymous lists, or in the unevictable list if it is locked. Memory that no counter covers
 * belongs to other kernel code: drivers, vmalloc, per-CPU areas.
 */
#include "model/failure-cause.h"

enum use { USED, HELD, SPARE, DOUBTFUL };

static const struct part {
	const char *key;
	const char *totals[3]; /* the names in Mem-Info */
	enum use use;	       /* DOUBTFUL: reclaimable unless kswapd gave up, because most of it may be in use */
} parts[KM_PARTS] = {
	[KM_PART_ANON] = { "anonymous_bytes",
			   { "active_anon", "inactive_anon", "isolated_anon" },
			   USED },
	[KM_PART_SHMEM] = { "shared_bytes", { "shmem" }, USED },
	[KM_PART_FILE] = { "file_bytes",
			   { "active_file", "inactive_file", "isolated_file" },
			   SPARE },
	[KM_PART_UNEVICTABLE] = { "unevictable_bytes", { "unevictable" }, USED },
	[KM_PART_SLAB_RECLAIMABLE] = { "slab_reclaimable_bytes", { "slab_reclaimable" }, DOUBTFUL },
	[KM_PART_SLAB_UNRECLAIMABLE] = { "slab_unreclaimable_bytes",
					 { "slab_unreclaimable" },
					 HELD },
	[KM_PART_MISC_RECLAIMABLE] = { "misc_reclaimable_bytes",
				       { "kernel_misc_reclaimable" },
				       DOUBTFUL },
	[KM_PART_PAGE_TABLES] = { "page_tables_bytes", { "pagetables", "sec_pagetables" }, HELD },
	[KM_PART_BOUNCE] = { "bounce_bytes", { "bounce" }, HELD },
	[KM_PART_PCP] = { "per_cpu_free_bytes", { "free_pcp" }, USED },
	[KM_PART_FREE] = { "free_bytes", { "free" }, USED },
	[KM_PART_STACKS] = { "kernel_stacks_bytes", { NULL }, HELD },
	[KM_PART_HUGE_PAGES] = { "huge_pages_bytes", { NULL }, USED },
	[KM_PART_GPU] = { "gpu_bytes", { NULL }, HELD },
	[KM_PART_BALLOON] = { "balloon_bytes", { NULL }, HELD },
	[KM_PART_UNCOUNTED] = { "uncounted_bytes", { NULL }, HELD },
};

struct km_str km_part_key(enum km_part part)
{
	return km_str_from(parts[part].key);
}

/* A total of the machine by its name in Mem-Info, in bytes. */
static uint64_t total(const struct km_klog_mem *mem, struct km_str name)
{
	const struct km_zoneinfo_stat *stat;

	km_array_each(stat, &mem->totals)
		if (km_str_eq(stat->name, name))
			return km_num_mul(stat->value, mem->page_bytes);
	return KM_UNKNOWN;
}

/*
 * Counters that not every kernel prints. If they are missing, the part is unknown, and its memory is in the
 * rest.
 */
static bool is_optional(enum km_part part)
{
	return part == KM_PART_SHMEM || part == KM_PART_MISC_RECLAIMABLE || part == KM_PART_PCP ||
	       part == KM_PART_BOUNCE || part == KM_PART_GPU || part == KM_PART_BALLOON;
}

static uint64_t counted(const uint64_t bytes[static KM_PARTS], enum km_part part)
{
	return is_optional(part) ? km_num_or(bytes[part], 0) : bytes[part];
}

static uint64_t total_of(const struct km_klog_mem *mem, enum km_part part)
{
	uint64_t sum = total(mem, km_str_from(parts[part].totals[0]));

	for (size_t i = 1; i < 3 && parts[part].totals[i]; i++)
		sum = km_num_add(sum, km_num_or(total(mem, km_str_from(parts[part].totals[i])), 0));
	return sum;
}

/*
 * Subtracts tmpfs and shared memory from the anonymous lists, and locked pages of them from the unevictable
 * list.
 */
static void split_shmem(uint64_t bytes[static KM_PARTS])
{
	uint64_t rest = bytes[KM_PART_SHMEM], *const lists[] = {
		&bytes[KM_PART_ANON],
		&bytes[KM_PART_UNEVICTABLE],
	};

	if (rest == KM_UNKNOWN)
		return;
	for (size_t i = 0; i < 2 && rest; i++) {
		uint64_t part = *lists[i] == KM_UNKNOWN || *lists[i] > rest ? rest : *lists[i];

		*lists[i] = km_num_sub(*lists[i], part);
		rest -= part;
	}
	/* counters lag: pages on no list do not exist */
	bytes[KM_PART_SHMEM] -= rest;
}

/* Whether kswapd gave up on every shown node. That may have been long ago, but still indicates a shortage. */
static bool is_exhausted(const struct km_klog_mem *mem)
{
	uint64_t reported = 0, open = 0;

	for (size_t i = 0; i < sizeof(mem->reported_nodes) / sizeof(*mem->reported_nodes); i++) {
		reported |= mem->reported_nodes[i];
		open |= mem->reported_nodes[i] & ~mem->unreclaimable_nodes[i];
	}
	return reported && !open;
}

static void find_hidden(struct km_failure_case *failed)
{
	uint64_t managed = 0, free = 0;

	for (size_t i = 0; i < failed->zones.len; i++) {
		managed = km_num_add(managed, failed->zones.rows[i].managed_bytes);
		free = km_num_add(free, failed->zones.rows[i].free_bytes);
	}
	failed->hidden_managed_bytes = km_num_sub(failed->managed_bytes, managed);
	failed->hidden_free_bytes = km_num_sub(total(failed->mem, KM_STR("free")), free);
}

void km_failure_memory(struct km_failure_case *failed)
{
	const struct km_klog_mem *mem = failed->mem;
	uint64_t *bytes = failed->parts, rest;
	bool exhausted = is_exhausted(mem);

	failed->managed_bytes =
		km_num_mul(km_num_sub(mem->ram_pages, mem->reserved_pages), mem->page_bytes);
	for (enum km_part part = 0; part < KM_PARTS; part++)
		if (parts[part].totals[0])
			bytes[part] = total_of(mem, part);
	split_shmem(bytes);
	bytes[KM_PART_STACKS] = km_num_mul(mem->kernel_stack_kib, 1024);
	bytes[KM_PART_HUGE_PAGES] = km_num_mul(mem->hugetlb_kib, 1024);
	bytes[KM_PART_GPU] = km_num_mul(mem->gpu_kib, 1024);
	bytes[KM_PART_BALLOON] = km_num_mul(mem->balloon_kib, 1024);
	rest = failed->managed_bytes;
	for (enum km_part part = 0; part < KM_PART_UNCOUNTED; part++)
		rest = km_num_sub(rest, counted(bytes, part));
	bytes[KM_PART_UNCOUNTED] = rest;
	failed->held_bytes = failed->spare_bytes = 0;
	for (enum km_part part = 0; part < KM_PARTS; part++) {
		if (parts[part].use == HELD)
			failed->held_bytes = km_num_add(failed->held_bytes, counted(bytes, part));
		if (parts[part].use == SPARE || (parts[part].use == DOUBTFUL && !exhausted))
			failed->spare_bytes = km_num_add(failed->spare_bytes, counted(bytes, part));
	}
	find_hidden(failed);
}
