// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"
#include "report/options.h"
enum { OPT_RANGES = 512, OPT_MEMORY_BLOCKS, OPT_BLOCKS, OPT_TYPES };

/* The report: zones, or places in one of three sizes. */
static const struct view {
	int option; /* 0: none */
	const struct km_report *report;
} views[] = {
	{ 0, &km_report_fragmentation },
	{ OPT_RANGES, &km_report_ranges },
	{ OPT_MEMORY_BLOCKS, &km_report_memory_blocks },
	{ OPT_BLOCKS, &km_report_blocks },
};

struct input {
	struct km_fragmentation_options fragmentation; /* must be first: the report receives it */
	const struct view *view;
};

static const struct input usual = { .view = views };

static const struct argp_option own_options[] = {
	{ "ranges", OPT_RANGES, NULL, 0, "show a map of the memory, 1 GiB per row", 0 },
	{ "memory-blocks", OPT_MEMORY_BLOCKS, NULL, 0,
	  "show for each memory block what hinders taking it offline", 0 },
	{ "types", OPT_TYPES, NULL, 0,
	  "without the module: read the blocks by migrate type; the kernel counts them under a lock", 0 },
	{ "blocks", OPT_BLOCKS, NULL, 0, "show every pageblock", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;

	(void)arg;
	if (key == OPT_TYPES) {
		input->fragmentation.types = true;
		return 0;
	}
	for (size_t i = 1; i < sizeof(views) / sizeof(*views); i++)
		if (views[i].option == key) {
			input->view = &views[i];
			return 0;
		}
	return ARGP_ERR_UNKNOWN;
}

static const struct km_report *report_of(const void *input)
{
	return ((const struct input *)input)->view->report;
}

static enum km_exit add(struct km_session *session, const void *input)
{
	const struct km_report *report = report_of(input);
	enum km_exit status = km_session_add(session, report, input);

	if (!status && report == &km_report_fragmentation && !km_options_one_table(session->options) &&
	    km_machine_module_blocks(&session->machine, KM_OPTIONAL))
		km_session_add_part(session, &km_report_hindrances, NULL);
	return status;
}

const struct km_command km_command_fragmentation = {
	.name = "fragmentation",
	.brief = "what prevents free huge pages, and where (helper module)",
	.examples = (const struct km_example[]){
		{ "kmeminfo fragmentation", "what prevents free huge pages, by zone" },
		{ "sudo kmeminfo fragmentation --types", "without the module: add the free blocks by migrate type" },
		{ 0 }
	},
	.options = own_options,
	.doc = "The helper module reads every page, which takes up to a few seconds per TiB. Without the "
	       "module only the free pageblocks are known.",
	.report = &km_report_fragmentation,
	.report_of = report_of,
	.parse = parse,
	.input = &usual,
	.input_size = sizeof(struct input),
	.add = add,
	.confined = true,
	.watched = true,
};
