/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_TESTS_FUZZ_FORMATS_H
#define KM_TESTS_FUZZ_FORMATS_H

#include "report/document.h"

struct fuzz_format {
	const char *name;
	int (*render)(FILE *out, const struct km_document *document, const struct km_style *style);
	void (*check)(struct km_str text); /* stops the program if the output is not of this format */
	bool one_table;
};

enum { FUZZ_JSON, FUZZ_TEXT, FUZZ_CSV, FUZZ_JSONL, FUZZ_OPENMETRICS, FUZZ_PROMETHEUS, FUZZ_HTML, FUZZ_FORMATS };

/* All formats for programs and people; ends with a NULL name. */
extern const struct fuzz_format fuzz_formats[];

/* Renders a document and checks the output; returns its length in bytes. */
size_t fuzz_render(const struct km_document *document, const struct fuzz_format *format, bool terminal);

#endif
