// SPDX-License-Identifier: GPL-2.0-or-later
/* One row: all of its fields, and the history of the chosen one as a graph. */
#include "base/utf8.h"
#include "report/document.h"
#include "screen/state.h"
#include "words/say.h"

enum { KEY_WIDTH = 22, VALUE_WIDTH = 17 };

/* Joins the parts of a row's name, which are on separate lines. */
static struct km_str in_one_line(struct km_str name, struct km_pool *pool)
{
	KM_TEXT_SCOPE text = { 0 };
	struct km_str line;

	while (km_str_take_line(&name, &line)) {
		km_text_separate(&text, " ");
		km_text_add(&text, line);
	}
	return km_text_keep(&text, pool);
}

static bool is_short(struct km_str text)
{
	return km_str_columns(text) < VALUE_WIDTH;
}

/* Draws fields side by side, in as many columns as fit. Long fields get their own lines below. */
static void draw_fields(struct km_screen *screen, const void *row, int at, int end)
{
	const int columns = km_terminal_columns(screen->terminal), beside = columns / (KEY_WIDTH + VALUE_WIDTH + 1);
	const struct km_field *field;
	struct km_pool pool = { 0 };
	int number = 0;

	for (int pass = 0; pass < 2; pass++) {
		km_field_each(field, screen->sheet.type) {
			struct km_str text = km_cell_text(&pool, field, row, screen->exact);
			const bool wide = !is_short(text);
			const int column = wide ? 0 : number % beside * (KEY_WIDTH + VALUE_WIDTH + 1);

			if (field->kind == KM_ROWS || field->flags & KM_TOTAL_ONLY || wide != pass || at >= end ||
			    km_str_eq(text, KM_STR("-")) || !text.len)
				continue;
			km_terminal_put(screen->terminal, at, column, KEY_WIDTH - 1, km_str_from(field->key), KM_ATTRIBUTE_DIM);
			km_terminal_put(screen->terminal, at, column + KEY_WIDTH, wide ? columns : VALUE_WIDTH, text,
					KM_ATTRIBUTE_PLAIN);
			at += wide || ++number % beside == 0;
		}
		at += !pass && number % beside;
	}
	km_pool_deinit(&pool);
}

/* The number of lines that the fields need. */
static int count_lines(const struct km_screen *screen, const void *row)
{
	const int beside = km_terminal_columns(screen->terminal) / (KEY_WIDTH + VALUE_WIDTH + 1);
	const struct km_field *field;
	struct km_pool pool = { 0 };
	int small = 0, wide = 0;

	km_field_each(field, screen->sheet.type) {
		struct km_str text = km_cell_text(&pool, field, row, screen->exact);

		if (field->kind == KM_ROWS || field->flags & KM_TOTAL_ONLY || km_str_eq(text, KM_STR("-")) || !text.len)
			continue;
		small += is_short(text);
		wide += !is_short(text);
	}
	km_pool_deinit(&pool);
	return (small + beside - 1) / beside + wide;
}

void km_detail_draw(struct km_screen *screen, int row, int rows)
{
	const void *chosen = screen->built ? km_table_row(&screen->table, km_screen_state(screen)) : NULL;
	const int columns = km_terminal_columns(screen->terminal), explained = screen->explaining ? rows / 3 : 0;
	struct km_pool pool = { 0 };
	struct km_str name;
	int fields;

	if (!chosen) {
		km_terminal_put(screen->terminal, row, 0, columns, KM_SENTENCE("This row is gone. Esc goes back."), KM_ATTRIBUTE_PLAIN);
		return;
	}
	name = in_one_line(km_history_name(screen->sheet.type, chosen, &pool), &pool);
	km_terminal_field(screen->terminal, row, 0, columns, km_pool_printf(&pool, "%s: %.*s", screen->sheet.type->name,
			  KM_STR_ARG(name)), KM_ATTRIBUTE_HEADING, false);
	rows -= explained;
	fields = count_lines(screen, chosen);
	if (fields > rows * 2 / 3)
		fields = rows * 2 / 3;
	draw_fields(screen, chosen, row + 1, row + 1 + fields);
	km_graph_draw(screen, row + 1 + fields, rows - 1 - fields);
	if (explained)
		km_explain_draw(screen, row + rows, explained);
	km_pool_deinit(&pool);
}
