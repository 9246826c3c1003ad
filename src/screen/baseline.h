/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A marked moment, for comparison with later ones. */
#ifndef KM_SCREEN_MARK_H
#define KM_SCREEN_MARK_H

#include "model/compare.h"

struct km_baseline {
	struct km_pool pool;
	struct km_sheet sheet; /* .type NULL: no moment is marked */
	int64_t time;          /* milliseconds on the clock of the moments */
	size_t boot;           /* boot of the sample; constant for a running machine */
};

void km_baseline_set(struct km_baseline *mark, const struct km_sheet *sheet, int64_t time, size_t boot);
void km_baseline_clear(struct km_baseline *mark);

/*
 * Compares the sheet with the marked moment: one row for each row of the sheet, in its order. NULL: no moment
 * is marked, or it has another report. The pool owns the result, which borrows from both sheets.
 */
const struct km_comparison *km_baseline_compare(const struct km_baseline *mark, struct km_pool *pool, const struct km_sheet *sheet,
					    int64_t time, size_t boot);

/* The compared row of a row in the sheet; NULL if there is none. */
const void *km_baseline_row(const struct km_comparison *comparison, const struct km_sheet *sheet, const void *row);

/* The comparison's field for a field; NULL if its changes have no meaning. */
const struct km_comparison_field *km_baseline_field(const struct km_comparison *comparison, const struct km_field *field);

/* The change of the field; NaN: unknown, or no row. */
double km_baseline_change(const struct km_comparison_field *field, const void *row);

#endif
