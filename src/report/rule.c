// SPDX-License-Identifier: GPL-2.0-or-later
/* Runs the rules: thresholds, figures and the resulting findings. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/units.h"
#include "model/account-reported.h"
#include "model/zone.h"
#include "report/finding-more.h"
#include "report/growth.h"
#include "report/prediction-text.h"
#include "report/rule.h"
#include "words/say.h"

#define TABLE(rules, about) rules,

static const struct km_rule *const tables[] = { KM_RULE_TABLES(TABLE) };

static size_t count_rules(void)
{
	size_t count = 0;

	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		for (const struct km_rule *rule = tables[i]; rule->word.key; rule++)
			count++;
	return count;
}

static void init_run(struct km_rule_run *run, const struct km_rule *rule)
{
	*run = (struct km_rule_run){ .rule = rule, .severity = KM_SEVERITIES, .value = KM_UNKNOWN_REAL };
	for (unsigned int i = 0; i < KM_SEVERITIES; i++)
		if (rule->ranges[i])
			km_rule_set(run, (enum km_severity)i, km_str_from(rule->ranges[i]));
}

struct km_rule_runs km_rule_runs_init(struct km_pool *pool)
{
	struct km_rule_runs runs = { .len = count_rules() };
	struct km_rule_run *run = runs.items = km_pool_alloc(pool, runs.len, sizeof(*runs.items));

	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		for (const struct km_rule *rule = tables[i]; rule->word.key; rule++)
			init_run(run++, rule);
	return runs;
}

struct km_rule_run *km_rule_runs_find(const struct km_rule_runs *runs, struct km_str key)
{
	for (size_t i = 0; i < runs->len; i++)
		if (km_str_eq(key, km_str_from(runs->items[i].rule->word.key)))
			return &runs->items[i];
	return NULL;
}

int km_rule_set(struct km_rule_run *run, enum km_severity severity, struct km_str range)
{
	int r;

	if (km_str_eq(range, KM_STR("none"))) {
		run->texts[severity] = (struct km_str){ 0 };
		return 0;
	}
	r = km_threshold_parse(range, &run->ranges[severity]);
	if (!r)
		run->texts[severity] = range;
	return r;
}

static enum km_severity judge(const struct km_rule_run *run, double value)
{
	for (unsigned int i = 0; i < KM_SEVERITIES; i++)
		if (run->texts[i].ptr && km_threshold_alerts(&run->ranges[i], value))
			return (enum km_severity)i;
	return KM_SEVERITIES;
}

static bool is_worse(const struct km_rule_run *run, enum km_severity severity, double value)
{
	if (!run->measured || severity != run->severity)
		return !run->measured || severity < run->severity;
	return run->rule->flags & KM_RULE_LOW ? value < run->value : value > run->value;
}

bool km_rule_measure(struct km_rule_context *context, struct km_str place, double value)
{
	struct km_rule_run *run = context->run;

	if (isnan(value))
		return false;
	context->severity = judge(run, value);
	if (is_worse(run, context->severity, value)) {
		run->value = value;
		run->place = place;
		run->severity = context->severity;
	}
	run->measured = true;
	return context->severity < KM_SEVERITIES;
}

/* One division, so the result is 100 only if the two are equal. ratio * 100 would be rounded twice. */
double km_rule_percent(uint64_t part, uint64_t whole)
{
	return isnan(km_num_ratio(part, whole)) ? KM_UNKNOWN_REAL : (double)part * 100 / (double)whole;
}

/* Whether the printed number is on the same side of each threshold as the exact figure. */
static bool agrees(const struct km_rule_run *run, const char *printed, double value)
{
	const double read = strtod(printed, NULL);

	for (unsigned int i = 0; i < KM_SEVERITIES; i++)
		if (run->texts[i].ptr &&
		    km_threshold_alerts(&run->ranges[i], read) != km_threshold_alerts(&run->ranges[i], value))
			return false;
	return true;
}

const char *km_rule_number(char buf[static KM_THRESHOLD_NUMBER_SIZE], const struct km_rule_run *run, double value,
			   unsigned int decimals)
{
	km_threshold_number(buf, value, decimals);
	while (!isnan(value) && decimals < KM_THRESHOLD_DECIMALS_MAX && !agrees(run, buf, value))
		km_threshold_number(buf, value, ++decimals);
	return buf;
}

bool km_rule_measure_share(struct km_rule_context *context, uint64_t part, uint64_t whole)
{
	return km_rule_measure(context, (struct km_str){ 0 }, km_rule_percent(part, whole));
}

bool km_rule_measure_number(struct km_rule_context *context, uint64_t value)
{
	return km_rule_measure(context, (struct km_str){ 0 }, value == KM_UNKNOWN ? KM_UNKNOWN_REAL : (double)value);
}

void km_rule_absent(struct km_rule_context *context, const char *why)
{
	context->run->absent = km_say(why);
}

struct km_str km_rule_command(struct km_pool *pool, const struct km_rule *rule, const struct km_finding_input *facts)
{
	struct km_text text = { 0 };

	if (!(rule->flags & KM_RULE_RECORDED) || !facts->growth)
		return km_str_from(rule->command);
	km_text_printf(&text, "%s ", rule->command);
	km_text_quote(&text, facts->growth->path);
	return km_text_keep(&text, pool);
}

void km_rule_say(struct km_rule_context *context, struct km_str place, uint64_t bytes,
		   const char *format, ...)
{
	struct km_finding *finding = km_array_push(&context->found);
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), km_say(format), args);
	va_end(args);
	finding->severity = &km_severities[context->severity];
	finding->id = &context->run->rule->word;
	finding->place = place;
	finding->bytes = bytes;
	finding->command = km_rule_command(context->pool, context->run->rule, context->facts);
	finding->text = place.ptr ? km_pool_printf(context->pool, "%.*s: %s", KM_STR_ARG(place), text) :
				    km_pool_copy(context->pool, km_str_from(text));
}

bool km_rule_is_found(const struct km_rule_context *context, const char *key)
{
	const struct km_finding *finding;

	km_array_each(finding, &context->found)
		if (!strcmp(finding->id->key, key))
			return true;
	return false;
}

const char *km_rule_size(struct km_rule_context *context, uint64_t bytes)
{
	return km_text_size(context->pool, bytes);
}

const char *km_rule_share(struct km_rule_context *context, uint64_t part, uint64_t whole)
{
	const double value = km_rule_percent(part, whole);
	char buf[KM_UNITS_SIZE], number[KM_THRESHOLD_NUMBER_SIZE];

	km_units_percent(buf, km_num_ratio(part, whole));
	if (isnan(value) || agrees(context->run, buf, value))
		return km_pool_copy(context->pool, km_str_from(buf)).ptr;
	return km_pool_printf(context->pool, "%s%%", km_rule_number(number, context->run, value, 1)).ptr;
}

uint64_t km_rule_meminfo(const struct km_rule_context *context, const char *key)
{
	static const char *const of_containers[] = { "MemTotal", "MemFree", "MemAvailable", "SwapTotal", "SwapFree" };

	for (size_t i = 0; context->foreign && i < sizeof(of_containers) / sizeof(*of_containers); i++)
		if (!strcmp(key, of_containers[i]))
			return km_meminfo_bytes(context->facts->meminfo, km_str_from(key));
	return context->foreign ? KM_UNKNOWN : km_meminfo_bytes(context->facts->meminfo, km_str_from(key));
}

struct km_str km_rule_place(struct km_rule_context *context, uint64_t node, struct km_str zone)
{
	return km_pool_printf(context->pool, "node %llu %.*s", (unsigned long long)node, KM_STR_ARG(zone));
}

uint64_t km_rule_sum_zones(const struct km_rule_context *context, size_t offset)
{
	return km_sheet_member_sum(&context->facts->zones, offset);
}

bool km_is_over(uint64_t part, uint64_t whole, double percent)
{
	return km_rule_percent(part, whole) > percent;
}

bool km_is_under(uint64_t part, uint64_t whole, double percent)
{
	return km_rule_percent(part, whole) < percent;
}

/* Puts a row behind the others, or before those of its rule that are about less memory. */
static void put(struct km_finding *rows, size_t len, const struct km_finding *row)
{
	const struct km_rule *rule = (const struct km_rule *)row->id; /* the word is its first member */

	while (rule->flags & KM_RULE_LARGEST && len && rows[len - 1].id == row->id && rows[len - 1].severity == row->severity &&
	       km_num_or(rows[len - 1].bytes, 0) < km_num_or(row->bytes, 0)) {
		rows[len] = rows[len - 1];
		len--;
	}
	rows[len] = *row;
}

/* Sorts worst first; equal ones keep the order of the rules. */
static struct km_sheet sort_found(const struct km_rule_context *context)
{
	struct km_sheet sheet = { .type = &km_finding_type, .len = context->found.len };
	struct km_finding *rows = km_pool_alloc(context->pool, sheet.len, sizeof(*rows));
	size_t len = 0;

	for (unsigned int severity = 0; severity < KM_SEVERITIES; severity++)
		for (size_t i = 0; i < sheet.len; i++)
			if (context->found.items[i].severity == &km_severities[severity])
				put(rows, len++, &context->found.items[i]);
	sheet.rows = rows;
	return sheet;
}

struct km_sheet km_rule_runs_look(struct km_pool *pool, const struct km_finding_input *facts,
				  const struct km_rule_runs *runs)
{
	struct km_rule_context context = { .pool = pool, .facts = facts };
	struct km_sheet sheet;

	context.foreign = km_account_is_foreign(facts->meminfo, facts->vmstat,
						km_rule_sum_zones(&context, offsetof(struct km_zone, managed_bytes)),
						facts->page_bytes);
	for (size_t i = 0; i < runs->len; i++) {
		context.run = &runs->items[i];
		if (!context.run->skip && (facts->growth || !(context.run->rule->flags & KM_RULE_RECORDED) || runs->listed) && !(context.foreign && context.run->rule->flags & KM_RULE_HOST))
			context.run->rule->look(&context);
	}
	sheet = sort_found(&context);
	km_array_deinit(&context.found);
	return sheet;
}

struct km_sheet km_findings_derive(struct km_pool *pool, const struct km_finding_input *facts)
{
	const struct km_rule_runs runs = km_rule_runs_init(pool);

	return km_rule_runs_look(pool, facts, &runs);
}
