/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel memory of every memory cgroup, from files in each one's directory. */
#ifndef KM_MACHINE_CGROUPS_H
#define KM_MACHINE_CGROUPS_H

#include "machine/machine.h"
#include "model/cgroup.h"

/*
 * Rows in the order of the tree, owned by the machine's pool. If there are none and they are required, that is
 * a problem.
 */
struct km_sheet km_machine_cgroups(struct km_machine *machine, enum km_need need);

/* The same of those that have a limit: of all others one file is read. */
struct km_sheet km_machine_limited_cgroups(struct km_machine *machine, enum km_need need);

#endif
