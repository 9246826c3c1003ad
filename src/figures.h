/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The figures that topics' texts ask for in braces, of the machine at hand. Files are read when the
 * first figure needs them, and their absence is no problem of the report: the text says that it is
 * unknown.
 */
#ifndef KM_FIGURES_H
#define KM_FIGURES_H

#include "explain/texts.h"
#include "model/limits.h"
#include "snapshot.h"
#include "summary.h"

enum { KM_FIGURE_SHEETS = 7 };

struct km_figures {
	struct km_snapshot *snapshot;
	enum km_language language;
	struct km_sheet sheets[KM_FIGURE_SHEETS]; /* in the order of a table in figures.c; .type NULL: not yet */
	unsigned int slab_attributes;             /* that the sheet of caches was made with */
	struct km_limits limits;
	bool have_limits;
	struct km_summary summary;
};

/* The limits of the machine; reads what tells them once. */
const struct km_limits *km_figures_limits(struct km_figures *figures);

/* A limit as text: "4 MiB (computed)". */
struct km_str km_figures_limit(struct km_figures *figures, enum km_limit_id id);

/*
 * As struct km_topic_teller has it; data is a struct km_figures. A name that means nothing becomes a problem of
 * the snapshot:
 *   page, kernel, arch, max_order
 *   limit.NAME            km_limit_names
 *   gfp.NAME              a mask's value and bits
 *   SHEET.KEY             of the totals, or of a sheet's only row
 *   SHEET[PATTERN].KEY    of the row of which a name matches, or the sum over several such rows
 *   SHEET[FIELD=PATTERN].KEY
 */
struct km_str km_figures_tell(void *data, const struct km_topic_text *text, struct km_str name);

#endif
