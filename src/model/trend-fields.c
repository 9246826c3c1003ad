// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/trend.h"

const struct km_word km_trend_words[KM_TRENDS + 1] = {
	[KM_TREND_LEAK_LIKE] = {
		.key = "leak-like", .tone = KM_TONE_BAD, .brief = "grows at an even rate and frees nothing",
		.explain = "The time is divided into eighths. The lowest size in each is above the lowest size in the one "
			   "before, by a third to three times the usual amount. If sizes scatter, the middle sizes "
			   "of six parts do that. The growth does not slow down to less than half. The rate is "
			   "positive with a confidence of 95 %, and the row still grows at the end. Times without "
			   "samples are left out. If the row was quiet before and began to grow in the second half "
			   "of the time, only the time since then counts. It is no proof: a program that steadily "
			   "stores data looks the same.",
	},
	[KM_TREND_GROWING] = {
		.key = "growing", .tone = KM_TONE_WARN, .brief = "grows, but not evenly",
		.explain = "The rate is positive with a confidence of 95 %. In some part of the time it did not grow, or "
			   "grew by much more than usual, or it grows ever more slowly. A longer recording decides.",
	},
	[KM_TREND_WORKLOAD] = {
		.key = "workload", .tone = KM_TONE_NOTE, .brief = "went up and down, or grew in a short time only",
		.explain = "Four fifths of the growth came in less than a quarter of the time, or more than a third of it was "
			   "freed again. Or it has ended, the row is no longer there, or the row goes up and down by more "
			   "than three times what it grew. It follows what the machine does.",
	},
	[KM_TREND_RECLAIMABLE] = {
		.key = "reclaimable", .tone = KM_TONE_NOTE, .brief = "grows, but the kernel can reclaim it",
		.explain = "A cache of files or of objects that shrinkers free when memory is needed. It may use all "
			   "free memory without harm. Objects that are in use are not freed. vmap_area is one too: it has an "
			   "object for each area that vfree() left to be purged later.",
	},
	[KM_TREND_SHRINKING] = {
		.key = "shrinking", .tone = KM_TONE_GOOD, .brief = "becomes smaller",
		.explain = "The rate is negative with a confidence of 95 %.",
	},
	[KM_TREND_STEADY] = {
		.key = "steady", .tone = KM_TONE_GOOD, .brief = "has no direction",
		.explain = "The rate may be 0, or less than 64 KiB came together; 256 KiB of unaccounted memory, "
			   "which changes when any counter lags.",
	},
	[KM_TREND_TOO_SHORT] = {
		.key = "too-short", .tone = KM_TONE_FAINT, .brief = "was not seen long enough",
		.explain = "A verdict needs 12 samples and 10 minutes.",
	},
};

const struct km_vocabulary km_trend_vocabulary = {
	.name = "trend",
	.brief = "how a row of a recording develops",
	.items = km_trend_words,
	.item_size = sizeof(*km_trend_words),
};

#define COMPUTED .origin = "computed from the recording"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_trend, report, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "REPORT",
	  .brief = "report that has the row", .explain = "slab, vmalloc, commands, or account for a part of the account that "
	  "none of them lists.", .origin = "the recording" },
	{ KM_FIELD(struct km_trend, name, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "NAME",
	  .brief = "name of the row",
	  .explain = "Cache, caller, command or part. Rows of one name that came one after the other count as one "
		     "that was restarted.", .origin = "the recording" },
	{ KM_FIELD(struct km_trend, verdict, KM_WORD), .words = &km_trend_vocabulary, .flags = KM_SHOWN | KM_ANSWER,
	  .head = "VERDICT", .brief = "leak-like, growing, workload or another word",
	  .explain = "`kmeminfo explain trend` explains the words.", COMPUTED },
	{ KM_FIELD(struct km_trend, hourly_bytes, KM_DELTA), .flags = KM_SHOWN | KM_ANSWER | KM_PROPERTY, .head = "PER-HOUR",
	  .brief = "growth per hour",
	  .explain = "The median of the slopes between all pairs of points (Theil-Sen). Almost a third of the points "
		     "may be far off without effect on it. More than 200 points are thinned out by medians. No "
		     "pair goes across a restart or a step. The hours are those in which the machine ran.", COMPUTED },
	{ KM_FIELD(struct km_trend, hourly_low_bytes, KM_DELTA), .flags = KM_SHOWN | KM_DETAIL | KM_PROPERTY, .head = "LOW",
	  .brief = "lower bound of the growth per hour",
	  .explain = "With a confidence of 95 %, by Kendall's statistic. Samples that depend on each other make the "
		     "true range wider.", COMPUTED },
	{ KM_FIELD(struct km_trend, hourly_high_bytes, KM_DELTA), .flags = KM_SHOWN | KM_DETAIL | KM_PROPERTY, .head = "HIGH",
	  .brief = "upper bound of the growth per hour", .explain = "See hourly_low_bytes.", COMPUTED },
	{ KM_FIELD(struct km_trend, share_ratio, KM_RATIO), .flags = KM_SHOWN | KM_DETAIL | KM_PROPERTY, .head = "SHARE",
	  .brief = "share of the growth of all rows of its report",
	  .explain = "Of those that grow. Unknown for a row that does not.", COMPUTED },
	{ KM_FIELD(struct km_trend, exhausted_seconds, KM_SECONDS), .flags = KM_SHOWN | KM_PROPERTY, .head = "OUT-IN",
	  .brief = "time until memory is used up at that rate",
	  .explain = "Free memory, file and block cache and reclaimable slab at the last sample, divided by the rate. "
		     "An upper bound: not all of it can be reclaimed, and other rows grow too. Only for rows that "
		     "are leak-like or growing.", COMPUTED },
	{ KM_FIELD(struct km_trend, first_bytes, KM_BYTES), .flags = KM_PROPERTY, .head = "FIRST",
	  .brief = "size when it was first seen", .explain = "In this recording.", .origin = "the recording" },
	{ KM_FIELD(struct km_trend, last_bytes, KM_BYTES), .flags = KM_SHOWN | KM_DETAIL | KM_PROPERTY, .head = "LAST",
	  .brief = "size when it was last seen", .explain = "In this recording.", .origin = "the recording" },
	{ KM_FIELD(struct km_trend, change_bytes, KM_DELTA), .flags = KM_SHOWN | KM_PROPERTY, .head = "CHANGE",
	  .brief = "last size minus first size", .explain = "Restarts and steps included.", COMPUTED },
	{ KM_FIELD(struct km_trend, seconds, KM_SECONDS), .flags = KM_SHOWN | KM_DETAIL | KM_PROPERTY, .head = "SEEN",
	  .brief = "time from its first to its last sample", .explain = "Without suspend. If the row was quiet "
	  "before it began to leak, only the time since then; the same holds for its other figures.", COMPUTED },
	{ KM_FIELD(struct km_trend, samples, KM_COUNT), .flags = KM_PROPERTY, .head = "SAMPLES",
	  .brief = "samples that have the row", .explain = "Of a long recording 2,000 at most are used.",
	  .origin = "the recording" },
	{ KM_FIELD(struct km_trend, restarts, KM_COUNT), .flags = KM_PROPERTY, .head = "RESTARTS",
	  .brief = "how often the row started again",
	  .explain = "It was gone and came back, or the machine was booted.",
	  COMPUTED },
	{ KM_FIELD(struct km_trend, steps, KM_COUNT), .flags = KM_PROPERTY, .head = "STEPS",
	  .brief = "sudden changes",
	  .explain = "From one point to the next more than ten times the usual change, and more than a sixteenth of all "
		     "changes together. Three or more upwards, of a similar size, count as growth and not as "
		     "steps.", COMPUTED },
	{ KM_FIELD(struct km_trend, burst_bytes, KM_DELTA), .flags = KM_PROPERTY, .head = "BURST",
	  .brief = "growth in the shortest period that contains four fifths of all growth",
	  .explain = "What was freed later is left out. Unknown for a row that did not grow.", COMPUTED },
	{ KM_FIELD(struct km_trend, burst_seconds, KM_SECONDS), .flags = KM_PROPERTY, .head = "BURST-TIME",
	  .brief = "length of that period",
	  .explain = "For growth at an even rate it is four fifths of the whole time.", COMPUTED },
	{ KM_FIELD(struct km_trend, history_bytes, KM_BYTES_LIST), .flags = KM_SHOWN | KM_PROPERTY | KM_SPARK,
	  .head = "HISTORY", .brief = "the size over time",
	  .explain = "The last size in each 24th of the recording's time; unknown where the row was not there. The "
		     "text table draws it from its lowest to its highest value.", .origin = "the recording" },
	{ 0 }
};

const struct km_sheet_type km_trend_type = {
	.name = "trend",
	.brief = "how the rows of a recording grew",
	.explain = "The growth per hour of each cache, vmalloc caller and command, and of parts of the account that "
		   "they do not list. Steady growers come first.",
	.fields = fields,
	.row_size = sizeof(struct km_trend),
};
