/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The time by three clocks. They differ when the time is set or the machine sleeps. */
#ifndef KM_SOURCE_CLOCK_H
#define KM_SOURCE_CLOCK_H

#include <stdint.h>
#include "base/str.h"

/* A time that is not known. */
#define KM_NO_TIME INT64_MIN

struct km_clock {
	int64_t wall_us;      /* since 1970; it may be set, also backwards */
	int64_t monotonic_us; /* since boot, without suspend; KM_NO_TIME: not known */
	int64_t boottime_us;  /* since boot, with suspend; KM_NO_TIME: not known */
};

struct km_clock km_clock_now(void);

/* Seconds since some moment before the program began, for durations: no date, and no clock that people set. */
double km_clock_seconds(void);

/*
 * A time as people write it, in microseconds since 1970: "2026-11-28 10:00", with seconds or without, "10:00" of
 * the day of reference_us, "today", "yesterday 10:00", "@1764324000", "now", or relative to reference_us: "-1h". A Z behind it is UTC,
 * otherwise it is of the local time zone. 0 or -EINVAL.
 */
int km_clock_parse(struct km_str text, int64_t reference_us, int64_t *ret);

/* "2026-11-28T10:00:00Z" of microseconds since 1970; empty for a year that has no four digits. */
enum { KM_CLOCK_SIZE = 80 };
const char *km_clock_text(char buf[KM_CLOCK_SIZE], int64_t wall_us);

#endif
