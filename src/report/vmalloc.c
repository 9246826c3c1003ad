// SPDX-License-Identifier: GPL-2.0-or-later
/* The areas of the vmalloc range. */
#include <errno.h>
#include "model/account-reported.h"
#include "model/vmalloc.h"
#include "parse/version.h"
#include "report/options.h"
#include "report/report.h"

static enum km_vmalloc_by by_of(const struct km_query *query)
{
	const struct km_vmalloc_options *options = query->options;

	return options ? options->by : KM_VMALLOC_BY_CALLER;
}

/* The rows and the totals; for BY_AREA only the totals. VmallocUsed is read after the areas. */
static struct km_sheet sheet_of(struct km_machine *machine, const struct km_query *query,
				const struct km_vmalloc_tally *tally)
{
	const struct km_meminfo *meminfo = km_machine_meminfo(machine, query->need);

	return km_vmalloc_derive(&machine->pool, tally,
				 km_account_vmalloc_used(meminfo, km_parse_release(machine->host.release)),
				 by_of(query));
}

/* Pages by node are only counted if a column shows them. */
static unsigned int extras(const struct km_field *field)
{
	return field->offset == offsetof(struct km_vmalloc, node_pages) ? KM_VMALLOC_PAGES : 0;
}

static int derive(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
		  struct km_err *err)
{
	const unsigned int nodes = by_of(query) == KM_VMALLOC_BY_NODE ? KM_VMALLOC_NODES : 0;

	(void)err;
	*ret = sheet_of(machine, query,
			km_machine_vmalloc_areas(machine, query->need, query->extras | nodes, NULL));
	return 0;
}

struct areas {
	struct km_machine *machine;
	const struct km_row_consumer *consumer;
	KM_ARRAY(struct km_pair) pairs; /* of one area */
	struct km_vmalloc row;
};

static void take_area(void *data, const struct km_vmallocinfo_area *area,
		      const struct km_vmalloc_found *found)
{
	struct areas *areas = data;

	while (areas->pairs.len < area->nodes_len)
		(void)km_array_push(&areas->pairs);
	km_vmalloc_set_area(&areas->machine->vmalloc, area, found, areas->pairs.items, &areas->row);
	areas->consumer->row(areas->consumer->data, &areas->row);
}

/* Passes on each area as a row. */
static int stream(struct km_machine *machine, const struct km_query *query,
		  const struct km_row_consumer *consumer, struct km_err *err)
{
	struct areas areas = { .machine = machine, .consumer = consumer };
	const struct km_vmalloc_taker taker = { take_area, &areas };
	struct km_sheet sheet;

	(void)err;
	if (by_of(query) != KM_VMALLOC_BY_AREA)
		return -ENOTSUP;
	km_row_init(&km_vmalloc_type, &areas.row);
	consumer->begin(consumer->data, &km_vmalloc_type);
	sheet = sheet_of(machine, query, km_machine_vmalloc_areas(machine, query->need, 0, &taker));
	consumer->end(consumer->data, sheet.totals);
	km_array_deinit(&areas.pairs);
	return 0;
}

static const struct km_look look = { .kind = KM_LOOK_AREAS, .size = "memory_bytes", .group = "kind" };

const struct km_report km_report_vmalloc = {
	.key = "vmalloc",
	.flags = KM_REPORT_FIGURES | KM_REPORT_MANY | KM_REPORT_OVER_TIME | KM_REPORT_RECORDED,
	.metrics = "areas,memory_bytes,virtual_bytes",
	.type = &km_vmalloc_type,
	.files = KM_NEEDS(KM_FILE_VMALLOCINFO),
	.look = &look,
	.extras = extras,
	.derive = derive,
	.stream = stream,
};
