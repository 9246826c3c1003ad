// SPDX-License-Identifier: GPL-2.0-or-later
/* Draws lines from pieces of text. */
#include <stdio.h>
#include "base/num.h"
#include "base/utf8.h"
#include "screen/terminal.h"

static const char blanks[] = "                                                                                ";

static void put_blanks(struct km_terminal *terminal, int row, int column, int width, unsigned int look)
{
	const int most = (int)sizeof(blanks) - 1;

	for (; width > 0; width -= most, column += most)
		km_terminal_put(terminal, row, column, width,
				(struct km_str){ blanks, (size_t)(width < most ? width : most) }, look);
}

void km_terminal_field(struct km_terminal *terminal, int row, int column, int width, struct km_str text,
		       unsigned int look, bool right)
{
	int columns = (int)km_str_columns(text), taken, front;

	front = right && columns < width ? width - columns : 0;
	put_blanks(terminal, row, column, front, look);
	taken = front + km_terminal_put(terminal, row, column + front, width - front, text, look);
	put_blanks(terminal, row, column + taken, width - taken, look);
}

int km_terminal_print(struct km_terminal *terminal, int row, int column, int width, unsigned int look,
		      const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return km_terminal_put(terminal, row, column, width, km_str_from(text), look);
}

void km_terminal_bar(struct km_terminal *terminal, int row, int column, int width, double share, unsigned int look)
{
	static const char *const eighths[] = { "", "\xe2\x96\x8f", "\xe2\x96\x8e", "\xe2\x96\x8d",
					       "\xe2\x96\x8c", "\xe2\x96\x8b", "\xe2\x96\x8a", "\xe2\x96\x89",
					       "\xe2\x96\x88" };
	const int steps = km_terminal_utf8(terminal) ? 8 : 1;
	int length;

	if (!(share > 0) || width <= 0)
		return;
	length = (int)km_num_round((share < 1 ? share : 1) * (double)(width * steps));
	for (; length > 0; length -= steps, column++)
		km_terminal_put(terminal, row, column, 1,
				km_str_from(steps == 1 ? "#" : eighths[length < 8 ? length : 8]), look);
}
