// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/vmalloc-group.h"

void km_vmalloc_groups_deinit(struct km_vmalloc_groups *groups)
{
	km_index_deinit(&groups->site_index);
	km_index_deinit(&groups->name_index);
	km_index_deinit(&groups->row_index);
	km_index_deinit(&groups->cell_index);
	km_index_deinit(&groups->node_index);
	km_array_deinit(&groups->sites);
	km_array_deinit(&groups->rows);
	km_array_deinit(&groups->cells);
	km_array_deinit(&groups->node_names);
}

/* Callers repeat: names are taken apart and looked up once for each place in the code. */
const struct km_vmalloc_site *km_vmalloc_groups_site(struct km_vmalloc_groups *groups,
				  const struct km_vmallocinfo_area *area)
{
	uint64_t tag = (uint64_t)area->mark << 1 | (area->phys.ptr != NULL);
	size_t number = km_index_of(&groups->site_index, tag, area->caller);
	struct km_vmalloc_site *site;

	if (number < groups->sites.len)
		return &groups->sites.items[number];
	site = km_array_push(&groups->sites);
	site->function = km_vmalloc_function(area->caller);
	site->kind = km_vmalloc_kind_of(area);
	site->name = km_index_of(&groups->name_index, site->kind, site->function);
	return site;
}

struct km_str km_vmalloc_groups_node(struct km_vmalloc_groups *groups, uint64_t node)
{
	size_t number = km_index_of(&groups->node_index, node, KM_STR(""));
	struct km_str *name;

	if (number < groups->node_names.len)
		return groups->node_names.items[number];
	name = km_array_push(&groups->node_names);
	*name = km_pool_printf(groups->pool, "N%llu", (unsigned long long)node);
	return *name;
}

static void add_cell(struct km_vmalloc_groups *groups, size_t row,
		     const struct km_vmallocinfo_node *node)
{
	const struct km_str key = { (const char *)&node->node, sizeof(node->node) };
	size_t number = km_index_of(&groups->cell_index, row, key);
	struct km_vmalloc_cell *cell;

	if (number == groups->cells.len) {
		cell = km_array_push(&groups->cells);
		*cell = (struct km_vmalloc_cell){ .row = row, .node = node->node };
	}
	cell = &groups->cells.items[number];
	cell->pages = km_num_add(cell->pages, node->pages);
}

/* Hands each row its cells. */
static void place_cells(struct km_vmalloc_groups *groups, struct km_vmalloc *rows)
{
	const struct km_vmalloc_cell *cell;

	km_array_each(cell, &groups->cells)
		rows[cell->row].node_pages.len++;
	for (size_t i = 0; i < groups->rows.len; i++) {
		struct km_pairs *pairs = &rows[i].node_pages;

		pairs->items = km_pool_alloc(groups->pool, pairs->len, sizeof(*pairs->items));
		pairs->len = 0;
	}
	km_array_each(cell, &groups->cells) {
		struct km_pairs *pairs = &rows[cell->row].node_pages;

		pairs->items[pairs->len++] = (struct km_pair){
			km_vmalloc_groups_node(groups, cell->node), cell->pages
		};
	}
}

/* The number of the row that a key stands for; a new row is named by name. */
static size_t row_of(struct km_vmalloc_groups *groups, uint64_t tag, struct km_str text,
		     const struct km_vmalloc *name)
{
	size_t number = km_index_of(&groups->row_index, tag, text);
	struct km_vmalloc *row;

	if (number < groups->rows.len)
		return number;
	row = km_array_push(&groups->rows);
	*row = km_vmalloc_nothing();
	row->caller = name->caller;
	row->module = name->module;
	row->kind = name->kind;
	row->node = name->node;
	return number;
}

static size_t row_of_area(struct km_vmalloc_groups *groups, const struct km_vmallocinfo_area *area,
			  const struct km_vmalloc_site *site)
{
	struct km_vmalloc name = { .node = KM_UNKNOWN };

	if (groups->by == KM_VMALLOC_BY_KIND) {
		name.kind = km_vmalloc_kind_word(site->kind);
		return row_of(groups, site->kind, KM_STR(""), &name);
	}
	name.module = area->module;
	if (groups->by == KM_VMALLOC_BY_MODULE)
		return row_of(groups, 0, area->module, &name);
	name.kind = km_vmalloc_kind_word(site->kind);
	name.caller = site->function;
	return row_of(groups, site->name, area->module, &name);
}

static void add_to_row(struct km_vmalloc_groups *groups, const struct km_vmallocinfo_area *area,
		       const struct km_vmalloc_site *site, const struct km_vmalloc *facts)
{
	size_t row = row_of_area(groups, area, site);

	km_vmalloc_add(&groups->rows.items[row], facts);
	for (size_t i = 0; i < area->nodes; i++)
		add_cell(groups, row, &groups->vmallocinfo->nodes.items[area->node + i]);
}

/* Addresses belong to no node, so a node's row has none; areas without pages share a row. */
static void add_to_nodes(struct km_vmalloc_groups *groups, const struct km_vmallocinfo_area *area,
			 const struct km_vmalloc *facts)
{
	struct km_vmalloc part = *facts;
	size_t row;

	if (!area->nodes) {
		row = row_of(groups, 0, KM_STR("none"), &part);
		km_vmalloc_add(&groups->rows.items[row], &part);
		return;
	}
	part.virtual_bytes = part.guard_bytes = KM_UNKNOWN;
	for (size_t i = 0; i < area->nodes; i++) {
		const struct km_vmallocinfo_node *node =
			&groups->vmallocinfo->nodes.items[area->node + i];

		part.node = node->node;
		if (area->mark & KM_VMALLOCINFO_VMALLOC)
			part.memory_bytes = km_num_mul(node->pages, groups->page_bytes);
		row = row_of(groups, node->node, KM_STR(""), &part);
		km_vmalloc_add(&groups->rows.items[row], &part);
		add_cell(groups, row, node);
	}
}

void km_vmalloc_groups_add(struct km_vmalloc_groups *groups, const struct km_vmallocinfo_area *area,
			   const struct km_vmalloc_site *site, const struct km_vmalloc *facts)
{
	if (groups->by == KM_VMALLOC_BY_NODE)
		add_to_nodes(groups, area, facts);
	else
		add_to_row(groups, area, site, facts);
}

struct km_rows km_vmalloc_groups_rows(struct km_vmalloc_groups *groups)
{
	size_t len = groups->rows.len;
	struct km_vmalloc *rows = km_pool_alloc(groups->pool, len, sizeof(*rows));

	if (len)
		memcpy(rows, groups->rows.items, len * sizeof(*rows));
	place_cells(groups, rows);
	return (struct km_rows){ rows, len };
}
