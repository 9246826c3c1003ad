// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/compare.h"
#include "report/report.h"
#include "report/where.h"

#define KM_REPORT_POINTER(name) &km_report_##name,

const struct km_report *const km_reports[] = { KM_REPORTS(KM_REPORT_POINTER) NULL };

const struct km_report *km_report_find(struct km_str type, unsigned int flags)
{
	const struct km_report *const *report;

	for (report = km_reports; *report; report++)
		if (((*report)->flags & flags) == flags && km_str_eq(type, km_str_from((*report)->type->name)))
			return *report;
	return NULL;
}

struct types {
	KM_ARRAY(const struct km_sheet_type *) list;
};

static void add_type(struct types *types, const struct km_sheet_type *type)
{
	const struct km_field *field;

	for (size_t i = 0; i < types->list.len; i++)
		if (types->list.items[i] == type)
			return;
	*km_array_push(&types->list) = type;
	km_field_each(field, type)
		if (field->kind == KM_ROWS)
			add_type(types, field->rows);
}

const struct km_sheet_type *const *km_report_row_types(struct km_pool *pool)
{
	const struct km_report *const *report;
	struct types types = { 0 };

	for (report = km_reports; *report; report++)
		add_type(&types, (*report)->type);
	*km_array_push(&types.list) = NULL;
	km_pool_adopt(pool, types.list.items);
	return types.list.items;
}

struct vocabularies {
	KM_ARRAY(const struct km_vocabulary *) list;
};

static void add_vocabulary(struct vocabularies *vocabularies, const struct km_vocabulary *vocabulary)
{
	for (size_t i = 0; i < vocabularies->list.len; i++)
		if (vocabularies->list.items[i] == vocabulary)
			return;
	for (; vocabulary; vocabulary = vocabulary->next)
		*km_array_push(&vocabularies->list) = vocabulary;
}

static int compare_names(const void *a, const void *b)
{
	const struct km_vocabulary *const *x = a, *const *y = b;
	int r = strcmp((*x)->name, (*y)->name);

	return r ? r : strcmp((*x)->brief, (*y)->brief);
}

const struct km_vocabulary *const *km_report_vocabularies(struct km_pool *pool)
{
	const struct km_sheet_type *const *type;
	struct vocabularies vocabularies = { 0 };
	const struct km_field *field;

	for (type = km_report_row_types(pool); *type; type++)
		km_field_each(field, *type)
			if (field->kind == KM_WORD)
				add_vocabulary(&vocabularies, field->words);
	/* of row types that are made for comparisons */
	add_vocabulary(&vocabularies, &km_change_vocabulary);
	qsort(vocabularies.list.items, vocabularies.list.len, sizeof(*vocabularies.list.items), compare_names);
	*km_array_push(&vocabularies.list) = NULL;
	km_pool_adopt(pool, vocabularies.list.items);
	return vocabularies.list.items;
}

struct km_sheet km_report_derive(const struct km_report *report, struct km_machine *machine,
				 enum km_need need)
{
	const struct km_query query = { .need = need };
	struct km_sheet sheet;

	if (report->derive && !report->derive(machine, &query, &sheet, NULL))
		return sheet;
	return (struct km_sheet){ .type = report->type };
}

struct extras {
	const struct km_report *report;
	unsigned int *bits;
};

static void add_extras(void *data, const struct km_field *field)
{
	const struct extras *extras = data;

	*extras->bits |= extras->report->extras(field);
}

/* on_demand: also the columns that must be named. */
static unsigned int extras_of(const struct km_report *report, struct km_pool *pool,
			      const struct km_view_options *options, bool on_demand)
{
	const struct km_sheet none = { .type = report->type };
	const struct km_where *where;
	unsigned int extras = 0;
	struct km_view view;

	if (km_view_init(&view, pool, &none, options, NULL))
		return 0;
	for (size_t i = 0; i < view.fields_len; i++)
		if (on_demand || !(view.fields[i]->flags & KM_ON_DEMAND))
			extras |= report->extras(view.fields[i]);
	for (const struct km_sort *sort = &view.order; sort && sort->field; sort = sort->then)
		extras |= report->extras(sort->field);
	if (options->where && !km_where_parse(pool, report->type, km_str_from(options->where), &where, NULL))
		km_where_fields(where, add_extras, &(struct extras){ report, &extras });
	return extras;
}

unsigned int km_report_extras(const struct km_report *report, struct km_machine *machine,
			      const struct km_view_options *view, bool json)
{
	struct km_view_options all = *view;
	unsigned int extras;

	if (!report->extras)
		return 0;
	extras = extras_of(report, &machine->pool, view, true);
	if (!json)
		return extras;
	all.all_columns = true;
	return extras | extras_of(report, &machine->pool, &all, !km_machine_is_live(machine));
}
