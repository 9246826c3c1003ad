// SPDX-License-Identifier: GPL-2.0-or-later
/* Without SQLite every call that opens a database fails, so no other call is ever reached. */
#include "config.h"
#if !HAVE_SQLITE
#include <errno.h>
#include "source/database.h"

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

int km_database_open_reader(struct km_database **ret, const char *path, struct km_database_gaps *ret_gaps,
			    struct km_err *err)
{
	(void)ret, (void)path, (void)ret_gaps;
	return refuse(err);
}

void km_database_close(struct km_database *database)
{
	(void)database;
}

int km_database_freeze(struct km_database *database, struct km_err *err)
{
	(void)database;
	return refuse(err);
}

int km_database_check_pages(struct km_database *database, struct km_err *err)
{
	(void)database;
	return refuse(err);
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
