/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables of a recording. Private to machine/record*.c. */
#ifndef KM_MACHINE_RECORDING_SCHEMA_H
#define KM_MACHINE_RECORDING_SCHEMA_H

#include "source/database.h"

/* PRAGMA user_version: increased with each change of the tables. */
#define KM_RECORDING_VERSION 1

/* A key of the table changes consists of the sample and the report. */
enum { KM_REPORTS_MAX = 256 };

/*
 * Creates the tables of a new file, or upgrades those of an older version. 0, or a negative errno with err
 * filled, also if the file is not a recording or has a newer version.
 */
int km_recording_prepare(struct km_database *database, const char *path, struct km_err *err);

/* For a reader: checks that the file is a recording that this version can read. Errors as above. */
int km_recording_check(struct km_database *database, const char *path, struct km_err *err);

#endif
