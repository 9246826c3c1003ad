/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sentences about the time that a recording covers, and the rows that grew. */
#ifndef KM_REPORT_TREND_TEXT_H
#define KM_REPORT_TREND_TEXT_H

#include "report/report.h"

/* .write of the report with the row of km_timeline_type. */
void km_timeline_write(const struct km_prose_query *query, const struct km_sheet *sheet);

/*
 * Adds a sentence for each leak-like row of km_trend_type, and for some rows that grew in a short time. Also
 * tells how many more rows are not shown.
 */
void km_trend_explain(struct km_document *document, const struct km_sheet *sheet, size_t hidden,
		      const struct km_style *style);

#endif
