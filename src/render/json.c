// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * JSON through jansson, a row at a time: what stands between rows is written here, all else is
 * built and dumped by jansson. The rows of a sheet share one object, whose values are replaced:
 * keys made and freed for each row would take half of the time. With jansson 2.14 this takes about
 * 0.6 of the CPU time of a loop that builds and dumps a new object for each row.
 */
#include <errno.h>
#include <jansson.h>
#include "report/document.h"

#define DUMP_FLAGS (JSON_COMPACT | JSON_REAL_PRECISION(6) | JSON_ENCODE_ANY)

enum { BUFFER_BYTES = 64 * 1024 };

/*
 * jansson's integers end at 2^63 - 1, and its reals have 53 bits. A larger number goes through it
 * as INT64_MIN, which no report has as a figure: KM_UNKNOWN_DELTA is null. When its digits come out,
 * those of the number are written instead, the numbers being in the order in which they went in.
 */
#define WIDE "-9223372036854775808"

/* jansson hands out its text in pieces of a few bytes: they are gathered before stdio sees them. */
struct json_out {
	FILE *file;
	KM_ARRAY(char) buffer;
	char last; /* of what was written before */
	KM_ARRAY(uint64_t) wide;
	size_t wide_done;
	struct km_pool pool; /* cleaned texts; emptied row by row */
	bool failed;
};

/* The object of a view's rows, and where in it the value of each of the view's fields is. */
struct row {
	json_t *object;
	void **places;
};

static void flush(struct json_out *out)
{
	if (!out->buffer.len)
		return;
	fwrite(out->buffer.items, 1, out->buffer.len, out->file);
	out->last = out->buffer.items[out->buffer.len - 1];
	out->buffer.len = 0;
}

__attribute__((noinline)) static void make_room(struct json_out *out, size_t len)
{
	flush(out);
	if (out->buffer.room >= len)
		return;
	out->buffer.room = len > BUFFER_BYTES ? len : BUFFER_BYTES;
	out->buffer.items = km_realloc(out->buffer.items, out->buffer.room, 1);
}

/* Room for so many bytes at the end of what is gathered. */
static inline char *reserve(struct json_out *out, size_t len)
{
	if (out->buffer.room - out->buffer.len < len)
		make_room(out, len);
	return out->buffer.items + out->buffer.len;
}

static inline void put_bytes(struct json_out *out, const char *text, size_t len)
{
	memcpy(reserve(out, len), text, len);
	out->buffer.len += len;
}

static void put(struct json_out *out, const char *text)
{
	put_bytes(out, text, strlen(text));
}

/* Our keys are C identifiers, which need no quoting. */
static void put_key(struct json_out *out, const char *before, const char *key)
{
	put(out, before);
	put(out, "\"");
	put(out, key);
	put(out, "\":");
}

/*
 * Whether a piece is the integer that stands for a wide one: a value, not a text that looks alike.
 * jansson begins a new piece within a text only behind what it escapes, which is none of these.
 */
static bool is_wide(const struct json_out *out, const char *text)
{
	char last = out->buffer.len ? out->buffer.items[out->buffer.len - 1] : out->last;

	return out->wide_done < out->wide.len && !memcmp(text, WIDE, sizeof(WIDE) - 1) &&
	       (last == ':' || last == ',' || last == '[');
}

/* Apart, so that the others need no room for the digits. */
__attribute__((noinline)) static void gather_wide(struct json_out *out)
{
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)out->wide.items[out->wide_done++]);

	put_bytes(out, digits, (size_t)len);
}

/* Most pieces are one quote, colon or comma: copied without a call. */
static int gather(const char *text, size_t len, void *data)
{
	struct json_out *out = data;

	if (len == 1) {
		*reserve(out, 1) = *text;
		out->buffer.len++;
	} else if (len == sizeof(WIDE) - 1 && is_wide(out, text)) {
		gather_wide(out);
	} else {
		put_bytes(out, text, len);
	}
	return 0;
}

/* Numbers that were not written are a lost figure: never silently. */
static void dump(struct json_out *out, const json_t *value)
{
	if (json_dump_callback(value, gather, out, DUMP_FLAGS) || out->wide_done != out->wide.len)
		out->failed = true;
	out->wide.len = out->wide_done = 0;
	km_pool_deinit(&out->pool);
}

static void dump_new(struct json_out *out, json_t *value)
{
	dump(out, value);
	json_decref(value);
}

/* Only null when unknown: 0 is a figure. */
static json_t *number(struct json_out *out, uint64_t value)
{
	if (value == KM_UNKNOWN)
		return json_null();
	if (value <= INT64_MAX)
		return json_integer((json_int_t)value);
	*km_array_push(&out->wide) = value;
	return json_integer(INT64_MIN);
}

static json_t *delta(int64_t value)
{
	return value == KM_UNKNOWN_DELTA ? json_null() : json_integer(value);
}

static json_t *real(double value)
{
	return isfinite(value) ? json_real(value) : json_null();
}

static json_t *tri(enum km_tri value)
{
	return value == KM_TRI_UNKNOWN ? json_null() : json_boolean(value == KM_TRI_YES);
}

static json_t *text(struct json_out *out, struct km_str s)
{
	if (!s.ptr)
		return json_null();
	s = km_text_valid(&out->pool, s);
	return json_stringn_nocheck(s.ptr, s.len);
}

static json_t *texts(struct json_out *out, const struct km_texts *list)
{
	json_t *array = json_array();

	for (size_t i = 0; i < list->len; i++)
		json_array_append_new(array, text(out, list->items[i]));
	return array;
}

static json_t *numbers(struct json_out *out, const struct km_numbers *list)
{
	json_t *array = json_array();

	for (size_t i = 0; i < list->len; i++)
		json_array_append_new(array, number(out, list->items[i]));
	return array;
}

/* jansson's keys end at a NUL; a cleaned text has none, but need not end with one. */
static const char *pair_key(struct json_out *out, const struct km_pair *pair)
{
	return km_pool_copy(&out->pool, km_text_valid(&out->pool, pair->name)).ptr;
}

/*
 * The kernel's own names may repeat: the last one counts, where the first one stands. So numbers go
 * in by place, and values, which may be wide, only when the places are final.
 */
static json_t *pairs(struct json_out *out, const struct km_pairs *list)
{
	json_t *object = json_object();

	for (size_t i = 0; i < list->len; i++)
		json_object_set_new_nocheck(object, pair_key(out, &list->items[i]), json_integer((json_int_t)i));
	for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at)) {
		size_t i = (size_t)json_integer_value(json_object_iter_value(at));

		json_object_iter_set_new(object, at, number(out, list->items[i].value));
	}
	return object;
}

static bool is_of_row(const struct km_field *field)
{
	return !(field->flags & KM_TOTAL_ONLY);
}

static bool is_of_totals(const struct km_field *field)
{
	return field->flags & (KM_SUMMED | KM_TOTAL | KM_TOTAL_ONLY);
}

static json_t *object(struct json_out *out, const struct km_sheet_type *type,
		      bool (*wanted)(const struct km_field *field), const void *row);

static json_t *inner_rows(struct json_out *out, const struct km_sheet_type *type,
			  const struct km_rows *list)
{
	json_t *array = json_array();

	for (size_t i = 0; i < list->len; i++)
		json_array_append_new(array, object(out, type, is_of_row,
						    (const char *)list->items + i * type->row_size));
	return array;
}

static json_t *value(struct json_out *out, const struct km_field *field, const void *row)
{
	const void *at = km_field_at(field, row);

	switch (field->kind) {
	case KM_TEXT:
		return text(out, *(const struct km_str *)at);
	case KM_WORD:
		return text(out, km_word_str(km_field_word(field, row)));
	case KM_COUNT:
	case KM_BYTES:
		return number(out, *(const uint64_t *)at);
	case KM_DELTA:
	case KM_CHANGE:
		return delta(*(const int64_t *)at);
	case KM_RATIO:
	case KM_INDEX:
	case KM_POINTS:
	case KM_RATE:
	case KM_BYTE_RATE:
	case KM_SECONDS:
		return real(*(const double *)at);
	case KM_TRI:
		return tri(*(const enum km_tri *)at);
	case KM_TEXTS:
		return texts(out, at);
	case KM_BYTES_LIST:
		return numbers(out, at);
	case KM_PAIRS:
		return pairs(out, at);
	case KM_ROWS:
		return inner_rows(out, field->rows, at);
	}
	return json_null();
}

static json_t *object(struct json_out *out, const struct km_sheet_type *type,
		      bool (*wanted)(const struct km_field *field), const void *row)
{
	json_t *members = json_object();
	const struct km_field *field;

	km_field_each(field, type)
		if (wanted(field))
			json_object_set_new_nocheck(members, field->key, value(out, field, row));
	return members;
}

/* view->fields is NULL-terminated: km_view_init() leaves room and the pool zeroes it. */
static void row_init(struct row *row, const struct km_view *view)
{
	row->object = json_object();
	row->places = km_realloc(NULL, view->fields_len, sizeof(*row->places));
	for (size_t i = 0; i < view->fields_len; i++)
		json_object_set_new_nocheck(row->object, view->fields[i]->key, json_null());
	/* places move while the object grows */
	for (size_t i = 0; i < view->fields_len; i++)
		row->places[i] = json_object_iter_at(row->object, view->fields[i]->key);
}

static void row_deinit(struct row *row)
{
	json_decref(row->object);
	free(row->places);
}

/* Most values are numbers, which stay in the integer that the row before had there. */
static bool set_number(json_t *old, const struct km_field *field, const void *row)
{
	if ((field->kind != KM_COUNT && field->kind != KM_BYTES) || !json_is_integer(old) ||
	    km_field_number(field, row) > INT64_MAX)
		return false;
	return !json_integer_set(old, (json_int_t)km_field_number(field, row));
}

static void dump_row(struct json_out *out, const struct km_view *view, const struct row *row, size_t i)
{
	const void *from = km_view_row(view, i);

	for (size_t at = 0; at < view->fields_len; at++) {
		const struct km_field *field = view->fields[at];

		if (!set_number(json_object_iter_value(row->places[at]), field, from))
			json_object_iter_set_new(row->object, row->places[at], value(out, field, from));
	}
	dump(out, row->object);
}

static void dump_rows(struct json_out *out, const struct km_view *view)
{
	struct row row;

	put(out, "[");
	row_init(&row, view);
	for (size_t i = 0; i < view->rows_len; i++) {
		put(out, i ? ",\n" : "\n");
		dump_row(out, view, &row, i);
	}
	row_deinit(&row);
	put(out, "]");
}

static void dump_section(struct json_out *out, const struct km_section *section)
{
	const struct km_view *view = &section->view;
	struct row row;

	switch (section->shape) {
	case KM_SHAPE_LIST:
		dump_rows(out, view);
		break;
	case KM_SHAPE_ROW:
		if (!view->rows_len) {
			put(out, "null");
			break;
		}
		row_init(&row, view);
		dump_row(out, view, &row, 0);
		row_deinit(&row);
		break;
	case KM_SHAPE_SHEET:
		put(out, "{\"rows\":");
		dump_rows(out, view);
		if (view->sheet->totals) {
			put(out, ",\n\"totals\":");
			dump_new(out, object(out, view->sheet->type, is_of_totals, view->sheet->totals));
		}
		put(out, "}");
		break;
	}
}

static json_t *problem_object(struct json_out *out, const struct km_problem *problem)
{
	json_t *members = json_object();

	json_object_set_new_nocheck(members, "source", text(out, problem->source));
	json_object_set_new_nocheck(members, "line", number(out, problem->line));
	json_object_set_new_nocheck(members, "reason", text(out, problem->reason));
	json_object_set_new_nocheck(members, "hint", text(out, problem->hint));
	json_object_set_new_nocheck(members, "more", number(out, problem->more));
	return members;
}

static void dump_head(struct json_out *out, const struct km_document *document,
		      const struct km_style *style)
{
	json_t *list = json_array();
	const struct km_problem *problem;

	put(out, "{\"kmeminfo\":");
	dump_new(out, json_pack("{s:s, s:i}", "version", style->version, "schema", KM_JSON_SCHEMA));
	put(out, ",\n\"host\":");
	dump_new(out, object(out, &km_host_type, is_of_row, document->host));
	km_array_each(problem, &document->problems->list)
		json_array_append_new(list, problem_object(out, problem));
	put(out, ",\n\"unavailable\":");
	dump_new(out, list);
}

int km_render_json(FILE *file, const struct km_document *document, const struct km_style *style)
{
	struct json_out out = { .file = file };
	bool first = true;

	dump_head(&out, document, style);
	if (document->group) {
		put_key(&out, ",\n", document->group);
		put(&out, "{");
	}
	for (size_t i = 0; i < document->sections.len; i++) {
		const struct km_section *section = &document->sections.items[i];

		if (!section->key)
			continue;
		put_key(&out, document->group && first ? "\n" : ",\n", section->key);
		dump_section(&out, section);
		first = false;
	}
	put(&out, document->group ? "}}\n" : "}\n");
	flush(&out);
	km_array_deinit(&out.buffer);
	km_array_deinit(&out.wide);
	km_pool_deinit(&out.pool);
	return out.failed || ferror(file) ? -EIO : 0;
}
