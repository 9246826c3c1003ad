/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ranges as in monitoring plugins: "[@][start:][end]". A value outside the range raises an alert;
 * with "@", a value inside it does. Both ends belong to the range. A missing start is 0, "~" is
 * minus infinity, a missing end is infinity.
 */
#ifndef KM_BASE_THRESHOLD_H
#define KM_BASE_THRESHOLD_H

#include <stdbool.h>
#include "base/str.h"

struct km_threshold {
	double start, end;
	bool inside; /* a value inside the range raises the alert */
};

/*
 * 0, or -EINVAL if the text is not a range or its end is below its start. Numbers consist of
 * digits, a sign and a decimal point.
 */
int km_threshold_parse(struct km_str text, struct km_threshold *ret);

/* Whether the value raises an alert. An unknown value (NaN) raises none. */
bool km_threshold_alerts(const struct km_threshold *range, double value);

enum { KM_THRESHOLD_NUMBER_SIZE = 48 };

/* A double has no more digits. */
enum { KM_THRESHOLD_DECIMALS_MAX = 17 };

/* The usual number of decimals: for six digits in all, or for all digits of a whole number. */
unsigned int km_threshold_decimals(double value);

/*
 * Prints a number with at most this many decimals, without trailing zeros, and without an exponent
 * below 10^24. "U" if unknown. Returns buf.
 */
const char *km_threshold_number(char buf[static KM_THRESHOLD_NUMBER_SIZE], double value, unsigned int decimals);

#endif
