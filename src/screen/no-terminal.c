// SPDX-License-Identifier: GPL-2.0-or-later
/* A build without ncursesw: opening a terminal always fails, so no other function is ever called. */
#include "config.h"
#include <errno.h>
#include "screen/terminal.h"

#if !HAVE_NCURSES

int km_terminal_open(struct km_terminal **ret, const struct km_terminal_options *options, struct km_err *err)
{
	(void)ret;
	(void)options;
	return km_err_set(err, -ENOTSUP, NULL, "kmeminfo was built without ncursesw");
}

void km_terminal_close(struct km_terminal *terminal)
{
	(void)terminal;
}

void km_terminal_restore(struct km_terminal *terminal)
{
	(void)terminal;
}

void km_terminal_die(struct km_terminal *terminal, int signal)
{
	(void)terminal;
	(void)signal;
}

int km_terminal_rows(const struct km_terminal *terminal)
{
	return !terminal;
}

int km_terminal_columns(const struct km_terminal *terminal)
{
	return !terminal;
}

bool km_terminal_utf8(const struct km_terminal *terminal)
{
	return terminal;
}

bool km_terminal_colors(const struct km_terminal *terminal)
{
	return terminal;
}

void km_terminal_clear(struct km_terminal *terminal)
{
	(void)terminal;
}

void km_terminal_show(struct km_terminal *terminal)
{
	(void)terminal;
}

int km_terminal_put(struct km_terminal *terminal, int row, int column, int width, struct km_str text,
		    unsigned int look)
{
	(void)terminal;
	(void)text;
	return row + column + width + (int)look;
}

int km_terminal_wait(struct km_terminal *terminal, int milliseconds)
{
	(void)terminal;
	return milliseconds;
}

unsigned int km_terminal_key(struct km_terminal *terminal, struct km_mouse *mouse)
{
	(void)terminal;
	return (unsigned int)mouse->button;
}

void km_terminal_resize(struct km_terminal *terminal)
{
	(void)terminal;
}

void km_terminal_redraw(struct km_terminal *terminal)
{
	(void)terminal;
}

void km_terminal_stop(struct km_terminal *terminal)
{
	(void)terminal;
}

#endif
