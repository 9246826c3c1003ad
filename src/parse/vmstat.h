/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_PARSE_VMSTAT_H
#define KM_PARSE_VMSTAT_H

#include "base/array.h"
#include "parse/parse.h"

struct km_vmstat_entry {
	struct km_str name; /* "nr_free_pages"; "" of a nameless counter */
	uint64_t value;     /* pages, events or kB: the name tells */
};

struct km_vmstat {
	KM_ARRAY(struct km_vmstat_entry) entries; /* in the file's order, unknown names too */
};

/* Unreadable lines are problems. A name that stands twice is kept twice. */
void km_parse_vmstat(struct km_parse *parse, struct km_str text, struct km_vmstat *ret);
void km_vmstat_deinit(struct km_vmstat *vmstat);

/*
 * As the file has it; KM_UNKNOWN where the kernel does not have the name, which is not 0.
 * vmstat may be NULL. The first of two equal names counts.
 */
uint64_t km_vmstat_value(const struct km_vmstat *vmstat, struct km_str name);

#endif
