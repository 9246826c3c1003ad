// SPDX-License-Identifier: GPL-2.0-or-later
#include "config.h"
#include <errno.h>
#include <stdarg.h>
#include "source/database.h"

#if HAVE_SQLITE
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/array.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "source/library.h"

#define FUNCTIONS(need)                                                                            \
	need(sqlite3_open_v2) need(sqlite3_close_v2) need(sqlite3_exec) need(sqlite3_prepare_v2)   \
	need(sqlite3_step) need(sqlite3_reset) need(sqlite3_finalize) need(sqlite3_bind_int64)     \
	need(sqlite3_bind_text) need(sqlite3_bind_blob) need(sqlite3_bind_null)                    \
	need(sqlite3_column_int64) need(sqlite3_column_blob) need(sqlite3_column_bytes)            \
	need(sqlite3_column_type) need(sqlite3_errmsg) need(sqlite3_extended_errcode)              \
	need(sqlite3_last_insert_rowid) need(sqlite3_busy_timeout) need(sqlite3_system_errno)

KM_LIBRARY_STRUCT(sqlite, FUNCTIONS);
KM_LIBRARY_LOADER(sqlite, "libsqlite3.so.0", "recordings", "recommended",
		  "recordings are written and read", "install SQLite to record", FUNCTIONS)

/* A reader waits that long for a writer that is at work, and a writer for a reader. */
enum { BUSY_MS = 10000 };

/* SQLite locks bytes from 1 GiB on; this one is far behind them (sqlite.org/src: os.h PENDING_BYTE). */
#define WRITER_LOCK INT64_C(0x7fffffff00000000)

struct km_statement {
	struct km_database *database;
	sqlite3_stmt *handle;
};

struct km_database {
	struct sqlite library;
	sqlite3 *handle;
	const char *path;
	struct km_text name; /* for SQLite, to which ":memory:" would be no file */
	int lock_fd; /* of the writer; it must stay open: closing drops SQLite's own locks */
	KM_ARRAY(struct km_statement *) statements;
};

/* SQLite's codes as errno, so that callers need not know them. */
static int code_of(struct km_database *database)
{
	int system = database->library.sqlite3_system_errno(database->handle);

	switch (database->library.sqlite3_extended_errcode(database->handle) & 0xff) {
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return -EBADMSG;
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

static int fail(struct km_database *database, struct km_err *err)
{
	int code = code_of(database);
	const char *why = database->library.sqlite3_errmsg(database->handle);

	if (code == -EBADMSG &&
	    (database->library.sqlite3_extended_errcode(database->handle) & 0xff) == SQLITE_NOTADB)
		return km_err_set(err, code, "`kmeminfo record FILE` makes one", "%s: is not a recording",
				  database->path);
	if (code == -EBADMSG)
		return km_err_set(err, code, "`sqlite3 FILE .recover` saves what is left",
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
	km_cleanup_fd(&database->lock_fd);
	km_text_deinit(&database->name);
	free(database);
}

static int load(struct km_database **ret, const char *path, struct km_err *err)
{
	struct km_database *database = km_realloc(NULL, 1, sizeof(*database));
	int r;

	*database = (struct km_database){ .path = path, .lock_fd = -1 };
	km_text_printf(&database->name, "%s%s%c", *path == ':' ? "./" : "", path, '\0');
	r = sqlite_load(&database->library, err);
	if (r) {
		km_database_close(database);
		return r;
	}
	*ret = database;
	return 0;
}

/* What a file of strangers may do in it is read: no functions with side effects, no maps. */
static const char safe[] = "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0";

static int open_handle(struct km_database *database, const char *name, int flags, struct km_err *err)
{
	int r = database->library.sqlite3_open_v2(name, &database->handle, flags, NULL);

	if (!database->handle)
		km_out_of_memory();
	if (r != SQLITE_OK)
		return fail(database, err);
	database->library.sqlite3_busy_timeout(database->handle, BUSY_MS);
	return km_database_run(database, safe, err);
}

static int check_regular(int fd, const char *path, struct km_err *err)
{
	struct stat stat;

	if (fd < 0 || fstat(fd, &stat))
		return km_err_set(err, -errno, NULL, "%s: %s", path, strerror(errno));
	if (S_ISDIR(stat.st_mode))
		return km_err_set(err, -EISDIR, NULL, "%s: %s", path, strerror(EISDIR));
	if (!S_ISREG(stat.st_mode))
		return km_err_set(err, -EINVAL, NULL, "%s: is not a regular file", path);
	return 0;
}

static int lock_writer(struct km_database *database, const char *path, struct km_err *err)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = WRITER_LOCK, .l_len = 1 };
	int r;

	database->lock_fd = open(path, O_RDWR | O_CREAT | O_NOCTTY | O_NONBLOCK | O_CLOEXEC, 0600);
	r = check_regular(database->lock_fd, path, err);
	if (r)
		return r;
	if (!fcntl(database->lock_fd, F_OFD_SETLK, &lock))
		return 0;
	if (errno == EAGAIN || errno == EACCES)
		return km_err_set(err, -EBUSY, "one file takes one recorder: name another file, or end the other one",
				  "%s: another kmeminfo records to this file", path);
	return km_err_set(err, -errno, NULL, "%s: cannot be locked: %s", path, strerror(errno));
}

int km_database_open_writer(struct km_database **ret, const char *path, unsigned int page_bytes,
			    struct km_err *err)
{
	struct km_database *database;
	char pragmas[256];
	int r = load(&database, path, err);

	if (r)
		return r;
	/* page size and auto_vacuum hold for a file that is still empty; FULL: a commit is on the disk */
	snprintf(pragmas, sizeof(pragmas),
		 "PRAGMA page_size = %u; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL;"
		 "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 256; PRAGMA journal_size_limit = 0",
		 page_bytes);
	r = lock_writer(database, path, err);
	if (!r)
		r = open_handle(database, database->name.ptr, SQLITE_OPEN_READWRITE, err);
	if (!r)
		r = km_database_run(database, pragmas, err);
	if (r) {
		km_database_close(database);
		return r;
	}
	*ret = database;
	return 0;
}

/* "file:" and the path with what has a meaning in a URI written as %XX. */
static void put_uri(struct km_text *text, const char *path, const char *parameters)
{
	km_text_puts(text, *path == '/' ? "file://" : "file:");
	for (; *path; path++) {
		if (strchr("%?#", *path))
			km_text_printf(text, "%%%02X", (unsigned int)(unsigned char)*path);
		else
			km_text_add(text, (struct km_str){ path, 1 });
	}
	km_text_printf(text, "%s%c", parameters, '\0');
}

/* Whether transactions wait in FILE-wal. */
static bool has_journal(const char *path)
{
	KM_TEXT_SCOPE name = { 0 };
	struct stat info;

	km_text_printf(&name, "%s-wal%c", path, '\0');
	return !stat(name.ptr, &info) && info.st_size > 0;
}

/* The file alone: where SQLite cannot make its files beside it. */
static int open_immutable(struct km_database *database, struct km_err *err)
{
	KM_TEXT_SCOPE uri = { 0 };

	database->library.sqlite3_close_v2(database->handle);
	database->handle = NULL;
	put_uri(&uri, database->name.ptr, "?immutable=1");
	return open_handle(database, uri.ptr, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err);
}

/* Its descriptor is closed before SQLite has locks on the file, which it would drop. */
static int check_file(const char *path, struct km_err *err)
{
	KM_CLEANUP(km_cleanup_fd) int fd = open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

	return check_regular(fd, path, err);
}

static int open_either_way(struct km_database *database, bool *ret_missing, struct km_err *err)
{
	static const char look[] = "SELECT count(*) FROM sqlite_master";
	int r = open_handle(database, database->name.ptr, SQLITE_OPEN_READONLY, err);

	if (!r)
		r = km_database_run(database, look, err);
	if (!r || r == -EBADMSG || r == -EBUSY)
		return r;
	*ret_missing = has_journal(database->name.ptr);
	r = open_immutable(database, err);
	return r ? r : km_database_run(database, look, err);
}

int km_database_open_reader(struct km_database **ret, const char *path, bool *ret_missing,
			    struct km_err *err)
{
	struct km_database *database;
	bool missing = false;
	int r = check_file(path, err);

	if (!r)
		r = load(&database, path, err);
	if (r)
		return r;
	r = open_either_way(database, &missing, err);
	if (r) {
		km_database_close(database);
		return r;
	}
	if (ret_missing)
		*ret_missing = missing;
	*ret = database;
	return 0;
}

int km_database_run(struct km_database *database, const char *sql, struct km_err *err)
{
	if (database->library.sqlite3_exec(database->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
		return 0;
	return fail(database, err);
}

int km_database_prepare(struct km_database *database, const char *sql, struct km_statement **ret,
			struct km_err *err)
{
	sqlite3_stmt *handle = NULL;
	struct km_statement *statement;

	if (database->library.sqlite3_prepare_v2(database->handle, sql, -1, &handle, NULL) != SQLITE_OK)
		return fail(database, err);
	statement = km_realloc(NULL, 1, sizeof(*statement));
	*statement = (struct km_statement){ database, handle };
	*km_array_push(&database->statements) = statement;
	*ret = statement;
	return 0;
}

void km_statement_close(struct km_statement *statement)
{
	struct km_database *database = statement->database;
	size_t at = 0;

	while (database->statements.items[at] != statement)
		at++;
	database->statements.items[at] = database->statements.items[--database->statements.len];
	database->library.sqlite3_finalize(statement->handle);
	free(statement);
}

static void bind_bytes(struct km_statement *statement, int at, char type, struct km_str bytes)
{
	const struct sqlite *library = &statement->database->library;

	if (!bytes.ptr)
		library->sqlite3_bind_null(statement->handle, at);
	else if (type == 't')
		library->sqlite3_bind_text(statement->handle, at, bytes.ptr, (int)bytes.len, SQLITE_STATIC);
	else
		library->sqlite3_bind_blob(statement->handle, at, bytes.ptr, (int)bytes.len, SQLITE_STATIC);
}

static void bind_all(struct km_statement *statement, const char *types, va_list values)
{
	const struct sqlite *library = &statement->database->library;

	library->sqlite3_reset(statement->handle);
	for (int at = 1; *types; types++, at++) {
		if (*types == 'i')
			library->sqlite3_bind_int64(statement->handle, at, va_arg(values, int64_t));
		else if (*types == 'n')
			library->sqlite3_bind_null(statement->handle, at);
		else
			bind_bytes(statement, at, *types, va_arg(values, struct km_str));
	}
}

void km_statement_bind(struct km_statement *statement, const char *types, ...)
{
	va_list values;

	va_start(values, types);
	bind_all(statement, types, values);
	va_end(values);
}

int km_statement_step(struct km_statement *statement, struct km_err *err)
{
	const struct sqlite *library = &statement->database->library;
	int r = library->sqlite3_step(statement->handle);

	if (r == SQLITE_ROW)
		return 1;
	if (r != SQLITE_DONE)
		r = fail(statement->database, err);
	else
		r = 0;
	library->sqlite3_reset(statement->handle);
	return r;
}

int km_statement_run(struct km_statement *statement, struct km_err *err, const char *types, ...)
{
	va_list values;

	va_start(values, types);
	bind_all(statement, types, values);
	va_end(values);
	return km_statement_step(statement, err);
}

bool km_statement_is_null(struct km_statement *statement, int column)
{
	return statement->database->library.sqlite3_column_type(statement->handle, column) == SQLITE_NULL;
}

bool km_statement_is_number(struct km_statement *statement, int column)
{
	return statement->database->library.sqlite3_column_type(statement->handle, column) == SQLITE_INTEGER;
}

int64_t km_statement_number(struct km_statement *statement, int column)
{
	return statement->database->library.sqlite3_column_int64(statement->handle, column);
}

struct km_str km_statement_bytes(struct km_statement *statement, int column)
{
	const struct sqlite *library = &statement->database->library;
	const char *bytes = library->sqlite3_column_blob(statement->handle, column);
	int len = library->sqlite3_column_bytes(statement->handle, column);

	if (km_statement_is_null(statement, column))
		return (struct km_str){ 0 };
	return (struct km_str){ bytes ? bytes : "", (size_t)len };
}

int64_t km_database_last_key(struct km_database *database)
{
	return database->library.sqlite3_last_insert_rowid(database->handle);
}

int64_t km_database_number(struct km_database *database, const char *sql, int64_t otherwise)
{
	const struct sqlite *library = &database->library;
	sqlite3_stmt *handle = NULL;

	if (library->sqlite3_prepare_v2(database->handle, sql, -1, &handle, NULL) == SQLITE_OK &&
	    library->sqlite3_step(handle) == SQLITE_ROW && library->sqlite3_column_type(handle, 0) != SQLITE_NULL)
		otherwise = library->sqlite3_column_int64(handle, 0);
	library->sqlite3_finalize(handle);
	return otherwise;
}

/* Back from WAL, so that the one file is all; on the disk before it gets its name. */
static int finish_copy(const char *path, const char *unfinished, struct km_err *err)
{
	KM_CLEANUP(km_cleanup_fd) int fd = -1;
	struct km_database *copy;
	int r = load(&copy, unfinished, err);

	if (r)
		return r;
	r = open_handle(copy, unfinished, SQLITE_OPEN_READWRITE, err);
	if (!r)
		r = km_database_run(copy, "PRAGMA journal_mode = DELETE", err);
	km_database_close(copy);
	if (r)
		return r;
	fd = open(unfinished, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) || link(unfinished, path))
		return km_err_set(err, -errno, NULL, "%s: %s", path, strerror(errno));
	return 0;
}

/* Makes the file that the copy is written to, for its owner only. */
static int make_unfinished(const char *path, const char *unfinished, struct km_err *err)
{
	KM_CLEANUP(km_cleanup_fd) int fd = -1;

	if (!access(path, F_OK))
		return km_err_set(err, -EEXIST, "name a file that does not exist", "%s: %s", path,
				  strerror(EEXIST));
	fd = open(unfinished, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0)
		return 0;
	return km_err_set(err, -errno, errno == EEXIST ? "an export that was cut off left it: remove it" : NULL,
			  "%s: %s", unfinished, strerror(errno));
}

int km_database_copy(struct km_database *database, const char *path, struct km_err *err)
{
	KM_TEXT_SCOPE unfinished = { 0 };
	struct km_statement *vacuum;
	int r;

	km_text_printf(&unfinished, "%s.part%c", path, '\0');
	r = make_unfinished(path, unfinished.ptr, err);
	if (r)
		return r;
	r = km_database_prepare(database, "VACUUM INTO ?1", &vacuum, err);
	if (!r)
		r = km_statement_run(vacuum, err, "t", km_str_from(unfinished.ptr));
	if (!r)
		r = finish_copy(path, unfinished.ptr, err);
	unlink(unfinished.ptr);
	return r;
}

#else

static int refuse(struct km_err *err)
{
	return km_err_set(err, -ENOTSUP, NULL, "kmeminfo was built without SQLite");
}

int km_database_open_writer(struct km_database **ret, const char *path, unsigned int page_bytes,
			    struct km_err *err)
{
	(void)ret, (void)path, (void)page_bytes;
	return refuse(err);
}

int km_database_open_reader(struct km_database **ret, const char *path, bool *ret_missing,
			    struct km_err *err)
{
	(void)ret, (void)path, (void)ret_missing;
	return refuse(err);
}

/* What follows is not reached: there is no database. */

void km_database_close(struct km_database *database)
{
	(void)database;
}

int km_database_run(struct km_database *database, const char *sql, struct km_err *err)
{
	(void)database, (void)sql;
	return refuse(err);
}

int km_database_copy(struct km_database *database, const char *path, struct km_err *err)
{
	(void)database, (void)path;
	return refuse(err);
}

int km_database_prepare(struct km_database *database, const char *sql, struct km_statement **ret,
			struct km_err *err)
{
	(void)database, (void)sql, (void)ret;
	return refuse(err);
}

void km_statement_close(struct km_statement *statement)
{
	(void)statement;
}

void km_statement_bind(struct km_statement *statement, const char *types, ...)
{
	(void)statement, (void)types;
}

int km_statement_step(struct km_statement *statement, struct km_err *err)
{
	(void)statement;
	return refuse(err);
}

int km_statement_run(struct km_statement *statement, struct km_err *err, const char *types, ...)
{
	(void)statement, (void)types;
	return refuse(err);
}

bool km_statement_is_null(struct km_statement *statement, int column)
{
	(void)statement, (void)column;
	return true;
}

bool km_statement_is_number(struct km_statement *statement, int column)
{
	(void)statement, (void)column;
	return false;
}

int64_t km_statement_number(struct km_statement *statement, int column)
{
	(void)statement, (void)column;
	return 0;
}

struct km_str km_statement_bytes(struct km_statement *statement, int column)
{
	(void)statement, (void)column;
	return (struct km_str){ 0 };
}

int64_t km_database_last_key(struct km_database *database)
{
	(void)database;
	return 0;
}

int64_t km_database_number(struct km_database *database, const char *sql, int64_t otherwise)
{
	(void)database, (void)sql;
	return otherwise;
}

#endif
