// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include "base/units.h"
#include "report/report.h"
#include "report/summary.h"
#include "report/assessment.h"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_assessment, severity, KM_WORD), .words = &km_severity_vocabulary, .flags = KM_SHOWN,
	  .head = "SEVERITY",
	  .brief = "severity of the most urgent finding",
	  .explain = "Unknown if nothing was found.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_assessment, critical, KM_COUNT), .flags = KM_SHOWN | KM_LEVEL, .head = "CRITICAL",
	  .brief = "number of critical findings", .explain = "See the findings.", .origin = "computed" },
	{ KM_FIELD(struct km_assessment, warnings, KM_COUNT), .flags = KM_SHOWN | KM_LEVEL, .head = "WARNINGS",
	  .brief = "number of warnings", .explain = "See the findings.", .origin = "computed" },
	{ KM_FIELD(struct km_assessment, notes, KM_COUNT), .flags = KM_SHOWN | KM_LEVEL, .head = "NOTES",
	  .brief = "number of notes", .explain = "See the findings.", .origin = "computed" },
	{ KM_FIELD(struct km_assessment, text, KM_TEXT), .flags = KM_SHOWN | KM_PROSE, .head = "ASSESSMENT",
	  .brief = "the most urgent finding as a sentence",
	  .explain = "Meant for people; it may change.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_assessment, account, KM_TEXT), .flags = KM_SHOWN | KM_PROSE, .head = "ACCOUNT",
	  .brief = "the largest parts of the account as a sentence",
	  .explain = "The parts of the first level, largest first. Meant for people; it may change.",
	  .origin = "computed" },
	{ 0 }
};

const struct km_sheet_type km_assessment_type = {
	.name = "assessment",
	.brief = "what the findings and the account come to",
	.explain = "The findings come from fixed rules. No finding does not mean that nothing is wrong.",
	.fields = fields,
	.row_size = sizeof(struct km_assessment),
};

static uint64_t count(const struct km_sheet *findings, enum km_severity severity)
{
	uint64_t found = 0;

	for (size_t i = 0; i < findings->len; i++)
		found += ((const struct km_finding *)km_sheet_row(findings, i))->severity ==
			 &km_severities[severity];
	return found;
}

static void add_count(struct km_text *text, uint64_t number, const char *one, const char *more)
{
	if (!number)
		return;
	km_text_separate(text, ", ");
	km_text_printf(text, "%llu %s", (unsigned long long)number, number == 1 ? one : more);
}

/* "1 warning, 2 notes. Most urgent: node 0 DMA: ..." */
static struct km_str findings_text(struct km_machine *machine, const struct km_sheet *findings,
				   const struct km_assessment *counts)
{
	struct km_text text = { 0 };

	if (!findings->len) {
		km_text_printf(&text, "Nothing remarkable was found%s.",
			       km_problems_matter(&machine->problems) ? " in what could be read" : "");
		return km_text_keep(&text, &machine->pool);
	}
	add_count(&text, counts->critical, "critical finding", "critical findings");
	add_count(&text, counts->warnings, "warning", "warnings");
	add_count(&text, counts->notes, "note", "notes");
	km_text_puts(&text, findings->len > 1 ? ". Most urgent: " : ": ");
	km_text_add(&text, ((const struct km_finding *)km_sheet_row(findings, 0))->text);
	km_text_puts(&text, ".");
	return km_text_keep(&text, &machine->pool);
}

static int compare_bytes(const void *a, const void *b)
{
	const struct km_account *const *left = a, *const *right = b;

	return ((*left)->bytes < (*right)->bytes) - ((*left)->bytes > (*right)->bytes);
}

static void add_part(struct km_text *text, const struct km_account *part)
{
	char share[KM_UNITS_SIZE], size[KM_UNITS_SIZE];

	km_text_printf(text, "%.*s %s (%s)", KM_STR_ARG(part->label), km_units_percent(share, part->share_ratio),
		       km_units_bytes(size, part->bytes));
}

/* "1.93 GiB in all: free 91.6% (1.77 GiB), kernel 1.9% (38.1 MiB), ..." */
static struct km_str account_text(struct km_pool *pool, const struct km_sheet *account)
{
	const struct km_account *whole = account->rows, *children, **parts;
	struct km_text text = { 0 };
	char size[KM_UNITS_SIZE];
	size_t len;

	if (!account->len)
		return (struct km_str){ 0 };
	children = whole->children.items;
	len = whole->children.len;
	parts = km_pool_alloc(pool, len, sizeof(*parts));
	for (size_t i = 0; i < len; i++)
		parts[i] = &children[i];
	qsort(parts, len, sizeof(*parts), compare_bytes);
	km_text_printf(&text, "%s in all", km_units_bytes(size, whole->bytes));
	for (size_t i = 0; i < len && parts[i]->bytes; i++) {
		km_text_puts(&text, i ? ", " : ": ");
		add_part(&text, parts[i]);
	}
	km_text_puts(&text, ".");
	return km_text_keep(&text, pool);
}

static int derive(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
		  struct km_err *err)
{
	const struct km_summary *summary = km_summary_of(machine, query);
	struct km_assessment *row = km_pool_alloc(&machine->pool, 1, sizeof(*row));
	const struct km_sheet *findings = &summary->findings;

	(void)err;
	*ret = (struct km_sheet){ &km_assessment_type, row, 1, NULL };
	row->critical = count(findings, KM_CRITICAL);
	row->warnings = count(findings, KM_WARNING);
	row->notes = count(findings, KM_NOTE);
	if (findings->len)
		row->severity = ((const struct km_finding *)km_sheet_row(findings, 0))->severity;
	row->text = findings_text(machine, findings, row);
	row->account = account_text(&machine->pool, &summary->account.sheet);
	return 0;
}

static const struct km_look look = { .kind = KM_LOOK_LEAD };

const struct km_report km_report_assessment = {
	.key = "assessment",
	.shape = KM_SHAPE_ROW,
	.type = &km_assessment_type,
	.look = &look,
	.derive = derive,
};
