// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include "base/clean.h"
#include "base/units.h"
#include "base/utf8.h"
#include "screen/table.h"

enum { BAR_LEAST = 10, BAR_MOST = 24, TEXT_LEAST = 8, GAP = 1 };

struct km_str km_table_change_text(struct km_pool *pool, const struct km_field *field, double change, bool exact)
{
	char buf[KM_UNITS_SIZE];

	if (isnan(change) || change > 9e18 || change < -9e18)
		return KM_STR("-");
	if (field->kind == KM_RATIO)
		return km_pool_printf(pool, "%+.1f%%", change * 100);
	if (field->kind == KM_INDEX)
		return km_pool_printf(pool, "%+.3f", change);
	if (field->kind == KM_COUNT || exact)
		return km_pool_printf(pool, "%+lld", (long long)km_num_round(change));
	return km_pool_copy(pool, km_str_from(km_units_delta(buf, km_num_round(change))));
}

/* The inner row of a KM_SPREAD column; NULL if the row has none. */
static const void *inner_of(const struct km_column *column, const void *row)
{
	const struct km_sheet_type *type = column->field->rows;
	const struct km_field *head = km_field_find(type, km_str_from(type->spread_head));
	const struct km_rows *rows = km_field_at(column->field, row);

	for (size_t i = 0; i < rows->len; i++) {
		const void *inner = (const char *)rows->items + i * type->row_size;

		if (!km_field_compare(head, inner, column->inner))
			return inner;
	}
	return NULL;
}

struct km_str km_table_cell(const struct km_table *table, struct km_pool *pool, const struct km_column *column,
			    const struct km_line *line)
{
	const void *inner;

	switch (column->kind) {
	case KM_COLUMN_CELL:
		return km_cell_text(pool, column->field, line->row, table->exact);
	case KM_COLUMN_SPREAD:
		inner = inner_of(column, line->row);
		return inner ? km_cell_text(pool, table->heat.cell, inner, table->exact) : KM_STR("");
	case KM_COLUMN_CHANGE:
		return km_table_change_text(pool, column->field, line->change, table->exact);
	case KM_COLUMN_RATE:
		return km_table_change_text(pool, column->field,
					    table->seconds < 0 || table->seconds > 0 ? line->change / table->seconds : KM_UNKNOWN_REAL,
					    table->exact);
	case KM_COLUMN_BAR:
		break;
	}
	return KM_STR("");
}

int km_table_room(const struct km_table *table, int rows)
{
	return rows - 1 - (table->totals && table->lines.len ? 1 : 0);
}

static void widen(int *width, struct km_str text)
{
	int columns = (int)km_str_columns(text);

	if (columns > *width)
		*width = columns;
}

/* The change of a sum over some rows is unknown. */
static struct km_line totals_line(const struct km_table *table)
{
	struct km_line line = { .row = table->totals, .branch = KM_STR(""), .change = KM_UNKNOWN_REAL };

	if (table->changing && table->totals == table->sheet->totals)
		line.change = km_baseline_change(table->changing, table->comparison->sheet.totals);
	return line;
}

/* Measures the visible lines. Columns never become narrower, so that they do not move. */
static void measure(struct km_table *table, const struct km_terminal *terminal, struct km_tab_state *state,
		    size_t from, size_t to)
{
	const struct km_line totals = totals_line(table);
	const int bar = km_terminal_columns(terminal) >= 120 ? BAR_MOST : BAR_LEAST;

	for (size_t c = 0; c < table->columns.len; c++) {
		struct km_column *column = &table->columns.items[c];
		struct km_pool pool = { 0 };
		int *kept = c < sizeof(state->widths) / sizeof(*state->widths) ? &state->widths[c] : &column->width;

		column->width = *kept;
		widen(&column->width, column->head);
		if (column->kind == KM_COLUMN_BAR)
			column->width = bar;
		for (size_t i = from; i <= to; i++) {
			const struct km_line *line = i < to ? &table->lines.items[i] : &totals;
			const bool mark = column->kind == KM_COLUMN_SPREAD && !km_terminal_colors(terminal);
			int width = c ? mark : (int)km_str_columns(line->branch);

			if (!line->row)
				continue;
			width += (int)km_str_columns(km_text_clean(&pool, km_table_cell(table, &pool, column, line)));
			if (width > column->width)
				column->width = width;
		}
		if (column->field == table->view.sort && column->kind == KM_COLUMN_CELL)
			column->width = column->width > (int)column->head.len ? column->width : (int)column->head.len + 1;
		*kept = column->width;
		km_pool_deinit(&pool);
	}
}

/* A visible column. The first column is always visible; others start at first_column. */
struct place {
	size_t column;
	int at, width;
};

/* The next visible column, from *at on; false after the last. A text at the edge may be cut, a number may not. */
static bool next_place(const struct km_table *table, size_t *index, size_t first, int *at, int columns,
		       struct place *ret)
{
	const struct km_column *column;
	int width;

	if (*index == 1 && first > 1)
		*index = first;
	if (*index >= table->columns.len || *at >= columns)
		return false;
	column = &table->columns.items[*index];
	width = column->width;
	if (!*index && !column->right && width > columns / 2)
		width = columns / 2;
	if (*at + width > columns && (column->right || columns - *at < TEXT_LEAST))
		return false;
	if (*at + width > columns)
		width = columns - *at;
	*ret = (struct place){ (*index)++, *at, width };
	*at += width + GAP;
	return true;
}

static bool is_seen(const struct km_table *table, size_t first, int columns, size_t wanted)
{
	size_t index = 0;
	struct place place;

	for (int at = 0; next_place(table, &index, first, &at, columns, &place);)
		if (place.column == wanted)
			return true;
	return false;
}

/* Scrolls until the chosen column is visible. */
static void scroll_columns(const struct km_table *table, struct km_tab_state *state, int columns)
{
	if (state->first_column > state->column)
		state->first_column = state->column;
	while (!is_seen(table, state->first_column, columns, state->column) && state->first_column < state->column)
		state->first_column++;
}

static void scroll_lines(const struct km_table *table, struct km_tab_state *state, int room)
{
	size_t seen = room > 0 ? (size_t)room : 0;

	if (state->cursor < state->top)
		state->top = state->cursor;
	if (seen && state->cursor >= state->top + seen)
		state->top = state->cursor - seen + 1;
	if (state->top + seen > table->lines.len)
		state->top = table->lines.len > seen ? table->lines.len - seen : 0;
}

size_t km_table_column_at(const struct km_table *table, const struct km_terminal *terminal,
			  const struct km_tab_state *state, int wanted)
{
	size_t index = 0;
	struct place place;

	for (int at = 0; next_place(table, &index, state->first_column, &at, km_terminal_columns(terminal), &place);)
		if (wanted >= place.at && wanted < place.at + place.width + GAP)
			return place.column;
	return SIZE_MAX;
}

static void draw_head(struct km_table *table, struct km_terminal *terminal, const struct km_tab_state *state,
		      int row, const struct place *place)
{
	const struct km_column *column = &table->columns.items[place->column];
	const bool sorted = column->field == table->view.sort && column->kind == KM_COLUMN_CELL && !state->by_change;
	const bool down = table->view.order.descending;
	const char *arrow = !sorted && !(state->by_change && column->kind == KM_COLUMN_CHANGE) ? "" :
			    km_terminal_utf8(terminal) ? (down ? "\xe2\x96\xbe" : "\xe2\x96\xb4") : (down ? "v" : "^");
	struct km_str head = km_pool_printf(&table->pool, "%.*s%s", KM_STR_ARG(column->head), arrow);

	km_terminal_field(terminal, row, place->at, place->width, head,
			  place->column == state->column ? KM_ATTRIBUTE_MARKED : KM_ATTRIBUTE_HEADING, column->right);
}

/* Draws heat: a colour behind the number, or a character before it. */
static void draw_hot(struct km_table *table, struct km_terminal *terminal, int row, const struct place *place,
		     const struct km_line *line, unsigned int look)
{
	static const char *const ascii[KM_HEAT_LEVELS] = { " ", ".", ":", "+", "*", "#" };
	const struct km_column *column = &table->columns.items[place->column];
	const void *inner = inner_of(column, line->row);
	uint64_t whole = km_heat_whole(&table->heat, km_field_at(column->field, line->row));
	unsigned int level = inner ? km_heat_level(km_heat_of(&table->heat, inner, whole)) : 0;
	struct km_str text = km_table_cell(table, &table->pool, column, line);

	if (look == KM_ATTRIBUTE_PLAIN && km_terminal_colors(terminal) && level)
		look = KM_ATTRIBUTE_HEAT + table->heat.palette * KM_HEAT_LEVELS + level;
	else if (!km_terminal_colors(terminal))
		text = km_pool_printf(&table->pool, "%.*s%s", KM_STR_ARG(text),
				      km_terminal_utf8(terminal) ? km_heat_block(level) : ascii[level]);
	km_terminal_field(terminal, row, place->at, place->width, text, look, true);
}

static void draw_cell(struct km_table *table, struct km_terminal *terminal, int row, const struct place *place,
		      const struct km_line *line, unsigned int look)
{
	const struct km_column *column = &table->columns.items[place->column];
	struct km_str text;

	if (column->kind == KM_COLUMN_SPREAD && table->hot) {
		draw_hot(table, terminal, row, place, line, look);
		return;
	}
	if (column->kind == KM_COLUMN_BAR) {
		km_terminal_bar(terminal, row, place->at, place->width,
				*(const double *)km_field_at(column->field, line->row),
				look == KM_ATTRIBUTE_PLAIN ? KM_ATTRIBUTE_GOOD : look);
		return;
	}
	text = km_table_cell(table, &table->pool, column, line);
	if (!place->column && line->branch.len)
		text = km_pool_printf(&table->pool, "%.*s%.*s", KM_STR_ARG(line->branch), KM_STR_ARG(text));
	km_terminal_field(terminal, row, place->at, place->width, text, look, column->right);
}

static void draw_line(struct km_table *table, struct km_terminal *terminal, const struct km_tab_state *state, int row,
		      const struct km_line *line, unsigned int look)
{
	const int columns = km_terminal_columns(terminal);
	size_t index = 0;
	struct place place;

	if (look == KM_ATTRIBUTE_CHOSEN)
		km_terminal_field(terminal, row, 0, columns, KM_STR(""), look, false);
	for (int at = 0; next_place(table, &index, state->first_column, &at, columns, &place);)
		draw_cell(table, terminal, row, &place, line, look);
}

/* Draws totals. Columns without a total are empty. */
static void draw_totals(struct km_table *table, struct km_terminal *terminal, const struct km_tab_state *state, int row)
{
	const int columns = km_terminal_columns(terminal);
	const struct km_line line = totals_line(table);
	size_t index = 0;
	struct place place;

	for (int at = 0; next_place(table, &index, state->first_column, &at, columns, &place);) {
		const struct km_column *column = &table->columns.items[place.column];

		if (!place.column)
			km_terminal_put(terminal, row, place.at, place.width > 5 ? place.width : 5, KM_STR("total"),
					KM_ATTRIBUTE_BOLD);
		else if (column->field->flags & (KM_SUMMED | (table->totals == table->sheet->totals ? KM_TOTAL : 0)) && column->kind != KM_COLUMN_CHANGE &&
			 column->kind != KM_COLUMN_RATE)
			draw_cell(table, terminal, row, &place, &line, KM_ATTRIBUTE_BOLD);
	}
}

void km_table_draw(struct km_table *table, struct km_terminal *terminal, struct km_tab_state *state, int row,
		   int rows)
{
	const int columns = km_terminal_columns(terminal), room = km_table_room(table, rows);
	size_t last, index = 0;
	struct place place;

	scroll_lines(table, state, room);
	last = state->top + (size_t)(room > 0 ? room : 0);
	if (last > table->lines.len)
		last = table->lines.len;
	measure(table, terminal, state, state->top, last);
	scroll_columns(table, state, columns);
	km_terminal_field(terminal, row, 0, columns, KM_STR(""), KM_ATTRIBUTE_HEADING, false);
	for (int at = 0; next_place(table, &index, state->first_column, &at, columns, &place);)
		draw_head(table, terminal, state, row, &place);
	for (size_t i = state->top; i < last; i++)
		draw_line(table, terminal, state, row + 1 + (int)(i - state->top), &table->lines.items[i],
			  i == state->cursor ? KM_ATTRIBUTE_CHOSEN : KM_ATTRIBUTE_PLAIN);
	if (table->totals && table->lines.len)
		draw_totals(table, terminal, state, row + 1 + room);
}
