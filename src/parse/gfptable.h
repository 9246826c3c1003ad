/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The GFP flags of a range of kernel releases, or of a vendor's kernels: the format of data/gfp. */
#ifndef KM_PARSE_GFPTABLE_H
#define KM_PARSE_GFPTABLE_H

#include "base/array.h"
#include "parse/parse.h"

struct km_gfptable_bit {
	struct km_str name;   /* "__GFP_ZERO" */
	uint64_t value;       /* KM_UNKNOWN: the next bit above the previous flag of this kernel */
	struct km_str config; /* "CONFIG_LOCKDEP": 0 without it; .ptr NULL: always defined */
};

struct km_gfptable_combination {
	struct km_str name;
	/*
	 * "__GFP_RECLAIM|__GFP_IO", names of earlier lines. ~NAME removes bits. !NAME removes none,
	 * but the kernel does not print this combination's name for a mask with that bit.
	 */
	struct km_str flags;
};

/* A removed name, and its replacement in today's kernels. */
struct km_gfptable_became {
	struct km_str name, today;
};

struct km_gfptable {
	uint64_t first, last; /* releases, as km_parse_release(); KM_UNKNOWN without a line "kernels" */
	struct km_str vendor; /* "el7"; .ptr NULL: mainline, and vendors that keep mainline's flags */
	struct km_str base, mark; /* releases begin with base ("*": any), contain mark */
	uint64_t first_build, last_build; /* as km_parse_build(), inclusive; 0 and KM_UNKNOWN: all */
	KM_ARRAY(struct km_gfptable_bit) bits;
	KM_ARRAY(struct km_gfptable_combination) combinations;
	KM_ARRAY(struct km_str) print; /* the order in which these kernels print names of a mask */
	KM_ARRAY(struct km_gfptable_became) became;
};

/*
 * Texts borrow from the text of the file. An unknown line becomes a problem, and so does a line
 * that repeats a name.
 */
void km_parse_gfptable(struct km_parse *parse, struct km_str text, struct km_gfptable *ret);
void km_gfptable_deinit(struct km_gfptable *table);

/*
 * Whether a release ("3.10.0-1160.el7.x86_64") belongs to the table's vendor; false for mainline's
 * tables.
 */
bool km_gfptable_is_of_vendor(const struct km_gfptable *table, struct km_str release);

#endif
