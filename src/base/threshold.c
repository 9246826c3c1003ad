// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/num.h"
#include "base/threshold.h"
#include "base/units.h"

enum { DECIMALS = 4, SCALE = 10000, NUMBER_MAX = 40 };

/* Above this a double has no four decimals any more. */
#define WHOLE_FROM 1e11

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "-12.5", ".5", "5.": a sign, and digits with a point anywhere between, before or behind them. */
static bool is_number(struct km_str text)
{
	size_t at = text.len && (*text.ptr == '-' || *text.ptr == '+'), digits = 0, points = 0;

	for (; at < text.len; at++) {
		digits += is_digit(text.ptr[at]);
		points += text.ptr[at] == '.';
		if (!is_digit(text.ptr[at]) && text.ptr[at] != '.')
			return false;
	}
	return digits && points <= 1 && text.len <= NUMBER_MAX;
}

/* No program of this project sets LC_NUMERIC, so that strtod() reads a point in every locale. */
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

/* Four decimals below 100, and fewer above: six digits, which JSON has too. */
double km_threshold_rounded(double value)
{
	const double magnitude = value < 0 ? -value : value;
	double scale = SCALE;

	if (isnan(value) || magnitude >= WHOLE_FROM)
		return value;
	for (double limit = 100; scale > 1 && magnitude >= limit; limit *= 10)
		scale /= 10;
	return (double)km_num_round(value * scale) / scale;
}

/* Digits by hand: printf() would ask the locale for the point. */
static void put_scaled(char *at, int64_t scaled)
{
	const uint64_t magnitude = scaled < 0 ? 0 - (uint64_t)scaled : (uint64_t)scaled;
	char decimals[DECIMALS + 1];

	if (scaled < 0)
		*at++ = '-';
	at = km_units_put(at, magnitude / SCALE);
	snprintf(decimals, sizeof(decimals), "%04u", (unsigned int)(magnitude % SCALE));
	for (size_t len = DECIMALS; len && decimals[len - 1] == '0'; len--)
		decimals[len - 1] = '\0';
	if (*decimals)
		*at++ = '.';
	strcpy(at, decimals);
}

const char *km_threshold_number(char buf[static KM_THRESHOLD_NUMBER_SIZE], double value)
{
	if (isnan(value) || isinf(value))
		return strcpy(buf, "U");
	value = km_threshold_rounded(value);
	if (value < WHOLE_FROM && value > -WHOLE_FROM)
		put_scaled(buf, km_num_round(value * SCALE));
	else if (value > 0 && value < 0x1p64)
		*km_units_put(buf, (uint64_t)value) = '\0';
	else
		snprintf(buf, KM_THRESHOLD_NUMBER_SIZE, "%.0e", value);
	return buf;
}
