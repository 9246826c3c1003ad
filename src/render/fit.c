// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/fit.h"

enum { TEXT_LEAST = 12 }; /* a name cut shorter says nothing */

static size_t longer(size_t a, const char *text)
{
	size_t b = text ? mbstowcs(NULL, text, 0) : 0;

	/* odd bytes come cleaned; what still is no text counts as bytes */
	if (b == (size_t)-1)
		b = strlen(text);
	return b > a ? b : a;
}

static size_t column_width(struct libscols_table *table, size_t column)
{
	struct libscols_column *cl = scols_table_get_column(table, column);
	size_t width = longer(0, scols_column_get_name(cl));

	for (size_t i = 0; i < scols_table_get_nlines(table); i++) {
		struct libscols_line *line = scols_table_get_line(table, i);
		struct libscols_cell *cell = scols_line_get_cell(line, column);

		width = longer(width, cell ? scols_cell_get_data(cell) : NULL);
	}
	return width;
}

static bool is_number(struct libscols_table *table, size_t column)
{
	return scols_column_is_right(scols_table_get_column(table, column));
}

/* What the columns need at least, with a blank between them. */
static size_t least_width(struct libscols_table *table)
{
	size_t sum = 0;

	for (size_t i = 0; i < scols_table_get_ncols(table); i++) {
		struct libscols_column *cl = scols_table_get_column(table, i);
		size_t width = column_width(table, i);

		if (scols_column_is_hidden(cl))
			continue;
		if (!is_number(table, i) && width > TEXT_LEAST)
			width = TEXT_LEAST;
		sum += width + 1;
	}
	return sum;
}

static void cut_texts(struct libscols_table *table)
{
	for (size_t i = 0; i < scols_table_get_ncols(table); i++) {
		struct libscols_column *cl = scols_table_get_column(table, i);

		if (!is_number(table, i) && !scols_column_is_wrap(cl))
			scols_column_set_flags(cl, scols_column_get_flags(cl) | SCOLS_FL_TRUNC);
	}
}

static size_t first_text(struct libscols_table *table)
{
	size_t i = 0;

	while (i < scols_table_get_ncols(table) && is_number(table, i))
		i++;
	/* without a text the first column says what the row is */
	return i < scols_table_get_ncols(table) ? i : 1;
}

struct km_str km_fit_table(struct km_pool *pool, struct libscols_table *table, size_t width,
			   size_t spare, size_t spared)
{
	struct km_str hidden = KM_STR("");
	size_t first = first_text(table);

	cut_texts(table);
	for (size_t i = scols_table_get_ncols(table); i-- > first && least_width(table) > width + 1;) {
		struct libscols_column *cl = scols_table_get_column(table, i);

		if (!is_number(table, i) || (i >= spare && i < spare + spared))
			continue;
		scols_column_set_flags(cl, scols_column_get_flags(cl) | SCOLS_FL_HIDDEN);
		hidden = km_pool_printf(pool, "%s%s%.*s", scols_column_get_name(cl),
					hidden.len ? ", " : "", KM_STR_ARG(hidden));
	}
	return hidden;
}
