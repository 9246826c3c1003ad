// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/prose.h"
#include "model/command-usage.h"
#include "model/pressure.h"
#include "report/finding-more.h"
#include "report/verdict.h"
#include "words/say.h"

enum { WIDTH = 80, LABELS = 11 };

/* "1.75 GiB of 1.93 GiB (90.7%)" */
static void add_share(struct km_text *text, uint64_t part, uint64_t whole)
{
	char buf[KM_UNITS_SIZE], size[KM_UNITS_SIZE], all[KM_UNITS_SIZE];

	km_units_percent(buf, km_num_ratio(part, whole));
	km_say_add(text, "%s of %s (%s)", km_units_bytes(size, part), km_units_bytes(all, whole), buf);
}

/* Adds the worst finding; notes are only counted. False: there is no finding. */
static bool say_worst(struct km_text *text, struct km_paint *paint, const struct km_machine *machine,
		      const struct km_sheet *findings)
{
	const struct km_finding *worst = findings->len ? km_sheet_row(findings, 0) : NULL;

	if (!worst || worst->severity == &km_severities[KM_NOTE]) {
		km_text_puts(text, km_say("No warnings"));
		if (worst)
			km_say_add(text, ", %zu note%s", findings->len, findings->len == 1 ? "" : "s");
		km_text_puts(text, km_machine_is_incomplete(machine) ? km_say(" in what could be read.") : km_say("."));
		return false;
	}
	km_text_tone(text, paint, worst->severity);
	km_say_add(text, ": %.*s.", KM_STR_ARG(worst->text));
	return true;
}

/* The same, followed by the commands that show more. */
static void say_findings(struct km_text *text, struct km_paint *paint, const struct km_prose_query *query,
			 const struct km_sheet *findings)
{
	const struct km_finding *worst = findings->len ? km_sheet_row(findings, 0) : NULL;

	if (!say_worst(text, paint, query->machine, findings))
		return;
	km_text_puts(text, km_say_gap());
	if (km_text_more(text, query->style, worst->command))
		km_text_puts(text, km_say(" shows more; "));
	km_say_add(text, "`kmeminfo explain %s` says what to do.", worst->id->key);
}

static const struct km_account *largest_of(const struct km_rows *rows, const struct km_account *but)
{
	const struct km_account *row = rows->items, *largest = NULL;

	for (size_t i = 0; i < rows->len; i++)
		if (&row[i] != but && row[i].bytes != KM_UNKNOWN && (!largest || row[i].bytes > largest->bytes))
			largest = &row[i];
	return largest;
}

static const struct km_account *free_part(const struct km_account_tree *tree)
{
	return tree->parts[KM_ACCOUNT_FREE];
}

/* The users of memory that is not free: the largest part, and the largest part within it. */
static void say_holder(struct km_text *text, const struct km_account_tree *tree)
{
	const struct km_account *total = tree->parts[KM_ACCOUNT_TOTAL], *part, *within;
	const uint64_t used = km_num_sub(total->bytes, free_part(tree)->bytes);
	char buf[KM_UNITS_SIZE];

	part = largest_of(&total->children, free_part(tree));
	if (used == KM_UNKNOWN || !part)
		return;
	km_text_separate(text, km_say_gap());
	add_share(text, used, total->bytes);
	km_say_add(text, " is in use; the largest part is %.*s, %s", KM_STR_ARG(part->label),
		   km_units_bytes(buf, part->bytes));
	within = largest_of(&part->children, NULL);
	if (within && within->bytes == part->bytes)
		km_say_add(text, ", all of it %.*s", KM_STR_ARG(within->label));
	else if (within && within->bytes)
		km_say_add(text, ", including %s %.*s", km_units_bytes(buf, within->bytes), KM_STR_ARG(within->label));
	if (within && within == tree->parts[KM_ACCOUNT_ANONYMOUS] && within->note.len)
		km_text_printf(text, " (%.*s)", KM_STR_ARG(within->note));
	km_text_puts(text, km_say("."));
}

/* Adds a line: a label and its figures. */
static void add_line(struct km_text *text, const struct km_style *style, const char *label, struct km_text *figures)
{
	if (figures->len)
		km_prose_labelled(text, km_str_from(label), km_text_str(figures), LABELS, km_style_fold(style, WIDTH));
	figures->len = 0;
}

/* "12.0 MiB of 2.00 GiB (0.6%)"; nothing if a figure is unknown. */
static void add_known(struct km_text *text, uint64_t part, uint64_t whole)
{
	if (part != KM_UNKNOWN && whole != KM_UNKNOWN)
		add_share(text, part, whole);
}

static void add_swap(struct km_text *text, const struct km_meminfo *meminfo)
{
	uint64_t total = km_meminfo_bytes(meminfo, KM_STR("SwapTotal"));

	if (total)
		add_known(text, km_num_sub(total, km_meminfo_bytes(meminfo, KM_STR("SwapFree"))), total);
	else
		km_text_puts(text, km_say("none: this machine has no swap"));
}

/* "0.0% of the last 10 s, 1.2% of the last 60 s, for memory" */
static void add_pressure(struct km_text *text, struct km_machine *machine)
{
	const struct km_sheet rows = km_pressure_derive(&machine->pool, km_machine_psi(machine, KM_OPTIONAL));
	char last10[KM_UNITS_SIZE], last60[KM_UNITS_SIZE];
	const struct km_pressure *some = rows.len ? km_sheet_row(&rows, 0) : NULL;

	if (!some || isnan(some->avg10_ratio) || isnan(some->avg60_ratio))
		return;
	km_units_percent(last10, some->avg10_ratio);
	km_units_percent(last60, some->avg60_ratio);
	km_say_add(text, "%s of the last 10 s, %s of the last 60 s, for memory", last10, last60);
}

/* The first figures of free(1), and how long tasks waited for memory. */
static void write_figures(const struct km_prose_query *query, const struct km_summary *summary)
{
	const struct km_meminfo *meminfo = summary->finding_input.meminfo;
	struct km_text text = { 0 };
	KM_TEXT_SCOPE figures = { 0 };

	add_known(&figures, km_meminfo_bytes(meminfo, KM_STR("MemAvailable")), km_meminfo_bytes(meminfo, KM_STR("MemTotal")));
	add_line(&text, query->style, km_say("available"), &figures);
	add_swap(&figures, meminfo);
	add_line(&text, query->style, km_say("swap used"), &figures);
	if (!summary->account_input.foreign)
		add_pressure(&figures, query->machine);
	add_line(&text, query->style, km_say("waiting"), &figures);
	if (text.len)
		km_document_add_text(query->document, &text, NULL);
}

struct km_str km_verdict_findings(struct km_machine *machine, const struct km_summary *summary)
{
	KM_TEXT_SCOPE text = { 0 };
	struct km_paint severity = { 0 };

	say_worst(&text, &severity, machine, &summary->findings);
	return km_pool_copy(&machine->pool, km_str_skip(km_text_str(&text), severity.len ? severity.len + strlen(": ") : 0));
}

struct km_str km_verdict_users(struct km_pool *pool, const struct km_summary *summary)
{
	const struct km_account_tree *tree = &summary->account;
	struct km_text text = { 0 };

	if (tree->parts[KM_ACCOUNT_TOTAL] && free_part(tree))
		say_holder(&text, tree);
	return km_text_keep_some(&text, pool);
}

void km_verdict_write(const struct km_prose_query *query, const struct km_summary *summary)
{
	const struct km_account_tree *tree = &summary->account;
	KM_TEXT_SCOPE words = { 0 };
	struct km_paint paint = { 0 };
	struct km_text text = { 0 };

	say_findings(&words, &paint, query, &summary->findings);
	if (tree->parts[KM_ACCOUNT_TOTAL] && free_part(tree))
		say_holder(&words, tree);
	km_prose_fold(&text, km_text_str(&words), 0, km_style_fold(query->style, WIDTH));
	km_document_paint(km_document_add_text(query->document, &text, NULL), paint);
	write_figures(query, summary);
}
