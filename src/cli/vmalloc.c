// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"
#include "model/vmalloc.h"

enum { OPT_BY = 512, OPT_AREAS };

/* As enum km_vmalloc_by counts; --areas asks for the one behind them. */
static const char *const by_words[] = { "caller", "kind", "module", "node", NULL };

static const struct km_choice choices[] = {
	{ "by", by_words },
	{ 0 }
};

/* What means something in each of the groupings. */
static const char *const columns[] = {
	[KM_VMALLOC_BY_CALLER] = NULL, /* those of the field table */
	[KM_VMALLOC_BY_KIND] = "kind,areas,memory_bytes,virtual_bytes,device_bytes,lazy_bytes,"
			       "guard_bytes,largest_bytes",
	[KM_VMALLOC_BY_MODULE] = "module,areas,memory_bytes,virtual_bytes,device_bytes,guard_bytes,"
				 "largest_bytes",
	[KM_VMALLOC_BY_NODE] = "node,areas,memory_bytes,virtual_bytes,device_bytes,lazy_bytes,"
			       "largest_bytes",
	[KM_VMALLOC_BY_AREA] = "start,virtual_bytes,memory_bytes,kind,caller,module,flags,phys",
};

static const struct argp_option own_options[] = {
	{ "by", OPT_BY, "WHAT", 0, "a row for each caller (the default), kind, module or node", 0 },
	{ "areas", OPT_AREAS, NULL, 0, "a row for each area", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	enum km_vmalloc_by *by = state->input;

	switch (key) {
	case OPT_AREAS:
		*by = KM_VMALLOC_BY_AREA;
		return 0;
	case OPT_BY:
		*by = (enum km_vmalloc_by)km_choice_take(choices, arg, state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

struct areas {
	struct km_machine *machine;
	KM_ARRAY(struct km_vmalloc) rows;
};

/* What is handed on holds for this call alone. */
static void keep_area(void *data, const struct km_vmallocinfo_area *area,
		      const struct km_vmalloc_found *found)
{
	struct areas *areas = data;
	struct km_pool *pool = &areas->machine->pool;
	struct km_pair *pairs = km_pool_alloc(pool, area->nodes_len, sizeof(*pairs));
	struct km_vmalloc *row = km_array_push(&areas->rows);
	struct km_str *texts[] = { &row->caller, &row->module, &row->start, &row->end, &row->phys,
				   &row->flags };

	*row = km_vmalloc_area(&areas->machine->vmalloc, area, found, pairs);
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (texts[i]->ptr)
			*texts[i] = km_pool_copy(pool, *texts[i]);
}

static struct km_sheet derive(struct km_machine *machine, enum km_vmalloc_by by)
{
	struct areas areas = { .machine = machine };
	const struct km_vmalloc_taker taker = { keep_area, &areas };
	const struct km_vmalloc_tally *tally =
		km_machine_vmalloc_areas(machine, by == KM_VMALLOC_BY_AREA ? &taker : NULL);
	const struct km_meminfo *meminfo = km_machine_meminfo(machine);
	struct km_sheet sheet = km_vmalloc_derive(&machine->pool, tally,
						  km_meminfo_bytes(meminfo, KM_STR("VmallocUsed")), by);

	if (tally && by == KM_VMALLOC_BY_AREA) {
		struct km_vmalloc *rows = km_pool_alloc(&machine->pool, areas.rows.len, sizeof(*rows));

		if (areas.rows.len)
			memcpy(rows, areas.rows.items, areas.rows.len * sizeof(*rows));
		sheet.rows = rows;
		sheet.len = areas.rows.len;
	}
	km_array_deinit(&areas.rows);
	return sheet;
}

static enum km_exit run(int argc, char **argv, struct km_options *options)
{
	enum km_vmalloc_by by = KM_VMALLOC_BY_CALLER;
	enum km_exit status = KM_EXIT_USAGE;
	struct km_report report;

	km_cmd_parse(&km_cmd_vmalloc, argc, argv, options, &by);
	options->view.usual = columns[by];
	if (!km_report_init(&report, options))
		return KM_EXIT_FAILED;
	if (km_report_add(&report, km_vmalloc_type.name, derive(&report.machine, by)))
		status = km_report_finish(&report);
	km_report_deinit(&report);
	return status;
}

const struct km_command km_cmd_vmalloc = {
	.name = "vmalloc",
	.brief = "areas of the vmalloc range: who uses it, and how much memory it holds",
	.doc = "`kmeminfo explain kind` tells what areas can be for. Of --by and --areas the last "
	       "one counts.",
	.options = own_options,
	.sheet = &km_vmalloc_type,
	.parse = parse,
	.choices = choices,
	.run = run,
};
