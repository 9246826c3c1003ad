// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"

const struct km_command km_command_module = {
	.name = "module",
	.brief = "state of the helper kernel module, and how to load it",
	.examples = (const struct km_example[]){
		{ "kmeminfo module", "whether the module is loaded, and the command that loads it" },
		{ "kmeminfo module --json", "the same for scripts" },
		{ 0 }
	},
	.report = &km_report_module,
	.confined = true,
	.declines = KM_OPTIONS_OF_TABLE | KM_OPTION_TOP,
};
