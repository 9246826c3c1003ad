/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machine in one row, for monitoring. The names are the same on every kernel. */
#ifndef KM_MODEL_SYSTEM_H
#define KM_MODEL_SYSTEM_H

#include "base/field.h"
#include "parse/meminfo.h"
#include "parse/vmstat.h"

struct km_system {
	struct km_str host_name;
	const struct km_word *proc;
	uint64_t cpus;
	uint64_t available_bytes;
	uint64_t swap_bytes, swap_free_bytes;
	uint64_t oom_kills;
	uint64_t stalls;
	uint64_t scanned_pages, reclaimed_pages;
	uint64_t compact_stalls, compact_failures;
};

enum km_proc { KM_PROC_HOST, KM_PROC_CONTAINER };

/* By enum km_proc. */
extern const struct km_word km_system_procs[];
extern const struct km_sheet_type km_system_type;

/* Sets the figures that the two files report; either may be NULL. */
void km_system_count(struct km_system *system, const struct km_meminfo *meminfo, const struct km_vmstat *vmstat);

#endif
