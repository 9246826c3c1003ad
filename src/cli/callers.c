// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"
#include "report/options.h"

enum { OPT_EACH_PAGE = 512 };

static const struct argp_option own_options[] = {
	{ "each-page", OPT_EACH_PAGE, NULL, 0,
	  "before 6.9: read page_owner, which has a record for each block of pages", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct km_callers_options *options = state->input;

	(void)arg;
	if (key != OPT_EACH_PAGE)
		return ARGP_ERR_UNKNOWN;
	options->each_page = true;
	return 0;
}

const struct km_command km_command_callers = {
	.name = "callers",
	.brief = "code of the kernel that holds memory, where the kernel remembers it",
	.examples = (const struct km_example[]){
		{ "sudo kmeminfo callers --top 20", "the twenty places in the code that hold most memory" },
		{ "kmeminfo callers --sort allocations:desc", "the places with most allocations first" },
		{ 0 }
	},
	.doc = "Reads /proc/allocinfo (6.10+), page_owner and alloc_traces of debugfs, if they are there. Most "
	       "kernels have none of them: `kmeminfo explain unaccounted` says how to switch each on, and what it "
	       "costs. kmeminfo never switches one on.",
	.options = own_options,
	.report = &km_report_callers,
	.parse = parse,
	.input_size = sizeof(struct km_callers_options),
	.confined = true,
	.watched = true,
};
