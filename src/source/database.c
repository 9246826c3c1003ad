// SPDX-License-Identifier: GPL-2.0-or-later
#include "config.h"
#if HAVE_SQLITE
#include <errno.h>
#include "base/cleanup.h"
#include "source/database-sqlite.h"
#include "source/database-sums.h"

KM_LIBRARY_LOADER(km_sqlite, "libsqlite3.so.0", "recordings", "recommended",
		  "recordings are written and read", "install SQLite to record", KM_SQLITE_FUNCTIONS)

/* The longest wait of a reader for a writer, and of a writer for a reader. */
enum { BUSY_MS = 10000 };

/* The largest value of a row. The figures of a report of 100,000 cgroups are a tenth of it. */
enum { VALUE_BYTES = 64 << 20 };

/* SQLite's codes as errno, so that callers do not depend on SQLite. */
static int code_of(struct km_database *database)
{
	int system = database->library.sqlite3_system_errno(database->handle);

	switch (database->library.sqlite3_extended_errcode(database->handle) & 0xff) {
	case SQLITE_CORRUPT:
	case SQLITE_ERROR: /* no such table: the statements are fixed */
	case SQLITE_NOTADB:
	case SQLITE_TOOBIG:
		return -EBADMSG;
	case SQLITE_AUTH:
		return -EPERM;
	case SQLITE_FULL:
		return -ENOSPC;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return -EBUSY;
	case SQLITE_CANTOPEN:
		return system ? -system : -EACCES;
	case SQLITE_READONLY:
		return -EROFS;
	default:
		return system ? -system : -EIO;
	}
}

int km_database_fail(struct km_database *database, struct km_err *err)
{
	const int result = database->library.sqlite3_extended_errcode(database->handle) & 0xff;
	int code = code_of(database);
	const char *why = database->library.sqlite3_errmsg(database->handle);

	if (result == SQLITE_NOTADB)
		return km_err_set(err, code, "`kmeminfo record FILE` makes one", "%s: is not a recording",
				  database->path);
	if (result == SQLITE_AUTH)
		return km_err_set(err, code, NULL, "%s: has a view or a trigger in place of a table", database->path);
	if (result == SQLITE_TOOBIG)
		return km_err_set(err, code, NULL, "%s: has a value of more than %d MiB", database->path, VALUE_BYTES >> 20);
	if (code == -EBADMSG)
		return km_err_set(err, code, KM_DATABASE_RECOVER,
				  "%s: is damaged: %s", database->path, why);
	return km_err_set(err, code, NULL, "%s: %s", database->path,
			  code == -EIO || code == -EBUSY ? why : strerror(-code));
}

void km_database_close(struct km_database *database)
{
	struct km_statement **statement;

	if (!database)
		return;
	km_array_each(statement, &database->statements) {
		database->library.sqlite3_finalize((*statement)->handle);
		free(*statement);
	}
	km_array_deinit(&database->statements);
	if (database->handle)
		database->library.sqlite3_close_v2(database->handle);
	km_database_sums_free(database->sums);
	km_cleanup_fd(&database->lock_fd);
	km_text_deinit(&database->name);
	free(database);
}

int km_database_new(struct km_database **ret, const char *path, struct km_err *err)
{
	struct km_database *database = km_realloc(NULL, 1, sizeof(*database));
	int r;

	*database = (struct km_database){ .path = path, .lock_fd = -1 };
	km_text_printf(&database->name, "%s%s%c", *path == ':' ? "./" : "", path, '\0');
	r = km_sqlite_load(&database->library, err);
	if (r) {
		km_database_close(database);
		return r;
	}
	database->sums = km_database_sums_new(&database->library);
	*ret = database;
	return 0;
}

/* Files from strangers contain data only: no functions with side effects, no memory maps. */
static const char safe[] = "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0";

/*
 * Rows come from tables alone. A stranger's view or trigger could run for ever, or do anything that SQL can. cause: the
 * view or trigger that a statement would use.
 */
static int authorize(void *data, int action, const char *first, const char *second, const char *database, const char *cause)
{
	(void)data;
	(void)first;
	(void)second;
	(void)database;
	return cause || action == SQLITE_RECURSIVE ? SQLITE_DENY : SQLITE_OK;
}

int km_database_open_file(struct km_database *database, const char *name, int flags, struct km_err *err)
{
	int r = database->library.sqlite3_open_v2(name, &database->handle, flags,
						    km_database_sums_name(database->sums));

	if (!database->handle)
		km_out_of_memory();
	if (r != SQLITE_OK)
		return km_database_fail(database, err);
	database->library.sqlite3_busy_timeout(database->handle, BUSY_MS);
	database->library.sqlite3_limit(database->handle, SQLITE_LIMIT_LENGTH, VALUE_BYTES);
	database->library.sqlite3_set_authorizer(database->handle, authorize, NULL);
	return km_database_run(database, safe, err);
}

int km_database_run(struct km_database *database, const char *sql, struct km_err *err)
{
	if (database->library.sqlite3_exec(database->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
		return 0;
	return km_database_fail(database, err);
}

int km_database_prepare(struct km_database *database, const char *sql, struct km_statement **ret,
			struct km_err *err)
{
	sqlite3_stmt *handle = NULL;
	struct km_statement *statement;

	if (database->library.sqlite3_prepare_v2(database->handle, sql, -1, &handle, NULL) != SQLITE_OK)
		return km_database_fail(database, err);
	statement = km_realloc(NULL, 1, sizeof(*statement));
	*statement = (struct km_statement){ database, handle };
	*km_array_push(&database->statements) = statement;
	*ret = statement;
	return 0;
}

int64_t km_database_last_key(struct km_database *database)
{
	return database->library.sqlite3_last_insert_rowid(database->handle);
}

int64_t km_database_number(struct km_database *database, const char *sql, int64_t otherwise)
{
	const struct km_sqlite *library = &database->library;
	sqlite3_stmt *handle = NULL;

	if (library->sqlite3_prepare_v2(database->handle, sql, -1, &handle, NULL) == SQLITE_OK &&
	    library->sqlite3_step(handle) == SQLITE_ROW && library->sqlite3_column_type(handle, 0) != SQLITE_NULL)
		otherwise = library->sqlite3_column_int64(handle, 0);
	library->sqlite3_finalize(handle);
	return otherwise;
}

#endif
