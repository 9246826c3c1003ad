/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A document with one sheet, written while its rows arrive. The machine and the unavailable data are only
 * known at the end, so they follow the rows.
 */
#ifndef KM_RENDER_JSON_ROWS_H
#define KM_RENDER_JSON_ROWS_H

#include "report/document.h"

struct km_json_rows;

/* Begins the document. lines: JSON Lines. The style must stay valid. km_json_rows_end() ends it. */
struct km_json_rows *km_json_rows_begin(FILE *file, const char *key, bool lines, const struct km_style *style);
/* Writes the rows of a section, all of one type. */
void km_json_rows_add(struct km_json_rows *rows, const struct km_section *section);
/* Writes host and unavailable of the document, and frees everything. 0 or -EIO. */
int km_json_rows_end(struct km_json_rows *rows, const struct km_document *document);

#endif
