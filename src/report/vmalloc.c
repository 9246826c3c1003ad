// SPDX-License-Identifier: GPL-2.0-or-later
/* The areas of the vmalloc range. */
#include "model/account-reported.h"
#include "model/vmalloc.h"
#include "parse/version.h"
#include "report/options.h"
#include "report/report.h"

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

/* Each area as a row; of the tally only the totals are taken. */
static void derive_areas(struct km_machine *machine, enum km_need need, struct km_sheet *sheet)
{
	struct areas areas = { .machine = machine };
	const struct km_vmalloc_taker taker = { keep_area, &areas };
	struct km_vmalloc *rows;

	if (!km_machine_vmalloc_areas(machine, need, &taker))
		return;
	rows = km_pool_alloc(&machine->pool, areas.rows.len, sizeof(*rows));
	if (areas.rows.len)
		memcpy(rows, areas.rows.items, areas.rows.len * sizeof(*rows));
	sheet->rows = rows;
	sheet->len = areas.rows.len;
	km_array_deinit(&areas.rows);
}

static int derive(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
		  struct km_err *err)
{
	const struct km_vmalloc_options *options = query->options;
	enum km_vmalloc_by by = options ? options->by : KM_VMALLOC_BY_CALLER;
	const struct km_vmalloc_tally *tally;
	struct km_sheet areas = { 0 };

	(void)err;
	if (by == KM_VMALLOC_BY_AREA)
		derive_areas(machine, query->need, &areas);
	tally = km_machine_vmalloc(machine, query->need);
	*ret = km_vmalloc_derive(&machine->pool, tally,
				 km_account_vmalloc_used(km_machine_meminfo(machine, query->need),
							 km_parse_release(machine->host.release)), by);
	if (by == KM_VMALLOC_BY_AREA) {
		ret->rows = areas.rows;
		ret->len = areas.len;
	}
	return 0;
}

const struct km_report km_report_vmalloc = {
	.key = "vmalloc",
	.flags = KM_REPORT_FIGURES,
	.type = &km_vmalloc_type,
	.files = KM_NEEDS(KM_FILE_VMALLOCINFO),
	.derive = derive,
};
