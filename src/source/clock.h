/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The time on three clocks. They differ when someone sets the time or the machine sleeps. */
#ifndef KM_SOURCE_CLOCK_H
#define KM_SOURCE_CLOCK_H

#include <stdint.h>
#include "base/str.h"

/* An unknown time. */
#define KM_NO_TIME INT64_MIN

struct km_clock {
	int64_t wall_us;      /* since 1970; can be set, also backwards */
	int64_t monotonic_us; /* since boot, without suspend; KM_NO_TIME: unknown */
	int64_t boottime_us;  /* since boot, with suspend; KM_NO_TIME: unknown */
};

struct km_clock km_clock_now(void);

/* Seconds on a clock that cannot be set, for durations. It starts before the program does. */
double km_clock_seconds(void);

/*
 * Parses a time, in microseconds since 1970: "2026-11-28 10:00", with or without seconds; "10:00"
 * on the day of reference_us; "today"; "yesterday 10:00"; "@1764324000"; "now"; or relative to
 * reference_us: "-1h". A Z at the end means UTC, otherwise the time is local. 0 or -EINVAL.
 */
int km_clock_parse(struct km_str text, int64_t reference_us, int64_t *ret);

/*
 * Prints microseconds since 1970 as "2026-11-28T10:00:00Z". Empty if the year does not have four
 * digits.
 */
enum { KM_CLOCK_SIZE = 80 };
const char *km_clock_text(char buf[KM_CLOCK_SIZE], int64_t wall_us);

#endif
