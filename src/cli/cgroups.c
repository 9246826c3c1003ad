// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"

static const struct km_example examples[] = {
	{ "kmeminfo cgroups --top 10", "the cgroups with most kernel memory" },
	{ "kmeminfo cgroups --sort slab_bytes -o cgroup,slab_bytes", "which cgroup has most slab memory" },
	{ 0 }
};

const struct km_command km_command_cgroups = {
	.name = "cgroups",
	.brief = "kernel memory of each memory cgroup",
	.doc = "Reads three files for each cgroup. A cgroup's figures contain those of the cgroups below it.",
	.examples = examples,
	.report = &km_report_cgroups,
	.confined = true,
	.watched = true,
};
