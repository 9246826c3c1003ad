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
	  .explain = "Since 5.12 also where stacks are vmalloc memory.",
	  .origin = "memory.stat kernel_stack" },
	{ KM_FIELD(struct km_cgroup, pagetables_bytes, KM_BYTES), .flags = KM_SHOWN | KM_LEVEL,
	  .head = "PGTABLES", .brief = "page tables of its processes",
	  .explain = "Part of its kernel memory.",
	  .origin = "memory.stat pagetables", .kernels = "5.12+" },
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
