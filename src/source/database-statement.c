// SPDX-License-Identifier: GPL-2.0-or-later
#include "config.h"
#if HAVE_SQLITE
#include <stdarg.h>
#include "source/database-sqlite.h"

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
	const struct km_sqlite *library = &statement->database->library;

	if (!bytes.ptr)
		library->sqlite3_bind_null(statement->handle, at);
	else if (type == 't')
		library->sqlite3_bind_text(statement->handle, at, bytes.ptr, (int)bytes.len, SQLITE_STATIC);
	else
		library->sqlite3_bind_blob(statement->handle, at, bytes.ptr, (int)bytes.len, SQLITE_STATIC);
}

static void bind_all(struct km_statement *statement, const char *types, va_list values)
{
	const struct km_sqlite *library = &statement->database->library;

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
	const struct km_sqlite *library = &statement->database->library;
	int r = library->sqlite3_step(statement->handle);

	if (r == SQLITE_ROW)
		return 1;
	if (r != SQLITE_DONE)
		r = km_database_fail(statement->database, err);
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
	const struct km_sqlite *library = &statement->database->library;
	const char *bytes = library->sqlite3_column_blob(statement->handle, column);
	int len = library->sqlite3_column_bytes(statement->handle, column);

	if (km_statement_is_null(statement, column))
		return (struct km_str){ 0 };
	return (struct km_str){ bytes ? bytes : "", (size_t)len };
}

#endif
