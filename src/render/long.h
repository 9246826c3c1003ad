/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to render/: prints tables of many rows, exactly as libsmartcols would. */
#ifndef KM_RENDER_LONG_H
#define KM_RENDER_LONG_H

#include "report/document.h"

/* Tables with fewer rows are always printed by libsmartcols. */
enum { KM_LONG_ROWS = 1000 };

/*
 * Prints a table in two passes over its rows: one for the widths of the columns, one for the text. Keeps no
 * cell. False, with nothing printed, for harder tables: fitted to a terminal, trees, texts outside ASCII.
 */
bool km_long_print(FILE *file, const struct km_view *view, const struct km_style *style);

#endif
