// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/recorded.h"
#include "report/summary.h"

/* The text of a file without its line end, owned by the source; .ptr NULL: unknown. */
static struct km_str read_line(struct km_machine *machine, const char *path)
{
	struct km_str text, line;

	if (km_source_read(machine->source, path, &text, NULL) || !km_str_take_line(&text, &line))
		return (struct km_str){ 0 };
	return line;
}

/* The parts of the summary share one summary, which is derived once and reports missing files. */
static struct km_sheet derive(struct km_machine *machine, const struct km_report *report,
			      const struct km_summary *summary, bool requested)
{
	const struct km_query query = { .need = requested ? KM_REQUIRED : KM_OPTIONAL, .extras = report->extras ? 0 : KM_FIGURES_ONLY,
					.options = report->group ? summary : NULL };
	struct km_sheet sheet;

	if (report->derive(machine, &query, &sheet, NULL))
		return (struct km_sheet){ .type = report->type };
	return sheet;
}

int km_record_sample(struct km_recorder *recorder, struct km_machine *machine, const struct km_clock *clock,
		     bool commands, const bool also[static KM_REPORT_COUNT], bool whole, struct km_err *err)
{
	const struct km_recorded_boot boot = {
		.boot_id = read_line(machine, "proc/sys/kernel/random/boot_id"),
		.release = machine->host.release,
		.machine = machine->host.machine,
		.page_bytes = machine->host.page_bytes,
	};
	struct km_recorded_sheet sheets[KM_REPORT_COUNT];
	struct km_summary summary;
	size_t len = 0;
	int r;

	if (!commands)
		machine->asked_processes = true;
	km_summary_derive(machine, KM_REQUIRED, false, &summary);
	for (size_t i = 0; km_reports[i]; i++)
		if (km_reports[i]->flags & KM_REPORT_RECORDED || also[i])
			sheets[len++] = (struct km_recorded_sheet){ km_reports[i]->type->name,
								    derive(machine, km_reports[i], &summary, also[i]) };
	r = km_source_check(machine->source, err);
	return r ? r : km_recorder_sample(recorder, clock, &boot, sheets, len, whole, err);
}
