// SPDX-License-Identifier: GPL-2.0-or-later
#include <unistd.h>
#include "machine/machine.h"
#include "source/cpu.h"
#include "source/device.h"

int km_machine_probe(struct km_machine *machine, struct kmeminfo_probe *probe, struct km_err *err)
{
	int device;

	if (!machine->device) {
		device = km_device_open(err);
		if (device < 0)
			return device;
		machine->device = device + 1;
	}
	return probe ? km_device_probe(machine->device - 1, probe, err) : 0;
}

uint64_t km_machine_stay_on_cpu(void)
{
	return km_cpu_stay();
}

uint64_t km_machine_cpu_node(const struct km_machine *machine)
{
	return km_machine_is_live(machine) ? km_cpu_node() : KM_UNKNOWN;
}
