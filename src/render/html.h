/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Private to render/html*.c: a self-contained page. Names from strangers only pass through km_html_text(),
 * which leaves no character with a meaning in HTML. Styles and scripts are in data/page/, allowed by their
 * hashes. Nothing else on the page can run, whatever its texts contain.
 */
#ifndef KM_RENDER_HTML_H
#define KM_RENDER_HTML_H

#include "render/spread.h"
#include "report/document.h"

/* An entry of the explanations: a field of a type, or a word of a vocabulary. */
struct km_html_note {
	const struct km_sheet_type *type;
	const struct km_field *field;
	const struct km_vocabulary *vocabulary;
	const struct km_word *word;
};

struct km_html {
	FILE *file;
	struct km_pool pool; /* texts of one row */
	const struct km_document *document;
	const struct km_style *style;
	const struct km_section *section; /* the one that is written */
	size_t number;                    /* its number, for unique ids */
	KM_ARRAY(struct km_html_note) notes;
};

/* Puts markup, which must be our own. */
void km_html_put(struct km_html *html, const char *markup);
void km_html_printf(struct km_html *html, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Text of any origin: UTF-8 without controls, direction marks and invisible characters, and escaped. */
void km_html_text(struct km_html *html, struct km_str text);

/* Puts sentences; text between backquotes is set as code. */
void km_html_prose(struct km_html *html, struct km_str text);

/* Puts a word for ids and classes: letters, digits and '-'. */
void km_html_slug(struct km_html *html, struct km_str text);

/* "free blocks" -> "Free blocks". */
void km_html_capital(struct km_html *html, const char *text);

/* Puts the value of a field: the text for people, and if it is rounded also the exact number. */
void km_html_cell(struct km_html *html, const struct km_field *field, const void *row);

/* The name of a row as plain text, owned by the pool. */
struct km_str km_html_name(struct km_html *html, const struct km_view *view, const void *row);

/* Whether a field that is one number has a value in a row. */
bool km_html_is_known(const struct km_field *field, const void *row);

/* A bar over this share of its width; nothing if the share is unknown. */
void km_html_bar(struct km_html *html, double ratio);

/* Sizes as bars side by side, from the lowest to the highest; unknown sizes leave a gap. */
void km_html_spark(struct km_html *html, const struct km_numbers *numbers);

/* Puts a number with a point, in any locale. */
void km_html_real(struct km_html *html, double value);

/* Puts a heading that links to the field's explanation, which is added to the notes. */
void km_html_field_link(struct km_html *html, const struct km_sheet_type *type, const struct km_field *field);

/* Puts a word, with a link to its explanation if it has one. */
void km_html_word(struct km_html *html, const struct km_vocabulary *vocabulary, const struct km_word *word);

/* Puts a name with a link to the document's note about it. False, and nothing written, if there is no note. */
bool km_html_note_link(struct km_html *html, struct km_str name);

/* Puts the explanations of everything in the notes. */
void km_html_notes(struct km_html *html);

/* The table of the section's rows. A single row without children becomes a list of fields. */
void km_html_table(struct km_html *html);

/* Puts the picture above the table, according to the section's look. */
void km_html_picture(struct km_html *html);

/* Put everything before the body's contents, and everything after them. */
void km_html_head(struct km_html *html);
void km_html_foot(struct km_html *html);

#endif
