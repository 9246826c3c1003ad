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

static const struct table {
	const char *name, *sql;
	void (*take)(struct km_recording *recording, struct km_statement *row);
} tables[] = {
	{ "boot", "SELECT id, boot_id, release, machine, page_bytes FROM boot ORDER BY id", take_boot },
	{ "sample", "SELECT id, boot, wall_us, monotonic_us, boottime_us, first FROM sample ORDER BY id", take_sample },
	{ "field", "SELECT id, type, key, kind, number FROM field ORDER BY id", take_field },
	{ "series", "SELECT s.id, s.parent, r.name, s.type, s.name, s.total, s.first, s.last FROM series AS s"
		    " JOIN report AS r ON r.id = s.report ORDER BY s.id", take_series },
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

/* Data before a damaged page is kept, if it contains a sample. */
static int load_tables(struct km_recording *recording, struct km_problems *problems, struct km_err *err)
{
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		int r = load_table(recording, &tables[i], err);

		if (r == -EBADMSG && problems)
			km_problem_source(problems, km_str_from(recording->path), *err->hint ? err->hint : NULL,
					  "the table %s is damaged; %zu samples and %zu series can be read",
					  tables[i].name, recording->samples.len, recording->series.len);
		if (r && (r != -EBADMSG || !problems))
			return r;
	}
	if (recording->samples.len)
		return 0;
	return km_err_set(err, -ENODATA, NULL, "%s: holds no samples yet", recording->path);
}

int km_recording_open(struct km_recording *recording, const char *path, struct km_problems *problems,
		      struct km_err *err)
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
		r = load_tables(recording, problems, err);
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

/* The clock may have been set back: the last of the samples that is not later counts. */
size_t km_recording_at(const struct km_recording *recording, int64_t wall_us)
{
	size_t i = recording->samples.len;

	while (i && recording->samples.items[i - 1].clock.wall_us > wall_us)
		i--;
	return i - 1;
}

int km_recording_find(const struct km_recording *recording, const char *text, size_t otherwise, size_t *ret,
		      struct km_err *err)
{
	const struct km_recording_sample *samples = recording->samples.items;
	char first[KM_CLOCK_SIZE];
	int64_t wall_us;

	*ret = otherwise;
	if (!text)
		return 0;
	if (km_clock_parse(km_str_from(text), samples[recording->samples.len - 1].clock.wall_us, &wall_us))
		return km_err_set(err, -EINVAL, "write a time such as 2026-11-28T10:00:00Z, 10:00 or -1h", "'%s' is not a time", text);
	*ret = km_recording_at(recording, wall_us);
	if (*ret == SIZE_MAX)
		return km_err_set(err, -EINVAL, NULL, "%s begins later than %s, at %s", recording->path, text,
				  km_clock_text(first, samples[0].clock.wall_us));
	return 0;
}

size_t km_recording_number(const struct km_recording *recording, struct km_str type, const char *key)
{
	const struct km_recording_field *field;

	km_array_each(field, &recording->tables->fields)
		if (km_str_eq(field->type, type) && km_str_eq(field->key, km_str_from(key)))
			return field->number < 0 ? SIZE_MAX : (size_t)field->number;
	return SIZE_MAX;
}
