/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Adds to a sheet the changes of its figures since the previous reading: for reports that are read repeatedly.
 */
#ifndef KM_MODEL_EXTEND_H
#define KM_MODEL_EXTEND_H

#include "model/compare.h"

/* A field of the sheet, and the field that follows it: "KEY_change" of levels, "KEY_per_second" of counters. */
struct km_extended_field {
	const struct km_comparison_field *of;
	const struct km_field *change, *rate; /* NULL: not of this field */
};

/* All fields of the rows, unchanged, and the added ones. */
struct km_extension {
	struct km_sheet_type type;
	const struct km_comparison_type *from;
	const struct km_extended_field *fields;
	size_t len;
};

/* Owned by the pool. */
const struct km_extension *km_extension_type(struct km_pool *pool, const struct km_comparison_type *from);

/*
 * The sheet with changes. comparison: of the same rows, made with .all and .in_order; NULL: there is no
 * earlier reading, and the changes are unknown. Owned by the pool; borrows from the sheet.
 */
struct km_sheet km_extend(struct km_pool *pool, const struct km_extension *extension, const struct km_sheet *sheet,
			  const struct km_comparison *comparison);

/*
 * Columns with what each changed by: of a list of keys behind each that has it. NULL: the fields that are
 * shown by default, with the change of the field called main (NULL: of none) and the rates of counters.
 */
const char *km_extension_columns(struct km_pool *pool, const struct km_extension *extension, const char *columns,
				 const char *main);

#endif
