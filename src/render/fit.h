/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fits a table into a narrower terminal. */
#ifndef KM_RENDER_FIT_H
#define KM_RENDER_FIT_H

#include <libsmartcols/libsmartcols.h>
#include "base/alloc.h"

/* The importance of a column, least first. Columns are left out in this order. */
enum km_fit_rank {
	KM_FIT_DETAIL,
	KM_FIT_USUAL,
	KM_FIT_ANSWER, /* the result for which the table is printed */
	KM_FIT_NAME,   /* the name of the row; never left out */
	KM_FIT_SPREAD, /* equal columns side by side; never left out by rank */
};

struct km_fit {
	size_t width;                   /* terminal columns */
	const enum km_fit_rank *ranks;  /* by column */
	bool utf8;
};

/*
 * Makes a filled table fit. Texts are cut in the middle with a visible mark, so that different texts stay
 * different. Texts in a column with SCOLS_FL_WRAP are folded at blanks. Numbers are never cut. Columns are
 * left out by rank, and within a rank from the right, until the others fit. If equal columns (KM_FIT_SPREAD)
 * do not fit beside the names and the answers, the last ones are left out, for km_fit_next().
 *
 * Returns the headings of the left-out columns of other ranks, "A, B", owned by the pool; empty if all fit.
 * libsmartcols 2.38 and 2.41 handle a too wide table differently, so it never gets one.
 */
struct km_str km_fit_table(struct km_pool *pool, struct libscols_table *table, const struct km_fit *fit);

/*
 * Call it after km_fit_table(). Shows the names and the left-out equal columns, as many as fit, and nothing
 * else. False: none was left out.
 */
bool km_fit_next(struct libscols_table *table, const struct km_fit *fit);

#endif
