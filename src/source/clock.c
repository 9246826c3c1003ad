// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <time.h>
#include "base/units.h"
#include "source/clock.h"

static int64_t read_clock(clockid_t clock)
{
	struct timespec now;

	if (clock_gettime(clock, &now))
		return KM_NO_TIME;
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

struct km_clock km_clock_now(void)
{
	return (struct km_clock){ read_clock(CLOCK_REALTIME), read_clock(CLOCK_MONOTONIC),
				  read_clock(CLOCK_BOOTTIME) };
}

enum { SECOND_US = 1000000 };

static bool take_two(struct km_str *text, int least, int most, int *ret)
{
	int number;

	if (text->len < 2 || text->ptr[0] < '0' || text->ptr[0] > '9' || text->ptr[1] < '0' || text->ptr[1] > '9')
		return false;
	number = (text->ptr[0] - '0') * 10 + text->ptr[1] - '0';
	*text = km_str_skip(*text, 2);
	*ret = number;
	return number >= least && number <= most;
}

/* A T or a blank before the time of day, if one follows. */
static bool take_gap(struct km_str *text)
{
	return !text->len || km_str_take_prefix(text, KM_STR("T")) || km_str_take_prefix(text, KM_STR(" "));
}

/* timegm() makes March 2 of February 30. */
static bool is_in_month(const struct tm *day)
{
	struct tm same = { .tm_year = day->tm_year, .tm_mon = day->tm_mon, .tm_mday = day->tm_mday };

	timegm(&same);
	return same.tm_mday == day->tm_mday;
}

/* "2026-11-28", or a word for the day of the reference or the one before. */
static bool take_day(struct km_str *text, struct tm *day)
{
	int century, year;

	if (km_str_take_prefix(text, KM_STR("today")))
		return take_gap(text);
	if (km_str_take_prefix(text, KM_STR("yesterday"))) {
		day->tm_mday--;
		return take_gap(text);
	}
	if (!take_two(text, 19, 99, &century) || !take_two(text, 0, 99, &year) ||
	    !km_str_take_prefix(text, KM_STR("-")) || !take_two(text, 1, 12, &day->tm_mon) ||
	    !km_str_take_prefix(text, KM_STR("-")) || !take_two(text, 1, 31, &day->tm_mday))
		return false;
	day->tm_year = century * 100 + year - 1900;
	day->tm_mon--;
	return is_in_month(day) && take_gap(text);
}

static bool take_hour(struct km_str *text, struct tm *day)
{
	if (!take_two(text, 0, 23, &day->tm_hour) || !km_str_take_prefix(text, KM_STR(":")) ||
	    !take_two(text, 0, 59, &day->tm_min))
		return false;
	return !km_str_take_prefix(text, KM_STR(":")) || take_two(text, 0, 60, &day->tm_sec);
}

static int parse_day(struct km_str text, int64_t reference_us, int64_t *ret)
{
	const time_t reference = (time_t)(reference_us / SECOND_US);
	const bool is_utc = km_str_ends(text, KM_STR("Z")), has_day = text.len > 4 && text.ptr[2] != ':';
	struct tm day = { 0 };
	time_t seconds;

	if (!(is_utc ? gmtime_r(&reference, &day) : localtime_r(&reference, &day)))
		return -EINVAL;
	day.tm_hour = day.tm_min = day.tm_sec = 0;
	day.tm_isdst = -1;
	text.len -= is_utc;
	if ((has_day && !take_day(&text, &day)) || ((text.len || !has_day) && !take_hour(&text, &day)) || text.len)
		return -EINVAL;
	seconds = is_utc ? timegm(&day) : mktime(&day);
	*ret = (int64_t)seconds * SECOND_US;
	return 0;
}

int km_clock_parse(struct km_str text, int64_t reference_us, int64_t *ret)
{
	int64_t us;
	uint64_t seconds;

	if (km_str_eq(text, KM_STR("now"))) {
		*ret = km_clock_now().wall_us;
		return 0;
	}
	if (km_str_take_prefix(&text, KM_STR("@"))) {
		if (km_str_to_u64(text, &seconds) || seconds > INT64_MAX / SECOND_US)
			return -EINVAL;
		*ret = (int64_t)seconds * SECOND_US;
		return 0;
	}
	if (!km_str_take_prefix(&text, KM_STR("-")))
		return parse_day(text, reference_us, ret);
	if (km_units_parse_time(text, &us))
		return -EINVAL;
	*ret = reference_us - us;
	return 0;
}

const char *km_clock_text(char buf[KM_CLOCK_SIZE], int64_t wall_us)
{
	/* rounded down, also for times before 1970 */
	const time_t seconds = (time_t)(wall_us / SECOND_US - (wall_us % SECOND_US < 0));
	struct tm day;

	*buf = '\0';
	if (gmtime_r(&seconds, &day) && day.tm_year >= -900 && day.tm_year < 8100)
		snprintf(buf, KM_CLOCK_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ", day.tm_year + 1900, day.tm_mon + 1,
			 day.tm_mday, day.tm_hour, day.tm_min, day.tm_sec);
	return buf;
}

double km_clock_seconds(void)
{
	return (double)read_clock(CLOCK_MONOTONIC) / SECOND_US;
}
