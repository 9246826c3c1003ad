// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/report-parts.h"
#include "report/summary.h"

/* First the parts of the summary, then other reports. The reports of a group are adjacent. */
static const struct km_report *const of_summary[] = {
	&km_report_findings, &km_report_account, &km_report_largest_commands,
};
static const struct km_report *const of_machine[] = {
	&km_report_pressure, &km_report_zones, &km_report_nodes, &km_report_buddy, &km_report_slab, &km_report_vmalloc,
};
/* The helper module reports more about these than the kernel's own files do. */
static const struct km_report *const of_blocks[] = { &km_report_fragmentation, &km_report_ranges };

static void add_report(struct km_session *session, const struct km_report *report, const void *options)
{
	const struct km_query query = {
		.need = KM_OPTIONAL,
		.extras = km_report_extras(report, &session->machine, &session->options->view,
					   km_format_is_data(session->options->format)),
		.options = options,
	};
	struct km_sheet sheet;

	if (!report->derive(&session->machine, &query, &sheet, NULL))
		km_session_add_part_sheet(session, report, sheet, options);
}

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

void km_report_add_machine(struct km_session *session, bool walk)
{
	struct km_summary *summary = km_pool_alloc(&session->machine.pool, 1, sizeof(*summary));

	km_summary_derive(&session->machine, KM_REQUIRED, walk ? KM_SUMMARY_PAGES : 0, summary);
	add_report(session, &km_report_overview, summary);
	add_report(session, &km_report_assessment, summary);
	session->document.group = "summary";
	for (size_t i = 0; i < COUNT(of_summary); i++)
		add_report(session, of_summary[i], summary);
	session->document.group = NULL;
	for (size_t i = 0; i < COUNT(of_machine); i++)
		add_report(session, of_machine[i], NULL);
	if (!walk && km_machine_is_live(&session->machine))
		return;
	for (size_t i = 0; i < COUNT(of_blocks) && km_machine_module_blocks(&session->machine, KM_OPTIONAL); i++)
		add_report(session, of_blocks[i], NULL);
	if (km_machine_module(&session->machine, KM_FILE_MODULE_PAGES, KM_OPTIONAL))
		add_report(session, &km_report_pages, NULL);
}
