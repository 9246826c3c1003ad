// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the tables of a recording hold, one row per line ("series 3|1|slab|~|0|dentry|1|~"): ~ is null, #0a1b bytes. SQLite is
 * assumed to read its own files; every value in them may be wrong. The tables are filled again for each input, in one file.
 * Checksums are computed for each input: with a wrong one, its values would not be read.
 */
#include "config.h"
#include "fuzz.h"
#if HAVE_SQLITE
#include <dlfcn.h>
#include <limits.h>
#include <unistd.h>
#include "formats.h"
#include "machine/recorder.h"
#include "machine/recording-schema.h"
#include "machine/recording.h"
#include "report/moment-recording.h"
#include "report/options.h"
#include "source/database-sqlite.h"

enum { ROWS_MAX = 500, VALUES_MAX = 8, CELL_MAX = 4096 };

static const struct {
	const char *name, *empty, *insert;
	int columns;
} tables[] = {
	{ "boot ", "DELETE FROM boot", "INSERT OR REPLACE INTO boot VALUES(?,?,?,?,?)", 5 },
	{ "sample ", "DELETE FROM sample", "INSERT OR REPLACE INTO sample VALUES(?,?,?,?,?,?,?,?)", 8 },
	{ "report ", "DELETE FROM report", "INSERT OR REPLACE INTO report VALUES(?,?)", 2 },
	{ "field ", "DELETE FROM field", "INSERT OR REPLACE INTO field VALUES(?,?,?,?,?)", 5 },
	{ "series ", "DELETE FROM series", "INSERT OR REPLACE INTO series VALUES(?,?,?,?,?,?,?,?)", 8 },
	{ "property ", "DELETE FROM property", "INSERT OR REPLACE INTO property VALUES(?,?,?,?)", 4 },
	{ "changes ", "DELETE FROM changes", "INSERT OR REPLACE INTO changes(id, base, packed, sum) VALUES(?,?,?,?)", 3 },
};

enum { TABLES = sizeof(tables) / sizeof(*tables), CHANGES = TABLES - 1 };

static struct {
	char path[PATH_MAX];
	struct km_database *database;
	struct km_statement *insert[TABLES], *empty[TABLES];
} file;

static void remove_file(void)
{
	unlink(file.path);
}

static void run(const char *sql)
{
	struct km_err err = { 0 };

	if (km_database_run(file.database, sql, &err))
		fprintf(stderr, "%s: %s\n", sql, err.what);
}

/* Locks and counters of memory take much of the time, and nothing looks at them. */
static void hurry(void)
{
	void *library = dlopen("libsqlite3.so.0", RTLD_NOW);
	int (*config)(int option, ...) = (int (*)(int, ...))dlsym(library, "sqlite3_config");

	fuzz_expect(library && config && !config(SQLITE_CONFIG_SINGLETHREAD) && !config(SQLITE_CONFIG_MEMSTATUS, 0));
}

/* The tables as a recorder makes them. */
static void open_file(void)
{
	const char *folder = getenv("TMPDIR");
	struct km_recorder *recorder = NULL;
	int fd;

	if (file.database)
		return;
	hurry();
	snprintf(file.path, sizeof(file.path), "%s/kmeminfo-fuzz-XXXXXX", folder ? folder : "/tmp");
	fd = mkstemp(file.path);
	fuzz_expect(fd >= 0 && !atexit(remove_file));
	close(fd);
	fuzz_expect(!km_recorder_open(&recorder, file.path, NULL));
	km_recorder_close(recorder);
	fuzz_expect(!km_database_new(&file.database, file.path, NULL));
	fuzz_expect(!km_database_open_file(file.database, file.path, SQLITE_OPEN_READWRITE, NULL));
	run("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF");
	for (size_t i = 0; i < TABLES; i++) {
		fuzz_expect(!km_database_prepare(file.database, tables[i].insert, &file.insert[i], NULL));
		fuzz_expect(!km_database_prepare(file.database, tables[i].empty, &file.empty[i], NULL));
	}
}

static int digit_of(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0;
}

static int64_t number_in(struct km_str text)
{
	uint64_t number = 0;

	return km_str_to_u64(text, &number) ? 0 : (int64_t)number;
}

/* What stands after a # in hexadecimal digits. */
static struct km_str bytes_in(struct fuzz *fuzz, struct km_str text)
{
	char *bytes = km_pool_alloc(&fuzz->pool, text.len / 2 + 1, 1);

	for (size_t i = 0; i + 1 < text.len; i += 2)
		bytes[i / 2] = (char)(digit_of(text.ptr[i]) << 4 | digit_of(text.ptr[i + 1]));
	return (struct km_str){ bytes, text.len / 2 };
}

static void bind(struct fuzz *fuzz, struct km_statement *statement, int column, struct km_str text)
{
	const struct km_sqlite *library = &file.database->library;
	struct km_str bytes;

	if (km_str_eq(text, KM_STR("~"))) {
		library->sqlite3_bind_null(statement->handle, column);
	} else if (km_str_take_prefix(&text, KM_STR("#"))) {
		bytes = bytes_in(fuzz, text);
		library->sqlite3_bind_blob(statement->handle, column, bytes.ptr, (int)bytes.len, SQLITE_STATIC);
	} else {
		library->sqlite3_bind_text(statement->handle, column, text.ptr, (int)(text.len < CELL_MAX ? text.len : CELL_MAX),
					   SQLITE_STATIC);
	}
}

static void bind_sum(struct fuzz *fuzz, struct km_statement *statement, struct km_str line)
{
	struct km_str id = { 0 }, base = { 0 };

	km_str_take_until(&line, '|', &id);
	km_str_take_until(&line, '|', &base);
	km_str_take_prefix(&line, KM_STR("#"));
	file.database->library.sqlite3_bind_int64(statement->handle, 4,
						  km_recording_sum(number_in(id), number_in(base), bytes_in(fuzz, line)));
}

static void execute(struct km_statement *statement)
{
	const struct km_sqlite *library = &file.database->library;

	library->sqlite3_step(statement->handle);
	library->sqlite3_reset(statement->handle);
}

static void add_row(struct fuzz *fuzz, struct km_statement *statement, int columns, struct km_str line)
{
	struct km_str value;

	if (statement == file.insert[CHANGES])
		bind_sum(fuzz, statement, line);
	for (int column = 1; column <= columns; column++) {
		if (!km_str_take_until(&line, '|', &value)) {
			value = line;
			line = (struct km_str){ 0 };
		}
		bind(fuzz, statement, column, value);
	}
	execute(statement);
}

static void fill(struct fuzz *fuzz)
{
	struct km_str rest = fuzz->text, line;

	run("BEGIN");
	for (size_t i = 0; i < TABLES; i++)
		execute(file.empty[i]);
	for (size_t rows = 0; rows < ROWS_MAX && km_str_take_line(&rest, &line); rows++)
		for (size_t i = 0; i < TABLES; i++)
			if (km_str_take_prefix(&line, km_str_from(tables[i].name)))
				add_row(fuzz, file.insert[i], tables[i].columns, line);
	run("COMMIT");
}

static void render(struct fuzz *fuzz, struct km_problems *problems, struct km_host *host, struct km_sheet sheet)
{
	const struct km_view_options options = { .top = KM_UNKNOWN, .all_columns = true };
	struct km_document document = { .pool = &fuzz->pool, .host = host, .problems = problems };

	/* totals are as the file has them: they need not be the sums */
	sheet.totals = NULL;
	fuzz_check_figures(&sheet);
	km_document_add(&document, "rows", KM_SHAPE_SHEET, sheet, &options, NULL);
	fuzz_render(&document, &fuzz_formats[fuzz->turn % FUZZ_FORMATS], false);
	km_document_deinit(&document);
}

/* As diff and top show it. */
static void check_moment(struct fuzz *fuzz, struct km_recording *recording, struct km_problems *problems)
{
	struct km_moment moment;
	struct km_err err = { 0 };

	if (km_moment_of_recording(recording, fuzz->turn % recording->samples.len, NULL, &fuzz->pool, problems, &moment, &err)) {
		fuzz_expect(*err.what);
		return;
	}
	for (size_t i = 0; i < KM_REPORT_COUNT; i++)
		if (moment.sheets[i].sheet.len)
			render(fuzz, problems, (struct km_host *)(uintptr_t)moment.host, moment.sheets[i].sheet);
}

static void check_trend(struct fuzz *fuzz, struct km_recording *recording, struct km_problems *problems)
{
	const struct km_trend_options options = { .recording = recording };
	const struct km_query query = { .need = KM_REQUIRED, .options = &options };
	struct km_machine machine = { .source = NULL };
	struct km_sheet sheet = { 0 };
	struct km_err err = { 0 };

	km_recording_host(recording, recording->samples.len - 1, &machine.pool, &machine.host);
	if (km_report_trend.derive(&machine, &query, &sheet, &err))
		fuzz_expect(*err.what);
	else
		render(fuzz, problems, &machine.host, sheet);
	km_machine_deinit(&machine);
}

static void check_history(struct fuzz *fuzz, struct km_recording *recording)
{
	const struct km_recording_series *series;
	struct km_recording_values values;
	struct km_err err = { 0 };

	if (!recording->series.len)
		return;
	series = &recording->series.items[fuzz->turn % recording->series.len];
	if (km_recording_history(recording, series, "size_bytes", 0, recording->samples.len - 1, &fuzz->pool, &values, &err))
		fuzz_expect(*err.what);
	else
		for (size_t i = 0; i < values.len; i++)
			fuzz_expect(values.items[i].sample < recording->samples.len);
}

void fuzz_one(struct fuzz *fuzz)
{
	struct km_problems problems = { 0 };
	struct km_recording recording;
	struct km_err err = { 0 };

	open_file();
	fill(fuzz);
	if (km_recording_open(&recording, file.path, NULL, &problems, &err)) {
		fuzz_expect(*err.what);
	} else {
		check_moment(fuzz, &recording, &problems);
		check_trend(fuzz, &recording, &problems);
		check_history(fuzz, &recording);
		km_recording_close(&recording);
	}
	km_problems_deinit(&problems);
}
#else
void fuzz_one(struct fuzz *fuzz)
{
	(void)fuzz;
}
#endif
