// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"

const struct km_command km_command_pressure = {
	.name = "pressure",
	.brief = "how long tasks waited for memory",
	.doc = "Needs a kernel with CONFIG_PSI.",
	.report = &km_report_pressure,
	.confined = true,
};
