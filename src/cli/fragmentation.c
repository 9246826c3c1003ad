// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"
#include "model/fragmentation.h"
#include "model/memory-range.h"

enum { OPT_RANGES = 512, OPT_MEMORY_BLOCKS, OPT_BLOCKS };

typedef struct km_sheet derive_fn(struct km_pool *pool, const struct km_module_blocks *file);

/* What the report is about: zones, or places in one of three sizes. */
static const struct view {
	int option; /* 0: none */
	const struct km_sheet_type *type;
	derive_fn *derive;
} views[] = {
	{ 0, &km_fragmentation_type, km_fragmentation_derive },
	{ OPT_RANGES, &km_memory_range_type, km_memory_range_derive },
	{ OPT_MEMORY_BLOCKS, &km_memory_block_type, km_memory_block_derive },
	{ OPT_BLOCKS, &km_block_type, km_block_derive },
};

struct input {
	const struct view *view;
};

static const struct argp_option own_options[] = {
	{ "ranges", OPT_RANGES, NULL, 0, "show a map of the memory, 1 GiB a row", 0 },
	{ "memory-blocks", OPT_MEMORY_BLOCKS, NULL, 0,
	  "show for each memory block what hinders taking it offline", 0 },
	{ "blocks", OPT_BLOCKS, NULL, 0, "show every page block", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;

	(void)arg;
	for (size_t i = 1; i < sizeof(views) / sizeof(*views); i++)
		if (views[i].option == key) {
			input->view = &views[i];
			return 0;
		}
	return ARGP_ERR_UNKNOWN;
}

static const struct km_sheet_type *sheet_of(const void *input)
{
	return ((const struct input *)input)->view->type;
}

/* What the kernel's own files tell; the walk of its free lists is short beside one of all pages. */
static struct km_sheet derive_without_module(struct km_machine *machine)
{
	const struct km_buddyinfo *buddyinfo = km_machine_buddyinfo(machine);
	const struct km_pagetypeinfo *pagetypeinfo = km_machine_pagetypeinfo(machine);

	return km_fragmentation_derive_free(&machine->pool, buddyinfo, pagetypeinfo,
					    machine->host.page_bytes);
}

static bool add_sheets(struct km_report *report, const struct input *input)
{
	struct km_machine *machine = &report->machine;
	const struct km_module_blocks *file = km_machine_module_blocks(machine);
	struct km_sheet sheet = { .type = input->view->type };

	if (file)
		sheet = input->view->derive(&machine->pool, file);
	else
		km_report_need_module(report, KM_FILE_MODULE_BLOCKS);
	if (!file && !input->view->option)
		sheet = derive_without_module(machine);
	if (!km_report_add(report, input->view->type->name, sheet))
		return false;
	if (file && !input->view->option && !km_options_one_table(report->options))
		km_report_add_below(report, km_hindrance_type.name,
				    km_hindrance_derive(&machine->pool, file));
	return true;
}

static enum km_exit run(int argc, char **argv, struct km_options *options)
{
	enum km_exit status = KM_EXIT_USAGE;
	struct input input = { .view = views };
	struct km_report report;

	km_cmd_parse(&km_cmd_fragmentation, argc, argv, options, &input);
	if (!km_report_init(&report, options))
		return KM_EXIT_FAILED;
	if (add_sheets(&report, &input))
		status = km_report_finish(&report);
	km_report_deinit(&report);
	return status;
}

const struct km_command km_cmd_fragmentation = {
	.name = "fragmentation",
	.brief = "what stands between memory and free huge pages, and where (helper module)",
	.options = own_options,
	.doc = "The helper module looks at every page: up to a few seconds for each TiB. Without the module only "
	       "the page blocks that are free are known.",
	.sheet = &km_fragmentation_type,
	.sheet_of = sheet_of,
	.parse = parse,
	.run = run,
};
