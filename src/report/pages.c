// SPDX-License-Identifier: GPL-2.0-or-later
/* Every page of the machine in exactly one class, as the helper module counts them. */
#include "model/pageclass.h"
#include "report/report.h"

static int derive(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
		  struct km_err *err)
{
	const struct km_module_file *pages = km_machine_module(machine, KM_FILE_MODULE_PAGES, query->need);

	(void)err;
	*ret = (struct km_sheet){ .type = &km_pageclass_type };
	if (pages)
		*ret = km_pageclass_derive(&machine->pool, pages, machine->host.page_bytes);
	else if (query->need == KM_REQUIRED)
		km_machine_set_module_missing(machine, KM_FILE_MODULE_PAGES);
	return 0;
}

const struct km_report km_report_pages = {
	.key = "pages",
	.flags = KM_REPORT_OVER_TIME,
	.type = &km_pageclass_type,
	.files = KM_NEEDS(KM_FILE_MODULE_PAGES),
	.derive = derive,
};
