// SPDX-License-Identifier: GPL-2.0-or-later
/* Explains the chosen column, and the chosen cell if it contains a word or a name. */
#include "base/prose.h"
#include "report/topic-text.h"
#include "screen/state.h"
#include "words/say.h"

static void explain_field(struct km_text *text, const struct km_field *field)
{
	km_text_printf(text, "%s (%s): %s. %s", field->key, km_kind_name(field->kind), field->brief, field->explain);
	if (field->origin)
		km_say_add(text, " From: %s.", field->origin);
	km_text_puts(text, "\n");
}

static void explain_word(struct km_text *text, const struct km_word *word)
{
	km_text_printf(text, "%s: %s.%s%s\n", word->key, word->brief ? word->brief : "", word->explain ? " " : "",
		       word->explain ? word->explain : "");
}

/* The topic that explains the name of a cache or caller: the first of the best matches. */
static const struct km_topic_row *topic_of(struct km_screen *screen, struct km_str name)
{
	const struct km_topic_row *best = NULL;
	enum km_likeness likeness = KM_LIKE_FOLDED;

	if (!screen->topics.type)
		screen->topics = km_topics_derive(&screen->topics_pool, screen->options->language,
						  &screen->topics_problems);
	for (size_t i = 0; i < screen->topics.len; i++) {
		const struct km_topic_row *row = km_sheet_row(&screen->topics, i);
		enum km_likeness found = row->text ? km_topic_name_likeness(row, name) : KM_UNLIKE;

		if (found > likeness || (found == likeness && !best)) {
			best = row;
			likeness = found;
		}
	}
	return best;
}

static void explain_name(struct km_screen *screen, struct km_text *text, const void *row)
{
	const struct km_field *field;

	km_field_each(field, screen->sheet.type) {
		const struct km_topic_row *topic;

		if (field->kind != KM_TEXT || !(field->flags & KM_ID))
			continue;
		topic = topic_of(screen, *(const struct km_str *)km_field_at(field, row));
		if (topic)
			km_say_add(text, "%.*s: %.*s. `kmeminfo explain %.*s` says more.\n",
				       KM_STR_ARG(topic->key), KM_STR_ARG(topic->brief), KM_STR_ARG(topic->key));
	}
}

static void draw(struct km_screen *screen, int row, int end, struct km_str text)
{
	const int columns = km_terminal_columns(screen->terminal);
	KM_TEXT_SCOPE folded = { 0 };
	struct km_str line, rest;

	while (km_str_take_line(&text, &line))
		km_prose_fold(&folded, line, 0, (size_t)columns);
	rest = km_text_str(&folded);
	while (row < end && km_str_take_line(&rest, &line))
		km_terminal_put(screen->terminal, row++, 0, columns, line, KM_ATTRIBUTE_PLAIN);
}

void km_explain_draw(struct km_screen *screen, int row, int rows)
{
	const struct km_tab_state *state = km_screen_state(screen);
	const struct km_column *column = screen->built ? km_table_column(&screen->table, state) : NULL;
	const void *chosen = screen->built ? km_table_row(&screen->table, state) : NULL;
	KM_TEXT_SCOPE text = { 0 };

	km_terminal_field(screen->terminal, row, 0, km_terminal_columns(screen->terminal), KM_STR("EXPLANATION"),
			  KM_ATTRIBUTE_HEADING, false);
	if (chosen && column && column->kind == KM_COLUMN_CELL && column->field->kind == KM_WORD &&
	    km_field_word(column->field, chosen))
		explain_word(&text, km_field_word(column->field, chosen));
	else if (chosen && column && column->field->flags & KM_ID)
		explain_name(screen, &text, chosen);
	if (column)
		explain_field(&text, column->kind == KM_COLUMN_SPREAD ? screen->table.heat.cell : column->field);
	draw(screen, row + 1, row + rows, km_text_str(&text));
}
