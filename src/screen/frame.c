// SPDX-License-Identifier: GPL-2.0-or-later
/* The layout: tabs, a line about the machine, the table or the layer over it, a line at the bottom. */
#include <stdio.h>
#include "base/prose.h"
#include "source/clock.h"
#include "screen/keys.h"
#include "screen/state.h"
#include "words/message.h"

/* The width of a tab's name: "1 Summary". */
static int tab_width(size_t tab)
{
	return (int)strlen(km_tabs[tab].name) + 4;
}

size_t km_screen_tab_at(int column)
{
	int at = 0;

	for (size_t i = 0; km_tabs[i].name; at += tab_width(i++))
		if (column >= at && column < at + tab_width(i))
			return i;
	return SIZE_MAX;
}

static void draw_tabs(const struct km_screen *screen)
{
	char text[32];
	int at = 0;

	for (size_t i = 0; km_tabs[i].name; at += tab_width(i++)) {
		snprintf(text, sizeof(text), " %zu %s ", i + 1, km_tabs[i].name);
		km_terminal_put(screen->terminal, 0, at, tab_width(i), km_str_from(text),
				i == screen->tab ? KM_ATTRIBUTE_CHOSEN : KM_ATTRIBUTE_PLAIN);
	}
}

/* For the running system the time of day is enough. */
static struct km_str time_text(const struct km_screen *screen)
{
	struct km_str time = screen->machine.host.time;

	return screen->options->from ? time : km_str_skip(time, sizeof("2026-11-28T") - 1);
}

/* Adds the number of the sample in a recording, and the interval since the sample before. */
static void describe_sample(const struct km_screen *screen, struct km_text *text)
{
	const struct km_recording *recording = &screen->recording;
	const struct km_recording_sample *sample = &recording->samples.items[screen->sample];
	char buf[KM_CLOCK_SIZE];

	if (!recording->samples.len) {
		km_text_puts(text, km_say("a recording without samples"));
		return;
	}
	km_say_add(text, "Sample %zu of %zu, %s", screen->sample + 1, recording->samples.len,
		       km_clock_text(buf, sample->clock.wall_us));
	if (screen->sample && sample->boot != sample[-1].boot)
		km_text_puts(text, km_say(", first after a boot"));
	else if (screen->sample && sample->clock.wall_us < sample[-1].clock.wall_us)
		km_text_puts(text, km_say(", the clock was set back"));
	else if (sample->first)
		km_text_puts(text, km_say(", begin of a run"));
}

static void draw_status(struct km_screen *screen)
{
	const struct km_host *host = &screen->machine.host;
	const struct km_tab_state *state = km_screen_state(screen);
	const struct km_recording_sample *sample = !screen->recorded || !screen->recording.samples.len ? NULL :
						   &screen->recording.samples.items[screen->sample];
	KM_TEXT_SCOPE text = { 0 };

	if (screen->recorded)
		describe_sample(screen, &text);
	else
		km_say_add(&text, "Linux %.*s", KM_STR_ARG(host->release));
	if (screen->options->from)
		km_text_puts(&text, km_say(", from a capture"));
	else if (!screen->recorded)
		km_text_printf(&text, "%s", host->root == KM_TRI_YES ? km_say(", as root") : km_say(", not as root"));
	if (host->time.ptr)
		km_text_printf(&text, ", %.*s", KM_STR_ARG(time_text(screen)));
	if (km_reading_is_live(screen))
		km_say_add(&text, ", every %g s", (double)screen->delay_ms / 1000);
	if (screen->paused)
		km_text_puts(&text, km_say(", PAUSED"));
	if (state->mark.sheet.type && screen->time >= state->mark.time)
		km_say_add(&text, ", marked %lld s ago",
			       (long long)(screen->time - state->mark.time) / 1000);
	else if (state->mark.sheet.type)
		km_say_add(&text, ", marked %lld s later",
			       (long long)(state->mark.time - screen->time) / 1000);
	if (*km_screen_state(screen)->filter)
		km_say_add(&text, ", only %s", state->filter);
	if (sample)
		km_say_add(&text, ", Linux %.*s", KM_STR_ARG(screen->recording.boots.items[sample->boot].release));
	km_terminal_put(screen->terminal, 1, 0, km_terminal_columns(screen->terminal), km_text_str(&text),
			KM_ATTRIBUTE_PLAIN);
}

static void say(struct km_screen *screen, int *row, int end, struct km_str text)
{
	const int columns = km_terminal_columns(screen->terminal);
	KM_TEXT_SCOPE folded = { 0 };
	struct km_str rest, line;

	km_prose_fold(&folded, text, 0, (size_t)columns);
	rest = km_text_str(&folded);
	while (*row < end && km_str_take_line(&rest, &line))
		km_terminal_put(screen->terminal, (*row)++, 0, columns, line, KM_ATTRIBUTE_PLAIN);
}

/* Problem number i of the tab, or NULL. */
static const struct km_problem *problem_of(struct km_screen *screen, size_t i)
{
	const struct km_span *range = &km_screen_state(screen)->problems;

	i += range->from;
	return i < range->to && i < screen->machine.problems.list.len ? &screen->machine.problems.list.items[i] : NULL;
}

/* Draws the reason why there are no rows. */
static void draw_nothing(struct km_screen *screen, int row, int rows)
{
	const struct km_tab *tab = &km_tabs[screen->tab];
	const struct km_problem *problem = problem_of(screen, 0);
	const int end = row + rows;
	struct km_pool pool = { 0 };

	if (*km_screen_state(screen)->filter && screen->sheet.len)
		say(screen, &row, end, KM_SENTENCE("No row matches the filter. Esc removes it."));
	else if (tab->request && km_reading_is_live(screen) && !problem)
		say(screen, &row, end, km_say_printf(&pool, "%s Press r to read it now.", km_say(tab->request)));
	else if (screen->recorded)
		say(screen, &row, end, KM_SENTENCE("This sample of the recording does not have the report."));
	else if (!problem)
		say(screen, &row, end, km_say_printf(&pool, "Nothing to show. %s", km_say(tab->report->type->explain)));
	for (size_t i = 0; !screen->sheet.len && (problem = problem_of(screen, i)); i++) {
		say(screen, &row, end, km_pool_printf(&pool, "%.*s: %.*s", KM_STR_ARG(problem->source),
						      KM_STR_ARG(km_say_message(&pool, problem->reason))));
		if (problem->hint.ptr)
			say(screen, &row, end, km_pool_printf(&pool, "  %.*s", KM_STR_ARG(km_say_message(&pool, problem->hint))));
	}
	km_pool_deinit(&pool);
}

static void draw_bottom(struct km_screen *screen)
{
	const int row = km_terminal_rows(screen->terminal) - 1, columns = km_terminal_columns(screen->terminal);
	const struct km_span *range = &km_screen_state(screen)->problems;
	const struct km_problem *first = problem_of(screen, 0);
	struct km_pool pool = { 0 };

	if (screen->prompt)
		km_terminal_print(screen->terminal, row, 0, columns, KM_ATTRIBUTE_BOLD, "%s: %s_",
				  screen->prompt == KM_PROMPT_FILTER ? km_say("Show only") : km_say("Seconds between two readings"),
				  screen->typed);
	else if (*screen->message)
		km_terminal_put(screen->terminal, row, 0, columns, km_str_from(screen->message), KM_ATTRIBUTE_BOLD);
	else if (first && screen->sheet.len)
		km_terminal_print(screen->terminal, row, 0, columns, KM_ATTRIBUTE_BOLD, km_say("%zu unavailable: %.*s: %.*s"),
				  range->to - range->from, KM_STR_ARG(first->source), KM_STR_ARG(km_say_message(&pool, first->reason)));
	else
		km_terminal_put(screen->terminal, row, 0, columns,
				KM_SENTENCE("? keys  Enter detail  e explain  s sort  / filter  m mark  Space pause  q end"),
				KM_ATTRIBUTE_DIM);
	km_pool_deinit(&pool);
}

static void draw_table(struct km_screen *screen, int row, int rows)
{
	const struct km_tab *tab = &km_tabs[screen->tab];
	int used = 0, explained = screen->explaining ? rows / 3 : 0;

	rows -= explained;
	if (tab->above)
		used = tab->above(screen, row, rows / 2);
	screen->table_row = row + used;
	screen->table_rows = rows - used;
	if (screen->built && screen->table.lines.len)
		km_table_draw(&screen->table, screen->terminal, km_screen_state(screen), screen->table_row,
			      screen->table_rows);
	else
		draw_nothing(screen, screen->table_row, screen->table_rows);
	if (explained)
		km_explain_draw(screen, row + rows, explained);
}

static void draw_too_small(struct km_screen *screen)
{
	const int columns = km_terminal_columns(screen->terminal);

	km_terminal_print(screen->terminal, 0, 0, columns, KM_ATTRIBUTE_PLAIN, km_say("kmeminfo top needs %d columns, %d lines;"),
			  KM_LEAST_COLUMNS, KM_LEAST_ROWS);
	km_terminal_print(screen->terminal, 1, 0, columns, KM_ATTRIBUTE_PLAIN, km_say("this terminal has %d and %d."), columns,
			  km_terminal_rows(screen->terminal));
	km_terminal_put(screen->terminal, 2, 0, columns, KM_SENTENCE("q ends it."), KM_ATTRIBUTE_PLAIN);
}

void km_screen_draw(struct km_screen *screen)
{
	const int rows = km_terminal_rows(screen->terminal) - 3;

	km_terminal_clear(screen->terminal);
	if (rows + 3 < KM_LEAST_ROWS || km_terminal_columns(screen->terminal) < KM_LEAST_COLUMNS) {
		draw_too_small(screen);
	} else {
		draw_tabs(screen);
		draw_status(screen);
		if (screen->helping)
			km_help_draw(screen, 2, rows);
		else if (screen->detailed)
			km_detail_draw(screen, 2, rows);
		else
			draw_table(screen, 2, rows);
		draw_bottom(screen);
	}
	km_terminal_show(screen->terminal);
}
