// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/nearest.h"
#include "cli/command.h"
#include "model/slab.h"

enum { OPT_NUMA = 512 };

struct input {
	bool numa;
	char **patterns;
	size_t len;
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
		input->patterns = state->argv + state->next;
		input->len = (size_t)(state->argc - state->next);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static void offer_names(struct km_nearest *nearest, const struct km_sheet *sheet,
			struct km_pool *pool)
{
	for (size_t i = 0; i < sheet->len; i++) {
		const struct km_slab *row = km_sheet_row(sheet, i);

		km_nearest_offer(nearest, km_pool_copy(pool, row->name).ptr);
		for (size_t j = 0; j < row->aliases.len; j++)
			km_nearest_offer(nearest, km_pool_copy(pool, row->aliases.items[j]).ptr);
	}
}

/* Says so when a pattern is no cache's. The names are offered before the rows are thinned out. */
static bool select_caches(struct km_sheet *sheet, const struct input *input, struct km_pool *pool)
{
	struct km_sheet all = *sheet;
	struct km_nearest nearest = { 0 };
	struct km_slab *rows = km_pool_alloc(pool, sheet->len, sizeof(*rows));
	const char *lost;

	if (!input->len || !sheet->len)
		return true;
	memcpy(rows, sheet->rows, sheet->len * sizeof(*rows));
	all.rows = rows;
	lost = km_slab_select(sheet, input->patterns, input->len);
	if (!lost)
		return true;
	nearest.word = km_str_from(lost);
	offer_names(&nearest, &all, pool);
	fprintf(stderr, "kmeminfo: no cache is called '%s'\n", lost);
	if (nearest.best)
		fprintf(stderr, "  did you mean '%s'?\n", nearest.best);
	return false;
}

/* What the columns need that options ask for. asked: also those that have to be named. */
static unsigned int needs_of(struct km_pool *pool, const struct km_view_options *options, bool asked)
{
	const struct km_sheet none = { &km_slab_type, NULL, 0, NULL };
	unsigned int needs = 0;
	struct km_view view;

	if (km_view_init(&view, pool, &none, options, NULL))
		return 0;
	for (size_t i = 0; i < view.fields_len; i++)
		if (asked || !(view.fields[i]->flags & KM_ON_DEMAND))
			needs |= km_slab_attributes(view.fields[i]);
	return view.sort ? needs | km_slab_attributes(view.sort) : needs;
}

/*
 * JSON shows every column, and of a running system has those that options name or that cost
 * little: of 140 caches reclaimable takes 0.8 ms, dma and rcu as much each, the others 1.3 ms. A
 * report with reclaimable costs 0.77 of slabtop -o on a quiet machine and 0.91 on a busy one, with
 * dma and rcu 0.93 and 1.08, with all 1.3 and 1.6 (medians of 150 to 400 in turn, 6.18).
 */
static unsigned int attributes_wanted(struct km_machine *machine,
				      const struct km_options *options)
{
	struct km_view_options view = options->view;
	unsigned int needs = needs_of(&machine->pool, &view, true);

	if (!options->json)
		return needs;
	view.all_columns = true;
	return needs |
	       needs_of(&machine->pool, &view, !km_source_info(machine->source)->live);
}

static enum km_exit run(int argc, char **argv, struct km_options *options)
{
	enum km_exit status = KM_EXIT_USAGE;
	struct input input = { 0 };
	struct km_report report;
	struct km_sheet sheet;
	struct km_pool *pool;
	unsigned int wanted;

	km_cmd_parse(&km_cmd_slab, argc, argv, options, &input);
	if (input.numa)
		options->view.usual = "name,slabs,size_bytes,nodes";
	if (!km_report_init(&report, options))
		return KM_EXIT_FAILED;
	pool = &report.machine.pool;
	wanted = attributes_wanted(&report.machine, options);
	sheet = km_slab_derive(pool, km_machine_slabinfo(&report.machine),
			       km_machine_slabdir(&report.machine, wanted),
			       km_machine_meminfo(&report.machine), report.machine.host.page_bytes);
	if (!select_caches(&sheet, &input, pool))
		status = KM_EXIT_FAILED;
	else if (km_report_add(&report, km_slab_type.name, sheet))
		status = km_report_finish(&report);
	km_report_deinit(&report);
	return status;
}

/* The names can be listed without root. */
static void operands(FILE *out)
{
	struct km_machine machine;
	const struct km_slabdir *slabdir;
	struct km_err err;

	if (km_machine_init(&machine, NULL, KM_UNKNOWN, &err))
		return;
	slabdir = km_machine_slabdir(&machine, 0);
	for (size_t i = 0; slabdir && i < slabdir->entries.len; i++) {
		const struct km_slabdir_entry *entry = &slabdir->entries.items[i];

		if (!km_slabdir_is_merged(entry->name))
			km_complete_put(out, entry->name.ptr, NULL);
	}
	km_machine_deinit(&machine);
}

const struct km_command km_cmd_slab = {
	.name = "slab",
	.brief = "slab caches: what they hold and what of that is used",
	.args = "[PATTERN...]",
	.doc = "PATTERN is a shell pattern for names of caches or of those merged into them.",
	.options = own_options,
	.operands = operands,
	.sheet = &km_slab_type,
	.parse = parse,
	.run = run,
};
