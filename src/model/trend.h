/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The growth of a row of a recording: its rate, how certain that is, and whether it looks like a leak. */
#ifndef KM_MODEL_TREND_H
#define KM_MODEL_TREND_H

#include "base/field.h"

enum km_trend_id {
	KM_TREND_LEAK_LIKE, KM_TREND_GROWING, KM_TREND_WORKLOAD, KM_TREND_RECLAIMABLE, KM_TREND_SHRINKING,
	KM_TREND_STEADY, KM_TREND_TOO_SHORT, KM_TRENDS
};

/* Worst first; ends with a NULL key. */
extern const struct km_word km_trend_words[KM_TRENDS + 1];
extern const struct km_vocabulary km_trend_vocabulary;

struct km_trend {
	struct km_str report;
	struct km_str name;
	const struct km_word *verdict;
	int64_t hourly_bytes;
	int64_t hourly_low_bytes, hourly_high_bytes;
	double share_ratio;
	double exhausted_seconds;
	uint64_t first_bytes, last_bytes;
	int64_t change_bytes;
	double seconds;
	uint64_t samples;
	uint64_t restarts;
	uint64_t steps;
	int64_t burst_bytes;
	double burst_seconds;
	struct km_numbers history_bytes;
};

extern const struct km_sheet_type km_trend_type;

/* One value of a row. */
struct km_trend_point {
	double seconds;   /* since the start of the recording, without suspend */
	int64_t bytes;
	unsigned int run; /* increases if the row was gone or the machine rebooted since the last point */
};

struct km_trend_input {
	struct km_str report, name;
	const struct km_trend_point *points; /* in the order of time */
	size_t len;
	double to;          /* seconds of the whole recording, which begins at 0 */
	bool reclaimable;   /* the kernel reclaims this memory when it needs some */
	bool free;          /* memory that is not in use */
	bool gone;          /* the row is not there at the end */
	bool rest;          /* what counters leave of a total: it changes when one of them lags */
	bool programs;      /* a sudden fall is a program that began anew, and no memory that was freed */
};

/*
 * Computes all figures except share_ratio and exhausted_seconds, which need other rows. The pool owns the
 * history.
 */
void km_trend_derive(struct km_pool *pool, const struct km_trend_input *input, struct km_trend *row);

/*
 * Sets share_ratio of all rows, and exhausted_seconds if available_bytes (the memory that can still be
 * allocated) is known. Sorts leak-like rows first, then by growth.
 */
void km_trend_finish(struct km_trend *rows, size_t len, uint64_t available_bytes);

/* The number of rows that have a direction, in a finished sheet: these come first. */
size_t km_trend_moving(const struct km_sheet *sheet);

#endif
