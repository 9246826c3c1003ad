// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"

const struct km_command km_command_pages = {
	.name = "pages",
	.brief = "every page of the machine in exactly one class (helper module)",
	.examples = (const struct km_example[]){
		{ "sudo kmeminfo pages", "every page of this machine by class" },
		{ "sudo kmeminfo pages -o class,size,zones", "the same by node and zone" },
		{ "kmeminfo pages --from mymachine", "the same from a capture that a machine with the module wrote" },
		{ 0 }
	},
	.report = &km_report_pages,
	.confined = true,
	.watched = true,
};
