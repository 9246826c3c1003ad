// SPDX-License-Identifier: GPL-2.0-or-later
#include <fnmatch.h>
#include "base/units.h"
#include "report/placeholder.h"
#include "model/slab.h"
#include "report/claim-test.h"
#include "report/options.h"

/* The parsed placeholder. */
struct question {
	const struct km_report *report;
	const struct km_field *field; /* the figure */
	const struct km_field *by;    /* the pattern's field; NULL: any field that names a row */
	const char *pattern;          /* NULL: the totals */
};

static struct km_str word_with(struct km_placeholders *figures, enum km_phrase word, struct km_str inserted)
{
	struct km_str after = km_phrase(figures->language, word), before = { 0 };

	km_str_take_until(&after, '{', &before);
	after = km_str_skip(after, 1);
	return km_pool_printf(&figures->machine->pool, "%.*s%.*s%.*s", KM_STR_ARG(before),
			      KM_STR_ARG(inserted), KM_STR_ARG(after));
}

/* The rows of a report. They are made again if the field needs more files than were read for them. */
static const struct km_sheet *sheet_of(struct km_placeholders *figures, const struct question *question)
{
	const struct km_report *report = question->report;
	struct km_placeholder_sheet *sheet;
	struct km_query query = { .need = KM_OPTIONAL };

	if (report->extras)
		query.extras = report->extras(question->field);
	for (size_t i = 0; i < KM_REPORT_COUNT; i++) {
		sheet = &figures->sheets[i];
		if (sheet->report && sheet->report != report)
			continue;
		if (sheet->report && !(query.extras & ~sheet->extras))
			return &sheet->sheet;
		sheet->report = report;
		sheet->extras |= query.extras;
		query.extras = sheet->extras;
		if (!report->derive || report->derive(figures->machine, &query, &sheet->sheet, NULL))
			sheet->sheet = (struct km_sheet){ .type = report->type };
		return &sheet->sheet;
	}
	return NULL;
}

/* Why a figure is unknown. */
static struct km_str unknown(const struct km_placeholders *figures, const struct question *question)
{
	const struct km_machine *machine = figures->machine;
	bool refused = false;

	for (unsigned int file = 0; file < KM_FILES; file++)
		if (question->report->files & KM_NEEDS(file) && km_files[file].hint && !machine->have[file])
			refused = machine->host.root == KM_TRI_NO;
	return km_phrase(figures->language, refused ? KM_SAY_NEEDS_ROOT : KM_SAY_UNKNOWN);
}

/* Whether the field may be added up over several rows. */
static bool adds_up(const struct km_field *field)
{
	return (field->kind == KM_BYTES || field->kind == KM_COUNT) && field->flags & (KM_SUMMED | KM_ADDS);
}

static bool matches(struct km_pool *pool, const char *pattern, const struct km_field *field, const void *row)
{
	struct km_str name = km_cell_text(pool, field, row, false);

	return !fnmatch(pattern, km_pool_copy(pool, name).ptr, 0);
}

static bool is_meant(struct km_pool *pool, const struct question *question, const void *row)
{
	const struct km_field *field;

	if (question->by)
		return matches(pool, question->pattern, question->by, row);
	km_field_each(field, question->report->type)
		if (field->flags & KM_ID && matches(pool, question->pattern, field, row))
			return true;
	return false;
}

static bool has_alias(struct km_pool *pool, const struct km_slab *row, const char *pattern)
{
	for (size_t i = 0; i < row->aliases.len; i++)
		if (!fnmatch(pattern, km_pool_copy(pool, row->aliases.items[i]).ptr, 0))
			return true;
	return false;
}

struct chosen {
	KM_ARRAY(const void *) rows;
};

/* Selects rows of a sheet, and of the tree below each. */
static void choose(struct km_pool *pool, const struct question *question, const void *rows, size_t len,
		   struct chosen *chosen)
{
	const struct km_sheet_type *type = question->report->type;
	const struct km_field *field;

	for (size_t i = 0; i < len; i++) {
		const void *row = (const char *)rows + i * type->row_size;

		if (is_meant(pool, question, row))
			*km_array_push(&chosen->rows) = row;
		km_field_each(field, type) {
			const struct km_rows *children = field->flags & KM_TREE ? km_field_at(field, row) : NULL;

			if (children)
				choose(pool, question, children->items, children->len, chosen);
		}
	}
}

/* A row whose member of the field is the sum over several rows. */
static const void *add_up(struct km_pool *pool, const struct question *question, const struct chosen *chosen)
{
	char *sum = km_pool_alloc(pool, 1, question->report->type->row_size);
	uint64_t *at = (uint64_t *)(void *)(sum + question->field->offset);

	for (size_t i = 0; i < chosen->rows.len; i++)
		*at = km_num_add(*at, km_field_number(question->field, chosen->rows.items[i]));
	return sum;
}

/* The figure of one row, or of several rows together. */
static struct km_str value_of(struct km_placeholders *figures, const struct question *question,
			      const struct chosen *chosen)
{
	struct km_pool *pool = &figures->machine->pool;
	const void *row = chosen->rows.items[0];
	struct km_str text;

	if (chosen->rows.len > 1 && !adds_up(question->field))
		return unknown(figures, question);
	if (chosen->rows.len > 1)
		row = add_up(pool, question, chosen);
	text = km_cell_text(pool, question->field, row, false);
	return km_str_eq(text, KM_STR("-")) ? unknown(figures, question) : text;
}

/* A merged cache only has the figure of the cache that it was merged into. */
static struct km_str value_of_merged(struct km_placeholders *figures, const struct question *question,
				     const struct km_sheet *sheet)
{
	struct km_pool *pool = &figures->machine->pool;
	struct chosen chosen = { 0 };
	struct km_str value = { 0 };

	for (size_t i = 0; i < sheet->len && !chosen.rows.len; i++)
		if (has_alias(pool, km_sheet_row(sheet, i), question->pattern))
			*km_array_push(&chosen.rows) = km_sheet_row(sheet, i);
	if (chosen.rows.len)
		value = km_pool_printf(pool, "%s (%s)", value_of(figures, question, &chosen).ptr,
				       word_with(figures, KM_SAY_MERGED,
						 ((const struct km_slab *)chosen.rows.items[0])->name).ptr);
	km_array_deinit(&chosen.rows);
	return value;
}

static struct km_str answer(struct km_placeholders *figures, const struct question *question)
{
	const struct km_sheet *sheet = sheet_of(figures, question);
	struct chosen chosen = { 0 };
	struct km_str value = { 0 };

	if (!sheet->len)
		return unknown(figures, question);
	if (question->pattern)
		choose(&figures->machine->pool, question, sheet->rows, sheet->len, &chosen);
	else
		*km_array_push(&chosen.rows) = sheet->totals ? sheet->totals : sheet->rows;
	if (chosen.rows.len)
		value = value_of(figures, question, &chosen);
	else if (sheet->type == &km_slab_type && !question->by)
		value = value_of_merged(figures, question, sheet);
	km_array_deinit(&chosen.rows);
	return value.ptr ? value : km_phrase(figures->language, KM_SAY_NONE);
}

/* Whether the field can have the requested figure on any machine. */
static bool has_figure(const struct question *question)
{
	unsigned int flags = question->field->flags;

	if (question->field->kind == KM_ROWS || question->field->kind == KM_PAIRS)
		return false;
	if (!question->pattern)
		return flags & (KM_SUMMED | KM_TOTAL | KM_TOTAL_ONLY) || question->report->type == &km_host_type;
	/* more than one row may match */
	return !(flags & KM_TOTAL_ONLY) && (!strpbrk(question->pattern, "*?[") || adds_up(question->field));
}

/* Parses "slab[kmalloc-*].size_bytes". */
static bool parse_question(struct km_pool *pool, struct km_str name, struct question *question)
{
	struct km_str sheet, by, selector;
	bool selects = km_str_take_until(&name, '[', &sheet);

	if (selects && (!km_str_take_until(&name, ']', &selector) || !km_str_take_prefix(&name, KM_STR("."))))
		return false;
	if (!selects && !km_str_take_until(&name, '.', &sheet))
		return false;
	*question = (struct question){ .report = km_report_find(sheet, KM_REPORT_FIGURES) };
	if (!question->report)
		return false;
	if (selects && km_str_take_until(&selector, '=', &by)) {
		question->by = km_field_find(question->report->type, by);
		if (!question->by)
			return false;
	}
	if (selects)
		question->pattern = km_pool_copy(pool, selector).ptr;
	question->field = km_field_find(question->report->type, name);
	return question->field && has_figure(question);
}

const struct km_limits *km_placeholder_limits(struct km_placeholders *figures)
{
	if (!figures->have_limits)
		figures->limits = km_machine_limits(figures->machine);
	figures->have_limits = true;
	return &figures->limits;
}

static struct km_str known_or(struct km_placeholders *figures, struct km_str text)
{
	return text.ptr ? text : km_phrase(figures->language, KM_SAY_UNKNOWN);
}

/*
 * A power of two is printed in full, as sizes of pages and classes are. Other sizes are printed by
 * km_units_bytes().
 */
static struct km_str size_text(struct km_placeholders *figures, uint64_t bytes)
{
	static const char *const units[] = { "B", "KiB", "MiB", "GiB" };
	char buf[KM_UNITS_SIZE];
	size_t unit = 0;

	if (bytes == KM_UNKNOWN)
		return known_or(figures, (struct km_str){ 0 });
	if (!bytes || bytes & (bytes - 1))
		return km_pool_printf(&figures->machine->pool, "%s", km_units_bytes(buf, bytes));
	for (; bytes >= 1024 && unit < 3; bytes /= 1024)
		unit++;
	return km_pool_printf(&figures->machine->pool, "%llu %s", (unsigned long long)bytes, units[unit]);
}

struct km_str km_placeholder_limit(struct km_placeholders *figures, enum km_limit_id id)
{
	static const enum km_phrase marks[] = {
		[KM_LIMIT_COMPUTED] = KM_SAY_COMPUTED,
		[KM_LIMIT_AT_MOST] = KM_SAY_AT_MOST,
	};
	const struct km_limit *limit = &km_placeholder_limits(figures)->of[id];
	struct km_str text = size_text(figures, limit->bytes);

	if (limit->bytes == KM_UNKNOWN || limit->source == KM_LIMIT_REPORTED)
		return text;
	return word_with(figures, marks[limit->source], text);
}

/* As in C: a list without blanks cannot be folded. */
static struct km_str joined(struct km_pool *pool, struct km_str list)
{
	struct km_text text = { 0 };
	struct km_str item;
	bool more;

	do {
		more = km_str_take_until(&list, ',', &item);
		km_text_separate(&text, " | ");
		km_text_add(&text, more ? item : list);
	} while (more);
	return km_text_keep(&text, pool);
}

/* A flag or combination by name: its value, if known, and the bits in it. */
static struct km_str tell_mask(struct km_placeholders *figures, struct km_str name)
{
	struct km_pool *pool = &figures->machine->pool;
	const struct km_gfp_flag *flag;
	struct km_gfp_kernel kernel;

	km_machine_gfp(figures->machine, (struct km_str){ 0 }, &kernel);
	flag = km_gfp_find(kernel.variants, name);
	if (!flag || kernel.way >= KM_GFP_UNVERIFIED ||
	    !km_gfp_is_certain(&kernel, (size_t)(flag - kernel.variants->flags)))
		return name;
	return km_pool_printf(pool, "0x%x = %.*s", flag->value,
			      KM_STR_ARG(joined(pool, km_gfp_bits_text(pool, kernel.variants, flag->value))));
}

/* All claims, tested once in the running kernel; no rows if the module or the right to use it is missing. */
static const struct km_sheet *measured_claims(struct km_placeholders *figures)
{
	static const struct km_probe_options no_request = { .bytes = KM_UNKNOWN, .node = KM_UNKNOWN };
	struct km_err err;

	if (!figures->have_claims && (!km_machine_is_live(figures->machine) ||
	    km_report_claims.derive(figures->machine, &(struct km_query){ KM_OPTIONAL, 0, figures->language, &no_request },
				    &figures->claims, &err)))
		figures->claims = (struct km_sheet){ .type = &km_claim_type };
	figures->have_claims = true;
	return &figures->claims;
}

/* What a claim's test found, with the gap before it; empty: nothing was measured. */
static struct km_str tell_claim(struct km_placeholders *figures, struct km_str id)
{
	const struct km_sheet *claims = measured_claims(figures);
	struct km_pool *pool = &figures->machine->pool;

	for (size_t i = 0; i < claims->len; i++) {
		const struct km_claim *row = km_sheet_row(claims, i);
		const struct km_str evidence = row->evidence;

		if (!km_str_eq(km_word_str(row->id), id))
			continue;
		if (row->verdict == &km_claim_verdicts[KM_CLAIM_HOLDS])
			return km_say_printf(pool, "%sMeasured here, %s holds: %.*s.", km_say_gap(), row->id->key,
					     KM_STR_ARG(evidence));
		if (row->verdict == &km_claim_verdicts[KM_CLAIM_UNTESTABLE])
			return km_say_printf(pool, "%sNot measurable here, %s: %.*s.", km_say_gap(), row->id->key,
					     KM_STR_ARG(evidence));
		if (row->verdict != &km_claim_verdicts[KM_CLAIM_BY_RULE])
			return km_say_printf(pool, "%sMeasured here, %s does not hold: %.*s.", km_say_gap(), row->id->key,
					     KM_STR_ARG(evidence));
	}
	return KM_STR("");
}

/* Where the verdicts on claims come from. */
static struct km_str tell_claims(struct km_placeholders *figures)
{
	if (measured_claims(figures)->len)
		return KM_SENTENCE("What could be measured was measured in the running kernel just now.");
	if (!km_machine_is_live(figures->machine))
		return KM_SENTENCE("Nothing was measured, because this is a capture.");
	return KM_SENTENCE("Nothing was measured: that needs root and the helper module, loaded with probes=1. "
			   "`kmeminfo module` explains how.");
}

/* Figures with a name of their own; .ptr NULL: this is none of them. */
static struct km_str tell_named(struct km_placeholders *figures, struct km_str name)
{
	const struct km_host *host = &figures->machine->host;
	uint64_t order;

	if (km_str_eq(name, KM_STR("page")))
		return size_text(figures, host->page_bytes);
	if (km_str_eq(name, KM_STR("kernel")))
		return known_or(figures, host->release);
	if (km_str_eq(name, KM_STR("arch")))
		return known_or(figures, host->machine);
	if (km_str_eq(name, KM_STR("max_order"))) {
		order = km_placeholder_limits(figures)->max_order;
		return order == KM_UNKNOWN ? km_phrase(figures->language, KM_SAY_UNKNOWN) :
			km_pool_printf(&figures->machine->pool, "%llu", (unsigned long long)order);
	}
	if (km_str_eq(name, KM_STR("claims")))
		return tell_claims(figures);
	if (km_str_take_prefix(&name, KM_STR("claim.")))
		return tell_claim(figures, name);
	if (km_str_take_prefix(&name, KM_STR("gfp.")))
		return tell_mask(figures, name);
	if (km_str_take_prefix(&name, KM_STR("limit.")))
		for (unsigned int i = 0; i < KM_LIMITS; i++)
			if (km_str_eq(name, km_str_from(km_limit_names[i])))
				return km_placeholder_limit(figures, (enum km_limit_id)i);
	return (struct km_str){ 0 };
}

struct km_str km_placeholder_text(void *data, const struct km_topic_text *text, struct km_str name)
{
	struct km_placeholders *figures = data;
	struct km_machine *machine = figures->machine;
	struct km_str told = tell_named(figures, name);
	struct question question;

	if (told.ptr)
		return told;
	if (parse_question(&machine->pool, name, &question))
		return answer(figures, &question);
	km_problem_source(&machine->problems,
			  km_pool_printf(&machine->pool, "topic %.*s", KM_STR_ARG(text->key)), NULL,
			  "{%.*s} is not a figure", KM_STR_ARG(name));
	return km_phrase(figures->language, KM_SAY_UNKNOWN);
}
