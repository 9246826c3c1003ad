// SPDX-License-Identifier: GPL-2.0-or-later
#include "explain/gfp.h"
#include "explain/rule.h"
#include "explain/topics.h"
#include "model/account.h"
#include "model/buddy.h"
#include "model/capture.h"
#include "model/holder.h"
#include "model/host.h"
#include "model/claim.h"
#include "model/flags.h"
#include "model/modstate.h"
#include "model/pageclass.h"
#include "model/probe.h"
#include "model/node.h"
#include "model/pagetype.h"
#include "model/slab.h"
#include "model/page.h"
#include "model/vmalloc.h"
#include "model/zone-brief.h"
#include "model/zone.h"

const struct km_sheet_type *const km_sheet_types[] = {
	&km_account_type,
	&km_buddy_type,
	&km_buddy_order_type,
	&km_captured_type,
	&km_counter_type,
	&km_finding_type,
	&km_holder_type,
	&km_host_type,
	&km_claim_type,
	&km_flags_type,
	&km_modstate_type,
	&km_pageclass_type,
	&km_pageclass_zone_type,
	&km_probe_type,
	&km_probe_zone_type,
	&km_probe_latency_type,
	&km_probe_bucket_type,
	&km_node_type,
	&km_slab_type,
	&km_slab_node_type,
	&km_topic_type,
	&km_vmalloc_type,
	&km_zone_brief_type,
	&km_pagetype_type,
	&km_pagetype_order_type,
	&km_zone_type,
	&km_zone_cpu_type,
	NULL
};

const struct km_topic_group km_topic_groups[] = {
	{ "account", "parts that the machine's memory is divided into", km_account_parts,
	  sizeof(*km_account_parts) },
	{ "allocator", "the kernel's allocation calls", km_allocator_topics, sizeof(struct km_topic) },
	{ "claim", "what is said about the allocators", km_claims, sizeof(*km_claims) },
	{ "certainty", "how well a part of the account is known", km_certainties,
	  sizeof(*km_certainties) },
	{ "finding", "what may be remarkable about the machine as a whole", km_memory_rules,
	  sizeof(*km_memory_rules) },
	{ "finding", "what may be remarkable about zones and nodes", km_zone_rules,
	  sizeof(*km_zone_rules) },
	{ "finding", "what may be remarkable about the kernel's own memory", km_kernel_rules,
	  sizeof(*km_kernel_rules) },
	{ "gfp", "flags of an allocation: how, where from, what for", km_gfp_topics,
	  sizeof(struct km_topic) },
	{ "kind", "what areas of the vmalloc range are for", km_vmalloc_kinds,
	  sizeof(*km_vmalloc_kinds) },
	{ "page", "what a page frame is, as the helper module tells it", km_pageclass_topics,
	  sizeof(struct km_topic) },
	{ "verdict", "how a claim fared", km_claim_verdicts, sizeof(struct km_topic) },
	{ "zeroed", "what a probe can say of memory that was zero", km_probe_zeroed_topics,
	  sizeof(struct km_topic) },
	{ "page-source", "how the page size is known", km_page_topics, sizeof(struct km_topic) },
	{ "severity", "how urgent a finding is", km_severities, sizeof(*km_severities) },
	{ "state", "what the marks of a zone make the page allocator do", km_zone_states,
	  sizeof(struct km_topic) },
	{ "type", "migrate types of page blocks", km_pagetype_topics, sizeof(struct km_topic) },
	{ 0 }
};

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_topic_row, group, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "OF",
	  .brief = "what the word belongs to",
	  .explain = "The sheet that a field stands in, or the sort of word: sheet, finding, state." },
	{ KM_FIELD(struct km_topic_row, key, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "KEY",
	  .brief = "the word itself",
	  .explain = "The JSON key of a field is also the word for --columns and --sort." },
	{ KM_FIELD(struct km_topic_row, unit, KM_TEXT), .flags = KM_SHOWN, .head = "UNIT",
	  .brief = "what a field holds",
	  .explain = "bytes, count, ratio (0 to 1), index (-1 to 1), delta (bytes with a sign), text, "
		     "flag, or a list of one of these." },
	{ KM_FIELD(struct km_topic_row, shown, KM_TRI), .head = "SHOWN",
	  .brief = "whether the text table shows the field unasked",
	  .explain = "Fields that are not shown are added by `-o +KEY`; JSON gives all." },
	{ KM_FIELD(struct km_topic_row, kernels, KM_TEXT), .head = "KERNELS",
	  .brief = "kernels that tell it",
	  .explain = "Unknown: all that kmeminfo reads, 5.10 and later." },
	{ KM_FIELD(struct km_topic_row, brief, KM_TEXT), .flags = KM_SHOWN | KM_PROSE, .head = "MEANS",
	  .brief = "its meaning in a phrase", .explain = "The first line of `kmeminfo explain`." },
	{ KM_FIELD(struct km_topic_row, explain, KM_TEXT), .head = "EXPLANATION",
	  .brief = "its meaning in full", .explain = "How it is computed, and what it is not." },
	{ KM_FIELD(struct km_topic_row, origin, KM_TEXT), .head = "FROM",
	  .brief = "where it comes from", .explain = "The file and word, or how it is computed." },
	{ 0 }
};

const struct km_sheet_type km_topic_type = {
	.name = "fields",
	.brief = "every word that kmeminfo prints and can explain",
	.fields = fields,
	.row_size = sizeof(struct km_topic_row),
};

typedef KM_ARRAY(struct km_topic_row) topic_rows;

static void add_sheet(topic_rows *rows, const struct km_sheet_type *type)
{
	struct km_topic_row *row = km_array_push(rows);
	const struct km_field *field;

	row->group = KM_STR("sheet");
	row->key = km_str_from(type->name);
	row->brief = km_str_from(type->brief);
	row->explain = km_str_from(type->explain);
	km_field_each(field, type) {
		row = km_array_push(rows);
		row->group = km_str_from(type->name);
		row->key = km_str_from(field->key);
		row->unit = km_str_from(km_kind_name(field->kind));
		row->shown = field->flags & KM_SHOWN ? KM_TRI_YES : KM_TRI_NO;
		row->kernels = km_str_from(field->kernels);
		row->brief = km_str_from(field->brief);
		row->explain = km_str_from(field->explain);
		row->origin = km_str_from(field->origin);
	}
}

static void add_group(topic_rows *rows, const struct km_topic_group *group)
{
	const char *item = group->items;

	for (;; item += group->item_size) {
		const struct km_topic *topic = (const void *)item;
		struct km_topic_row *row;

		if (!topic->key)
			return;
		row = km_array_push(rows);
		row->group = km_str_from(group->name);
		row->key = km_str_from(topic->key);
		row->kernels = km_str_from(topic->kernels);
		row->brief = km_str_from(topic->brief);
		row->explain = km_str_from(topic->explain);
		row->origin = km_str_from(topic->origin);
	}
}

struct km_sheet km_topics_derive(struct km_pool *pool)
{
	const struct km_sheet_type *const *type;
	const struct km_topic_group *group;
	struct km_topic_row *kept;
	topic_rows rows = { 0 };

	for (type = km_sheet_types; *type; type++)
		add_sheet(&rows, *type);
	for (group = km_topic_groups; group->name; group++)
		add_group(&rows, group);
	kept = km_pool_alloc(pool, rows.len, sizeof(*kept));
	memcpy(kept, rows.items, rows.len * sizeof(*kept));
	struct km_sheet sheet = { &km_topic_type, kept, rows.len, NULL };
	km_array_deinit(&rows);
	return sheet;
}

bool km_topic_matches(const struct km_topic_row *row, struct km_str word)
{
	struct km_str group;

	if (km_str_eq(word, row->key) || km_str_eq(word, row->group))
		return true;
	return km_str_take_until(&word, '.', &group) && km_str_eq(group, row->group) &&
	       km_str_eq(word, row->key);
}
