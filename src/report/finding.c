// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <stdlib.h>
#include "base/units.h"
#include "model/account-reported.h"
#include "model/zone.h"
#include "report/rule.h"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_finding, severity, KM_WORD), .words = &km_severity_vocabulary, .flags = KM_SHOWN, .head = "SEVERITY",
	  .brief = "how urgent it is",
	  .explain = "critical, warning or note; `kmeminfo explain severity` explains them.",
	  .origin = "fixed by the rule" },
	{ KM_FIELD(struct km_finding, id, KM_WORD), .words = &km_finding_vocabulary, .flags = KM_SHOWN | KM_ID, .head = "ID",
	  .brief = "name of the rule that found it",
	  .explain = "Never renamed. `kmeminfo explain ID` explains what it means, when it is "
		     "found and what to do.",
	  .origin = "fixed" },
	{ KM_FIELD(struct km_finding, place, KM_TEXT), .flags = KM_ID, .head = "PLACE",
	  .brief = "zone, node or cache concerned",
	  .explain = "Unknown: the whole machine.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_finding, text, KM_TEXT), .flags = KM_SHOWN, .head = "FINDING",
	  .brief = "the finding as a sentence", .explain = "Meant for people; it may change.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_finding, bytes, KM_BYTES), .flags = KM_LEVEL, .head = "SIZE",
	  .brief = "memory or address space concerned",
	  .explain = "The finding's explanation says which. Unknown if there is none.",
	  .origin = "computed" },
	{ 0 }
};

const struct km_sheet_type km_finding_type = {
	.name = "findings",
	.brief = "findings about the machine's memory",
	.explain = "Found by fixed rules in one reading of the machine: the state may have "
		   "changed a moment later. No finding does not mean that nothing is wrong.",
	.fields = fields,
	.row_size = sizeof(struct km_finding),
};

const struct km_word km_severities[] = {
	[KM_CRITICAL] = {
		.key = "critical", .brief = "processes wait for memory, fail or are killed, now or soon",
	},
	[KM_WARNING] = {
		.key = "warning", .brief = "something is out of proportion, broken, or close to a limit",
	},
	[KM_NOTE] = {
		.key = "note", .brief = "for information; no action is needed",
	},
	[KM_SEVERITIES] = { 0 },
};

void km_rule_say(struct km_rule_context *context, struct km_str place, uint64_t bytes,
		   const char *format, ...)
{
	struct km_finding *finding = km_array_push(&context->found);
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	finding->severity = &km_severities[context->rule->severity];
	finding->id = &context->rule->word;
	finding->place = place;
	finding->bytes = bytes;
	finding->text = place.ptr ? km_pool_printf(context->pool, "%.*s: %s", KM_STR_ARG(place), text) :
				    km_pool_copy(context->pool, km_str_from(text));
}

const char *km_rule_size(struct km_rule_context *context, uint64_t bytes)
{
	char buf[KM_UNITS_SIZE];

	return km_pool_copy(context->pool, km_str_from(km_units_bytes(buf, bytes))).ptr;
}

const char *km_rule_share(struct km_rule_context *context, uint64_t part, uint64_t whole)
{
	char buf[KM_UNITS_SIZE];

	km_units_percent(buf, km_num_ratio(part, whole));
	return km_pool_copy(context->pool, km_str_from(buf)).ptr;
}

uint64_t km_rule_meminfo(const struct km_rule_context *context, const char *key)
{
	static const char *const of_containers[] = { "MemTotal", "MemFree", "MemAvailable", "SwapTotal", "SwapFree" };

	for (size_t i = 0; context->foreign && i < sizeof(of_containers) / sizeof(*of_containers); i++)
		if (!strcmp(key, of_containers[i]))
			return km_meminfo_bytes(context->facts->meminfo, km_str_from(key));
	return context->foreign ? KM_UNKNOWN : km_meminfo_bytes(context->facts->meminfo, km_str_from(key));
}

uint64_t km_rule_sum_zones(const struct km_rule_context *context, size_t offset)
{
	return km_sheet_member_sum(&context->facts->zones, offset);
}

bool km_is_over(uint64_t part, uint64_t whole, double percent)
{
	return km_num_ratio(part, whole) * 100 > percent;
}

bool km_is_under(uint64_t part, uint64_t whole, double percent)
{
	return km_num_ratio(part, whole) * 100 < percent;
}

static void look_for(struct km_rule_context *context, enum km_severity severity)
{
	static const struct km_rule *const tables[] = { km_memory_rules, km_zone_rules, km_kernel_rules };

	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		for (context->rule = tables[i]; context->rule->word.key; context->rule++)
			if (context->rule->severity == severity && !(context->foreign && tables[i] == km_kernel_rules))
				context->rule->look(context);
}

struct km_sheet km_findings_derive(struct km_pool *pool, const struct km_finding_input *facts)
{
	struct km_rule_context context = { .pool = pool, .facts = facts };
	struct km_sheet sheet = { .type = &km_finding_type };
	struct km_finding *rows;

	context.foreign = km_account_is_foreign(facts->meminfo, facts->vmstat,
						km_rule_sum_zones(&context, offsetof(struct km_zone, managed_bytes)));
	for (unsigned int severity = 0; severity < KM_SEVERITIES; severity++)
		look_for(&context, (enum km_severity)severity);
	rows = km_pool_alloc(pool, context.found.len, sizeof(*rows));
	if (context.found.len)
		memcpy(rows, context.found.items, context.found.len * sizeof(*rows));
	sheet.rows = rows;
	sheet.len = context.found.len;
	km_array_deinit(&context.found);
	return sheet;
}

const struct km_vocabulary km_severity_vocabulary = {
	.name = "severity",
	.brief = "how urgent a finding is",
	.items = km_severities,
	.item_size = sizeof(*km_severities),
};

static const struct km_vocabulary kernel_findings = {
	.name = "finding",
	.brief = "what may be remarkable about the kernel's own memory",
	.items = km_kernel_rules,
	.item_size = sizeof(*km_kernel_rules),
};

static const struct km_vocabulary zone_findings = {
	.name = "finding",
	.brief = "what may be remarkable about zones and nodes",
	.items = km_zone_rules,
	.item_size = sizeof(*km_zone_rules),
	.next = &kernel_findings,
};

const struct km_vocabulary km_finding_vocabulary = {
	.name = "finding",
	.brief = "what may be remarkable about the machine as a whole",
	.items = km_memory_rules,
	.item_size = sizeof(*km_memory_rules),
	.next = &zone_findings,
};
