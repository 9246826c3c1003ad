// SPDX-License-Identifier: GPL-2.0-or-later
/* Free blocks by zone and order, and by migrate type. */
#include "model/buddy.h"
#include "model/pagetype.h"
#include "report/report.h"

static int derive_buddy(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			struct km_err *err)
{
	const struct km_buddyinfo *buddyinfo = km_machine_buddyinfo(machine, query->need);

	(void)err;
	*ret = (struct km_sheet){ .type = &km_buddy_type };
	/*
	 * A capture may have lost rows, which the kernel never does, and only the other list of zones shows it. Where that one
	 * is damaged, the report is incomplete, because nothing shows that this one is whole.
	 */
	if (!km_machine_is_live(machine))
		km_machine_zoneinfo(machine, KM_OPTIONAL);
	if (buddyinfo)
		*ret = km_buddy_derive(&machine->pool, buddyinfo, machine->host.page_bytes);
	return 0;
}

/* pagetypeinfo is expensive for the machine, so only an option requests this report. */
static int derive_types(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			struct km_err *err)
{
	const struct km_pagetypeinfo *pagetypeinfo = km_machine_pagetypeinfo(machine, query->need);

	(void)err;
	*ret = (struct km_sheet){ .type = &km_pagetype_type };
	if (!km_machine_is_live(machine))
		km_machine_zoneinfo(machine, KM_OPTIONAL);
	if (pagetypeinfo)
		*ret = km_pagetype_derive(&machine->pool, pagetypeinfo, machine->host.page_bytes);
	return 0;
}

const struct km_report km_report_buddy = {
	.key = "buddy",
	.flags = KM_REPORT_FIGURES | KM_REPORT_OVER_TIME | KM_REPORT_RECORDED,
	.metrics = "largest_free_order,orders",
	.type = &km_buddy_type,
	.files = KM_NEEDS(KM_FILE_BUDDYINFO),
	.derive = derive_buddy,
};

const struct km_report km_report_types = {
	.key = "types",
	.flags = KM_REPORT_OVER_TIME,
	.type = &km_pagetype_type,
	.files = KM_NEEDS(KM_FILE_PAGETYPEINFO),
	.derive = derive_types,
};
