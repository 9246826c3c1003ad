/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The GFP flags of a range of kernel releases as we keep them: data/gfp/vRELEASE.txt. */
#ifndef KM_PARSE_GFPTABLE_H
#define KM_PARSE_GFPTABLE_H

#include "base/array.h"
#include "parse/parse.h"

struct km_gfptable_bit {
	struct km_str name;   /* "__GFP_ZERO" */
	uint64_t value;       /* KM_UNKNOWN: the bit above the one before that the kernel has */
	struct km_str config; /* "CONFIG_LOCKDEP": its value is 0 without; .ptr NULL: always there */
};

struct km_gfptable_combination {
	struct km_str name;
	struct km_str flags; /* "__GFP_RECLAIM|__GFP_IO", names of lines before; ~NAME takes away */
};

struct km_gfptable {
	uint64_t first, last; /* releases, as km_parse_release(); KM_UNKNOWN when no line tells */
	KM_ARRAY(struct km_gfptable_bit) bits;
	KM_ARRAY(struct km_gfptable_combination) combinations;
	KM_ARRAY(struct km_str) print; /* the order in which these kernels put names to a mask */
};

/* Texts borrow from the file's. A line that says nothing known, or says a name twice, is a problem. */
void km_parse_gfptable(struct km_parse *parse, struct km_str text, struct km_gfptable *ret);
void km_gfptable_deinit(struct km_gfptable *table);

#endif
