// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Rows for awk and cut: cells without blanks, one blank between them, no padding. The first line contains the
 * keys. The columns are those of the text.
 */
#include <errno.h>
#include "base/utf8.h"
#include "report/document.h"
#include "render/plain.h"

/* Rows inside a row become columns: one per value of their first field. */
struct column {
	const struct km_field *field;
	const struct km_field *head, *cell; /* NULL: the field itself */
	struct km_str name;                 /* the value in the column's heading */
};

struct raw {
	FILE *file;
	struct km_pool pool;
	KM_ARRAY(struct column) columns;
};

/* Escapes blanks, backslashes and characters that are not plain, byte by byte: "\x20". */
static void put_escaped(FILE *file, struct km_str text)
{
	struct km_str rest = text;
	uint32_t c;

	for (struct km_str at = rest; km_str_take_char(&rest, &c); at = rest) {
		const size_t len = at.len - rest.len;

		if (c != ' ' && c != '\\' && km_char_is_plain(c) && (c != KM_CHAR_ODD || len > 1)) {
			fwrite(at.ptr, 1, len, file);
			continue;
		}
		for (size_t i = 0; i < len; i++)
			fprintf(file, "\\x%02x", (unsigned char)at.ptr[i]);
	}
}

static void put_text(FILE *file, struct km_str text)
{
	if (text.ptr && text.len)
		put_escaped(file, text);
	else
		fputc('-', file);
}

/* Prints the cell as in text: a lower bound begins with ">=". */
static void put_value(struct raw *raw, const struct km_field *field, const void *row)
{
	char buf[KM_CELL_SIZE];
	struct km_str text = { 0 };

	if (km_field_is_at_least(field, row) && km_field_number(field, row) != KM_UNKNOWN)
		text = km_cell_text(&raw->pool, field, row, true);
	if (!text.ptr)
		text = km_plain_value(buf, field, row);
	if (!text.ptr && (field->kind == KM_TEXTS || field->kind == KM_BYTES_LIST || field->kind == KM_PAIRS ||
			  field->kind == KM_ROWS))
		text = km_cell_text(&raw->pool, field, row, true);
	put_text(raw->file, text);
}

static struct km_str head_text(struct km_pool *pool, const struct km_field *head, const void *row)
{
	return km_cell_text(pool, head, row, true);
}

static const void *inner_row(const struct km_field *field, const struct km_rows *rows, size_t i)
{
	return (const char *)rows->items + i * field->rows->row_size;
}

/* The inner row of a column; NULL: this row has none. */
static const void *find_inner(struct raw *raw, const struct column *column, const void *row)
{
	const struct km_rows *rows = km_field_at(column->field, row);

	for (size_t i = 0; i < rows->len; i++) {
		const void *inner = inner_row(column->field, rows, i);

		if (km_str_eq(head_text(&raw->pool, column->head, inner), column->name))
			return inner;
	}
	return NULL;
}

static bool has_column(const struct raw *raw, size_t from, struct km_str name)
{
	for (size_t i = from; i < raw->columns.len; i++)
		if (km_str_eq(raw->columns.items[i].name, name))
			return true;
	return false;
}

/* Adds a column for each inner row of any row in the view. */
static void add_spread(struct raw *raw, const struct km_view *view, const struct km_field *field)
{
	const struct km_sheet_type *type = field->rows;
	const char *shown = view->spread_cell ? view->spread_cell : type->spread_cell;
	const struct km_field *head = km_field_find(type, km_str_from(type->spread_head));
	const struct km_field *cell = km_field_find(type, km_str_from(shown));
	const size_t from = raw->columns.len;

	for (size_t i = 0; i < view->rows_len; i++) {
		const struct km_rows *rows = km_field_at(field, km_view_row(view, i));

		for (size_t j = 0; j < rows->len; j++) {
			struct km_str name = head_text(&raw->pool, head, inner_row(field, rows, j));

			if (!has_column(raw, from, name))
				*km_array_push(&raw->columns) = (struct column){ field, head, cell, name };
		}
	}
}

static void add_columns(struct raw *raw, const struct km_view *view)
{
	for (size_t i = 0; i < view->fields_len; i++) {
		if (view->fields[i]->flags & KM_SPREAD)
			add_spread(raw, view, view->fields[i]);
		else
			*km_array_push(&raw->columns) = (struct column){ .field = view->fields[i] };
	}
}

static void put_keys(const struct raw *raw)
{
	const struct column *column;

	km_array_each(column, &raw->columns) {
		fprintf(raw->file, "%s%s", column == raw->columns.items ? "" : " ", column->field->key);
		if (!column->head)
			continue;
		fputc('_', raw->file);
		put_text(raw->file, column->name);
	}
	fputc('\n', raw->file);
}

static void put_row(struct raw *raw, const void *row)
{
	const struct column *column;

	km_array_each(column, &raw->columns) {
		const void *of = column->head ? find_inner(raw, column, row) : row;

		if (column != raw->columns.items)
			fputc(' ', raw->file);
		if (of)
			put_value(raw, column->head ? column->cell : column->field, of);
		else
			fputc('-', raw->file);
	}
	fputc('\n', raw->file);
}

int km_render_raw(FILE *file, const struct km_document *document, const struct km_style *style)
{
	const struct km_section *section = km_plain_section(document);
	struct raw raw = { .file = file };

	if (!section)
		return 0;
	add_columns(&raw, &section->view);
	if (!style->no_headings)
		put_keys(&raw);
	for (size_t i = 0; i < section->view.rows_len; i++)
		put_row(&raw, km_view_row(&section->view, i));
	km_array_deinit(&raw.columns);
	km_pool_deinit(&raw.pool);
	return ferror(file) ? -EIO : 0;
}
