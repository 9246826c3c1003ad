/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writes a recording: one sample after another, each in one transaction that reaches the disk before the call
 * returns. For each row it writes only the differences to the last sample.
 */
#ifndef KM_MACHINE_RECORDER_H
#define KM_MACHINE_RECORDER_H

#include "base/field.h"
#include "base/err.h"
#include "source/clock.h"

struct km_recorder;

/* One report of a sample. */
struct km_recorded_sheet {
	const char *report;
	struct km_sheet sheet; /* without rows and totals: it could not be read */
};

/* Identifies the machine and its boot. Texts: .ptr NULL: unknown. */
struct km_recorded_boot {
	struct km_str boot_id, release, machine;
	uint64_t page_bytes;
};

/* The limits of a recording; 0: no limit. */
struct km_keep {
	int64_t us;
	uint64_t bytes;
};

/*
 * Opens a file for appending, or creates it. -EBUSY: another recorder uses it. path must live as long as the
 * recorder. 0 or a negative errno with err filled.
 */
int km_recorder_open(struct km_recorder **ret, const char *path, struct km_err *err);
void km_recorder_close(struct km_recorder *recorder);

/*
 * Appends a sample. 0, or a negative errno with err filled: then the file contains nothing of this sample,
 * and the next sample makes up for it. whole: writes every value, even unchanged ones. -EINVAL: a capture that is older
 * than the last sample.
 */
int km_recorder_sample(struct km_recorder *recorder, const struct km_clock *clock, const struct km_recorded_boot *boot,
		       const struct km_recorded_sheet *sheets, size_t len, bool whole, struct km_err *err);

/* Removes the oldest samples according to keep, and shrinks the file. */
int km_recorder_trim(struct km_recorder *recorder, const struct km_keep *keep, struct km_err *err);

/* Copies a recording to one file, as km_database_copy(). */
int km_recording_export(const char *path, const char *copy, struct km_err *err);

#endif
