// SPDX-License-Identifier: GPL-2.0-or-later
/* The table of keys. It dispatches them, and help and the manual list it. */
#include <stdio.h>
#include "screen/keys.h"
#include "screen/state.h"
#include "words/say.h"

static void move(struct km_screen *screen, int by)
{
	struct km_tab_state *state = km_screen_state(screen);
	const size_t len = screen->built ? screen->table.lines.len : 0;
	const size_t steps = (size_t)(by < 0 ? -(long)by : by);

	if (by < 0)
		state->cursor -= steps < state->cursor ? steps : state->cursor;
	else if (len)
		state->cursor = state->cursor + steps < len ? state->cursor + steps : len - 1;
	km_reading_hold(screen);
}

/* Scrolls the top layer: help, or the table's cursor. */
static void scroll(struct km_screen *screen, int by)
{
	if (!screen->helping) {
		move(screen, by);
		return;
	}
	if (by < 0 && screen->help_top < (size_t)-by)
		screen->help_top = 0;
	else
		screen->help_top += (size_t)by;
}

static int page(const struct km_screen *screen)
{
	return screen->table_rows > 3 ? screen->table_rows - 2 : 1;
}

static void line(struct km_screen *screen, int by)
{
	scroll(screen, by);
}

static void pages(struct km_screen *screen, int by)
{
	scroll(screen, by * page(screen));
}

static void ends(struct km_screen *screen, int by)
{
	scroll(screen, by * (1 << 28));
}

static void column(struct km_screen *screen, int by)
{
	struct km_tab_state *state = km_screen_state(screen);
	const size_t len = screen->built ? screen->table.columns.len : 0;

	do {
		if (by < 0 ? !state->column : state->column + 1 >= len)
			return;
		state->column += (size_t)by;
	} while (screen->table.columns.items[state->column].kind == KM_COLUMN_BAR);
}

static void show_tab(struct km_screen *screen, size_t tab)
{
	if (tab == screen->tab || tab >= km_tab_count())
		return;
	km_reading_hold(screen);
	screen->tab = tab;
	screen->detailed = screen->helping = false;
	km_reading_take(screen);
}

static void tab(struct km_screen *screen, int number)
{
	show_tab(screen, (size_t)number);
}

static void next_tab(struct km_screen *screen, int by)
{
	show_tab(screen, (screen->tab + km_tab_count() + (size_t)by) % km_tab_count());
}

/* Sorts by the chosen column, and the second time in the other direction. */
static void sort(struct km_screen *screen, int unused)
{
	struct km_tab_state *state = km_screen_state(screen);
	const struct km_column *chosen = screen->built ? km_table_column(&screen->table, state) : NULL;

	(void)unused;
	if (!chosen || chosen->kind == KM_COLUMN_BAR || chosen->kind == KM_COLUMN_SPREAD)
		return;
	if (chosen->kind == KM_COLUMN_CHANGE || chosen->kind == KM_COLUMN_RATE) {
		state->by_change = true;
	} else if (screen->table.view.sort == chosen->field && !state->by_change) {
		state->ascending = screen->table.view.order.descending;
		state->sort = chosen->field;
	} else {
		state->by_change = false;
		state->sort = chosen->field;
		state->ascending = chosen->field->kind == KM_TEXT || chosen->field->kind == KM_WORD;
	}
	km_reading_arrange(screen);
}

static void reverse(struct km_screen *screen, int unused)
{
	struct km_tab_state *state = km_screen_state(screen);

	(void)unused;
	if (!screen->built || !screen->table.view.sort)
		return;
	state->sort = screen->table.view.sort;
	state->ascending = screen->table.view.order.descending;
	state->by_change = false;
	km_reading_arrange(screen);
}

static void filter(struct km_screen *screen, int unused)
{
	(void)unused;
	km_prompt_open(screen, KM_PROMPT_FILTER);
}

static void step(struct km_screen *screen, int by)
{
	if (!screen->recorded)
		snprintf(screen->message, sizeof(screen->message), "%s", km_say("only a recording has other moments: --record FILE"));
	km_reading_step(screen, by);
}

static void delay(struct km_screen *screen, int unused)
{
	(void)unused;
	km_prompt_open(screen, KM_PROMPT_DELAY);
}

static void hold(struct km_screen *screen, int unused)
{
	(void)unused;
	screen->paused = !screen->paused;
}

static void refresh(struct km_screen *screen, int unused)
{
	(void)unused;
	km_screen_state(screen)->requested = true;
	km_reading_take(screen);
}

static void mark(struct km_screen *screen, int unused)
{
	struct km_tab_state *state = km_screen_state(screen);

	(void)unused;
	if (screen->options->from || !state->history.len) {
		snprintf(screen->message, sizeof(screen->message), "%s", screen->options->from ?
				 km_say("a capture is one moment: nothing changes") : km_say("there is nothing to mark"));
		return;
	}
	km_baseline_set(&state->mark, &screen->sheet, screen->time, km_reading_boot(screen));
	snprintf(screen->message, sizeof(screen->message), "%s", km_say("marked: changes are counted from now on"));
	km_reading_arrange(screen);
}

static void unmark(struct km_screen *screen, int unused)
{
	(void)unused;
	km_baseline_clear(&km_screen_state(screen)->mark);
	km_screen_state(screen)->by_change = false;
	km_reading_arrange(screen);
}

static void detail(struct km_screen *screen, int unused)
{
	(void)unused;
	screen->detailed = !screen->detailed && screen->built && screen->table.lines.len;
	if (screen->detailed && screen->recorded)
		km_reading_take(screen);
}

static void explain(struct km_screen *screen, int unused)
{
	(void)unused;
	screen->explaining = !screen->explaining;
}

static void bytes(struct km_screen *screen, int unused)
{
	(void)unused;
	screen->exact = !screen->exact;
	km_reading_arrange(screen);
}

static void help(struct km_screen *screen, int unused)
{
	(void)unused;
	screen->helping = !screen->helping;
	screen->help_top = 0;
}

static void redraw(struct km_screen *screen, int unused)
{
	(void)unused;
	km_terminal_redraw(screen->terminal);
}

/* Closes the top layer. Without layers it cancels the choice of rows. */
static void back(struct km_screen *screen, int unused)
{
	(void)unused;
	if (screen->helping)
		screen->helping = false;
	else if (screen->detailed)
		screen->detailed = false;
	else if (screen->explaining)
		screen->explaining = false;
	else if (*km_screen_state(screen)->filter) {
		*km_screen_state(screen)->filter = '\0';
		memset(km_screen_state(screen)->widths, 0, sizeof(km_screen_state(screen)->widths));
		km_reading_arrange(screen);
	}
}

static void quit(struct km_screen *screen, int unused)
{
	(void)unused;
	/* as in less and top */
	screen->quit = !screen->helping;
	screen->helping = false;
}

static const struct km_key keys[] = {
	{ "1 to 7", "show a tab", { '1' }, tab, 0 },
	{ NULL, NULL, { '2' }, tab, 1 },
	{ NULL, NULL, { '3' }, tab, 2 },
	{ NULL, NULL, { '4' }, tab, 3 },
	{ NULL, NULL, { '5' }, tab, 4 },
	{ NULL, NULL, { '6' }, tab, 5 },
	{ NULL, NULL, { '7' }, tab, 6 },
	{ "Tab, Shift-Tab", "show the next tab, the previous one", { KM_KEY_TAB }, next_tab, 1 },
	{ NULL, NULL, { KM_KEY_BACK_TAB }, next_tab, -1 },
	{ "Up, Down, k, j", "move by a line", { KM_KEY_UP, 'k', KM_KEY_CONTROL('p') }, line, -1 },
	{ NULL, NULL, { KM_KEY_DOWN, 'j', KM_KEY_CONTROL('n') }, line, 1 },
	{ "PgUp, PgDn, ^B, ^F", "move by a page", { KM_KEY_PAGE_UP, KM_KEY_CONTROL('b') }, pages, -1 },
	{ NULL, NULL, { KM_KEY_PAGE_DOWN, KM_KEY_CONTROL('f') }, pages, 1 },
	{ "Home, End, g, G", "move to the first row, to the last", { KM_KEY_HOME, 'g' }, ends, -1 },
	{ NULL, NULL, { KM_KEY_END, 'G' }, ends, 1 },
	{ "Left, Right, <, >", "choose a column", { KM_KEY_LEFT, '<', ',' }, column, -1 },
	{ NULL, NULL, { KM_KEY_RIGHT, '>', '.' }, column, 1 },
	{ "s, F6", "sort by that column; again: in reverse", { 's', KM_KEY_F1 + 5 }, sort, 0 },
	{ "R", "reverse the order", { 'R', 'I' }, reverse, 0 },
	{ "/, F3, F4", "show only rows with this text, kmalloc-*, or ^km.*[0-9]$",
	  { '/', KM_KEY_F1 + 3, KM_KEY_F1 + 2, '\\' }, filter, 0 },
	{ "Enter", "show all fields of the row, and the column as a graph",
	  { KM_KEY_ENTER }, detail, 0 },
	{ "e, F2", "explain the column", { 'e', KM_KEY_F1 + 1 }, explain, 0 },
	{ "m", "mark this moment: a column shows what changed since", { 'm' }, mark, 0 },
	{ "u", "forget the marked moment", { 'u' }, unmark, 0 },
	{ "Space, p", "pause, continue", { ' ', 'p', 'Z' }, hold, 0 },
	{ "[, ], {, }", "in a recording: 1 sample back, forward; 10 back, forward", { '[' }, step, -1 },
	{ NULL, NULL, { ']' }, step, 1 },
	{ NULL, NULL, { '{' }, step, -10 },
	{ NULL, NULL, { '}' }, step, 10 },
	{ "r, F5", "read now; only this key reads the tab Pages", { 'r', KM_KEY_F1 + 4 }, refresh, 0 },
	{ "d", "set the seconds between two readings", { 'd' }, delay, 0 },
	{ "b", "sizes in bytes, sizes with units", { 'b' }, bytes, 0 },
	{ "Esc", "leave help (q does, too), detail, explanation, filter", { KM_KEY_ESCAPE }, back, 0 },
	{ "^L", "redraw the screen", { KM_KEY_CONTROL('l') }, redraw, 0 },
	{ "?, h, F1", "these keys", { '?', 'h', KM_KEY_F1 }, help, 0 },
	{ "q, F10", "end", { 'q', 'Q', KM_KEY_F1 + 9 }, quit, 0 },
	{ "click, wheel", "choose a tab, a row, an order; double click: Enter", { 0 },
	  NULL, 0 },
	{ NULL, NULL, { 0 }, NULL, 0 }
};

const struct km_key *km_keys(void)
{
	return keys;
}

bool km_key_is_last(const struct km_key *key)
{
	return !key->shown && !*key->codes;
}

void km_screen_keys(void (*take)(void *data, const char *keys, const char *brief), void *data)
{
	for (const struct km_key *key = keys; !km_key_is_last(key); key++)
		if (key->shown)
			take(data, key->shown, key->brief);
}

static void click_table(struct km_screen *screen, const struct km_mouse *mouse)
{
	struct km_tab_state *state = km_screen_state(screen);
	size_t at;

	if (mouse->row == screen->table_row) {
		at = km_table_column_at(&screen->table, screen->terminal, state, mouse->column);
		if (at != SIZE_MAX) {
			state->column = at;
			sort(screen, 0);
		}
		return;
	}
	at = state->top + (size_t)(mouse->row - screen->table_row - 1);
	if (mouse->row >= screen->table_row + screen->table_rows || at >= screen->table.lines.len)
		return;
	state->cursor = at;
	km_reading_hold(screen);
	if (mouse->button == KM_MOUSE_DOUBLE)
		screen->detailed = true;
}

static void click(struct km_screen *screen, const struct km_mouse *mouse)
{
	if (mouse->button == KM_MOUSE_WHEEL_UP || mouse->button == KM_MOUSE_WHEEL_DOWN)
		scroll(screen, mouse->button == KM_MOUSE_WHEEL_UP ? -3 : 3);
	else if (mouse->button == KM_MOUSE_NONE || screen->helping)
		return;
	else if (!mouse->row)
		show_tab(screen, km_screen_tab_at(mouse->column));
	else if (screen->built && mouse->row >= screen->table_row && !screen->detailed)
		click_table(screen, mouse);
}

void km_screen_press(struct km_screen *screen, unsigned int key, const struct km_mouse *mouse)
{
	if (key == KM_KEY_MOUSE) {
		click(screen, mouse);
		return;
	}
	for (const struct km_key *at = keys; !km_key_is_last(at); at++)
		for (size_t i = 0; i < KM_KEY_CODES && at->codes[i]; i++)
			if (at->codes[i] == key) {
				at->act(screen, at->by);
				return;
			}
	snprintf(screen->message, sizeof(screen->message), "%s", km_say("no such key here: ? lists them"));
}
