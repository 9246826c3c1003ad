// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include "base/array.h"
#include "model/slope.h"
#include "model/trend.h"

enum {
	BINS = 200,       /* points: 20,000 pairs */
	HISTORY = 24,     /* of the sparkline */
	WINDOWS = 8,      /* parts of the time; the lowest value must rise in each */
	LEAST_POINTS = 12,
	LEAST_SECONDS = 600,
	LEAST_BYTES = 64 * 1024, /* a few slabs; smaller changes are steady */
};

/* The points of a row, reduced in number, without the decreases at restarts and steps. */
struct course {
	struct km_point *points;
	size_t len;
	double *stitched; /* values parallel to the points */
	uint64_t restarts, steps;
	double rises, falls; /* sums, without steps */
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
static void thin_out(const struct km_trend_input *input, struct course *course)
{
	const struct km_trend_point *points = input->points;
	double from = points[0].seconds, to = points[input->len - 1].seconds;

	for (size_t i = 0, same; i < input->len; i += same) {
		size_t bin = bin_of(points[i].seconds, from, to, BINS);

		same = 1;
		while (input->len > BINS && i + same < input->len && points[i + same].run == points[i].run &&
		       bin_of(points[i + same].seconds, from, to, BINS) == bin)
			same++;
		course->points[course->len++] = middle_of(points + i, same);
	}
}

static double change_at(const struct course *course, size_t i)
{
	return course->points[i].y - course->points[i - 1].y;
}

static double magnitude(double value)
{
	return value < 0 ? -value : value;
}

/* Fewer changes do not show what is usual. */
enum { LEAST_CHANGES = 8 };

/* The median of the changes that are not 0, and their sum, both absolute. */
static double usual_change(const struct course *course, double *ret_sum)
{
	double *changes = km_realloc(NULL, course->len, sizeof(*changes)), usual;
	size_t len = 0;

	*ret_sum = 0;
	for (size_t i = 1; i < course->len; i++) {
		if (course->points[i].run != course->points[i - 1].run)
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
 * A step is a change that differs from the others: more than ten times the usual one, and more than a
 * sixteenth of all changes together. The run ends there, so that no slope crosses it.
 */
static void find_steps(struct course *course)
{
	double sum, usual = usual_change(course, &sum), offset = 0;
	unsigned int before = course->points[0].run, run = 0;

	course->stitched[0] = course->points[0].y;
	course->points[0].run = 0;
	for (size_t i = 1; i < course->len; i++) {
		double change = change_at(course, i);
		bool restart = course->points[i].run != before;
		bool step = !restart && magnitude(change) > usual * 10 && magnitude(change) > sum / 16;

		before = course->points[i].run;
		course->restarts += restart;
		course->steps += step;
		run += restart || step;
		if (restart || step)
			offset -= change;
		else if (change > 0)
			course->rises += change;
		else
			course->falls -= change;
		course->stitched[i] = course->points[i].y + offset;
		course->points[i].run = run;
	}
}

/* The lowest value of each window; false if a window has none. */
static bool find_floors(const struct course *course, double floors[static WINDOWS])
{
	double from = course->points[0].x, to = course->points[course->len - 1].x;

	for (size_t i = 0; i < WINDOWS; i++)
		floors[i] = INFINITY;
	for (size_t i = 0; i < course->len; i++) {
		size_t window = bin_of(course->points[i].x, from, to, WINDOWS);

		if (course->stitched[i] < floors[window])
			floors[window] = course->stitched[i];
	}
	for (size_t i = 0; i < WINDOWS; i++)
		if (isinf(floors[i]))
			return false;
	return true;
}

/*
 * Leaked memory is never freed. So the memory that remains when everything else is freed keeps growing, by a
 * similar amount in each eighth of the time. Ordinary work that grows by chance does not behave like this.
 */
static bool rises_evenly(const struct course *course)
{
	double floors[WINDOWS], rises[WINDOWS - 1], usual;

	if (!find_floors(course, floors))
		return false;
	for (size_t i = 0; i < WINDOWS - 1; i++)
		rises[i] = floors[i + 1] - floors[i];
	qsort(rises, WINDOWS - 1, sizeof(*rises), compare_reals);
	usual = rises[(WINDOWS - 1) / 2];
	return rises[0] > 0 && rises[0] > usual / 3 && rises[WINDOWS - 2] < usual * 3;
}

/* The shortest time that contains four fifths of the growth. */
static void find_burst(const struct course *course, struct km_trend *row)
{
	double all = (double)row->change_bytes, shortest = row->seconds;
	size_t from = 0;

	if (all <= 0)
		return;
	for (size_t to = 1; to < course->len; to++) {
		while (from + 1 < to && course->points[to].y - course->points[from + 1].y >= all * 0.8)
			from++;
		if (course->points[to].y - course->points[from].y < all * 0.8 ||
		    course->points[to].x - course->points[from].x >= shortest)
			continue;
		shortest = course->points[to].x - course->points[from].x;
		row->burst_bytes = km_num_round(course->points[to].y - course->points[from].y);
		row->burst_seconds = shortest;
	}
}

static enum km_trend_id verdict_of(const struct km_trend_input *input, const struct course *course,
				   const struct km_trend *row)
{
	double grown = row->hourly_bytes == KM_UNKNOWN_DELTA ? 0 : (double)row->hourly_bytes * row->seconds / 3600;
	bool burst = row->change_bytes >= LEAST_BYTES && row->burst_seconds < row->seconds / 4;

	if (course->len < LEAST_POINTS || row->seconds < LEAST_SECONDS || row->hourly_bytes == KM_UNKNOWN_DELTA)
		return KM_TREND_TOO_SHORT;
	if (input->free)
		return row->hourly_low_bytes > 0 ? KM_TREND_GROWING :
		       row->hourly_high_bytes < 0 ? KM_TREND_SHRINKING : KM_TREND_STEADY;
	if (burst)
		return KM_TREND_WORKLOAD;
	if (row->hourly_high_bytes < 0 && grown <= -LEAST_BYTES)
		return KM_TREND_SHRINKING;
	if (row->hourly_low_bytes <= 0 || grown < LEAST_BYTES)
		return course->rises + course->falls >= 20.0 * LEAST_BYTES ? KM_TREND_WORKLOAD : KM_TREND_STEADY;
	if (input->reclaimable)
		return KM_TREND_RECLAIMABLE;
	return rises_evenly(course) ? KM_TREND_LEAK_LIKE : KM_TREND_GROWING;
}

static int64_t hourly(double slope)
{
	double bytes = slope * 3600;

	return bytes > -9e18 && bytes < 9e18 ? km_num_round(bytes) : KM_UNKNOWN_DELTA;
}

static void set_slope(const struct course *course, struct km_trend *row)
{
	struct km_slope slope = km_slope_of(course->points, course->len);

	row->hourly_bytes = hourly(slope.slope);
	row->hourly_low_bytes = hourly(slope.low);
	row->hourly_high_bytes = hourly(slope.high);
}

/* The last value in each part of the recording; unknown if the row did not exist. */
static void set_history(struct km_pool *pool, const struct km_trend_input *input, struct km_trend *row)
{
	row->history_bytes = (struct km_numbers){ km_pool_alloc(pool, HISTORY, sizeof(uint64_t)), HISTORY };
	for (size_t i = 0; i < HISTORY; i++)
		row->history_bytes.items[i] = KM_UNKNOWN;
	for (size_t i = 0; i < input->len; i++) {
		size_t bin = bin_of(input->points[i].seconds, input->from, input->to, HISTORY);

		row->history_bytes.items[bin] = input->points[i].bytes < 0 ? 0 : (uint64_t)input->points[i].bytes;
	}
}

static void set_ends(const struct km_trend_input *input, struct km_trend *row)
{
	const struct km_trend_point *first = &input->points[0], *last = &input->points[input->len - 1];

	row->first_bytes = (uint64_t)first->bytes;
	row->last_bytes = (uint64_t)last->bytes;
	row->change_bytes = km_num_delta(row->last_bytes, row->first_bytes);
	row->seconds = last->seconds - first->seconds;
	row->samples = input->len;
}

void km_trend_derive(struct km_pool *pool, const struct km_trend_input *input, struct km_trend *row)
{
	struct course course = { .len = 0 };

	km_row_init(&km_trend_type, row);
	row->report = input->report;
	row->name = input->name;
	row->samples = row->restarts = row->steps = 0;
	row->verdict = &km_trend_words[KM_TREND_TOO_SHORT];
	if (!input->len)
		return;
	course.points = km_realloc(NULL, input->len, sizeof(*course.points));
	course.stitched = km_realloc(NULL, input->len, sizeof(*course.stitched));
	set_ends(input, row);
	set_history(pool, input, row);
	thin_out(input, &course);
	find_steps(&course);
	row->restarts = course.restarts;
	row->steps = course.steps;
	set_slope(&course, row);
	find_burst(&course, row);
	row->verdict = &km_trend_words[verdict_of(input, &course, row)];
	free(course.points);
	free(course.stitched);
}

static bool is_growth(const struct km_trend *row)
{
	return row->hourly_bytes != KM_UNKNOWN_DELTA && row->hourly_bytes > 0;
}

static int compare_rows(const void *a, const void *b)
{
	const struct km_trend *x = a, *y = b;
	int64_t p = x->hourly_bytes, q = y->hourly_bytes;

	if (x->verdict != y->verdict)
		return (x->verdict > y->verdict) - (x->verdict < y->verdict);
	if (p != q)
		return p < q ? 1 : -1;
	if (x->change_bytes != y->change_bytes)
		return x->change_bytes < y->change_bytes ? 1 : -1;
	return km_str_compare(x->name, y->name);
}

void km_trend_finish(struct km_trend *rows, size_t len, uint64_t available_bytes)
{
	for (size_t i = 0; i < len; i++) {
		double sum = 0;

		for (size_t j = 0; j < len; j++)
			if (is_growth(&rows[j]) && km_str_eq(rows[j].report, rows[i].report))
				sum += (double)rows[j].hourly_bytes;
		if (!is_growth(&rows[i]))
			continue;
		rows[i].share_ratio = (double)rows[i].hourly_bytes / sum;
		if (available_bytes != KM_UNKNOWN && rows[i].verdict <= &km_trend_words[KM_TREND_GROWING])
			rows[i].exhausted_seconds = (double)available_bytes / (double)rows[i].hourly_bytes * 3600;
	}
	if (len)
		qsort(rows, len, sizeof(*rows), compare_rows);
}

size_t km_trend_moving(const struct km_sheet *sheet)
{
	size_t len = 0;

	while (len < sheet->len &&
	       ((const struct km_trend *)km_sheet_row(sheet, len))->verdict < &km_trend_words[KM_TREND_STEADY])
		len++;
	return len;
}
