// SPDX-License-Identifier: GPL-2.0-or-later
/* Adds up changes: gives the values at one sample after another. */
#include <errno.h>
#include "base/index.h"
#include "machine/recording-read.h"
#include "machine/recording-schema.h"
#include "parse/changes.h"

/* The values of a type, by number: which of them are sizes. */
struct layout {
	struct km_str type;
	KM_ARRAY(bool) sizes;
};

struct row {
	const struct km_recording_series *series;
	size_t layout;
	int64_t *values; /* as many as the layout has */
	int64_t base;    /* last sample with all values, or where the row appeared; 0: none */
};

struct walk {
	struct km_recording *recording;
	struct km_pool pool;
	KM_ARRAY(struct layout) layouts;
	KM_ARRAY(struct row) rows;
	const struct km_recording_series **series;
	const int64_t **values;
	int64_t sample, base;
};

static size_t layout_of(struct walk *walk, struct km_str type)
{
	const struct km_recording_field *field;
	struct layout *layout;

	for (size_t i = 0; i < walk->layouts.len; i++)
		if (km_str_eq(walk->layouts.items[i].type, type))
			return i;
	layout = km_array_push(&walk->layouts);
	layout->type = type;
	km_array_each(field, &walk->recording->tables->fields) {
		if (field->number < 0 || !km_str_eq(field->type, type))
			continue;
		while (layout->sizes.len <= (size_t)field->number)
			(void)km_array_push(&layout->sizes);
		layout->sizes.items[field->number] = field->is_size;
	}
	return walk->layouts.len - 1;
}

static void walk_begin(struct walk *walk, struct km_recording *recording, struct km_str report)
{
	const struct km_recording_series *series;
	size_t len = 0;

	*walk = (struct walk){ .recording = recording };
	km_array_each(series, &recording->series) {
		struct row *row;

		if (!km_str_eq(series->report, report))
			continue;
		row = km_array_push(&walk->rows);
		row->series = series;
		row->layout = layout_of(walk, series->type);
		row->values = km_pool_alloc(&walk->pool, walk->layouts.items[row->layout].sizes.len, sizeof(*row->values));
	}
	walk->series = km_pool_alloc(&walk->pool, walk->rows.len, sizeof(*walk->series));
	walk->values = km_pool_alloc(&walk->pool, walk->rows.len, sizeof(*walk->values));
	for (; len < walk->rows.len; len++)
		walk->series[len] = walk->rows.items[len].series;
}

static void walk_end(struct walk *walk)
{
	struct layout *layout;

	km_array_each(layout, &walk->layouts)
		km_array_deinit(&layout->sizes);
	km_array_deinit(&walk->layouts);
	km_array_deinit(&walk->rows);
	km_pool_deinit(&walk->pool);
}

/* Rows are in the order of series, whose numbers grow. */
static struct row *find_row(struct walk *walk, uint64_t series)
{
	size_t low = 0, high = walk->rows.len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		uint64_t id = (uint64_t)walk->rows.items[middle].series->id;

		if (id == series)
			return &walk->rows.items[middle];
		if (id < series)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static void add_group(struct walk *walk, struct km_changes_reader *reader, struct row *row)
{
	const struct layout *layout = &walk->layouts.items[row->layout];
	bool whole = row->base < walk->base || !row->base;
	struct km_change change;

	/* a group with all values leaves out zeros at its end */
	if (whole)
		memset(row->values, 0, layout->sizes.len * sizeof(*row->values));
	row->base = whole ? walk->sample : row->base;
	for (size_t i = 0; km_changes_take(reader, &change); i++) {
		if (i >= layout->sizes.len)
			continue;
		if (layout->sizes.items[i])
			change.number = km_change_of_size(change.number);
		if (change.unknown)
			row->values[i] = KM_RECORDING_NONE;
		else if (row->values[i] != KM_RECORDING_NONE)
			row->values[i] = (int64_t)((uint64_t)row->values[i] + (uint64_t)change.number);
		else if (change.number)
			row->values[i] = change.number;
	}
}

static bool add_changes(struct walk *walk, struct km_str packed)
{
	struct km_changes_reader reader = { .bytes = packed };
	uint64_t series;

	while (km_changes_take_group(&reader, &series)) {
		struct row *row = find_row(walk, series);

		if (row)
			add_group(walk, &reader, row);
	}
	return !reader.damaged;
}

static void give(struct walk *walk, size_t sample, void (*take)(void *data, const struct km_recording_frame *frame),
		 void *data)
{
	for (size_t i = 0; i < walk->rows.len; i++) {
		const struct row *row = &walk->rows.items[i];
		bool there = row->base >= walk->base && row->base <= walk->sample && row->series->last != SIZE_MAX &&
			     row->series->last >= sample;

		walk->values[i] = there ? row->values : NULL;
	}
	take(data, &(struct km_recording_frame){ sample, walk->series, walk->values, walk->rows.len });
}

static size_t index_of(const struct km_recording *recording, size_t from, int64_t id)
{
	while (from < recording->samples.len && recording->samples.items[from].id < id)
		from++;
	return from < recording->samples.len && recording->samples.items[from].id == id ? from : SIZE_MAX;
}

/* The sample to begin with, so that the values at from are known; and the number of the report. */
static int find_begin(struct km_recording *recording, struct km_str report, int64_t from, int64_t *ret_report,
		      int64_t *ret_begin, struct km_err *err)
{
	struct km_statement *find;
	int r = km_database_prepare(recording->database,
				    "SELECT r.id, (SELECT base FROM changes WHERE id >= ?2 * 256 AND id & 255 = r.id"
				    " ORDER BY id LIMIT 1) FROM report AS r WHERE r.name = ?1", &find, err);

	if (r)
		return r;
	km_statement_bind(find, "ti", report, from);
	r = km_statement_step(find, err);
	*ret_report = r > 0 ? km_statement_number(find, 0) : 0;
	*ret_begin = r > 0 && !km_statement_is_null(find, 1) ? km_statement_number(find, 1) : INT64_MAX;
	km_statement_close(find);
	return r < 0 ? r : 0;
}

static int walk_changes(struct walk *walk, struct km_statement *rows, size_t from,
			void (*take)(void *data, const struct km_recording_frame *frame), void *data,
			struct km_err *err)
{
	struct km_recording *recording = walk->recording;
	size_t sample = 0;
	int r;

	while ((r = km_statement_step(rows, err)) > 0) {
		size_t at;

		walk->sample = km_statement_number(rows, 0);
		walk->base = km_statement_number(rows, 1);
		if (!add_changes(walk, km_statement_bytes(rows, 2)))
			return km_err_set(err, -EBADMSG, NULL, "%s: the values of sample %lld are damaged",
					  recording->path, (long long)walk->sample);
		at = index_of(recording, sample, walk->sample);
		if (at == SIZE_MAX)
			continue;
		sample = at;
		if (at >= from)
			give(walk, at, take, data);
	}
	return r;
}

int km_recording_walk(struct km_recording *recording, const char *report, size_t from, size_t to,
		      void (*take)(void *data, const struct km_recording_frame *frame), void *data,
		      struct km_err *err)
{
	const struct km_recording_sample *samples = recording->samples.items;
	struct km_statement *rows;
	int64_t number, begin;
	struct walk walk;
	int r;

	if (from >= recording->samples.len)
		return 0;
	to = to < recording->samples.len ? to : recording->samples.len - 1;
	r = find_begin(recording, km_str_from(report), samples[from].id, &number, &begin, err);
	if (!r)
		r = km_database_prepare(recording->database,
					"SELECT id >> 8, base, packed FROM changes WHERE id BETWEEN ?1 * 256 AND"
					" ?2 * 256 + 255 AND id & 255 = ?3 ORDER BY id", &rows, err);
	if (r || !number || begin == INT64_MAX)
		return r;
	km_statement_bind(rows, "iii", begin, samples[to].id, number);
	walk_begin(&walk, recording, km_str_from(report));
	r = walk_changes(&walk, rows, from, take, data, err);
	km_statement_close(rows);
	walk_end(&walk);
	return r;
}

struct history {
	const struct km_recording_series *series;
	size_t number, at;
	KM_ARRAY(struct km_recording_value) values;
};

static void take_history(void *data, const struct km_recording_frame *frame)
{
	struct history *history = data;

	while (history->at < frame->len && frame->series[history->at] != history->series)
		history->at++;
	if (history->at >= frame->len || !frame->values[history->at] ||
	    frame->values[history->at][history->number] == KM_RECORDING_NONE)
		return;
	*km_array_push(&history->values) =
		(struct km_recording_value){ frame->sample, frame->values[history->at][history->number] };
}

int km_recording_history(struct km_recording *recording, const struct km_recording_series *series, const char *key,
			 size_t from, size_t to, struct km_pool *pool, struct km_recording_values *ret,
			 struct km_err *err)
{
	struct history history = { .series = series, .number = km_recording_number(recording, series->type, key) };
	char name[64];
	int r;

	*ret = (struct km_recording_values){ .len = 0 };
	if (history.number == SIZE_MAX)
		return 0;
	snprintf(name, sizeof(name), "%.*s", KM_STR_ARG(series->report));
	r = km_recording_walk(recording, name, from, to, take_history, &history, err);
	ret->len = history.values.len;
	ret->items = km_pool_alloc(pool, ret->len, sizeof(*ret->items));
	if (ret->len)
		memcpy(ret->items, history.values.items, ret->len * sizeof(*ret->items));
	km_array_deinit(&history.values);
	return r;
}
