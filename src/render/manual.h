/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmeminfo-fields(5), generated from the tables. */
#ifndef KM_RENDER_MANUAL_H
#define KM_RENDER_MANUAL_H

#include <stdio.h>
#include "model/topic.h"

/* Writes the page in mdoc. types ends with NULL, groups with a nameless one. 0 or -EIO. */
int km_render_manual(FILE *out, const struct km_sheet_type *const *types,
		     const struct km_topic_group *groups);

#endif
