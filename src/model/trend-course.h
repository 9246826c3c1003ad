/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The way that a row went, and its shape: what verdicts about growth look at. Inside model/trend*.c only. */
#ifndef KM_MODEL_TREND_COURSE_H
#define KM_MODEL_TREND_COURSE_H

#include "model/slope.h"
#include "model/trend.h"

/* The points of a row, reduced in number, without the changes at restarts, at steps and in gaps. */
struct km_course {
	struct km_point *points;
	size_t len;
	double *stitched; /* values parallel to the points */
	double *joined;   /* the same with the changes at steps and in gaps */
	double *watched;  /* seconds since the first point, without gaps */
	double gap;       /* seconds between two points; more are a gap */
	uint64_t restarts, steps;
	double rises, falls; /* sums, without steps and gaps */
	double jumps, freed; /* the sum of all steps without sign; what steps took from what had grown before */
};

/* len points, one or more. km_course_deinit() frees them. */
void km_course_init(struct km_course *course, const struct km_trend_point *points, size_t len);
void km_course_deinit(struct km_course *course);

/* The median of one or more values, which it sorts. */
double km_course_median(double *values, size_t len);

/* Which of equal parts of the time from one second to another a second belongs to. */
size_t km_course_bin(double seconds, double from, double to, size_t bins);

/*
 * Leaked memory is never freed. So the memory that remains when everything else is freed keeps growing, by a
 * similar amount in each eighth of the time. Ordinary work that grows by chance does not behave like this.
 */
bool km_course_rises_evenly(const struct km_course *course);

/*
 * Whether it goes up and down by itself, and by far more than it has grown: then the line through its points depends on
 * where the recording begins and ends.
 */
bool km_course_swings(const struct km_course *course, double grown);

/* Whether it grew before, and hardly in the last eighths of the time. */
bool km_course_has_stopped(const struct km_course *course);

/*
 * Four fifths or more of what grew and stayed, and the shortest time in which that came, below *ret_seconds. 0: nothing, or
 * it took longer.
 */
double km_course_burst(const struct km_course *course, double *ret_seconds);

/*
 * The first of the points that belong to a growth at the end which is unlike all that the row did before: even, and
 * much more than in any earlier part of that length. 0: there is no such growth.
 */
size_t km_course_onset(const struct km_trend_point *points, size_t len);

#endif
