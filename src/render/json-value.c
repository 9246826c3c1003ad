// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/clean.h"
#include "render/json-value.h"

#define DUMP_FLAGS (JSON_COMPACT | JSON_REAL_PRECISION(6) | JSON_ENCODE_ANY)

/* The initial size of a buffer for a file, and of one for a text in memory, which grows. */
enum { BUFFER_BYTES = 64 * 1024, KEPT_BYTES = 256 };

/*
 * jansson's integers end at 2^63 - 1, and all its reals have the same number of digits. A number that needs
 * other digits is passed to jansson as INT64_MIN, which is no figure in any report: KM_UNKNOWN_DELTA is null.
 * When jansson returns these digits, the code writes those of the number instead. The numbers come out in the
 * order in which they went in.
 */
#define WIDE "-9223372036854775808"

void km_json_flush(struct km_json_out *out)
{
	if (!out->buffer.len)
		return;
	fwrite(out->buffer.items, 1, out->buffer.len, out->file);
	out->last = out->buffer.items[out->buffer.len - 1];
	out->buffer.len = 0;
}

__attribute__((noinline)) static void make_room(struct km_json_out *out, size_t len)
{
	size_t room = BUFFER_BYTES;

	if (out->file)
		km_json_flush(out);
	else
		room = 2 * out->buffer.room + KEPT_BYTES;
	len += out->buffer.len;
	if (out->buffer.room >= len)
		return;
	out->buffer.room = len > room ? len : room;
	out->buffer.items = km_realloc(out->buffer.items, out->buffer.room, 1);
}

/* Makes room for this many bytes at the end of the buffer. */
static inline char *reserve(struct km_json_out *out, size_t len)
{
	if (out->buffer.room - out->buffer.len < len)
		make_room(out, len);
	return out->buffer.items + out->buffer.len;
}

void km_json_put_bytes(struct km_json_out *out, const char *text, size_t len)
{
	memcpy(reserve(out, len), text, len);
	out->buffer.len += len;
}

void km_json_put(struct km_json_out *out, const char *text)
{
	km_json_put_bytes(out, text, strlen(text));
}

void km_json_put_key(struct km_json_out *out, const char *before, const char *key)
{
	km_json_put(out, before);
	km_json_put(out, "\"");
	km_json_put(out, key);
	km_json_put(out, "\":");
}

/*
 * Whether a piece is the integer that stands for a wide number: a value, not a text that looks like it.
 * jansson only starts a new piece inside a text after a character that it escapes, and none of these is one.
 */
static bool is_wide(const struct km_json_out *out, const char *text)
{
	char last = out->buffer.len ? out->buffer.items[out->buffer.len - 1] : out->last;

	return out->wide_done < out->wide.len && !memcmp(text, WIDE, sizeof(WIDE) - 1) &&
	       (last == ':' || last == ',' || last == '[');
}

/* A separate function, so that its callers need no stack for the digits. */
__attribute__((noinline)) static void gather_wide(struct km_json_out *out)
{
	km_json_put(out, out->wide.items[out->wide_done++].digits);
}

/* Most pieces are one quote, colon or comma, which are copied without a call. */
static int gather(const char *text, size_t len, void *data)
{
	struct km_json_out *out = data;

	if (len == 1) {
		*reserve(out, 1) = *text;
		out->buffer.len++;
	} else if (len == sizeof(WIDE) - 1 && is_wide(out, text)) {
		gather_wide(out);
	} else {
		km_json_put_bytes(out, text, len);
	}
	return 0;
}

/* A number that was not written would be a lost figure, so this is an error. */
void km_json_dump(struct km_json_out *out, const json_t *value)
{
	if (json_dump_callback(value, gather, out, DUMP_FLAGS) || out->wide_done != out->wide.len)
		out->failed = true;
	out->wide.len = out->wide_done = 0;
	km_pool_deinit(&out->pool);
}

void km_json_dump_new(struct km_json_out *out, json_t *value)
{
	km_json_dump(out, value);
	json_decref(value);
}

/* Null means unknown; 0 is a figure. */
json_t *km_json_number(struct km_json_out *out, uint64_t value)
{
	if (value == KM_UNKNOWN)
		return json_null();
	if (value <= INT64_MAX)
		return json_integer((json_int_t)value);
	*km_units_put(km_array_push(&out->wide)->digits, value) = '\0';
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

/* Prints every digit, because programs compare the numbers. */
static json_t *exact_real(struct km_json_out *out, double value)
{
	if (!isfinite(value))
		return json_null();
	km_units_shortest(km_array_push(&out->wide)->digits, value);
	return json_integer(INT64_MIN);
}

static json_t *tri(enum km_tri value)
{
	return value == KM_TRI_UNKNOWN ? json_null() : json_boolean(value == KM_TRI_YES);
}

json_t *km_json_text(struct km_json_out *out, struct km_str s)
{
	if (!s.ptr)
		return json_null();
	s = km_text_valid(&out->pool, s);
	return json_stringn_nocheck(s.ptr, s.len);
}

static json_t *texts(struct km_json_out *out, const struct km_texts *list)
{
	json_t *array = json_array();

	for (size_t i = 0; i < list->len; i++)
		json_array_append_new(array, km_json_text(out, list->items[i]));
	return array;
}

static json_t *numbers(struct km_json_out *out, const struct km_numbers *list)
{
	json_t *array = json_array();

	for (size_t i = 0; i < list->len; i++)
		json_array_append_new(array, km_json_number(out, list->items[i]));
	return array;
}

/* jansson's keys end at a NUL. A cleaned text contains none, but may lack one at its end. */
static const char *pair_key(struct km_json_out *out, const struct km_pair *pair)
{
	return km_pool_copy(&out->pool, km_text_valid(&out->pool, pair->name)).ptr;
}

/*
 * The kernel's names may repeat. The last value counts, at the first position. So indexes are added first,
 * and the values, which may be wide, only when the positions are final.
 */
static json_t *pairs(struct km_json_out *out, const struct km_pairs *list)
{
	json_t *object = json_object();

	for (size_t i = 0; i < list->len; i++)
		json_object_set_new_nocheck(object, pair_key(out, &list->items[i]), json_integer((json_int_t)i));
	for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at)) {
		size_t i = (size_t)json_integer_value(json_object_iter_value(at));

		json_object_iter_set_new(object, at, km_json_number(out, list->items[i].value));
	}
	return object;
}

bool km_json_of_row(const struct km_field *field)
{
	return !(field->flags & KM_TOTAL_ONLY);
}

bool km_json_of_totals(const struct km_field *field)
{
	return field->flags & (KM_SUMMED | KM_TOTAL | KM_TOTAL_ONLY);
}

static json_t *inner_rows(struct km_json_out *out, const struct km_sheet_type *type,
			  const struct km_rows *list)
{
	json_t *array = json_array();

	for (size_t i = 0; i < list->len; i++)
		json_array_append_new(array, km_json_object(out, type, km_json_of_row,
							    (const char *)list->items + i * type->row_size));
	return array;
}

json_t *km_json_value(struct km_json_out *out, const struct km_field *field, const void *row)
{
	const void *at = km_field_at(field, row);

	switch (field->kind) {
	case KM_TEXT:
		return km_json_text(out, *(const struct km_str *)at);
	case KM_WORD:
		return km_json_text(out, km_word_str(km_field_word(field, row)));
	case KM_COUNT:
	case KM_BYTES:
		return km_json_number(out, *(const uint64_t *)at);
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
	case KM_REAL:
		return exact_real(out, *(const double *)at);
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

json_t *km_json_object(struct km_json_out *out, const struct km_sheet_type *type,
		       bool (*wanted)(const struct km_field *field), const void *row)
{
	json_t *members = json_object();
	const struct km_field *field;

	km_field_each(field, type)
		if (wanted(field))
			json_object_set_new_nocheck(members, field->key, km_json_value(out, field, row));
	return members;
}

void km_json_deinit(struct km_json_out *out)
{
	km_array_deinit(&out->buffer);
	km_array_deinit(&out->wide);
	km_pool_deinit(&out->pool);
}
