// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * JSON through jansson, value by value: a text, a real number and an object of the kernel's own
 * names are jansson's, brackets, commas, our keys and integers are written here. jansson would do
 * it all, at a price (CPU time, jansson 2.14):
 *
 *	                                    here     a row at a time   the whole tree
 *	slab --json, by slabtop -o          0.82     0.99              1.09
 *	100,000 caches                      0.4 s    1.1 s             1.4 s, 375 MB
 *	1,000,000 areas                     4.3 s    6.7 s             15 s, 3 GB
 *
 * and a row at a time leaves the brackets around the rows to us all the same. Our keys are C
 * identifiers, which need no quoting.
 */
#include <errno.h>
#include <jansson.h>
#include "report/document.h"

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

/* Room for so many bytes at the end of what is gathered. */
static char *reserve(struct json_out *out, size_t len)
{
	if (out->buffer.room - out->buffer.len < len) {
		flush(out);
		if (out->buffer.room < len) {
			out->buffer.room = len > BUFFER_BYTES ? len : BUFFER_BYTES;
			out->buffer.items = km_realloc(out->buffer.items, out->buffer.room, 1);
		}
	}
	return out->buffer.items + out->buffer.len;
}

static int gather(const char *text, size_t len, void *data)
{
	struct json_out *out = data;

	memcpy(reserve(out, len), text, len);
	out->buffer.len += len;
	return 0;
}

static void put(struct json_out *out, const char *text)
{
	gather(text, strlen(text), out);
}

static void put_key(struct json_out *out, const char *before, const char *key, const char *after)
{
	char *at = reserve(out, strlen(before) + strlen(key) + strlen(after) + sizeof("\"\":"));

	at = stpcpy(stpcpy(at, before), "\"");
	at = stpcpy(stpcpy(at, key), "\":");
	at = stpcpy(at, after);
	out->buffer.len = (size_t)(at - out->buffer.items);
}

static void dump(struct json_out *out, json_t *value)
{
	if (json_is_null(value))
		put(out, "null");
	else
		json_dump_callback(value, gather, out, DUMP_FLAGS);
	json_decref(value);
}

/* Only null when unknown: 0 is a figure. Other programs' integers are signed, as jansson's. */
static json_t *number(uint64_t value)
{
	if (value == KM_UNKNOWN)
		return json_null();
	return value > INT64_MAX ? json_real((double)value) : json_integer((json_int_t)value);
}

/*
 * Most values are numbers, and jansson makes and frees a hash table for each value that it dumps
 * by itself: that was a third of the time of a report.
 */
static void dump_number(struct json_out *out, uint64_t value)
{
	char digits[20];
	size_t at = sizeof(digits);

	if (value > INT64_MAX) {
		dump(out, number(value));
		return;
	}
	do {
		digits[--at] = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	gather(digits + at, sizeof(digits) - at, out);
}

static void dump_delta(struct json_out *out, int64_t value)
{
	dump(out, value == KM_UNKNOWN_DELTA ? json_null() : json_integer(value));
}

static void dump_real(struct json_out *out, double value)
{
	dump(out, isfinite(value) ? json_real(value) : json_null());
}

static void dump_tri(struct json_out *out, enum km_tri tri)
{
	put(out, tri == KM_TRI_UNKNOWN ? "null" : tri == KM_TRI_YES ? "true" : "false");
}

static json_t *text(struct json_out *out, struct km_str s)
{
	if (!s.ptr)
		return json_null();
	s = km_text_clean(&out->pool, s);
	return json_stringn(s.ptr, s.len);
}

static void dump_texts(struct json_out *out, const struct km_texts *list)
{
	put(out, "[");
	for (size_t i = 0; i < list->len; i++) {
		put(out, i ? "," : "");
		dump(out, text(out, list->items[i]));
	}
	put(out, "]");
}

static void dump_numbers(struct json_out *out, const struct km_numbers *list)
{
	put(out, "[");
	for (size_t i = 0; i < list->len; i++) {
		put(out, i ? "," : "");
		dump_number(out, list->items[i]);
	}
	put(out, "]");
}

/* The kernel's own names may repeat, or hold anything: their object is jansson's. */
static void dump_pairs(struct json_out *out, const struct km_pairs *list)
{
	json_t *object = json_object();

	for (size_t i = 0; i < list->len; i++) {
		struct km_str name = km_text_clean(&out->pool, list->items[i].name);

		/* jansson's keys end at a NUL; a cleaned text has none, but need not end with one */
		name = km_pool_copy(&out->pool, name);
		json_object_set_new_nocheck(object, name.ptr, number(list->items[i].value));
	}
	dump(out, object);
}

static bool is_of_row(const struct km_field *field)
{
	return !(field->flags & KM_TOTAL_ONLY);
}

static bool is_of_totals(const struct km_field *field)
{
	return field->flags & (KM_SUMMED | KM_TOTAL | KM_TOTAL_ONLY);
}

static void dump_object(struct json_out *out, const struct km_sheet_type *type,
			bool (*wanted)(const struct km_field *field), const void *row);

static void dump_inner_rows(struct json_out *out, const struct km_sheet_type *type,
			    const struct km_rows *list)
{
	put(out, "[");
	for (size_t i = 0; i < list->len; i++) {
		put(out, i ? "," : "");
		dump_object(out, type, is_of_row, (const char *)list->items + i * type->row_size);
	}
	put(out, "]");
}

static void dump_value(struct json_out *out, const struct km_field *field, const void *row)
{
	const void *at = km_field_at(field, row);

	switch (field->kind) {
	case KM_TEXT:
		dump(out, text(out, *(const struct km_str *)at));
		break;
	case KM_COUNT:
	case KM_BYTES:
		dump_number(out, *(const uint64_t *)at);
		break;
	case KM_DELTA:
		dump_delta(out, *(const int64_t *)at);
		break;
	case KM_RATIO:
	case KM_INDEX:
		dump_real(out, *(const double *)at);
		break;
	case KM_TRI:
		dump_tri(out, *(const enum km_tri *)at);
		break;
	case KM_TEXTS:
		dump_texts(out, at);
		break;
	case KM_BYTES_LIST:
		dump_numbers(out, at);
		break;
	case KM_PAIRS:
		dump_pairs(out, at);
		break;
	case KM_ROWS:
		dump_inner_rows(out, field->rows, at);
		break;
	}
}

static void dump_member(struct json_out *out, const char *before, const struct km_field *field,
			const void *row)
{
	put_key(out, before, field->key, "");
	dump_value(out, field, row);
}

static void dump_object(struct json_out *out, const struct km_sheet_type *type,
			bool (*wanted)(const struct km_field *field), const void *row)
{
	const char *before = "";
	const struct km_field *field;

	put(out, "{");
	km_field_each(field, type) {
		if (!wanted(field))
			continue;
		dump_member(out, before, field, row);
		before = ",";
	}
	put(out, "}");
}

/* view->fields is NULL-terminated: km_view_init() leaves room and the pool zeroes it. */
static void dump_row(struct json_out *out, const struct km_view *view, size_t i)
{
	const void *row = km_sheet_row(view->sheet, view->rows[i]);

	put(out, "{");
	for (const struct km_field **field = view->fields; *field; field++)
		dump_member(out, field == view->fields ? "" : ",", *field, row);
	put(out, "}");
	km_pool_deinit(&out->pool);
}

static void dump_rows(struct json_out *out, const struct km_view *view)
{
	put(out, "[");
	for (size_t i = 0; i < view->rows_len; i++) {
		put(out, i ? ",\n" : "\n");
		dump_row(out, view, i);
	}
	put(out, "]");
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
			dump_row(out, view, 0);
		else
			put(out, "null");
		break;
	case KM_SHAPE_SHEET:
		put(out, "{\"rows\":");
		dump_rows(out, view);
		if (view->sheet->totals) {
			put(out, ",\n\"totals\":");
			dump_object(out, view->sheet->type, is_of_totals, view->sheet->totals);
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
	dump(out, json_pack("{s:s, s:i}", "version", style->version, "schema", KM_JSON_SCHEMA));
	put(out, ",\n\"host\":");
	dump_object(out, &km_host_type, is_of_row, document->host);
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
	km_pool_deinit(&out.pool);
	return ferror(file) ? -EIO : 0;
}
