/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reports, fields and series that a recorder shares with the tables of its file. Private to machine/record*.c. */
#ifndef KM_MACHINE_RECORDER_TABLES_H
#define KM_MACHINE_RECORDER_TABLES_H

#include "machine/recorder-state.h"
#include "machine/recorder.h"
#include "source/database.h"

enum km_recorder_statement {
	KM_ADD_SAMPLE, KM_ADD_CHANGES, KM_ADD_SERIES, KM_END_SERIES, KM_ADD_PROPERTY, KM_ADD_BOOT,
	KM_ADD_FIELD, KM_FIND_FIELD, KM_ADD_REPORT, KM_FIND_REPORT, KM_FIND_SERIES, KM_FIND_PROPERTIES,
	KM_STATEMENTS
};

/* A report, and its state in the last sample. */
struct km_recorder_report {
	const char *name;
	int64_t id;
	int64_t base; /* last sample with all values; 0: none, so the next needs all */
	int64_t next_base;
	struct km_recorder_state state, next;
	bool read; /* read for the current sample */
};

struct km_recorder {
	struct km_database *database;
	struct km_statement *statements[KM_STATEMENTS];
	const char *path;
	KM_ARRAY(struct km_recorded_columns *) columns;
	KM_ARRAY(struct km_recorder_report) reports;
	struct km_pool pool; /* owns boot_id */
	struct km_str boot_id;
	int64_t sample, boot; /* the last ones; 0: none */
	int64_t wall_us;      /* of the last sample */
	unsigned int since_whole;
	bool begun;           /* this run has written a sample */
};

/* Prepares the statements. Like the next function, returns 0 or a negative errno with err filled. */
int km_recorder_prepare(struct km_recorder *recorder, struct km_err *err);

/*
 * Call it before the first sample. Adds the reports and fields of these sheets to the tables. Adds to the
 * reports the series that an earlier run left open.
 */
int km_recorder_place(struct km_recorder *recorder, const struct km_recorded_sheet *sheets, size_t len,
		      struct km_err *err);

/* The columns of a type that km_recorder_place() added. data is the recorder. */
const struct km_recorded_columns *km_recorder_columns(void *data, const struct km_sheet_type *type);

/* Reverses km_recorder_place(). */
void km_recorder_drop(struct km_recorder *recorder);

#endif
