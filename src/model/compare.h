/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Compares two sheets of one type from two moments. The result has a row for each row of either sheet, with
 * the values before and after and the change. It only uses the field table.
 */
#ifndef KM_MODEL_COMPARE_H
#define KM_MODEL_COMPARE_H

#include "base/field.h"

/* How a row changed. The values are positions in km_comparison_words. */
enum km_change_id { KM_CHANGE_SAME, KM_CHANGE_CHANGED, KM_CHANGE_NEW, KM_CHANGE_GONE, KM_CHANGE_RESTARTED, KM_CHANGES };

extern const struct km_word km_change_words[KM_CHANGES + 1];
extern const struct km_vocabulary km_change_vocabulary;

/* The interval between two readings. */
struct km_interval {
	double seconds; /* from the first to the second, negative if the second is older; NaN: unknown */
	bool one_boot;  /* both are from one boot: only then are counters compared and rates computed */
};

/* A field of the compared rows, and the fields that replace it; each of these may be NULL. */
struct km_comparison_field {
	const struct km_field *of;
	const struct km_field *before; /* key "KEY_before": for numbers and words */
	const struct km_field *after;  /* numbers: "KEY_after"; others: "KEY", with the last value if the row is gone */
	const struct km_field *change; /* "KEY_change": for single levels and counters */
	const struct km_field *rate;   /* "KEY_per_second": the same, for bytes and plain numbers */
};

/*
 * The row type of a comparison. The first field is "change", a word of km_change_vocabulary. Fields that name
 * the row stay as they are. Rows inside rows are compared too, if they have fields that name them; .rows of
 * the field is then a comparison type, too. Lists of the kernel's counters by name are left out.
 */
struct km_comparison_type {
	struct km_sheet_type type; /* first member: rows point to it */
	const struct km_sheet_type *of;
	const struct km_comparison_field *fields;
	size_t len;
};

/* Makes the type of a comparison. The pool owns it. */
const struct km_comparison_type *km_comparison_type(struct km_pool *pool, const struct km_sheet_type *of);

struct km_compare_options {
	struct km_interval interval;
	bool before_whole, after_whole; /* the sheet has all rows, so a missing row did not exist */
	bool other_boot;                /* the boots differ: all objects were created anew, so properties do not distinguish them */
	bool all;                       /* also return rows that did not change */
	bool in_order;                  /* keep the order of the second sheet, with the gone rows at the end */
	const char *by;                 /* key of the field whose change sorts the rows; NULL: chosen automatically */
};

struct km_comparison {
	const struct km_comparison_type *type;
	struct km_sheet sheet; /* largest absolute change first; totals if both sheets have them */
	const struct km_comparison_field *by; /* the field that sorts the sheet; NULL: none */
	size_t same;           /* number of rows that did not change */
};

/*
 * Compares before and after, both of type->of. Rows match by their KM_ID fields. If several have the same
 * name, the first matches the first. Rows that differ in a KM_FIXED field do not match. In a tree the parts
 * add up, so if one tree has no children of a part, its children are not compared.
 *
 * A change is unknown if a value is unknown or a lower bound. It is also unknown for a counter from another
 * boot or that started again. A new row changed by all that it has, and a gone row by all that it had. The
 * pool owns the rows, which borrow from the two sheets.
 */
void km_compare(struct km_pool *pool, const struct km_comparison_type *type, const struct km_sheet *before,
		const struct km_sheet *after, const struct km_compare_options *options,
		struct km_comparison *ret);

/*
 * "a,b,c": the default columns of a table of the comparison, owned by the pool. The field that sorts the rows
 * has all its columns. For the other default fields of the compared table there are columns for changes that
 * are not all 0.
 */
const char *km_comparison_columns(struct km_pool *pool, const struct km_comparison *comparison,
				  const struct km_interval *interval);

/*
 * Converts a list of keys of the compared type to columns: "size_bytes" becomes all four columns. Other words
 * stay as they are. NULL for NULL.
 */
const char *km_comparison_expand(struct km_pool *pool, const struct km_comparison_type *type, const char *columns);

#endif
