/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a recorder and the tables of its file share: reports, fields, series. Inside machine/record*.c only. */
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
	int64_t base; /* the last sample that has all values; 0: none, so the next one must have them */
	int64_t next_base;
	struct km_recorder_state state, next;
	bool read; /* in this sample */
};

struct km_recorder {
	struct km_database *database;
	struct km_statement *statements[KM_STATEMENTS];
	const char *path;
	KM_ARRAY(struct km_recorded_columns *) columns;
	KM_ARRAY(struct km_recorder_report) reports;
	struct km_pool pool; /* owns boot_id */
	struct km_str boot_id;
	int64_t sample, boot; /* the last; 0: none */
	unsigned int since_whole;
	bool begun;           /* this run has written a sample */
};

/* Prepares the statements. 0 or a negative errno with err filled, as the next. */
int km_recorder_prepare(struct km_recorder *recorder, struct km_err *err);

/*
 * Called before the first sample: adds these sheets' reports and fields to the tables, and to the reports the
 * series that an earlier run left open.
 */
int km_recorder_place(struct km_recorder *recorder, const struct km_recorded_sheet *sheets, size_t len,
		      struct km_err *err);

/* The columns of a type that was placed; data is the recorder. */
const struct km_recorded_columns *km_recorder_columns(void *data, const struct km_sheet_type *type);

/* Forgets what km_recorder_place() did. */
void km_recorder_drop(struct km_recorder *recorder);

#endif
