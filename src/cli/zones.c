// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"
#include "model/node.h"
#include "model/zone.h"

enum { OPT_ALL = 512 };

static const struct argp_option own_options[] = {
	{ "all", OPT_ALL, NULL, 0, "unpopulated zones too, and every counter of the file", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	bool *all = state->input;

	(void)arg;
	if (key != OPT_ALL)
		return ARGP_ERR_UNKNOWN;
	*all = true;
	return 0;
}

static void add_below(struct km_report *report, const struct km_zoneinfo *zoneinfo, bool all)
{
	struct km_machine *machine = &report->machine;

	if (km_options_one_table(report->options))
		return;
	km_report_add_below(report, km_node_type.name,
			    km_node_derive(&machine->pool, zoneinfo, machine->host.page_bytes));
	/* in JSON the rows of zones and nodes have them */
	if (all && !report->options->json)
		km_report_add_below(report, NULL, km_counter_derive(&machine->pool, zoneinfo));
}

static enum km_exit run(int argc, char **argv, struct km_options *options)
{
	const struct km_zoneinfo *zoneinfo;
	enum km_exit status = KM_EXIT_USAGE;
	struct km_report report;
	struct km_sheet zones;
	bool all = false;

	km_cmd_parse(&km_cmd_zones, argc, argv, options, &all);
	if (!km_report_init(&report, options))
		return KM_EXIT_FAILED;
	zoneinfo = km_machine_zoneinfo(&report.machine);
	zones = km_zone_derive(&report.machine.pool, zoneinfo, report.machine.host.page_bytes, all);
	if (km_report_add(&report, km_zone_type.name, zones)) {
		add_below(&report, zoneinfo, all);
		status = km_report_finish(&report);
	}
	km_report_deinit(&report);
	return status;
}

const struct km_command km_cmd_zones = {
	.name = "zones",
	.brief = "zones and nodes of memory: size, free, marks, state",
	.doc = "`kmeminfo explain state` tells what the states mean. --columns, --sort and --top "
	       "are for the zones; with a list of columns, only these are shown.",
	.options = own_options,
	.sheet = &km_zone_type,
	.parse = parse,
	.run = run,
};
