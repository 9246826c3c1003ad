/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A terminal as a grid of characters, through ncursesw, which is loaded late. All text is cleaned here,
 * because strangers may have chosen the names in it.
 */
#ifndef KM_SCREEN_TERMINAL_H
#define KM_SCREEN_TERMINAL_H

#include "base/alloc.h"
#include "base/err.h"

struct km_terminal;

/* The appearance of a text. Heat levels of both palettes follow KM_ATTRIBUTE_HEAT. */
enum km_attribute {
	KM_ATTRIBUTE_PLAIN,
	KM_ATTRIBUTE_BOLD,
	KM_ATTRIBUTE_DIM,      /* lines and labels */
	KM_ATTRIBUTE_HEADING,
	KM_ATTRIBUTE_CHOSEN,   /* the chosen row or tab */
	KM_ATTRIBUTE_MARKED,   /* the chosen column */
	KM_ATTRIBUTE_GOOD,     /* bars */
	KM_ATTRIBUTE_SHORT,
	KM_ATTRIBUTE_BAD,
	KM_ATTRIBUTE_HEAT,
	KM_ATTRIBUTES = KM_ATTRIBUTE_HEAT + 12
};

/* Keys beyond characters. */
enum km_key_code {
	KM_KEY_NONE = 0,
	KM_KEY_TAB = '\t',
	KM_KEY_ENTER = '\r',
	KM_KEY_ESCAPE = 27,
	KM_KEY_ERASE = 127,
	KM_KEY_UP = 0x110000,
	KM_KEY_DOWN,
	KM_KEY_LEFT,
	KM_KEY_RIGHT,
	KM_KEY_PAGE_UP,
	KM_KEY_PAGE_DOWN,
	KM_KEY_HOME,
	KM_KEY_END,
	KM_KEY_BACK_TAB,
	KM_KEY_MOUSE,
	KM_KEY_F1, /* F2 to F12 follow */
	KM_KEY_LAST = KM_KEY_F1 + 12
};

#define KM_KEY_CONTROL(letter) ((letter) & 31)

enum km_mouse_button { KM_MOUSE_NONE, KM_MOUSE_PRESS, KM_MOUSE_DOUBLE, KM_MOUSE_WHEEL_UP, KM_MOUSE_WHEEL_DOWN };

struct km_mouse {
	enum km_mouse_button button;
	int row, column;
};

struct km_terminal_options {
	bool color; /* if the terminal has colours */
	bool utf8;  /* otherwise only ASCII */
};

/*
 * Opens the terminal. 0, or a negative errno with err filled: -ENOTTY without a terminal, -ENOTSUP in a build
 * without ncursesw, -EINVAL for a terminal that cannot move its cursor.
 */
int km_terminal_open(struct km_terminal **ret, const struct km_terminal_options *options, struct km_err *err);

/* Restores the terminal. terminal may be NULL. */
void km_terminal_close(struct km_terminal *terminal);

/* The same without freeing anything, for a process that is about to end. terminal may be NULL. */
void km_terminal_restore(struct km_terminal *terminal);

/* Restores the terminal, then ends the process by this signal. */
void km_terminal_die(struct km_terminal *terminal, int signal);

int km_terminal_rows(const struct km_terminal *terminal);
int km_terminal_columns(const struct km_terminal *terminal);
bool km_terminal_utf8(const struct km_terminal *terminal);

/* Whether the terminal shows heat by colours; false: only by characters. */
bool km_terminal_colors(const struct km_terminal *terminal);

void km_terminal_clear(struct km_terminal *terminal);
void km_terminal_show(struct km_terminal *terminal);

/* Writes a text, cleaned and cut to width columns. Returns the columns that it used. */
int km_terminal_put(struct km_terminal *terminal, int row, int column, int width, struct km_str text,
		    unsigned int look);
/* The same, filled with blanks up to the width: after the text, or before it if it is aligned to the right. */
void km_terminal_field(struct km_terminal *terminal, int row, int column, int width, struct km_str text,
		       unsigned int look, bool right);
/* Like printf(). */
int km_terminal_print(struct km_terminal *terminal, int row, int column, int width, unsigned int look,
		      const char *format, ...) __attribute__((format(printf, 6, 7)));

/* A bar over this many columns, filled by a share from 0 to 1. */
void km_terminal_bar(struct km_terminal *terminal, int row, int column, int width, double share, unsigned int look);

/* Waits, as km_tty_wait(). */
int km_terminal_wait(struct km_terminal *terminal, int milliseconds);

/* The next key, or KM_KEY_NONE. *mouse is set for KM_KEY_MOUSE. */
unsigned int km_terminal_key(struct km_terminal *terminal, struct km_mouse *mouse);

/* Adapts to a new size. */
void km_terminal_resize(struct km_terminal *terminal);

/* Stops the process, like ^Z. Draws everything again when it is continued. */
void km_terminal_stop(struct km_terminal *terminal);

/* Draws everything again, after another program wrote to the screen or the shell changed its modes. */
void km_terminal_redraw(struct km_terminal *terminal);

#endif
