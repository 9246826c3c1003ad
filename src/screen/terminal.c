// SPDX-License-Identifier: GPL-2.0-or-later
#include "config.h"
#include <errno.h>
#include "screen/terminal.h"

#if HAVE_NCURSES
#define NCURSES_NOMACROS 1
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include "base/clean.h"
#include "base/utf8.h"
#include "render/heat.h"
#include "source/library.h"
#include "source/tty.h"

#define FUNCTIONS(need)                                                                            \
	need(newterm) need(delscreen) need(endwin) need(newwin) need(delwin) need(wgetch)          \
	need(keypad) need(nodelay) need(waddnstr) need(wmove) need(wattr_set) need(werase)         \
	need(wnoutrefresh) need(doupdate) need(cbreak) need(noecho) need(nonl) need(curs_set)      \
	need(start_color) need(use_default_colors) need(init_pair) need(tigetnum) need(tigetstr)   \
	need(mousemask) need(mouseinterval) need(getmouse) need(resizeterm) need(wresize)          \
	need(clearok) need(set_escdelay) need(leaveok)

KM_LIBRARY_STRUCT(curses, FUNCTIONS);
KM_LIBRARY_LOADER(curses, NCURSES_SONAME, "screen", "recommended", "a screen is drawn",
		  "install it, or use --watch", FUNCTIONS)

struct km_terminal {
	struct km_tty tty;
	struct curses of;
	SCREEN *screen;
	WINDOW *window;
	int rows, columns;
	int colors; /* 0: none */
	bool utf8;
	struct km_pool pool; /* owns texts since the last refresh */
};

/* 8 colours, for terminals without 256: background and foreground of each level. */
static const short few[2][KM_HEAT_LEVELS][2] = {
	{ { -1, -1 }, { COLOR_BLUE, COLOR_WHITE }, { COLOR_BLUE, COLOR_WHITE }, { COLOR_CYAN, COLOR_BLACK },
	  { COLOR_CYAN, COLOR_BLACK }, { COLOR_GREEN, COLOR_BLACK } },
	{ { -1, -1 }, { -1, -1 }, { COLOR_YELLOW, COLOR_BLACK }, { COLOR_YELLOW, COLOR_BLACK },
	  { COLOR_RED, COLOR_WHITE }, { COLOR_RED, COLOR_WHITE } },
};

static short pair_of(unsigned int look)
{
	return (short)(look >= KM_ATTRIBUTE_GOOD ? look - KM_ATTRIBUTE_GOOD + 1 : 0);
}

static void set_heat(struct km_terminal *terminal, unsigned int palette, unsigned int level)
{
	unsigned int look = KM_ATTRIBUTE_HEAT + palette * KM_HEAT_LEVELS + level;
	short back = few[palette][level][0], front = few[palette][level][1];
	unsigned int b, f;

	if (terminal->colors >= 256 && level) {
		km_heat_numbers(level, (enum km_palette)palette, &b, &f);
		back = (short)b;
		front = (short)f;
	}
	terminal->of.init_pair(pair_of(look), front, back);
}

/* Colours only parts without text, so that no text depends on the background's colour. */
static void set_colors(struct km_terminal *terminal)
{
	static const short bars[] = { COLOR_GREEN, COLOR_YELLOW, COLOR_RED };

	terminal->colors = terminal->of.tigetnum("colors");
	if (terminal->colors < 8 || terminal->of.start_color() == ERR) {
		terminal->colors = 0;
		return;
	}
	terminal->of.use_default_colors();
	for (unsigned int i = 0; i < 3; i++)
		terminal->of.init_pair(pair_of(KM_ATTRIBUTE_GOOD + i), bars[i], -1);
	for (unsigned int palette = 0; palette < 2; palette++)
		for (unsigned int level = 0; level < KM_HEAT_LEVELS; level++)
			set_heat(terminal, palette, level);
}

static void measure(struct km_terminal *terminal)
{
	km_tty_size(&terminal->tty, &terminal->rows, &terminal->columns);
}

static int start(struct km_terminal *terminal, struct km_err *err)
{
	char *move;

	terminal->screen = terminal->of.newterm(NULL, terminal->tty.out, terminal->tty.in);
	if (!terminal->screen)
		return km_err_set(err, -EINVAL, "set TERM to the type of the terminal",
				  "the type of this terminal, TERM, is unknown");
	km_tty_default_signals(&terminal->tty);
	move = terminal->of.tigetstr("cup");
	if (!move || move == (char *)-1)
		return km_err_set(err, -EINVAL, NULL, "this terminal, by its TERM, cannot move its cursor");
	terminal->of.cbreak();
	terminal->of.noecho();
	terminal->of.nonl();
	terminal->of.set_escdelay(25);
	measure(terminal);
	terminal->of.resizeterm(terminal->rows, terminal->columns);
	terminal->window = terminal->of.newwin(0, 0, 0, 0);
	if (!terminal->window)
		return km_err_set(err, -ENOMEM, NULL, "no room for a screen");
	terminal->of.keypad(terminal->window, TRUE);
	terminal->of.nodelay(terminal->window, TRUE);
	terminal->of.leaveok(terminal->window, TRUE);
	terminal->of.curs_set(0);
	terminal->of.mouseinterval(0);
	terminal->of.mousemask(BUTTON1_PRESSED | BUTTON1_CLICKED | BUTTON1_DOUBLE_CLICKED | BUTTON4_PRESSED |
				       BUTTON5_PRESSED, NULL);
	return 0;
}

int km_terminal_open(struct km_terminal **ret, const struct km_terminal_options *options, struct km_err *err)
{
	struct km_terminal *terminal = km_realloc(NULL, 1, sizeof(*terminal));
	int r;

	*terminal = (struct km_terminal){ .utf8 = options->utf8, .tty = { .signals = -1 } };
	r = km_tty_open(&terminal->tty, err);
	if (!r)
		r = curses_load(&terminal->of, err);
	if (!r)
		r = start(terminal, err);
	if (r) {
		km_terminal_close(terminal);
		return r;
	}
	if (options->color)
		set_colors(terminal);
	*ret = terminal;
	return 0;
}

void km_terminal_close(struct km_terminal *terminal)
{
	if (!terminal)
		return;
	if (terminal->window) {
		terminal->of.mousemask(0, NULL);
		terminal->of.curs_set(1);
	}
	if (terminal->screen)
		terminal->of.endwin();
	if (terminal->window)
		terminal->of.delwin(terminal->window);
	if (terminal->screen)
		terminal->of.delscreen(terminal->screen);
	km_tty_close(&terminal->tty);
	km_pool_deinit(&terminal->pool);
	free(terminal);
}

void km_terminal_restore(struct km_terminal *terminal)
{
	if (terminal && terminal->screen) {
		terminal->of.mousemask(0, NULL);
		terminal->of.endwin();
		tcsetattr(fileno(terminal->tty.out), TCSADRAIN, &terminal->tty.saved);
	}
}

void km_terminal_die(struct km_terminal *terminal, int signal)
{
	km_terminal_close(terminal);
	km_tty_die(signal);
}

int km_terminal_rows(const struct km_terminal *terminal)
{
	return terminal->rows;
}

int km_terminal_columns(const struct km_terminal *terminal)
{
	return terminal->columns;
}

bool km_terminal_utf8(const struct km_terminal *terminal)
{
	return terminal->utf8;
}

bool km_terminal_colors(const struct km_terminal *terminal)
{
	return terminal->colors;
}

void km_terminal_clear(struct km_terminal *terminal)
{
	terminal->of.wattr_set(terminal->window, A_NORMAL, 0, NULL);
	terminal->of.werase(terminal->window);
}

void km_terminal_show(struct km_terminal *terminal)
{
	terminal->of.wnoutrefresh(terminal->window);
	terminal->of.doupdate();
	km_pool_deinit(&terminal->pool);
}

static attr_t attributes_of(unsigned int look, bool color)
{
	switch (look) {
	case KM_ATTRIBUTE_BOLD:
		return A_BOLD;
	case KM_ATTRIBUTE_DIM:
		return A_DIM;
	case KM_ATTRIBUTE_HEADING:
		return A_REVERSE;
	case KM_ATTRIBUTE_CHOSEN:
		return A_REVERSE | A_BOLD;
	case KM_ATTRIBUTE_MARKED:
		return A_BOLD | A_UNDERLINE;
	case KM_ATTRIBUTE_BAD:
		return color ? A_NORMAL : A_BOLD;
	default:
		return A_NORMAL;
	}
}

/* The number of bytes that fit into these columns. *ret_taken is their width. */
static size_t fitting(struct km_str text, int width, int *ret_taken)
{
	struct km_str rest = text;
	int taken = 0;
	uint32_t c;

	for (struct km_str at = rest; km_str_take_char(&rest, &c); at = rest) {
		int wide = (int)km_char_columns(c);

		if (taken + wide > width) {
			rest = at;
			break;
		}
		taken += wide;
	}
	*ret_taken = taken;
	return text.len - rest.len;
}

/* As much of a text as fits. A mark shows where it was cut: "2.38 MiB" must not become "2.3". */
static struct km_str cut_to(struct km_terminal *terminal, struct km_str text, int width, int *ret_taken)
{
	size_t len = fitting(text, width, ret_taken);

	if (width < 2 || !km_str_trim(km_str_skip(text, len)).len)
		return (struct km_str){ text.ptr, len };
	len = fitting(text, width - 1, ret_taken);
	++*ret_taken;
	return km_pool_printf(&terminal->pool, "%.*s%s", (int)len, text.ptr, terminal->utf8 ? "\xe2\x80\xa6" : "~");
}

/* Replaces characters that are not ASCII on a terminal that shows only ASCII. */
static struct km_str to_ascii(struct km_pool *pool, struct km_str text)
{
	KM_TEXT_SCOPE ascii = { 0 };
	uint32_t c;

	while (km_str_take_char(&text, &c)) {
		const char byte = (char)(c < 0x7f ? c : '?');

		km_text_add(&ascii, (struct km_str){ &byte, 1 });
	}
	return km_text_keep(&ascii, pool);
}

int km_terminal_put(struct km_terminal *terminal, int row, int column, int width, struct km_str text,
		    unsigned int look)
{
	int taken;

	if (column + width > terminal->columns)
		width = terminal->columns - column;
	if (row < 0 || row >= terminal->rows || width <= 0 || column < 0)
		return 0;
	text = km_text_clean(&terminal->pool, text);
	if (!terminal->utf8)
		text = to_ascii(&terminal->pool, text);
	text = cut_to(terminal, text, width, &taken);
	terminal->of.wattr_set(terminal->window, attributes_of(look, terminal->colors),
			       terminal->colors ? pair_of(look) : 0, NULL);
	terminal->of.wmove(terminal->window, row, column);
	terminal->of.waddnstr(terminal->window, text.ptr, (int)text.len);
	return taken;
}

int km_terminal_wait(struct km_terminal *terminal, int milliseconds)
{
	return km_tty_wait(&terminal->tty, milliseconds);
}

static const struct {
	int curses;
	unsigned int ours;
} keys[] = {
	{ KEY_UP, KM_KEY_UP }, { KEY_DOWN, KM_KEY_DOWN }, { KEY_LEFT, KM_KEY_LEFT },
	{ KEY_RIGHT, KM_KEY_RIGHT }, { KEY_PPAGE, KM_KEY_PAGE_UP }, { KEY_NPAGE, KM_KEY_PAGE_DOWN },
	{ KEY_HOME, KM_KEY_HOME }, { KEY_END, KM_KEY_END }, { KEY_BTAB, KM_KEY_BACK_TAB },
	{ KEY_ENTER, KM_KEY_ENTER }, { '\n', KM_KEY_ENTER }, { KEY_BACKSPACE, KM_KEY_ERASE },
	{ '\b', KM_KEY_ERASE }, { KEY_MOUSE, KM_KEY_MOUSE },
};

static void take_mouse(struct km_terminal *terminal, struct km_mouse *mouse)
{
	MEVENT event;

	*mouse = (struct km_mouse){ .button = KM_MOUSE_NONE };
	if (terminal->of.getmouse(&event) != OK)
		return;
	mouse->row = event.y;
	mouse->column = event.x;
	if (event.bstate & BUTTON4_PRESSED)
		mouse->button = KM_MOUSE_WHEEL_UP;
	else if (event.bstate & BUTTON5_PRESSED)
		mouse->button = KM_MOUSE_WHEEL_DOWN;
	else if (event.bstate & BUTTON1_DOUBLE_CLICKED)
		mouse->button = KM_MOUSE_DOUBLE;
	else
		mouse->button = KM_MOUSE_PRESS;
}

unsigned int km_terminal_key(struct km_terminal *terminal, struct km_mouse *mouse)
{
	int c = terminal->of.wgetch(terminal->window);

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (c == keys[i].curses) {
			if (c == KEY_MOUSE)
				take_mouse(terminal, mouse);
			return keys[i].ours;
		}
	if (c >= KEY_F(1) && c <= KEY_F(12))
		return KM_KEY_F1 + (unsigned int)(c - KEY_F(1));
	return c > 0 && c < 256 ? (unsigned int)c : KM_KEY_NONE;
}

void km_terminal_resize(struct km_terminal *terminal)
{
	measure(terminal);
	terminal->of.resizeterm(terminal->rows, terminal->columns);
	terminal->of.wresize(terminal->window, terminal->rows, terminal->columns);
	terminal->of.clearok(terminal->window, TRUE);
}

void km_terminal_redraw(struct km_terminal *terminal)
{
	terminal->of.clearok(terminal->window, TRUE);
	km_terminal_resize(terminal);
}

void km_terminal_stop(struct km_terminal *terminal)
{
	terminal->of.endwin();
	km_tty_stop(&terminal->tty);
	km_terminal_redraw(terminal);
}

#endif
