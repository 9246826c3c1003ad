// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include "base/checksum.h"
#include "machine/recording-schema.h"

/* "KMEM", the PRAGMA application_id, which file(1) and sqlite3 show. */
#define APPLICATION_ID 0x4b4d454d

/*
 * kmeminfo.1 describes the tables. Samples and their changes are appended, so keys grow with time and the
 * file's pages fill up. A row of changes contains one report of one sample. A row per value would need 12
 * bytes for each value in addition, five times the size of the value.
 */
static const char schema[] =
	"CREATE TABLE boot(id INTEGER PRIMARY KEY, boot_id TEXT, release TEXT, machine TEXT, page_bytes INTEGER);"
	"CREATE TABLE sample(id INTEGER PRIMARY KEY, boot INTEGER NOT NULL REFERENCES boot,"
	" wall_us INTEGER NOT NULL, monotonic_us INTEGER, boottime_us INTEGER,"
	" whole INTEGER NOT NULL, first INTEGER NOT NULL, reports INTEGER);"
	"CREATE TABLE report(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
	"CREATE TABLE field(id INTEGER PRIMARY KEY, type TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL,"
	" number INTEGER, UNIQUE(type, key), UNIQUE(type, number));"
	"CREATE TABLE series(id INTEGER PRIMARY KEY, report INTEGER NOT NULL REFERENCES report,"
	" type TEXT NOT NULL, parent INTEGER REFERENCES series, total INTEGER NOT NULL, name TEXT NOT NULL,"
	" first INTEGER NOT NULL REFERENCES sample, last INTEGER REFERENCES sample);"
	"CREATE TABLE property(series INTEGER NOT NULL REFERENCES series, field INTEGER NOT NULL REFERENCES field,"
	" sample INTEGER NOT NULL REFERENCES sample, value, PRIMARY KEY(series, field, sample)) WITHOUT ROWID;"
	"CREATE TABLE changes(id INTEGER PRIMARY KEY, base INTEGER NOT NULL, packed BLOB NOT NULL,"
	" sample INTEGER AS (id >> 8), report INTEGER AS (id & 255), sum INTEGER);"
	/* the differences of each field: the packed half bytes become JSON arrays, one per series */
	"CREATE VIEW change AS SELECT c.sample, c.base, s.id AS series, f.id AS field,"
	" CASE WHEN f.kind NOT IN ('bytes', 'delta') THEN v.value"
	" WHEN v.value & 1 THEN (v.value - 1) / 2 * 1024 ELSE v.value / 2 END AS difference"
	" FROM changes AS c, json_each('[[' || replace(replace(replace(replace(replace(hex(c.packed),"
	" 'A', ','), 'B', ',-'), 'C', '],['), 'D', ',null'), 'F', '') || ']]') AS g, json_each(g.value) AS v,"
	" series AS s, field AS f WHERE length(c.packed) AND v.key AND s.id = json_extract(g.value, '$[0]')"
	" AND f.type = s.type AND f.number = v.key - 1 AND (v.value IS NOT 0 OR c.sample IN (c.base, s.first));"
	/* the values that changed: sums since the last sample that had all of them */
	"CREATE VIEW value AS SELECT sample, series, field, sum(difference)"
	" OVER (PARTITION BY series, field, base ORDER BY sample) AS value FROM change;"
	"CREATE VIEW reading AS SELECT v.sample, datetime(m.wall_us / 1000000, 'unixepoch') AS time,"
	" r.name AS report, s.name AS name, f.key AS field, v.value AS value FROM value AS v,"
	" sample AS m, series AS s, report AS r, field AS f"
	" WHERE m.id = v.sample AND s.id = v.series AND r.id = s.report AND f.id = v.field;";

/* From version 1 to 2: what shows that values were damaged. */
static const char to_sums[] =
	"BEGIN IMMEDIATE; ALTER TABLE sample ADD COLUMN reports INTEGER; ALTER TABLE changes ADD COLUMN sum INTEGER;"
	" PRAGMA user_version = 2; COMMIT";

/*
 * From version 2 to 3: what shows that anything was damaged. It writes the file again: without room for that, or for
 * SQLite's temporary file, it stays as it is, and takes samples.
 */
static int to_pages(struct km_database *database, struct km_err *err)
{
	int r = km_database_check_pages(database, err);

	if (!r)
		r = km_database_run(database, "PRAGMA user_version = 3", err);
	return r == -EBADMSG ? r : 0;
}

int64_t km_recording_sum(int64_t id, int64_t base, struct km_str packed)
{
	return (km_crc32(0, packed) ^ (uint64_t)id ^ (uint64_t)base) & 0xffffff;
}

int64_t km_recording_version(struct km_database *database)
{
	return km_database_number(database, "PRAGMA user_version", -1);
}

static int check(struct km_database *database, const char *path, struct km_err *err)
{
	int64_t version = km_recording_version(database);

	if (km_database_number(database, "PRAGMA application_id", 0) != APPLICATION_ID)
		return km_err_set(err, -EINVAL, "`kmeminfo record FILE` makes one",
				  "%s: is a database, but not a recording", path);
	if (version < 1 || version > KM_RECORDING_VERSION)
		return km_err_set(err, -EPROTO, "use the kmeminfo that wrote it, or a newer one",
				  "%s: is a recording of version %lld; this kmeminfo reads up to %d", path,
				  (long long)version, KM_RECORDING_VERSION);
	return 0;
}

int km_recording_check(struct km_database *database, const char *path, struct km_err *err)
{
	if (!km_database_number(database, "SELECT count(*) FROM sqlite_master", 0))
		return km_err_set(err, -ENODATA, "`kmeminfo record FILE` adds one each time; a copy of a file that is recorded to needs "
				  "FILE-wal beside it", "%s: holds no samples yet", path);
	return check(database, path, err);
}

/* One transaction, so that an interruption leaves an empty file. */
static int create(struct km_database *database, struct km_err *err)
{
	char mark[128];
	int r = km_database_run(database, "BEGIN IMMEDIATE", err);

	snprintf(mark, sizeof(mark), "PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT", APPLICATION_ID,
		 KM_RECORDING_VERSION);
	if (!r)
		r = km_database_run(database, schema, err);
	return r ? r : km_database_run(database, mark, err);
}

int km_recording_prepare(struct km_database *database, const char *path, struct km_err *err)
{
	int r;

	if (!km_database_number(database, "SELECT count(*) FROM sqlite_master", 0) &&
	    !km_database_number(database, "PRAGMA application_id", 0))
		return create(database, err);
	r = check(database, path, err);
	if (!r && km_recording_version(database) < KM_RECORDING_SUMS)
		r = km_database_run(database, to_sums, err);
	if (!r && km_recording_version(database) < KM_RECORDING_PAGES)
		r = to_pages(database, err);
	return r;
}
