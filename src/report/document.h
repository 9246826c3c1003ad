/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The input of a renderer: sheets with names, the machine that they describe, and the files that could not be
 * read. Text and JSON come from the same document.
 */
#ifndef KM_REPORT_DOCUMENT_H
#define KM_REPORT_DOCUMENT_H

#include <stdio.h>
#include "base/problem.h"
#include "base/text.h"
#include "base/units.h"
#include "model/host.h"
#include "report/look.h"
#include "report/view.h"

/*
 * The version of the JSON documents. It increases if a key is renamed or removed, which NEWS lists. Version 2
 * introduced the field's standard words.
 */
#define KM_JSON_SCHEMA 2

enum km_shape {
	KM_SHAPE_SHEET, /* JSON {"rows": [...], "totals": {...}} */
	KM_SHAPE_LIST,  /* JSON [...] */
	KM_SHAPE_ROW,   /* JSON {...}: the first row; a tree if the type has a KM_TREE field */
};

/* A coloured range of bytes in a section's text. */
struct km_paint {
	size_t start, len;
	enum km_tone tone;
};

struct km_section {
	const char *key; /* JSON key; NULL: text only */
	const char *group; /* JSON: the object that contains it; the document's group at that time */
	enum km_shape shape;
	const char *title; /* text: heading line; NULL: none */
	const struct km_look *look; /* pages: picture beside the table; NULL: none */
	bool attached;     /* text: no blank line before it */
	unsigned int indent; /* text: blanks before each line of a table */
	bool compact; /* metrics: for rows inside rows, only the number in the text table */
	struct km_view view;
	struct km_str text; /* text only: printed instead of a table if .ptr is set; a renderer cleans it */
	KM_ARRAY(struct km_paint) paints; /* of the text, in order, without overlap */
};

/* The meaning of a name in a section's rows. */
struct km_note {
	struct km_str name, brief;
	const char *language; /* of phrase and texts: "en" */
	struct km_texts texts; /* paragraphs */
};

struct km_document {
	struct km_pool *pool; /* owns the contents of sections */
	const struct km_host *host;
	const struct km_problems *problems;
	/*
	 * JSON: the object that contains the sections added from now on; NULL: the document itself. The
	 * sections of one object must be added together.
	 */
	const char *group;
	KM_ARRAY(struct km_section) sections;
	KM_ARRAY(struct km_note) notes; /* pages: names explained at the end */
};

/* Frees the list of sections. The pool owns their contents. */
void km_document_deinit(struct km_document *document);

/*
 * Adds a table, a list or a row. Copies the sheet, but not its rows. view NULL: the default columns, all
 * rows. Returns the section, which the caller may change, and which is valid until the next one is added.
 * NULL with err filled if the view names an unknown column.
 */
struct km_section *km_document_add(struct km_document *document, const char *key, enum km_shape shape,
				   struct km_sheet sheet, const struct km_view_options *view,
				   struct km_err *err);

/*
 * The same for rows that come one at a time: begin, km_view_take() with the last section's view for each row,
 * end. end copies the totals (NULL: none). Alternatively drop removes the section. begin returns 0 or an
 * error of km_view_begin(); call drop in either case.
 */
int km_document_begin(struct km_document *document, const char *key, const struct km_sheet_type *type,
		      const struct km_view_options *view, struct km_err *err);
void km_document_end(struct km_document *document, const void *totals);
void km_document_drop(struct km_document *document);

/* Adds running text, which it moves out of the builder. title is that of struct km_section. */
struct km_section *km_document_add_text(struct km_document *document, struct km_text *text,
					const char *title);

/* Adds a word to a text that becomes a section, and records its colour for km_document_paint(). */
void km_text_tone(struct km_text *text, struct km_paint *paint, const struct km_word *word);

/* Colours a part of a section's text. Does nothing without a colour or a text. */
void km_document_paint(struct km_section *section, struct km_paint paint);

enum km_color { KM_COLOR_AUTO, KM_COLOR_ALWAYS, KM_COLOR_NEVER };

struct km_sink;

struct km_style {
	bool exact;       /* --bytes: no units */
	bool no_headings;
	bool color;       /* decided: on or off */
	bool terminal;    /* stdout is a terminal: fit its width */
	bool utf8;        /* the terminal shows more than ASCII */
	size_t width;     /* columns, if terminal */
	const char *version;
	const char *from; /* the capture, as the user named it; NULL: this machine */
	struct km_sink *sink; /* behind stdout; NULL: none, in tests */
};

/* The width of running text: the usual width, or that of a narrower terminal. */
static inline size_t km_style_fold(const struct km_style *style, size_t usual)
{
	return style->terminal && style->width < usual ? style->width : usual;
}

/* Every format: its word, which km_render_WORD() writes, and flags of struct km_format. */
#define KM_FORMAT_LIST(X)                                                                          \
	X(text, 0)                                                                                 \
	X(raw, KM_FORMAT_ONE_TABLE)                                                                \
	X(json, KM_FORMAT_DATA)                                                                    \
	X(jsonl, KM_FORMAT_DATA)                                                                   \
	X(csv, KM_FORMAT_DATA | KM_FORMAT_ONE_TABLE)                                               \
	X(html, KM_FORMAT_PAGE)                                                                    \
	X(prometheus, KM_FORMAT_DATA | KM_FORMAT_METRICS)                                          \
	X(openmetrics, KM_FORMAT_DATA | KM_FORMAT_METRICS)

/* Writes to the stream. The caller checks the stream for errors. 0 or -EIO. */
#define KM_FORMAT_RENDERER(word, flags)                                                            \
	int km_render_##word(FILE *out, const struct km_document *document, const struct km_style *style);
KM_FORMAT_LIST(KM_FORMAT_RENDERER)

/*
 * A cell for people, "-" if unknown; the pool owns it. Control characters and bytes that are not UTF-8 stay
 * as they are: km_text_clean() is for terminals.
 */
struct km_str km_cell_text(struct km_pool *pool, const struct km_field *field, const void *row,
			   bool exact);

enum { KM_CELL_SIZE = KM_UNITS_SIZE };

/*
 * The same for a single value, in buf or borrowed from the row. .ptr NULL for values that need more: lists
 * and lower bounds. Not NUL-terminated.
 */
struct km_str km_cell_single(char buf[static KM_CELL_SIZE], const struct km_field *field,
			     const void *row, bool exact);

#endif
