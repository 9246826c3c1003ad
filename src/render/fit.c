// SPDX-License-Identifier: GPL-2.0-or-later
#include <wchar.h>
#include "render/fit.h"

enum {
	PROSE_LEAST = 24, /* a sentence folded narrower is a tower */
	TEXT_LEAST = 12, /* a name cut shorter says nothing */
	TEXT_FLOOR = 4,  /* what is left of it in a terminal narrower than that */
};

/* Terminal columns of a text; odd bytes come cleaned, what still is no text counts as bytes. */
static size_t text_width(const char *text)
{
	enum { LONG = 1024 };
	wchar_t wide[LONG];
	size_t len = mbstowcs(wide, text, LONG);
	int width = len < LONG ? wcswidth(wide, len) : -1;

	return width < 0 ? strlen(text) : (size_t)width;
}

static const char *cell_text(struct libscols_line *line, size_t column)
{
	struct libscols_cell *cell = scols_line_get_cell(line, column);
	const char *text = cell ? scols_cell_get_data(cell) : NULL;

	return text ? text : "";
}

/* What the branches in front of a text in a tree's first column take. */
static size_t branch_width(struct libscols_column *cl, const struct libscols_line *line)
{
	size_t width = 0;

	if (scols_column_is_tree(cl))
		while ((line = scols_line_get_parent(line)))
			width += 2;
	return width;
}

static size_t column_width(struct libscols_table *table, size_t column)
{
	struct libscols_column *cl = scols_table_get_column(table, column);
	const char *head = scols_column_get_name(cl);
	size_t most = head ? text_width(head) : 0;

	for (size_t i = 0; i < scols_table_get_nlines(table); i++) {
		struct libscols_line *line = scols_table_get_line(table, i);
		size_t width = branch_width(cl, line) + text_width(cell_text(line, column));

		if (width > most)
			most = width;
	}
	return most;
}

static bool is_number(struct libscols_table *table, size_t column)
{
	return scols_column_is_right(scols_table_get_column(table, column));
}

static bool is_hidden(struct libscols_table *table, size_t column)
{
	return scols_column_is_hidden(scols_table_get_column(table, column));
}

/* What the columns need, texts as little as may be, with a blank between them. */
static size_t least_width(struct libscols_table *table)
{
	size_t sum = 0;

	for (size_t i = 0; i < scols_table_get_ncols(table); i++) {
		size_t width = column_width(table, i);

		if (is_hidden(table, i))
			continue;
		if (!is_number(table, i) && width > TEXT_LEAST)
			width = TEXT_LEAST;
		sum += width + 1;
	}
	return sum;
}

/* The widest text that is wider than floor; with prose, only texts that wrap. The count of columns: none. */
static size_t widest_text(struct libscols_table *table, const size_t *widths, size_t floor, bool prose)
{
	size_t len = scols_table_get_ncols(table), widest = len;

	for (size_t i = 0; i < len; i++)
		if (!is_number(table, i) && !is_hidden(table, i) && widths[i] > floor &&
		    (!prose || scols_column_is_wrap(scols_table_get_column(table, i))) &&
		    (widest == len || widths[i] > widths[widest]))
			widest = i;
	return widest;
}

/* Bytes of a text that fit into so many terminal columns. */
static size_t fitting_bytes(const char *text, size_t width)
{
	mbstate_t state = { 0 };
	size_t used = 0, bytes = 0;

	while (text[bytes]) {
		wchar_t wide;
		size_t len = mbrtowc(&wide, text + bytes, MB_CUR_MAX, &state);
		bool odd = len == (size_t)-1 || len == (size_t)-2;
		int columns = odd ? 1 : wcwidth(wide);

		used += columns < 0 ? 1 : (size_t)columns;
		if (used > width)
			break;
		bytes += odd ? 1 : len;
		if (odd)
			state = (mbstate_t){ 0 };
	}
	return bytes;
}

/* Lines of so many terminal columns, broken at blanks where there are any. */
static const char *folded(struct km_pool *pool, const char *text, size_t width)
{
	char *copy = km_pool_alloc(pool, 2 * strlen(text) + 1, 1), *end = copy;

	while (*text) {
		size_t len = fitting_bytes(text, width ? width : 1), blank = len;

		if (!len)
			break; /* a wide character in a column of one */
		while (text[len] && text[len] != ' ' && blank && text[blank - 1] != ' ')
			blank--;
		len = text[len] && blank ? blank : len;
		end = mempcpy(end, text, len);
		while (end > copy && end[-1] == ' ')
			end--;
		text += len;
		while (*text == ' ')
			text++;
		if (*text)
			*end++ = '\n';
	}
	*end = 0;
	return copy;
}

static const char *cut(struct km_pool *pool, const char *text, size_t width)
{
	return km_pool_copy(pool, (struct km_str){ text, fitting_bytes(text, width) }).ptr;
}

static void narrow(struct km_pool *pool, struct libscols_table *table, size_t column, size_t width)
{
	struct libscols_column *cl = scols_table_get_column(table, column);
	const char *head = scols_column_get_name(cl);

	if (head)
		scols_column_set_name(cl, cut(pool, head, width));
	if (scols_column_is_wrap(cl)) {
		scols_column_set_wrapfunc(cl, scols_wrapnl_chunksize, scols_wrapnl_nextchunk, NULL);
		scols_column_set_safechars(cl, "\n");
	}
	for (size_t i = 0; i < scols_table_get_nlines(table); i++) {
		struct libscols_line *line = scols_table_get_line(table, i);
		const char *text = cell_text(line, column);
		size_t branch = branch_width(cl, line), room = width > branch ? width - branch : 0;

		scols_line_set_data(line, column, scols_column_is_wrap(cl) ? folded(pool, text, room) :
									    cut(pool, text, room));
	}
}

/* Of what to take a column next: folding loses nothing, cutting does. */
static size_t most_to_spare(struct libscols_table *table, const size_t *widths)
{
	size_t len = scols_table_get_ncols(table);
	size_t at = widest_text(table, widths, PROSE_LEAST, true);

	if (at == len)
		at = widest_text(table, widths, TEXT_LEAST, false);
	return at == len ? widest_text(table, widths, TEXT_FLOOR, false) : at;
}

/* Takes from texts until all columns fit. */
static void narrow_texts(struct km_pool *pool, struct libscols_table *table, size_t width)
{
	size_t len = scols_table_get_ncols(table), sum = 0, at;
	size_t *widths = km_pool_alloc(pool, len, sizeof(*widths));
	size_t *natural = km_pool_alloc(pool, len, sizeof(*natural));

	for (size_t i = 0; i < len; i++) {
		natural[i] = widths[i] = column_width(table, i);
		sum += is_hidden(table, i) ? 0 : widths[i] + 1;
	}
	for (; sum > width + 1; sum--) {
		at = most_to_spare(table, widths);
		if (at == len)
			break;
		widths[at]--;
	}
	for (size_t i = 0; i < len; i++)
		if (widths[i] < natural[i])
			narrow(pool, table, i, widths[i]);
	/* libsmartcols' own ways to make a table narrower differ from version to version */
	scols_table_set_termwidth(table, sum > width ? sum : width);
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

	for (size_t i = scols_table_get_ncols(table); i-- > first && least_width(table) > width + 1;) {
		struct libscols_column *cl = scols_table_get_column(table, i);

		if (!is_number(table, i) || (i >= spare && i < spare + spared))
			continue;
		scols_column_set_flags(cl, scols_column_get_flags(cl) | SCOLS_FL_HIDDEN);
		hidden = km_pool_printf(pool, "%s%s%.*s", scols_column_get_name(cl),
					hidden.len ? ", " : "", KM_STR_ARG(hidden));
	}
	narrow_texts(pool, table, width);
	return hidden;
}
