// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/prose.h"
#include "render/cut.h"
#include "render/fit.h"

enum {
	PROSE_LEAST = 24, /* narrower sentences are hard to read */
	TEXT_LEAST = 12, /* shorter names cannot be recognized */
	TEXT_FLOOR = 4,  /* the minimum in a terminal narrower than that */
};

static const char *cell_text(struct libscols_line *line, size_t column)
{
	struct libscols_cell *cell = scols_line_get_cell(line, column);
	const char *text = cell ? scols_cell_get_data(cell) : NULL;

	return text ? text : "";
}

/* The columns of a tree's branches before a text in the first column. */
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
	size_t most = head ? km_cut_width(head) : 0;

	for (size_t i = 0; i < scols_table_get_nlines(table); i++) {
		struct libscols_line *line = scols_table_get_line(table, i);
		size_t width = branch_width(cl, line) + km_cut_width(cell_text(line, column));

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

/* The width of all columns with texts as narrow as allowed, and a blank between columns. */
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

/* The widest text above floor; with prose, only texts that wrap. Returns the number of columns if there is none. */
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

/* The text in lines of this many terminal columns. A word that is longer than a line is broken. */
static const char *folded(struct km_pool *pool, const char *text, size_t width)
{
	KM_TEXT_SCOPE lines = { 0 };
	struct km_text out = { 0 };
	struct km_str rest, line;

	km_prose_fold(&lines, km_str_from(text), 0, width);
	for (rest = km_text_str(&lines); km_str_take_line(&rest, &line);) {
		const char *part = km_pool_copy(pool, line).ptr;

		for (size_t len; (len = km_cut_bytes(part, width ? width : 1)); part += len) {
			km_text_puts(&out, out.len ? "\n" : "");
			km_text_add(&out, (struct km_str){ part, len });
		}
	}
	return km_text_keep(&out, pool).ptr;
}

static size_t room_of(struct libscols_column *cl, const struct libscols_line *line, size_t width)
{
	size_t branch = branch_width(cl, line);

	return width > branch ? width - branch : 1;
}

static void fold_texts(struct km_pool *pool, struct libscols_table *table, size_t column, size_t width)
{
	struct libscols_column *cl = scols_table_get_column(table, column);

	scols_column_set_wrapfunc(cl, scols_wrapnl_chunksize, scols_wrapnl_nextchunk, NULL);
	scols_column_set_safechars(cl, "\n");
	for (size_t i = 0; i < scols_table_get_nlines(table); i++) {
		struct libscols_line *line = scols_table_get_line(table, i);

		scols_line_set_data(line, column,
				    folded(pool, cell_text(line, column), room_of(cl, line, width)));
	}
}

static void cut_texts(struct km_pool *pool, struct libscols_table *table, size_t column, size_t width, bool utf8)
{
	struct libscols_column *cl = scols_table_get_column(table, column);
	size_t len = scols_table_get_nlines(table);
	struct km_cut *cuts = km_pool_alloc(pool, len + 1, sizeof(*cuts));

	for (size_t i = 0; i < len; i++) {
		struct libscols_line *line = scols_table_get_line(table, i);

		/* a copy: of equal texts only one is cut, for all of them, and a new text frees the old one of its cell */
		cuts[i] = (struct km_cut){ km_pool_copy(pool, km_str_from(cell_text(line, column))).ptr,
					   room_of(cl, line, width) };
	}
	km_cut_all(pool, cuts, len, utf8);
	for (size_t i = 0; i < len; i++)
		scols_line_set_data(scols_table_get_line(table, i), column, cuts[i].text);
}

static void narrow(struct km_pool *pool, struct libscols_table *table, size_t column, size_t width, bool utf8)
{
	struct libscols_column *cl = scols_table_get_column(table, column);
	struct km_cut head = { scols_column_get_name(cl), width };

	if (head.text) {
		km_cut_all(pool, &head, 1, utf8);
		scols_column_set_name(cl, head.text);
	}
	if (scols_column_is_wrap(cl))
		fold_texts(pool, table, column, width);
	else
		cut_texts(pool, table, column, width, utf8);
}

/* The next text to narrow by one column. Folding loses nothing, cutting does. */
static size_t most_to_spare(struct libscols_table *table, const size_t *widths)
{
	size_t len = scols_table_get_ncols(table);
	size_t at = widest_text(table, widths, PROSE_LEAST, true);

	if (at == len)
		at = widest_text(table, widths, TEXT_LEAST, false);
	return at == len ? widest_text(table, widths, TEXT_FLOOR, false) : at;
}

/* Narrows texts until all columns fit. */
static void narrow_texts(struct km_pool *pool, struct libscols_table *table, const struct km_fit *fit)
{
	const size_t width = fit->width;
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
			narrow(pool, table, i, widths[i], fit->utf8);
	/* the libraries' own ways to narrow a table differ between versions */
	scols_table_set_termwidth(table, sum > width ? sum : width);
}

static void hide(struct libscols_table *table, size_t column, bool hidden)
{
	struct libscols_column *cl = scols_table_get_column(table, column);
	int flags = scols_column_get_flags(cl);

	scols_column_set_flags(cl, hidden ? flags | SCOLS_FL_HIDDEN : flags & ~SCOLS_FL_HIDDEN);
}

/*
 * The next column to leave out: the last of the least important shown ones. Returns the number of columns if
 * there is none.
 */
static size_t least_of(struct libscols_table *table, const struct km_fit *fit, enum km_fit_rank below)
{
	size_t len = scols_table_get_ncols(table), least = len;

	for (size_t i = len; i-- > 0;)
		if (!is_hidden(table, i) && fit->ranks[i] < below &&
		    (least == len || fit->ranks[i] < fit->ranks[least]))
			least = i;
	return least;
}

/* Leaves out equal columns from the end until the others fit; one of them stays. */
static void shorten_spread(struct libscols_table *table, const struct km_fit *fit)
{
	size_t shown = 0;

	for (size_t i = 0; i < scols_table_get_ncols(table); i++)
		shown += fit->ranks[i] == KM_FIT_SPREAD && !is_hidden(table, i);
	for (size_t i = scols_table_get_ncols(table); i-- > 0 && shown > 1;) {
		if (fit->ranks[i] != KM_FIT_SPREAD || is_hidden(table, i))
			continue;
		if (least_width(table) <= fit->width + 1)
			return;
		hide(table, i, true);
		shown--;
	}
}

struct km_str km_fit_table(struct km_pool *pool, struct libscols_table *table, const struct km_fit *fit)
{
	struct km_str hidden = KM_STR("");
	size_t len = scols_table_get_ncols(table), least;

	while (least_width(table) > fit->width + 1 && (least = least_of(table, fit, KM_FIT_ANSWER)) < len)
		hide(table, least, true);
	shorten_spread(table, fit);
	while (least_width(table) > fit->width + 1 && (least = least_of(table, fit, KM_FIT_NAME)) < len)
		hide(table, least, true);
	for (size_t i = 0; i < len; i++)
		if (is_hidden(table, i) && fit->ranks[i] < KM_FIT_NAME && *scols_column_get_name(scols_table_get_column(table, i)))
			hidden = km_pool_printf(pool, "%.*s%s%s", KM_STR_ARG(hidden), hidden.len ? ", " : "",
						scols_column_get_name(scols_table_get_column(table, i)));
	narrow_texts(pool, table, fit);
	return hidden;
}

bool km_fit_next(struct libscols_table *table, const struct km_fit *fit)
{
	size_t len = scols_table_get_ncols(table), last = 0;
	bool left = false;

	for (size_t i = 0; i < len; i++)
		if (fit->ranks[i] == KM_FIT_SPREAD && !is_hidden(table, i))
			last = i;
	for (size_t i = 0; i < len; i++) {
		bool next = fit->ranks[i] == KM_FIT_SPREAD && i > last;

		left = left || next;
		hide(table, i, !next && fit->ranks[i] != KM_FIT_NAME);
	}
	if (left)
		shorten_spread(table, fit);
	return left;
}
