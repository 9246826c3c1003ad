/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The CPU that this program runs on: where a request begins that names no node. */
#ifndef KM_SOURCE_CPU_H
#define KM_SOURCE_CPU_H

#include <stdint.h>

/* The node of the CPU that the program runs on at this moment; KM_UNKNOWN if the kernel does not report it. */
uint64_t km_cpu_node(void);

/* The same, and the program stays on that CPU from now on, so that the node stays the same. */
uint64_t km_cpu_stay(void);

/* CPUs that are online; KM_UNKNOWN where the system does not say it. */
uint64_t km_cpu_count(void);

#endif
