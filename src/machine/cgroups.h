/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel memory of every memory cgroup, from the files in its directory. */
#ifndef KM_MACHINE_CGROUPS_H
#define KM_MACHINE_CGROUPS_H

#include "machine/machine.h"
#include "model/cgroup.h"

/* Rows in the order of the tree, owned by the machine's pool. Required rows that do not exist are a problem. */
struct km_sheet km_machine_cgroups(struct km_machine *machine, enum km_need need);

/* The same, but only for cgroups with a limit. Of all others only one file is read. */
struct km_sheet km_machine_limited_cgroups(struct km_machine *machine, enum km_need need);

/*
 * The removed cgroups that the kernel still keeps, and the cgroup below which more than half of them are. known has the rows
 * of cgroups that were read before; of all others on the way there, one file is read. .count is KM_UNKNOWN without v2
 * (k6.12:kernel/cgroup/cgroup.c cgroup_stat_show).
 */
struct km_removed_cgroups km_machine_removed_cgroups(struct km_machine *machine, const struct km_sheet *known);

#endif
