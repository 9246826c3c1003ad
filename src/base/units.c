// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/num.h"
#include "base/units.h"

static const char unit_letters[] = "BKMGTPE";

/*
 * bytes in parts of 1024^unit, rounded to nearest; at most 100 parts per unit. 32-bit machines have
 * no 128-bit integers, so the last ten bits of exbibytes are dropped to make the product fit.
 */
static uint64_t parts_of(uint64_t bytes, unsigned int unit, unsigned int parts)
{
	unsigned int shift = unit * 10, drop = shift > 50 ? 10 : 0;
	uint64_t rest = (bytes & ((1ULL << shift) - 1)) >> drop;

	shift -= drop;
	return (bytes >> (shift + drop)) * parts + ((rest * parts + (1ULL << (shift - 1))) >> shift);
}

static unsigned int unit_of(uint64_t bytes)
{
	unsigned int unit = 0;

	for (uint64_t whole = bytes; whole >= 1024; whole >>= 10)
		unit++;
	/* 1023.5 would be printed as 1024 */
	return unit && parts_of(bytes, unit, 1) >= 1024 ? unit + 1 : unit;
}

char *km_units_put(char *at, uint64_t value)
{
	char digits[20];
	size_t first = sizeof(digits);

	do {
		digits[--first] = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	return mempcpy(at, digits + first, sizeof(digits) - first);
}

/*
 * Prints parts of 1024^unit with these decimals. A report may have a million cells, so no printf().
 */
static char *put_parts(char *at, uint64_t parts, unsigned int decimals, unsigned int unit)
{
	const unsigned int scale = decimals == 2 ? 100 : decimals ? 10 : 1;

	at = km_units_put(at, parts / scale);
	if (decimals)
		*at++ = '.';
	if (decimals == 2)
		*at++ = (char)('0' + parts % 100 / 10);
	if (decimals)
		*at++ = (char)('0' + parts % 10);
	*at++ = ' ';
	*at++ = unit_letters[unit];
	return unit ? stpcpy(at, "iB") : at;
}

/*
 * Integers only, because printf("%.1f") prints a comma in some locales. Each form is rounded from
 * the bytes: 10.448 is 10.4, although 10.45 would be 10.5.
 */
static char *format_scaled(char *at, uint64_t bytes)
{
	const unsigned int unit = unit_of(bytes);
	unsigned int decimals = unit ? 2 : 0;
	uint64_t parts = unit ? parts_of(bytes, unit, 100) : bytes;

	if (unit && parts >= 1000) {
		decimals = 1;
		parts = parts_of(bytes, unit, 10);
	}
	if (unit && parts >= 1000) {
		decimals = 0;
		parts = parts_of(bytes, unit, 1);
	}
	at = put_parts(at, parts, decimals, unit);
	*at = '\0';
	return at;
}

char *km_units_put_bytes(char buf[static KM_UNITS_SIZE], uint64_t bytes)
{
	return bytes == KM_UNKNOWN ? stpcpy(buf, "-") : format_scaled(buf, bytes);
}

const char *km_units_bytes(char buf[static KM_UNITS_SIZE], uint64_t bytes)
{
	km_units_put_bytes(buf, bytes);
	return buf;
}

const char *km_units_delta(char buf[static KM_UNITS_SIZE], int64_t bytes)
{
	char *at = buf;

	if (bytes == KM_UNKNOWN_DELTA)
		return strcpy(buf, "-");
	if (bytes)
		*at++ = bytes < 0 ? '-' : '+';
	format_scaled(at, bytes < 0 ? 0 - (uint64_t)bytes : (uint64_t)bytes);
	return buf;
}

const char *km_units_percent(char buf[static KM_UNITS_SIZE], double ratio)
{
	char *at = buf;
	long long tenths;

	if (isnan(ratio) || fabs(ratio) > 1e12) {
		snprintf(buf, KM_UNITS_SIZE, "-");
		return buf;
	}
	tenths = km_num_round(ratio * 1000);
	if (tenths < 0)
		*at++ = '-';
	at = km_units_put(at, (uint64_t)llabs(tenths) / 10);
	*at++ = '.';
	*at++ = (char)('0' + llabs(tenths) % 10);
	strcpy(at, "%");
	return buf;
}

/* Large numbers have one decimal, small ones six. Trailing zeros are dropped. */
static void put_decimals(char *at, uint64_t millionths, double size)
{
	char decimals[7] = "000000";
	size_t len = size >= 1000 ? 1 : size >= 0.1 ? 3 : 6;

	for (size_t i = sizeof(decimals) - 1; i-- > 0; millionths /= 10)
		decimals[i] = (char)('0' + millionths % 10);
	while (len && decimals[len - 1] == '0')
		len--;
	if (len)
		*at++ = '.';
	*(char *)mempcpy(at, decimals, len) = '\0';
}

static void put_real(char *at, double value)
{
	/* half of the last printed decimal */
	double half = value >= 1000 ? 0.05 : value >= 0.1 ? 0.0005 : 0.0000005;
	uint64_t whole = (uint64_t)(value + half);
	double rest = value + half - (double)whole;

	at = km_units_put(at, whole);
	put_decimals(at, rest > 0 ? (uint64_t)(rest * 1e6) : 0, value);
}

static const char *format_real(char buf[static KM_UNITS_SIZE], double value, bool plus)
{
	char *at = buf;

	if (isnan(value) || fabs(value) > 1e18)
		return strcpy(buf, "-");
	if (value < 0 || (plus && value > 0))
		*at++ = value < 0 ? '-' : '+';
	put_real(at, fabs(value));
	return buf;
}

const char *km_units_real(char buf[static KM_UNITS_SIZE], double value)
{
	return format_real(buf, value, false);
}

/* 17 digits distinguish every double from its neighbours. */
const char *km_units_shortest(char buf[static KM_UNITS_SIZE], double value)
{
	const bool whole = fabs(value) < 1e15 && fpclassify(value - (double)(int64_t)value) == FP_ZERO;

	if (!isfinite(value))
		return strcpy(buf, "-");
	if (whole)
		snprintf(buf, KM_UNITS_SIZE, "%lld", (long long)value);
	for (int digits = whole ? 18 : 6; digits <= 17; digits++) {
		snprintf(buf, KM_UNITS_SIZE, "%.*g", digits, value);
		if (fpclassify(strtod(buf, NULL) - value) == FP_ZERO)
			break;
	}
	return buf;
}

const char *km_units_rate(char buf[static KM_UNITS_SIZE], double value)
{
	return format_real(buf, value, true);
}

const char *km_units_byte_rate(char buf[static KM_UNITS_SIZE], double value)
{
	if (isnan(value) || fabs(value) > 9e18)
		return strcpy(buf, "-");
	if (fpclassify(value) == FP_ZERO || fabs(value) >= 100)
		return km_units_delta(buf, km_num_round(value));
	if (fabs(value) >= 1)
		value = (double)km_num_round(value * (fabs(value) >= 10 ? 10 : 100)) / (fabs(value) >= 10 ? 10 : 100);
	format_real(buf, value, true);
	return strcat(buf, " B");
}

const char *km_units_seconds(char buf[static KM_UNITS_SIZE], double seconds)
{
	const char *sign = seconds < 0 ? "-" : "";
	unsigned long long whole;

	if (isnan(seconds) || fabs(seconds) > 1e15)
		return strcpy(buf, "-");
	if (fabs(seconds) < 60)
		{
		format_real(buf, (double)km_num_round(seconds * 10) / 10, false);
		return strcat(buf, " s");
	}
	whole = (unsigned long long)km_num_round(fabs(seconds));
	if (whole < 3600)
		snprintf(buf, KM_UNITS_SIZE, "%s%llu min %llu s", sign, whole / 60, whole % 60);
	else if (whole < 86400)
		snprintf(buf, KM_UNITS_SIZE, "%s%llu h %llu min", sign, whole / 3600, whole % 3600 / 60);
	else
		snprintf(buf, KM_UNITS_SIZE, "%s%llu d %llu h", sign, whole / 86400, whole % 86400 / 3600);
	return buf;
}

static int scale(struct km_str suffix, uint64_t *ret)
{
	static const char letters[] = "KMGTPE";
	const char *at;

	*ret = 1;
	if (!suffix.len || (suffix.len == 1 && (*suffix.ptr | 0x20) == 'b'))
		return 0;
	at = memchr(letters, *suffix.ptr & ~0x20, sizeof(letters) - 1);
	suffix = km_str_skip(suffix, 1);
	if (!at || suffix.len > 2 || (suffix.len == 2 && (*suffix.ptr | 0x20) != 'i') ||
	    (suffix.len && (suffix.ptr[suffix.len - 1] | 0x20) != 'b'))
		return -EINVAL;
	*ret = 1ULL << (10 * (at - letters + 1));
	return 0;
}

/*
 * Takes "1.5": the whole number, then at most six decimals. The fraction is *ret_part / *ret_tens.
 */
static bool take_decimal(struct km_str *text, uint64_t *ret_whole, uint64_t *ret_part, uint64_t *ret_tens)
{
	struct km_str digits;

	*ret_part = 0;
	*ret_tens = 1;
	if (!km_str_take_u64(text, ret_whole))
		return false;
	if (!km_str_take_prefix(text, KM_STR(".")))
		return true;
	digits = *text;
	if (!km_str_take_u64(text, ret_part) || digits.len - text->len > 6)
		return false;
	for (size_t i = digits.len - text->len; i; i--)
		*ret_tens *= 10;
	return true;
}

int km_units_parse(struct km_str text, uint64_t *ret)
{
	uint64_t whole, part, tens, unit, bytes;

	if (!take_decimal(&text, &whole, &part, &tens))
		return -EINVAL;
	/* "1.5" without a unit would be a fraction of a byte */
	if (scale(km_str_trim(text), &unit) || (tens > 1 && unit == 1))
		return -EINVAL;
	/* part * unit / tens, in two steps so that the product fits */
	part = part * (unit / tens) + part * (unit % tens) / tens;
	bytes = km_num_add(km_num_mul(whole, unit), part);
	if (bytes == KM_UNKNOWN)
		return -ERANGE;
	*ret = bytes;
	return 0;
}

int km_units_parse_time(struct km_str text, int64_t *ret)
{
	static const struct {
		struct km_str name;
		uint64_t us;
	} units[] = {
		{ KM_STR_INIT(""), 1000000 },       { KM_STR_INIT("ms"), 1000 },
		{ KM_STR_INIT("s"), 1000000 },      { KM_STR_INIT("m"), 60000000 },
		{ KM_STR_INIT("h"), 3600000000 },   { KM_STR_INIT("d"), 86400000000 },
		{ KM_STR_INIT("w"), 604800000000 },
	};
	const uint64_t century = UINT64_C(36525) * 86400000000;
	uint64_t whole, part, tens;

	if (!take_decimal(&text, &whole, &part, &tens))
		return -EINVAL;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (!km_str_eq(text, units[i].name))
			continue;
		if (whole > century / units[i].us)
			return -ERANGE;
		*ret = (int64_t)(whole * units[i].us + part * units[i].us / tens);
		return 0;
	}
	return -EINVAL;
}
