// SPDX-License-Identifier: GPL-2.0-or-later
/* Chooses the columns of a comparison. */
#include "base/text.h"
#include "model/compare-value.h"

/* Adds the fields of the comparison that belong to one compared field. */
static void put_columns(struct km_text *text, const struct km_comparison_field *field, struct km_str prefix)
{
	const struct km_field *const columns[] = { field->before, field->after, field->change, field->rate };

	for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++)
		if (columns[i]) {
			km_text_separate(text, ",");
			km_text_printf(text, "%.*s%s", KM_STR_ARG(prefix), columns[i]->key);
		}
}

static const struct km_comparison_field *find_compared(const struct km_comparison_type *type, struct km_str key)
{
	for (size_t i = 0; i < type->len; i++)
		if (km_str_eq(key, km_str_from(type->fields[i].of->key)))
			return &type->fields[i];
	return NULL;
}

const char *km_comparison_expand(struct km_pool *pool, const struct km_comparison_type *type, const char *columns)
{
	struct km_str rest = km_str_from(columns), key, prefix;
	const struct km_comparison_field *field;
	struct km_text text = { 0 };

	while (rest.len) {
		if (!km_str_take_until(&rest, ',', &key)) {
			key = rest;
			rest.len = 0;
		}
		prefix = km_str_take_prefix(&key, KM_STR("+")) ? KM_STR("+") : KM_STR("");
		field = find_compared(type, key);
		if (field) {
			put_columns(&text, field, prefix);
			continue;
		}
		km_text_separate(&text, ",");
		km_text_printf(&text, "%.*s%.*s", KM_STR_ARG(prefix), KM_STR_ARG(key));
	}
	return columns ? km_text_keep(&text, pool).ptr : NULL;
}

static bool is_shown(const struct km_comparison_field *field)
{
	return field->of->flags & KM_SHOWN && !(field->of->flags & KM_PROSE);
}

static void put_column(struct km_text *text, const struct km_field *field)
{
	km_text_separate(text, ",");
	km_text_puts(text, field->key);
}

static bool any_other(const struct km_comparison_field *field, const struct km_sheet *sheet)
{
	for (size_t i = 0; field->before && i < sheet->len; i++) {
		const void *row = km_sheet_row(sheet, i);

		if (km_words_differ(field->before, row, field->after, row))
			return true;
	}
	return false;
}

static bool any_word(const struct km_comparison_type *type, const struct km_sheet *sheet);

/* Whether a part of a tree is new or gone. */
static bool any_word_below(const struct km_comparison_type *type, const void *row)
{
	for (size_t i = 0; i < type->len; i++) {
		const struct km_field *parts = type->fields[i].after;
		const struct km_rows *rows;

		if (!(type->fields[i].of->flags & KM_TREE))
			continue;
		rows = km_field_at(parts, row);
		if (any_word(type, &(struct km_sheet){ parts->rows, rows->items, rows->len, NULL }))
			return true;
	}
	return false;
}

static bool any_word(const struct km_comparison_type *type, const struct km_sheet *sheet)
{
	for (size_t i = 0; i < sheet->len; i++)
		if (km_change_of(km_sheet_row(sheet, i)) > KM_CHANGE_CHANGED || any_word_below(type, km_sheet_row(sheet, i)))
			return true;
	return false;
}

/* Adds the columns that name the row, if its KM_ID field is not shown. */
static const struct km_field *put_label(struct km_text *text, const struct km_comparison_type *type)
{
	for (size_t i = 0; i < type->len; i++)
		if (type->fields[i].of->kind == KM_TEXT && is_shown(&type->fields[i])) {
			put_column(text, type->fields[i].after);
			return type->fields[i].after;
		}
	return NULL;
}

/* Adds the columns that replace one compared field. */
static void put_shown(struct km_text *text, const struct km_comparison *comparison,
		      const struct km_comparison_field *field, const struct km_interval *interval)
{
	if (km_comparison_is_number(field)) {
		if (field == comparison->by) {
			put_column(text, field->before);
			put_column(text, field->after);
		}
		if (field == comparison->by || (field->change && km_change_in(field, &comparison->sheet)))
			put_column(text, field->change);
		if (field == comparison->by && field->rate && interval->one_boot && !isnan(interval->seconds))
			put_column(text, field->rate);
		return;
	}
	if (any_other(field, &comparison->sheet))
		put_column(text, field->before);
	put_column(text, field->after);
}

const char *km_comparison_columns(struct km_pool *pool, const struct km_comparison *comparison,
				  const struct km_interval *interval)
{
	const struct km_comparison_type *type = comparison->type;
	const struct km_field *label = NULL;
	struct km_text text = { 0 };

	for (size_t i = 0; i < type->len; i++)
		if (type->fields[i].of->flags & KM_ID && is_shown(&type->fields[i]))
			put_column(&text, type->fields[i].after);
	if (!text.len)
		label = put_label(&text, type);
	if (any_word(type, &comparison->sheet))
		put_column(&text, type->type.fields);
	if (comparison->by && is_shown(comparison->by))
		put_shown(&text, comparison, comparison->by, interval);
	for (size_t i = 0; i < type->len; i++)
		if (&type->fields[i] != comparison->by && type->fields[i].after != label && is_shown(&type->fields[i]) &&
		    !(type->fields[i].of->flags & KM_ID))
			put_shown(&text, comparison, &type->fields[i], interval);
	return km_text_keep(&text, pool).ptr;
}
