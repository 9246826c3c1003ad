/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A report as a table with a cursor. */
#ifndef KM_SCREEN_TABLE_H
#define KM_SCREEN_TABLE_H

#include "render/heat.h"
#include "report/document.h"
#include "screen/history.h"
#include "screen/baseline.h"
#include "screen/tabs.h"

enum { KM_FILTER_SIZE = 64 };

enum km_column_kind {
	KM_COLUMN_CELL,
	KM_COLUMN_BAR,    /* of the column before */
	KM_COLUMN_SPREAD, /* one of a KM_SPREAD field */
	KM_COLUMN_CHANGE, /* since the marked moment */
	KM_COLUMN_RATE    /* the same, per second */
};

struct km_column {
	enum km_column_kind kind;
	const struct km_field *field;
	const void *inner; /* KM_COLUMN_SPREAD: an inner row with its heading */
	struct km_str head;
	int width;
	bool right;
};

struct km_line {
	const void *row;
	struct km_str branch; /* drawn before its first cell, in a tree */
	const void *compared; /* the row compared with the marked moment; NULL: none */
	double change;        /* of the change column's field */
};

/* The indexes from the first to before the second. */
struct km_span {
	size_t from, to;
};

/* The user's choices in a tab; they outlive the table. */
struct km_tab_state {
	const struct km_field *sort; /* NULL: the order of the report */
	bool ascending;
	bool by_change;     /* sort by the change since the marked moment */
	char filter[KM_FILTER_SIZE];
	size_t cursor, top; /* lines */
	size_t column, first_column;
	struct km_pool pool;   /* owns .chosen */
	struct km_str chosen;  /* name of the row under the cursor; .ptr NULL: any row */
	struct km_span problems; /* of the machine, caused by this tab */
	bool requested;        /* a tab with .request must be read again */
	struct km_history history;
	struct km_baseline mark;
	int widths[64]; /* of columns, the maximum with this filter */
};

struct km_table {
	struct km_pool pool;
	const struct km_sheet *sheet;
	struct km_view view;
	KM_ARRAY(struct km_line) lines;
	KM_ARRAY(struct km_column) columns;
	struct km_heat heat;
	bool hot, exact;
	const void *totals; /* of the shown rows; NULL: none */
	const struct km_comparison *comparison; /* with the marked moment; NULL: none */
	const struct km_comparison_field *changing; /* of the change column; NULL: none */
	double seconds;                  /* since the marked moment */
};

struct km_table_query {
	const struct km_tab *tab;
	const struct km_sheet *sheet;
	const char *filter; /* "": all rows */
	int64_t time;       /* of the shown moment */
	size_t boot;        /* the machine's, if a recording has several */
	bool exact, utf8;
};

/*
 * Whether a row passes a filter, in any case: part of one of its texts, a shell pattern for one, or an extended regular
 * expression.
 */
bool km_table_matches(const struct km_sheet_type *type, const void *row, const char *typed);

/* Sorts and filters the rows. Corrects lines and columns in the state that no longer exist. */
void km_table_build(struct km_table *table, const struct km_table_query *query, struct km_tab_state *state);
void km_table_deinit(struct km_table *table);

/* Draws a heading and as many lines as fit. */
void km_table_draw(struct km_table *table, struct km_terminal *terminal, struct km_tab_state *state, int row,
		   int rows);

/* The number of rows that fit into this many lines of the terminal. */
int km_table_room(const struct km_table *table, int rows);

/* The row under the cursor, or NULL; the chosen column, or NULL. */
const void *km_table_row(const struct km_table *table, const struct km_tab_state *state);
const struct km_column *km_table_column(const struct km_table *table, const struct km_tab_state *state);

/* The column that is drawn at a position of the terminal; SIZE_MAX: none. */
size_t km_table_column_at(const struct km_table *table, const struct km_terminal *terminal,
			  const struct km_tab_state *state, int at);

/* The cell's text, owned by the pool. */
struct km_str km_table_cell(const struct km_table *table, struct km_pool *pool, const struct km_column *column,
			    const struct km_line *line);

/* The text of a change: a sign, and the field's unit. The pool owns it. */
struct km_str km_table_change_text(struct km_pool *pool, const struct km_field *field, double change, bool exact);

#endif
