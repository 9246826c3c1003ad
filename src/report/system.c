// SPDX-License-Identifier: GPL-2.0-or-later
/* The machine in one row, for monitoring. */
#include "model/account-reported.h"
#include "model/system.h"
#include "report/report.h"
#include "report/summary.h"

struct km_sheet km_system_derive(struct km_machine *machine, const struct km_summary *summary)
{
	struct km_system *row = km_pool_alloc(&machine->pool, 1, sizeof(*row));

	km_row_init(&km_system_type, row);
	km_system_count(row, summary->finding_input.meminfo, summary->finding_input.vmstat);
	if (summary->finding_input.meminfo)
		row->proc = &km_system_procs[summary->account_input.foreign ? KM_PROC_CONTAINER : KM_PROC_HOST];
	row->cpus = km_machine_cpus(machine);
	if (summary->extent & KM_SUMMARY_HOST_NAME)
		row->host_name = km_machine_host_name(machine);
	return (struct km_sheet){ &km_system_type, row, 1, NULL };
}
