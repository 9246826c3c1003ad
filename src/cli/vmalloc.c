// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"
#include "report/options.h"

enum { OPT_BY = 512, OPT_AREAS };

/* Indexed by enum km_vmalloc_by. --areas is the number after them. */
static const char *const by_words[] = { "caller", "kind", "module", "node", NULL };

static const struct km_choice choices[] = {
	{ "by", by_words },
	{ 0 }
};

/* The columns that make sense for each grouping. */
static const char *const columns[] = {
	[KM_VMALLOC_BY_CALLER] = NULL, /* the default ones */
	[KM_VMALLOC_BY_KIND] = "kind,areas,memory_bytes,virtual_bytes,device_bytes,lazy_bytes,"
			       "guard_bytes,largest_bytes",
	[KM_VMALLOC_BY_MODULE] = "module,areas,memory_bytes,virtual_bytes,device_bytes,guard_bytes,"
				 "largest_bytes",
	[KM_VMALLOC_BY_NODE] = "node,areas,memory_bytes,virtual_bytes,device_bytes,lazy_bytes,"
			       "largest_bytes",
	[KM_VMALLOC_BY_AREA] = "start,virtual_bytes,memory_bytes,kind,caller,module,flags,phys",
};

static const struct argp_option own_options[] = {
	{ "by", OPT_BY, "WHAT", 0, "one row per caller (default), kind, module or node", 0 },
	{ "areas", OPT_AREAS, NULL, 0, "one row per area", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct km_vmalloc_options *input = state->input;

	switch (key) {
	case OPT_AREAS:
		input->by = KM_VMALLOC_BY_AREA;
		return 0;
	case OPT_BY:
		input->by = (enum km_vmalloc_by)km_choice_take(choices, arg, state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static void adapt(const void *input, struct km_options *options)
{
	options->view.usual = columns[((const struct km_vmalloc_options *)input)->by];
}

const struct km_command km_command_vmalloc = {
	.name = "vmalloc",
	.brief = "areas of the vmalloc range: their users, and the memory that they hold",
	.examples = (const struct km_example[]){
		{ "sudo kmeminfo vmalloc --by kind", "the vmalloc range by what it is used for" },
		{ "sudo kmeminfo vmalloc --areas --sort memory_bytes --top 5", "the five largest areas" },
		{ 0 }
	},
	.doc = "`kmeminfo explain kind` explains the kinds of areas. If both --by and --areas are "
	       "given, the last one counts.",
	.options = own_options,
	.report = &km_report_vmalloc,
	.parse = parse,
	.choices = choices,
	.input_size = sizeof(struct km_vmalloc_options),
	.adapt = adapt,
	.confined = true,
	.watched = true,
};
