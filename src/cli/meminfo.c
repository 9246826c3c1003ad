// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"

static const struct km_example examples[] = {
	{ "kmeminfo meminfo", "every line of /proc/meminfo, with the topic that explains it" },
	{ "kmeminfo meminfo --sort bytes --top 10 -o +brief", "the largest lines, and what they are about" },
	{ 0 }
};

const struct km_command km_command_meminfo = {
	.name = "meminfo",
	.brief = "every line of /proc/meminfo, with its unit and its topic",
	.doc = "Some lines contain others; `kmeminfo summary` sorts that out.",
	.examples = examples,
	.report = &km_report_meminfo,
	.confined = true,
	.watched = true,
};
