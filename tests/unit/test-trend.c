// SPDX-License-Identifier: GPL-2.0-or-later
/* Rates that were planted, and verdicts: leaks of many shapes are named, ordinary work is not. */
#include <math.h>
#include <stdlib.h>
#include "model/slope.h"
#include "model/timeline.h"
#include "model/trend.h"
#include "dice.h"
#include "unit.h"

enum { POINTS = 360, EVERY = 10, WALKS = 3000 };

static uint64_t seed = DICE_INIT;

/* From 0 to 1. */
static double dice(void)
{
	return (double)(dice_next(&seed) >> 11) / (double)(UINT64_C(1) << 53);
}

/* Near 0, and seldom far from it. */
static double noise(void)
{
	double sum = 0;

	for (int i = 0; i < 12; i++)
		sum += dice();
	return sum - 6;
}

static struct km_trend_point points[POINTS];

static struct km_trend derive(struct km_pool *pool, size_t len, bool reclaimable)
{
	const struct km_trend_input input = { .report = KM_STR("slab"), .name = KM_STR("a"), .points = points, .len = len,
					      .to = (double)POINTS * EVERY, .reclaimable = reclaimable };
	struct km_trend row;

	km_trend_derive(pool, &input, &row);
	return row;
}

static const struct km_word *verdict(size_t len)
{
	struct km_pool pool = { 0 };
	const struct km_trend row = derive(&pool, len, false);

	km_pool_deinit(&pool);
	return row.verdict;
}

static void set(size_t i, double bytes, unsigned int run)
{
	points[i] = (struct km_trend_point){ (double)(i * EVERY), bytes > 0 ? (int64_t)bytes : 0, run };
}

/* A leak of MiB an hour in a cache that goes up and down. */
static void plant(double hourly, double noisy, double slab_bytes)
{
	for (size_t i = 0; i < POINTS; i++) {
		double bytes = 20e6 + hourly * (double)(i * EVERY) / 3600 + noise() * noisy;

		set(i, floor(bytes / slab_bytes) * slab_bytes, 0);
	}
}

static void finds_leaks(void **state)
{
	static const double hourly[] = { 1e6, 3.25e6, 50e6, 4e9 };
	struct km_pool pool = { 0 };

	(void)state;
	for (size_t i = 0; i < UNIT_COUNT(hourly); i++)
		for (double part = 0; part < 0.05; part += 0.01) {
			struct km_trend row;

			plant(hourly[i], hourly[i] * part, 4096);
			row = derive(&pool, POINTS, false);
			assert_ptr_equal(row.verdict, &km_trend_words[KM_TREND_LEAK_LIKE]);
			assert_true(fabs((double)row.hourly_bytes / hourly[i] - 1) < 0.05);
			assert_true(row.hourly_low_bytes <= row.hourly_bytes && row.hourly_bytes <= row.hourly_high_bytes);
			row = derive(&pool, POINTS, true);
			assert_ptr_equal(row.verdict, &km_trend_words[KM_TREND_RECLAIMABLE]);
		}
	km_pool_deinit(&pool);
}

/* An hour of work changed what counters leave of all memory by 31 pages, evenly: that is less than they lag. */
static void rest_of_counters(void **state)
{
	struct km_trend_input input = { .report = KM_STR("account"), .name = KM_STR("unaccounted"), .points = points, .len = POINTS,
					.to = (double)POINTS * EVERY };
	const double hours = (double)POINTS * EVERY / 3600;
	struct km_pool pool = { 0 };
	struct km_trend row;

	(void)state;
	for (double grown = 0; grown < 2; grown += 0.25) {
		plant((124 + grown * 256) * 1024 / hours, 0, 1);
		for (unsigned int rest = 0; rest < 2; rest++) {
			input.rest = rest;
			km_trend_derive(&pool, &input, &row);
			assert_ptr_equal(row.verdict, &km_trend_words[rest && grown < 0.75 ? KM_TREND_STEADY : KM_TREND_LEAK_LIKE]);
		}
	}
	km_pool_deinit(&pool);
}

/* Walks by chance, around a value or away from it, and waves: none of them is a leak. */
static void ordinary_work(void **state)
{
	size_t leaks = 0;

	(void)state;
	for (size_t walk = 0; walk < WALKS; walk++) {
		double value = 20e6, reach = 1e3 + dice() * 3e5, back = walk % 3 ? dice() * 0.2 : 0;

		for (size_t i = 0; i < POINTS; i++) {
			value += noise() * reach - (value - 20e6) * back;
			set(i, floor(value / 4096) * 4096, 0);
		}
		leaks += verdict(POINTS) == &km_trend_words[KM_TREND_LEAK_LIKE];
	}
	if (leaks > WALKS / 1000)
		fail_msg("%zu of %d walks by chance are called leaks", leaks, WALKS);
	for (double waves = 0.3; waves < 20; waves += 0.37) {
		for (size_t i = 0; i < POINTS; i++)
			set(i, 20e6 + 5e6 * sin((double)i / POINTS * waves * 6.2831853), 0);
		assert_ptr_not_equal(verdict(POINTS), &km_trend_words[KM_TREND_LEAK_LIKE]);
	}
}

/* Growth that ends is work, however large: 200 MB in 3 minutes of an hour. */
static void bursts(void **state)
{
	struct km_pool pool = { 0 };

	(void)state;
	for (size_t from = 0; from < POINTS - 30; from += 30) {
		struct km_trend row;

		for (size_t i = 0; i < POINTS; i++)
			set(i, 1e6 + (i < from ? 0 : i > from + 18 ? 18 : (double)(i - from)) / 18 * 200e6, 0);
		row = derive(&pool, POINTS, false);
		assert_ptr_equal(row.verdict, &km_trend_words[KM_TREND_WORKLOAD]);
		assert_true(row.burst_seconds <= 180 && row.burst_bytes >= 160000000);
	}
	km_pool_deinit(&pool);
}

/* A process that leaks and is started anew, a module that is loaded anew: the rate is that between. */
static void restarts(void **state)
{
	struct km_pool pool = { 0 };
	struct km_trend row;

	(void)state;
	for (size_t i = 0; i < POINTS; i++)
		set(i, 1e6 + (double)(i % 120) * 30e6 / 360, (unsigned int)(i / 120));
	row = derive(&pool, POINTS, false);
	assert_int_equal(row.restarts, 2);
	assert_ptr_equal(row.verdict, &km_trend_words[KM_TREND_LEAK_LIKE]);
	assert_true(fabs((double)row.hourly_bytes / 30e6 - 1) < 0.05);
	/* the same without saying so: the falls are steps */
	for (size_t i = 0; i < POINTS; i++)
		points[i].run = 0;
	row = derive(&pool, POINTS, false);
	assert_in_range(row.steps, 2, 4); /* a point that was thinned out may lie half way */
	assert_true(fabs((double)row.hourly_bytes / 30e6 - 1) < 0.05);
	km_pool_deinit(&pool);
}

static void without_direction(void **state)
{
	struct km_pool pool = { 0 };
	struct km_trend row;

	(void)state;
	row = derive(&pool, 0, false);
	assert_ptr_equal(row.verdict, &km_trend_words[KM_TREND_TOO_SHORT]);
	plant(50e6, 0, 4096);
	for (size_t len = 1; len < 12; len++) {
		row = derive(&pool, len, false);
		assert_ptr_equal(row.verdict, &km_trend_words[KM_TREND_TOO_SHORT]);
		assert_int_equal(row.samples, len);
	}
	for (size_t i = 0; i < POINTS; i++)
		set(i, 4096, 0);
	row = derive(&pool, POINTS, false);
	assert_ptr_equal(row.verdict, &km_trend_words[KM_TREND_STEADY]);
	assert_int_equal(row.hourly_bytes, 0);
	plant(-50e6, 1e5, 4096);
	assert_ptr_equal(verdict(POINTS), &km_trend_words[KM_TREND_SHRINKING]);
	km_pool_deinit(&pool);
}

/* What scipy.stats.theilslopes(y, x) gives. */
static void slopes(void **state)
{
	const struct km_point line[] = { { 0, 1, 0 }, { 1, 3, 0 }, { 2, 5, 0 }, { 3, 100, 0 }, { 4, 9, 0 }, { 5, 11, 0 } };
	const struct km_point two[] = { { 0, 0, 0 }, { 1, 1, 0 }, { 2, 0, 1 }, { 3, 1, 1 } };
	struct km_slope slope = km_slope_of(line, UNIT_COUNT(line));

	(void)state;
	assert_true(slope.slope == 2);
	assert_true(slope.low == 2 && slope.high == 33);
	slope = km_slope_of(two, UNIT_COUNT(two));
	assert_true(slope.slope == 1);
	assert_true(isnan(km_slope_of(line, 1).slope));
	assert_true(isnan(km_slope_of(line, 0).slope));
}

static struct km_timeline_moment at(double wall, double monotonic, double boottime, size_t boot)
{
	return (struct km_timeline_moment){ (int64_t)(wall * 1e6), (int64_t)(monotonic * 1e6), (int64_t)(boottime * 1e6), boot };
}

static void clocks(void **state)
{
	const struct km_timeline_moment moments[] = {
		at(1000, 10, 10, 0), at(1010, 20, 20, 0), at(1020, 30, 30, 0), at(1030, 40, 40, 0),
		at(4640, 50, 3650, 0), /* slept for an hour */
		at(1000, 60, 3660, 0), /* set back */
		at(1010, 70, 3670, 0),
		at(1310, 370, 3970, 0), /* five minutes without samples */
		at(1400, 5, 5, 1),      /* booted */
		at(1410, 15, 15, 1), at(1420, 25, 25, 1),
	};
	const double expected[] = { 0, 10, 20, 30, 40, 50, 60, 360, 450, 460, 470 };
	double seconds[UNIT_COUNT(moments)];
	struct km_timeline row;

	(void)state;
	km_timeline_derive(moments, UNIT_COUNT(moments), seconds, &row);
	for (size_t i = 0; i < UNIT_COUNT(moments); i++)
		assert_true(fabs(seconds[i] - expected[i]) < 1e-6);
	assert_int_equal(row.samples, UNIT_COUNT(moments));
	assert_int_equal(row.boots, 2);
	assert_int_equal(row.suspends, 1);
	assert_true(fabs(row.suspended_seconds - 3600) < 1e-6);
	assert_int_equal(row.clock_changes, 1);
	assert_true(fabs(row.clock_change_seconds + 3650) < 1e-6);
	assert_int_equal(row.gaps, 2);
	assert_true(fabs(row.gap_seconds - 390) < 1e-6);
	assert_true(fabs(row.interval_seconds - 10) < 1e-6);
	km_timeline_derive(moments, 1, seconds, &row);
	assert_int_equal(row.samples, 1);
	assert_true(isnan(row.interval_seconds));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_leaks),
		cmocka_unit_test(rest_of_counters),
		cmocka_unit_test(ordinary_work),
		cmocka_unit_test(bursts),
		cmocka_unit_test(restarts),
		cmocka_unit_test(without_direction),
		cmocka_unit_test(slopes),
		cmocka_unit_test(clocks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
