// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <unistd.h>
#include "machine/machine.h"
#include "source/cpu.h"
#include "source/device.h"
#include "source/membership.h"

int km_machine_probe_in(struct km_machine *machine, const char *cgroup, struct km_err *err)
{
	const struct km_str group = km_machine_cgroup_procs(machine, cgroup), own = km_machine_cgroup_procs(machine, NULL);
	int r;

	if (!group.ptr)
		return km_err_set(err, -ENOENT, NULL, "no directory of a memory cgroup %s", cgroup);
	if (!own.ptr)
		return km_err_set(err, -ENOENT, NULL, "this process has no memory cgroup below /sys/fs/cgroup to come back to");
	r = km_membership_open(&machine->membership, group.ptr, own.ptr, err);
	machine->in_cgroup = !r;
	return r;
}

/* What fails on the way back is worse than a failed probe: what follows would be charged there. */
static int probe_in_cgroup(struct km_machine *machine, struct kmeminfo_probe *probe, struct km_err *err)
{
	int r = km_membership_join(&machine->membership, err), back;

	if (r)
		return r;
	r = km_device_probe(machine->device - 1, probe, err);
	back = km_membership_leave(&machine->membership, err);
	return back ? back : r;
}

int km_machine_probe(struct km_machine *machine, struct kmeminfo_probe *probe, struct km_err *err)
{
	int device;

	if (!machine->device) {
		device = km_device_open(err);
		if (device < 0)
			return device;
		machine->device = device + 1;
	}
	if (!probe)
		return 0;
	return machine->in_cgroup ? probe_in_cgroup(machine, probe, err) : km_device_probe(machine->device - 1, probe, err);
}

uint64_t km_machine_stay_on_cpu(void)
{
	return km_cpu_stay();
}

uint64_t km_machine_cpu_node(const struct km_machine *machine)
{
	return km_machine_is_live(machine) ? km_cpu_node() : KM_UNKNOWN;
}
