/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What readers of a recording share. Inside machine/recording*.c only. */
#ifndef KM_MACHINE_RECORDING_READ_H
#define KM_MACHINE_RECORDING_READ_H

#include "machine/recording.h"
#include "source/database.h"

/* Far above what a type has; a file that says more is damaged. */
enum { KM_RECORDING_VALUES_MAX = 4096 };

/* A row of the table field. */
struct km_recording_field {
	int64_t id;
	struct km_str type, key;
	bool is_size;
	int64_t number; /* among the values of a series; -1: a property */
};

struct km_recording_tables {
	KM_ARRAY(struct km_recording_field) fields;
};

/* Leaves the samples of the span. 0, or -ERANGE with err filled. */
int km_recording_narrow(struct km_recording *recording, const struct km_recording_span *span, struct km_err *err);

#endif
