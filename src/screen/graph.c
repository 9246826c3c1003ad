// SPDX-License-Identifier: GPL-2.0-or-later
/* The history of one number, one column per moment, the newest on the right. */
#include <stdio.h>
#include "screen/state.h"
#include "words/say.h"

enum { SCALE_WIDTH = 12 };

struct graph {
	struct km_screen *screen;
	const struct km_history *history;
	const struct km_field *field;
	size_t id, index;
	size_t from, len; /* shown moments */
	double least, most;
};

static double value_at(const struct graph *graph, size_t i)
{
	return km_history_value(graph->history, km_history_moment(graph->history, graph->from + i), graph->id,
				graph->index);
}

static void find_range(struct graph *graph)
{
	graph->least = INFINITY;
	graph->most = -INFINITY;
	for (size_t i = 0; i < graph->len; i++) {
		double value = value_at(graph, i);

		graph->least = value < graph->least ? value : graph->least;
		graph->most = value > graph->most ? value : graph->most;
	}
}

/* Formats the number like the row's cells, by storing it in a copy of the row. */
static struct km_str number_text(const struct graph *graph, struct km_pool *pool, double value)
{
	char *row = km_pool_alloc(pool, 1, graph->history->type->row_size);
	void *at = row + graph->field->offset;

	km_row_init(graph->history->type, row);
	if (graph->field->kind == KM_RATIO || graph->field->kind == KM_INDEX)
		*(double *)at = value;
	else if (graph->field->kind == KM_DELTA)
		*(int64_t *)at = (int64_t)value;
	else
		*(uint64_t *)at = (uint64_t)value;
	return km_cell_text(pool, graph->field, row, graph->screen->exact);
}

/* Draws one column: whole characters, and on top an eighth part if the terminal has such characters. */
static void draw_moment(const struct graph *graph, int row, int rows, int column, double value)
{
	static const char *const parts[] = { " ", "\xe2\x96\x81", "\xe2\x96\x82", "\xe2\x96\x83", "\xe2\x96\x84",
					     "\xe2\x96\x85", "\xe2\x96\x86", "\xe2\x96\x87", "\xe2\x96\x88" };
	struct km_terminal *terminal = graph->screen->terminal;
	const int steps = km_terminal_utf8(terminal) ? 8 : 1;
	const double range = graph->most - graph->least;
	int height;

	if (isnan(value))
		return;
	/* the smallest value is drawn as a line, not as an empty column */
	height = 1 + (int)((range > 0 ? (value - graph->least) / range : 0) * (rows * steps - 1));
	for (int i = 0; height > 0; i++, height -= steps)
		km_terminal_put(terminal, row + rows - 1 - i, column, 1,
				km_str_from(steps == 1 ? "#" : parts[height < 8 ? height : 8]), KM_ATTRIBUTE_GOOD);
}

static void draw_scale(const struct graph *graph, int row, int rows, struct km_pool *pool)
{
	struct km_terminal *terminal = graph->screen->terminal;

	km_terminal_field(terminal, row, 0, SCALE_WIDTH - 1, number_text(graph, pool, graph->most), KM_ATTRIBUTE_PLAIN, true);
	if (graph->most > graph->least)
		km_terminal_field(terminal, row + rows - 1, 0, SCALE_WIDTH - 1, number_text(graph, pool, graph->least),
				  KM_ATTRIBUTE_PLAIN, true);
}

static void draw_title(const struct graph *graph, int row, struct km_pool *pool)
{
	const struct km_moment *first = km_history_moment(graph->history, graph->from);
	const struct km_moment *last = km_history_moment(graph->history, graph->from + graph->len - 1);
	const double seconds = (double)(last->time - first->time) / 1000;
	const double change = km_history_difference(graph->field, value_at(graph, 0), value_at(graph, graph->len - 1));
	const int columns = km_terminal_columns(graph->screen->terminal);
	struct km_str title = graph->len == 1 ? km_say_printf(pool, "%s, one moment", graph->field->key) :
				km_say_printf(pool, "%s, last %.0f s", graph->field->key, seconds);

	if (seconds > 0)
		title = km_say_printf(pool, "%.*s: %.*s, %.*s a second", KM_STR_ARG(title),
				       KM_STR_ARG(km_table_change_text(pool, graph->field, change, graph->screen->exact)),
				       KM_STR_ARG(km_table_change_text(pool, graph->field, change / seconds,
								       graph->screen->exact)));
	km_terminal_put(graph->screen->terminal, row, 0, columns, title, KM_ATTRIBUTE_BOLD);
}

/* The field of the chosen column, or the first field of the row with a history. */
static const struct km_field *field_of(const struct km_screen *screen, const struct km_tab_state *state)
{
	const struct km_column *column = km_table_column(&screen->table, state);

	if (column && km_history_field(&state->history, column->field) != SIZE_MAX)
		return column->field;
	if (screen->table.view.sort && km_history_field(&state->history, screen->table.view.sort) != SIZE_MAX)
		return screen->table.view.sort;
	for (size_t i = 0; i < screen->table.view.fields_len; i++)
		if (km_history_field(&state->history, screen->table.view.fields[i]) != SIZE_MAX)
			return screen->table.view.fields[i];
	return NULL;
}

void km_graph_draw(struct km_screen *screen, int row, int rows)
{
	const struct km_tab_state *state = km_screen_state(screen);
	const void *chosen = km_table_row(&screen->table, state);
	struct graph graph = { .screen = screen, .history = &state->history, .field = field_of(screen, state) };
	const size_t room = (size_t)(km_terminal_columns(screen->terminal) - SCALE_WIDTH);
	struct km_pool pool = { 0 };

	if (!graph.field || rows < 4 || !state->history.len)
		return;
	graph.id = km_history_id(graph.history, chosen);
	graph.index = km_history_field(graph.history, graph.field);
	graph.len = state->history.len < room ? state->history.len : room;
	graph.from = state->history.len - graph.len;
	find_range(&graph);
	if (graph.most < graph.least)
		return;
	draw_title(&graph, row, &pool);
	draw_scale(&graph, row + 1, rows - 1, &pool);
	for (size_t i = 0; i < graph.len; i++)
		draw_moment(&graph, row + 1, rows - 1, SCALE_WIDTH + (int)(room - graph.len + i), value_at(&graph, i));
	km_pool_deinit(&pool);
}
