// SPDX-License-Identifier: GPL-2.0-or-later
/* Whether a course rises evenly, levels off or has stopped. */
#include <stdlib.h>
#include "base/alloc.h"
#include "model/trend-course.h"

enum {
	WINDOWS = 8, /* parts of the time in which the lowest value must rise */
	FEW_WINDOWS = 6, /* of values that are scattered: the middle one must rise */
	PARTS = 16,  /* of the time, to find pauses */
};

/* The lowest values of equal parts of the time, and the middle ones. */
struct parts {
	double floors[PARTS], middles[PARTS];
};

/* false: a part has no value. */
static bool find_parts(const struct km_course *course, size_t parts, struct parts *ret)
{
	const double to = course->watched[course->len - 1];
	double *values = km_realloc(NULL, course->len, sizeof(*values));
	size_t part = 0, len = 0;

	for (size_t i = 0; i <= course->len; i++) {
		size_t at = i < course->len ? km_course_bin(course->watched[i], 0, to, parts) : parts;

		while (part < at && len) {
			ret->middles[part] = km_course_median(values, len);
			ret->floors[part++] = values[0];
			len = 0;
		}
		if (part < at)
			break;
		if (i < course->len)
			values[len++] = course->stitched[i];
	}
	free(values);
	return part == parts;
}

/* Whether the values of equal parts of the time rise by much the same each time. */
static bool are_even(const double *values, size_t len)
{
	double rises[WINDOWS - 1], usual;

	for (size_t i = 0; i + 1 < len; i++)
		rises[i] = values[i + 1] - values[i];
	usual = km_course_median(rises, len - 1); /* which sorts them */
	return rises[0] > 0 && rises[0] > usual / 3 && rises[len - 2] < usual * 3;
}

/*
 * Whether each value is off by itself, and not because the one before is: then a change is followed by one back, and the
 * correlation of successive changes is -0.5. What goes up and down by itself, or is emptied from time to time, has one
 * near 0.
 */
static bool is_scattered(const struct km_course *course)
{
	const double mean = (course->stitched[course->len - 1] - course->stitched[0]) / (double)(course->len - 1);
	double squares = 0, products = 0, before = 0;

	for (size_t i = 1; i < course->len; i++) {
		double change = course->stitched[i] - course->stitched[i - 1] - mean;

		squares += change * change;
		products += change * before;
		before = change;
	}
	return products < squares * -0.3;
}

/* What fills up grows ever slower: its last quarters grow by less than half as much as its first ones. */
static bool levels_off(const double middles[WINDOWS])
{
	return middles[WINDOWS - 1] - middles[WINDOWS / 2] < (middles[WINDOWS / 2 - 1] - middles[0]) / 2;
}

bool km_course_rises_evenly(const struct km_course *course)
{
	struct parts parts;

	if (!find_parts(course, WINDOWS, &parts) || levels_off(parts.middles))
		return false;
	if (are_even(parts.floors, WINDOWS))
		return true;
	return is_scattered(course) && find_parts(course, FEW_WINDOWS, &parts) && are_even(parts.middles, FEW_WINDOWS);
}

bool km_course_swings(const struct km_course *course, double grown)
{
	double low = course->stitched[0], high = low;

	for (size_t i = 1; i < course->len; i++) {
		low = course->stitched[i] < low ? course->stitched[i] : low;
		high = course->stitched[i] > high ? course->stitched[i] : high;
	}
	return (grown < 0 ? -grown : grown) < (high - low) / 3 && !is_scattered(course);
}

/* It may grow in stairs: a pause is an end if it is much longer than those before. */
bool km_course_has_stopped(const struct km_course *course)
{
	/* of what goes up and down, a short part says little */
	const size_t least = course->falls < course->rises / 4 ? 1 : PARTS / 4;
	size_t pause = 0, longest = 0;
	struct parts parts;
	double usual;

	if (!find_parts(course, PARTS, &parts))
		return false;
	usual = (parts.middles[PARTS - 1] - parts.middles[0]) / (PARTS - 1);
	for (size_t i = 1; i < PARTS; i++) {
		if (parts.middles[i] - parts.middles[i - 1] < usual / 8) {
			pause++;
			continue;
		}
		longest = longest > pause ? longest : pause;
		pause = 0;
	}
	return usual > 0 && pause >= least && pause > longest * 2;
}
