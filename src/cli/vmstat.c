// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"

static const struct km_example examples[] = {
	{ "kmeminfo vmstat", "every counter of /proc/vmstat, with its unit and its topic" },
	{ "kmeminfo vmstat --format=raw -o name,value", "two columns for awk" },
	{ 0 }
};

const struct km_command km_command_vmstat = {
	.name = "vmstat",
	.brief = "every counter of /proc/vmstat, with its unit and its topic",
	.doc = "Amounts stand for this moment, events count since boot.",
	.examples = examples,
	.report = &km_report_vmstat,
	.confined = true,
	.watched = true,
};
