// SPDX-License-Identifier: GPL-2.0-or-later
/* Rules about what grew in a recording. */
#include "base/units.h"
#include "model/account-owner.h"
#include "model/trend.h"
#include "report/growth.h"
#include "report/rule.h"
#include "words/say.h"

#define LEAK_PERCENT   1
#define DAYS           1
#define DAYS_WARNING   7
#define DAY_SECONDS    86400

static struct km_str place_of(struct km_rule_context *context, const struct km_trend *row)
{
	return km_pool_printf(context->pool, "%.*s %.*s", KM_STR_ARG(row->report), KM_STR_ARG(row->name));
}

/* NULL: there is no recording, or nothing can be said of it. */
static const struct km_sheet *rows_of(struct km_rule_context *context)
{
	const struct km_growth *growth = context->facts->growth;

	if (!growth)
		context->run->unknown = KM_SENTENCE("no recording is given: --record FILE");
	return growth && growth->rows.len ? &growth->rows : NULL;
}

static const char *per_hour(struct km_rule_context *context, const struct km_trend *row)
{
	return km_rule_size(context, (uint64_t)row->hourly_bytes);
}

static void leak_like(struct km_rule_context *context)
{
	const struct km_sheet *rows = rows_of(context);
	const double total = (double)km_account_bytes(context->facts->account, KM_ACCOUNT_TOTAL);
	char time[KM_UNITS_SIZE];

	for (size_t i = 0; rows && total > 0 && i < rows->len; i++) {
		const struct km_trend *row = km_sheet_row(rows, i);
		const bool leaks = row->verdict == &km_trend_words[KM_TREND_LEAK_LIKE];
		const struct km_str place = place_of(context, row);

		if (row->verdict == &km_trend_words[KM_TREND_TOO_SHORT] ||
		    !km_rule_measure(context, leaks ? place : (struct km_str){ 0 },
				     leaks ? (double)row->hourly_bytes * 24 * 100 / total : 0) || !leaks)
			continue;
		km_rule_say(context, place, row->last_bytes,
			    "it grew by %s an hour for %s, evenly and without freeing any: a leak looks like this",
			    per_hour(context, row), km_units_seconds(time, row->seconds));
	}
}

static void exhausts(struct km_rule_context *context)
{
	const struct km_sheet *rows = rows_of(context);
	char time[KM_UNITS_SIZE];

	for (size_t i = 0; rows && i < rows->len; i++) {
		const struct km_trend *row = km_sheet_row(rows, i);
		const struct km_str place = place_of(context, row);

		if (km_rule_measure(context, place, row->exhausted_seconds / DAY_SECONDS))
			km_rule_say(context, place, row->last_bytes,
				    "it grew by %s an hour; at that rate all available memory is used up in %s",
				    per_hour(context, row), km_units_seconds(time, row->exhausted_seconds));
	}
	if (rows && !context->run->measured)
		km_rule_absent(context, "nothing grows without end");
}

const struct km_rule km_growth_rules[] = {
	{ .word.key = "leak-like-growth", .look = leak_like,
	  .figure = KM_SAID("growth per day of a leak-like row, of the total"),
	  .unit = KM_RULE_PERCENT, .flags = KM_RULE_RECORDED, .files = KM_NEEDS(KM_FILE_MEMINFO),
	  .ranges[KM_NOTE] = "0", .ranges[KM_WARNING] = KM_ABOVE(LEAK_PERCENT),
	  .command = "kmeminfo trend",
	  .word.brief = "something grows as a leak does",
	  .word.explain =
		"A row of a recording grew evenly, without freeing any, by more than "
		KM_PERCENT_OF(LEAK_PERCENT) " of the total a day; less is a note. Rows are slab "
		"caches, callers of vmalloc, commands and parts of the account. `kmeminfo check "
		"--record FILE` looks at the last 6 hours of a recording unless --from-time says "
		"otherwise. `kmeminfo explain trend` explains how kmeminfo distinguishes a leak "
		"from normal work. slub_debug=U on the boot command line shows the callers of a "
		"slab cache.",
	  .word.origin = "a recording of kmeminfo record, /proc/meminfo MemTotal" },
	{ .word.key = "growth-exhausts-memory", .look = exhausts,
	  .figure = KM_SAID("days until a row that grows has used up the available memory"),
	  .unit = KM_RULE_COUNT, .flags = KM_RULE_RECORDED | KM_RULE_LOW,
	  .ranges[KM_WARNING] = KM_BELOW(DAYS_WARNING), .ranges[KM_CRITICAL] = KM_BELOW(DAYS),
	  .command = "kmeminfo trend",
	  .word.brief = "at its rate of growth, something uses up the memory soon",
	  .word.explain =
		"At its growth per hour, a row of the recording would use up all free memory, page "
		"cache and reclaimable slab in less than " KM_TEXT_OF(DAYS_WARNING) " days. Less than a day is "
		"critical. Rows that shrink, come and go with work, or are reclaimable do not count. Growth may end "
		"earlier: this is the latest time at that rate, not a forecast.",
	  .word.origin = "a recording of kmeminfo record" },
	{ .look = NULL }
};
