/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ranges as monitoring plugins have them, "[@][start:][end]": a value outside of the range raises an alert,
 * with "@" a value inside of it. Both ends belong to the range. No start is 0, "~" is minus infinity, no end is
 * infinity.
 */
#ifndef KM_BASE_THRESHOLD_H
#define KM_BASE_THRESHOLD_H

#include <stdbool.h>
#include "base/str.h"

struct km_threshold {
	double start, end;
	bool inside; /* a value inside of it raises the alert */
};

/* 0, or -EINVAL: no range, or its end is before its start. Numbers have digits, a sign and a decimal point. */
int km_threshold_parse(struct km_str text, struct km_threshold *ret);

/* Whether the value raises an alert. An unknown value (NaN) raises none. */
bool km_threshold_alerts(const struct km_threshold *range, double value);

enum { KM_THRESHOLD_NUMBER_SIZE = 48 };

/* More decimals are below what a double holds. */
enum { KM_THRESHOLD_DECIMALS_MAX = 17 };

/* How many decimals a number usually has: six digits in all, or all of a whole number. */
unsigned int km_threshold_decimals(double value);

/* A number rounded to so many decimals, without zeros behind them, and never with an exponent below 10^24. "U" when unknown. */
const char *km_threshold_number(char buf[static KM_THRESHOLD_NUMBER_SIZE], double value, unsigned int decimals);

#endif
