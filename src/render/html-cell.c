// SPDX-License-Identifier: GPL-2.0-or-later
/* Texts, words and numbers of a page. */
#include <ctype.h>
#include "base/clean.h"
#include "base/utf8.h"
#include "render/html.h"
#include "words/say.h"

void km_html_put(struct km_html *html, const char *markup)
{
	fputs(markup, html->file);
}

void km_html_printf(struct km_html *html, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vfprintf(html->file, format, args);
	va_end(args);
}

static const char *escape_of(char c)
{
	switch (c) {
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '&':
		return "&amp;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void km_html_text(struct km_html *html, struct km_str text)
{
	text = km_text_clean(&html->pool, text);
	for (size_t i = 0; i < text.len; i++) {
		const char *escape = escape_of(text.ptr[i]);

		if (escape)
			fputs(escape, html->file);
		else
			fputc(text.ptr[i], html->file);
	}
}

void km_html_prose(struct km_html *html, struct km_str text)
{
	struct km_str part;
	bool code = false;

	while (km_str_take_until(&text, '`', &part)) {
		km_html_text(html, part);
		km_html_put(html, code ? "</code>" : "<code>");
		code = !code;
	}
	km_html_text(html, text);
	km_html_put(html, code ? "</code>" : "");
}

static bool is_alphanumeric(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

void km_html_slug(struct km_html *html, struct km_str text)
{
	for (size_t i = 0; i < text.len; i++)
		fputc(is_alphanumeric(text.ptr[i]) ? text.ptr[i] : '-', html->file);
}

void km_html_capital(struct km_html *html, const char *text)
{
	char first[2] = { (char)toupper((unsigned char)*text), '\0' };

	km_html_text(html, km_str_from(first));
	if (*text)
		km_html_text(html, km_str_from(text + 1));
}

void km_html_real(struct km_html *html, double value)
{
	/* LC_NUMERIC is always that of the C locale (cli/root.c) */
	km_html_printf(html, "%.6g", value);
}

bool km_html_is_known(const struct km_field *field, const void *row)
{
	const void *at = km_field_at(field, row);

	switch (field->kind) {
	case KM_COUNT:
	case KM_BYTES:
		return *(const uint64_t *)at != KM_UNKNOWN;
	case KM_DELTA:
	case KM_CHANGE:
		return *(const int64_t *)at != KM_UNKNOWN_DELTA;
	default:
		return isfinite(*(const double *)at);
	}
}

/* Begins an element with the number as in JSON; false if it is unknown. */
static bool begin_data(struct km_html *html, const struct km_field *field, const void *row)
{
	const void *at = km_field_at(field, row);

	if (!km_html_is_known(field, row))
		return false;
	km_html_put(html, "<data value=\"");
	if (field->kind == KM_COUNT || field->kind == KM_BYTES)
		km_html_printf(html, "%llu", (unsigned long long)*(const uint64_t *)at);
	else if (field->kind == KM_DELTA || field->kind == KM_CHANGE)
		km_html_printf(html, "%lld", (long long)*(const int64_t *)at);
	else if (field->kind == KM_REAL)
		km_html_put(html, km_units_shortest((char[KM_UNITS_SIZE]){ 0 }, *(const double *)at));
	else
		km_html_real(html, *(const double *)at);
	km_html_put(html, "\">");
	return true;
}

static void put_unknown(struct km_html *html)
{
	km_html_printf(html, "<span class=\"unknown\">%s</span>", km_say("unknown"));
}

static void put_inner_rows(struct km_html *html, const struct km_field *field, const struct km_rows *rows)
{
	const struct km_field *inner;

	if (!rows->len) {
		km_html_printf(html, "<span class=\"unknown\">%s</span>", km_say("none"));
		return;
	}
	km_html_put(html, "<ul class=\"inner\">");
	for (size_t i = 0; i < rows->len; i++) {
		km_html_put(html, "<li>");
		km_field_each(inner, field->rows) {
			km_html_put(html, inner == field->rows->fields ? "" : " ");
			km_html_cell(html, inner, km_inner_row(field, rows, i));
		}
		km_html_put(html, "</li>");
	}
	km_html_put(html, "</ul>");
}

/* Puts bars for readers, and the values for screen readers and for the script that draws curves. */
static void put_numbers(struct km_html *html, const struct km_field *field, const struct km_numbers *numbers)
{
	char buf[KM_UNITS_SIZE];

	if (field->flags & KM_SPARK)
		km_html_spark(html, numbers);
	km_html_put(html, field->flags & KM_SPARK ? "<ol class=\"values\">" : "<ol class=\"inner\">");
	for (size_t i = 0; i < numbers->len; i++) {
		const uint64_t bytes = numbers->items[i];

		km_html_put(html, "<li>");
		if (bytes == KM_UNKNOWN)
			put_unknown(html);
		else
			km_html_printf(html, "<data value=\"%llu\">%s</data>", (unsigned long long)bytes,
				       km_units_bytes(buf, bytes));
		km_html_put(html, "</li>");
	}
	km_html_put(html, "</ol>");
}

void km_html_cell(struct km_html *html, const struct km_field *field, const void *row)
{
	const struct km_word *word;
	struct km_str text;

	if (field->kind == KM_BYTES_LIST && ((const struct km_numbers *)km_field_at(field, row))->len) {
		put_numbers(html, field, km_field_at(field, row));
		return;
	}
	if (field->kind == KM_ROWS) {
		put_inner_rows(html, field, km_field_at(field, row));
		return;
	}
	if (field->kind == KM_WORD && (word = km_field_word(field, row)) != NULL) {
		km_html_word(html, field->words, word);
		return;
	}
	if (km_kind_is_one_number(field->kind) && !begin_data(html, field, row)) {
		put_unknown(html);
		return;
	}
	text = km_cell_text(&html->pool, field, row, html->style->exact);
	if (km_kind_is_one_number(field->kind)) {
		km_html_text(html, text);
		km_html_put(html, "</data>");
	} else if (field->kind == KM_TEXT && ((const struct km_str *)km_field_at(field, row))->ptr) {
		if (!(field->flags & KM_ID) || !km_html_note_link(html, text))
			km_html_prose(html, text);
	} else if (km_str_eq(text, KM_STR("-"))) {
		put_unknown(html);
	} else {
		km_html_text(html, text);
	}
}

static void add_name(struct km_html *html, struct km_text *name, const struct km_field *field, const void *row)
{
	const struct km_str text = km_cell_text(&html->pool, field, row, false);

	if (km_str_eq(text, KM_STR("-")))
		return;
	km_text_separate(name, " ");
	if (km_kind_is_one_number(field->kind))
		km_text_printf(name, "%s ", field->key);
	km_text_add(name, text);
}

/* The shown fields that name the row; if there are none, the first text. */
struct km_str km_html_name(struct km_html *html, const struct km_view *view, const void *row)
{
	struct km_text name = { 0 };

	for (size_t i = 0; i < view->fields_len; i++)
		if ((view->fields[i]->flags & KM_ID) && view->fields[i]->kind != KM_ROWS)
			add_name(html, &name, view->fields[i], row);
	for (size_t i = 0; i < view->fields_len && !name.len; i++)
		if (view->fields[i]->kind == KM_TEXT)
			add_name(html, &name, view->fields[i], row);
	return km_text_keep(&name, &html->pool);
}
