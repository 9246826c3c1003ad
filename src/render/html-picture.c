// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Pictures without a script, and the places of those that data/page/page.js draws from the tables. Lengths
 * are percentages, so texts keep their size on every screen.
 */
#include "render/html.h"
#include "words/say.h"

void km_html_bar(struct km_html *html, double ratio)
{
	if (!isfinite(ratio))
		return;
	km_html_put(html, "<svg class=\"bar\" aria-hidden=\"true\" width=\"100%\" height=\"6\"><rect width=\"");
	km_html_real(html, (ratio < 0 ? 0 : ratio > 1 ? 1 : ratio) * 100);
	km_html_put(html, "%\" height=\"6\" rx=\"2\"/></svg>");
}

/* The bars of a spark: 3 wide and up to 20 high; the lowest is a little above 0, to be visible. */
enum { SPARK_STEP = 4, SPARK_WIDTH = 3, SPARK_HEIGHT = 20, SPARK_LEAST = 2 };

static void find_range(const struct km_numbers *numbers, uint64_t *least, uint64_t *most)
{
	*least = KM_UNKNOWN;
	*most = 0;
	for (size_t i = 0; i < numbers->len; i++) {
		if (numbers->items[i] == KM_UNKNOWN)
			continue;
		*least = numbers->items[i] < *least ? numbers->items[i] : *least;
		*most = numbers->items[i] > *most ? numbers->items[i] : *most;
	}
}

void km_html_spark(struct km_html *html, const struct km_numbers *numbers)
{
	uint64_t least, most;

	find_range(numbers, &least, &most);
	km_html_printf(html, "<svg class=\"spark\" aria-hidden=\"true\" preserveAspectRatio=\"none\" viewBox=\"0 0 %zu %d\">",
		       numbers->len * SPARK_STEP, SPARK_HEIGHT);
	for (size_t i = 0; i < numbers->len; i++) {
		const double above = km_num_ratio(km_num_sub(numbers->items[i], least), most - least);
		const double height = SPARK_LEAST + (SPARK_HEIGHT - SPARK_LEAST) * (isfinite(above) ? above : 0);

		if (numbers->items[i] == KM_UNKNOWN)
			continue;
		km_html_printf(html, "<rect x=\"%zu\" width=\"%d\" y=\"", i * SPARK_STEP, SPARK_WIDTH);
		km_html_real(html, SPARK_HEIGHT - height);
		km_html_put(html, "\" height=\"");
		km_html_real(html, height);
		km_html_put(html, "\"/>");
	}
	km_html_put(html, "</svg>");
}

static const struct km_field *field_of(const struct km_html *html, const char *key)
{
	return km_field_find(html->section->view.sheet->type, km_str_from(key));
}

/* Puts the known figures, each below its heading. */
static void put_figures(struct km_html *html, const struct km_view *view, const void *row)
{
	km_html_put(html, "<dl class=\"figures\">\n");
	for (size_t i = 0; i < view->fields_len; i++) {
		const struct km_field *field = view->fields[i];

		if (!km_kind_is_one_number(field->kind) || !km_html_is_known(field, row))
			continue;
		km_html_put(html, "<div><dt>");
		km_html_field_link(html, view->sheet->type, field);
		km_html_printf(html, "</dt><dd data-key=\"%s\">", field->key);
		km_html_cell(html, field, row);
		km_html_put(html, "</dd></div>\n");
	}
	km_html_put(html, "</dl>\n");
}

static void put_lead(struct km_html *html)
{
	const struct km_view *view = &html->section->view;
	const void *row = view->rows_len ? km_view_row(view, 0) : NULL;

	for (size_t i = 0; row && i < view->fields_len; i++) {
		const struct km_field *field = view->fields[i];

		if (field->kind == KM_WORD && km_field_word(field, row)) {
			km_html_put(html, "<p class=\"badge\">");
			km_html_cell(html, field, row);
			km_html_put(html, "</p>\n");
		} else if (field->flags & KM_PROSE && ((const struct km_str *)km_field_at(field, row))->ptr) {
			km_html_printf(html, "<p data-key=\"%s\">", field->key);
			km_html_cell(html, field, row);
			km_html_put(html, "</p>\n");
		}
	}
	if (row)
		put_figures(html, view, row);
	km_pool_deinit(&html->pool);
}

static void put_card(struct km_html *html, const struct km_view *view, const void *row)
{
	km_html_put(html, "<li class=\"card\">\n");
	for (size_t i = 0; i < view->fields_len; i++) {
		const struct km_field *field = view->fields[i];
		const bool word = field->kind == KM_WORD;

		km_html_printf(html, "<%s data-key=\"%s\">", word ? "span" : "p", field->key);
		km_html_cell(html, field, row);
		km_html_put(html, word ? "</span>\n" : "</p>\n");
	}
	km_html_put(html, "</li>\n");
	km_pool_deinit(&html->pool);
}

static void put_cards(struct km_html *html)
{
	const struct km_view *view = &html->section->view;

	if (!view->rows_len) {
		km_html_printf(html, "<p class=\"none\">%s</p>\n", km_say("None."));
		return;
	}
	km_html_put(html, "<ul class=\"cards\">\n");
	for (size_t i = 0; i < view->rows_len; i++)
		put_card(html, view, km_view_row(view, i));
	km_html_put(html, "</ul>\n");
}

static void put_segment(struct km_html *html, double at, double width, unsigned int color)
{
	km_html_put(html, "<rect height=\"28\" x=\"");
	km_html_real(html, at * 100);
	km_html_put(html, "%\" width=\"");
	km_html_real(html, width * 100);
	km_html_printf(html, "%%\" class=\"c%u\"/>", color % 8);
}

static void put_part(struct km_html *html, const struct km_view *view, const struct km_field *size,
		     const void *row, unsigned int color)
{
	km_html_printf(html, "<li><span class=\"swatch c%u\"></span> <span class=\"name\">", color % 8);
	km_html_text(html, km_html_name(html, view, row));
	km_html_put(html, "</span> <b>");
	km_html_cell(html, size, row);
	km_html_put(html, "</b></li>\n");
}

/* The whole as one bar of its parts. */
static void put_parts(struct km_html *html)
{
	const struct km_view *view = &html->section->view;
	const struct km_field *size = field_of(html, html->section->look->size);
	const struct km_field *tree = km_tree_field(view->sheet->type);
	const void *whole = km_view_row(view, 0);
	const struct km_rows *parts = km_field_at(tree, whole);
	unsigned int color = 0;
	double at = 0;

	km_html_printf(html, "<figure class=\"parts\">\n<svg width=\"100%%\" height=\"28\" role=\"img\" aria-label=\"%s\">",
		       km_say("The parts as one bar; their figures follow"));
	for (size_t i = 0; i < parts->len; i++) {
		uint64_t part = km_field_number(size, km_inner_row(tree, parts, i));
		double share = km_num_ratio(km_num_or(part, 0), km_field_number(size, whole));

		if (isfinite(share) && share > 0)
			put_segment(html, at, share, color++);
		at += isfinite(share) ? share : 0;
	}
	km_html_put(html, "</svg>\n<ul class=\"key\">\n");
	color = 0;
	for (size_t i = 0; i < parts->len; i++)
		if (km_num_or(km_field_number(size, km_inner_row(tree, parts, i)), 0))
			put_part(html, view, size, km_inner_row(tree, parts, i), color++);
	km_html_put(html, "</ul>\n</figure>\n");
}

/* The place of a picture that a script draws; hidden if no script runs. */
static void put_place(struct km_html *html, const char *kind)
{
	const struct km_look *look = html->section->look;

	km_html_printf(html, "<figure class=\"drawn\" data-picture=\"%s\" data-size=\"%s\"", kind, look->size);
	if (look->group)
		km_html_printf(html, " data-group=\"%s\"", look->group);
	if (look->state)
		km_html_printf(html, " data-state=\"%s\"", look->state);
	km_html_put(html, " hidden></figure>\n");
}

/*
 * The scale ends at three times the highest limit. Most amounts are far above the limits, and on a scale for
 * the whole amount all limits would be one line.
 */
enum { LEVELS_SCALE = 3 };

/* Only the first and the last limit have a name, because there is no room between them. */
static void put_limit(struct km_html *html, size_t index, double at)
{
	const struct km_field *field = field_of(html, html->section->look->limits[index]);
	const bool right = index || at < 0.08;

	km_html_put(html, "<line class=\"limit\" y1=\"12\" y2=\"32\" x1=\"");
	km_html_real(html, at * 100);
	km_html_put(html, "%\" x2=\"");
	km_html_real(html, at * 100);
	km_html_put(html, "%\"/>");
	if (index && index != KM_LOOK_LIMITS - 1)
		return;
	km_html_printf(html, "<text class=\"%s\" y=\"10\" dx=\"%d\" x=\"", right ? "start" : "end", index ? 2 : -2);
	km_html_real(html, at * 100);
	km_html_put(html, "%\">");
	km_html_text(html, km_str_from(field->head));
	km_html_put(html, "</text>");
}

/* The number of limits that the amount does not exceed. */
static unsigned int limits_missed(struct km_html *html, const void *row)
{
	const struct km_look *look = html->section->look;
	uint64_t amount = km_field_number(field_of(html, look->size), row);
	unsigned int missed = 0;

	for (size_t i = 0; i < KM_LOOK_LIMITS; i++)
		missed += amount <= km_field_number(field_of(html, look->limits[i]), row);
	return missed;
}

static void put_level_bar(struct km_html *html, const void *row, double scale)
{
	const struct km_look *look = html->section->look;
	const double amount = (double)km_field_number(field_of(html, look->size), row) / scale;

	km_html_put(html, "<svg width=\"100%\" height=\"34\" aria-hidden=\"true\">"
			  "<rect class=\"room\" width=\"100%\" y=\"15\" height=\"14\" rx=\"3\"/>");
	km_html_printf(html, "<rect class=\"amount missed%u\" y=\"15\" height=\"14\" rx=\"3\" width=\"",
		       limits_missed(html, row));
	km_html_real(html, (amount > 1 ? 1 : amount) * 100);
	km_html_put(html, "%\"/>");
	for (size_t i = 0; i < KM_LOOK_LIMITS; i++)
		put_limit(html, i, (double)km_field_number(field_of(html, look->limits[i]), row) / scale);
	if (amount > 1)
		km_html_put(html, "<svg x=\"100%\" overflow=\"visible\"><path class=\"beyond\" d=\"M-12 15l8 14M-7 15l8 14\"/></svg>");
	km_html_put(html, "</svg>");
}

static bool has_levels(struct km_html *html, const void *row)
{
	const struct km_look *look = html->section->look;

	for (size_t i = 0; i < KM_LOOK_LIMITS; i++)
		if (km_field_number(field_of(html, look->limits[i]), row) == KM_UNKNOWN)
			return false;
	return km_field_number(field_of(html, look->limits[KM_LOOK_LIMITS - 1]), row) &&
	       km_field_number(field_of(html, look->size), row) != KM_UNKNOWN;
}

static void put_level(struct km_html *html, const void *row)
{
	const struct km_look *look = html->section->look;
	const struct km_view *view = &html->section->view;
	const struct km_field *last = field_of(html, look->limits[KM_LOOK_LIMITS - 1]);
	const struct km_field *size = field_of(html, look->size);
	const double scale = LEVELS_SCALE * (double)km_field_number(last, row);

	km_html_put(html, "<li><span class=\"name\">");
	km_html_text(html, km_html_name(html, view, row));
	km_html_put(html, "</span> <span class=\"state\">");
	km_html_cell(html, field_of(html, look->state), row);
	km_html_put(html, "</span> <span class=\"figure\">");
	km_html_cell(html, size, row);
	km_html_put(html, " ");
	km_html_text(html, km_str_from(size->head));
	km_html_put(html, "</span>\n");
	put_level_bar(html, row, scale);
	km_html_put(html, "</li>\n");
	km_pool_deinit(&html->pool);
}

static void put_levels(struct km_html *html)
{
	const struct km_view *view = &html->section->view;
	const struct km_look *look = html->section->look;

	km_html_put(html, "<figure class=\"levels\">\n<ul>\n");
	for (size_t i = 0; i < view->rows_len; i++)
		if (has_levels(html, km_view_row(view, i)))
			put_level(html, km_view_row(view, i));
	km_html_put(html, "</ul>\n<figcaption>");
	km_html_capital(html, km_say_printf(&html->pool, "%s. Each scale ends at %d times %s; a bar that is cut goes on.",
					    km_say(field_of(html, look->size)->brief), LEVELS_SCALE,
					    field_of(html, look->limits[KM_LOOK_LIMITS - 1])->head).ptr);
	km_html_put(html, "</figcaption>\n</figure>\n");
}

void km_html_picture(struct km_html *html)
{
	const struct km_look *look = html->section->look;
	const bool rows = html->section->view.rows_len;

	if (look->kind == KM_LOOK_LEAD)
		put_lead(html);
	else if (look->kind == KM_LOOK_CARDS)
		put_cards(html);
	else if (!rows)
		return;
	else if (look->kind == KM_LOOK_LEVELS)
		put_levels(html);
	else if (look->kind == KM_LOOK_AREAS)
		put_place(html, "areas");
	else if (look->kind == KM_LOOK_CURVES)
		put_place(html, "curves");
	else {
		put_parts(html);
		put_place(html, "rings");
	}
}
