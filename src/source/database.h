/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SQLite, loaded only by runs that need it. One file, one connection. Closing the database closes
 * its statements. Every call that can fail returns 0, or a negative errno with err filled.
 */
#ifndef KM_SOURCE_DATABASE_H
#define KM_SOURCE_DATABASE_H

#include "base/err.h"
#include "base/str.h"

struct km_database;
struct km_statement;

/*
 * Opens a database for its only writer. Creates a missing file with mode 0600 and pages of
 * page_bytes. -EBUSY: another process has it open for writing. Readers may open it meanwhile.
 */
int km_database_open_writer(struct km_database **ret, const char *path, unsigned int page_bytes,
			    struct km_err *err);

/* Advice for a damaged database. */
#define KM_DATABASE_RECOVER KM_SAID("`sqlite3 FILE .recover` saves what is left")

/* The parts of a database that a reader cannot read: what depends on them fails with -EBADMSG. */
struct km_database_gaps {
	bool latest;  /* the latest transactions are in a second file, FILE-wal, and could not be read */
	bool journal; /* transactions in FILE-wal are lost, because one before them is damaged */
	bool end;     /* the file was truncated */
	bool tables;  /* the list of tables is damaged */
};

/*
 * Opens a database for a reader, which changes nothing. Fills *ret_gaps. A page that does not match its checksum fails
 * with -EBADMSG, if the file has checksums: those that a writer created have.
 */
int km_database_open_reader(struct km_database **ret, const char *path, struct km_database_gaps *ret_gaps,
			    struct km_err *err);
void km_database_close(struct km_database *database);

/* Everything that is read from here on is from one moment, even if a writer adds something meanwhile. */
int km_database_freeze(struct km_database *database, struct km_err *err);

/* Writes the whole file again, with a checksum on each page. After an error it is unchanged. */
int km_database_check_pages(struct km_database *database, struct km_err *err);

/* Runs SQL that returns no rows. */
int km_database_run(struct km_database *database, const char *sql, struct km_err *err);

/*
 * Copies the database into one new file with mode 0600. The file appears only when it is complete.
 */
int km_database_copy(struct km_database *database, const char *path, struct km_err *err);

/*
 * Prepares a statement. The database owns it, and closes it when it is closed itself, if not
 * before.
 */
int km_database_prepare(struct km_database *database, const char *sql, struct km_statement **ret,
			struct km_err *err);

void km_statement_close(struct km_statement *statement);

/*
 * Restarts the statement with values for its parameters. types has one letter per parameter: i
 * int64_t, t struct km_str (text; .ptr NULL: null), b struct km_str (blob), n null without an
 * argument. Texts must stay valid until the next restart.
 */
void km_statement_bind(struct km_statement *statement, const char *types, ...);

/* 1: a row; 0: no more rows; otherwise a negative errno with err filled. */
int km_statement_step(struct km_statement *statement, struct km_err *err);

/* Binds and steps a statement that returns no rows. */
int km_statement_run(struct km_statement *statement, struct km_err *err, const char *types, ...);

/* Columns of the current row, from 0. Texts are valid until the next step. */
bool km_statement_is_null(struct km_statement *statement, int column);
bool km_statement_is_number(struct km_statement *statement, int column);
int64_t km_statement_number(struct km_statement *statement, int column);
struct km_str km_statement_bytes(struct km_statement *statement, int column);

/* The key of the last inserted row. */
int64_t km_database_last_key(struct km_database *database);

/* The single number that a statement without parameters returns; if it returns none, otherwise. */
int64_t km_database_number(struct km_database *database, const char *sql, int64_t otherwise);

#endif
