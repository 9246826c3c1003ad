// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"
#include "model/buddy.h"
#include "model/pagetype.h"

enum { OPT_INDEX = 512, OPT_TYPES };

struct input {
	const char *spread_cell;
	bool types;
};

static const char *const index_words[] = { "unusable", "fragmentation", NULL };
static const char *const index_keys[] = { "unusable_ratio", "fragmentation_index" };

static const struct km_choice choices[] = {
	{ "index", index_words },
	{ 0 }
};

static const struct argp_option own_options[] = {
	{ "index", OPT_INDEX, "WHICH", 0,
	  "show the unusable or the fragmentation index of each order instead of its blocks", 0 },
	{ "types", OPT_TYPES, NULL, 0,
	  "add the free blocks by migrate type, which the kernel counts under a lock", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;

	switch (key) {
	case OPT_INDEX:
		input->spread_cell = index_keys[km_choice_take(choices, arg, state)];
		return 0;
	case OPT_TYPES:
		input->types = true;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* With --types the other options are about the types. */
static const struct km_sheet_type *sheet_of(const void *input)
{
	return ((const struct input *)input)->types ? &km_pagetype_type : &km_buddy_type;
}

/* Without the file there is no sheet, and the report says why. */
static bool add_zones(struct km_report *report, const struct input *input, const char *usual)
{
	struct km_machine *machine = &report->machine;
	const struct km_buddyinfo *buddyinfo;
	struct km_sheet sheet;

	if (input->types && km_options_one_table(report->options))
		return true;
	buddyinfo = km_machine_buddyinfo(machine);
	if (!buddyinfo)
		return true;
	sheet = km_buddy_derive(&machine->pool, buddyinfo, machine->host.page_bytes);
	if (!input->types)
		return km_report_add(report, km_buddy_type.name, sheet);
	km_report_add_part(report, km_buddy_type.name, KM_SHAPE_SHEET, sheet, usual, KM_UNKNOWN)
		->view.spread_cell = input->spread_cell;
	return true;
}

static bool add_types(struct km_report *report)
{
	struct km_machine *machine = &report->machine;
	const struct km_pagetypeinfo *pagetypeinfo = km_machine_pagetypeinfo(machine);

	return !pagetypeinfo ||
	       km_report_add(report, km_pagetype_type.name,
			     km_pagetype_derive(&machine->pool, pagetypeinfo, machine->host.page_bytes));
}

static enum km_exit run(int argc, char **argv, struct km_options *options)
{
	enum km_exit status = KM_EXIT_USAGE;
	struct input input = { 0 };
	struct km_report report;
	const char *usual;

	km_cmd_parse(&km_cmd_buddy, argc, argv, options, &input);
	/* indices are wide: with these columns they fit a terminal of 80 */
	usual = input.spread_cell ? "node,zone,orders" : NULL;
	if (!input.types) {
		options->view.spread_cell = input.spread_cell;
		options->view.usual = usual;
	}
	if (!km_report_init(&report, options))
		return KM_EXIT_FAILED;
	if (add_zones(&report, &input, usual) && (!input.types || add_types(&report)))
		status = km_report_finish(&report);
	km_report_deinit(&report);
	return status;
}

const struct km_command km_cmd_buddy = {
	.name = "buddy",
	.brief = "free blocks of each zone by order, and their fragmentation",
	.options = own_options,
	.choices = choices,
	.doc = "With --types the options --columns, --sort and --top are for the rows by type; with a list "
	       "of columns, or without headings, only these are shown.",
	.sheet = &km_buddy_type,
	.sheet_of = sheet_of,
	.parse = parse,
	.run = run,
};
