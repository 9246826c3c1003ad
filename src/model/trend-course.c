// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include "base/alloc.h"
#include "model/trend-course.h"

enum {
	BINS = 200,  /* points: 20,000 pairs */
	LEAST_CHANGES = 8, /* fewer changes do not show what is usual */
	STAIRS = 3,  /* steps of a similar size are no exceptions any more */
	GAP = 3,     /* times the usual distance of two points, */
	GAP_PART = 20, /* and a part of the time: the recorder may have been slower for a while */
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

double km_course_median(double *values, size_t len)
{
	qsort(values, len, sizeof(*values), compare_reals);
	return (values[(len - 1) / 2] + values[len / 2]) / 2;
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

size_t km_course_bin(double seconds, double from, double to, size_t bins)
{
	size_t bin = to > from ? (size_t)((seconds - from) / (to - from) * (double)bins) : 0;

	return bin < bins ? bin : bins - 1;
}

/* Merges the points of one bin and one run. A short series stays as it is. */
static void thin_out(const struct km_trend_point *points, size_t len, struct km_course *course)
{
	double from = points[0].seconds, to = points[len - 1].seconds;

	for (size_t i = 0, same; i < len; i += same) {
		size_t bin = km_course_bin(points[i].seconds, from, to, BINS);

		same = 1;
		while (len > BINS && i + same < len && points[i + same].run == points[i].run &&
		       km_course_bin(points[i + same].seconds, from, to, BINS) == bin)
			same++;
		course->points[course->len++] = middle_of(points + i, same);
	}
}

static void set_gap(struct km_course *course)
{
	double *distances = km_realloc(NULL, course->len, sizeof(*distances));

	for (size_t i = 1; i < course->len; i++)
		distances[i - 1] = course->points[i].x - course->points[i - 1].x;
	course->gap = (course->points[course->len - 1].x - course->points[0].x) / GAP_PART;
	if (course->len > 1 && km_course_median(distances, course->len - 1) * GAP > course->gap)
		course->gap = km_course_median(distances, course->len - 1) * GAP;
	free(distances);
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

/*
 * A change that differs from the others: more than ten times the usual one, and more than a sixteenth of all. In a gap
 * it may be as large as the others are in that time.
 */
struct unlike {
	double usual, all, rate;
};

static bool is_unlike(double change, const struct unlike *others)
{
	return magnitude(change) > others->usual * 10 && magnitude(change) > others->all / 16;
}

static double distance_at(const struct km_course *course, size_t i)
{
	return course->points[i].x - course->points[i - 1].x;
}

static bool is_gap(const struct km_course *course, size_t i)
{
	return distance_at(course, i) > course->gap;
}

static bool differs(const struct km_course *course, size_t i, const struct unlike *unlike)
{
	double expected = is_gap(course, i) ? unlike->rate * distance_at(course, i) : 0;

	return is_unlike(change_at(course, i) - expected, unlike);
}

static bool is_step(const struct km_course *course, size_t i, const struct unlike *unlike)
{
	return !is_restart(course, i) && differs(course, i, unlike);
}

/* The change in a second, without gaps and restarts. */
static double usual_rate(const struct km_course *course)
{
	double change = 0, seconds = 0;

	for (size_t i = 1; i < course->len; i++) {
		if (is_gap(course, i) || is_restart(course, i))
			continue;
		change += change_at(course, i);
		seconds += distance_at(course, i);
	}
	return seconds > 0 ? change / seconds : 0;
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

static struct unlike unlike_of(const struct km_course *course)
{
	struct unlike unlike = { .rate = usual_rate(course) };

	unlike.usual = usual_change(course, &unlike.all);
	if (is_stairs(course, &unlike))
		unlike.usual = unlike.all;
	return unlike;
}

/*
 * The run ends at each step, so that no slope crosses it. What happened in a gap is not known: its time and its change
 * are left out of the shape.
 */
static void find_steps(struct km_course *course)
{
	const struct unlike unlike = unlike_of(course);
	double offset = 0, restarted = 0;
	unsigned int before = course->points[0].run, run = 0;

	course->stitched[0] = course->joined[0] = course->points[0].y;
	course->watched[0] = 0;
	course->points[0].run = 0;
	for (size_t i = 1; i < course->len; i++) {
		double change = change_at(course, i);
		bool restart = course->points[i].run != before, gap = is_gap(course, i);
		bool step = !restart && differs(course, i, &unlike);

		before = course->points[i].run;
		course->restarts += restart;
		course->steps += step;
		run += restart || step;
		if (step) {
			double grown = course->stitched[i - 1] - course->stitched[0] - course->freed;

			course->jumps += magnitude(change);
			course->freed += change < 0 && grown > 0 ? (grown < -change ? grown : -change) : 0;
		}
		if (restart || step || gap)
			offset -= change;
		else if (change > 0)
			course->rises += change;
		else
			course->falls -= change;
		restarted -= restart ? change : 0;
		course->joined[i] = course->points[i].y + restarted;
		course->stitched[i] = course->points[i].y + offset;
		course->watched[i] = course->watched[i - 1] + (gap ? 0 : distance_at(course, i));
		course->points[i].run = run;
	}
}

void km_course_init(struct km_course *course, const struct km_trend_point *points, size_t len)
{
	*course = (struct km_course){ .len = 0 };
	course->points = km_realloc(NULL, len, sizeof(*course->points));
	course->stitched = km_realloc(NULL, len, sizeof(*course->stitched));
	course->joined = km_realloc(NULL, len, sizeof(*course->joined));
	course->watched = km_realloc(NULL, len, sizeof(*course->watched));
	thin_out(points, len, course);
	set_gap(course);
	find_steps(course);
}

void km_course_deinit(struct km_course *course)
{
	free(course->points);
	free(course->stitched);
	free(course->joined);
	free(course->watched);
}
