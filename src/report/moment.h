/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reports of a machine at one moment: of a running machine, a capture, or a sample of a recording. */
#ifndef KM_REPORT_MOMENT_H
#define KM_REPORT_MOMENT_H

#include "report/report.h"

/* The rows of one report. */
struct km_moment_sheet {
	struct km_sheet sheet; /* .type NULL: the moment does not have the report */
	bool whole;            /* contains all rows of the report */
};

struct km_moment {
	const char *name;           /* for messages: "now", or the path of a capture */
	const struct km_host *host; /* time, uptime, boot id */
	struct km_moment_sheet sheets[KM_REPORT_COUNT]; /* by index in km_reports */
};

/*
 * Fills the sheets of one report, owned by the machine's pool. one NULL: all reports with
 * KM_REPORT_OVER_TIME, without those that are expensive on a running machine. Reads everything now, so that
 * the files are not needed later. Borrows name. 0, or the result of derive() of the one report.
 */
int km_moment_take(struct km_machine *machine, const char *name, const struct km_report *one, bool all_fields,
		   struct km_moment *ret, struct km_err *err);

/* The report with KM_REPORT_OVER_TIME whose row type has this name; NULL if there is none. */
const struct km_report *km_moment_report(struct km_str type);

#endif
