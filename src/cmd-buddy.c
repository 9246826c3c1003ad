// SPDX-License-Identifier: GPL-2.0-or-later
#include "cmd.h"
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

static void add_types(struct km_report *report)
{
	struct km_snapshot *snapshot = &report->snapshot;
	const struct km_pagetypeinfo *pagetypeinfo = km_snapshot_pagetypeinfo(snapshot);

	if (pagetypeinfo)
		km_report_add_below(report, km_pagetype_type.name,
				    km_pagetype_derive(&snapshot->pool, pagetypeinfo,
						       snapshot->host.page_bytes));
}

static enum km_exit run(int argc, char **argv, struct km_options *options)
{
	const struct km_buddyinfo *buddyinfo;
	enum km_exit status = KM_EXIT_USAGE;
	struct input input = { 0 };
	struct km_report report;

	km_cmd_parse(&km_cmd_buddy, argc, argv, options, &input);
	options->view.spread_cell = input.spread_cell;
	/* indices are wide: with these columns they fit a terminal of 80 */
	if (input.spread_cell)
		options->view.usual = "node,zone,orders";
	if (!km_report_init(&report, options))
		return KM_EXIT_FAILED;
	buddyinfo = km_snapshot_buddyinfo(&report.snapshot);
	if (!buddyinfo || km_report_add(&report, km_buddy_type.name,
					km_buddy_derive(&report.snapshot.pool, buddyinfo,
							report.snapshot.host.page_bytes))) {
		if (input.types)
			add_types(&report);
		status = km_report_finish(&report);
	}
	km_report_deinit(&report);
	return status;
}

const struct km_command km_cmd_buddy = {
	.name = "buddy",
	.brief = "free blocks of each zone by order, and their fragmentation",
	.options = own_options,
	.choices = choices,
	.sheet = &km_buddy_type,
	.parse = parse,
	.run = run,
};
