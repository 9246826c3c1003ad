// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"
#include "report/options.h"

enum { OPT_NUMA = 512 };

struct input {
	struct km_slab_options slab; /* must be first: the report receives it */
	bool numa;
};

static const struct argp_option own_options[] = {
	{ "numa", OPT_NUMA, NULL, 0, "split each cache by node", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;

	(void)arg;
	switch (key) {
	case OPT_NUMA:
		input->numa = true;
		return 0;
	case ARGP_KEY_ARGS:
		input->slab.patterns = state->argv + state->next;
		input->slab.len = (size_t)(state->argc - state->next);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static void adapt(const void *input, struct km_options *options)
{
	if (((const struct input *)input)->numa)
		options->view.usual = "name,slabs,size_bytes,nodes";
}

/* The names can be listed without root. */
static void operands(FILE *out)
{
	struct km_machine machine;
	const struct km_slabdir *slabdir;
	struct km_err err;

	if (km_machine_init(&machine, NULL, KM_UNKNOWN, &err))
		return;
	slabdir = km_machine_slabdir(&machine, 0, KM_OPTIONAL);
	for (size_t i = 0; slabdir && i < slabdir->entries.len; i++) {
		const struct km_slabdir_entry *entry = &slabdir->entries.items[i];

		if (!km_slabdir_is_merged(entry->name))
			km_complete_put(out, entry->name.ptr, NULL);
	}
	km_machine_deinit(&machine);
}

const struct km_command km_command_slab = {
	.name = "slab",
	.brief = "slab caches: their memory, and how much of it is used",
	.examples = (const struct km_example[]){
		{ "sudo kmeminfo slab --top 5", "the five largest caches" },
		{ "sudo kmeminfo slab 'kmalloc-*' --sort idle_bytes", "the kmalloc caches with the most unused memory" },
		{ "sudo kmeminfo slab --where 'use% < 50% and size > 64K'", "caches that use less than half of their memory" },
		{ 0 }
	},
	.args = "[PATTERN...]",
	.doc = "PATTERN is a shell pattern for names of caches or of those merged into them.",
	.options = own_options,
	.operands = operands,
	.report = &km_report_slab,
	.parse = parse,
	.input_size = sizeof(struct input),
	.adapt = adapt,
	.confined = true,
	.watched = true,
};
