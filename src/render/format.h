/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The formats that a document can be printed in: one renderer and one line of the table each. */
#ifndef KM_RENDER_FORMAT_H
#define KM_RENDER_FORMAT_H

#include "report/document.h"

struct km_format {
	const char *word; /* "json" */
	/* Writes to the stream; the caller checks the stream for errors. 0 or a negative errno. */
	int (*render)(FILE *out, const struct km_document *document, const struct km_style *style);
	bool data; /* for programs: every field of every row, no sentences, nothing for a terminal */
};

enum km_format_id { KM_FORMAT_TEXT, KM_FORMAT_JSON };

/* By enum km_format_id; ends with a format without word. */
extern const struct km_format km_formats[];

#endif
