/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Adds to a sheet the changes since the last reading, for reports that are read repeatedly. */
#ifndef KM_MODEL_EXTEND_H
#define KM_MODEL_EXTEND_H

#include "model/compare.h"

/* A field of the sheet, and its added field: "KEY_change" for levels, "KEY_per_second" for counters. */
struct km_extended_field {
	const struct km_comparison_field *of;
	const struct km_field *change, *rate; /* NULL: this field has none */
};

/* All fields of the rows, unchanged, and the added fields. */
struct km_extension {
	struct km_sheet_type type;
	const struct km_comparison_type *from;
	const struct km_extended_field *fields;
	size_t len;
};

/* Makes the extended type. The pool owns it. */
const struct km_extension *km_extension_type(struct km_pool *pool, const struct km_comparison_type *from);

/*
 * The sheet with changes. comparison compares the same rows, with .all and .in_order. NULL: there is no
 * earlier reading, and the changes are unknown. The pool owns the result, which borrows from the sheet.
 */
struct km_sheet km_extend(struct km_pool *pool, const struct km_extension *extension, const struct km_sheet *sheet,
			  const struct km_comparison *comparison);

/*
 * The columns with their changes: after each key of a list, its added field. NULL: the default columns, with
 * the change of the field main (NULL: of none) and the rates of counters.
 */
const char *km_extension_columns(struct km_pool *pool, const struct km_extension *extension, const char *columns,
				 const char *main);

#endif
