/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Common part of the text renderer's files: the section that is printed. */
#ifndef KM_RENDER_TEXT_H
#define KM_RENDER_TEXT_H

#include <libsmartcols/libsmartcols.h>
#include "report/document.h"
#include "render/fit.h"
#include "render/spread.h"

struct km_print {
	FILE *file;
	struct km_pool pool;
	const struct km_style *style;
	const struct km_view *view;
	struct libscols_table *table;
	struct km_spreads spreads;
	const struct km_field *bar; /* the field behind whose column bars stand; at most one of a sheet, or NULL */
	bool hot;                /* heat is shown, by colours or block characters */
	KM_ARRAY(enum km_fit_rank) ranks; /* by column of the table */
	unsigned int indent;
};

/* The text of a cell, cleaned, owned by the pool. */
const char *km_print_cell(struct km_print *out, const struct km_field *field, const void *row);

/* The colour of a cell by its word's tone; NULL: none, or the style has no colours. */
const char *km_print_color(const struct km_print *out, const struct km_field *field, const void *row);

/* The columns of a bar on this terminal; 0 if there is no room. */
size_t km_print_bar_width(const struct km_style *style);

/* A bar over this share of its column, owned by the pool. */
const char *km_print_bar(struct km_print *out, double ratio);

/* An empty table of the style, also stored in out->table; NULL if memory runs out. The caller frees it. */
struct libscols_table *km_print_table_new(struct km_print *out);
void km_print_table_free(struct libscols_table **table);

/* Adds a column, which the table owns. */
struct libscols_column *km_print_add_column(struct km_print *out, const char *head, int flags, enum km_fit_rank rank);

/* Adds the columns of the view, a line for each row and for the rows below it, and the totals. */
void km_print_fill_table(struct km_print *out);

/*
 * Print the rows of the view: as a table with the lines below it, or a single row with one line per field. 0
 * or a negative errno.
 */
int km_print_table(struct km_print *out);
int km_print_fields(struct km_print *out);

/* Prints the lines below a table: totals without a column, and the legend of its colours. */
void km_print_below(struct km_print *out);

/* Prints a text, folded to the terminal. */
void km_print_folded(struct km_print *out, struct km_str text);

#endif
