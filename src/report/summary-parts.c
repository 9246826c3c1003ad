// SPDX-License-Identifier: GPL-2.0-or-later
/* The parts of the summary, as reports of one group. All use the summary in the query. */
#include "base/prose.h"
#include "model/account-list.h"
#include "model/command-usage.h"
#include "model/system.h"
#include "model/slab.h"
#include "model/vmalloc.h"
#include "model/zone-brief.h"
#include "report/finding-more.h"
#include "report/report.h"
#include "report/summary.h"
#include "report/verdict.h"
#include "words/say.h"

#define GROUP "summary"

enum { LARGEST = 5, NEVER_FOLD = 1 << 20 };

#define PART(name, member)                                                                         \
	static int derive_##name(struct km_machine *machine, const struct km_query *query,         \
				 struct km_sheet *ret, struct km_err *err)                         \
	{                                                                                          \
		(void)err;                                                                         \
		*ret = km_summary_of(machine, query)->member;                                      \
		return 0;                                                                          \
	}

PART(account, account.sheet)
PART(zones, zones)
PART(caches, caches)
PART(callers, finding_input.vmalloc)
PART(findings, findings)
PART(parts, parts)
PART(system, system)

/* Alone, this report needs only the processes. */
static int derive_commands(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			   struct km_err *err)
{
	const struct km_summary *summary = query->options;

	(void)err;
	*ret = summary ? summary->commands :
			 km_command_usage_derive(&machine->pool, km_machine_processes(machine));
	return 0;
}

static size_t text_width(const struct km_style *style)
{
	return style->terminal ? style->width : NEVER_FOLD;
}

static size_t count_nodes(const struct km_sheet *zones)
{
	size_t nodes = 0;

	for (size_t i = 0; i < zones->len; i++) {
		const struct km_zone_brief *row = km_sheet_row(zones, i);

		nodes += !i || row->node != row[-1].node;
	}
	return nodes;
}

static struct km_str word_or(struct km_str word, const char *otherwise)
{
	return word.ptr ? word : km_str_from(otherwise);
}

/* "Linux 6.12.107 x86_64, 4 KiB pages, 2 nodes, 5 populated zones, read live as root" */
static void describe_machine(struct km_text *text, const struct km_host *host, const struct km_sheet *zones)
{
	size_t nodes = count_nodes(zones);
	bool live = host->source == &km_host_sources[KM_HOST_LIVE];

	km_say_add(text, "Linux %.*s %.*s", KM_STR_ARG(word_or(host->release, km_say("of unknown release"))),
		       KM_STR_ARG(word_or(host->machine, km_say("on an unknown architecture"))));
	if (host->page_bytes != KM_UNKNOWN)
		km_say_add(text, ", %llu KiB pages", (unsigned long long)host->page_bytes / 1024);
	if (zones->len)
		km_say_add(text, ", %zu node%s, %zu populated zone%s", nodes, nodes == 1 ? "" : "s",
			       zones->len, zones->len == 1 ? "" : "s");
	if (!live)
		km_text_puts(text, km_say(", from a capture"));
	else
		km_say_add(text, ", read live%s", host->root == KM_TRI_YES ? km_say(" as root") : km_say(", not as root"));
	if (host->time.ptr && !live)
		km_say_add(text, " of %.*s", KM_STR_ARG(host->time));
	if (host->module.ptr)
		km_say_add(text, ", helper module %.*s", KM_STR_ARG(host->module));
	else if (live)
		km_text_puts(text, km_say(", helper module not loaded"));
}

static void write_overview(const struct km_prose_query *query, const struct km_sheet *zones)
{
	KM_TEXT_SCOPE line = { 0 };
	struct km_text text = { 0 };

	if (query->style->no_headings)
		return;
	describe_machine(&line, &query->machine->host, zones);
	km_prose_fold(&text, km_text_str(&line), 0, text_width(query->style));
	km_document_add_text(query->document, &text, NULL);
}

static void write_headline(const struct km_prose_query *query, const struct km_sheet *findings)
{
	(void)findings;
	if (!query->style->no_headings)
		km_verdict_write(query, query->options);
}

/* The tree for text: without parts that are 0 or equal to their whole. */
static struct km_sheet condense_account(struct km_machine *machine, const void *options)
{
	const struct km_summary *summary = options;

	return km_account_condense(&machine->pool, &summary->account);
}

/* Writes the severity, the sentence, and the command that shows more. */
static void write_finding(struct km_text *text, struct km_paint *paint, const struct km_style *style,
			  const struct km_finding *row)
{
	KM_TEXT_SCOPE label = { 0 }, more = { 0 };

	km_text_tone(&label, paint, row->severity);
	paint->start = text->len;
	km_text_puts(&label, ":");
	km_prose_labelled(text, km_text_str(&label), row->text, 4, text_width(style));
	if (km_text_more(&more, style, row->command))
		km_text_puts(&more, km_say(" shows more, "));
	km_say_add(&more, "`kmeminfo explain %s` says what to do", row->id->key);
	km_prose_fold(text, km_text_str(&more), 4, text_width(style));
}

static void write_findings(const struct km_prose_query *query, const struct km_sheet *findings)
{
	struct km_paint *paints = km_pool_alloc(&query->machine->pool, findings->len + 1, sizeof(*paints));
	struct km_section *section;
	struct km_text text = { 0 };

	if (!findings->len)
		km_say_add(&text, "none%s\n", km_machine_is_incomplete(query->machine) ?
							  km_say(" in the files that could be read") : "");
	for (size_t i = 0; i < findings->len; i++) {
		const struct km_finding *row = km_sheet_row(findings, i);

		write_finding(&text, &paints[i], query->style, row);
	}
	section = km_document_add_text(query->document, &text, km_say("FINDINGS"));
	for (size_t i = 0; i < findings->len; i++)
		km_document_paint(section, paints[i]);
}

static const struct km_look account_look = { .kind = KM_LOOK_TREE, .size = "bytes" };
static const struct km_look findings_look = { .kind = KM_LOOK_CARDS };

const struct km_report km_report_overview = {
	.group = GROUP,
	.flags = KM_REPORT_TEXT_ONLY | KM_REPORT_ALWAYS,
	.type = &km_zone_brief_type,
	.derive = derive_zones,
	.write = write_overview,
};

const struct km_report km_report_headline = {
	.group = GROUP,
	.flags = KM_REPORT_TEXT_ONLY | KM_REPORT_ALWAYS,
	.type = &km_finding_type,
	.derive = derive_findings,
	.write = write_headline,
};

const struct km_report km_report_account = {
	.key = "account",
	.group = GROUP,
	.shape = KM_SHAPE_ROW,
	.flags = KM_REPORT_FIGURES | KM_REPORT_OVER_TIME | KM_REPORT_RECORDED,
	.type = &km_account_type,
	.files = KM_NEEDS(KM_FILE_MEMINFO),
	.look = &account_look,
	.derive = derive_account,
	.condense = condense_account,
};

const struct km_report km_report_account_parts = {
	.key = "account_parts",
	.group = GROUP,
	.shape = KM_SHAPE_LIST,
	.flags = KM_REPORT_JSON_ONLY,
	.type = &km_account_item_type,
	.files = KM_NEEDS(KM_FILE_MEMINFO),
	.derive = derive_parts,
	.metrics = "bytes,leaf",
};

const struct km_report km_report_system = {
	.key = "system",
	.group = GROUP,
	.shape = KM_SHAPE_ROW,
	.flags = KM_REPORT_JSON_ONLY,
	.type = &km_system_type,
	.derive = derive_system,
	.metrics = KM_METRICS_ALL,
};

const struct km_report km_report_zone_summary = {
	.key = "zones",
	.group = GROUP,
	.shape = KM_SHAPE_LIST,
	.type = &km_zone_brief_type,
	.files = KM_NEEDS(KM_FILE_ZONEINFO),
	.title = KM_SAID("ZONES"),
	.derive = derive_zones,
};

const struct km_report km_report_largest_caches = {
	.key = "largest_caches",
	.group = GROUP,
	.shape = KM_SHAPE_LIST,
	.type = &km_slab_type,
	.files = KM_NEEDS(KM_FILE_SLABINFO),
	.title = KM_SAID("LARGEST SLAB CACHES"),
	.columns = "name,size_bytes,idle_bytes,used_ratio,share_ratio",
	.top = LARGEST,
	.derive = derive_caches,
};

const struct km_report km_report_largest_callers = {
	.key = "largest_callers",
	.group = GROUP,
	.shape = KM_SHAPE_LIST,
	.type = &km_vmalloc_type,
	.files = KM_NEEDS(KM_FILE_VMALLOCINFO),
	.title = KM_SAID("LARGEST CALLERS OF VMALLOC"),
	.columns = "caller,module,kind,areas,memory_bytes",
	.top = LARGEST,
	.derive = derive_callers,
};

const struct km_report km_report_largest_commands = {
	.key = "largest_commands",
	.group = GROUP,
	.shape = KM_SHAPE_LIST,
	.flags = KM_REPORT_OVER_TIME | KM_REPORT_RECORDED,
	.type = &km_command_usage_type,
	.title = KM_SAID("LARGEST COMMANDS"),
	.top = LARGEST,
	.derive = derive_commands,
};

const struct km_report km_report_findings = {
	.key = "findings",
	.group = GROUP,
	.shape = KM_SHAPE_LIST,
	.flags = KM_REPORT_ALWAYS | KM_REPORT_OVER_TIME | KM_REPORT_RECORDED,
	.type = &km_finding_type,
	.look = &findings_look,
	.derive = derive_findings,
	.metrics = KM_METRICS_ALL,
	.write = write_findings,
};
