// SPDX-License-Identifier: GPL-2.0-or-later
/* Rules as checks. Each check has a state, even if its file is missing. */
#include <stdlib.h>
#include "report/check.h"
#include "report/options.h"
#include "report/summary.h"
#include "words/say.h"

const struct km_word km_check_states[] = {
	[KM_CHECK_OK] = { .key = "ok", .brief = "no threshold for a warning is crossed" },
	[KM_CHECK_WARNING] = { .key = "warning", .brief = "the threshold for a warning is crossed" },
	[KM_CHECK_CRITICAL] = { .key = "critical", .brief = "the threshold for a critical state is crossed" },
	[KM_CHECK_UNKNOWN] = { .key = "unknown", .brief = "the figure cannot be read" },
	[KM_CHECK_STATES] = { 0 },
};

const struct km_vocabulary km_check_state_vocabulary = {
	.name = "check state",
	.brief = "result of a check",
	.items = km_check_states,
	.item_size = sizeof(*km_check_states),
};

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_check, rule, KM_WORD), .words = km_finding_vocabularies, .flags = KM_SHOWN | KM_ID,
	  .head = "RULE",
	  .brief = "name of the rule",
	  .explain = "The findings of the summary have it as ID. `kmeminfo explain RULE` explains what it means and "
		     "what to do.",
	  .origin = "fixed" },
	{ KM_FIELD(struct km_check, state, KM_WORD), .words = &km_check_state_vocabulary, .flags = KM_SHOWN,
	  .head = "STATE",
	  .brief = "result of the check",
	  .explain = "ok, warning, critical or unknown. A rule is unknown if its file cannot be read or has "
		     "bad lines, unless what could be read is bad enough. A rule is ok if the machine does "
		     "not have what it measures, such as swap.",
	  .origin = "the value and the thresholds" },
	{ KM_FIELD(struct km_check, value, KM_TEXT), .flags = KM_SHOWN, .head = "VALUE",
	  .brief = "the figure now, with its unit",
	  .explain = "The figure of the worst place. %: percent, B: bytes, c: a counter. The rule's "
		     "explanation says what it measures. It has six digits, or as many as it needs to be on the same side of "
		     "each threshold as the exact figure. Unknown: nothing could be measured.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_check, number, KM_REAL), .flags = KM_LEVEL, .head = "NUMBER",
	  .brief = "the value as a number",
	  .explain = "In the unit of `unit`. A program that compares it with the thresholds reaches the same state.", .origin = "computed" },
	{ KM_FIELD(struct km_check, unit, KM_TEXT), .head = "UNIT",
	  .brief = "unit of the number and of the thresholds",
	  .explain = "%, B, c, or empty for a plain number, as monitoring plugins have it.", .origin = "fixed" },
	{ KM_FIELD(struct km_check, note, KM_TEXT), .head = "NOTE",
	  .brief = "threshold of a note in the summary",
	  .explain = "As `warning`. A note does not change the state.",
	  .origin = "fixed by the rule" },
	{ KM_FIELD(struct km_check, warning, KM_TEXT), .flags = KM_SHOWN, .head = "WARNING",
	  .brief = "threshold of the state warning",
	  .explain = "A range in the syntax of monitoring plugins, [@][start:][end]. A value beyond it has this "
		     "state. 10 allows 0 to 10, 5: allows 5 and more, ~:5 allows 5 and less; @10:20 allows all but "
		     "10 to 20. Unknown: there is none.",
	  .origin = "--warning, check.conf, or the rule" },
	{ KM_FIELD(struct km_check, critical, KM_TEXT), .flags = KM_SHOWN, .head = "CRITICAL",
	  .brief = "threshold of the state critical",
	  .explain = "As `warning`.",
	  .origin = "--critical, check.conf, or the rule" },
	{ KM_FIELD(struct km_check, place, KM_TEXT), .flags = KM_SHOWN, .head = "PLACE",
	  .brief = "zone, node or cache that has the value",
	  .explain = "The worst of them. Unknown: the whole machine.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_check, figure, KM_TEXT), .head = "FIGURE",
	  .brief = "what the rule measures", .explain = "A phrase for people.", .origin = "fixed" },
	{ KM_FIELD(struct km_check, text, KM_TEXT), .head = "TEXT",
	  .brief = "the state as a sentence", .explain = "Meant for people; it may change.", .origin = "computed" },
	{ KM_FIELD(struct km_check, findings, KM_TEXTS), .head = "FINDINGS",
	  .brief = "what the rule finds, worst first",
	  .explain = "One sentence for each place, as in the summary; also notes.", .origin = "computed" },
	{ KM_FIELD(struct km_check, command, KM_TEXT), .head = "COMMAND",
	  .brief = "the command that shows more", .explain = "Fixed by the rule.", .origin = "fixed" },
	{ 0 }
};

const struct km_sheet_type km_check_type = {
	.name = "check",
	.brief = "what each rule measured, against its thresholds",
	.explain = "The rules are those of the summary's findings. `kmeminfo check` is a plugin for monitoring systems.",
	.fields = fields,
	.row_size = sizeof(struct km_check),
};

/* The unit after a value, by the plugins' guidelines. */
static const char *unit_of(const struct km_rule *rule)
{
	static const char *const units[] = {
		[KM_RULE_PERCENT] = "%", [KM_RULE_BYTES] = "B", [KM_RULE_COUNT] = "", [KM_RULE_COUNTER] = "c",
		[KM_RULE_INDEX] = "",
	};

	return units[rule->unit];
}

/* The value as text. *number becomes the number of that text. */
static struct km_str value_of(struct km_pool *pool, const struct km_rule_run *run, double *number)
{
	char buf[KM_THRESHOLD_NUMBER_SIZE];

	if (!run->measured)
		return (struct km_str){ 0 };
	km_rule_number(buf, run, run->value, km_threshold_decimals(run->value));
	*number = strtod(buf, NULL);
	return km_pool_printf(pool, "%s%s", buf, unit_of(run->rule));
}

static void add_findings(struct km_pool *pool, const struct km_sheet *found, struct km_check *row)
{
	row->findings.items = km_pool_alloc(pool, found->len + 1, sizeof(*row->findings.items));
	for (size_t i = 0; i < found->len; i++) {
		const struct km_finding *finding = km_sheet_row(found, i);

		if (finding->id == row->rule)
			row->findings.items[row->findings.len++] = finding->text;
	}
}

static bool concerns(struct km_machine *machine, const struct km_rule *rule, const struct km_growth *growth,
		     struct km_str source)
{
	for (unsigned int file = 0; file < KM_FILES; file++) {
		struct km_str rest = source;

		if (rule->files & KM_NEEDS(file) &&
		    km_str_take_prefix(&rest, km_source_name(machine->source, km_files[file].path)) &&
		    (!rest.len || (km_files[file].directory && *rest.ptr == '/')))
			return true;
	}
	return growth && rule->flags & KM_RULE_RECORDED && km_str_eq(source, km_str_from(growth->path));
}

/* The reason why a file of the rule is missing or incomplete; .ptr NULL: all are complete. */
static struct km_str trouble_of(struct km_machine *machine, const struct km_rule *rule, const struct km_growth *growth)
{
	const struct km_problem *problem;

	km_array_each(problem, &machine->problems.list)
		if (!problem->optional && concerns(machine, rule, growth, problem->source))
			return km_pool_printf(&machine->pool, "%.*s: %.*s%s%.*s", KM_STR_ARG(problem->source),
					      KM_STR_ARG(problem->reason), problem->hint.ptr ? "; " : "",
					      KM_STR_ARG(problem->hint));
	return (struct km_str){ 0 };
}

static enum km_check_state state_of(const struct km_rule_run *run, struct km_str trouble)
{
	if (run->severity == KM_CRITICAL)
		return KM_CHECK_CRITICAL;
	if (run->severity == KM_WARNING)
		return KM_CHECK_WARNING;
	if (trouble.ptr || run->unknown.ptr)
		return KM_CHECK_UNKNOWN;
	if (run->measured || run->absent || (run->rule->flags & KM_RULE_OPTIONAL && !run->named))
		return KM_CHECK_OK;
	return KM_CHECK_UNKNOWN;
}

static struct km_str text_of(struct km_pool *pool, const struct km_rule_run *run, const struct km_check *row,
			     struct km_str trouble)
{
	if (row->state == &km_check_states[KM_CHECK_UNKNOWN] && trouble.ptr)
		return trouble;
	if (run->unknown.ptr)
		return run->unknown;
	if (row->findings.len)
		return row->findings.items[0];
	if (!run->measured)
		return run->absent ? km_str_from(run->absent) :
				     KM_SENTENCE("this machine does not report the figure");
	return km_pool_printf(pool, "%.*s%s%s: %.*s", KM_STR_ARG(row->place), row->place.ptr ? ": " : "",
			      km_say(run->rule->figure), KM_STR_ARG(row->value));
}

static void derive_row(struct km_machine *machine, const struct km_rule_run *run, const struct km_sheet *found,
		       const struct km_finding_input *facts, struct km_check *row)
{
	const struct km_str trouble = trouble_of(machine, run->rule, facts->growth);

	km_row_init(&km_check_type, row);
	row->rule = &run->rule->word;
	row->state = &km_check_states[state_of(run, trouble)];
	row->place = run->measured ? run->place : (struct km_str){ 0 };
	row->figure = km_str_from(run->rule->figure);
	row->value = value_of(&machine->pool, run, &row->number);
	row->unit = km_str_from(unit_of(run->rule));
	row->note = run->texts[KM_NOTE];
	row->warning = run->texts[KM_WARNING];
	row->critical = run->texts[KM_CRITICAL];
	row->command = km_rule_command(&machine->pool, run->rule, facts);
	add_findings(&machine->pool, found, row);
	row->text = text_of(&machine->pool, run, row, trouble);
}

static const struct km_rule_runs *runs_of(struct km_machine *machine, const struct km_check_options *options)
{
	struct km_rule_runs *own;

	if (options && options->runs)
		return options->runs;
	own = km_pool_alloc(&machine->pool, 1, sizeof(*own));
	*own = km_rule_runs_init(&machine->pool);
	return own;
}

static struct km_summary_scope scope_of(const struct km_rule_runs *runs, enum km_need need)
{
	struct km_summary_scope scope = { .useful = KM_SUMMARY_ALWAYS };

	for (size_t i = 0; i < runs->len; i++) {
		const struct km_rule *rule = runs->items[i].rule;

		if (runs->items[i].skip)
			continue;
		if (need == KM_REQUIRED && (!(rule->flags & KM_RULE_OPTIONAL) || runs->items[i].named))
			scope.needed |= rule->files;
		scope.useful |= rule->files | rule->useful;
	}
	return scope;
}

static int derive(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret, struct km_err *err)
{
	const struct km_check_options *options = query->options;
	const struct km_rule_runs *runs = runs_of(machine, options);
	const struct km_summary_scope scope = scope_of(runs, query->need);
	struct km_check *rows = km_pool_alloc(&machine->pool, runs->len, sizeof(*rows));
	struct km_summary *summary = km_pool_alloc(&machine->pool, 1, sizeof(*summary));
	struct km_sheet found;

	(void)err;
	km_summary_derive_scope(machine, &scope, summary);
	if (options && options->growth)
		summary->finding_input.growth = km_growth_derive(machine, options->growth);
	km_machine_note_failures(machine);
	found = km_rule_runs_look(&machine->pool, &summary->finding_input, runs);
	*ret = (struct km_sheet){ &km_check_type, rows, 0, NULL };
	for (size_t i = 0; i < runs->len; i++)
		if (!runs->items[i].skip)
			derive_row(machine, &runs->items[i], &found, &summary->finding_input, &rows[ret->len++]);
	return 0;
}

static void write_check(const struct km_prose_query *query, const struct km_sheet *sheet)
{
	const struct km_check_options *options = query->options;
	struct km_text text = { 0 };

	if (options && options->list) {
		km_document_add(query->document, NULL, KM_SHAPE_SHEET, *sheet, NULL, NULL);
		return;
	}
	km_check_write(&text, sheet, query->style);
	km_document_add_text(query->document, &text, NULL);
}

const struct km_report km_report_check = {
	.key = "check",
	.type = &km_check_type,
	.derive = derive,
	.write = write_check,
};
