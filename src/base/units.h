/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers for people, independent of the locale: a report is the same everywhere. */
#ifndef KM_BASE_UNITS_H
#define KM_BASE_UNITS_H

#include <stdint.h>
#include "base/str.h"

enum { KM_UNITS_SIZE = 32 };

/* Writes the digits, at most 20, without a NUL. Returns the end. */
char *km_units_put(char *at, uint64_t value);

/*
 * "1.87 GiB", "757 MiB", "512 B": three significant digits, binary units; "-" if unknown. The
 * widest text is "1023 KiB".
 */
enum { KM_UNITS_WIDEST = sizeof("1023 KiB") - 1 };
const char *km_units_bytes(char buf[static KM_UNITS_SIZE], uint64_t bytes);
/* The same; returns the end of the text, which has a NUL. */
char *km_units_put_bytes(char buf[static KM_UNITS_SIZE], uint64_t bytes);

/* The same with a sign: "-12.0 MiB", "+3.20 GiB", "0 B". */
const char *km_units_delta(char buf[static KM_UNITS_SIZE], int64_t bytes);

/* "12.5%" for a ratio from 0 to 1; "-" if unknown. */
const char *km_units_percent(char buf[static KM_UNITS_SIZE], double ratio);

/*
 * "1234.5", "0.25", "-3": up to three decimals, below 0.1 up to six, without trailing zeros. rate:
 * the same with a sign for positive numbers too, "+0.25". "-" if unknown.
 */
const char *km_units_real(char buf[static KM_UNITS_SIZE], double value);
const char *km_units_rate(char buf[static KM_UNITS_SIZE], double value);

/*
 * The shortest text, with at least six digits, that no other number has: "100.00036". "-" if
 * unknown.
 */
const char *km_units_shortest(char buf[static KM_UNITS_SIZE], double value);

/* "+3.20 MiB", "-512 B", "+0.25 B" for bytes per second; "-" if unknown. */
const char *km_units_byte_rate(char buf[static KM_UNITS_SIZE], double value);

/* "12.3 s", "5 min 3 s", "3 h 5 min", "2 d 3 h"; "-" if unknown. */
const char *km_units_seconds(char buf[static KM_UNITS_SIZE], double seconds);

/*
 * Parses "4096", "4K", "4KiB", "1.5M" as bytes (binary suffixes K M G T P E). A fraction needs a
 * suffix. 0, -EINVAL or -ERANGE.
 */
int km_units_parse(struct km_str text, uint64_t *ret);

/*
 * Parses "10s", "1.5h", "7d" as microseconds. Units: ms, s, m, h, d, w; without a unit, seconds. 0,
 * -EINVAL, or -ERANGE for more than a century.
 */
int km_units_parse_time(struct km_str text, int64_t *ret);

#endif
