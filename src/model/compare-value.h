/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Common functions of the files that compare sheets. */
#ifndef KM_MODEL_COMPARE_VALUE_H
#define KM_MODEL_COMPARE_VALUE_H

#include "model/compare.h"

/* A comparison in progress, of the sheets of a report or of the rows inside a row. */
struct km_comparing {
	struct km_pool *pool;
	const struct km_comparison_type *type;
	const struct km_compare_options *options;
	const struct km_field *name; /* the name that decides whether a field is a counter */
};

/* How a row of a comparison changed. */
static inline enum km_change_id km_change_of(const void *row)
{
	return (enum km_change_id)(*(const struct km_word *const *)row - km_change_words);
}

/* Fills a row of the comparison. before or after is NULL if that sheet has no such row. */
void km_compare_row(const struct km_comparing *work, const void *before, const void *after, void *row);

/* Whether the field became two numbers. */
bool km_comparison_is_number(const struct km_comparison_field *field);

/* Whether two numbers are known and different. Shares of a whole never count, because other rows change them. */
bool km_numbers_differ(const struct km_field *of, const void *before, const void *after);

/* Whether two words, or two tri-states, are known and different. */
bool km_words_differ(const struct km_field *before, const void *row_before, const struct km_field *after,
		     const void *row_after);

/* The absolute change of a field in a row; -1 if unknown. */
double km_change_size(const struct km_comparison_field *field, const void *row);

/* Whether the field is known to have changed in the row. */
bool km_change_in(const struct km_comparison_field *field, const struct km_sheet *sheet);

#endif
