// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/long.h"
#include "base/cleanup.h"
#include "base/units.h"
#include "base/utf8.h"

enum { BUFFER_BYTES = 64 * 1024, SHORT_BYTES = KM_CELL_SIZE };

struct column {
	const struct km_field *field;
	const struct km_word *word; /* of the last cell, and its key */
	struct km_str key;
	size_t width;
	size_t widest; /* the largest possible width of a cell; SIZE_MAX: unknown */
	bool right;
};

struct table {
	FILE *file;
	const struct km_style *style;
	struct km_pool pool; /* cells of the current row; emptied after it */
	size_t len;
	struct column *columns;
	char *buffer;
	size_t used;
};

static void table_deinit(struct table *table)
{
	km_pool_deinit(&table->pool);
	free(table->columns);
	free(table->buffer);
}

/* Whether the cells are aligned to the right, as in libsmartcols' table: see text-lines.c. */
static bool is_right(enum km_kind kind)
{
	return (kind >= KM_COUNT && kind <= KM_SECONDS) || kind == KM_ROWS;
}

/* Whether a word of the view may have a colour. */
static bool has_tones(const struct km_view *view)
{
	for (size_t i = 0; i < view->fields_len; i++)
		if (view->fields[i]->kind == KM_WORD)
			return true;
	return false;
}

static bool can_print(const struct km_view *view, const struct km_style *style)
{
	if (style->terminal || (style->color && has_tones(view)))
		return false;
	if (km_tree_field(view->sheet->type))
		return false;
	for (size_t i = 0; i < view->fields_len; i++)
		if (view->fields[i]->flags & (KM_SPREAD | KM_BAR | KM_PROSE))
			return false;
	return view->fields_len > 0;
}

/*
 * The largest possible width of a field's cells. A column that has reached it needs no more measuring; most
 * sizes do so after a few rows.
 */
static size_t widest_of(const struct km_field *field, const struct km_style *style)
{
	return field->kind == KM_BYTES && !field->at_least && !style->exact ? KM_UNITS_WIDEST : SIZE_MAX;
}

static void set_up(struct table *table, const struct km_view *view)
{
	table->len = view->fields_len;
	table->columns = km_realloc(NULL, table->len, sizeof(*table->columns));
	table->buffer = km_realloc(NULL, BUFFER_BYTES, 1);
	for (size_t i = 0; i < table->len; i++) {
		const struct km_field *field = view->fields[i];

		table->columns[i] = (struct column){
			.field = field,
			.width = table->style->no_headings ? 0 : strlen(field->head),
			.widest = widest_of(field, table->style),
			.right = is_right(field->kind),
		};
	}
}

/* The key of a word. Consecutive rows often have the same word. */
static inline struct km_str key_of(struct column *column, const void *row)
{
	const struct km_word *word = km_field_word(column->field, row);

	if (word != column->word)
		column->key = km_word_str(word);
	column->word = word;
	return word ? column->key : KM_STR("-");
}

/* A totals line has empty cells in columns without a total. */
static inline struct km_str cell(struct table *table, char buf[static KM_CELL_SIZE], size_t column,
				 const void *row, bool totals)
{
	const struct km_field *field = table->columns[column].field;
	struct km_str text;

	if (totals && !(field->flags & (KM_SUMMED | KM_TOTAL)))
		return column ? KM_STR("") : KM_STR("total");
	/* the most common cells, without a call */
	if (field->kind == KM_TEXT && !field->at_least) {
		text = *(const struct km_str *)km_field_at(field, row);
		return text.ptr ? text : KM_STR("-");
	}
	if (field->kind == KM_WORD && !field->at_least)
		return key_of(&table->columns[column], row);
	text = km_cell_single(buf, field, row, table->style->exact);
	return text.ptr ? text : km_cell_text(&table->pool, field, row, table->style->exact);
}

static inline void empty(struct table *table)
{
	if (table->pool.chunks)
		km_pool_deinit(&table->pool);
}

static bool measure(struct table *table, const void *row, bool totals)
{
	char buf[KM_CELL_SIZE];

	for (size_t i = 0; i < table->len; i++) {
		struct column *column = &table->columns[i];
		struct km_str text;

		if (column->width >= column->widest)
			continue;
		text = cell(table, buf, i, row, totals);
		if (text.ptr != buf && km_str_printable(text) < text.len)
			return false;
		if (text.len > column->width)
			column->width = text.len;
	}
	empty(table);
	return true;
}

static void flush(struct table *table)
{
	fwrite(table->buffer, 1, table->used, table->file);
	table->used = 0;
}

static void put_long(struct table *table, const char *text, size_t len)
{
	flush(table);
	if (len > BUFFER_BYTES) {
		fwrite(text, 1, len, table->file);
		return;
	}
	memcpy(table->buffer, text, len);
	table->used = len;
}

static inline void put(struct table *table, const char *text, size_t len)
{
	if (len > BUFFER_BYTES - table->used) {
		put_long(table, text, len);
		return;
	}
	memcpy(table->buffer + table->used, text, len);
	table->used += len;
}

/* Copies SHORT_BYTES; only len of them count. A copy of constant size needs no call. */
static inline void put_short(struct table *table, const char *text, size_t len)
{
	if (BUFFER_BYTES - table->used < SHORT_BYTES)
		flush(table);
	memcpy(table->buffer + table->used, text, SHORT_BYTES);
	table->used += len;
}

static inline void put_blanks(struct table *table, size_t len)
{
	static const char blanks[SHORT_BYTES + 1] = "                                ";

	for (; len > SHORT_BYTES; len -= SHORT_BYTES)
		put_short(table, blanks, SHORT_BYTES);
	put_short(table, blanks, len);
}

/* The last column has no padding after its text. */
static inline void put_cell(struct table *table, size_t i, const char *buf, struct km_str text)
{
	const struct column *column = &table->columns[i];
	const bool last = i + 1 == table->len;

	if (column->right && !(last && !text.len))
		put_blanks(table, column->width - text.len);
	if (text.ptr == buf)
		put_short(table, buf, text.len);
	else
		put(table, text.ptr, text.len);
	if (!column->right && !last)
		put_blanks(table, column->width - text.len);
	put(table, last ? "\n" : " ", 1);
}

static void print_row(struct table *table, const void *row, bool totals)
{
	char buf[KM_CELL_SIZE] = "";

	for (size_t i = 0; i < table->len; i++)
		put_cell(table, i, buf, cell(table, buf, i, row, totals));
	empty(table);
}

/* Sorted rows are scattered in memory, so this prefetches rows that are printed soon. */
enum { AHEAD = 4, LINE_BYTES = 64 };

static void fetch_row(const struct km_sheet *sheet, size_t i)
{
	const char *row = km_sheet_row(sheet, i);

	for (size_t at = 0; at < sheet->type->row_size; at += LINE_BYTES)
		__builtin_prefetch(row + at);
}

static void print(struct table *table, const struct km_view *view, const void *totals)
{
	const char unused[KM_CELL_SIZE] = "";

	for (size_t i = 0; !table->style->no_headings && i < table->len; i++)
		put_cell(table, i, unused, km_str_from(table->columns[i].field->head));
	for (size_t i = 0; i < view->rows_len; i++) {
		if (!view->stream && i + AHEAD < view->rows_len)
			fetch_row(view->sheet, view->rows[i + AHEAD]);
		print_row(table, km_view_row(view, i), false);
	}
	if (totals)
		print_row(table, totals, true);
	flush(table);
}

static bool measure_all(struct table *table, const struct km_view *view)
{
	for (size_t i = 0; i < view->rows_len; i++)
		if (!measure(table, km_view_any_row(view, i), false))
			return false;
	return true;
}

bool km_long_print(FILE *file, const struct km_view *view, const struct km_style *style)
{
	KM_CLEANUP(table_deinit) struct table table = { .file = file, .style = style };
	const void *totals = style->no_headings ? NULL : view->sheet->totals;

	if (view->rows_len < KM_LONG_ROWS || !can_print(view, style))
		return false;
	set_up(&table, view);
	if (!measure_all(&table, view))
		return false;
	if (totals && !measure(&table, totals, true))
		return false;
	print(&table, view, totals);
	return true;
}
