// SPDX-License-Identifier: GPL-2.0-or-later
#include "cmd.h"
#include "model/buddy.h"

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	(void)arg;
	if (key != ARGP_KEY_INIT)
		return ARGP_ERR_UNKNOWN;
	state->child_inputs[0] = state->child_inputs[1] = state->input;
	return 0;
}

static const struct argp argp = {
	.parser = parse_option,
	.doc = "Free blocks of each zone by order, and their fragmentation.",
	.children = km_cmd_children,
};

enum km_exit km_cmd_buddy(int argc, char **argv, struct km_options *options)
{
	const struct km_buddyinfo *buddyinfo;
	enum km_exit status = KM_EXIT_USAGE;
	struct km_report report;

	argp_parse(&argp, argc, argv, 0, NULL, options);
	if (!km_report_init(&report, options))
		return KM_EXIT_FAILED;
	buddyinfo = km_snapshot_buddyinfo(&report.snapshot);
	if (!buddyinfo || km_report_add(&report, km_buddy_type.name,
					km_buddy_derive(&report.snapshot.pool, buddyinfo,
							report.snapshot.host.page_bytes)))
		status = km_report_finish(&report);
	km_report_deinit(&report);
	return status;
}
