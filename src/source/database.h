/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SQLite, loaded by the run that needs it. One file, one connection; statements are closed with it.
 * Every call that can fail returns 0 or a negative errno with err filled.
 */
#ifndef KM_SOURCE_DATABASE_H
#define KM_SOURCE_DATABASE_H

#include "base/err.h"
#include "base/str.h"

struct km_database;
struct km_statement;

/*
 * For the one writer: the file is made if it is not there, with mode 0600. -EBUSY: another process
 * has it open for writing. Readers are not kept out. page_bytes is for a new file.
 */
int km_database_open_writer(struct km_database **ret, const char *path, unsigned int page_bytes,
			    struct km_err *err);

/* What to do with a database that is damaged. */
#define KM_DATABASE_RECOVER "`sqlite3 FILE .recover` saves what is left"

/* What a reader has to do without. */
struct km_database_gaps {
	bool latest; /* the latest transactions are in a file beside this one, FILE-wal, and could not be read */
	bool end;    /* the file was cut off: reading what was there fails with -EBADMSG */
};

/* For a reader, which changes nothing. */
int km_database_open_reader(struct km_database **ret, const char *path, struct km_database_gaps *ret_gaps,
			    struct km_err *err);
void km_database_close(struct km_database *database);

/* SQL without results. */
int km_database_run(struct km_database *database, const char *sql, struct km_err *err);

/* Copies the database into one file, which must not exist; mode 0600. It exists only when it is complete. */
int km_database_copy(struct km_database *database, const char *path, struct km_err *err);

/* The database owns the statement and closes it at the latest when it is closed itself. */
int km_database_prepare(struct km_database *database, const char *sql, struct km_statement **ret,
			struct km_err *err);

void km_statement_close(struct km_statement *statement);

/*
 * Begins the statement anew with values for its parameters, a letter of types each: i int64_t,
 * t struct km_str (text; .ptr NULL: null), b struct km_str (blob), n nothing: null. Texts have to
 * live until the statement begins anew.
 */
void km_statement_bind(struct km_statement *statement, const char *types, ...);

/* 1: a row; 0: no more; otherwise a negative errno with err filled. */
int km_statement_step(struct km_statement *statement, struct km_err *err);

/* For a statement without rows: the same as bind, then step. */
int km_statement_run(struct km_statement *statement, struct km_err *err, const char *types, ...);

/* Columns of the row, from 0; texts hold until the next step. */
bool km_statement_is_null(struct km_statement *statement, int column);
bool km_statement_is_number(struct km_statement *statement, int column);
int64_t km_statement_number(struct km_statement *statement, int column);
struct km_str km_statement_bytes(struct km_statement *statement, int column);

/* The key of the last inserted row. */
int64_t km_database_last_key(struct km_database *database);

/* The single number that a statement without parameters returns; otherwise, if it returns none. */
int64_t km_database_number(struct km_database *database, const char *sql, int64_t otherwise);

#endif
