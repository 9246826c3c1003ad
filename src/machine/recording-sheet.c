// SPDX-License-Identifier: GPL-2.0-or-later
/* A report at a sample: makes rows from values and properties. */
#include <errno.h>
#include "machine/recording-read.h"
#include "machine/recording-rows.h"

/* The source of the rows: the values and properties at the sample. */
struct making {
	struct km_recording *recording;
	struct km_pool *pool;
	KM_ARRAY(const struct km_recording_series *) series;
	KM_ARRAY(const int64_t *) values;
	struct km_statement *properties;
	int64_t sample;
	uint64_t page_bytes;
	bool found;
	int result; /* of the properties */
	struct km_err *err;
	unsigned int depth;
};

static void take_frame(void *data, const struct km_recording_frame *frame)
{
	struct making *making = data;

	making->found = true;
	for (size_t i = 0; i < frame->len; i++) {
		int64_t *kept;
		size_t len = 0;
		const struct km_recording_field *field;

		if (!frame->values[i])
			continue;
		km_array_each(field, &making->recording->tables->fields)
			if (km_str_eq(field->type, frame->series[i]->type) && field->number >= (int64_t)len)
				len = (size_t)field->number + 1;
		kept = km_pool_alloc(making->pool, len, sizeof(*kept));
		memcpy(kept, frame->values[i], len * sizeof(*kept));
		*km_array_push(&making->series) = frame->series[i];
		*km_array_push(&making->values) = kept;
	}
}

static const struct km_recording_field *field_of(const struct km_recording *recording, int64_t id)
{
	const struct km_recording_field *field;

	km_array_each(field, &recording->tables->fields)
		if (field->id == id)
			return field;
	return NULL;
}

static void set_values(const struct making *making, const struct km_sheet_type *type, void *row, const int64_t *values)
{
	const struct km_field *field;

	km_field_each(field, type) {
		size_t number = km_recorded_is_value(field) ?
					km_recording_number(making->recording, km_str_from(type->name), field->key) : SIZE_MAX;

		if (number != SIZE_MAX)
			km_recorded_set_value(field, row, values[number]);
	}
}

/* Sets the properties to their last values up to the sample. */
static void set_properties(struct making *making, const struct km_sheet_type *type, void *row, int64_t series)
{
	int r;

	km_statement_bind(making->properties, "ii", series, making->sample);
	while ((r = km_statement_step(making->properties, making->err)) > 0) {
		const struct km_recording_field *stored =
			field_of(making->recording, km_statement_number(making->properties, 0));
		const struct km_field *field = stored ? km_field_find(type, stored->key) : NULL;
		struct km_str text = km_statement_bytes(making->properties, 1);

		if (field && km_recorded_is_property(field))
			km_recorded_set_property(making->pool, field, row,
						 text.ptr ? km_pool_copy(making->pool, text) : text);
	}
	if (r)
		making->result = r;
}

static bool is_of(const struct km_recording_series *series, const struct km_sheet_type *type, int64_t parent, bool total)
{
	return series->parent == parent && series->total == total &&
	       km_str_eq(series->type, km_str_from(type->name));
}

static struct km_rows make_rows(struct making *making, const struct km_sheet_type *type, int64_t parent, bool total);

/* A tree in a damaged file may be deeper than any real one. */
enum { DEPTH_MAX = 32 };

static void make_inner(struct making *making, const struct km_sheet_type *type, void *row, int64_t series)
{
	const struct km_field *field;

	if (++making->depth < DEPTH_MAX)
		km_field_each(field, type)
			if (km_recorded_is_rows(field))
				*(struct km_rows *)((char *)row + field->offset) = make_rows(making, field->rows, series, false);
	making->depth--;
}

static struct km_rows make_rows(struct making *making, const struct km_sheet_type *type, int64_t parent, bool total)
{
	struct km_rows rows = { .len = 0 };
	char *items;

	for (size_t i = 0; i < making->series.len; i++)
		rows.len += is_of(making->series.items[i], type, parent, total);
	rows.items = items = km_pool_alloc(making->pool, rows.len, type->row_size);
	for (size_t i = 0; i < making->series.len; i++) {
		const struct km_recording_series *series = making->series.items[i];

		if (!is_of(series, type, parent, total))
			continue;
		km_row_init(type, items);
		set_values(making, type, items, making->values.items[i]);
		set_properties(making, type, items, series->id);
		make_inner(making, type, items, series->id);
		items += type->row_size;
	}
	return rows;
}

static struct km_sheet make_sheet(struct making *making, const struct km_sheet_type *type)
{
	struct km_rows rows = make_rows(making, type, 0, false), totals = make_rows(making, type, 0, true);
	struct km_sheet sheet = { type, rows.items, rows.len, totals.len ? totals.items : NULL };

	if (type->compute)
		type->compute(&sheet, making->page_bytes);
	return sheet;
}

static uint64_t page_bytes_of(const struct km_recording *recording, size_t sample)
{
	size_t boot = recording->samples.items[sample].boot;

	return boot < recording->boots.len ? recording->boots.items[boot].page_bytes : KM_UNKNOWN;
}

int km_recording_sheet(struct km_recording *recording, const char *report, const struct km_sheet_type *type,
		       size_t sample, struct km_pool *pool, struct km_sheet *ret, struct km_err *err)
{
	struct making making = { .recording = recording, .pool = pool, .err = err };
	int r;

	*ret = (struct km_sheet){ .type = type };
	if (sample >= recording->samples.len)
		return 0;
	making.sample = recording->samples.items[sample].id;
	making.page_bytes = page_bytes_of(recording, sample);
	r = km_recording_walk(recording, report, sample, sample, take_frame, &making, err);
	if (!r)
		r = km_database_prepare(recording->database,
					"SELECT field, value FROM property WHERE series = ?1 AND sample <= ?2"
					" ORDER BY field, sample", &making.properties, err);
	if (!r && making.found)
		*ret = make_sheet(&making, type);
	if (!r) {
		km_statement_close(making.properties);
		r = making.result;
	}
	km_array_deinit(&making.series);
	km_array_deinit(&making.values);
	return r;
}

struct km_str km_recording_property(struct km_recording *recording, const struct km_recording_series *series,
				    const char *key, struct km_pool *pool)
{
	struct km_str text = { 0 };
	struct km_statement *find;
	int r;

	if (km_database_prepare(recording->database,
				"SELECT p.value FROM property AS p JOIN field AS f ON f.id = p.field"
				" WHERE p.series = ?1 AND f.key = ?2 ORDER BY p.sample DESC LIMIT 1", &find, NULL))
		return text;
	km_statement_bind(find, "it", series->id, km_str_from(key));
	r = km_statement_step(find, NULL);
	if (r < 0)
		recording->torn = true;
	if (r > 0 && !km_statement_is_null(find, 0))
		text = km_pool_copy(pool, km_statement_bytes(find, 0));
	km_statement_close(find);
	return text;
}
