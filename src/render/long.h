/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside render/ only: tables of many rows, as libsmartcols would print them. */
#ifndef KM_RENDER_LONG_H
#define KM_RENDER_LONG_H

#include "report/document.h"

/* libsmartcols prints tables with fewer rows, whatever they contain. */
enum { KM_LONG_ROWS = 1000 };

/*
 * Prints a table in two passes over its rows, one for the widths of the columns and one for the
 * text; no cell is kept. false, with nothing printed: it takes more than that, such as a terminal
 * to fit, a tree, or a text that is not ASCII.
 */
bool km_long_print(FILE *file, const struct km_view *view, const struct km_style *style);

#endif
