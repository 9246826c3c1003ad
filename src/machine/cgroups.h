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

#endif
