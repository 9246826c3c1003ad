// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include "base/alloc.h"
#include "model/timeline.h"

#define RECORDED .origin = "the recording"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_timeline, from, KM_TEXT), .head = "FROM", .brief = "time of the first sample, UTC",
	  .explain = "By the machine's wall clock.", RECORDED },
	{ KM_FIELD(struct km_timeline, to, KM_TEXT), .head = "TO", .brief = "time of the last sample, UTC",
	  .explain = "By the machine's wall clock, which may have been set in between.", RECORDED },
	{ KM_FIELD(struct km_timeline, samples, KM_COUNT), .flags = KM_PROPERTY, .head = "SAMPLES",
	  .brief = "samples in the recording", .explain = "--keep may have removed older ones.", RECORDED },
	{ KM_FIELD(struct km_timeline, seconds, KM_SECONDS), .flags = KM_PROPERTY, .head = "TIME",
	  .brief = "time from the first sample to the last",
	  .explain = "The time in which the machine ran: without suspend, and independent of the wall clock. "
		     "Between two boots only the wall clock is known.", .origin = "computed" },
	{ KM_FIELD(struct km_timeline, interval_seconds, KM_SECONDS), .flags = KM_PROPERTY, .head = "EVERY",
	  .brief = "usual time between two samples", .explain = "The median.", .origin = "computed" },
	{ KM_FIELD(struct km_timeline, boots, KM_COUNT), .flags = KM_PROPERTY, .head = "BOOTS",
	  .brief = "runs of a kernel in the recording",
	  .explain = "Distinguished by boot_id. After a boot each row is a new one.",
	  .origin = "/proc/sys/kernel/random/boot_id" },
	{ KM_FIELD(struct km_timeline, gaps, KM_COUNT), .flags = KM_PROPERTY, .head = "GAPS",
	  .brief = "times without samples", .explain = "Three times as long as usual or longer, boots included.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_timeline, gap_seconds, KM_SECONDS), .flags = KM_PROPERTY, .head = "GAP-TIME",
	  .brief = "length of all gaps", .explain = "What grew and shrank in a gap is not known.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_timeline, suspends, KM_COUNT), .flags = KM_PROPERTY, .head = "SUSPENDS",
	  .brief = "pairs of samples between which the machine slept",
	  .explain = "A second or longer: CLOCK_BOOTTIME went on while CLOCK_MONOTONIC stood still.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_timeline, suspended_seconds, KM_SECONDS), .flags = KM_PROPERTY, .head = "SUSPENDED",
	  .brief = "time in which the machine slept", .explain = "Rates leave it out.", .origin = "computed" },
	{ KM_FIELD(struct km_timeline, clock_changes, KM_COUNT), .flags = KM_PROPERTY, .head = "CLOCK-SET",
	  .brief = "how often the wall clock was set",
	  .explain = "Two seconds or more against CLOCK_BOOTTIME, between two samples.", .origin = "computed" },
	{ KM_FIELD(struct km_timeline, clock_change_seconds, KM_SECONDS), .flags = KM_PROPERTY, .head = "CLOCK-BY",
	  .brief = "the largest change of the wall clock", .explain = "Negative: it was set back.",
	  .origin = "computed" },
	{ 0 }
};

const struct km_sheet_type km_timeline_type = {
	.name = "recording",
	.brief = "the time that a recording covers",
	.explain = "What a recording lacks: boots, gaps, suspends, changes of the wall clock.",
	.fields = fields,
	.row_size = sizeof(struct km_timeline),
};

#define NONE INT64_MIN

static double difference(int64_t a, int64_t b)
{
	return ((double)a - (double)b) / 1e6;
}

static double magnitude(double value)
{
	return value < 0 ? -value : value;
}

/* The time that the machine ran between two moments. */
static double ran_for(const struct km_timeline_moment *a, const struct km_timeline_moment *b)
{
	double seconds = difference(b->wall_us, a->wall_us);

	if (a->boot == b->boot && a->monotonic_us != NONE && b->monotonic_us != NONE)
		seconds = difference(b->monotonic_us, a->monotonic_us);
	return seconds > 0 ? seconds : 0;
}

static bool has_both(const struct km_timeline_moment *moment)
{
	return moment->monotonic_us != NONE && moment->boottime_us != NONE;
}

static void note_clocks(const struct km_timeline_moment *a, const struct km_timeline_moment *b, struct km_timeline *ret)
{
	double slept, set;

	if (a->boot != b->boot || !has_both(a) || !has_both(b))
		return;
	slept = difference(b->boottime_us, a->boottime_us) - difference(b->monotonic_us, a->monotonic_us);
	set = difference(b->wall_us, a->wall_us) - difference(b->boottime_us, a->boottime_us);
	if (slept >= 1) {
		ret->suspends++;
		ret->suspended_seconds += slept;
	}
	if (magnitude(set) >= 2) {
		ret->clock_changes++;
		if (magnitude(set) > magnitude(ret->clock_change_seconds))
			ret->clock_change_seconds = set;
	}
}

static int compare_reals(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median_step(const double *seconds, size_t len)
{
	double *steps = km_realloc(NULL, len, sizeof(*steps)), median;

	for (size_t i = 1; i < len; i++)
		steps[i - 1] = seconds[i] - seconds[i - 1];
	qsort(steps, len - 1, sizeof(*steps), compare_reals);
	median = steps[(len - 1) / 2];
	free(steps);
	return median;
}

static void note_gaps(const double *seconds, size_t len, struct km_timeline *ret)
{
	ret->interval_seconds = median_step(seconds, len);
	for (size_t i = 1; i < len; i++) {
		if (seconds[i] - seconds[i - 1] < ret->interval_seconds * 3 || ret->interval_seconds <= 0)
			continue;
		ret->gaps++;
		ret->gap_seconds += seconds[i] - seconds[i - 1];
	}
}

void km_timeline_derive(const struct km_timeline_moment *moments, size_t len, double *seconds, struct km_timeline *ret)
{
	km_row_init(&km_timeline_type, ret);
	ret->samples = len;
	ret->boots = 1;
	ret->gaps = ret->suspends = ret->clock_changes = 0;
	ret->gap_seconds = ret->suspended_seconds = ret->clock_change_seconds = 0;
	seconds[0] = 0;
	for (size_t i = 1; i < len; i++) {
		seconds[i] = seconds[i - 1] + ran_for(&moments[i - 1], &moments[i]);
		ret->boots += moments[i].boot != moments[i - 1].boot;
		note_clocks(&moments[i - 1], &moments[i], ret);
	}
	ret->seconds = seconds[len - 1];
	if (len > 1)
		note_gaps(seconds, len, ret);
}
