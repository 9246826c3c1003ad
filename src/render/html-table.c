// SPDX-License-Identifier: GPL-2.0-or-later
/* Tables of a page: one line per row, trees by indentation, columns of a KM_SPREAD field side by side. */
#include "render/html.h"
#include "words/say.h"

struct table {
	struct km_html *html;
	const struct km_view *view;
	const struct km_look *look;
	const struct km_field *size; /* of the look; may be NULL */
	uint64_t largest; /* a bar beside each size shows its share of this; 0: no bars */
	struct km_spreads spreads;
};

static const char *class_of(const struct km_field *field)
{
	return km_kind_is_one_number(field->kind) ? " class=\"n\"" : field->flags & KM_PROSE ? " class=\"prose\"" : "";
}

static void find_largest(struct table *table)
{
	const struct km_view *view = table->view;

	if (!table->look || !table->look->size)
		return;
	table->size = km_field_find(view->sheet->type, km_str_from(table->look->size));
	for (size_t i = 0; table->look->kind == KM_LOOK_AREAS && i < view->rows_len; i++) {
		uint64_t size = km_num_or(km_field_number(table->size, km_view_row(view, i)), 0);

		if (size > table->largest)
			table->largest = size;
	}
}

static void put_heading(struct table *table, const struct km_field *field)
{
	struct km_html *html = table->html;
	const struct km_spread *spread = km_spreads_of(&table->spreads, field);

	km_html_put(html, "<th");
	km_html_put(html, class_of(field));
	if (spread)
		km_html_printf(html, " scope=\"colgroup\" colspan=\"%zu\" data-cell=\"%s\"",
			       spread->columns.len ? spread->columns.len : 1, spread->cell->key);
	else
		km_html_printf(html, " scope=\"col\"%s", table->spreads.list.len ? " rowspan=\"2\"" : "");
	km_html_printf(html, " data-key=\"%s\">", field->key);
	km_html_field_link(html, table->view->sheet->type, field);
	km_html_put(html, "</th>");
}

static void put_spread_headings(struct table *table)
{
	struct km_html *html = table->html;
	const struct km_spread *spread;

	if (!table->spreads.list.len)
		return;
	km_html_put(html, "\n<tr>");
	km_array_each(spread, &table->spreads.list) {
		for (size_t i = 0; i < spread->columns.len; i++) {
			km_html_printf(html, "<th scope=\"col\" class=\"n\" data-head=\"%s\">", spread->head->key);
			km_html_cell(html, spread->head, spread->columns.items[i]);
			km_html_put(html, "</th>");
		}
		km_html_put(html, spread->columns.len ? "" : "<td></td>");
	}
	km_html_put(html, "</tr>");
}

static void put_headings(struct table *table)
{
	const struct km_field **field = table->view->fields;

	km_html_put(table->html, "<thead><tr>");
	for (; *field; field++)
		if (!((*field)->flags & KM_TREE))
			put_heading(table, *field);
	km_html_put(table->html, "</tr>");
	put_spread_headings(table);
	km_html_put(table->html, "</thead>\n");
}

static void put_spread_cell(struct table *table, const struct km_spread *spread, const void *inner, uint64_t whole)
{
	struct km_html *html = table->html;

	if (spread->hot && inner)
		km_html_printf(html, "<td class=\"n heat h%u %s\">",
			       km_heat_level(km_heat_of(&spread->heat, inner, whole)),
			       spread->heat.palette == KM_PALETTE_WARM ? "warm" : "cool");
	else
		km_html_put(html, "<td class=\"n\">");
	if (inner)
		km_html_cell(html, spread->cell, inner);
	km_html_put(html, "</td>");
}

/* Puts inner rows in the order of the columns. A row may lack some of them. */
static void put_spread(struct table *table, const struct km_spread *spread, const void *row)
{
	const struct km_rows *rows = km_field_at(spread->field, row);
	uint64_t whole = spread->hot ? km_heat_whole(&spread->heat, rows) : 0;
	const void **cells = km_pool_alloc(&table->html->pool, spread->columns.len + 1, sizeof(*cells));

	for (size_t i = 0; i < rows->len; i++) {
		const void *inner = km_inner_row(spread->field, rows, i);

		cells[km_spread_column(spread, inner, i)] = inner;
	}
	for (size_t i = 0; i < spread->columns.len; i++)
		put_spread_cell(table, spread, cells[i], whole);
	km_html_put(table->html, spread->columns.len ? "" : "<td></td>");
}

static void put_cell(struct table *table, const struct km_field *field, const void *row, bool first)
{
	struct km_html *html = table->html;

	km_html_put(html, first ? "<th scope=\"row\"" : "<td");
	km_html_put(html, class_of(field));
	km_html_put(html, ">");
	km_html_cell(html, field, row);
	if (field->flags & KM_BAR)
		km_html_bar(html, *(const double *)km_field_at(field, row));
	else if (field == table->size && table->largest)
		km_html_bar(html, km_num_ratio(km_field_number(field, row), table->largest));
	km_html_put(html, first ? "</th>" : "</td>");
}

/*
 * Whether the field is part of the row's heading: the first text that names the row, or a number before it
 * that does.
 */
static bool heads_row(const struct km_view *view, const struct km_field *field)
{
	if (field->flags & KM_ID)
		return true;
	for (size_t i = 0; i < view->fields_len; i++)
		if (view->fields[i]->flags & KM_ID)
			return false;
	return field == view->fields[0];
}

static void put_row(struct table *table, const void *row, unsigned int level)
{
	const struct km_field **field = table->view->fields;
	struct km_html *html = table->html;

	km_html_put(html, "<tr");
	if (km_tree_field(table->view->sheet->type))
		km_html_printf(html, " class=\"l%u\" data-level=\"%u\"", level < 9 ? level : 9, level);
	if (table->look) {
		km_html_put(html, " data-name=\"");
		km_html_text(html, km_html_name(html, table->view, row));
		km_html_put(html, "\"");
	}
	km_html_put(html, ">");
	for (; *field; field++) {
		const struct km_spread *spread = km_spreads_of(&table->spreads, *field);

		if (spread)
			put_spread(table, spread, row);
		else if (!((*field)->flags & KM_TREE))
			put_cell(table, *field, row, heads_row(table->view, *field));
	}
	km_html_put(html, "</tr>\n");
	km_pool_deinit(&html->pool);
}

/* Leaves out parts of 0, and a part that equals its whole, as text does (km_account_condense()). */
static void put_tree(struct table *table, const struct km_field *tree, const void *row, unsigned int level,
		     bool shown)
{
	const struct km_rows *children = km_field_at(tree, row);
	const struct km_field *size = table->size;

	if (shown)
		put_row(table, row, level);
	for (size_t i = 0; i < children->len; i++) {
		const void *child = km_inner_row(tree, children, i);
		const bool all = level && size && km_field_number(size, child) == km_field_number(size, row);

		if (!size || km_field_number(size, child))
			put_tree(table, tree, child, level + shown, !all);
	}
}

static bool has_total(const struct km_field *field)
{
	return field->flags & (KM_SUMMED | KM_TOTAL);
}

static void put_totals(struct table *table)
{
	const void *totals = table->view->sheet->totals;
	const struct km_field **field = table->view->fields;
	struct km_html *html = table->html;

	km_html_put(html, "<tfoot><tr>");
	for (; *field; field++) {
		const bool first = field == table->view->fields && !has_total(*field);
		const struct km_spread *spread = km_spreads_of(&table->spreads, *field);

		if (spread) {
			put_spread(table, spread, totals);
			continue;
		}
		km_html_put(html, first ? "<th scope=\"row\">total" : "<td");
		if (!first) {
			km_html_put(html, class_of(*field));
			km_html_put(html, ">");
			if (has_total(*field))
				km_html_cell(html, *field, totals);
		}
		km_html_put(html, first ? "</th>" : "</td>");
	}
	km_html_put(html, "</tr></tfoot>\n");
}

static void put_field(struct km_html *html, const struct km_sheet_type *type, const struct km_field *field,
		      const void *row)
{
	km_html_put(html, "<div><dt>");
	km_html_field_link(html, type, field);
	km_html_printf(html, "</dt><dd data-key=\"%s\">", field->key);
	km_html_cell(html, field, row);
	km_html_put(html, "</dd></div>\n");
}

static void put_totals_only(struct km_html *html, const struct km_sheet *sheet)
{
	const struct km_field *field;
	bool any = false;

	km_field_each(field, sheet->type) {
		if (!(field->flags & KM_TOTAL_ONLY))
			continue;
		km_html_put(html, any ? "" : "<dl class=\"fields totals\">\n");
		put_field(html, sheet->type, field, sheet->totals);
		any = true;
	}
	km_html_put(html, any ? "</dl>\n" : "");
}

static void put_legend(struct km_html *html, const struct km_heat *heat)
{
	km_html_put(html, "<p class=\"legend\">");
	km_html_capital(html, km_say(heat->name));
	km_html_put(html, ":");
	for (unsigned int level = 1; level < KM_HEAT_LEVELS; level++)
		km_html_printf(html, " <span class=\"heat h%u %s\">%s</span>", level,
			       heat->palette == KM_PALETTE_WARM ? "warm" : "cool", km_heat_name(level));
	km_html_put(html, "</p>\n");
}

static void put_table(struct km_html *html)
{
	const struct km_view *view = &html->section->view;
	struct table table = { .html = html, .view = view, .look = html->section->look };
	const struct km_field *tree = km_tree_field(view->sheet->type);
	const struct km_spread *spread;

	km_spreads_init(&table.spreads, view);
	find_largest(&table);
	km_html_put(html, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
	km_html_text(html, km_say_printf(&html->pool, "Table %zu: %s", html->number, view->sheet->type->name));
	km_html_put(html, "\">\n<table>\n");
	put_headings(&table);
	km_html_put(html, "<tbody>\n");
	for (size_t i = 0; i < view->rows_len; i++) {
		if (tree)
			put_tree(&table, tree, km_view_row(view, i), 0, true);
		else
			put_row(&table, km_view_row(view, i), 0);
	}
	km_html_put(html, "</tbody>\n");
	if (view->sheet->totals && view->rows_len)
		put_totals(&table);
	km_html_put(html, "</table>\n</div>\n");
	km_array_each(spread, &table.spreads.list)
		if (spread->hot)
			put_legend(html, &spread->heat);
	if (view->sheet->totals)
		put_totals_only(html, view->sheet);
	km_spreads_deinit(&table.spreads);
}

void km_html_table(struct km_html *html)
{
	const struct km_view *view = &html->section->view;

	if (!view->rows_len) {
		km_html_printf(html, "<p class=\"none\">%s</p>\n", km_say("None."));
	} else if (html->section->shape != KM_SHAPE_ROW || km_tree_field(view->sheet->type)) {
		put_table(html);
	} else {
		km_html_put(html, "<dl class=\"fields\">\n");
		for (size_t i = 0; i < view->fields_len; i++)
			put_field(html, view->sheet->type, view->fields[i], km_view_row(view, 0));
		km_html_put(html, "</dl>\n");
	}
	km_pool_deinit(&html->pool);
}
