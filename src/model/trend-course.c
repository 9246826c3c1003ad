// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include "base/alloc.h"
#include "model/trend-course.h"

enum {
	BINS = 200,  /* points: 20,000 pairs */
	WINDOWS = 8, /* parts of the time in which the lowest value must rise */
	PARTS = 16,  /* of the time, to find pauses */
	LEAST_CHANGES = 8, /* fewer changes do not show what is usual */
	SMOOTH = 5,  /* points whose median leaves out two that are far off */
	STAIRS = 3,  /* steps of a similar size are no exceptions any more */
	ONSET_SECONDS = 2400, ONSET_POINTS = 12,
};

static int compare_bytes(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int compare_reals(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double magnitude(double value)
{
	return value < 0 ? -value : value;
}

/* The median of some points. A single outlier does not change it. */
static struct km_point middle_of(const struct km_trend_point *points, size_t len)
{
	int64_t *bytes = km_realloc(NULL, len, sizeof(*bytes));
	struct km_point point;

	for (size_t i = 0; i < len; i++)
		bytes[i] = points[i].bytes;
	qsort(bytes, len, sizeof(*bytes), compare_bytes);
	point = (struct km_point){ (points[0].seconds + points[len - 1].seconds) / 2,
				   ((double)bytes[(len - 1) / 2] + (double)bytes[len / 2]) / 2, points[0].run };
	free(bytes);
	return point;
}

static size_t bin_of(double seconds, double from, double to, size_t bins)
{
	size_t bin = to > from ? (size_t)((seconds - from) / (to - from) * (double)bins) : 0;

	return bin < bins ? bin : bins - 1;
}

/* Merges the points of one bin and one run. A short series stays as it is. */
static void thin_out(const struct km_trend_point *points, size_t len, struct km_course *course)
{
	double from = points[0].seconds, to = points[len - 1].seconds;

	for (size_t i = 0, same; i < len; i += same) {
		size_t bin = bin_of(points[i].seconds, from, to, BINS);

		same = 1;
		while (len > BINS && i + same < len && points[i + same].run == points[i].run &&
		       bin_of(points[i + same].seconds, from, to, BINS) == bin)
			same++;
		course->points[course->len++] = middle_of(points + i, same);
	}
}

static double change_at(const struct km_course *course, size_t i)
{
	return course->points[i].y - course->points[i - 1].y;
}

static bool is_restart(const struct km_course *course, size_t i)
{
	return course->points[i].run != course->points[i - 1].run;
}

/* The median of the changes that are not 0, and their sum, both absolute. */
static double usual_change(const struct km_course *course, double *ret_sum)
{
	double *changes = km_realloc(NULL, course->len, sizeof(*changes)), usual;
	size_t len = 0;

	*ret_sum = 0;
	for (size_t i = 1; i < course->len; i++) {
		if (is_restart(course, i))
			continue;
		changes[len] = magnitude(change_at(course, i));
		*ret_sum += changes[len];
		len += changes[len] > 0;
	}
	if (len)
		qsort(changes, len, sizeof(*changes), compare_reals);
	usual = len >= LEAST_CHANGES ? changes[len / 2] : 0;
	free(changes);
	return usual;
}

/* A change that differs from the others: more than ten times the usual one, and more than a sixteenth of all. */
struct unlike {
	double usual, all;
};

static bool is_unlike(double change, const struct unlike *others)
{
	return magnitude(change) > others->usual * 10 && magnitude(change) > others->all / 16;
}

static bool is_step(const struct km_course *course, size_t i, const struct unlike *unlike)
{
	return !is_restart(course, i) && is_unlike(change_at(course, i), unlike);
}

/*
 * Steps upwards that come again and again, each much like the others, are how this row grows. Steps one behind the
 * other are one, which values between divide.
 */
static bool is_stairs(const struct km_course *course, const struct unlike *unlike)
{
	double smallest = 0, largest = 0, change = 0;
	size_t ups = 0;

	for (size_t i = 1; i < course->len; i++) {
		if (!is_step(course, i, unlike))
			continue;
		if (change_at(course, i) < 0)
			return false;
		change += change_at(course, i);
		if (i + 1 < course->len && is_step(course, i + 1, unlike))
			continue;
		smallest = ups && smallest < change ? smallest : change;
		largest = largest > change ? largest : change;
		change = 0;
		ups++;
	}
	return ups >= STAIRS && largest < smallest * 3;
}

/* The run ends at each step, so that no slope crosses it. */
static void find_steps(struct km_course *course)
{
	struct unlike unlike = { 0 };
	double offset = 0, restarted = 0;
	unsigned int before = course->points[0].run, run = 0;

	unlike.usual = usual_change(course, &unlike.all);
	if (is_stairs(course, &unlike))
		unlike.usual = unlike.all;
	course->stitched[0] = course->joined[0] = course->points[0].y;
	course->points[0].run = 0;
	for (size_t i = 1; i < course->len; i++) {
		double change = change_at(course, i);
		bool restart = course->points[i].run != before;
		bool step = !restart && is_unlike(change, &unlike);

		before = course->points[i].run;
		course->restarts += restart;
		course->steps += step;
		run += restart || step;
		if (step) {
			double grown = course->stitched[i - 1] - course->stitched[0] - course->freed;

			course->jumps += magnitude(change);
			course->freed += change < 0 && grown > 0 ? (grown < -change ? grown : -change) : 0;
		}
		if (restart || step)
			offset -= change;
		else if (change > 0)
			course->rises += change;
		else
			course->falls -= change;
		restarted -= restart ? change : 0;
		course->joined[i] = course->points[i].y + restarted;
		course->stitched[i] = course->points[i].y + offset;
		course->points[i].run = run;
	}
}

void km_course_init(struct km_course *course, const struct km_trend_point *points, size_t len)
{
	*course = (struct km_course){ .len = 0 };
	course->points = km_realloc(NULL, len, sizeof(*course->points));
	course->stitched = km_realloc(NULL, len, sizeof(*course->stitched));
	course->joined = km_realloc(NULL, len, sizeof(*course->joined));
	thin_out(points, len, course);
	find_steps(course);
}

void km_course_deinit(struct km_course *course)
{
	free(course->points);
	free(course->stitched);
	free(course->joined);
}

/* The lowest values of equal parts of the time, and the middle ones. */
struct parts {
	double floors[PARTS], middles[PARTS];
};

static double median_of(double *values, size_t len)
{
	qsort(values, len, sizeof(*values), compare_reals);
	return (values[(len - 1) / 2] + values[len / 2]) / 2;
}

/* false: a part has no value. */
static bool find_parts(const struct km_course *course, size_t parts, struct parts *ret)
{
	double from = course->points[0].x, to = course->points[course->len - 1].x;
	double *values = km_realloc(NULL, course->len, sizeof(*values));
	size_t part = 0, len = 0;

	for (size_t i = 0; i <= course->len; i++) {
		size_t at = i < course->len ? bin_of(course->points[i].x, from, to, parts) : parts;

		while (part < at && len) {
			ret->middles[part] = median_of(values, len);
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

bool km_course_rises_evenly(const struct km_course *course)
{
	double rises[WINDOWS - 1], usual;
	struct parts parts;

	if (!find_parts(course, WINDOWS, &parts))
		return false;
	for (size_t i = 0; i < WINDOWS - 1; i++)
		rises[i] = parts.floors[i + 1] - parts.floors[i];
	qsort(rises, WINDOWS - 1, sizeof(*rises), compare_reals);
	usual = rises[(WINDOWS - 1) / 2];
	return rises[0] > 0 && rises[0] > usual / 3 && rises[WINDOWS - 2] < usual * 3;
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
	return median_of(values, len);
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

/* The largest change, without sign, in earlier parts of that length. */
static double largest_before(const struct km_trend_point *points, size_t len, size_t first, double span)
{
	double largest = 0;

	for (size_t to = first; to; ) {
		size_t from = point_at(points, len, points[to].seconds - span);
		double change = magnitude(change_between(&points[from], &points[to]));

		largest = change > largest ? change : largest;
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
