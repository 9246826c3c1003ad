/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The JSON Schema, generated from the field tables. */
#ifndef KM_RENDER_SCHEMA_H
#define KM_RENDER_SCHEMA_H

#include "report/report.h"

/*
 * Writes a JSON Schema (2020-12) for every document with these reports, which end with NULL. It allows
 * unknown keys, because later versions add some.
 */
int km_render_schema(FILE *out, const struct km_report *const *reports);

#endif
