/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory of processes, summed by command. */
#ifndef KM_MODEL_COMMAND_USAGE_H
#define KM_MODEL_COMMAND_USAGE_H

#include "base/process.h"
#include "base/field.h"

struct km_command_usage {
	struct km_str command;
	uint64_t processes;
	uint64_t threads;
	uint64_t resident_bytes;
	uint64_t anonymous_bytes;
	uint64_t shared_bytes;
	uint64_t file_bytes;
};

extern const struct km_sheet_type km_command_usage_type;

/* One row per command, owned by the pool. Borrows from processes. NULL: no rows and no totals. */
struct km_sheet km_command_usage_derive(struct km_pool *pool, const struct km_processes *processes);

#endif
