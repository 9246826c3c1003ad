/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmeminfo-fields(5), generated from the tables, and the parts of other generated pages. */
#ifndef KM_RENDER_MANUAL_H
#define KM_RENDER_MANUAL_H

#include <stdio.h>
#include "base/field.h"

/* Writes the page in mdoc. types ends with NULL, groups with a NULL name. 0 or -EIO. */
int km_render_manual(FILE *out, const struct km_sheet_type *const *types,
		     const struct km_vocabulary *const *vocabularies);

/* Running text. For a phrase, the second function adds a capital and a full stop to make it a sentence. */
void km_manual_text(FILE *out, struct km_str text);
void km_manual_phrase(FILE *out, struct km_str phrase);

/* A paragraph "Head: text"; nothing if text is unknown. */
void km_manual_note(FILE *out, const char *head, struct km_str text);

/* An item of the list of files. path is below the root, variable is the end of its name. note may be NULL. */
void km_manual_file(FILE *out, const char *path, const char *variable, const char *brief, const char *note);

#endif
