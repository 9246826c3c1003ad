// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"

const struct km_command km_command_pages = {
	.name = "pages",
	.brief = "every page of the machine in exactly one class (helper module)",
	.report = &km_report_pages,
	.confined = true,
};
