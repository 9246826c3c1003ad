/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Common part of the readers of a recording. Private to machine/recording*.c. */
#ifndef KM_MACHINE_RECORDING_READ_H
#define KM_MACHINE_RECORDING_READ_H

#include "machine/recording.h"
#include "source/database.h"

/* Far more values than any type has; a file with more is damaged. */
enum { KM_RECORDING_VALUES_MAX = 4096 };

/* A row of the table field. */
struct km_recording_field {
	int64_t id;
	struct km_str type, key;
	bool is_size;
	int64_t number; /* index among the values of a series; -1: a property */
};

struct km_recording_report {
	int64_t id;
	struct km_str name;
};

struct km_recording_tables {
	KM_ARRAY(struct km_recording_report) reports;
	KM_ARRAY(struct km_recording_field) fields;
	bool has_sums; /* checksums, and which reports a sample has */
};

/*
 * Reads the tables but those of values. Rows that are damaged are left out, and are a problem; -EBADMSG where problems is
 * NULL, or no sample is left.
 */
int km_recording_load(struct km_recording *recording, const struct km_recording_span *span, struct km_problems *problems,
		      struct km_err *err);

/* The name of a report; .ptr NULL: there is none. */
struct km_str km_recording_report(const struct km_recording *recording, int64_t id);

/* Leaves the samples of the span. 0, or -ERANGE with err filled. */
int km_recording_narrow(struct km_recording *recording, const struct km_recording_span *span, struct km_err *err);

#endif
