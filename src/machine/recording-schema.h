/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables of a recording. Inside machine/record*.c only. */
#ifndef KM_MACHINE_RECORDING_SCHEMA_H
#define KM_MACHINE_RECORDING_SCHEMA_H

#include "source/database.h"

/* PRAGMA user_version: increased by each change of the tables. */
#define KM_RECORDING_VERSION 1

/* A key of the table changes: the sample, and the report in it. */
enum { KM_REPORTS_MAX = 256 };

/*
 * Makes the tables of a new file and brings those of an older version up to date. 0, or a negative
 * errno with err filled: also when the file is no recording, or is of a newer version.
 */
int km_recording_prepare(struct km_database *database, const char *path, struct km_err *err);

/* For a reader: whether the file is a recording that this version reads. As above. */
int km_recording_check(struct km_database *database, const char *path, struct km_err *err);

#endif
