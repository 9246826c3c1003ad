/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fits a table into a narrower terminal. */
#ifndef KM_RENDER_FIT_H
#define KM_RENDER_FIT_H

#include <libsmartcols/libsmartcols.h>
#include "base/alloc.h"

/* How much a column matters, least first: the order in which columns are left out. */
enum km_fit_rank {
	KM_FIT_DETAIL,
	KM_FIT_USUAL,
	KM_FIT_ANSWER, /* the result that the table is printed for */
	KM_FIT_NAME,   /* the name of the row: never left out */
	KM_FIT_SPREAD, /* equal columns side by side: never left out either */
};

struct km_fit {
	size_t width;                   /* terminal columns */
	const enum km_fit_rank *ranks;  /* by column */
	bool utf8;
};

/*
 * Makes a filled table fit. Texts are cut in the middle, which shows, and two that differ still do; or
 * they are folded at blanks if their column is SCOLS_FL_WRAP. A number is never cut. Columns are left out
 * by rank, and those of equal rank from the right, until the others fit. Of equal columns (KM_FIT_SPREAD) that do
 * not fit beside the names and the answers, some are left out at the end, for km_fit_next(). Returns the headings of what is left out of the
 * other ranks, "A, B", owned by the pool; empty when all fit. What libsmartcols would do with too wide a
 * table depends on its version (2.38 and 2.41 differ), so that it gets none.
 */
struct km_str km_fit_table(struct km_pool *pool, struct libscols_table *table, const struct km_fit *fit);

/*
 * Of a table that was made to fit: shows the equal columns that were left out, beside the names, and
 * nothing else; again as many as fit. false: none was left out.
 */
bool km_fit_next(struct libscols_table *table, const struct km_fit *fit);

#endif
