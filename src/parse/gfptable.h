/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The GFP flags of a range of kernel releases, or of a vendor's kernels, as we keep them: data/gfp. */
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
	/*
	 * "__GFP_RECLAIM|__GFP_IO", names of lines before. ~NAME takes bits away; !NAME takes none, but a
	 * mask with that bit is not printed by this combination's name.
	 */
	struct km_str flags;
};

/* A name that was removed, and its replacement in today's kernels. */
struct km_gfptable_became {
	struct km_str name, today;
};

struct km_gfptable {
	uint64_t first, last; /* releases, as km_parse_release(); KM_UNKNOWN without a line "kernels" */
	struct km_str vendor; /* "el7"; .ptr NULL: mainline's, and of all who keep mainline's flags */
	struct km_str base, mark; /* a vendor's releases begin with base ("*": any) and contain mark */
	uint64_t first_build, last_build; /* as km_parse_build(), inclusive; 0 and KM_UNKNOWN: all */
	KM_ARRAY(struct km_gfptable_bit) bits;
	KM_ARRAY(struct km_gfptable_combination) combinations;
	KM_ARRAY(struct km_str) print; /* the order in which these kernels put names to a mask */
	KM_ARRAY(struct km_gfptable_became) became;
};

/*
 * Texts borrow from the text of the file. An unknown line, or a line with a name for the second time, is a
 * problem.
 */
void km_parse_gfptable(struct km_parse *parse, struct km_str text, struct km_gfptable *ret);
void km_gfptable_deinit(struct km_gfptable *table);

/* Whether a release ("3.10.0-1160.el7.x86_64") is one of the table's vendor; false for mainline's tables. */
bool km_gfptable_is_of_vendor(const struct km_gfptable *table, struct km_str release);

#endif
