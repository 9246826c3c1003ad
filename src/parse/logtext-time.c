// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/logtext-time.h"

enum { YEAR_UNKNOWN = 2000, USEC = 1000000 };

struct date {
	unsigned int year, month, day;
};

/* Exactly so many digits. */
static bool take_digits(struct km_str *rest, size_t count, unsigned int *ret)
{
	unsigned int value = 0;

	if (rest->len < count)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!km_is_digit(rest->ptr[i]))
			return false;
		value = value * 10 + (unsigned int)(rest->ptr[i] - '0');
	}
	*rest = km_str_skip(*rest, count);
	*ret = value;
	return true;
}

static bool take_char(struct km_str *rest, const char *any)
{
	if (!rest->len || !*rest->ptr || !strchr(any, *rest->ptr))
		return false;
	*rest = km_str_skip(*rest, 1);
	return true;
}

static void skip_blanks(struct km_str *rest)
{
	while (rest->len && (*rest->ptr == ' ' || *rest->ptr == '\t'))
		*rest = km_str_skip(*rest, 1);
}

/* ".123456" or ",123456" in microseconds, rounded down; nothing is 0. */
static uint64_t take_fraction(struct km_str *rest)
{
	uint64_t value = 0, unit = USEC / 10;
	struct km_str after = *rest;

	if (!take_char(&after, ".,") || !after.len || !km_is_digit(*after.ptr))
		return 0;
	for (; after.len && km_is_digit(*after.ptr); after = km_str_skip(after, 1), unit /= 10)
		value += unit * (uint64_t)(*after.ptr - '0');
	*rest = after;
	return value;
}

bool km_logtime_seconds(struct km_str *rest, uint64_t *ret_usec)
{
	uint64_t seconds;

	if (!km_str_take_u64(rest, &seconds) || !rest->len || *rest->ptr != '.')
		return false;
	*ret_usec = km_num_add(km_num_mul(seconds, USEC), take_fraction(rest));
	return true;
}

/* Days since 1970-03-01 minus a constant: only differences are used. */
static uint64_t days_of(const struct date *date)
{
	uint64_t year = date->year - (date->month < 3), month = (date->month + 9) % 12;

	return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + date->day;
}

/* "09:10:00.123456" */
static bool take_clock(struct km_str *rest, const struct date *date, uint64_t *ret_usec)
{
	struct km_str after = *rest;
	unsigned int hour, minute, second;

	if (!take_digits(&after, 2, &hour) || !take_char(&after, ":") || !take_digits(&after, 2, &minute) ||
	    !take_char(&after, ":") || !take_digits(&after, 2, &second))
		return false;
	*ret_usec = ((days_of(date) * 24 + hour) * 60 + minute) * 60 * USEC + second * (uint64_t)USEC +
		    take_fraction(&after);
	*rest = after;
	return true;
}

/* "2026-11-23" or "2026/11/23" */
static bool take_date(struct km_str *rest, struct date *ret)
{
	return take_digits(rest, 4, &ret->year) && take_char(rest, "-/") && take_digits(rest, 2, &ret->month) &&
	       take_char(rest, "-/") && take_digits(rest, 2, &ret->day) && ret->month >= 1 && ret->month <= 12;
}

/* "Z", "+0100", "+01:00": the offset is not applied, as one log has one. */
static void take_zone(struct km_str *rest)
{
	struct km_str after = *rest;
	unsigned int hours, minutes;

	if (take_char(rest, "Z"))
		return;
	if (!take_char(&after, "+-") || !take_digits(&after, 2, &hours))
		return;
	take_char(&after, ":");
	if (take_digits(&after, 2, &minutes))
		*rest = after;
}

static bool take_iso(struct km_str *rest, uint64_t *ret_usec)
{
	struct date date;

	if (!take_date(rest, &date) || !take_char(rest, "T ") || !take_clock(rest, &date, ret_usec))
		return false;
	take_zone(rest);
	return true;
}

static bool take_month(struct km_str *rest, unsigned int *ret)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	for (size_t i = 0; i < 12; i++)
		if (km_str_take_prefix(rest, (struct km_str){ months + 3 * i, 3 })) {
			*ret = (unsigned int)i + 1;
			return true;
		}
	return false;
}

static bool take_weekday(struct km_str *rest)
{
	static const char days[] = "MonTueWedThuFriSatSun";

	for (size_t i = 0; i < 7; i++)
		if (km_str_take_prefix(rest, (struct km_str){ days + 3 * i, 3 }))
			return take_char(rest, " ");
	return false;
}

static bool take_day(struct km_str *rest, unsigned int *ret)
{
	skip_blanks(rest);
	return take_digits(rest, 2, ret) || take_digits(rest, 1, ret);
}

/* A year, or a zone and a year, behind the clock: "2026", "UTC 2026". */
static void take_late_year(struct km_str *rest, struct date *ret)
{
	struct km_str after = *rest, word = { 0 };
	unsigned int year;

	if (!take_char(&after, " "))
		return;
	while (word.len < after.len && word.len < 6 && after.ptr[word.len] >= 'A' && after.ptr[word.len] <= 'Z')
		word.len++;
	after = km_str_skip(after, word.len);
	if (word.len && !take_char(&after, " "))
		return;
	if (take_digits(&after, 4, &year) && (!after.len || *after.ptr == ' ')) {
		ret->year = year;
		*rest = after;
	}
}

/* "Nov 23 09:10:00", "Nov 23 2026 09:10:00", "Mon Nov 23 09:10:00 2026" */
static bool take_syslog(struct km_str *rest, uint64_t *ret_usec)
{
	struct date date = { .year = YEAR_UNKNOWN };
	struct km_str after, clock;
	bool weekday = take_weekday(rest);

	if (!take_month(rest, &date.month) || !take_day(rest, &date.day))
		return false;
	skip_blanks(rest);
	after = *rest;
	if (take_digits(&after, 4, &date.year) && take_char(&after, " "))
		*rest = after;
	else
		date.year = YEAR_UNKNOWN;
	clock = *rest;
	if (!take_clock(rest, &date, ret_usec))
		return false;
	if (weekday) {
		take_late_year(rest, &date);
		take_clock(&clock, &date, ret_usec);
	}
	return true;
}

/* "Mon 2026-11-23 09:10:00.123456 UTC" */
static bool take_full(struct km_str *rest, uint64_t *ret_usec)
{
	struct km_str zone;

	return take_weekday(rest) && take_iso(rest, ret_usec) && take_char(rest, " ") &&
	       km_str_take_word(rest, &zone);
}

static bool take_unix(struct km_str *rest, uint64_t *ret_usec)
{
	struct km_str digits = *rest;
	size_t len = 0;

	while (len < digits.len && km_is_digit(digits.ptr[len]))
		len++;
	return len >= 9 && len <= 11 && km_logtime_seconds(rest, ret_usec);
}

static bool take_month_day(struct km_str *rest, uint64_t *ret_usec)
{
	struct date date = { .year = YEAR_UNKNOWN };

	return take_digits(rest, 2, &date.month) && take_char(rest, "-/") && take_digits(rest, 2, &date.day) &&
	       take_char(rest, " ") && take_clock(rest, &date, ret_usec);
}

static bool take_day_clock(struct km_str *rest, uint64_t *ret_usec)
{
	const struct date date = { YEAR_UNKNOWN, 1, 1 };

	return take_clock(rest, &date, ret_usec);
}

/* "W1123 09:10:00.123456       1 file.go:160]" */
static bool take_glog(struct km_str *rest, uint64_t *ret_usec)
{
	struct date date = { .year = YEAR_UNKNOWN };
	struct km_str place;
	uint64_t thread;

	if (!take_char(rest, "IWEF") || !take_digits(rest, 2, &date.month) || !take_digits(rest, 2, &date.day) ||
	    !take_char(rest, " ") || !take_clock(rest, &date, ret_usec) || !km_str_take_number(rest, &thread))
		return false;
	return km_str_take_until(rest, ']', &place) && place.len < 80 && km_str_find(place, KM_STR(".go:")) > 0;
}

static bool (*const takers[KM_LOGTIME_KINDS])(struct km_str *rest, uint64_t *ret_usec) = {
	[KM_LOGTIME_ISO] = take_iso,
	[KM_LOGTIME_SYSLOG] = take_syslog,
	[KM_LOGTIME_FULL] = take_full,
	[KM_LOGTIME_UNIX] = take_unix,
	[KM_LOGTIME_MONTH] = take_month_day,
	[KM_LOGTIME_CLOCK] = take_day_clock,
	[KM_LOGTIME_GLOG] = take_glog,
};

bool km_logtime_take(enum km_logtime kind, struct km_str *rest, struct km_logstamp *ret)
{
	struct km_str after = *rest;
	uint64_t usec;

	if (!takers[kind] || !takers[kind](&after, &usec) || (after.len && *after.ptr != ' ' && *after.ptr != '\t'))
		return false;
	*ret = (struct km_logstamp){ .text = { rest->ptr, rest->len - after.len }, .usec = usec, .delta = KM_UNKNOWN };
	*rest = km_str_skip(after, 1);
	return true;
}

/* "+0.000010", "<    0.000010>"; a step back ("-9.345678", where two logs meet) has no length. */
static bool take_delta(struct km_str inside, struct km_logstamp *ret)
{
	bool back;
	uint64_t usec;

	take_char(&inside, "<");
	skip_blanks(&inside);
	back = take_char(&inside, "-");
	take_char(&inside, "+");
	/* "<ffffffff81138d22>" is an address */
	if (!km_logtime_seconds(&inside, &usec))
		return false;
	ret->delta = back ? 0 : usec;
	return true;
}

/* What vendors write behind the seconds: "12.345678,0", "@1", "s", " / 11-23 09:10:00.123", " <0.000010 >". */
static bool take_uptime(struct km_str inside, struct km_logstamp *ret)
{
	if (!km_logtime_seconds(&inside, &ret->usec))
		return false;
	ret->uptime = true;
	take_char(&inside, "s");
	if (take_char(&inside, ",@")) {
		uint64_t cpu;

		return km_str_take_u64(&inside, &cpu) && !inside.len;
	}
	inside = km_str_trim(inside);
	return !inside.len || *inside.ptr == '<' || *inside.ptr == '/';
}

/* "Nov23 09:10", which dmesg -H and -e write where a minute begins */
static bool take_minute(struct km_str inside, struct km_logstamp *ret)
{
	struct date date = { .year = YEAR_UNKNOWN };
	unsigned int hour, minute;

	if (!take_month(&inside, &date.month) || !take_day(&inside, &date.day))
		return false;
	skip_blanks(&inside);
	if (!take_digits(&inside, 2, &hour) || !take_char(&inside, ":") || !take_digits(&inside, 2, &minute) ||
	    inside.len)
		return false;
	ret->usec = ((days_of(&date) * 24 + hour) * 60 + minute) * 60 * USEC;
	return true;
}

/* dmesg -T in the words of another language: "Mo Nov 23 09:10:00 2026", with a year at the end. */
static bool take_local(struct km_str inside, struct km_logstamp *ret)
{
	ptrdiff_t at = km_str_find(inside, KM_STR(":"));
	struct km_str clock, year = inside;
	const struct date date = { YEAR_UNKNOWN, 1, 1 };

	if (inside.len < 14 || inside.len > 64 || at < 2)
		return false;
	clock = km_str_skip(inside, (size_t)at - 2);
	year = km_str_skip(inside, inside.len - 4);
	if (!take_clock(&clock, &date, &ret->usec) || !take_digits(&year, 4, &(unsigned int){ 0 }))
		return false;
	ret->usec = KM_UNKNOWN;
	return true;
}

bool km_logtime_bracket(struct km_str inside, struct km_logstamp *ret)
{
	*ret = (struct km_logstamp){ .text = inside, .usec = KM_UNKNOWN, .delta = KM_UNKNOWN };
	if (!inside.len)
		return false;
	if (km_is_digit(*inside.ptr) && take_uptime(inside, ret))
		return true;
	ret->uptime = false;
	if (*inside.ptr == '<' || *inside.ptr == '+' || *inside.ptr == '-')
		return take_delta(inside, ret);
	for (enum km_logtime kind = KM_LOGTIME_ISO; kind <= KM_LOGTIME_CLOCK; kind++) {
		struct km_str rest = inside;

		/* a delta of dmesg -T -d may follow */
		if (kind != KM_LOGTIME_UNIX && takers[kind](&rest, &ret->usec) &&
		    (!km_str_trim(rest).len || *km_str_trim(rest).ptr == '<'))
			return true;
	}
	ret->usec = KM_UNKNOWN;
	return take_minute(inside, ret) || take_local(inside, ret);
}

enum km_logtime km_logtime_guess(struct km_str line)
{
	struct km_logstamp stamp;

	for (enum km_logtime kind = KM_LOGTIME_ISO; kind <= KM_LOGTIME_GLOG; kind++) {
		struct km_str rest = line;

		if (km_logtime_take(kind, &rest, &stamp))
			return kind;
	}
	return KM_LOGTIME_NONE;
}
