/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_PARSE_PAGETYPEINFO_H
#define KM_PARSE_PAGETYPEINFO_H

#include "base/index.h"
#include "parse/parse.h"

/* A zone's free lists of one migrate type. */
struct km_pagetypeinfo_free {
	uint64_t node;
	struct km_str zone, type;
	uint64_t *nr_free; /* blocks, by order from 0 */
	bool *overflow;    /* ">100000": a minimum, the kernel stopped counting */
	size_t orders;
};

/* A cell of "Number of blocks type" or "Number of mixed blocks". */
struct km_pagetypeinfo_count {
	uint64_t node;
	struct km_str zone, type;
	uint64_t blocks; /* of pages_per_block pages */
};

struct km_pagetypeinfo {
	struct km_pool pool;
	uint64_t page_block_order, pages_per_block; /* KM_UNKNOWN: not in the file */
	KM_ARRAY(struct km_pagetypeinfo_free) free; /* like the others, in the file's order */
	KM_ARRAY(struct km_pagetypeinfo_count) blocks;
	KM_ARRAY(struct km_pagetypeinfo_count) mixed; /* only with page_owner=on */
	struct km_index places;                       /* node and name of each zone of the first list */
};

/* Lines that cannot be read become problems, and so do rows that the table has already, and rows that it lacks. */
void km_parse_pagetypeinfo(struct km_parse *parse, struct km_str text, struct km_pagetypeinfo *ret);
void km_pagetypeinfo_deinit(struct km_pagetypeinfo *pagetypeinfo);

#endif
