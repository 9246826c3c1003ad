// SPDX-License-Identifier: GPL-2.0-or-later
/* The account of each NUMA node. */
#include "model/account-node.h"
#include "model/zone.h"
#include "report/options.h"
#include "report/report.h"
#include "report/summary.h"
#include "words/say.h"

/* The sum of a figure over the node's zones; KM_UNKNOWN without zones. */
static uint64_t sum_zones(const struct km_sheet *zones, uint64_t node, size_t offset)
{
	uint64_t sum = KM_UNKNOWN;

	for (size_t i = 0; i < zones->len; i++) {
		const struct km_zone *zone = km_sheet_row(zones, i);

		if (zone->node == node)
			sum = km_num_add(sum == KM_UNKNOWN ? 0 : sum,
					 *(const uint64_t *)((const char *)zone + offset));
	}
	return sum;
}

static uint64_t vmalloc_of(const struct km_sheet *by_node, uint64_t node)
{
	uint64_t bytes = by_node->len ? 0 : KM_UNKNOWN;

	for (size_t i = 0; i < by_node->len; i++) {
		const struct km_vmalloc *row = km_sheet_row(by_node, i);

		if (row->node == node)
			bytes = row->memory_bytes;
	}
	return bytes;
}

/* The input of a node's account. */
struct maker {
	struct km_machine *machine;
	const struct km_summary *summary;
	struct km_sheet vmalloc; /* by node */
};

static void derive_node(const struct maker *maker, uint64_t node, struct km_str text, struct km_account_tree *ret)
{
	const struct km_sheet *zones = &maker->summary->finding_input.zones;
	struct km_account_input facts = maker->summary->account_input;
	struct km_meminfo meminfo = { 0 };
	struct km_vmstat vmstat = { 0 };
	struct km_pool *pool = &maker->machine->pool;
	struct km_parse parse;
	struct km_str counters;

	km_machine_node_parse(maker->machine, node, "meminfo", &parse);
	km_account_node_meminfo(&parse, pool, text, facts.meminfo, vmalloc_of(&maker->vmalloc, node), &meminfo);
	counters = km_machine_node_file(maker->machine, node, "vmstat");
	km_machine_node_parse(maker->machine, node, "vmstat", &parse);
	if (counters.ptr)
		km_parse_vmstat(&parse, counters, &vmstat);
	facts.meminfo = &meminfo;
	facts.vmstat = counters.ptr ? &vmstat : NULL;
	facts.managed_bytes = sum_zones(zones, node, offsetof(struct km_zone, managed_bytes));
	facts.per_cpu_lists_bytes = sum_zones(zones, node, offsetof(struct km_zone, pcp_bytes));
	facts.large_kmalloc_bytes = facts.zfs_bytes = facts.page_pool_bytes = facts.dma_buf_bytes = KM_UNKNOWN;
	facts.untyped_bytes = facts.compound_bytes = facts.charged_bytes = KM_UNKNOWN;
	for (unsigned int kind = 0; kind < KM_VMALLOC_KINDS; kind++)
		facts.vmalloc_bytes[kind] = KM_UNKNOWN;
	km_account_derive(pool, &facts, ret);
	km_meminfo_deinit(&meminfo);
	km_vmstat_deinit(&vmstat);
}

/* The label stands behind its indentation. */
static void translate(struct km_pool *pool, const struct km_sheet *parts)
{
	struct km_node_part *rows = (struct km_node_part *)(uintptr_t)parts->rows;

	for (size_t i = 0; i < parts->len; i++) {
		const size_t indent = strspn(rows[i].label.ptr, " ");
		const struct km_str label = km_say_in(km_say_language_now(), km_str_skip(rows[i].label, indent));

		rows[i].label = km_pool_printf(pool, "%*s%.*s", (int)indent, "", KM_STR_ARG(label));
	}
}

static int derive(struct km_machine *machine, const struct km_query *query, struct km_sheet *ret, struct km_err *err)
{
	const struct km_vmalloc_options by_node = { KM_VMALLOC_BY_NODE };
	struct maker maker = { .machine = machine };
	uint64_t *nodes, *found;
	size_t len = km_machine_nodes(machine, &nodes), used = 0;
	struct km_account_tree *trees = km_pool_alloc(&machine->pool, len, sizeof(*trees));

	*ret = (struct km_sheet){ .type = &km_node_part_type };
	maker.summary = km_summary_of(machine, &(struct km_query){ query->need, 0, query->language, NULL });
	km_report_vmalloc.derive(machine, &(struct km_query){ KM_OPTIONAL, 0, query->language, &by_node },
				 &maker.vmalloc, err);
	found = km_pool_alloc(&machine->pool, len, sizeof(*found));
	for (size_t i = 0; i < len && !maker.summary->account_input.foreign; i++) {
		struct km_str text = km_machine_node_file(machine, nodes[i], "meminfo");

		if (!text.ptr)
			continue;
		derive_node(&maker, nodes[i], text, &trees[used]);
		found[used] = nodes[i];
		/* a node without memory has no account */
		used += trees[used].sheet.len;
	}
	if (used) {
		*ret = km_account_nodes(&machine->pool, trees, found, used);
		translate(&machine->pool, ret);
	} else if (query->need == KM_REQUIRED) {
		km_problem_source(&machine->problems, km_source_name(machine->source, km_files[KM_FILE_NODES].path),
				  NULL, "no node's meminfo can be read");
	}
	return 0;
}

const struct km_report km_report_node_accounts = {
	.key = "node_accounts",
	.type = &km_node_part_type,
	.files = KM_NEEDS(KM_FILE_NODES) | KM_NEEDS(KM_FILE_MEMINFO),
	.derive = derive,
};
