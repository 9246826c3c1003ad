// SPDX-License-Identifier: GPL-2.0-or-later
/* The columns and lines of a table. */
#include "render/text.h"
#include "render/tone.h"

static bool is_text(enum km_kind kind)
{
	return kind == KM_TEXT || kind == KM_WORD || kind == KM_TEXTS || kind == KM_TRI || kind == KM_PAIRS ||
	       kind == KM_BYTES_LIST;
}

/* Where several fields have columns, the headings of these begin with that of the field. */
static const char *spread_heading(struct km_print *out, const struct km_spread *spread, const void *inner)
{
	const char *text = km_print_cell(out, spread->head, inner);

	return out->spreads.list.len < 2 ? text : km_pool_printf(&out->pool, "%s %s", spread->field->head, text).ptr;
}

static void add_spread_columns(struct km_print *out, const struct km_field *field)
{
	const struct km_spread *spread = km_spreads_of(&out->spreads, field);

	for (size_t i = 0; i < spread->columns.len; i++)
		km_print_add_column(out, spread_heading(out, spread, spread->columns.items[i]), SCOLS_FL_RIGHT, KM_FIT_SPREAD);
	/* libsmartcols rejects a table without columns */
	if (!spread->columns.len)
		km_print_add_column(out, field->head, 0, KM_FIT_SPREAD);
}

static enum km_fit_rank rank_of(const struct km_field *field)
{
	if (field->flags & KM_ID)
		return KM_FIT_NAME;
	if (field->flags & KM_ANSWER)
		return KM_FIT_ANSWER;
	return field->flags & KM_DETAIL ? KM_FIT_DETAIL : KM_FIT_USUAL;
}

/* Without a known share there are no bars. */
static bool has_bars(const struct km_print *out, const struct km_field *field)
{
	bool known = false;

	if (!(field->flags & KM_BAR) || !km_print_bar_width(out->style))
		return false;
	for (size_t i = 0; !known && i < out->view->rows_len; i++)
		known = !isnan(*(const double *)km_field_at(field, km_view_row(out->view, i)));
	return known;
}

static void add_columns(struct km_print *out)
{
	const struct km_field **field = out->view->fields;
	bool tree = km_tree_field(out->view->sheet->type) != NULL;

	for (; *field; field++) {
		if ((*field)->flags & KM_TREE)
			continue;
		if ((*field)->flags & KM_SPREAD) {
			add_spread_columns(out, *field);
			continue;
		}
		km_print_add_column(out, (*field)->head,
			   (is_text((*field)->kind) && !((*field)->flags & KM_SPARK) ? 0 : SCOLS_FL_RIGHT) |
				   (tree ? SCOLS_FL_TREE : 0) |
				   ((*field)->flags & KM_PROSE ? SCOLS_FL_WRAP : 0),
			   rank_of(*field));
		tree = false; /* the first column draws the branches */
		if (has_bars(out, *field)) {
			out->bar = *field;
			km_print_add_column(out, "", 0, KM_FIT_DETAIL);
		}
	}
}

static void fill_hot(struct km_print *out, const struct km_spread *spread, struct libscols_line *line, size_t column,
		     const void *inner, uint64_t whole)
{
	unsigned int level = km_heat_level(km_heat_of(&spread->heat, inner, whole));
	const char *text = km_print_cell(out, spread->cell, inner);

	if (!out->style->color)
		text = km_pool_printf(&out->pool, "%s%s", text, km_heat_block(level)).ptr;
	scols_line_set_data(line, column, text);
	if (out->style->color)
		scols_cell_set_color(scols_line_get_cell(line, column),
				     km_heat_color(level, spread->heat.palette));
}

static void fill_cell(struct km_print *out, struct libscols_line *line, size_t column,
		      const struct km_field *field, const void *row)
{
	const char *color = km_print_color(out, field, row);

	scols_line_set_data(line, column, km_print_cell(out, field, row));
	if (color)
		scols_cell_set_color(scols_line_get_cell(line, column), color);
}

/* Fills the field's columns from column on, and returns their number. */
static size_t fill_spread(struct km_print *out, const struct km_spread *spread, struct libscols_line *line, const void *row,
			  bool totals, size_t column)
{
	const struct km_rows *rows = km_field_at(spread->field, row);
	const bool hot = out->hot && spread->hot;
	uint64_t whole = hot ? km_heat_whole(&spread->heat, rows) : 0;

	if (!spread->columns.len && !totals)
		scols_line_set_data(line, column, "-");
	for (size_t i = 0; i < rows->len; i++) {
		const void *inner = km_inner_row(spread->field, rows, i);
		size_t at = km_spread_column(spread, inner, i);

		if (at == spread->columns.len)
			continue;
		if (hot)
			fill_hot(out, spread, line, column + at, inner, whole);
		else
			fill_cell(out, line, column + at, spread->cell, inner);
	}
	return spread->columns.len ? spread->columns.len : 1;
}

/* A totals line has empty cells in columns without a total. */
static bool has_cell(const struct km_field *field, bool totals)
{
	return !totals || field->flags & (KM_SUMMED | KM_TOTAL);
}

static void fill_bar(struct km_print *out, struct libscols_line *line, size_t column, double share)
{
	const char *bar = km_print_bar(out, share);

	scols_line_set_data(line, column, bar);
	if (out->style->color && *bar)
		scols_cell_set_color(scols_line_get_cell(line, column), km_tone_color(KM_TONE_NOTE));
}

static struct libscols_line *add_line(struct km_print *out, struct libscols_line *parent,
				      const void *row, bool totals)
{
	struct libscols_line *line = scols_table_new_line(out->table, parent);
	const struct km_field **field = out->view->fields;
	size_t column = 0;

	for (; *field; field++) {
		if ((*field)->flags & KM_TREE)
			continue;
		if ((*field)->flags & KM_SPREAD) {
			column += fill_spread(out, km_spreads_of(&out->spreads, *field), line, row, totals, column);
			continue;
		}
		if (has_cell(*field, totals))
			fill_cell(out, line, column, *field, row);
		else if (!column)
			scols_line_set_data(line, column, "total");
		column++;
		if (*field == out->bar)
			fill_bar(out, line, column++, totals ? 0 : *(const double *)km_field_at(*field, row));
	}
	return line;
}

static void add_tree(struct km_print *out, struct libscols_line *parent,
		     const struct km_field *tree, const void *row)
{
	struct libscols_line *line = add_line(out, parent, row, false);
	const struct km_rows *children = tree ? km_field_at(tree, row) : NULL;

	for (size_t i = 0; children && i < children->len; i++)
		add_tree(out, line, tree, km_inner_row(tree, children, i));
}

void km_print_fill_table(struct km_print *out)
{
	const struct km_sheet *sheet = out->view->sheet;
	const struct km_field *tree = km_tree_field(sheet->type);

	km_spreads_init(&out->spreads, out->view);
	out->hot = out->style->color || out->style->utf8;
	add_columns(out);
	for (size_t i = 0; i < out->view->rows_len; i++)
		add_tree(out, NULL, tree, km_view_row(out->view, i));
	if (sheet->totals && out->view->rows_len && !out->style->no_headings)
		add_line(out, NULL, sheet->totals, true);
}
