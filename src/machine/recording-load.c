// SPDX-License-Identifier: GPL-2.0-or-later
/* Reads the tables about a recording's contents, as far as they are intact. */
#include <errno.h>
#include "base/text.h"
#include "machine/recording-read.h"
#include "machine/recording-schema.h"

/* The largest number of rows to skip at once after a damaged place: more than a page contains. */
enum { SKIP_MAX = 1 << 20 };

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

static bool take_boot(struct km_recording *recording, struct km_statement *row)
{
	*km_array_push(&recording->boots) = (struct km_recording_boot){
		.id = km_statement_number(row, 0),
		.boot_id = keep(recording, row, 1),
		.release = keep(recording, row, 2),
		.machine = keep(recording, row, 3),
		.page_bytes = (uint64_t)number_or(row, 4, -1),
	};
	return true;
}

/* A boot that the file has lost still counts as another boot. */
static size_t boot_of(struct km_recording *recording, int64_t id)
{
	for (size_t i = 0; i < recording->boots.len; i++)
		if (recording->boots.items[i].id == id)
			return i;
	*km_array_push(&recording->boots) = (struct km_recording_boot){ .id = id, .page_bytes = KM_UNKNOWN };
	return recording->boots.len - 1;
}

static bool take_sample(struct km_recording *recording, struct km_statement *row)
{
	if (km_statement_is_null(row, 1) || km_statement_is_null(row, 2))
		return false;
	*km_array_push(&recording->samples) = (struct km_recording_sample){
		.id = km_statement_number(row, 0),
		.boot = boot_of(recording, km_statement_number(row, 1)),
		.clock = { km_statement_number(row, 2), number_or(row, 3, KM_NO_TIME), number_or(row, 4, KM_NO_TIME) },
		.first = km_statement_number(row, 5),
		.whole = km_statement_number(row, 6),
		.reports = (uint64_t)number_or(row, 7, 0),
	};
	return true;
}

static bool take_report(struct km_recording *recording, struct km_statement *row)
{
	*km_array_push(&recording->tables->reports) =
		(struct km_recording_report){ km_statement_number(row, 0), keep(recording, row, 1) };
	return !km_statement_is_null(row, 1);
}

/* The index of the last sample up to an id; SIZE_MAX if all are later. */
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

static bool take_series(struct km_recording *recording, struct km_statement *row)
{
	const struct km_recording_sample *samples = recording->samples.items;
	const int64_t first = km_statement_number(row, 6), last = number_or(row, 7, INT64_MAX);
	struct km_str report = km_recording_report(recording, km_statement_number(row, 2));

	if (!report.ptr || km_statement_is_null(row, 3) || km_statement_is_null(row, 4))
		return false;
	if (last < samples[0].id || first > samples[recording->samples.len - 1].id)
		return true;
	*km_array_push(&recording->series) = (struct km_recording_series){
		.id = km_statement_number(row, 0),
		.parent = number_or(row, 1, 0),
		.report = report,
		.type = keep(recording, row, 3),
		.name = keep(recording, row, 4),
		.total = km_statement_number(row, 5),
		.first = sample_of(recording, first),
		.last = sample_of(recording, last),
	};
	return true;
}

static bool take_field(struct km_recording *recording, struct km_statement *row)
{
	struct km_recording_field *field;

	if (km_statement_is_null(row, 1) || km_statement_is_null(row, 2))
		return false;
	field = km_array_push(&recording->tables->fields);
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
	return true;
}

/* The rows of a table, sorted by their keys in the first column. False: no recorder writes such a row. */
struct table {
	const char *name, *sql;
	const char *before_sums; /* the same of a version without them; NULL: no difference */
	bool (*take)(struct km_recording *recording, struct km_statement *row);
};

static const struct table moments[] = {
	{ "boot", "SELECT id, boot_id, release, machine, page_bytes FROM boot WHERE id > ?1 ORDER BY id", NULL, take_boot },
	{ "sample", "SELECT id, boot, wall_us, monotonic_us, boottime_us, first, whole, reports FROM sample"
		    " WHERE id > ?1 ORDER BY id",
	  "SELECT id, boot, wall_us, monotonic_us, boottime_us, first, whole, NULL FROM sample WHERE id > ?1 ORDER BY id",
	  take_sample },
	{ 0 }
}, values[] = {
	{ "report", "SELECT id, name FROM report WHERE id > ?1 ORDER BY id", NULL, take_report },
	{ "field", "SELECT id, type, key, kind, number FROM field WHERE id > ?1 ORDER BY id", NULL, take_field },
	{ "series", "SELECT id, parent, report, type, name, total, first, last FROM series WHERE id > ?1 ORDER BY id",
	  NULL, take_series },
	{ 0 }
};

/* How much was read of the tables, to remove a row again. */
struct taken {
	size_t boots, samples, reports, fields, series;
};

static struct taken taken_of(const struct km_recording *recording)
{
	return (struct taken){ recording->boots.len, recording->samples.len, recording->tables->reports.len,
			       recording->tables->fields.len, recording->series.len };
}

static void go_back(struct km_recording *recording, const struct taken *taken)
{
	recording->boots.len = taken->boots;
	recording->samples.len = taken->samples;
	recording->tables->reports.len = taken->reports;
	recording->tables->fields.len = taken->fields;
	recording->series.len = taken->series;
}

/*
 * Takes rows after a key, up to the end (0) or to a damaged place (-EBADMSG). Rows of a lost page have no number, or that
 * of other rows: they are left out. A number that is too large for its place is seen at the row behind it.
 */
static int take_rows(struct km_recording *recording, const struct table *table, struct km_statement *rows, int64_t *key,
		     bool *damaged, struct km_err *err)
{
	struct taken taken = taken_of(recording);
	int64_t before = *key;
	int r;

	km_statement_bind(rows, "i", *key);
	while ((r = km_statement_step(rows, err)) > 0) {
		const int64_t id = km_statement_number(rows, 0);
		const bool follows = id > *key && id > 0, was_ahead = !follows && id > before && id > 0;

		*damaged |= !follows;
		if (!follows && !was_ahead)
			continue;
		if (was_ahead)
			go_back(recording, &taken);
		else
			before = *key;
		taken = taken_of(recording);
		*damaged |= !table->take(recording, rows);
		*key = id;
	}
	return r;
}

/* Continues after damaged places, step by step. -EBADMSG: there were some. */
static int load_table(struct km_recording *recording, const struct table *table, struct km_err *err)
{
	struct km_statement *rows;
	int64_t key = -1, skip = 1, before = -1;
	const char *sql = table->before_sums && !recording->tables->has_sums ? table->before_sums : table->sql;
	bool damaged = false;
	int r = km_database_prepare(recording->database, sql, &rows, err);

	if (r)
		return r;
	while ((r = take_rows(recording, table, rows, &key, &damaged, err)) == -EBADMSG && skip <= SKIP_MAX) {
		damaged = true;
		skip = key > before ? 1 : skip * 2;
		if (key > INT64_MAX - skip)
			break;
		before = key += skip;
	}
	km_statement_close(rows);
	return r && r != -EBADMSG ? r : damaged ? -EBADMSG : 0;
}

/* Leaves out damaged rows, and names their tables. */
static int load_tables(struct km_recording *recording, const struct table *table, struct km_text *damaged, struct km_err *err)
{
	for (; table->name; table++) {
		int r = load_table(recording, table, err);

		if (r == -EBADMSG)
			km_text_printf(damaged, "%s%s", damaged->len ? ", " : "", table->name);
		else if (r)
			return r;
	}
	return 0;
}

static void tell_damage(const struct km_recording *recording, const struct km_text *damaged, struct km_problems *problems)
{
	if (damaged->len)
		km_problem_source(problems, km_str_from(recording->path), KM_DATABASE_RECOVER,
				  "damaged tables: %.*s; %zu samples and %zu rows can be read", KM_STR_ARG(km_text_str(damaged)),
				  recording->samples.len, recording->series.len);
}

/* Captures have only their times, and a recording in another order has no intervals that mean anything. */
static void tell_order(const struct km_recording *recording, struct km_problems *problems)
{
	const struct km_recording_sample *sample = recording->samples.items;
	size_t older = 0;

	for (size_t i = 1; i < recording->samples.len; i++)
		older += sample[i].clock.wall_us < sample[i - 1].clock.wall_us &&
			 sample[i].clock.monotonic_us == KM_NO_TIME;
	if (older)
		km_problem_source(problems, km_str_from(recording->path), "record the captures again, in the order of their times",
				  "samples are not in the order of their times: %zu are older than the one before", older);
}

int km_recording_load(struct km_recording *recording, const struct km_recording_span *span, struct km_problems *problems,
		      struct km_err *err)
{
	KM_TEXT_SCOPE damaged = { 0 };
	int r;

	recording->tables->has_sums = km_recording_version(recording->database) >= KM_RECORDING_SUMS;
	r = load_tables(recording, moments, &damaged, err);

	if (!r && !recording->samples.len)
		r = damaged.len ?
			    km_err_set(err, -EBADMSG, KM_DATABASE_RECOVER, "%s: is damaged: no sample can be read", recording->path) :
			    km_err_set(err, -ENODATA, "`kmeminfo record FILE` adds one each time", "%s: holds no samples yet", recording->path);
	if (!r && problems)
		tell_order(recording, problems);
	if (!r && span)
		r = km_recording_narrow(recording, span, err);
	if (!r)
		r = load_tables(recording, values, &damaged, err);
	if (!r && problems)
		tell_damage(recording, &damaged, problems);
	else if (!r && damaged.len)
		r = km_err_set(err, -EBADMSG, KM_DATABASE_RECOVER, "%s: is damaged", recording->path);
	return r;
}
