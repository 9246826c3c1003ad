/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_PARSE_VMSTAT_H
#define KM_PARSE_VMSTAT_H

#include "base/index.h"
#include "parse/parse.h"

struct km_vmstat_entry {
	struct km_str name; /* "nr_free_pages"; "" of a nameless counter */
	uint64_t value;     /* pages, events or kB, depending on the name */
};

struct km_vmstat {
	KM_ARRAY(struct km_vmstat_entry) entries; /* in the file's order, unknown names too */
	struct km_index names;                    /* of entries */
};

/* Lines that cannot be read become problems, and so does the second line of a name: the first one counts. */
void km_parse_vmstat(struct km_parse *parse, struct km_str text, struct km_vmstat *ret);
void km_vmstat_deinit(struct km_vmstat *vmstat);

/*
 * The value of a name; KM_UNKNOWN, not 0, if the kernel lacks the name. vmstat may be NULL.
 */
uint64_t km_vmstat_value(const struct km_vmstat *vmstat, struct km_str name);

#endif
