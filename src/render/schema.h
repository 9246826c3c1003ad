/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The contract of the JSON, generated from the field tables. */
#ifndef KM_RENDER_SCHEMA_H
#define KM_RENDER_SCHEMA_H

#include "report/report.h"

/*
 * Writes a JSON Schema (2020-12) of every document that these reports, which end with NULL, are
 * parts of. Keys that it does not name are allowed: later versions add some.
 */
int km_render_schema(FILE *out, const struct km_report *const *reports);

#endif
