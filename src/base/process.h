/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A process of the running system. source/ reads processes, model/ adds them up. */
#ifndef KM_BASE_PROCESS_H
#define KM_BASE_PROCESS_H

#include "base/array.h"
#include "base/str.h"

struct km_process {
	struct km_str command; /* at most 15 bytes; 63 for a kernel thread */
	uint64_t threads;
	uint64_t resident_bytes;
	uint64_t anonymous_bytes; /* this and shared_bytes are parts of resident_bytes */
	uint64_t shared_bytes;
};

struct km_processes {
	struct km_pool pool;
	KM_ARRAY(struct km_process) list;
};

static inline void km_processes_deinit(struct km_processes *processes)
{
	km_array_deinit(&processes->list);
	km_pool_deinit(&processes->pool);
}

#endif
