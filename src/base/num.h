/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers that may be unknown. A missing figure is never 0: it is KM_UNKNOWN, and every result
 * computed from it is unknown too. KM_UNKNOWN is 2^64 - 1, which a kernel prints for -1: no real
 * figure has it.
 */
#ifndef KM_BASE_NUM_H
#define KM_BASE_NUM_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#define KM_UNKNOWN       UINT64_MAX
#define KM_UNKNOWN_DELTA INT64_MIN
#define KM_UNKNOWN_REAL  ((double)NAN)

/* Unknown if a part is unknown or the result does not fit. */
static inline uint64_t km_num_add(uint64_t a, uint64_t b)
{
	uint64_t sum;

	if (a == KM_UNKNOWN || b == KM_UNKNOWN || __builtin_add_overflow(a, b, &sum))
		return KM_UNKNOWN;
	return sum;
}

/* Unknown if b exceeds a: a negative amount of memory means that the sources disagree. */
static inline uint64_t km_num_sub(uint64_t a, uint64_t b)
{
	if (a == KM_UNKNOWN || b == KM_UNKNOWN || b > a)
		return KM_UNKNOWN;
	return a - b;
}

static inline uint64_t km_num_mul(uint64_t a, uint64_t b)
{
	uint64_t product;

	if (a == KM_UNKNOWN || b == KM_UNKNOWN || __builtin_mul_overflow(a, b, &product))
		return KM_UNKNOWN;
	return product;
}

/* a - b with its sign. */
static inline int64_t km_num_delta(uint64_t a, uint64_t b)
{
	int64_t delta;

	if (a == KM_UNKNOWN || b == KM_UNKNOWN || __builtin_sub_overflow(a, b, &delta))
		return KM_UNKNOWN_DELTA;
	return delta;
}

/* part / whole; unknown if the whole is 0. */
static inline double km_num_ratio(uint64_t part, uint64_t whole)
{
	if (part == KM_UNKNOWN || whole == KM_UNKNOWN || !whole)
		return KM_UNKNOWN_REAL;
	return (double)part / (double)whole;
}

/*
 * A ratio whose part cannot exceed its whole. Unknown if it does, because the sources then
 * disagree.
 */
static inline double km_num_share(uint64_t part, uint64_t whole)
{
	return part > whole ? KM_UNKNOWN_REAL : km_num_ratio(part, whole);
}

/*
 * Rounds to the nearest whole number, halves away from zero, as llround() does. value is finite and
 * below 2^63. llround() would need libm, whose loading costs a tenth of a millisecond at each
 * start.
 */
static inline int64_t km_num_round(double value)
{
	int64_t whole = (int64_t)value;
	double rest = value - (double)whole;

	return whole + (rest >= 0.5) - (rest <= -0.5);
}

/* For sums in which an unknown part must not hide the known ones. The caller explains each use. */
static inline uint64_t km_num_or(uint64_t value, uint64_t otherwise)
{
	return value == KM_UNKNOWN ? otherwise : value;
}

#endif
