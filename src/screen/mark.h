/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A moment that later ones are compared with. */
#ifndef KM_SCREEN_MARK_H
#define KM_SCREEN_MARK_H

#include "model/compare.h"

struct km_mark {
	struct km_pool pool;
	struct km_sheet sheet; /* .type NULL: no moment is marked */
	int64_t time;          /* milliseconds, of the clock of the moments */
	size_t boot;           /* of the machine, in a recording; of a running one always the same */
};

void km_mark_set(struct km_mark *mark, const struct km_sheet *sheet, int64_t time, size_t boot);
void km_mark_clear(struct km_mark *mark);

/*
 * What changed since, a row for each row of the sheet in its order. NULL: no moment is marked, or it is of another
 * report. Owned by the pool; borrows from both sheets.
 */
const struct km_comparison *km_mark_compare(const struct km_mark *mark, struct km_pool *pool, const struct km_sheet *sheet,
					    int64_t time, size_t boot);

/* The compared row of a row of the sheet; NULL: there is none. */
const void *km_mark_row(const struct km_comparison *comparison, const struct km_sheet *sheet, const void *row);

/* The field that the compared field became; NULL: no change of it has a meaning. */
const struct km_comparison_field *km_mark_field(const struct km_comparison *comparison, const struct km_field *field);

/* What the field changed by; NaN: unknown, or no row. */
double km_mark_change(const struct km_comparison_field *field, const void *row);

#endif
