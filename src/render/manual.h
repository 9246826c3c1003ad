/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmeminfo-fields(5), generated from the tables, and what other generated pages are made of. */
#ifndef KM_RENDER_MANUAL_H
#define KM_RENDER_MANUAL_H

#include <stdio.h>
#include "base/field.h"

/* Writes the page in mdoc. types ends with NULL, groups with a nameless one. 0 or -EIO. */
int km_render_manual(FILE *out, const struct km_sheet_type *const *types,
		     const struct km_vocabulary *const *vocabularies);

/* Running text; with a phrase an upper-case first letter and a full stop make a sentence of it. */
void km_manual_text(FILE *out, struct km_str text);
void km_manual_phrase(FILE *out, struct km_str phrase);

/* A paragraph "Head: text"; none when text is unknown. */
void km_manual_note(FILE *out, const char *head, struct km_str text);

/* An item of the list of files: path is below the root, variable what its name ends with. note may be NULL. */
void km_manual_file(FILE *out, const char *path, const char *variable, const char *brief, const char *note);

#endif
