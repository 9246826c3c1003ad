// SPDX-License-Identifier: GPL-2.0-or-later
/* The machine of a document, when and how it was read. */
#include "model/host.h"
#include "report/report.h"

static int derive(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
		  struct km_err *err)
{
	(void)query;
	(void)err;
	*ret = (struct km_sheet){ &km_host_type, &machine->host, 1, NULL };
	return 0;
}

/* Part of every JSON document. */
const struct km_report km_report_host = {
	.key = "host",
	.shape = KM_SHAPE_ROW,
	.flags = KM_REPORT_FIGURES,
	.type = &km_host_type,
	.derive = derive,
};
