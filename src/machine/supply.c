// SPDX-License-Identifier: GPL-2.0-or-later
/* The memory that a machine can provide for requests, from the best existing files. */
#include <errno.h>
#include <stdlib.h>
#include "machine/machine.h"
#include "model/node-order.h"

/* Parses a line such as "10 20". */
static void parse_distances(struct km_pool *pool, struct km_str text, size_t nodes, struct km_node_distance *ret)
{
	struct km_str line = { 0 };
	uint64_t distance;

	ret->distances = km_pool_alloc(pool, nodes, sizeof(*ret->distances));
	km_str_take_line(&text, &line);
	while (ret->distances_len < nodes && km_str_take_number(&line, &distance))
		ret->distances[ret->distances_len++] = distance;
}

static struct km_str node_path(struct km_machine *machine, uint64_t node, const char *name)
{
	return km_pool_printf(&machine->pool, "%s/node%llu/%s", km_files[KM_FILE_NODES].path,
			      (unsigned long long)node, name);
}

struct km_str km_machine_node_file(struct km_machine *machine, uint64_t node, const char *name)
{
	struct km_str text;

	return km_source_read(machine->source, node_path(machine, node, name).ptr, &text, NULL) ? (struct km_str){ 0 } :
												  text;
}

void km_machine_node_parse(struct km_machine *machine, uint64_t node, const char *name, struct km_parse *ret)
{
	*ret = (struct km_parse){ .source = km_source_name(machine->source, node_path(machine, node, name).ptr),
				  .problems = &machine->problems };
}

static int compare_nodes(const void *a, const void *b)
{
	const struct km_node_distance *x = a, *y = b;

	return (x->node > y->node) - (x->node < y->node);
}

/* Lists the nodes of the machine in ascending order, which is the order of the words in distance. */
static size_t list_nodes(struct km_machine *machine, struct km_node_distance **ret)
{
	struct km_node_distance *nodes;
	struct km_entries entries;
	size_t len = 0;

	if (km_source_list(machine->source, km_files[KM_FILE_NODES].path, &entries, NULL))
		return 0;
	*ret = nodes = km_pool_alloc(&machine->pool, entries.len, sizeof(*nodes));
	for (size_t i = 0; i < entries.len; i++) {
		struct km_str name = entries.items[i].name;

		if (km_str_take_prefix(&name, KM_STR("node")) && !km_str_to_u64(name, &nodes[len].node))
			len++;
	}
	qsort(nodes, len, sizeof(*nodes), compare_nodes);
	return len;
}

size_t km_machine_nodes(struct km_machine *machine, uint64_t **ret)
{
	struct km_node_distance *nodes = NULL;
	size_t len = list_nodes(machine, &nodes);

	*ret = km_pool_alloc(&machine->pool, len, sizeof(**ret));
	for (size_t i = 0; i < len; i++)
		(*ret)[i] = nodes[i].node;
	return len;
}

void km_machine_node_order(struct km_machine *machine, uint64_t from, struct km_supply *supply)
{
	struct km_node_distance *nodes = NULL;
	size_t len = from == KM_UNKNOWN ? 0 : list_nodes(machine, &nodes);
	struct km_node_order order;

	if (from == KM_UNKNOWN)
		return;
	for (size_t i = 0; i < len && len > 1; i++) {
		parse_distances(&machine->pool, km_machine_node_file(machine, nodes[i].node, "distance"), len, &nodes[i]);
		nodes[i].has_cpus = !km_str_is_blank(km_machine_node_file(machine, nodes[i].node, "cpulist"));
	}
	order = km_node_order_from(&machine->pool, nodes, len, from);
	supply->nodes = order.nodes;
	supply->nodes_len = order.certain;
}

/*
 * The largest size of a pageblock: a huge page if the kernel has huge pages, otherwise the largest block
 * (k6.12:include/linux/pageblock-flags.h pageblock_order).
 */
static uint64_t find_pageblock(struct km_machine *machine, const struct km_buddyinfo *buddyinfo)
{
	uint64_t huge = km_meminfo_bytes(km_machine_meminfo(machine, KM_OPTIONAL), KM_STR("Hugepagesize")), largest = KM_UNKNOWN;

	if (buddyinfo && buddyinfo->zones.len && buddyinfo->zones.items[0].orders &&
	    buddyinfo->zones.items[0].orders <= 32)
		largest = km_num_mul(machine->host.page_bytes, 1ull << (buddyinfo->zones.items[0].orders - 1));
	if (huge != KM_UNKNOWN && (largest == KM_UNKNOWN || huge < largest))
		largest = huge;
	return km_num_or(largest, 0);
}

static void read_supply(struct km_machine *machine, enum km_types types, struct km_supply *ret)
{
	const struct km_module_file *zones = types == KM_TYPES_NONE ? NULL :
		km_machine_module(machine, KM_FILE_MODULE_ZONES, KM_OPTIONAL);
	const struct km_pagetypeinfo *pagetypeinfo;

	*ret = (struct km_supply){ .page_bytes = machine->host.page_bytes };
	if (!zones || !km_supply_of_module(&machine->pool, zones, ret)) {
		ret->zones = km_zone_derive(&machine->pool, km_machine_zoneinfo(machine, KM_OPTIONAL),
					    machine->host.page_bytes, true);
		ret->buddyinfo = km_machine_buddyinfo(machine, KM_OPTIONAL);
		km_supply_sort(&machine->pool, ret);
		pagetypeinfo = types == KM_TYPES_ANY && ret->buddyinfo ? km_machine_pagetypeinfo(machine, KM_OPTIONAL) : NULL;
		if (pagetypeinfo)
			km_supply_add_types(&machine->pool, pagetypeinfo, ret);
	}
	if (!ret->pageblock_bytes)
		ret->pageblock_bytes = find_pageblock(machine, ret->buddyinfo);
}

void km_machine_supply(struct km_machine *machine, enum km_types types, struct km_supply *ret)
{
	read_supply(machine, types, ret);
}

/* 0 if the running kernel lacks the setting. */
static uint64_t read_setting(struct km_machine *machine, const char *path)
{
	struct km_str text, line;
	uint64_t value;
	int r;

	if (!km_machine_is_live(machine))
		return KM_UNKNOWN;
	r = km_source_read(machine->source, path, &text, NULL);
	if (r)
		return r == -ENOENT ? 0 : KM_UNKNOWN;
	return km_str_take_line(&text, &line) && !km_str_to_u64(line, &value) ? value : KM_UNKNOWN;
}

void km_machine_forecast_settings(struct km_machine *machine, struct km_forecast_settings *ret)
{
	const struct km_meminfo *meminfo = km_machine_meminfo(machine, KM_OPTIONAL);
	const struct km_str unaccepted = KM_STR("Unaccepted");

	ret->zone_reclaim_mode = read_setting(machine, "proc/sys/vm/zone_reclaim_mode");
	ret->defrag_mode = read_setting(machine, "proc/sys/vm/defrag_mode");
	ret->unaccepted_bytes = meminfo && !km_meminfo_has(meminfo, unaccepted) ? 0 :
										  km_meminfo_bytes(meminfo, unaccepted);
}
