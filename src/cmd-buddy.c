// SPDX-License-Identifier: GPL-2.0-or-later
#include "cmd.h"
#include "model/buddy.h"

static enum km_exit run(int argc, char **argv, struct km_options *options)
{
	const struct km_buddyinfo *buddyinfo;
	enum km_exit status = KM_EXIT_USAGE;
	struct km_report report;

	km_cmd_parse(&km_cmd_buddy, argc, argv, options, NULL);
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

const struct km_command km_cmd_buddy = {
	.name = "buddy",
	.brief = "free blocks of each zone by order, and their fragmentation",
	.sheet = &km_buddy_type,
	.run = run,
};
