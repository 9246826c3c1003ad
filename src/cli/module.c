// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"

const struct km_command km_command_module = {
	.name = "module",
	.brief = "state of the helper kernel module, and how to load it",
	.report = &km_report_module,
	.confined = true,
};
