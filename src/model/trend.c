// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include "base/num.h"
#include "model/trend-course.h"

enum {
	HISTORY = 24,     /* of the sparkline */
	LEAST_POINTS = 12,
	LEAST_SECONDS = 600,
	LEAST_BYTES = 64 * 1024, /* a few slabs; smaller changes are steady */
	LEAST_REST_BYTES = 256 * 1024, /* what counters may lag together: 64 pages of 4 KiB */
};

static enum km_trend_id direction_of(const struct km_trend *row)
{
	if (row->hourly_low_bytes > 0)
		return KM_TREND_GROWING;
	return row->hourly_high_bytes < 0 ? KM_TREND_SHRINKING : KM_TREND_STEADY;
}

/* A row without a direction: it may still have changed a lot. */
static enum km_trend_id aimless(const struct km_course *course)
{
	return course->rises + course->falls + course->jumps >= 20.0 * LEAST_BYTES ? KM_TREND_WORKLOAD : KM_TREND_STEADY;
}

static enum km_trend_id verdict_of(const struct km_trend_input *input, const struct km_course *course,
				   const struct km_trend *row)
{
	const int64_t least = input->rest ? LEAST_REST_BYTES : LEAST_BYTES;
	double grown = row->hourly_bytes == KM_UNKNOWN_DELTA ? 0 : (double)row->hourly_bytes * row->seconds / 3600;
	bool burst = row->change_bytes >= least && row->burst_seconds < row->seconds / 4;

	if (course->len < LEAST_POINTS || row->seconds < LEAST_SECONDS || row->hourly_bytes == KM_UNKNOWN_DELTA)
		return KM_TREND_TOO_SHORT;
	if (input->free)
		return direction_of(row);
	if (burst)
		return KM_TREND_WORKLOAD;
	if (km_course_swings(course, grown))
		return aimless(course);
	if (row->hourly_high_bytes < 0 && grown <= -(double)least)
		return KM_TREND_SHRINKING;
	if (row->hourly_low_bytes <= 0 || grown < (double)least)
		return aimless(course);
	if (input->reclaimable)
		return KM_TREND_RECLAIMABLE;
	/* what was freed was no leak, and what grows no more is none that lasts */
	if (input->gone || (course->freed > grown / 3 && !input->programs) || km_course_has_stopped(course))
		return KM_TREND_WORKLOAD;
	return km_course_rises_evenly(course) ? KM_TREND_LEAK_LIKE : KM_TREND_GROWING;
}

static int64_t hourly(double slope)
{
	double bytes = slope * 3600;

	return bytes > -9e18 && bytes < 9e18 ? km_num_round(bytes) : KM_UNKNOWN_DELTA;
}

static void set_slope(const struct km_course *course, struct km_trend *row)
{
	struct km_slope slope = km_slope_of(course->points, course->len);

	row->hourly_bytes = hourly(slope.slope);
	row->hourly_low_bytes = hourly(slope.low);
	row->hourly_high_bytes = hourly(slope.high);
}

static void set_burst(const struct km_course *course, struct km_trend *row)
{
	double seconds = row->seconds, bytes = km_course_burst(course, &seconds);

	if (bytes <= 0)
		return;
	row->burst_bytes = km_num_round(bytes);
	row->burst_seconds = seconds;
}

static size_t bin_at(double seconds, double all)
{
	size_t bin = all > 0 ? (size_t)(seconds / all * HISTORY) : 0;

	return bin < HISTORY ? bin : HISTORY - 1;
}

/* The last value in each part of the recording; unknown if the row did not exist. */
static void set_history(struct km_pool *pool, const struct km_trend_input *input, struct km_trend *row)
{
	row->history_bytes = (struct km_numbers){ km_pool_alloc(pool, HISTORY, sizeof(uint64_t)), HISTORY };
	for (size_t i = 0; i < HISTORY; i++)
		row->history_bytes.items[i] = KM_UNKNOWN;
	for (size_t i = 0; i < input->len; i++) {
		size_t bin = bin_at(input->points[i].seconds, input->to);

		row->history_bytes.items[bin] = input->points[i].bytes < 0 ? 0 : (uint64_t)input->points[i].bytes;
	}
}

static void set_ends(const struct km_trend_point *points, size_t len, struct km_trend *row)
{
	row->first_bytes = (uint64_t)points[0].bytes;
	row->last_bytes = (uint64_t)points[len - 1].bytes;
	row->change_bytes = km_num_delta(row->last_bytes, row->first_bytes);
	row->seconds = points[len - 1].seconds - points[0].seconds;
	row->samples = len;
}

/* The figures of the points from one on. */
static void take(const struct km_trend_input *input, size_t first, struct km_trend *row)
{
	const struct km_trend_point *points = input->points + first;
	struct km_course course;

	set_ends(points, input->len - first, row);
	km_course_init(&course, points, input->len - first);
	row->restarts = course.restarts;
	row->steps = course.steps;
	row->burst_bytes = KM_UNKNOWN_DELTA;
	row->burst_seconds = KM_UNKNOWN_REAL;
	set_slope(&course, row);
	set_burst(&course, row);
	row->verdict = &km_trend_words[verdict_of(input, &course, row)];
	km_course_deinit(&course);
}

void km_trend_derive(struct km_pool *pool, const struct km_trend_input *input, struct km_trend *row)
{
	size_t onset;

	km_row_init(&km_trend_type, row);
	row->report = input->report;
	row->name = input->name;
	row->samples = row->restarts = row->steps = 0;
	row->verdict = &km_trend_words[KM_TREND_TOO_SHORT];
	if (!input->len)
		return;
	set_history(pool, input, row);
	take(input, 0, row);
	if (input->free || input->reclaimable || input->gone || row->verdict == &km_trend_words[KM_TREND_LEAK_LIKE])
		return;
	onset = km_course_onset(input->points, input->len);
	if (onset) {
		struct km_trend whole = *row;

		take(input, onset, row);
		if (row->verdict != &km_trend_words[KM_TREND_LEAK_LIKE])
			*row = whole;
	}
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
