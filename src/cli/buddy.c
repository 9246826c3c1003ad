// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"

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
	  "add the free blocks by migrate type; the kernel counts them under a lock", 0 },
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

/* indices are wide: with these columns they fit a terminal of 80 columns */
static const char *usual_of(const struct input *input)
{
	return input->spread_cell ? "node,zone,orders" : NULL;
}

/* With --types the other options apply to the rows by type. */
static const struct km_report *report_of(const void *input)
{
	return ((const struct input *)input)->types ? &km_report_types : &km_report_buddy;
}

static void adapt(const void *input, struct km_options *options)
{
	const struct input *own = input;

	if (own->types)
		return;
	options->view.spread_cell = own->spread_cell;
	options->view.usual = usual_of(own);
}

/* Adds the zones above the types. If a file cannot be read, its table is missing, and the report says why. */
static void add_zones(struct km_session *session, const struct input *input)
{
	const struct km_view_options view = {
		.all_columns = km_format_is_data(session->options->format),
		.usual = usual_of(input),
		.top = KM_UNKNOWN,
		.spread_cell = input->spread_cell,
	};
	struct km_sheet zones = km_report_derive(&km_report_buddy, &session->machine, KM_REQUIRED);

	if (km_machine_buddyinfo(&session->machine, KM_OPTIONAL))
		km_document_add(&session->document, km_report_buddy.key, KM_SHAPE_SHEET, zones, &view, NULL);
}

static bool is_read(struct km_session *session, const struct input *input)
{
	return input->types ? km_machine_pagetypeinfo(&session->machine, KM_OPTIONAL) != NULL :
			      km_machine_buddyinfo(&session->machine, KM_OPTIONAL) != NULL;
}

static enum km_exit add(struct km_session *session, const void *input)
{
	const struct input *own = input;
	const struct km_report *report = report_of(input);
	struct km_sheet sheet;

	if (own->types && !km_options_one_table(session->options))
		add_zones(session, own);
	sheet = km_report_derive(report, &session->machine, KM_REQUIRED);
	return is_read(session, own) ? km_session_add_sheet(session, report, sheet, NULL) : KM_EXIT_COMPLETE;
}

const struct km_command km_command_buddy = {
	.name = "buddy",
	.brief = "free blocks of each zone by order, and their fragmentation",
	.examples = (const struct km_example[]){
		{ "kmeminfo buddy", "free blocks of each zone by order" },
		{ "kmeminfo buddy --index fragmentation", "why a request of each order would fail" },
		{ 0 }
	},
	.options = own_options,
	.choices = choices,
	.doc = "With --types the options --columns, --sort and --top apply to the rows by type; "
	       "with a list of columns, or without headings, only these rows are shown.",
	.report = &km_report_buddy,
	.report_of = report_of,
	.parse = parse,
	.input_size = sizeof(struct input),
	.adapt = adapt,
	.add = add,
	.confined = true,
	.watched = true,
};
