/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Stacks of allocations, each with its number of allocations: from page_owner and from SLUB's
 * alloc_traces.
 */
#ifndef KM_PARSE_CALLTRACE_H
#define KM_PARSE_CALLTRACE_H

#include "base/array.h"
#include "parse/parse.h"

struct km_calltrace {
	uint64_t count;       /* pages, or objects */
	struct km_str caller; /* named by the kernel; .ptr NULL: only the frames show it */
	struct km_str frames; /* lines, the innermost function first; may be empty */
};

struct km_calltraces {
	KM_ARRAY(struct km_calltrace) list; /* in the file's order */
};

/*
 * Parses page_owner and page_owner_stacks/show_stacks of debugfs. count is in pages. Lines that
 * cannot be read become problems.
 */
void km_parse_page_owner(struct km_parse *parse, struct km_str text, struct km_calltraces *ret);

/* Parses slab/CACHE/alloc_traces of debugfs. count is in objects. */
void km_parse_alloc_traces(struct km_parse *parse, struct km_str text, struct km_calltraces *ret);

void km_calltraces_deinit(struct km_calltraces *traces);

#endif
