/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A table in a terminal that is narrower than it. */
#ifndef KM_RENDER_FIT_H
#define KM_RENDER_FIT_H

#include <libsmartcols/libsmartcols.h>
#include "base/alloc.h"

/*
 * Makes a filled table fit into so many terminal columns. Its texts may be cut, which shows, or
 * folded at blanks if their column is SCOLS_FL_WRAP, but never a number. Columns of numbers are
 * left out from the right until the others fit. Two kinds stay: `spared` ones from column `spare`
 * on, and those in front of the first text, which say what the row is. Returns the headings of
 * what is left out, "A, B", owned by the pool; empty when all fit. What libsmartcols would do
 * with too wide a table depends on its version (2.38 and 2.41 differ), so that it gets none.
 */
struct km_str km_fit_table(struct km_pool *pool, struct libscols_table *table, size_t width,
			   size_t spare, size_t spared);

#endif
