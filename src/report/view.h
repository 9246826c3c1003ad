/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The part of a sheet to show, and its order: --columns, --sort, --top. All renderers draw views, so they all
 * show the same columns and rows.
 */
#ifndef KM_REPORT_VIEW_H
#define KM_REPORT_VIEW_H

#include "report/sort.h"

struct km_view {
	const struct km_sheet *sheet;
	const struct km_field **fields; /* ends with NULL */
	size_t fields_len;
	const struct km_field *sort; /* NULL: the sheet's order */
	struct km_sort order;
	size_t *rows; /* indices into the sheet's rows; km_view_row() knows them */
	size_t rows_len;
	size_t all_len; /* with the rows beyond --top, which come behind, where they are kept */
	size_t top;
	struct km_stream *stream; /* rows that came one at a time; NULL: those of the sheet */
	const char *spread_cell;
};

struct km_view_options {
	const char *columns; /* "a,b" exactly these; "+a,+b" these too; NULL: the default ones */
	const char *sort;    /* "key", "key:asc", "key:desc", several with commas; NULL: the sheet's own */
	const char *where;   /* which rows, as report/where.h has it; NULL: all */
	uint64_t top;        /* the first N rows; KM_UNKNOWN: all */
	bool all_columns;    /* without columns: every field, not only those shown by default */
	const char *spread_cell; /* key of the inner field that a KM_SPREAD field shows; NULL: its own */
	bool keep_all;       /* also the rows beyond top, of rows that come one at a time */
	const char *usual;   /* "a,b": what is shown by default; NULL: the fields with KM_SHOWN */
};

/* A field by its key or its heading, in any case; NULL with err naming the nearest one. */
const struct km_field *km_view_find(const struct km_sheet_type *type, struct km_str word, struct km_err *err);

/*
 * 0, or -EINVAL with err naming the unknown key and the nearest known one. Sorting is stable
 * and unknown values come last, whichever the direction. The pool owns the view's arrays.
 */
int km_view_init(struct km_view *view, struct km_pool *pool, const struct km_sheet *sheet,
		 const struct km_view_options *options, struct km_err *err);

/*
 * The same of rows that come one at a time: begin, take each of them, end. Nothing is borrowed from
 * a row; what is kept of it are the fields that the view shows, and with --top only as many rows.
 * begin returns -ENOTSUP, with nothing to free, for a field that rows inside a row are in.
 */
int km_view_begin(struct km_view *view, struct km_pool *pool, const struct km_sheet *sheet,
		  const struct km_view_options *options, struct km_err *err);
void km_view_take(struct km_view *view, const void *row);
void km_view_end(struct km_view *view);

/* Of a view that was begun; others have nothing to free. */
void km_view_deinit(struct km_view *view);

/* The view's row i of rows_len, or of all_len. Holds until the next call: a row that came alone is unpacked. */
const void *km_view_row(const struct km_view *view, size_t i);
/* Each of rows_len rows once, in any order: in that of memory where all are shown, which is faster. */
const void *km_view_any_row(const struct km_view *view, size_t i);

#endif
