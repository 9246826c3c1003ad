/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The answer before the summary's tables: what is wrong, the users of the memory, what to do. */
#ifndef KM_REPORT_VERDICT_H
#define KM_REPORT_VERDICT_H

#include "report/report.h"
#include "report/summary.h"

/*
 * The same sentences for a page: what is wrong, without the severity; and the users of the memory, .ptr NULL
 * if unknown.
 */
struct km_str km_verdict_findings(struct km_machine *machine, const struct km_summary *summary);
struct km_str km_verdict_users(struct km_pool *pool, const struct km_summary *summary);

/* Adds the answer as sections of text: one to three sentences, and the figures that free(1) begins with. */
void km_verdict_write(const struct km_prose_query *query, const struct km_summary *summary);

#endif
