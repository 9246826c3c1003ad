/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables of a recording. Private to machine/record*.c. */
#ifndef KM_MACHINE_RECORDING_SCHEMA_H
#define KM_MACHINE_RECORDING_SCHEMA_H

#include "source/database.h"

/* PRAGMA user_version: increased with each change of the tables. */
#define KM_RECORDING_VERSION 3

/* A key of the table changes consists of the sample and the report. */
enum { KM_REPORTS_MAX = 256 };

/* The first version with sample.reports and changes.sum. */
enum { KM_RECORDING_SUMS = 2 };

/* The first version whose pages have checksums (km_database_check_pages()). */
enum { KM_RECORDING_PAGES = 3 };

/* What changes.sum has to be: 24 bits. */
int64_t km_recording_sum(int64_t id, int64_t base, struct km_str packed);

/* The bit of a report in sample.reports; 0: its number is too large for one. */
static inline uint64_t km_recording_bit(int64_t report)
{
	return report >= 0 && report < 63 ? UINT64_C(1) << report : 0;
}

/* The version of a recording that was checked. */
int64_t km_recording_version(struct km_database *database);

/*
 * Creates the tables of a new file, or upgrades those of an older version. 0, or a negative errno with err
 * filled, also if the file is not a recording or has a newer version.
 */
int km_recording_prepare(struct km_database *database, const char *path, struct km_err *err);

/* For a reader: checks that the file is a recording that this version can read. Errors as above. */
int km_recording_check(struct km_database *database, const char *path, struct km_err *err);

#endif
