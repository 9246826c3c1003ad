/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel memory that is charged to each memory cgroup. */
#ifndef KM_MODEL_CGROUP_H
#define KM_MODEL_CGROUP_H

#include "base/field.h"
#include "parse/vmstat.h"

struct km_cgroup {
	struct km_str cgroup;
	uint64_t memory_bytes;
	uint64_t kernel_bytes;
	uint64_t slab_bytes, slab_reclaimable_bytes, slab_unreclaimable_bytes;
	uint64_t kernel_stack_bytes;
	uint64_t pagetables_bytes, sec_pagetables_bytes;
	uint64_t percpu_bytes;
	uint64_t vmalloc_bytes;
	uint64_t sock_bytes;
	uint64_t limit_bytes;
	uint64_t kernel_limit_bytes;
	uint64_t high_bytes;
	uint64_t held_bytes, kernel_held_bytes;
	uint64_t removed_count;
};

/* The cgroup below which most removed cgroups are that the kernel still keeps. */
struct km_removed_cgroups {
	struct km_str cgroup; /* "/system.slice" */
	uint64_t count; /* of the whole machine; KM_UNKNOWN: the kernel does not report it */
	uint64_t bytes; /* charged to this cgroup, but to none that exists below it; KM_UNKNOWN */
};

extern const struct km_sheet_type km_cgroup_type;

/* Sets held_bytes and kernel_held_bytes. All other figures must be set before. */
void km_cgroup_derive_held(struct km_cgroup *row, const struct km_vmstat *stat);

/* The removed cgroups below a cgroup, of its cgroup.stat: those with memory (6.12+), or all. KM_UNKNOWN: not reported. */
uint64_t km_cgroup_removed(const struct km_vmstat *stat);

/* Sets the figures in memory.stat. Its lines have a name and a number of bytes. */
void km_cgroup_count(struct km_cgroup *row, const struct km_vmstat *stat);

#endif
