// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen/baseline.h"

void km_baseline_clear(struct km_baseline *mark)
{
	km_pool_deinit(&mark->pool);
	*mark = (struct km_baseline){ .time = 0 };
}

void km_baseline_set(struct km_baseline *mark, const struct km_sheet *sheet, int64_t time, size_t boot)
{
	km_baseline_clear(mark);
	mark->sheet = km_sheet_copy(&mark->pool, sheet);
	mark->time = time;
	mark->boot = boot;
}

const struct km_comparison *km_baseline_compare(const struct km_baseline *mark, struct km_pool *pool, const struct km_sheet *sheet,
					    int64_t time, size_t boot)
{
	struct km_compare_options options = { .all = true, .in_order = true, .before_whole = true, .after_whole = true };
	struct km_comparison *comparison;

	if (!mark->sheet.type || mark->sheet.type != sheet->type)
		return NULL;
	options.interval = (struct km_interval){ (double)(time - mark->time) / 1000, boot == mark->boot };
	options.other_boot = boot != mark->boot;
	comparison = km_pool_alloc(pool, 1, sizeof(*comparison));
	km_compare(pool, km_comparison_type(pool, sheet->type), &mark->sheet, sheet, &options, comparison);
	return comparison;
}

const void *km_baseline_row(const struct km_comparison *comparison, const struct km_sheet *sheet, const void *row)
{
	size_t at = (size_t)((const char *)row - (const char *)sheet->rows) / sheet->type->row_size;

	return comparison && at < sheet->len ? km_sheet_row(&comparison->sheet, at) : NULL;
}

const struct km_comparison_field *km_baseline_field(const struct km_comparison *comparison, const struct km_field *field)
{
	const struct km_comparison_type *type = comparison->type;

	for (size_t i = 0; i < type->len; i++)
		if (type->fields[i].of == field)
			return type->fields[i].change ? &type->fields[i] : NULL;
	return NULL;
}

double km_baseline_change(const struct km_comparison_field *field, const void *row)
{
	const void *at;

	if (!row || km_field_is_unknown(field->change, row))
		return KM_UNKNOWN_REAL;
	at = km_field_at(field->change, row);
	return km_kind_is_real(field->change->kind) ? *(const double *)at : (double)*(const int64_t *)at;
}
