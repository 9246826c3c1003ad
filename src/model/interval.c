// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/interval.h"

const struct km_word km_relation_words[KM_RELATIONS + 1] = {
	[KM_RELATION_SAME_BOOT] = {
		.key = "same-boot",
		.brief = "the machine was not booted between the readings",
		.explain = "Their boot ids are equal. Without boot ids: their kernels are equal, and the time "
			   "minus the time since boot differs by 5 seconds at most.",
	},
	[KM_RELATION_OTHER_BOOT] = {
		.key = "other-boot",
		.brief = "two boots, of one machine or of two",
		.explain = "Amounts are compared. Counters are not, because they restart at boot, and no "
			   "change is divided by the time.",
	},
	[KM_RELATION_OTHER_MACHINE] = {
		.key = "other-machine",
		.brief = "two machines of different architecture",
		.explain = "They are compared like two boots.",
	},
	[KM_RELATION_UNKNOWN] = {
		.key = "unknown",
		.brief = "the captures do not show whether they are from one boot",
		.explain = "They are compared like two boots. Captures of kmeminfo 0.2 and later contain the "
			   "boot id.",
	},
};

static const struct km_vocabulary vocabulary = {
	.name = "relation",
	.brief = "how the two compared readings are related",
	.items = km_relation_words,
	.item_size = sizeof(*km_relation_words),
};

#define HOST(what) "As `kmeminfo explain host." what "`."

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_readings, relation, KM_WORD), .words = &vocabulary, .head = "RELATION",
	  .brief = "whether the two readings are of one boot",
	  .explain = "`kmeminfo explain relation` explains the words.", .origin = "computed" },
	{ KM_FIELD(struct km_readings, seconds, KM_SECONDS), .flags = KM_PROPERTY, .head = "SECONDS",
	  .brief = "seconds from the first reading to the second",
	  .explain = "Negative if the second is the earlier one. Computed from the times since boot within "
		     "one boot, otherwise from the clocks.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_readings, before, KM_TEXT), .head = "BEFORE", .brief = "the first reading",
	  .explain = "As on the command line.", .origin = "command line" },
	{ KM_FIELD(struct km_readings, after, KM_TEXT), .head = "AFTER", .brief = "the second reading",
	  .explain = "As on the command line; now: the running system.", .origin = "command line" },
	{ KM_FIELD(struct km_readings, before_time, KM_TEXT), .head = "BEFORE-TIME",
	  .brief = "time of the first reading", .explain = HOST("time"), .origin = "host" },
	{ KM_FIELD(struct km_readings, after_time, KM_TEXT), .head = "AFTER-TIME",
	  .brief = "time of the second reading", .explain = HOST("time"), .origin = "host" },
	{ KM_FIELD(struct km_readings, before_release, KM_TEXT), .head = "BEFORE-RELEASE",
	  .brief = "kernel release of the first reading", .explain = HOST("release"), .origin = "host" },
	{ KM_FIELD(struct km_readings, after_release, KM_TEXT), .head = "AFTER-RELEASE",
	  .brief = "kernel release of the second reading", .explain = HOST("release"), .origin = "host" },
	{ KM_FIELD(struct km_readings, before_machine, KM_TEXT), .head = "BEFORE-MACHINE",
	  .brief = "architecture of the first reading", .explain = HOST("machine"), .origin = "host" },
	{ KM_FIELD(struct km_readings, after_machine, KM_TEXT), .head = "AFTER-MACHINE",
	  .brief = "architecture of the second reading", .explain = HOST("machine"), .origin = "host" },
	{ 0 }
};

const struct km_sheet_type km_readings_type = {
	.name = "comparison",
	.brief = "two readings that are compared",
	.explain = "If the readings are of one boot, counters are compared too, and changes are divided by "
		   "the time between them.",
	.fields = fields,
	.row_size = sizeof(struct km_readings),
};

/* Clocks are read in whole seconds, and are corrected slightly from time to time. */
enum { SLACK_MS = 5000 };

static bool differ(struct km_str a, struct km_str b)
{
	return a.ptr && b.ptr && !km_str_eq(a, b);
}

/* Milliseconds since 1970; INT64_MIN: unknown. */
static int64_t wall(const struct km_host *host)
{
	int64_t seconds = km_host_seconds(host->time);

	return seconds < 0 ? INT64_MIN : seconds * 1000;
}

/* Compares the moments of the two boots. A later reading with a shorter uptime is certainly from another boot. */
static enum km_relation_id relate_boots(const struct km_host *before, const struct km_host *after)
{
	int64_t a = wall(before), b = wall(after), up, drift;

	if (a == INT64_MIN || b == INT64_MIN || before->uptime_ms == KM_UNKNOWN || after->uptime_ms == KM_UNKNOWN)
		return KM_RELATION_UNKNOWN;
	up = km_num_delta(after->uptime_ms, before->uptime_ms);
	drift = (b - a) - up;
	if (drift <= SLACK_MS && drift >= -SLACK_MS)
		return KM_RELATION_SAME_BOOT;
	return (b > a + SLACK_MS && up < 0) || (b < a - SLACK_MS && up > 0) ? KM_RELATION_OTHER_BOOT :
									       KM_RELATION_UNKNOWN;
}

static enum km_relation_id relate(const struct km_host *before, const struct km_host *after)
{
	if (differ(before->machine, after->machine))
		return KM_RELATION_OTHER_MACHINE;
	if (before->boot_id.ptr && after->boot_id.ptr)
		return differ(before->boot_id, after->boot_id) ? KM_RELATION_OTHER_BOOT : KM_RELATION_SAME_BOOT;
	if (differ(before->release, after->release) ||
	    (before->page_bytes != after->page_bytes && before->page_bytes != KM_UNKNOWN &&
	     after->page_bytes != KM_UNKNOWN))
		return KM_RELATION_OTHER_BOOT;
	return relate_boots(before, after);
}

static double seconds_between(const struct km_host *before, const struct km_host *after, bool one_boot)
{
	int64_t a = wall(before), b = wall(after);

	if (one_boot && before->uptime_ms != KM_UNKNOWN && after->uptime_ms != KM_UNKNOWN)
		return (double)km_num_delta(after->uptime_ms, before->uptime_ms) / 1000;
	return a == INT64_MIN || b == INT64_MIN ? KM_UNKNOWN_REAL : (double)(b - a) / 1000;
}

struct km_readings km_readings_relate(const struct km_host *before, const struct km_host *after)
{
	enum km_relation_id relation = relate(before, after);

	return (struct km_readings){
		.relation = &km_relation_words[relation],
		.seconds = seconds_between(before, after, relation == KM_RELATION_SAME_BOOT),
		.before_time = before->time, .after_time = after->time,
		.before_release = before->release, .after_release = after->release,
		.before_machine = before->machine, .after_machine = after->machine,
	};
}

struct km_interval km_readings_interval(const struct km_readings *readings)
{
	return (struct km_interval){ readings->seconds,
				     readings->relation == &km_relation_words[KM_RELATION_SAME_BOOT] };
}
