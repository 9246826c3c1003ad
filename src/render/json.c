// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * JSON through jansson. Rows are dumped one at a time: a document of a million areas as one
 * tree of objects would need a gigabyte.
 */
#include <errno.h>
#include <jansson.h>
#include "render/document.h"

#define DUMP_FLAGS (JSON_COMPACT | JSON_REAL_PRECISION(6) | JSON_ENCODE_ANY)

enum { BUFFER_BYTES = 64 * 1024 };

/* jansson hands out its text in pieces of a few bytes: they are gathered before stdio sees them. */
struct json_out {
	FILE *file;
	KM_ARRAY(char) buffer;
	struct km_pool pool; /* cleaned texts; emptied row by row */
};

static void flush(struct json_out *out)
{
	if (out->buffer.len)
		fwrite(out->buffer.items, 1, out->buffer.len, out->file);
	out->buffer.len = 0;
}

static int gather(const char *text, size_t len, void *data)
{
	struct json_out *out = data;

	if (out->buffer.room - out->buffer.len < len) {
		flush(out);
		if (out->buffer.room < len) {
			out->buffer.room = len > BUFFER_BYTES ? len : BUFFER_BYTES;
			out->buffer.items = km_realloc(out->buffer.items, out->buffer.room, 1);
		}
	}
	memcpy(out->buffer.items + out->buffer.len, text, len);
	out->buffer.len += len;
	return 0;
}

static void put(struct json_out *out, const char *text)
{
	gather(text, strlen(text), out);
}

static json_t *row_object(struct json_out *out, const struct km_sheet_type *type,
			  const struct km_field **fields, const void *row);

/* Only null when unknown: 0 is a figure. jansson's integers are signed. */
static json_t *number(uint64_t value)
{
	if (value == KM_UNKNOWN)
		return json_null();
	if (value > INT64_MAX)
		return json_real((double)value);
	return json_integer((json_int_t)value);
}

static json_t *text(struct json_out *out, struct km_str s)
{
	if (!s.ptr)
		return json_null();
	s = km_text_clean(&out->pool, s);
	return json_stringn(s.ptr, s.len);
}

static json_t *real(double value)
{
	return isnan(value) ? json_null() : json_real(value);
}

static json_t *texts(struct json_out *out, const struct km_texts *list)
{
	json_t *array = json_array();

	for (size_t i = 0; i < list->len; i++)
		json_array_append_new(array, text(out, list->items[i]));
	return array;
}

static json_t *numbers(const struct km_numbers *list)
{
	json_t *array = json_array();

	for (size_t i = 0; i < list->len; i++)
		json_array_append_new(array, number(list->items[i]));
	return array;
}

static json_t *pairs(struct json_out *out, const struct km_pairs *list)
{
	json_t *object = json_object();

	for (size_t i = 0; i < list->len; i++) {
		struct km_str name = km_text_clean(&out->pool, list->items[i].name);

		/* jansson's keys end at a NUL; a cleaned text has none, but need not end with one */
		name = km_pool_copy(&out->pool, name);
		json_object_set_new_nocheck(object, name.ptr, number(list->items[i].value));
	}
	return object;
}

static json_t *rows(struct json_out *out, const struct km_sheet_type *type,
		    const struct km_rows *list)
{
	json_t *array = json_array();

	for (size_t i = 0; i < list->len; i++)
		json_array_append_new(array, row_object(out, type, NULL, (const char *)list->items +
								      i * type->row_size));
	return array;
}

static json_t *value(struct json_out *out, const struct km_field *field, const void *row)
{
	const void *at = km_field_at(field, row);
	enum km_tri tri;

	switch (field->kind) {
	case KM_TEXT:
		return text(out, *(const struct km_str *)at);
	case KM_COUNT:
	case KM_BYTES:
		return number(*(const uint64_t *)at);
	case KM_DELTA:
		if (*(const int64_t *)at == KM_UNKNOWN_DELTA)
			return json_null();
		return json_integer(*(const int64_t *)at);
	case KM_RATIO:
	case KM_INDEX:
		return real(*(const double *)at);
	case KM_TRI:
		tri = *(const enum km_tri *)at;
		return tri == KM_TRI_UNKNOWN ? json_null() : json_boolean(tri == KM_TRI_YES);
	case KM_TEXTS:
		return texts(out, at);
	case KM_BYTES_LIST:
		return numbers(at);
	case KM_PAIRS:
		return pairs(out, at);
	case KM_ROWS:
		return rows(out, field->rows, at);
	}
	return json_null();
}

/* fields ends with NULL; NULL: all fields that a row has. */
static json_t *row_object(struct json_out *out, const struct km_sheet_type *type,
			  const struct km_field **fields, const void *row)
{
	json_t *object = json_object();
	const struct km_field *field;

	for (; fields && *fields; fields++)
		json_object_set_new_nocheck(object, (*fields)->key, value(out, *fields, row));
	if (fields)
		return object;
	km_field_each(field, type)
		if (!(field->flags & KM_TOTAL_ONLY))
			json_object_set_new_nocheck(object, field->key, value(out, field, row));
	return object;
}

static json_t *totals_object(struct json_out *out, const struct km_sheet *sheet)
{
	json_t *object = json_object();
	const struct km_field *field;

	km_field_each(field, sheet->type)
		if (field->flags & (KM_SUMMED | KM_TOTAL | KM_TOTAL_ONLY))
			json_object_set_new_nocheck(object, field->key,
						    value(out, field, sheet->totals));
	return object;
}

static void dump(struct json_out *out, json_t *object)
{
	json_dump_callback(object, gather, out, DUMP_FLAGS);
	json_decref(object);
	km_pool_deinit(&out->pool);
}

/* view->fields is NULL-terminated: km_view_init() leaves room and the pool zeroes it. */
static void dump_rows(struct json_out *out, const struct km_view *view)
{
	put(out, "[");
	for (size_t i = 0; i < view->rows_len; i++) {
		put(out, i ? ",\n" : "\n");
		dump(out, row_object(out, view->sheet->type, view->fields,
				     km_sheet_row(view->sheet, view->rows[i])));
	}
	put(out, "]");
}

static void put_key(struct json_out *out, const char *before, const char *key, const char *after)
{
	put(out, before);
	put(out, "\"");
	put(out, key);
	put(out, "\":");
	put(out, after);
}

static void dump_section(struct json_out *out, const struct km_section *section)
{
	const struct km_view *view = &section->view;

	switch (section->shape) {
	case KM_SHAPE_LIST:
		dump_rows(out, view);
		break;
	case KM_SHAPE_ROW:
		if (view->rows_len)
			dump(out, row_object(out, view->sheet->type, view->fields,
					     km_sheet_row(view->sheet, view->rows[0])));
		else
			put(out, "null");
		break;
	case KM_SHAPE_SHEET:
		put(out, "{\"rows\":");
		dump_rows(out, view);
		if (view->sheet->totals) {
			put(out, ",\n\"totals\":");
			dump(out, totals_object(out, view->sheet));
		}
		put(out, "}");
		break;
	}
}

static json_t *problem_object(struct json_out *out, const struct km_problem *problem)
{
	json_t *object = json_object();

	json_object_set_new_nocheck(object, "source", text(out, problem->source));
	json_object_set_new_nocheck(object, "line", number(problem->line));
	json_object_set_new_nocheck(object, "reason", text(out, problem->reason));
	json_object_set_new_nocheck(object, "hint", text(out, problem->hint));
	json_object_set_new_nocheck(object, "more", number(problem->more));
	return object;
}

static void dump_head(struct json_out *out, const struct km_document *document,
		      const struct km_style *style)
{
	json_t *list = json_array();
	const struct km_problem *problem;

	put(out, "{\"kmeminfo\":");
	dump(out, json_pack("{s:s, s:i}", "version", style->version, "schema", 1));
	put(out, ",\n\"host\":");
	dump(out, row_object(out, &km_host_type, NULL, document->host));
	km_array_each(problem, &document->problems->list)
		json_array_append_new(list, problem_object(out, problem));
	put(out, ",\n\"unavailable\":");
	dump(out, list);
}

int km_render_json(FILE *file, const struct km_document *document, const struct km_style *style)
{
	struct json_out out = { .file = file };
	bool first = true;

	dump_head(&out, document, style);
	if (document->group)
		put_key(&out, ",\n", document->group, "{");
	for (size_t i = 0; i < document->len; i++) {
		const struct km_section *section = &document->sections[i];

		if (!section->key)
			continue;
		put_key(&out, document->group && first ? "\n" : ",\n", section->key, "");
		dump_section(&out, section);
		first = false;
	}
	put(&out, document->group ? "}}\n" : "}\n");
	flush(&out);
	km_array_deinit(&out.buffer);
	return ferror(file) ? -EIO : 0;
}
