// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include "render/spread.h"

size_t km_spread_column(const struct km_spread *spread, const void *inner, size_t hint)
{
	size_t i;

	if (hint < spread->columns.len &&
	    !km_field_compare(spread->head, spread->columns.items[hint], inner))
		return hint;
	for (i = 0; i < spread->columns.len; i++)
		if (!km_field_compare(spread->head, spread->columns.items[i], inner))
			break;
	return i;
}

static int compare_heads(const void *a, const void *b, void *spread)
{
	return km_field_compare(((const struct km_spread *)spread)->head, *(const void *const *)a,
				*(const void *const *)b);
}

static void find_columns(struct km_spread *spread, const struct km_view *view)
{
	for (size_t r = 0; r < view->rows_len; r++) {
		const struct km_rows *rows = km_field_at(spread->field, km_view_row(view, r));

		for (size_t i = 0; i < rows->len; i++) {
			const void *inner = km_inner_row(spread->field, rows, i);

			if (km_spread_column(spread, inner, i) == spread->columns.len)
				*km_array_push(&spread->columns) = inner;
		}
	}
	if (spread->columns.len)
		qsort_r(spread->columns.items, spread->columns.len, sizeof(*spread->columns.items),
			compare_heads, spread);
}

static void add(struct km_spreads *spreads, const struct km_view *view, const struct km_field *field)
{
	struct km_spread *spread = km_array_push(&spreads->list);
	const struct km_sheet_type *rows = field->rows;
	const char *cell = view->spread_cell ? view->spread_cell : rows->spread_cell;

	*spread = (struct km_spread){
		.field = field,
		.head = km_field_find(rows, km_str_from(rows->spread_head)),
		.cell = km_field_find(rows, km_str_from(cell)),
	};
	spread->hot = km_heat_init(&spread->heat, rows, spread->cell);
	find_columns(spread, view);
}

void km_spreads_init(struct km_spreads *spreads, const struct km_view *view)
{
	*spreads = (struct km_spreads){ .list = { 0 } };
	for (size_t i = 0; i < view->fields_len; i++)
		if (view->fields[i]->flags & KM_SPREAD)
			add(spreads, view, view->fields[i]);
}

void km_spreads_deinit(struct km_spreads *spreads)
{
	struct km_spread *spread;

	km_array_each(spread, &spreads->list)
		km_array_deinit(&spread->columns);
	km_array_deinit(&spreads->list);
}

const struct km_spread *km_spreads_of(const struct km_spreads *spreads, const struct km_field *field)
{
	const struct km_spread *spread;

	km_array_each(spread, &spreads->list)
		if (spread->field == field)
			return spread;
	return NULL;
}
