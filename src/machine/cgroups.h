/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel memory of every memory cgroup, from the files in its directory. */
#ifndef KM_MACHINE_CGROUPS_H
#define KM_MACHINE_CGROUPS_H

#include "machine/machine.h"
#include "model/cgroup.h"

/* Rows in the order of the tree, owned by the machine's pool. Required rows that do not exist are a problem. */
struct km_sheet km_machine_cgroups(struct km_machine *machine, enum km_need need);

/*
 * The same, but only for cgroups with a limit; of all others only one file is read. ret_removed: the removed cgroups that the
 * kernel still keeps, and the cgroup below which more than half of them are; .count is KM_UNKNOWN without v2
 * (k6.12:kernel/cgroup/cgroup.c cgroup_stat_show). If there are any, one file more is read of each cgroup on the way there.
 */
struct km_sheet km_machine_limited_cgroups(struct km_machine *machine, enum km_need need,
					   struct km_removed_cgroups *ret_removed);

#endif
