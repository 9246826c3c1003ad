// SPDX-License-Identifier: GPL-2.0-or-later
/* The kernel code that allocated memory, if the kernel recorded it. */
#include "report/options.h"
#include "report/report.h"

static int derive(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret, struct km_err *err)
{
	const struct km_callers_options *options = query->options;

	(void)err;
	*ret = km_machine_callers(machine, true, options && options->each_page);
	if (!ret->len && query->need == KM_REQUIRED)
		km_problem_source(&machine->problems, km_source_name(machine->source, km_files[KM_FILE_ALLOCINFO].path),
				  "'kmeminfo explain unaccounted' says how to make the kernel record callers",
				  "neither allocinfo nor page_owner nor alloc_traces can be read");
	return 0;
}

const struct km_report km_report_callers = {
	.key = "callers",
	.flags = KM_REPORT_OVER_TIME,
	.type = &km_caller_type,
	.files = KM_NEEDS(KM_FILE_ALLOCINFO),
	.derive = derive,
};
