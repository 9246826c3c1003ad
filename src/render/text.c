// SPDX-License-Identifier: GPL-2.0-or-later
/* Tables and trees through libsmartcols, which fits them to the terminal. */
#include <errno.h>
#include <libsmartcols/libsmartcols.h>
#include "base/cleanup.h"
#include "report/document.h"
#include "render/fit.h"
#include "render/sink.h"
#include "render/spread.h"
#include "render/long.h"
#include "render/tone.h"
#include "base/prose.h"

struct text_out {
	FILE *file;
	struct km_pool pool;
	const struct km_style *style;
	const struct km_view *view;
	struct libscols_table *table;
	struct km_spread spread; /* a sheet has one such field at most */
	bool hot;                /* its heat is shown, in colour or as a block character */
	KM_ARRAY(enum km_fit_rank) ranks; /* by column of the table */
	unsigned int indent;
};

static void cleanup_table(struct libscols_table **table)
{
	scols_unref_table(*table);
}

static bool is_text(enum km_kind kind)
{
	return kind == KM_TEXT || kind == KM_WORD || kind == KM_TEXTS || kind == KM_TRI || kind == KM_PAIRS ||
	       kind == KM_BYTES_LIST;
}

/* Where no headings are printed they shall not widen the columns either. */
static struct libscols_column *add_column(struct text_out *out, const char *head, int flags, enum km_fit_rank rank)
{
	*km_array_push(&out->ranks) = rank;
	return scols_table_new_column(out->table, out->style->no_headings ? "" : head, 0, flags);
}

/* The sizes from the lowest to the highest, a character each; a blank for one that is unknown. */
static const char *spark(struct text_out *out, const struct km_numbers *sizes)
{
	static const char *const blocks[] = { "\xe2\x96\x81", "\xe2\x96\x82", "\xe2\x96\x83", "\xe2\x96\x84",
					      "\xe2\x96\x85", "\xe2\x96\x86", "\xe2\x96\x87", "\xe2\x96\x88" };
	static const char *const letters[] = { "_", ".", "-", "~", "=", "+", "*", "#" };
	const char *const *levels = out->style->utf8 ? blocks : letters;
	char *text = km_pool_alloc(&out->pool, sizes->len * 3 + 1, 1), *end = text;
	uint64_t low = KM_UNKNOWN, high = 0;

	for (size_t i = 0; i < sizes->len; i++) {
		low = sizes->items[i] < low ? sizes->items[i] : low;
		high = sizes->items[i] != KM_UNKNOWN && sizes->items[i] > high ? sizes->items[i] : high;
	}
	for (size_t i = 0; i < sizes->len; i++) {
		double part = high > low ? (double)(sizes->items[i] - low) / (double)(high - low) : 0;

		end = stpcpy(end, sizes->items[i] == KM_UNKNOWN ? " " : levels[(size_t)km_num_round(part * 7)]);
	}
	return text;
}

static const char *cell(struct text_out *out, const struct km_field *field, const void *row)
{
	struct km_str s;

	if (field->flags & KM_SPARK)
		return spark(out, km_field_at(field, row));
	s = km_cell_text(&out->pool, field, row, out->style->exact);
	s = km_text_clean(&out->pool, s);
	return km_pool_copy(&out->pool, s).ptr;
}

static void add_spread_columns(struct text_out *out, const struct km_field *field)
{
	struct km_spread *spread = &out->spread;

	km_spread_init(spread, out->view, field);
	out->hot = spread->hot && (out->style->color || out->style->utf8);
	for (size_t i = 0; i < spread->columns.len; i++)
		add_column(out, cell(out, spread->head, spread->columns.items[i]), SCOLS_FL_RIGHT,
			   KM_FIT_SPREAD);
	/* libsmartcols refuses a table without columns */
	if (!spread->columns.len)
		add_column(out, field->head, 0, KM_FIT_SPREAD);
}

static const struct km_field *tree_field(const struct km_sheet_type *type)
{
	const struct km_field *field;

	km_field_each(field, type)
		if (field->flags & KM_TREE)
			return field;
	return NULL;
}

/* Columns of a bar: what a terminal has beyond the 70 that figures and words take, halved. */
static size_t bar_width(const struct km_style *style)
{
	enum { OTHERS = 70, MOST = 24 };

	if (!style->terminal || style->width >= OTHERS + 2 * MOST)
		return MOST;
	return style->width > OTHERS ? (style->width - OTHERS) / 2 : 0;
}

/* A bar over the given share of its column. */
static const char *bar(struct text_out *out, double ratio)
{
	static const char *const eighths[] = { "", "\xe2\x96\x8f", "\xe2\x96\x8e", "\xe2\x96\x8d",
					       "\xe2\x96\x8c", "\xe2\x96\x8b", "\xe2\x96\x8a",
					       "\xe2\x96\x89", "\xe2\x96\x88" };
	const size_t steps = out->style->utf8 ? 8 : 1, width = bar_width(out->style);
	const double share = isnan(ratio) ? 0 : ratio < 1 ? ratio : 1;
	size_t length = (size_t)km_num_round(share * (double)(width * steps));
	char *text = km_pool_alloc(&out->pool, width * 3 + 1, 1), *end = text;

	for (; length; length -= length < steps ? length : steps)
		end = stpcpy(end, steps == 1 ? "#" : eighths[length < steps ? length : steps]);
	return text;
}

static enum km_fit_rank rank_of(const struct km_field *field)
{
	if (field->flags & KM_ID)
		return KM_FIT_NAME;
	if (field->flags & KM_ANSWER)
		return KM_FIT_ANSWER;
	return field->flags & KM_DETAIL ? KM_FIT_DETAIL : KM_FIT_USUAL;
}

static void add_columns(struct text_out *out)
{
	const struct km_field **field = out->view->fields;
	bool tree = tree_field(out->view->sheet->type) != NULL;

	for (; *field; field++) {
		if ((*field)->flags & KM_TREE)
			continue;
		if ((*field)->flags & KM_SPREAD) {
			add_spread_columns(out, *field);
			continue;
		}
		add_column(out, (*field)->head,
			   (is_text((*field)->kind) && !((*field)->flags & KM_SPARK) ? 0 : SCOLS_FL_RIGHT) |
				   (tree ? SCOLS_FL_TREE : 0) |
				   ((*field)->flags & KM_PROSE ? SCOLS_FL_WRAP : 0),
			   rank_of(*field));
		tree = false; /* the first column draws the branches */
		if ((*field)->flags & KM_BAR && bar_width(out->style))
			add_column(out, "", 0, KM_FIT_DETAIL);
	}
}

static void fill_hot(struct text_out *out, struct libscols_line *line, size_t column,
		     const void *inner, uint64_t whole)
{
	const struct km_spread *spread = &out->spread;
	unsigned int level = km_heat_level(km_heat_of(&spread->heat, inner, whole));
	const char *text = cell(out, spread->cell, inner);

	if (!out->style->color)
		text = km_pool_printf(&out->pool, "%s%s", text, km_heat_block(level)).ptr;
	scols_line_set_data(line, column, text);
	if (out->style->color)
		scols_cell_set_color(scols_line_get_cell(line, column),
				     km_heat_color(level, spread->heat.palette));
}

static enum km_tone tone_of(const struct km_field *field, const void *row)
{
	const struct km_word *word = field->kind == KM_WORD ? km_field_word(field, row) : NULL;

	return word ? word->tone : KM_TONE_PLAIN;
}

static void fill_cell(struct text_out *out, struct libscols_line *line, size_t column,
		      const struct km_field *field, const void *row)
{
	const char *color = out->style->color ? km_tone_color(tone_of(field, row)) : NULL;

	scols_line_set_data(line, column, cell(out, field, row));
	if (color)
		scols_cell_set_color(scols_line_get_cell(line, column), color);
}

/* Fills the field's columns from column on, and returns how many there are. */
static size_t fill_spread(struct text_out *out, struct libscols_line *line, const void *row,
			  bool totals, size_t column)
{
	const struct km_spread *spread = &out->spread;
	const struct km_rows *rows = km_field_at(spread->field, row);
	uint64_t whole = out->hot ? km_heat_whole(&spread->heat, rows) : 0;

	if (!spread->columns.len && !totals)
		scols_line_set_data(line, column, "-");
	for (size_t i = 0; i < rows->len; i++) {
		const void *inner = km_inner_row(spread->field, rows, i);
		size_t at = km_spread_column(spread, inner, i);

		if (at == spread->columns.len)
			continue;
		if (out->hot)
			fill_hot(out, line, column + at, inner, whole);
		else
			fill_cell(out, line, column + at, spread->cell, inner);
	}
	return spread->columns.len ? spread->columns.len : 1;
}

/* A totals line leaves empty what has no total. */
static bool has_cell(const struct km_field *field, bool totals)
{
	return !totals || field->flags & (KM_SUMMED | KM_TOTAL);
}

static void fill_bar(struct text_out *out, struct libscols_line *line, size_t column, double share)
{
	scols_line_set_data(line, column, bar(out, share));
	if (out->style->color)
		scols_cell_set_color(scols_line_get_cell(line, column), km_tone_color(KM_TONE_NOTE));
}

static struct libscols_line *add_line(struct text_out *out, struct libscols_line *parent,
				      const void *row, bool totals)
{
	struct libscols_line *line = scols_table_new_line(out->table, parent);
	const struct km_field **field = out->view->fields;
	size_t column = 0;

	for (; *field; field++) {
		if ((*field)->flags & KM_TREE)
			continue;
		if ((*field)->flags & KM_SPREAD) {
			column += fill_spread(out, line, row, totals, column);
			continue;
		}
		if (has_cell(*field, totals))
			fill_cell(out, line, column, *field, row);
		else if (!column)
			scols_line_set_data(line, column, "total");
		column++;
		if ((*field)->flags & KM_BAR && bar_width(out->style))
			fill_bar(out, line, column++, totals ? 0 : *(const double *)km_field_at(*field, row));
	}
	return line;
}

static void add_tree(struct text_out *out, struct libscols_line *parent,
		     const struct km_field *tree, const void *row)
{
	struct libscols_line *line = add_line(out, parent, row, false);
	const struct km_rows *children = tree ? km_field_at(tree, row) : NULL;

	for (size_t i = 0; children && i < children->len; i++)
		add_tree(out, line, tree, km_inner_row(tree, children, i));
}

static void set_up_table(struct text_out *out)
{
	scols_table_set_stream(out->table, out->file);
	scols_table_enable_noheadings(out->table, out->style->no_headings);
	scols_table_enable_colors(out->table, out->style->color);
	scols_table_set_termforce(out->table, out->style->terminal ? SCOLS_TERMFORCE_ALWAYS :
								     SCOLS_TERMFORCE_NEVER);
	if (out->style->terminal)
		scols_table_set_termwidth(out->table, out->style->width);
	scols_table_enable_ascii(out->table, !out->style->utf8);
}

static size_t width_of(const struct km_style *style)
{
	return style->terminal ? style->width : SIZE_MAX;
}

/* The meaning of the colours or block characters of the table. */
static void print_legend(const struct text_out *out)
{
	const struct km_spread *spread = &out->spread;
	size_t column = (size_t)fprintf(out->file, "%s:", spread->heat.name);

	for (unsigned int level = 1; level < KM_HEAT_LEVELS; level++) {
		/* a blank, the name, and about it a blank on each side or in front a block and two */
		size_t wide = strlen(km_heat_name(level)) + (out->style->color ? 3 : 4);

		if (column + wide > width_of(out->style)) {
			fputc('\n', out->file);
			column = 0;
		}
		column += wide;
		if (out->style->color)
			fprintf(out->file, " %s %s \033[0m", km_heat_color(level, spread->heat.palette),
				km_heat_name(level));
		else
			fprintf(out->file, "  %s %s", km_heat_block(level), km_heat_name(level));
	}
	fputc('\n', out->file);
}

static void print_folded(struct text_out *out, struct km_str text)
{
	KM_TEXT_SCOPE folded = { 0 };

	km_prose_fold(&folded, text, 0, width_of(out->style));
	fwrite(folded.ptr, 1, folded.len, out->file);
}

/* What only the totals have, a line each: "large kmalloc   2.50 MiB". */
static void print_totals_only(struct text_out *out)
{
	const struct km_sheet *sheet = out->view->sheet;
	const struct km_field *field;
	enum { HEAD = 24, NUMBER = 12, OTHERS = HEAD + NUMBER + 3 };
	const size_t width = width_of(out->style);
	const int head = width >= OTHERS ? HEAD : NUMBER + 1;

	km_field_each(field, sheet->type) {
		struct km_str brief = km_prose_cut(km_str_from(field->brief), width > OTHERS ? width - OTHERS : 0);

		if (field->flags & KM_TOTAL_ONLY && !(field->flags & KM_DETAIL) &&
		    !km_field_is_unknown(field, sheet->totals))
			fprintf(out->file, "%-*s %*s%s%.*s\n", head, field->head, NUMBER,
				cell(out, field, sheet->totals), brief.len ? "  " : "", KM_STR_ARG(brief));
	}
}

/* libsmartcols writes a table by itself unless its lines are to be indented. */
static int write_table(struct text_out *out)
{
	KM_CLEANUP(km_cleanup_free) char *text = NULL;
	struct km_str rest, line;

	if (!out->indent)
		return scols_print_table(out->table);
	if (scols_print_table_to_string(out->table, &text))
		return -EIO;
	rest = km_str_from(text);
	while (km_str_take_line(&rest, &line))
		fprintf(out->file, "%*s%.*s\n", (int)out->indent, "", KM_STR_ARG(line));
	return 0;
}

/* What stands below a table. */
static void print_below(struct text_out *out)
{
	if (out->style->no_headings)
		return;
	if (out->view->sheet->totals)
		print_totals_only(out);
	if (out->hot)
		print_legend(out);
}

static int print_table(struct text_out *out)
{
	KM_CLEANUP(cleanup_table) struct libscols_table *table = scols_new_table();
	const struct km_sheet *sheet = out->view->sheet;
	const struct km_field *tree = tree_field(sheet->type);
	const size_t width = out->style->width;
	struct km_str hidden = KM_STR("");
	struct km_fit fit;

	if (!table)
		return -ENOMEM;
	out->table = table;
	set_up_table(out);
	add_columns(out);
	for (size_t i = 0; i < out->view->rows_len; i++)
		add_tree(out, NULL, tree, km_view_row(out->view, i));
	if (sheet->totals && out->view->rows_len && !out->style->no_headings)
		add_line(out, NULL, sheet->totals, true);
	fit = (struct km_fit){ width > out->indent ? width - out->indent : 1, out->ranks.items, out->style->utf8 };
	if (out->style->terminal)
		hidden = km_fit_table(&out->pool, table, &fit);
	do {
		if (write_table(out))
			return -EIO;
	} while (out->style->terminal && km_fit_next(table, &fit));
	if (hidden.len && !out->style->no_headings)
		print_folded(out, km_pool_printf(&out->pool, "(no room for %.*s; a wider terminal shows it)",
						 KM_STR_ARG(hidden)));
	print_below(out);
	return 0;
}

/* Inner rows in one cell: "DMA32 3, Normal 5"; rows of more than two fields name them. */
static const char *joined_rows(struct text_out *out, const struct km_field *field,
			       const struct km_rows *rows)
{
	struct km_str text = KM_STR("");
	const struct km_field *inner;

	for (size_t i = 0; i < rows->len; i++) {
		const void *row = km_inner_row(field, rows, i);
		const char *between = i ? ", " : "";
		size_t fields = 0;

		km_field_each(inner, field->rows)
			fields++;
		km_field_each(inner, field->rows) {
			const char *value = inner->kind == KM_ROWS ?
				joined_rows(out, inner, km_field_at(inner, row)) : cell(out, inner, row);

			text = km_pool_printf(&out->pool, "%s%s%s%s%s", text.ptr, between,
					      fields > 2 && !(inner->flags & KM_ID) ? inner->key : "",
					      fields > 2 && !(inner->flags & KM_ID) ? "=" : "", value);
			between = " ";
		}
	}
	return text.ptr;
}

/* A single row: one line per known field. */
static int print_fields(struct text_out *out)
{
	KM_CLEANUP(cleanup_table) struct libscols_table *table = scols_new_table();
	const void *row = km_sheet_row(out->view->sheet, 0);
	const struct km_field **field = out->view->fields;

	if (!table)
		return -ENOMEM;
	out->table = table;
	set_up_table(out);
	scols_table_enable_noheadings(table, true);
	add_column(out, "", 0, KM_FIT_NAME);
	add_column(out, "", SCOLS_FL_WRAP, KM_FIT_NAME);
	for (; *field; field++) {
		const char *value = (*field)->kind == KM_ROWS ?
			joined_rows(out, *field, km_field_at(*field, row)) : cell(out, *field, row);
		struct libscols_line *line;
		const char *color;

		if (!*value || !strcmp(value, "-"))
			continue;
		line = scols_table_new_line(table, NULL);
		scols_line_set_data(line, 0, (*field)->key);
		scols_line_set_data(line, 1, value);
		color = out->style->color ? km_tone_color(tone_of(*field, row)) : NULL;
		if (color)
			scols_cell_set_color(scols_line_get_cell(line, 1), color);
	}
	if (out->style->terminal)
		km_fit_table(&out->pool, table,
			     &(struct km_fit){ out->style->width, out->ranks.items, out->style->utf8 });
	return scols_print_table(table) ? -EIO : 0;
}

/* Cells are cleaned one by one, so that colours that reach the stream here are ours. */
static int print_view(struct text_out *out, const struct km_section *section)
{
	const struct km_style *style = out->style;
	int r = 0;

	km_sink_pass_colors(out->file, style->sink, style->color);
	if (section->shape == KM_SHAPE_ROW && !tree_field(section->view.sheet->type))
		r = print_fields(out);
	else if (!section->indent && km_long_print(out->file, &section->view, style))
		print_below(out);
	else
		r = print_table(out);
	km_sink_pass_colors(out->file, style->sink, false);
	return r;
}

/* The text passes cleaned; the colours around it are ours. */
static void print_color(struct text_out *out, const char *color)
{
	km_sink_pass_colors(out->file, out->style->sink, true);
	fputs(color, out->file);
	km_sink_pass_colors(out->file, out->style->sink, false);
}

static void print_text(struct text_out *out, const struct km_section *section)
{
	const struct km_str text = section->text;
	size_t done = 0;

	for (size_t i = 0; out->style->color && i < section->paints.len; i++) {
		const struct km_paint *paint = &section->paints.items[i];

		fwrite(text.ptr + done, 1, paint->start - done, out->file);
		print_color(out, km_tone_color(paint->tone));
		fwrite(text.ptr + paint->start, 1, paint->len, out->file);
		print_color(out, KM_TONE_END);
		done = paint->start + paint->len;
	}
	fwrite(text.ptr + done, 1, text.len - done, out->file);
}

static int print_section(FILE *file, const struct km_section *section, const struct km_style *style)
{
	struct text_out out = { .file = file, .style = style, .view = &section->view,
				.indent = section->indent };
	int r = 0;

	if (section->title && !style->no_headings)
		print_folded(&out, km_str_from(section->title));
	if (section->text.ptr)
		print_text(&out, section);
	else
		r = print_view(&out, section);
	km_spread_deinit(&out.spread);
	km_array_deinit(&out.ranks);
	km_pool_deinit(&out.pool);
	return r;
}

int km_render_text(FILE *file, const struct km_document *document, const struct km_style *style)
{
	int r = 0;

	for (size_t i = 0; i < document->sections.len && !r; i++) {
		if (i && !style->no_headings && !document->sections.items[i].attached)
			fputc('\n', file);
		r = print_section(file, &document->sections.items[i], style);
	}
	return r ? r : ferror(file) ? -EIO : 0;
}
