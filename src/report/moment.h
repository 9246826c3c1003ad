/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reports of a machine at one moment: a running machine, a capture, a sample of a recording. */
#ifndef KM_REPORT_MOMENT_H
#define KM_REPORT_MOMENT_H

#include "report/report.h"

/* The rows of one report. */
struct km_moment_sheet {
	struct km_sheet sheet; /* .type NULL: it says nothing */
	bool whole;            /* all of its rows could be read */
};

struct km_moment {
	const char *name;           /* for people: "now", or the path of a capture */
	const struct km_host *host; /* time, time since boot, boot id */
	struct km_moment_sheet sheets[KM_REPORT_COUNT]; /* by position in km_reports */
};

/*
 * Fills the sheets of a report (NULL: of all with KM_REPORT_OVER_TIME, but of a running machine of none
 * that costs it something), which are owned by the machine's pool. Reads all that is needed now, so that
 * the files need not be readable later. name is borrowed. 0, or what derive() of the one report returns.
 */
int km_moment_take(struct km_machine *machine, const char *name, const struct km_report *one, bool all_fields,
		   struct km_moment *ret, struct km_err *err);

/* The report with KM_REPORT_OVER_TIME whose rows have a type of that name; NULL: there is none. */
const struct km_report *km_moment_report(struct km_str type);

#endif
