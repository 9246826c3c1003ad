// SPDX-License-Identifier: GPL-2.0-or-later
#include "cmd.h"
#include "model/flags.h"

static enum km_exit run(int argc, char **argv, struct km_options *options)
{
	enum km_exit status = KM_EXIT_USAGE;
	const struct km_modfile *gfp;
	struct km_sheet sheet = { .type = &km_flags_type };
	struct km_report report;

	km_cmd_parse(&km_cmd_gfp, argc, argv, options, NULL);
	if (!km_report_init(&report, options))
		return KM_EXIT_FAILED;
	gfp = km_snapshot_module(&report.snapshot, KM_FILE_MODULE_GFP);
	if (gfp)
		sheet = km_flags_derive(&report.snapshot.pool, gfp);
	else
		km_report_need_module(&report, KM_FILE_MODULE_GFP);
	if (km_report_add(&report, km_flags_type.name, sheet))
		status = km_report_finish(&report);
	km_report_deinit(&report);
	return status;
}

const struct km_command km_cmd_gfp = {
	.name = "gfp",
	.brief = "GFP flags as compiled into the kernel at hand (helper module)",
	.sheet = &km_flags_type,
	.run = run,
};
