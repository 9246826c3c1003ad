/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What of a sheet is to be shown, and in which order: --columns, --sort, --top. All renderers
 * draw views, so a column or a row that one of them shows is what the others show.
 */
#ifndef KM_REPORT_VIEW_H
#define KM_REPORT_VIEW_H

#include "base/err.h"
#include "base/field.h"

struct km_view {
	const struct km_sheet *sheet;
	const struct km_field **fields; /* ends with NULL */
	size_t fields_len;
	const struct km_field *sort; /* NULL: the sheet's order */
	size_t *rows; /* indices into the sheet's rows */
	size_t rows_len;
	const char *spread_cell;
};

struct km_view_options {
	const char *columns; /* "a,b" exactly these; "+a,+b" these too; NULL: the default ones */
	const char *sort;    /* "key", "key:asc", "key:desc"; NULL: the sheet's own */
	uint64_t top;        /* the first N rows; KM_UNKNOWN: all */
	bool all_columns;    /* without columns: every field, not only those shown by default */
	const char *spread_cell; /* key of the inner field that a KM_SPREAD field shows; NULL: its own */
	const char *usual;   /* "a,b": what is shown by default; NULL: the fields with KM_SHOWN */
};

/*
 * 0, or -EINVAL with err naming the unknown key and the nearest known one. Sorting is stable
 * and unknown values come last, whichever the direction. The pool owns the view's arrays.
 */
int km_view_init(struct km_view *view, struct km_pool *pool, const struct km_sheet *sheet,
		 const struct km_view_options *options, struct km_err *err);

#endif
