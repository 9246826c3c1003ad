// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"

const struct km_command km_command_module = {
	.name = "module",
	.brief = "whether the helper kernel module is there, and what brings it",
	.report = &km_report_module,
	.confined = true,
};
