// SPDX-License-Identifier: GPL-2.0-or-later
/* When a course grew: in a short time, or only at the end. */
#include <stdlib.h>
#include "base/alloc.h"
#include "model/trend-course.h"

enum {
	SMOOTH = 5,  /* points whose median leaves out two that are far off */
	ONSET_SECONDS = 2400, ONSET_POINTS = 12,
};

/* The middle one of some points around one, so that a single one that is far off does not count. */
static double smooth_at(const struct km_course *course, size_t i)
{
	const size_t len = course->len < SMOOTH ? course->len : SMOOTH;
	size_t from = i - len / 2;
	double values[SMOOTH];

	if (i < len / 2)
		return course->joined[i];
	from = from + len > course->len ? course->len - len : from;
	for (size_t j = 0; j < len; j++)
		values[j] = course->joined[from + j];
	return km_course_median(values, len);
}

double km_course_burst(const struct km_course *course, double *ret_seconds)
{
	double *kept = km_realloc(NULL, course->len, sizeof(*kept)), bytes = 0, growth;

	/* what is there at each point and stays until the end */
	for (size_t i = course->len; i--; ) {
		kept[i] = smooth_at(course, i);
		if (i + 1 < course->len && kept[i + 1] < kept[i])
			kept[i] = kept[i + 1];
	}
	growth = kept[course->len - 1] - kept[0];
	for (size_t to = 1, from = 0; growth > 0 && to < course->len; to++) {
		while (from + 1 < to && kept[to] - kept[from + 1] >= growth * 0.8)
			from++;
		if (kept[to] - kept[from] < growth * 0.8 || course->points[to].x - course->points[from].x >= *ret_seconds)
			continue;
		*ret_seconds = course->points[to].x - course->points[from].x;
		bytes = kept[to] - kept[from];
	}
	free(kept);
	return bytes;
}

/* The first point at or behind a time. */
static size_t point_at(const struct km_trend_point *points, size_t len, double seconds)
{
	size_t low = 0, high = len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (points[middle].seconds < seconds)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static double change_between(const struct km_trend_point *from, const struct km_trend_point *to)
{
	return (double)to->bytes - (double)from->bytes;
}

/* The difference of the highest and the lowest of some points. */
static double range_of(const struct km_trend_point *points, size_t len)
{
	size_t low = 0, high = 0;

	for (size_t i = 1; i < len; i++) {
		low = points[i].bytes < points[low].bytes ? i : low;
		high = points[i].bytes > points[high].bytes ? i : high;
	}
	return change_between(&points[low], &points[high]);
}

/* The largest way up or down in earlier parts of that length: both ends of a part may be the same, and it was emptied. */
static double largest_before(const struct km_trend_point *points, size_t len, size_t first, double span)
{
	double largest = 0;

	for (size_t to = first; to; ) {
		size_t from = point_at(points, len, points[to].seconds - span);
		double range = from < to ? range_of(points + from, to - from + 1) : 0;

		largest = range > largest ? range : largest;
		if (from >= to)
			break;
		to = from;
	}
	return largest;
}

static bool is_onset(const struct km_trend_point *points, size_t len, size_t first)
{
	const double span = points[len - 1].seconds - points[first].seconds;
	const double growth = change_between(&points[first], &points[len - 1]);
	struct km_course course;
	bool is;

	if (len - first < ONSET_POINTS || growth <= 0 || growth < largest_before(points, len, first, span) * 4)
		return false;
	km_course_init(&course, points + first, len - first);
	is = km_course_rises_evenly(&course) && !km_course_has_stopped(&course) && !course.steps && !course.restarts &&
	     course.falls < course.rises / 4;
	km_course_deinit(&course);
	return is;
}

size_t km_course_onset(const struct km_trend_point *points, size_t len)
{
	const double all = points[len - 1].seconds - points[0].seconds;
	size_t onset = 0;

	for (double span = ONSET_SECONDS; span <= all / 2; span *= 1.15) {
		size_t first = point_at(points, len, points[len - 1].seconds - span);

		if (first && first < len && is_onset(points, len, first))
			onset = first;
	}
	return onset;
}
