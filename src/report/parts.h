/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What JSON documents are made of: every key that a command prints, and the type behind it. */
#ifndef KM_REPORT_PARTS_H
#define KM_REPORT_PARTS_H

#include "report/document.h"

/* Where in a document the rows of a type stand. The schema and the commands share the table. */
struct km_part {
	const char *group; /* as struct km_document */
	const char *key;
	enum km_shape shape;
	const struct km_sheet_type *type;
};

/* Ends with a part without key. */
extern const struct km_part km_parts[];

#endif
