// SPDX-License-Identifier: GPL-2.0-or-later
/* A single row, one line per field. */
#include <errno.h>
#include "base/cleanup.h"
#include "render/text.h"

/* Inner rows in one cell: "DMA32 3, Normal 5"; rows of more than two fields name them. */
static const char *joined_rows(struct km_print *out, const struct km_field *field,
			       const struct km_rows *rows)
{
	struct km_str text = KM_STR("");
	const struct km_field *inner;

	for (size_t i = 0; i < rows->len; i++) {
		const void *row = km_inner_row(field, rows, i);
		const char *between = i ? ", " : "";
		size_t fields = 0;

		km_field_each(inner, field->rows)
			fields++;
		km_field_each(inner, field->rows) {
			const char *value = inner->kind == KM_ROWS ?
				joined_rows(out, inner, km_field_at(inner, row)) : km_print_cell(out, inner, row);

			text = km_pool_printf(&out->pool, "%s%s%s%s%s", text.ptr, between,
					      fields > 2 && !(inner->flags & KM_ID) ? inner->key : "",
					      fields > 2 && !(inner->flags & KM_ID) ? "=" : "", value);
			between = " ";
		}
	}
	return text.ptr;
}

/* A single row: one line per known field. */
int km_print_fields(struct km_print *out)
{
	KM_CLEANUP(km_print_table_free) struct libscols_table *table = km_print_table_new(out);
	const struct km_field **field = out->view->fields;
	const void *row;

	if (!table)
		return -ENOMEM;
	if (!out->view->sheet->len)
		return 0;
	row = km_sheet_row(out->view->sheet, 0);
	scols_table_enable_noheadings(table, true);
	km_print_add_column(out, "", 0, KM_FIT_NAME);
	km_print_add_column(out, "", SCOLS_FL_WRAP, KM_FIT_NAME);
	for (; *field; field++) {
		const char *value = (*field)->kind == KM_ROWS ?
			joined_rows(out, *field, km_field_at(*field, row)) : km_print_cell(out, *field, row);
		struct libscols_line *line;
		const char *color;

		if (!*value || !strcmp(value, "-"))
			continue;
		line = scols_table_new_line(table, NULL);
		scols_line_set_data(line, 0, (*field)->key);
		scols_line_set_data(line, 1, value);
		color = km_print_color(out, *field, row);
		if (color)
			scols_cell_set_color(scols_line_get_cell(line, 1), color);
	}
	if (out->style->terminal)
		km_fit_table(&out->pool, table,
			     &(struct km_fit){ out->style->width, out->ranks.items, out->style->utf8 });
	return scols_print_table(table) ? -EIO : 0;
}
