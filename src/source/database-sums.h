/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A checksum at the end of each page of a database. Private to source/database*.c. */
#ifndef KM_SOURCE_DATABASE_SUMS_H
#define KM_SOURCE_DATABASE_SUMS_H

#include "source/database-sqlite.h"

enum { KM_DATABASE_PAGE_LEAST = 512, KM_DATABASE_PAGE_MOST = 65536 };

/* SQLite's checksum of some bytes, a multiple of 8, in words of 32 bits. Any change of one byte changes it. */
void km_database_sum(const unsigned char *bytes, size_t len, bool big_endian, uint32_t sum[2]);

/* Whether transactions in FILE-wal are lost, because one before them is damaged. path is that of the database. */
bool km_database_journal_is_damaged(const char *path);

struct km_database_sums;

/*
 * Registers a way to open files that writes and checks checksums of pages, if the file's header reserves 8 bytes of
 * each page. Owned by the caller; it outlives the files that are opened. NULL: SQLite knows no way to open files.
 */
struct km_database_sums *km_database_sums_new(const struct km_sqlite *library);
void km_database_sums_free(struct km_database_sums *sums);

/* Its name for sqlite3_open_v2(). */
const char *km_database_sums_name(const struct km_database_sums *sums);

/* Reserves the 8 bytes: in a new file at once, in another one with the next VACUUM. */
void km_database_sums_reserve(struct km_database *database);

#endif
