// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <sched.h>
#include <unistd.h>
#include "base/num.h"
#include "source/cpu.h"

uint64_t km_cpu_node(void)
{
	unsigned int cpu, node;

	return getcpu(&cpu, &node) ? KM_UNKNOWN : node;
}

uint64_t km_cpu_stay(void)
{
	unsigned int cpu, node;
	cpu_set_t set;

	if (getcpu(&cpu, &node) || cpu >= CPU_SETSIZE)
		return KM_UNKNOWN;
	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	/* the scheduler may have moved the process meanwhile */
	if (sched_setaffinity(0, sizeof(set), &set))
		return KM_UNKNOWN;
	return node;
}

uint64_t km_cpu_count(void)
{
	const long count = sysconf(_SC_NPROCESSORS_ONLN);

	return count > 0 ? (uint64_t)count : KM_UNKNOWN;
}

uint64_t km_cpu_allowed(void)
{
	cpu_set_t set;

	/* refused if there may be more CPUs than a set of this size can name */
	if (sched_getaffinity(0, sizeof(set), &set))
		return errno == EINVAL ? CPU_SETSIZE : 1;
	return (uint64_t)CPU_COUNT(&set);
}
