// SPDX-License-Identifier: GPL-2.0-or-later
/* Zones and nodes, and every counter that the kernel keeps for them. */
#include "model/node.h"
#include "model/zone.h"
#include "report/options.h"
#include "report/report.h"

static int derive_zones(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			struct km_err *err)
{
	const struct km_zones_options *options = query->options;

	(void)err;
	*ret = km_zone_derive(&machine->pool, km_machine_zoneinfo(machine, query->need),
			      machine->host.page_bytes, options && options->all);
	return 0;
}

static int derive_nodes(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			struct km_err *err)
{
	(void)err;
	*ret = km_node_derive(&machine->pool, km_machine_zoneinfo(machine, query->need),
			      machine->host.page_bytes);
	return 0;
}

static int derive_counters(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret,
			   struct km_err *err)
{
	(void)err;
	*ret = km_counter_derive(&machine->pool, km_machine_zoneinfo(machine, query->need));
	return 0;
}

static const struct km_look zones_look = {
	.kind = KM_LOOK_LEVELS,
	.size = "free_bytes",
	.limits = { "min_bytes", "low_bytes", "high_bytes" },
	.state = "state",
};

const struct km_report km_report_zones = {
	.key = "zones",
	.flags = KM_REPORT_FIGURES | KM_REPORT_OVER_TIME | KM_REPORT_RECORDED,
	.metrics = "managed_bytes,present_bytes,free_bytes,pcp_bytes,usable_bytes,min_bytes,low_bytes,high_bytes,boost_bytes,"
		   "above_low_bytes,state,cma_free_bytes,highatomic_bytes,highatomic_free_bytes",
	.type = &km_zone_type,
	.files = KM_NEEDS(KM_FILE_ZONEINFO),
	.look = &zones_look,
	.derive = derive_zones,
};

const struct km_report km_report_nodes = {
	.key = "nodes",
	.flags = KM_REPORT_FIGURES | KM_REPORT_OVER_TIME,
	.type = &km_node_type,
	.files = KM_NEEDS(KM_FILE_ZONEINFO),
	.derive = derive_nodes,
};

/* In JSON the rows of zones and nodes contain them. */
const struct km_report km_report_counters = {
	.key = "counters",
	.flags = KM_REPORT_TEXT_ONLY | KM_REPORT_OVER_TIME,
	.type = &km_counter_type,
	.files = KM_NEEDS(KM_FILE_ZONEINFO),
	.derive = derive_counters,
};
