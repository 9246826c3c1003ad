// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/cgroup.h"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_cgroup, cgroup, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "CGROUP",
	  .brief = "path of the cgroup",
	  .explain = "Below the place where the hierarchy is mounted; / is all of it.",
	  .origin = "/sys/fs/cgroup" },
	{ KM_FIELD(struct km_cgroup, memory_bytes, KM_BYTES), .flags = KM_ANSWER | KM_SHOWN | KM_LEVEL,
	  .head = "MEMORY", .brief = "all memory charged to the cgroup",
	  .explain = "Includes the memory of the cgroups below it, like all figures here.",
	  .origin = "memory.current; v1: memory.usage_in_bytes" },
	{ KM_FIELD(struct km_cgroup, kernel_bytes, KM_BYTES), .flags = KM_ANSWER | KM_SHOWN | KM_LEVEL,
	  .head = "KERNEL", .brief = "kernel memory charged to it",
	  .explain = "Slab, stacks, page tables, per-CPU and vmalloc memory, and what modules charge. In v1 without sockets.",
	  .origin = "memory.stat kernel; v1: memory.kmem.usage_in_bytes", .kernels = "5.18+ in v2" },
	{ KM_FIELD(struct km_cgroup, slab_bytes, KM_BYTES), .flags = KM_SHOWN | KM_LEVEL,
	  .head = "SLAB", .brief = "slab objects",
	  .explain = "Objects of caches that charge cgroups, and of others that were requested with GFP_KERNEL_ACCOUNT.",
	  .origin = "memory.stat slab" },
	{ KM_FIELD(struct km_cgroup, slab_reclaimable_bytes, KM_BYTES), .flags = KM_LEVEL,
	  .head = "SLAB-RECL", .brief = "slab objects that shrinkers can free",
	  .explain = "Mostly dentries and inodes.",
	  .origin = "memory.stat slab_reclaimable" },
	{ KM_FIELD(struct km_cgroup, slab_unreclaimable_bytes, KM_BYTES), .flags = KM_LEVEL,
	  .head = "SLAB-UNRECL", .brief = "slab objects that no shrinker can free",
	  .explain = "If it grows without end, something in the cgroup leaks or is never closed.",
	  .origin = "memory.stat slab_unreclaimable" },
	{ KM_FIELD(struct km_cgroup, kernel_stack_bytes, KM_BYTES), .flags = KM_SHOWN | KM_LEVEL,
	  .head = "STACKS", .brief = "kernel stacks of its threads",
	  .explain = "Includes stacks that are vmalloc memory.",
	  .origin = "memory.stat kernel_stack" },
	{ KM_FIELD(struct km_cgroup, pagetables_bytes, KM_BYTES), .flags = KM_SHOWN | KM_LEVEL,
	  .head = "PGTABLES", .brief = "page tables of its processes",
	  .explain = "Part of its kernel memory.",
	  .origin = "memory.stat pagetables", .kernels = "5.11+" },
	{ KM_FIELD(struct km_cgroup, sec_pagetables_bytes, KM_BYTES), .flags = KM_LEVEL,
	  .head = "SEC-PGT", .brief = "page tables of virtual machines and IOMMUs",
	  .explain = "Part of its kernel memory.",
	  .origin = "memory.stat sec_pagetables", .kernels = "6.1+" },
	{ KM_FIELD(struct km_cgroup, percpu_bytes, KM_BYTES), .flags = KM_SHOWN | KM_LEVEL,
	  .head = "PERCPU", .brief = "per-CPU memory",
	  .explain = "A copy for each possible CPU. Cgroups themselves need much of it, which is charged to "
		     "the parent.",
	  .origin = "memory.stat percpu", .kernels = "5.9+" },
	{ KM_FIELD(struct km_cgroup, vmalloc_bytes, KM_BYTES), .flags = KM_SHOWN | KM_LEVEL,
	  .head = "VMALLOC", .brief = "memory of vmalloc areas",
	  .explain = "Part of its kernel memory.",
	  .origin = "memory.stat vmalloc", .kernels = "5.18+" },
	{ KM_FIELD(struct km_cgroup, sock_bytes, KM_BYTES), .flags = KM_SHOWN | KM_LEVEL,
	  .head = "SOCK", .brief = "buffers of sockets",
	  .explain = "Not part of the kernel memory above.",
	  .origin = "memory.stat sock; v1: memory.kmem.tcp.usage_in_bytes" },
	{ KM_FIELD(struct km_cgroup, limit_bytes, KM_BYTES), .flags = KM_SHOWN | KM_PROPERTY,
	  .head = "LIMIT", .brief = "limit of its memory",
	  .explain = "Unknown without a limit.",
	  .origin = "memory.max; v1: memory.limit_in_bytes" },
	{ KM_FIELD(struct km_cgroup, kernel_limit_bytes, KM_BYTES), .flags = KM_PROPERTY,
	  .head = "KERNEL-LIMIT", .brief = "limit of its kernel memory alone",
	  .explain = "Unknown without such a limit, which only v1 has; there a request for kernel memory beyond it fails.",
	  .origin = "v1: memory.kmem.limit_in_bytes", .kernels = "to 5.15, v1" },
	{ KM_FIELD(struct km_cgroup, high_bytes, KM_BYTES), .flags = KM_PROPERTY,
	  .head = "HIGH", .brief = "where the kernel begins to throttle the cgroup",
	  .explain = "Above it, its processes reclaim memory, and wait: the more it exceeds this, the longer. Nothing is killed. "
		     "Unknown without such a threshold, which only v2 has.",
	  .origin = "memory.high" },
	{ KM_FIELD(struct km_cgroup, held_bytes, KM_BYTES), .flags = KM_LEVEL,
	  .head = "HELD", .brief = "memory that reclaim can free by swapping only, or not at all",
	  .explain = "Without the pages of files and, in v2, reclaimable slab. At its limit a cgroup reclaims that "
		     "memory first. When none is left, it swaps, and then the OOM killer runs.",
	  .origin = "memory_bytes - memory.stat inactive_file, active_file, slab_reclaimable" },
	{ KM_FIELD(struct km_cgroup, kernel_held_bytes, KM_BYTES), .flags = KM_LEVEL,
	  .head = "KERNEL-HELD", .brief = "kernel memory that no shrinker can free",
	  .explain = "Before 5.18 the sum of what memory.stat lists, and so at least this much. Unknown in v1, whose "
		     "kernel memory is one figure.",
	  .origin = "memory.stat kernel - slab_reclaimable" },
	{ KM_FIELD(struct km_cgroup, removed_count, KM_COUNT), .flags = KM_LEVEL,
	  .head = "REMOVED", .brief = "removed cgroups below it that the kernel still keeps",
	  .explain = "A removed cgroup stays in the kernel, invisible, until the last page is freed that is charged to it. Page "
		     "cache and tmpfs files that its processes left may take long. Before 6.12 cgroups of other controllers count, too.",
	  .origin = "cgroup.stat nr_dying_subsys_memory, or nr_dying_descendants", .kernels = "4.14+ in v2" },
	{ 0 }
};

const struct km_sheet_type km_cgroup_type = {
	.name = "cgroups",
	.brief = "kernel memory of each memory cgroup",
	.explain = "A cgroup's figures contain those of the cgroups below it, so rows do not add up. Kernel "
		   "memory that is not charged is in no row.",
	.fields = fields,
	.row_size = sizeof(struct km_cgroup),
	.sort = "kernel_bytes:desc",
};

void km_cgroup_count(struct km_cgroup *row, const struct km_vmstat *stat)
{
	const struct {
		uint64_t *bytes;
		struct km_str name;
	} lines[] = {
		{ &row->kernel_bytes, KM_STR("kernel") },
		{ &row->slab_bytes, KM_STR("slab") },
		{ &row->slab_reclaimable_bytes, KM_STR("slab_reclaimable") },
		{ &row->slab_unreclaimable_bytes, KM_STR("slab_unreclaimable") },
		{ &row->kernel_stack_bytes, KM_STR("kernel_stack") },
		{ &row->pagetables_bytes, KM_STR("pagetables") },
		{ &row->sec_pagetables_bytes, KM_STR("sec_pagetables") },
		{ &row->percpu_bytes, KM_STR("percpu") },
		{ &row->vmalloc_bytes, KM_STR("vmalloc") },
		{ &row->sock_bytes, KM_STR("sock") },
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		*lines[i].bytes = km_vmstat_value(stat, lines[i].name);
}

uint64_t km_cgroup_removed(const struct km_vmstat *stat)
{
	const uint64_t count = km_vmstat_value(stat, KM_STR("nr_dying_subsys_memory"));

	return count == KM_UNKNOWN ? km_vmstat_value(stat, KM_STR("nr_dying_descendants")) : count;
}

static uint64_t value_of(const struct km_vmstat *stat, const char *name)
{
	return km_vmstat_value(stat, km_str_from(name));
}

/* In v1 total_NAME includes the cgroups below, as usage does, and as all figures of v2 do. */
static uint64_t with_below(const struct km_vmstat *stat, const char *total, const char *name)
{
	const uint64_t bytes = value_of(stat, total);

	return bytes == KM_UNKNOWN ? value_of(stat, name) : bytes;
}

/* The counters of a cgroup lag behind each other: the result is never below 0. */
static uint64_t without(uint64_t bytes, uint64_t freeable)
{
	if (bytes == KM_UNKNOWN || freeable == KM_UNKNOWN)
		return KM_UNKNOWN;
	return bytes > freeable ? bytes - freeable : 0;
}

static uint64_t listed_kernel(const struct km_cgroup *row)
{
	if (row->slab_unreclaimable_bytes == KM_UNKNOWN)
		return KM_UNKNOWN;
	return row->slab_unreclaimable_bytes + km_num_or(row->kernel_stack_bytes, 0) + km_num_or(row->pagetables_bytes, 0) +
	       km_num_or(row->percpu_bytes, 0);
}

void km_cgroup_derive_held(struct km_cgroup *row, const struct km_vmstat *stat)
{
	const uint64_t file = km_num_add(with_below(stat, "total_inactive_file", "inactive_file"),
					 with_below(stat, "total_active_file", "active_file"));

	row->held_bytes = without(row->memory_bytes, km_num_add(file, km_num_or(row->slab_reclaimable_bytes, 0)));
	row->kernel_held_bytes = without(row->kernel_bytes, row->slab_reclaimable_bytes);
	if (row->kernel_held_bytes == KM_UNKNOWN)
		row->kernel_held_bytes = listed_kernel(row);
}
