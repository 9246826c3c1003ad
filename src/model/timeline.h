/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The times of samples: one axis through boots, suspends and clock changes. */
#ifndef KM_MODEL_TIMELINE_H
#define KM_MODEL_TIMELINE_H

#include "base/field.h"

/* Microseconds; INT64_MIN: unknown. */
struct km_timeline_moment {
	int64_t wall_us, monotonic_us, boottime_us;
	size_t boot;
};

struct km_timeline {
	struct km_str from, to;
	uint64_t samples;
	double seconds;
	double interval_seconds;
	uint64_t boots;
	uint64_t gaps;
	double gap_seconds;
	uint64_t suspends;
	double suspended_seconds;
	uint64_t clock_changes;
	double clock_change_seconds;
};

extern const struct km_sheet_type km_timeline_type;

/*
 * Sets seconds[i] to the time of each moment since the first: the machine's running time within a boot, the
 * wall clock between two boots. It never decreases. Fills all of *ret except from and to. len must be at
 * least 1.
 */
void km_timeline_derive(const struct km_timeline_moment *moments, size_t len, double *seconds,
			struct km_timeline *ret);

#endif
