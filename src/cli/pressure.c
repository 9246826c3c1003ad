// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"

static const struct km_example examples[] = {
	{ "kmeminfo pressure", "how long tasks waited for memory in the last 10, 60 and 300 seconds" },
	{ "kmeminfo pressure --json", "the same for a script; stall_us counts since boot" },
	{ 0 }
};

const struct km_command km_command_pressure = {
	.name = "pressure",
	.brief = "how long tasks waited for memory",
	.doc = "Needs a kernel with CONFIG_PSI.",
	.examples = examples,
	.report = &km_report_pressure,
	.confined = true,
	.watched = true,
};
