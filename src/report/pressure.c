// SPDX-License-Identifier: GPL-2.0-or-later
/* Pressure stall information. */
#include "model/pressure.h"
#include "report/report.h"

static int derive(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
		  struct km_err *err)
{
	(void)err;
	*ret = km_pressure_derive(&machine->pool, km_machine_psi(machine, query->need));
	return 0;
}

const struct km_report km_report_pressure = {
	.key = "pressure",
	.flags = KM_REPORT_OVER_TIME | KM_REPORT_RECORDED,
	.metrics = KM_METRICS_ALL,
	.type = &km_pressure_type,
	.files = KM_NEEDS(KM_FILE_PRESSURE),
	.derive = derive,
};
