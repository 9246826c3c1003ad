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

/* Those of a view, in its order. */
struct km_spreads {
	KM_ARRAY(struct km_spread) list;
};

/* Finds the columns of the view's rows. km_spreads_deinit() frees them. */
void km_spreads_init(struct km_spreads *spreads, const struct km_view *view);
void km_spreads_deinit(struct km_spreads *spreads);

/* NULL: the field is none of them. */
const struct km_spread *km_spreads_of(const struct km_spreads *spreads, const struct km_field *field);

/* The index of an inner row's column, or columns.len. hint is the likely index. */
size_t km_spread_column(const struct km_spread *spread, const void *inner, size_t hint);

static inline const void *km_inner_row(const struct km_field *field, const struct km_rows *rows, size_t i)
{
	return (const char *)rows->items + i * field->rows->row_size;
}

#endif
