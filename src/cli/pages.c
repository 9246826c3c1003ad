// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"
#include "model/pageclass.h"

static enum km_exit run(int argc, char **argv, struct km_options *options)
{
	enum km_exit status = KM_EXIT_USAGE;
	const struct km_module_file *pages;
	struct km_sheet sheet = { .type = &km_pageclass_type };
	struct km_report report;

	km_cmd_parse(&km_cmd_pages, argc, argv, options, NULL);
	if (!km_report_init(&report, options))
		return KM_EXIT_FAILED;
	pages = km_machine_module(&report.machine, KM_FILE_MODULE_PAGES);
	if (pages)
		sheet = km_pageclass_derive(&report.machine.pool, pages,
					    report.machine.host.page_bytes);
	else
		km_report_need_module(&report, KM_FILE_MODULE_PAGES);
	if (km_report_add(&report, km_pageclass_type.name, sheet))
		status = km_report_finish(&report);
	km_report_deinit(&report);
	return status;
}

const struct km_command km_cmd_pages = {
	.name = "pages",
	.brief = "every page of the machine in exactly one class (helper module)",
	.sheet = &km_pageclass_type,
	.run = run,
};
