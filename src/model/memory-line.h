/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every line of /proc/meminfo and of /proc/vmstat as a row, also unknown ones. */
#ifndef KM_MODEL_MEMORY_LINE_H
#define KM_MODEL_MEMORY_LINE_H

#include "base/field.h"
#include "parse/meminfo.h"
#include "parse/vmstat.h"

struct km_meminfo_line {
	struct km_str name;
	uint64_t bytes;
	uint64_t number;
	struct km_str topic;
	struct km_str brief;
};

struct km_vmstat_line {
	struct km_str name;
	uint64_t value;
	const struct km_word *unit;
	uint64_t bytes;
	struct km_str topic;
	struct km_str brief;
};

extern const struct km_sheet_type km_meminfo_line_type;
extern const struct km_sheet_type km_vmstat_line_type;

/*
 * Rows in the file's order, owned by the pool. They borrow from the records, which may be NULL: then there
 * are no rows. Topics stay unknown. page_bytes is the page size of the machine.
 */
struct km_sheet km_meminfo_lines(struct km_pool *pool, const struct km_meminfo *meminfo);
struct km_sheet km_vmstat_lines(struct km_pool *pool, const struct km_vmstat *vmstat, uint64_t page_bytes);

#endif
