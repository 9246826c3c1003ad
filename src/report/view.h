/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The visible part of a sheet and its order: --columns, --sort, --top. All renderers draw views, so they show
 * the same columns and rows.
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
	size_t *rows; /* indices of the sheet's rows; private to km_view_row() */
	size_t rows_len;
	size_t all_len; /* includes the rows beyond --top, which follow, if they are kept */
	size_t top;
	struct km_stream *stream; /* rows that came one at a time; NULL: the rows of the sheet */
	const char *spread_cell;
};

struct km_view_options {
	const char *columns; /* "a,b": exactly these; "+a,+b": also these; NULL: the default columns */
	const char *sort;    /* "key", "key:asc", "key:desc", several with commas; NULL: the sheet's order */
	const char *where;   /* condition for rows, see report/where.h; NULL: all rows */
	uint64_t top;        /* the first N rows; KM_UNKNOWN: all */
	bool all_columns;    /* without columns: all fields, not only the default ones */
	const char *spread_cell; /* key of the inner field that a KM_SPREAD field shows; NULL: the default */
	bool keep_all;       /* also keep the rows beyond top, if rows come one at a time */
	const char *usual;   /* "a,b": default columns; NULL: the fields with KM_SHOWN */
};

/* The field with this key or heading, in any case; NULL with err naming the most similar one. */
const struct km_field *km_view_find(const struct km_sheet_type *type, struct km_str word, struct km_err *err);

/*
 * Makes a view. 0, or -EINVAL with err naming the unknown key and the most similar known one. Sorting is
 * stable; unknown values come last in either direction. The pool owns the view's arrays.
 */
int km_view_init(struct km_view *view, struct km_pool *pool, const struct km_sheet *sheet,
		 const struct km_view_options *options, struct km_err *err);

/*
 * The same for rows that come one at a time: begin, take each row, end. Nothing is borrowed from a row. The
 * view keeps the fields that it shows, and with --top only that many rows. begin returns -ENOTSUP, with
 * nothing to free, for fields with rows inside a row.
 */
int km_view_begin(struct km_view *view, struct km_pool *pool, const struct km_sheet *sheet,
		  const struct km_view_options *options, struct km_err *err);
void km_view_take(struct km_view *view, const void *row);
void km_view_end(struct km_view *view);

/* Frees a view that was begun. Other views need no freeing. */
void km_view_deinit(struct km_view *view);

/*
 * Row i of the view's rows_len or all_len rows. Valid until the next call, because a row that came alone is
 * unpacked.
 */
const void *km_view_row(const struct km_view *view, size_t i);
/* Each of rows_len rows once, in any order. If all rows are shown, that is the order of memory, which is faster. */
const void *km_view_any_row(const struct km_view *view, size_t i);

#endif
