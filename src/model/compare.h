/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Compares two sheets of one type, from two moments. The result has a row for each row that is in either of
 * them, with the values before and after, and the change. Works through the field table alone.
 */
#ifndef KM_MODEL_COMPARE_H
#define KM_MODEL_COMPARE_H

#include "base/field.h"

/* What became of a row: km_comparison_words, by this. */
enum km_change_id { KM_CHANGE_SAME, KM_CHANGE_CHANGED, KM_CHANGE_NEW, KM_CHANGE_GONE, KM_CHANGE_RESTARTED, KM_CHANGES };

extern const struct km_word km_change_words[KM_CHANGES + 1];
extern const struct km_vocabulary km_change_vocabulary;

/* The interval between two moments. */
struct km_interval {
	double seconds; /* from the first to the second, negative when that was earlier; NaN: unknown */
	bool one_boot;  /* both are of one boot: only then counters are compared and rates formed */
};

/* A field of the compared rows, and those that it becomes, each NULL where there is none. */
struct km_comparison_field {
	const struct km_field *of;
	const struct km_field *before; /* key "KEY_before": of numbers and words */
	const struct km_field *after;  /* of numbers "KEY_after"; of all else "KEY", of a row that is gone its last */
	const struct km_field *change; /* "KEY_change": of levels and counters, one number each */
	const struct km_field *rate;   /* "KEY_per_second": of those, of bytes and plain numbers */
};

/*
 * The type of the rows that a comparison has. The first field is "change", a word of
 * km_change_vocabulary. Fields that name the row stay as they are. Rows inside rows are compared too,
 * if their fields name them: .rows of the field is then such a type again. Lists of the kernel's
 * counters by name are left out.
 */
struct km_comparison_type {
	struct km_sheet_type type; /* first: rows point at it */
	const struct km_sheet_type *of;
	const struct km_comparison_field *fields;
	size_t len;
};

/* Owned by the pool. */
const struct km_comparison_type *km_comparison_type(struct km_pool *pool, const struct km_sheet_type *of);

struct km_compare_options {
	struct km_interval interval;
	bool before_whole, after_whole; /* all rows could be read: a row that is missing did not exist */
	bool other_boot;                /* everything was made anew in between: properties tell no things apart */
	bool all;                       /* also the rows that did not change */
	bool in_order;                  /* rows stay in the order of the second sheet, those that are gone behind */
	const char *by;                 /* key of the field whose change sorts; NULL: chosen automatically */
};

struct km_comparison {
	const struct km_comparison_type *type;
	struct km_sheet sheet; /* largest change first, whatever its sign; totals where both have them */
	const struct km_comparison_field *by; /* the field that sorts it; NULL: none */
	size_t same;           /* rows that did not change */
};

/*
 * Compares before and after, which are of type->of. Rows match by the fields with KM_ID, of several
 * that are named alike the first with the first; rows that differ in a field with KM_FIXED are two rows.
 * Of a tree the parts add up: where one of the two has no parts of a part, none are compared.
 * A change is unknown when either value is, when either is a lower bound, and for a counter of another
 * boot or one that began anew. A row that is new, or gone, changed by all that it has, or had. The rows
 * are owned by the pool and borrow from the two sheets.
 */
void km_compare(struct km_pool *pool, const struct km_comparison_type *type, const struct km_sheet *before,
		const struct km_sheet *after, const struct km_compare_options *options,
		struct km_comparison *ret);

/*
 * "a,b,c": the columns that a table of the comparison shows by default, owned by the pool. The
 * field that sorts the rows is shown in full. Of the other fields that the compared table shows, those
 * are columns whose changes are not all 0.
 */
const char *km_comparison_columns(struct km_pool *pool, const struct km_comparison *comparison,
				  const struct km_interval *interval);

/*
 * The columns that a list of the compared type's keys means: "size_bytes" is all four of it. Other
 * words stay as they are. NULL of NULL.
 */
const char *km_comparison_expand(struct km_pool *pool, const struct km_comparison_type *type, const char *columns);

#endif
