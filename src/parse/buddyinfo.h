/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_PARSE_BUDDYINFO_H
#define KM_PARSE_BUDDYINFO_H

#include "base/array.h"
#include "base/index.h"
#include "parse/parse.h"

/* More orders than any kernel has. A row with more of them is not a row of free lists. */
enum { KM_ORDERS_MAX = 48 };

struct km_buddyinfo_zone {
	uint64_t node;
	struct km_str zone;
	uint64_t *nr_free; /* blocks, by order from 0 */
	size_t orders;
	uint64_t line; /* of the file */
};

struct km_buddyinfo {
	struct km_pool pool;   /* owns names and counts */
	struct km_index index; /* of the zones so far, by node and name */
	KM_ARRAY(struct km_buddyinfo_zone) zones; /* in the file's order */
};

/*
 * Bits of struct km_block_types.types. The letters are those of the kernel's reports
 * (k6.12:mm/show_mem.c show_migration_types).
 */
enum {
	KM_BLOCK_UNMOVABLE = 1 << 0,   /* U */
	KM_BLOCK_MOVABLE = 1 << 1,     /* M */
	KM_BLOCK_RECLAIMABLE = 1 << 2, /* E */
	KM_BLOCK_HIGHATOMIC = 1 << 3,  /* H */
	KM_BLOCK_CMA = 1 << 4,         /* C */
	KM_BLOCK_ISOLATE = 1 << 5,     /* I */
	KM_BLOCK_RESERVE = 1 << 6,     /* R, up to 4.3: a last reserve for every request */
	KM_BLOCK_OTHER = 1 << 7,       /* an unknown letter of a newer kernel */
};

/*
 * The migrate types of a zone's free blocks, by order. Other files add them to a row of buddyinfo.
 */
struct km_block_types {
	unsigned char *types; /* by order; 0: unknown */
};

/*
 * Counts are blocks of (page << order). A line that cannot be read becomes a problem, and so does a
 * second row of a zone; its first row counts. A file in blocks of whole lines needs one call per
 * block. ret borrows nothing from the text.
 */
void km_parse_buddyinfo(struct km_parse *parse, struct km_str text, struct km_buddyinfo *ret);

/*
 * Removes the rows whose number of counts is not that of most rows, when all are read: they were cut off. The kernel
 * prints as many for each zone (k6.12:mm/vmstat.c frag_show_print). Each becomes a problem of parse.
 */
void km_buddyinfo_check(const struct km_parse *parse, struct km_buddyinfo *buddyinfo);

void km_buddyinfo_deinit(struct km_buddyinfo *buddyinfo);

#endif
