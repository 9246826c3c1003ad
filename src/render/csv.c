// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Comma-separated values by RFC 4180: lines end with CR LF, and a quote inside quotes is doubled. The first
 * line contains the keys. A list in a cell is JSON.
 */
#include <errno.h>
#include "base/clean.h"
#include "report/document.h"
#include "render/json-value.h"
#include "render/plain.h"

struct csv {
	FILE *file;
	struct km_json_out json;
	struct km_pool pool; /* cleaned texts; emptied row by row */
};

static bool is_plain(struct km_str text)
{
	if (!text.len)
		return false; /* an empty text is "", an unknown one is nothing */
	for (size_t i = 0; i < text.len; i++)
		if (strchr(",\"\r\n ", text.ptr[i]))
			return false;
	return true;
}

static void put_text(struct csv *csv, struct km_str text)
{
	struct km_str part;

	if (is_plain(text)) {
		fwrite(text.ptr, 1, text.len, csv->file);
		return;
	}
	fputc('"', csv->file);
	while (km_str_take_until(&text, '"', &part)) {
		fwrite(part.ptr, 1, part.len, csv->file);
		fputs("\"\"", csv->file);
	}
	fwrite(text.ptr, 1, text.len, csv->file);
	fputc('"', csv->file);
}

static void put_list(struct csv *csv, const struct km_field *field, const void *row)
{
	km_json_dump_new(&csv->json, km_json_value(&csv->json, field, row));
	put_text(csv, (struct km_str){ csv->json.buffer.items, csv->json.buffer.len });
	csv->json.buffer.len = 0;
}

static bool is_list(enum km_kind kind)
{
	return kind == KM_TEXTS || kind == KM_BYTES_LIST || kind == KM_PAIRS || kind == KM_ROWS;
}

static void put_cell(struct csv *csv, const struct km_field *field, const void *row)
{
	char buf[KM_CELL_SIZE];
	struct km_str text;

	if (is_list(field->kind)) {
		put_list(csv, field, row);
		return;
	}
	text = km_plain_value(buf, field, row);
	if (text.ptr)
		put_text(csv, km_text_clean(&csv->pool, text));
}

static void put_keys(struct csv *csv, const struct km_view *view)
{
	for (size_t i = 0; i < view->fields_len; i++)
		fprintf(csv->file, "%s%s", i ? "," : "", view->fields[i]->key);
	fputs("\r\n", csv->file);
}

static void put_rows(struct csv *csv, const struct km_view *view)
{
	for (size_t i = 0; i < view->rows_len; i++) {
		const void *row = km_view_row(view, i);

		for (size_t at = 0; at < view->fields_len; at++) {
			if (at)
				fputc(',', csv->file);
			put_cell(csv, view->fields[at], row);
		}
		fputs("\r\n", csv->file);
		km_pool_deinit(&csv->pool);
	}
}

int km_render_csv(FILE *file, const struct km_document *document, const struct km_style *style)
{
	const struct km_section *section = km_plain_section(document);
	struct csv csv = { .file = file };

	if (!section)
		return 0;
	if (!style->no_headings)
		put_keys(&csv, &section->view);
	put_rows(&csv, &section->view);
	km_json_deinit(&csv.json);
	return csv.json.failed || ferror(file) ? -EIO : 0;
}
