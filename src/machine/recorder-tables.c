// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "machine/recorder-tables.h"
#include "machine/recording-schema.h"

static const char *const sql[KM_STATEMENTS] = {
	[KM_ADD_SAMPLE] = "INSERT INTO sample(id, boot, wall_us, monotonic_us, boottime_us, whole, first, reports)"
		       " VALUES(?1, ?2, ?3, nullif(?4, -1), nullif(?5, -1), ?6, ?7, ?8)",
	[KM_ADD_CHANGES] = "INSERT INTO changes(id, base, packed, sum) VALUES(?1, ?2, ?3, ?4)",
	[KM_ADD_SERIES] = "INSERT INTO series(report, type, parent, total, name, first)"
		       " VALUES(?1, ?2, nullif(?3, 0), ?4, ?5, ?6)",
	[KM_END_SERIES] = "UPDATE series SET last = ?2 WHERE id = ?1",
	[KM_ADD_PROPERTY] = "INSERT OR REPLACE INTO property(series, field, sample, value) VALUES(?1, ?2, ?3, ?4)",
	[KM_ADD_BOOT] = "INSERT INTO boot(boot_id, release, machine, page_bytes) VALUES(?1, ?2, ?3, nullif(?4, -1))",
	[KM_ADD_FIELD] = "INSERT INTO field(type, key, kind, number) VALUES(?1, ?2, ?3, CASE WHEN ?4 THEN"
			 " (SELECT coalesce(max(number) + 1, 0) FROM field WHERE type = ?1) END)",
	[KM_FIND_FIELD] = "SELECT id, coalesce(number, -1) FROM field WHERE type = ?1 AND key = ?2",
	[KM_ADD_REPORT] = "INSERT OR IGNORE INTO report(name) VALUES(?1)",
	[KM_FIND_REPORT] = "SELECT id FROM report WHERE name = ?1",
	[KM_FIND_SERIES] = "SELECT id, type, coalesce(parent, 0), total, name FROM series"
			   " WHERE last IS NULL AND report = ?1 ORDER BY id",
	[KM_FIND_PROPERTIES] = "SELECT field, value FROM property WHERE series = ?1 ORDER BY field, sample",
};

static void drop_columns(struct km_recorder *recorder)
{
	struct km_recorded_columns **columns;

	km_array_each(columns, &recorder->columns) {
		km_array_deinit(&(*columns)->values);
		km_array_deinit(&(*columns)->properties);
		km_array_deinit(&(*columns)->property_ids);
		free(*columns);
	}
	km_array_deinit(&recorder->columns);
}

static void drop_reports(struct km_recorder *recorder)
{
	struct km_recorder_report *report;

	km_array_each(report, &recorder->reports) {
		km_recorder_state_deinit(&report->state);
		km_recorder_state_deinit(&report->next);
	}
	km_array_deinit(&recorder->reports);
}

void km_recorder_drop(struct km_recorder *recorder)
{
	drop_reports(recorder);
	drop_columns(recorder);
}

int km_recorder_prepare(struct km_recorder *recorder, struct km_err *err)
{
	int r = 0;

	for (size_t i = 0; !r && i < KM_STATEMENTS; i++)
		r = km_database_prepare(recorder->database, sql[i], &recorder->statements[i], err);
	return r;
}

/* The id of a field in the table, and its number (-1: a property). Adds the field if it is missing. */
static int place_field(struct km_recorder *recorder, const char *type, const struct km_field *field, int64_t *ret_id,
		       int64_t *ret_number, struct km_err *err)
{
	struct km_statement *find = recorder->statements[KM_FIND_FIELD];
	const struct km_str name = km_str_from(type), key = km_str_from(field->key);
	int r;

	km_statement_bind(find, "tt", name, key);
	r = km_statement_step(find, err);
	if (!r) {
		r = km_statement_run(recorder->statements[KM_ADD_FIELD], err, "ttti", name, key,
				     km_str_from(km_kind_name(field->kind)), (int64_t)km_recorded_is_value(field));
		km_statement_bind(find, "tt", name, key);
		if (!r)
			r = km_statement_step(find, err);
	}
	if (r <= 0)
		return r ? r : -EIO;
	*ret_id = km_statement_number(find, 0);
	*ret_number = km_statement_number(find, 1);
	km_statement_bind(find, "");
	return 0;
}

static void keep_field(struct km_recorded_columns *columns, const struct km_field *field, int64_t id, int64_t number)
{
	if (!km_recorded_is_value(field)) {
		*km_array_push(&columns->properties) = field;
		*km_array_push(&columns->property_ids) = id;
		return;
	}
	while (number >= 0 && columns->values.len <= (size_t)number)
		(void)km_array_push(&columns->values);
	if (number >= 0)
		columns->values.items[number] = field;
}

static int place_type(struct km_recorder *recorder, const struct km_sheet_type *type, struct km_err *err)
{
	struct km_recorded_columns *columns;
	const struct km_field *field;
	int64_t id, number;

	for (size_t i = 0; i < recorder->columns.len; i++)
		if (recorder->columns.items[i]->type == type)
			return 0;
	columns = km_realloc(NULL, 1, sizeof(*columns));
	*columns = (struct km_recorded_columns){ .type = type };
	*km_array_push(&recorder->columns) = columns;
	km_field_each(field, type) {
		int r = 0;

		if (km_recorded_is_rows(field))
			r = place_type(recorder, field->rows, err);
		if (r)
			return r;
		if (!km_recorded_is_value(field) && !km_recorded_is_property(field))
			continue;
		r = place_field(recorder, type->name, field, &id, &number, err);
		if (r)
			return r;
		keep_field(columns, field, id, number);
	}
	return 0;
}

static int place_report(struct km_recorder *recorder, const char *name, struct km_err *err)
{
	struct km_statement *find = recorder->statements[KM_FIND_REPORT];
	struct km_recorder_report *report;
	int r;

	r = km_statement_run(recorder->statements[KM_ADD_REPORT], err, "t", km_str_from(name));
	if (r)
		return r;
	km_statement_bind(find, "t", km_str_from(name));
	r = km_statement_step(find, err);
	if (r <= 0)
		return r ? r : -EIO;
	report = km_array_push(&recorder->reports);
	report->name = name;
	report->id = km_statement_number(find, 0);
	km_statement_bind(find, "");
	return report->id < KM_REPORTS_MAX ? 0 : km_err_set(err, -E2BIG, NULL, "%s: too many reports", recorder->path);
}

const struct km_recorded_columns *km_recorder_columns(void *data, const struct km_sheet_type *type)
{
	const struct km_recorder *recorder = data;

	for (size_t i = 0; i < recorder->columns.len; i++)
		if (recorder->columns.items[i]->type == type)
			return recorder->columns.items[i];
	return NULL;
}

static const struct km_recorded_columns *columns_named(const struct km_recorder *recorder, struct km_str name)
{
	for (size_t i = 0; i < recorder->columns.len; i++)
		if (km_str_eq(name, km_str_from(recorder->columns.items[i]->type->name)))
			return recorder->columns.items[i];
	return NULL;
}

static void load_properties(struct km_statement *properties, struct km_recorder_state *state, struct km_recorded_item *item)
{
	item->properties = km_pool_alloc(&state->pool, item->columns->properties.len, sizeof(*item->properties));
	km_statement_bind(properties, "i", item->series);
	while (km_statement_step(properties, NULL) > 0)
		for (size_t i = 0; i < item->columns->property_ids.len; i++)
			if (item->columns->property_ids.items[i] == km_statement_number(properties, 0))
				item->properties[i] = km_statement_is_null(properties, 1) ? (struct km_str){ 0 } :
					km_pool_copy(&state->pool, km_statement_bytes(properties, 1));
}

static size_t item_of(const struct km_recorder_state *state, int64_t series)
{
	for (size_t i = 0; series && i < state->items.len; i++)
		if (state->items.items[i].series == series)
			return i + 1;
	return 0;
}

/* Reads the series that an earlier run left open. It needs no values, because the first sample has all of them. */
static int load_series(struct km_recorder *recorder, struct km_recorder_report *report, struct km_err *err)
{
	struct km_statement *series = recorder->statements[KM_FIND_SERIES];
	struct km_statement *properties = recorder->statements[KM_FIND_PROPERTIES];
	int r;

	km_statement_bind(series, "i", report->id);
	while ((r = km_statement_step(series, err)) > 0) {
		struct km_recorder_state *state = &report->state;
		const size_t parent = item_of(state, km_statement_number(series, 2));
		struct km_recorded_item *item = km_array_push(&state->items);

		item->series = km_statement_number(series, 0);
		item->type = km_pool_copy(&state->pool, km_statement_bytes(series, 1));
		item->parent = parent;
		item->total = km_statement_number(series, 3);
		item->name = km_pool_copy(&state->pool, km_statement_bytes(series, 4));
		item->columns = columns_named(recorder, item->type);
		if (item->columns)
			load_properties(properties, state, item);
		km_recorder_state_key(state, item);
	}
	return r;
}

int km_recorder_place(struct km_recorder *recorder, const struct km_recorded_sheet *sheets, size_t len,
		      struct km_err *err)
{
	int r;

	if (recorder->reports.len == len)
		return 0;
	r = km_database_run(recorder->database, "BEGIN IMMEDIATE", err);
	if (r)
		return r;
	for (size_t i = 0; !r && i < len; i++) {
		r = place_report(recorder, sheets[i].report, err);
		if (!r)
			r = place_type(recorder, sheets[i].sheet.type, err);
		if (!r)
			r = load_series(recorder, &recorder->reports.items[i], err);
	}
	if (!r)
		r = km_database_run(recorder->database, "COMMIT", err);
	if (!r)
		return 0;
	km_database_run(recorder->database, "ROLLBACK", NULL);
	km_recorder_drop(recorder);
	return r;
}
