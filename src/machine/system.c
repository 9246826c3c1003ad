// SPDX-License-Identifier: GPL-2.0-or-later
/* Data that only the running system has, read when a report needs it. */
#include "machine/machine.h"
#include "source/clock.h"
#include "source/cpu.h"

uint64_t km_machine_cpus(const struct km_machine *machine)
{
	return km_machine_is_live(machine) ? km_cpu_count() : KM_UNKNOWN;
}

struct km_str km_machine_host_name(const struct km_machine *machine)
{
	return km_source_info(machine->source)->host_name;
}

double km_machine_age_seconds(const struct km_machine *machine)
{
	return km_clock_seconds() - machine->opened_seconds;
}
