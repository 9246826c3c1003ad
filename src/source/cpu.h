/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The CPU that this program runs on. The kernel starts on its node when a request names no node. */
#ifndef KM_SOURCE_CPU_H
#define KM_SOURCE_CPU_H

#include <stdint.h>

/* The node of the CPU that the program runs on now; KM_UNKNOWN if the kernel does not report it. */
uint64_t km_cpu_node(void);

/* The same, and pins the program to that CPU, so that the node stays the same. */
uint64_t km_cpu_stay(void);

/* The number of online CPUs; KM_UNKNOWN if the system does not report it. */
uint64_t km_cpu_count(void);

/* The number of CPUs that the program may use; 1 if the kernel does not report it. */
uint64_t km_cpu_allowed(void);

#endif
