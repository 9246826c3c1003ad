// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/vmalloc-group.h"
#include "base/cleanup.h"

/* Pages of one row, by the tally's index of the node. */
struct near {
	uint32_t nodes; /* one bit per node */
	uint64_t pages[KM_VMALLOC_NEAR];
};

struct far {
	size_t row, at;
	uint64_t pages;
};

struct groups {
	struct km_pool *pool;
	const struct km_vmalloc_tally *tally;
	enum km_vmalloc_by by;
	struct km_index name_index, row_index, far_index;
	KM_ARRAY(struct km_vmalloc) rows;
	KM_ARRAY(struct km_vmalloc_sums) sums; /* by row */
	KM_ARRAY(struct near) near;            /* by row */
	KM_ARRAY(struct far) far;
	size_t *rows_by_site;
};

static void groups_deinit(struct groups *groups)
{
	km_index_deinit(&groups->name_index);
	km_index_deinit(&groups->row_index);
	km_index_deinit(&groups->far_index);
	km_array_deinit(&groups->rows);
	km_array_deinit(&groups->sums);
	km_array_deinit(&groups->near);
	km_array_deinit(&groups->far);
	free(groups->rows_by_site);
}

static struct km_vmalloc *add_row(struct groups *groups)
{
	struct km_vmalloc *row = km_array_push(&groups->rows);

	(void)km_array_push(&groups->sums);
	(void)km_array_push(&groups->near);
	km_row_init(&km_vmalloc_type, row);
	return row;
}

/* Two sites of one function may have different kinds, and be in different modules. */
static size_t row_of_site(struct groups *groups, const struct km_vmalloc_site *site)
{
	const enum km_vmalloc_by by = groups->by;
	uint64_t tag = by == KM_VMALLOC_BY_KIND ? site->kind : 0;
	struct km_vmalloc *row;
	size_t number;

	if (by == KM_VMALLOC_BY_CALLER)
		tag = km_index_of(&groups->name_index, site->kind, site->function);
	number = km_index_of(&groups->row_index, tag,
			     by == KM_VMALLOC_BY_KIND ? KM_STR("") : site->module);
	if (number < groups->rows.len)
		return number;
	row = add_row(groups);
	if (by != KM_VMALLOC_BY_KIND)
		row->module = site->module;
	if (by != KM_VMALLOC_BY_MODULE)
		row->kind = km_vmalloc_kind_word(site->kind);
	if (by == KM_VMALLOC_BY_CALLER)
		row->caller = site->function;
	return number;
}

static void add_far(struct groups *groups, size_t row, const struct km_vmalloc_cell *cell)
{
	size_t number = km_index_of(&groups->far_index, (uint64_t)row << 32 | cell->at, KM_STR(""));
	struct far *far;

	if (number == groups->far.len)
		*km_array_push(&groups->far) = (struct far){ row, cell->at, 0 };
	far = &groups->far.items[number];
	far->pages = km_num_add(far->pages, cell->pages);
}

static void add_near(struct near *near, size_t at, uint64_t pages)
{
	near->nodes |= 1u << at;
	near->pages[at] = km_num_add(near->pages[at], pages);
}

/* Adds each site to its row. */
static void add_all_pages(struct groups *groups)
{
	const struct km_vmalloc_tally *tally = groups->tally;
	const struct km_vmalloc_cell *cell;

	for (size_t i = 0; i < tally->sites.len; i++) {
		const struct km_vmalloc_site *site = &tally->sites.items[i];

		for (uint32_t nodes = site->near; nodes; nodes &= nodes - 1) {
			size_t at = (size_t)__builtin_ctz(nodes);

			add_near(&groups->near.items[groups->rows_by_site[i]], at,
				 tally->near.items[i].pages[at]);
		}
	}
	km_array_each(cell, &tally->cells)
		add_far(groups, groups->rows_by_site[cell->site], cell);
}

static void group_sites(struct groups *groups)
{
	const struct km_vmalloc_tally *tally = groups->tally;

	groups->rows_by_site = km_realloc(NULL, tally->sites.len, sizeof(*groups->rows_by_site));
	for (size_t i = 0; i < tally->sites.len; i++) {
		size_t row = row_of_site(groups, &tally->sites.items[i]);

		km_vmalloc_sums_add(&groups->sums.items[row], &tally->sites.items[i].sums);
		groups->rows_by_site[i] = row;
	}
}

static void list_nodes(struct groups *groups)
{
	const struct km_vmalloc_tally *tally = groups->tally;

	for (size_t i = 0; i < tally->nodes.len; i++) {
		const uint64_t node = tally->nodes.items[i].node;
		struct km_vmalloc_sums *sums;

		add_row(groups)->node = node;
		sums = &groups->sums.items[i];
		*sums = tally->nodes.items[i].sums;
		if (node != KM_UNKNOWN)
			sums->virtual_bytes = sums->guard_bytes = KM_UNKNOWN;
	}
}

/* Grouped by node, each row has the pages of its own node. */
static void place_node_pages(const struct groups *groups, struct km_vmalloc *rows)
{
	const struct km_vmalloc_at *nodes = groups->tally->nodes.items;

	for (size_t i = 0; i < groups->rows.len; i++) {
		struct km_pairs *pairs = &rows[i].node_pages;

		if (nodes[i].node == KM_UNKNOWN)
			continue;
		pairs->items = km_pool_alloc(groups->pool, 1, sizeof(*pairs->items));
		pairs->items[pairs->len++] = (struct km_pair){ nodes[i].name, nodes[i].pages };
	}
}

static int compare_far(const void *a, const void *b, void *groups)
{
	const struct far *x = a, *y = b;
	const struct km_vmalloc_at *nodes = ((const struct groups *)groups)->tally->nodes.items;

	if (x->row != y->row)
		return (x->row > y->row) - (x->row < y->row);
	return (nodes[x->at].node > nodes[y->at].node) - (nodes[x->at].node < nodes[y->at].node);
}

/* Sorts the near nodes by the kernel's numbers. */
static size_t sort_nodes(const struct km_vmalloc_tally *tally, size_t order[static KM_VMALLOC_NEAR])
{
	size_t len = 0, at;

	for (size_t i = 0; i < tally->nodes.len && i < KM_VMALLOC_NEAR; i++) {
		for (at = len++; at && tally->nodes.items[order[at - 1]].node > tally->nodes.items[i].node; at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
	return len;
}

/* Gives each row its pages, by node. If there are many nodes, the far ones come last. */
static void place_pages(struct groups *groups, struct km_vmalloc *rows)
{
	const struct km_vmalloc_at *nodes = groups->tally->nodes.items;
	size_t order[KM_VMALLOC_NEAR], len = sort_nodes(groups->tally, order), far = 0;

	if (groups->far.len)
		qsort_r(groups->far.items, groups->far.len, sizeof(*groups->far.items), compare_far, groups);
	for (size_t row = 0; row < groups->rows.len; row++) {
		const struct near *near = &groups->near.items[row];
		struct km_pairs *pairs = &rows[row].node_pages;
		size_t end = far, room = (size_t)__builtin_popcount(near->nodes);

		while (end < groups->far.len && groups->far.items[end].row == row)
			end++;
		pairs->items = km_pool_alloc(groups->pool, room + end - far, sizeof(*pairs->items));
		for (size_t i = 0; i < len; i++)
			if (near->nodes >> order[i] & 1)
				pairs->items[pairs->len++] = (struct km_pair){
					nodes[order[i]].name, near->pages[order[i]]
				};
		for (; far < end; far++)
			pairs->items[pairs->len++] = (struct km_pair){
				nodes[groups->far.items[far].at].name, groups->far.items[far].pages
			};
	}
}

struct km_rows km_vmalloc_group(struct km_pool *pool, const struct km_vmalloc_tally *tally,
				enum km_vmalloc_by by)
{
	KM_CLEANUP(groups_deinit) struct groups groups = { .pool = pool, .tally = tally, .by = by };
	struct km_vmalloc *rows;
	size_t len;

	if (by == KM_VMALLOC_BY_NODE)
		list_nodes(&groups);
	else
		group_sites(&groups);
	len = groups.rows.len;
	rows = km_pool_alloc(pool, len, sizeof(*rows));
	for (size_t i = 0; i < len; i++) {
		rows[i] = groups.rows.items[i];
		km_vmalloc_set_sums(&rows[i], &groups.sums.items[i]);
	}
	if (by == KM_VMALLOC_BY_NODE) {
		place_node_pages(&groups, rows);
	} else if (tally->counted & KM_VMALLOC_PAGES) {
		add_all_pages(&groups);
		place_pages(&groups, rows);
	}
	return (struct km_rows){ rows, len };
}
