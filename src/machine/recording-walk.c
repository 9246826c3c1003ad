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

/* A way through a part of the recording. */
struct way {
	struct walk walk;
	struct km_statement *find, *rows; /* where to begin, and what follows */
	int64_t report;
	size_t next, to; /* the sample that is to come, and the last one */
	void (*take)(void *data, const struct km_recording_frame *frame);
	void *data;
};

static int damaged(const struct km_recording *recording, struct km_err *err)
{
	return km_err_set(err, -EBADMSG, KM_DATABASE_RECOVER, "%s: values are damaged", recording->path);
}

/* The sample with all values that those of the next sample are made of; INT64_MAX: no sample follows. */
static int find_begin(const struct way *way, int64_t *ret, struct km_err *err)
{
	const struct km_recording *recording = way->walk.recording;
	int r;

	km_statement_bind(way->find, "ii", recording->samples.items[way->next].id, way->report);
	r = km_statement_step(way->find, err);
	if (r > 0 && km_statement_is_null(way->find, 0))
		return damaged(recording, err);
	*ret = r > 0 ? km_statement_number(way->find, 0) : INT64_MAX;
	return r < 0 ? r : 0;
}

/* Changes follow those of the sample before, back to the one with all values. */
static bool has_its_place(const struct walk *walk, int64_t before)
{
	return walk->base == walk->sample || (walk->base < walk->sample && before + 1 == walk->sample);
}

static bool is_sound(struct way *way)
{
	const struct walk *walk = &way->walk;

	return km_statement_is_null(way->rows, 3) ||
	       km_statement_number(way->rows, 3) == km_recording_sum(walk->sample * KM_REPORTS_MAX + way->report, walk->base,
								     km_statement_bytes(way->rows, 2));
}

/* Whether a sample before that one has the report, and its row is lost. */
static bool lacks_some(const struct way *way, size_t at)
{
	const struct km_recording_sample *samples = way->walk.recording->samples.items;

	for (size_t i = way->next; i < at; i++)
		if (samples[i].reports & km_recording_bit(way->report))
			return true;
	return false;
}

/* One report of one sample. Where a page was lost its rows have no base, or others' numbers. */
static int take_changes(struct way *way, size_t *sample, struct km_err *err)
{
	struct walk *walk = &way->walk;
	const int64_t before = walk->sample;
	size_t at;

	walk->sample = km_statement_number(way->rows, 0);
	walk->base = km_statement_number(way->rows, 1);
	if (km_statement_is_null(way->rows, 1) || walk->sample <= before || !has_its_place(walk, before) || !is_sound(way))
		return damaged(walk->recording, err);
	at = index_of(walk->recording, *sample, walk->sample);
	if (lacks_some(way, at == SIZE_MAX ? way->next : at) || !add_changes(walk, km_statement_bytes(way->rows, 2)))
		return damaged(walk->recording, err);
	if (at == SIZE_MAX)
		return 0;
	*sample = at;
	if (at < way->next)
		return 0;
	give(walk, at, way->take, way->data);
	way->next = at + 1;
	return 0;
}

/* Up to the end: 0, or up to a damaged place: -EBADMSG. */
static int walk_on(struct way *way, struct km_err *err)
{
	const struct km_recording *recording = way->walk.recording;
	size_t sample = 0;
	int64_t begin = INT64_MAX;
	int r = find_begin(way, &begin, err);

	if (!r && begin == INT64_MAX && lacks_some(way, way->to + 1))
		return damaged(recording, err);
	if (r || begin == INT64_MAX)
		return r;
	if (begin <= 0)
		return damaged(recording, err);
	way->walk.sample = begin - 1;
	km_statement_bind(way->rows, "iii", begin, recording->samples.items[way->to].id, way->report);
	while ((r = km_statement_step(way->rows, err)) > 0) {
		r = take_changes(way, &sample, err);
		if (r)
			break;
	}
	return !r && lacks_some(way, way->to + 1) ? damaged(recording, err) : r;
}

/* Behind damaged values the next sample that has all values makes it possible to go on. */
static int walk_all(struct way *way, struct km_err *err)
{
	struct km_recording *recording = way->walk.recording;
	const struct km_recording_sample *samples = recording->samples.items;
	int r = walk_on(way, err), result = r;

	recording->lost = 0;
	while (r == -EBADMSG) {
		size_t before = way->next++;

		while (way->next <= way->to && !samples[way->next].whole)
			way->next++;
		recording->lost += (way->next <= way->to ? way->next : way->to + 1) - before;
		if (way->next > way->to)
			break;
		r = walk_on(way, NULL);
	}
	return result;
}

static int64_t number_of(const struct km_recording *recording, struct km_str name)
{
	const struct km_recording_report *report;

	km_array_each(report, &recording->tables->reports)
		if (km_str_eq(report->name, name))
			return report->id;
	return 0;
}

int km_recording_walk(struct km_recording *recording, const char *report, size_t from, size_t to,
		      void (*take)(void *data, const struct km_recording_frame *frame), void *data,
		      struct km_err *err)
{
	struct way way = { .report = number_of(recording, km_str_from(report)), .next = from, .take = take, .data = data };
	int r;

	recording->lost = 0;
	if (from >= recording->samples.len || !way.report)
		return 0;
	way.to = to < recording->samples.len ? to : recording->samples.len - 1;
	recording->lost = way.to - from + 1;
	r = km_database_prepare(recording->database, "SELECT base FROM changes WHERE id >= ?1 * 256 AND"
				" (id & 255 = ?2 OR base IS NULL) ORDER BY id LIMIT 1", &way.find, err);
	if (!r)
		r = km_database_prepare(recording->database,
					recording->tables->has_sums ?
					"SELECT id >> 8, base, packed, sum FROM changes WHERE id BETWEEN ?1 * 256 AND"
					" ?2 * 256 + 255 AND (id & 255 = ?3 OR base IS NULL) ORDER BY id" :
					"SELECT id >> 8, base, packed, NULL FROM changes WHERE id BETWEEN ?1 * 256 AND"
					" ?2 * 256 + 255 AND (id & 255 = ?3 OR base IS NULL) ORDER BY id", &way.rows, err);
	if (r)
		return r;
	walk_begin(&way.walk, recording, km_str_from(report));
	r = walk_all(&way, err);
	km_statement_close(way.find);
	km_statement_close(way.rows);
	walk_end(&way.walk);
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
	ret->items = history.values.items;
	km_pool_adopt(pool, ret->items);
	return r;
}
