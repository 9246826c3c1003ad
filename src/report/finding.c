// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/rule.h"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_finding, severity, KM_WORD), .words = &km_severity_vocabulary, .flags = KM_SHOWN, .head = "SEVERITY",
	  .brief = "how urgent it is",
	  .explain = "critical, warning or note; `kmeminfo explain severity` explains them.",
	  .origin = "the thresholds of the rule: `kmeminfo check --list`" },
	{ KM_FIELD(struct km_finding, id, KM_WORD), .words = km_finding_vocabularies, .flags = KM_SHOWN | KM_ID, .head = "ID",
	  .brief = "name of the rule that found it",
	  .explain = "Never renamed. `kmeminfo explain ID` explains what it means, when it is "
		     "found and what to do.",
	  .origin = "fixed" },
	{ KM_FIELD(struct km_finding, place, KM_TEXT), .flags = KM_ID, .head = "PLACE",
	  .brief = "zone, node or cache concerned",
	  .explain = "Unknown: the whole machine.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_finding, text, KM_TEXT), .flags = KM_SHOWN | KM_MOMENT, .head = "FINDING",
	  .brief = "the finding as a sentence", .explain = "Meant for people; it may change.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_finding, command, KM_TEXT), .head = "COMMAND",
	  .brief = "the command that shows more",
	  .explain = "Fixed by the rule. Unknown: there is none.",
	  .origin = "fixed" },
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
		.key = "critical", .tone = KM_TONE_BAD, .brief = "processes wait for memory, fail or are killed, now or soon",
	},
	[KM_WARNING] = {
		.key = "warning", .tone = KM_TONE_WARN, .brief = "something is out of proportion, broken, or close to a limit",
	},
	[KM_NOTE] = {
		.key = "note", .tone = KM_TONE_NOTE, .brief = "for information; no action is needed",
	},
	[KM_SEVERITIES] = { 0 },
};

const struct km_vocabulary km_severity_vocabulary = {
	.name = "severity",
	.brief = "how urgent a finding is",
	.items = km_severities,
	.item_size = sizeof(*km_severities),
};

#define NUMBER(rules, about) NUMBER_##rules,

enum { KM_RULE_TABLES(NUMBER) TABLES };

#define VOCABULARY(rules, about) { \
	.name = "finding", .brief = about, .items = rules, .item_size = sizeof(*rules), \
	.next = NUMBER_##rules + 1 < TABLES ? &km_finding_vocabularies[NUMBER_##rules + 1] : NULL, \
},

const struct km_vocabulary km_finding_vocabularies[] = { KM_RULE_TABLES(VOCABULARY) };
