/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A report as a table with a cursor. */
#ifndef KM_SCREEN_TABLE_H
#define KM_SCREEN_TABLE_H

#include "render/heat.h"
#include "report/document.h"
#include "screen/history.h"
#include "screen/mark.h"
#include "screen/tabs.h"

enum { KM_FILTER_SIZE = 64 };

enum km_column_kind {
	KM_COLUMN_CELL,
	KM_COLUMN_BAR,    /* of the column before it */
	KM_COLUMN_SPREAD, /* one of a KM_SPREAD field's */
	KM_COLUMN_CHANGE, /* since the marked moment */
	KM_COLUMN_RATE    /* the same, a second */
};

struct km_column {
	enum km_column_kind kind;
	const struct km_field *field;
	const void *inner; /* KM_COLUMN_SPREAD: an inner row that heads it */
	struct km_str head;
	int width;
	bool right;
};

struct km_line {
	const void *row;
	struct km_str branch; /* in front of its first cell, in a tree */
	const void *compared; /* with the row of the marked moment; NULL: not compared */
	double change;        /* of the field that the change column is about */
};

/* From an index up to another one, which is not in it. */
struct km_span {
	size_t from, to;
};

/* What the user chose in a tab; it outlives what is shown. */
struct km_tab_state {
	const struct km_field *sort; /* NULL: the order of the report */
	bool ascending;
	bool by_change;     /* sort by what changed since the marked moment */
	char filter[KM_FILTER_SIZE];
	size_t cursor, top; /* lines */
	size_t column, first_column;
	struct km_pool pool;   /* owns the next */
	struct km_str chosen;  /* the name of the row under the cursor; .ptr NULL: whatever is there */
	struct km_span problems; /* of the machine, that this tab met with */
	bool requested;        /* a tab with .request is to be read once more */
	struct km_history history;
	struct km_mark mark;
	int widths[64]; /* of columns, as wide as they ever were with this filter */
};

struct km_table {
	struct km_pool pool;
	const struct km_sheet *sheet;
	struct km_view view;
	KM_ARRAY(struct km_line) lines;
	KM_ARRAY(struct km_column) columns;
	struct km_heat heat;
	bool hot, exact;
	const void *totals; /* of the rows that are shown; NULL: none */
	const struct km_comparison *comparison; /* with the marked moment; NULL: there is none */
	const struct km_comparison_field *changing; /* of the change column; NULL: there is none */
	double seconds;                  /* since the marked moment */
};

struct km_table_query {
	const struct km_tab *tab;
	const struct km_sheet *sheet;
	const char *filter; /* "" for all rows */
	int64_t time;       /* of what is shown */
	size_t boot;        /* the machine's, where a recording has several */
	bool exact, utf8;
};

/* Whether a row passes a filter: a shell pattern, or a part of one of its texts; case does not matter. */
bool km_table_matches(const struct km_sheet_type *type, const void *row, const char *filter);

/* Sorts and filters; corrects what the state says of lines and columns that are not there. */
void km_table_build(struct km_table *table, const struct km_table_query *query, struct km_tab_state *state);
void km_table_deinit(struct km_table *table);

/* Draws a heading and as many lines as there is room for. */
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

/* The cell's text, in the pool. */
struct km_str km_table_cell(const struct km_table *table, struct km_pool *pool, const struct km_column *column,
			    const struct km_line *line);

/* The text of a change: a sign, and the field's unit. */
struct km_str km_table_change_text(struct km_pool *pool, const struct km_field *field, double change, bool exact);

#endif
