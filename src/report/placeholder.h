/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Figures of this machine for placeholders in topics. A file is read when a figure first needs it. A missing
 * file is not a problem of the report: the text says that the figure is unknown.
 */
#ifndef KM_REPORT_PLACEHOLDER_H
#define KM_REPORT_PLACEHOLDER_H

#include "words/texts.h"
#include "model/limits.h"
#include "machine/machine.h"
#include "report/report.h"

/* The rows of one report, after the first figure was taken from them. */
struct km_placeholder_sheet {
	const struct km_report *report; /* NULL: none yet */
	unsigned int extras;            /* the extras of struct km_query that the rows were made with */
	struct km_sheet sheet;
};

struct km_placeholders {
	struct km_machine *machine;
	enum km_language language;
	struct km_placeholder_sheet sheets[KM_REPORT_COUNT];
	struct km_limits limits;
	bool have_limits;
	struct km_sheet claims;
	bool have_claims;
};

/* The limits of the machine. Reads their files once. */
const struct km_limits *km_placeholder_limits(struct km_placeholders *figures);

/* A limit as text: "4 MiB (computed)". */
struct km_str km_placeholder_limit(struct km_placeholders *figures, enum km_limit_id id);

/*
 * The callback of struct km_topic_filler; data is a struct km_placeholders. An unknown name becomes a problem
 * of the machine:
 *   page, kernel, arch, max_order
 *   limit.NAME            km_limit_names
 *   gfp.NAME              a mask's value and bits
 *   claim.ID              what was measured for a claim in the running kernel; may be empty
 *   claims                whether claims were measured
 *   SHEET.KEY             of the totals, or of a sheet's only row
 *   SHEET[PATTERN].KEY    of the row with a matching name, or the sum over several such rows
 *   SHEET[FIELD=PATTERN].KEY
 */
struct km_str km_placeholder_text(void *data, const struct km_topic_text *text, struct km_str name);

#endif
