// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/num.h"
#include "base/threshold.h"

enum { USUAL = 4, NUMBER_MAX = 40 };

/* Larger numbers are bytes, and whole. */
#define WHOLE_FROM 1e11

/* "-12.5", ".5", "5.": a sign, and digits with at most one point at any place. */
static bool is_number(struct km_str text)
{
	size_t at = text.len && (*text.ptr == '-' || *text.ptr == '+'), digits = 0, points = 0;

	for (; at < text.len; at++) {
		digits += km_is_digit(text.ptr[at]);
		points += text.ptr[at] == '.';
		if (!km_is_digit(text.ptr[at]) && text.ptr[at] != '.')
			return false;
	}
	return digits && points <= 1 && text.len <= NUMBER_MAX;
}

/* No program of this project sets LC_NUMERIC, so strtod() expects a point in every locale. */
static int parse_number(struct km_str text, double missing, double *ret)
{
	char buf[NUMBER_MAX + 1];

	*ret = missing;
	if (!text.len)
		return 0;
	if (!is_number(text))
		return -EINVAL;
	*(char *)mempcpy(buf, text.ptr, text.len) = '\0';
	*ret = strtod(buf, NULL);
	return 0;
}

int km_threshold_parse(struct km_str text, struct km_threshold *ret)
{
	struct km_str start = { 0 };
	bool apart;

	*ret = (struct km_threshold){ .inside = km_str_take_prefix(&text, KM_STR("@")) };
	if (!text.len)
		return -EINVAL;
	apart = km_str_take_until(&text, ':', &start);
	if (apart && !start.len && !text.len)
		return -EINVAL;
	if (km_str_eq(start, KM_STR("~")))
		ret->start = -(double)INFINITY;
	else if (parse_number(start, 0, &ret->start))
		return -EINVAL;
	if (parse_number(text, (double)INFINITY, &ret->end) || ret->end < ret->start)
		return -EINVAL;
	return 0;
}

bool km_threshold_alerts(const struct km_threshold *range, double value)
{
	const bool outside = value < range->start || value > range->end;

	return !isnan(value) && outside != range->inside;
}

/* Four decimals below 100, fewer above: six digits. */
unsigned int km_threshold_decimals(double value)
{
	const double magnitude = fabs(value);
	unsigned int decimals = USUAL;
	double limit = 100;

	if (!(magnitude < WHOLE_FROM))
		return 0;
	while (decimals && magnitude >= limit) {
		decimals--;
		limit *= 10;
	}
	return decimals;
}

const char *km_threshold_number(char buf[static KM_THRESHOLD_NUMBER_SIZE], double value, unsigned int decimals)
{
	size_t len;

	if (!isfinite(value))
		return strcpy(buf, "U");
	/* no program of this project sets LC_NUMERIC, so this prints a point */
	if (fabs(value) < 1e24)
		len = (size_t)snprintf(buf, KM_THRESHOLD_NUMBER_SIZE, "%.*f", (int)decimals, value);
	else
		len = (size_t)snprintf(buf, KM_THRESHOLD_NUMBER_SIZE, "%.0e", value);
	if (decimals && memchr(buf, '.', len)) {
		while (buf[len - 1] == '0')
			len--;
		buf[len - (buf[len - 1] == '.')] = '\0';
	}
	return strcmp(buf, "-0") ? buf : strcpy(buf, "0");
}
