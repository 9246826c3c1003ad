/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The inside of a database, for the files of source/ that open, use and copy one with SQLite. */
#ifndef KM_SOURCE_DATABASE_SQLITE_H
#define KM_SOURCE_DATABASE_SQLITE_H

#include <sqlite3.h>
#include "base/array.h"
#include "base/text.h"
#include "source/database.h"
#include "source/library.h"

#define KM_SQLITE_FUNCTIONS(need)                                                                            \
	need(sqlite3_open_v2) need(sqlite3_close_v2) need(sqlite3_exec) need(sqlite3_prepare_v2)   \
	need(sqlite3_step) need(sqlite3_reset) need(sqlite3_finalize) need(sqlite3_bind_int64)     \
	need(sqlite3_bind_text) need(sqlite3_bind_blob) need(sqlite3_bind_null)                    \
	need(sqlite3_column_int64) need(sqlite3_column_blob) need(sqlite3_column_bytes)            \
	need(sqlite3_column_type) need(sqlite3_errmsg) need(sqlite3_extended_errcode)              \
	need(sqlite3_last_insert_rowid) need(sqlite3_busy_timeout) need(sqlite3_system_errno)      \
	need(sqlite3_vfs_find) need(sqlite3_vfs_register) need(sqlite3_vfs_unregister)             \
	need(sqlite3_file_control) need(sqlite3_limit) need(sqlite3_set_authorizer)

KM_LIBRARY_STRUCT(km_sqlite, KM_SQLITE_FUNCTIONS);

struct km_statement {
	struct km_database *database;
	sqlite3_stmt *handle;
};

struct km_database {
	struct km_sqlite library;
	sqlite3 *handle;
	struct km_database_sums *sums;
	const char *path;
	struct km_text name; /* SQLite does not see ":memory:" as a file */
	int lock_fd; /* of the writer; closing it would drop SQLite's own locks */
	KM_ARRAY(struct km_statement *) statements;
};

/*
 * A database without a file yet. 0, or a negative errno with err filled: SQLite cannot be loaded.
 */
int km_database_new(struct km_database **ret, const char *path, struct km_err *err);

/*
 * Opens the file with this name (a path or URI) and SQLite's flags. 0, or a negative errno with err
 * filled.
 */
int km_database_open_file(struct km_database *database, const char *name, int flags, struct km_err *err);

/* Fills err with SQLite's last error. Returns it as a negative errno. */
int km_database_fail(struct km_database *database, struct km_err *err);

#endif
