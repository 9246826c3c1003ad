// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include "base/alloc.h"
#include "base/num.h"
#include "model/slope.h"

/* The square root. libm has it too, but loading libm costs time at each start. */
static double root(double square)
{
	double guess = square > 1 ? square : 1;

	for (int i = 0; i < 200; i++) {
		double next = (guess + square / guess) / 2;

		if (next >= guess)
			break;
		guess = next;
	}
	return guess;
}

/* Moves one value to its place in sorted order: smaller ones come before it, larger ones after it. */
static double select_at(double *values, size_t len, size_t at)
{
	size_t low = 0, high = len - 1;

	while (low < high) {
		double pivot = values[low + (high - low) / 2];
		size_t left = low, right = high;

		for (;;) {
			while (values[left] < pivot)
				left++;
			while (values[right] > pivot)
				right--;
			if (left >= right)
				break;
			double kept = values[left];

			values[left++] = values[right];
			values[right--] = kept;
		}
		if (at <= right)
			high = right;
		else
			low = right + 1;
	}
	return values[at];
}

static int compare_numbers(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double pairs_term(double n)
{
	return n * (n - 1) * (2 * n + 5);
}

/* The part of n points in the variance of Kendall's statistic, times 18, minus the part of equal values. */
static double variance_of(const struct km_point *points, size_t len)
{
	double *values = km_realloc(NULL, len, sizeof(*values)), sum = pairs_term((double)len);

	for (size_t i = 0; i < len; i++)
		values[i] = points[i].y;
	qsort(values, len, sizeof(*values), compare_numbers);
	for (size_t i = 0, same; i < len; i += same) {
		for (same = 1; i + same < len && values[i + same] <= values[i]; same++)
			;
		sum -= pairs_term((double)same);
	}
	free(values);
	return sum;
}

static size_t add_pairs(const struct km_point *points, size_t len, double *slopes)
{
	size_t count = 0;

	for (size_t i = 0; i < len; i++)
		for (size_t j = i + 1; j < len; j++)
			if (points[j].x > points[i].x)
				slopes[count++] = (points[j].y - points[i].y) / (points[j].x - points[i].x);
	return count;
}

static size_t clamp(double rank, size_t count)
{
	if (!(rank > 0))
		return 0;
	return rank >= (double)count ? count - 1 : (size_t)rank;
}

/* The 97.5 % point of the normal distribution. */
#define NORMAL 1.959963984540054

static struct km_slope slope_of_pairs(double *slopes, size_t count, double variance18)
{
	struct km_slope ret = { KM_UNKNOWN_REAL, KM_UNKNOWN_REAL, KM_UNKNOWN_REAL };
	double half = NORMAL * root(variance18 / 18) / 2, middle = (double)count / 2;

	if (!count)
		return ret;
	ret.slope = select_at(slopes, count, count / 2);
	if (count % 2 == 0)
		ret.slope = (ret.slope + select_at(slopes, count, count / 2 - 1)) / 2;
	ret.low = select_at(slopes, count, clamp((double)km_num_round(middle - half), count));
	ret.high = select_at(slopes, count, clamp((double)km_num_round(middle + half) - 1, count));
	return ret;
}

struct km_slope km_slope_of(const struct km_point *points, size_t len)
{
	double *slopes = km_realloc(NULL, len * len / 2 + 1, sizeof(*slopes)), variance = 0;
	struct km_slope ret;
	size_t count = 0;

	for (size_t i = 0, run; i < len; i += run) {
		for (run = 1; i + run < len && points[i + run].run == points[i].run; run++)
			;
		count += add_pairs(points + i, run, slopes + count);
		variance += variance_of(points + i, run);
	}
	ret = slope_of_pairs(slopes, count, variance);
	free(slopes);
	return ret;
}
