/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmeminfo-fields(5), generated from the tables. */
#ifndef KM_RENDER_MANUAL_H
#define KM_RENDER_MANUAL_H

#include <stdio.h>
#include "model/topic.h"

/* Writes the page in mdoc. types ends with NULL, groups with a nameless one. 0 or -EIO. */
int km_render_manual(FILE *out, const struct km_sheet_type *const *types,
		     const struct km_topic_group *groups);

/* An item of the list of files: path is below the root. note may be NULL. */
void km_manual_file(FILE *out, const char *path, const char *brief, const char *note);

#endif
