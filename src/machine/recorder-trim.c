// SPDX-License-Identifier: GPL-2.0-or-later
/* Removes the oldest samples, and frees their pages. */
#include "base/text.h"
#include "machine/recorder-tables.h"
#include "machine/recording-schema.h"

/* The size without freed pages: the file shrinks to this. */
static uint64_t used_bytes(struct km_database *database)
{
	return (uint64_t)((km_database_number(database, "PRAGMA page_count", 0) -
			   km_database_number(database, "PRAGMA freelist_count", 0)) *
			  km_database_number(database, "PRAGMA page_size", 0));
}

/* Removes everything before a sample that has all values. */
static int drop_before(struct km_database *database, int64_t sample, struct km_err *err)
{
	const long long first = sample;
	KM_TEXT_SCOPE text = { 0 };

	km_text_printf(&text, "BEGIN IMMEDIATE; DELETE FROM changes WHERE id < %lld;", first * KM_REPORTS_MAX);
	km_text_printf(&text, "DELETE FROM property WHERE series IN (SELECT id FROM series WHERE last < %lld);", first);
	km_text_printf(&text, "DELETE FROM property WHERE sample < %lld AND EXISTS (SELECT 1 FROM property AS later"
			      " WHERE later.series = property.series AND later.field = property.field"
			      " AND later.sample > property.sample AND later.sample <= %lld);", first, first);
	km_text_printf(&text, "DELETE FROM series WHERE last < %lld; DELETE FROM sample WHERE id < %lld;", first, first);
	km_text_printf(&text, "DELETE FROM boot WHERE id NOT IN (SELECT boot FROM sample); COMMIT;"
			      " PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)%c", '\0');
	return km_database_run(database, text.ptr, err);
}

/* The first sample to keep so that no sample is too old; 0 if nothing must be removed. */
static int64_t first_young(struct km_database *database, int64_t us)
{
	KM_TEXT_SCOPE text = { 0 };

	km_text_printf(&text, "SELECT max(id) FROM sample WHERE whole AND wall_us <="
			      " (SELECT wall_us FROM sample ORDER BY id DESC LIMIT 1) - %lld%c", (long long)us, '\0');
	return km_database_number(database, text.ptr, 0);
}

/* The second sample with all values, so that everything before it can be removed; 0 if there is none. */
static int64_t second_whole(struct km_database *database)
{
	return km_database_number(database, "SELECT id FROM sample WHERE whole ORDER BY id LIMIT 1 OFFSET 1", 0);
}

int km_recorder_trim(struct km_recorder *recorder, const struct km_keep *keep, struct km_err *err)
{
	struct km_database *database = recorder->database;
	int64_t oldest = km_database_number(database, "SELECT min(id) FROM sample", 0);
	int64_t first = keep->us ? first_young(database, keep->us) : 0;
	int r = first > oldest ? drop_before(database, first, err) : 0;

	while (!r && keep->bytes && used_bytes(database) > keep->bytes) {
		first = second_whole(database);
		if (!first)
			break;
		r = drop_before(database, first, err);
	}
	if (r)
		km_database_run(database, "ROLLBACK", NULL);
	return r;
}
