/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The formats of a document. Each has one renderer and one line in the table. */
#ifndef KM_RENDER_FORMAT_H
#define KM_RENDER_FORMAT_H

#include "report/document.h"

enum {
	KM_FORMAT_DATA = 1 << 0,      /* for programs: every field of every row, nothing for a terminal */
	KM_FORMAT_ONE_TABLE = 1 << 1, /* contains one table: the first one of the document */
	KM_FORMAT_PAGE = 1 << 3,      /* shows a section by its look, if it has one, instead of sentences */
	KM_FORMAT_METRICS = 1 << 2,   /* needs all rows, also beyond --top, and the state of all sources */
};

struct km_format {
	const char *word; /* "json" */
	/* Writes to the stream. The caller checks the stream for errors. 0 or a negative errno. */
	int (*render)(FILE *out, const struct km_document *document, const struct km_style *style);
	unsigned int flags;
};

#define KM_FORMAT_ID(word, flags) KM_FORMAT_##word,
enum km_format_id { KM_FORMAT_LIST(KM_FORMAT_ID) KM_FORMATS };

/* By enum km_format_id; ends with a NULL word. */
extern const struct km_format km_formats[];
/* The words of all formats; ends with NULL. */
extern const char *const km_format_words[];

static inline bool km_format_is_data(const struct km_format *format)
{
	return format->flags & KM_FORMAT_DATA;
}

/* Whether the format only contains rows, and no sentences instead of them. */
static inline bool km_format_is_for_programs(const struct km_format *format)
{
	return format->flags & (KM_FORMAT_DATA | KM_FORMAT_ONE_TABLE);
}

#endif
