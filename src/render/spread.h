/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The columns of a KM_SPREAD field: one per value of the field's spread_head. Rows may have different inner
 * rows: zones have different orders, caches different nodes.
 */
#ifndef KM_RENDER_SPREAD_H
#define KM_RENDER_SPREAD_H

#include "render/heat.h"
#include "report/view.h"

struct km_spread {
	const struct km_field *field, *head, *cell;
	struct km_heat heat;
	bool hot; /* the cells have heat */
	KM_ARRAY(const void *) columns; /* an inner row with the column's heading; sorted by heading */
};

/* Finds the columns of the view's rows. km_spread_deinit() frees the list. */
void km_spread_init(struct km_spread *spread, const struct km_view *view, const struct km_field *field);
void km_spread_deinit(struct km_spread *spread);

/* The index of an inner row's column, or columns.len. hint is the likely index. */
size_t km_spread_column(const struct km_spread *spread, const void *inner, size_t hint);

static inline const void *km_inner_row(const struct km_field *field, const struct km_rows *rows, size_t i)
{
	return (const char *)rows->items + i * field->rows->row_size;
}

#endif
