/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads a recording: its samples, the values of its series, and the sheet of a report at one sample.
 * `kmeminfo record` writes recordings (recorder.h).
 */
#ifndef KM_MACHINE_RECORDING_H
#define KM_MACHINE_RECORDING_H

#include "base/field.h"
#include "base/err.h"
#include "base/problem.h"
#include "source/clock.h"

/* One boot of one machine. Texts: .ptr NULL: unknown. */
struct km_recording_boot {
	int64_t id;
	struct km_str boot_id, release, machine;
	uint64_t page_bytes;
};

struct km_recording_sample {
	int64_t id;
	size_t boot; /* index in boots */
	struct km_clock clock;
	bool first; /* first sample of a run of the recorder, which may have missed events before */
	bool whole; /* it has all values, and not only those that changed */
	uint64_t reports; /* of machine/recording*.c only: which it has; 0: unknown */
};

/* The values of one row. A cache that was created again is a new series, even with the same name. */
struct km_recording_series {
	int64_t id, parent; /* parent 0: none */
	struct km_str report, type, name;
	bool total; /* the totals of the report */
	size_t first, last; /* indexes in samples; SIZE_MAX: outside the recording */
};

/* The recording owns everything until it is closed. Samples are in the order in which they were taken. */
struct km_recording {
	const char *path;
	struct km_database *database;
	struct km_pool pool;
	KM_ARRAY(struct km_recording_boot) boots;
	KM_ARRAY(struct km_recording_sample) samples;
	KM_ARRAY(struct km_recording_series) series;
	size_t lost; /* samples that the last km_recording_walk() could not read */
	bool torn;   /* a property could not be read */
	struct km_recording_tables *tables;
};

/*
 * The part of a recording between two times as people write them (km_clock_parse(); relative times count back from
 * the end of the recording). It begins and ends with the last sample up to each time. Other times than relative ones mean
 * a whole second; the part begins with the first sample in it.
 */
struct km_recording_span {
	const char *from, *to;  /* NULL: from the first sample on, to the last one */
	const char *usual_from; /* where it begins without .from, before its own end; NULL: with the first sample */
	bool exact;             /* a recording that begins later than .from is refused; otherwise it begins with the first sample */
};

/*
 * Opens a recording, or a part of it, for reading, also while a recorder writes to it; samples that are added later are
 * not seen. Samples outside of the span (NULL: none) are not there, nor series that have no value in it.
 * Parts that cannot be read are problems; problems may be NULL. 0, or a negative errno with err filled, -ERANGE for
 * times of the span that are wrong.
 */
int km_recording_open(struct km_recording *recording, const char *path, const struct km_recording_span *span,
		      struct km_problems *problems, struct km_err *err);
void km_recording_close(struct km_recording *recording);

/* The last sample at or before a time since 1970; SIZE_MAX if all are later. */
size_t km_recording_at(const struct km_recording *recording, int64_t wall_us);

/*
 * The rows of a report (by its name, "slab") at a sample, owned by the pool. They contain levels, counters,
 * texts and words. Ratios, lists and sentences are not recorded and stay unknown. A sheet without rows and
 * totals: the report was not read at that sample. 0, or a negative errno with err filled.
 */
int km_recording_sheet(struct km_recording *recording, const char *report, const struct km_sheet_type *type,
		       size_t sample, struct km_pool *pool, struct km_sheet *ret, struct km_err *err);

/*
 * The last value of a property of the series, as text, owned by the pool; .ptr NULL: unknown, or not recorded.
 */
struct km_str km_recording_property(struct km_recording *recording, const struct km_recording_series *series,
				    const char *key, struct km_pool *pool);

/* A value of a series at a sample. */
struct km_recording_value {
	size_t sample;
	int64_t value;
};

struct km_recording_values {
	struct km_recording_value *items;
	size_t len;
};

/*
 * The values of a field in one series at all samples between the two (inclusive), owned by the pool. Samples
 * without the row, or with an unknown value, are left out.
 */
int km_recording_history(struct km_recording *recording, const struct km_recording_series *series, const char *key,
			 size_t from, size_t to, struct km_pool *pool, struct km_recording_values *ret,
			 struct km_err *err);

/* One report at one sample, during a walk through a recording. */
struct km_recording_frame {
	size_t sample;
	const struct km_recording_series *const *series; /* of the report, in ascending order */
	const int64_t *const *values; /* per series; NULL: no such row. KM_RECORDING_NONE: unknown */
	size_t len;
};

#define KM_RECORDING_NONE INT64_MIN

/*
 * Visits the samples between the two (inclusive) at which the report was read. take receives each frame, which is
 * valid until take returns. 0, or a negative errno with err filled; -EBADMSG: damaged samples were left out, and so
 * were those after them up to one that has all values.
 */
int km_recording_walk(struct km_recording *recording, const char *report, size_t from, size_t to,
		      void (*take)(void *data, const struct km_recording_frame *frame), void *data,
		      struct km_err *err);

/* The index of the field among the values of a series of this type; SIZE_MAX if it is not recorded. */
size_t km_recording_number(const struct km_recording *recording, struct km_str type, const char *key);

#endif
