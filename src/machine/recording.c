// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include "base/num.h"
#include "machine/recording-read.h"
#include "machine/recording-rows.h"
#include "machine/recording-schema.h"
#include "parse/changes.h"

static struct km_str keep(struct km_recording *recording, struct km_statement *row, int column)
{
	if (km_statement_is_null(row, column))
		return (struct km_str){ 0 };
	return km_pool_copy(&recording->pool, km_statement_bytes(row, column));
}

static int64_t number_or(struct km_statement *row, int column, int64_t otherwise)
{
	return km_statement_is_null(row, column) ? otherwise : km_statement_number(row, column);
}

static void take_boot(struct km_recording *recording, struct km_statement *row)
{
	*km_array_push(&recording->boots) = (struct km_recording_boot){
		.id = km_statement_number(row, 0),
		.boot_id = keep(recording, row, 1),
		.release = keep(recording, row, 2),
		.machine = keep(recording, row, 3),
		.page_bytes = (uint64_t)number_or(row, 4, -1),
	};
}

static size_t boot_of(const struct km_recording *recording, int64_t id)
{
	for (size_t i = 0; i < recording->boots.len; i++)
		if (recording->boots.items[i].id == id)
			return i;
	return 0;
}

static void take_sample(struct km_recording *recording, struct km_statement *row)
{
	*km_array_push(&recording->samples) = (struct km_recording_sample){
		.id = km_statement_number(row, 0),
		.boot = boot_of(recording, km_statement_number(row, 1)),
		.clock = { km_statement_number(row, 2), number_or(row, 3, KM_NO_TIME), number_or(row, 4, KM_NO_TIME) },
		.first = km_statement_number(row, 5),
	};
}

/* The last sample up to an id; SIZE_MAX: all are later. */
static size_t sample_of(const struct km_recording *recording, int64_t id)
{
	size_t low = 0, high = recording->samples.len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (recording->samples.items[middle].id <= id)
			low = middle + 1;
		else
			high = middle;
	}
	return low - 1;
}

static void take_series(struct km_recording *recording, struct km_statement *row)
{
	const struct km_recording_sample *samples = recording->samples.items;

	if (number_or(row, 7, INT64_MAX) < samples[0].id ||
	    km_statement_number(row, 6) > samples[recording->samples.len - 1].id)
		return;
	*km_array_push(&recording->series) = (struct km_recording_series){
		.id = km_statement_number(row, 0),
		.parent = number_or(row, 1, 0),
		.report = keep(recording, row, 2),
		.type = keep(recording, row, 3),
		.name = keep(recording, row, 4),
		.total = km_statement_number(row, 5),
		.first = sample_of(recording, km_statement_number(row, 6)),
		.last = sample_of(recording, number_or(row, 7, INT64_MAX)),
	};
}

static void take_field(struct km_recording *recording, struct km_statement *row)
{
	struct km_recording_field *field = km_array_push(&recording->tables->fields);

	*field = (struct km_recording_field){
		.id = km_statement_number(row, 0),
		.type = keep(recording, row, 1),
		.key = keep(recording, row, 2),
		.is_size = km_str_eq(km_statement_bytes(row, 3), KM_STR("bytes")) ||
			   km_str_eq(km_statement_bytes(row, 3), KM_STR("delta")),
		.number = number_or(row, 4, -1),
	};
	if (field->number >= KM_RECORDING_VALUES_MAX)
		field->number = -1;
}

struct table {
	const char *name, *sql;
	void (*take)(struct km_recording *recording, struct km_statement *row);
};

static const struct table moments[] = {
	{ "boot", "SELECT id, boot_id, release, machine, page_bytes FROM boot ORDER BY id", take_boot },
	{ "sample", "SELECT id, boot, wall_us, monotonic_us, boottime_us, first FROM sample ORDER BY id", take_sample },
	{ 0 }
}, values[] = {
	{ "field", "SELECT id, type, key, kind, number FROM field ORDER BY id", take_field },
	{ "series", "SELECT s.id, s.parent, r.name, s.type, s.name, s.total, s.first, s.last FROM series AS s"
		    " JOIN report AS r ON r.id = s.report ORDER BY s.id", take_series },
	{ 0 }
};

static int load_table(struct km_recording *recording, const struct table *table, struct km_err *err)
{
	struct km_statement *rows;
	int r = km_database_prepare(recording->database, table->sql, &rows, err);

	if (r)
		return r;
	while ((r = km_statement_step(rows, err)) > 0)
		table->take(recording, rows);
	return r;
}

/* Data before a damaged page is kept. */
static int load_tables(struct km_recording *recording, const struct table *table, struct km_problems *problems,
		       struct km_err *err)
{
	for (; table->name; table++) {
		int r = load_table(recording, table, err);

		if (r == -EBADMSG && problems)
			km_problem_source(problems, km_str_from(recording->path), *err->hint ? err->hint : NULL,
					  "the table %s is damaged; %zu samples and %zu series can be read",
					  table->name, recording->samples.len, recording->series.len);
		if (r && (r != -EBADMSG || !problems))
			return r;
	}
	return 0;
}

static int load(struct km_recording *recording, const struct km_recording_span *span, struct km_problems *problems,
		struct km_err *err)
{
	int r = load_tables(recording, moments, problems, err);

	if (!r && !recording->samples.len)
		r = km_err_set(err, -ENODATA, NULL, "%s: holds no samples yet", recording->path);
	if (!r && span)
		r = km_recording_narrow(recording, span, err);
	return r ? r : load_tables(recording, values, problems, err);
}

int km_recording_open(struct km_recording *recording, const char *path, const struct km_recording_span *span,
		      struct km_problems *problems, struct km_err *err)
{
	bool missing = false;
	int r;

	*recording = (struct km_recording){ .path = path };
	recording->tables = km_pool_alloc(&recording->pool, 1, sizeof(*recording->tables));
	r = km_database_open_reader(&recording->database, path, &missing, err);
	if (!r)
		r = km_recording_check(recording->database, path, err);
	/*
	 * a transaction: everything that is read is from one moment, even if a recorder adds samples meanwhile
	 */
	if (!r)
		r = km_database_run(recording->database, "BEGIN", err);
	if (!r && missing && problems)
		km_problem_source(problems, km_str_from(path), "copy both files to where files can be written",
				  "the last samples are in %s-wal, which cannot be read here", path);
	if (!r)
		r = load(recording, span, problems, err);
	if (r)
		km_recording_close(recording);
	return r;
}

void km_recording_close(struct km_recording *recording)
{
	if (recording->tables)
		km_array_deinit(&recording->tables->fields);
	km_array_deinit(&recording->boots);
	km_array_deinit(&recording->samples);
	km_array_deinit(&recording->series);
	km_database_close(recording->database);
	km_pool_deinit(&recording->pool);
	*recording = (struct km_recording){ .path = NULL };
}

size_t km_recording_number(const struct km_recording *recording, struct km_str type, const char *key)
{
	const struct km_recording_field *field;

	km_array_each(field, &recording->tables->fields)
		if (km_str_eq(field->type, type) && km_str_eq(field->key, km_str_from(key)))
			return field->number < 0 ? SIZE_MAX : (size_t)field->number;
	return SIZE_MAX;
}
