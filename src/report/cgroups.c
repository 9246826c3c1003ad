// SPDX-License-Identifier: GPL-2.0-or-later
/* Kernel memory by memory cgroup. */
#include "machine/cgroups.h"
#include "report/report.h"

static int derive(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
		  struct km_err *err)
{
	(void)err;
	*ret = km_machine_cgroups(machine, query->need);
	return 0;
}

const struct km_report km_report_cgroups = {
	.key = "cgroups",
	.flags = KM_REPORT_MANY,
	.type = &km_cgroup_type,
	.files = KM_NEEDS(KM_FILE_CGROUPS),
	.derive = derive,
};
