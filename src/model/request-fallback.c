// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The order in which the page allocator tries zones: node by node, each from the highest allowed zone down
 * (k6.12:mm/page_alloc.c build_zonelists, build_zonerefs_node).
 */
#include <stdlib.h>
#include "model/request-zone.h"

/* A zone and the values that decide its position. */
struct candidate {
	uint64_t node;
	size_t node_at; /* position of its node among the nodes */
	int rank;
	size_t at;      /* its position among the zones */
};

static int compare(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int by_node(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	return x->node != y->node ? compare(x->node, y->node) : compare(x->at, y->at);
}

static int by_place(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->node_at != y->node_at)
		return compare(x->node_at, y->node_at);
	return x->rank != y->rank ? y->rank - x->rank : compare(x->at, y->at);
}

/* Unlisted nodes follow, in the order of their first zones. */
static size_t place_of(const struct km_supply *supply, uint64_t node, size_t first)
{
	for (size_t i = 0; supply->nodes && i < supply->nodes_len; i++)
		if (supply->nodes[i] == node)
			return i;
	return supply->nodes_len + first;
}

struct km_rows km_request_fallback(struct km_pool *pool, const struct km_supply *supply,
				   const struct km_request_zones *zones)
{
	struct km_request_zone *rows = km_pool_alloc(pool, zones->len, sizeof(*rows));
	struct candidate *candidates = km_pool_alloc(pool, zones->len, sizeof(*candidates));
	size_t len = 0;

	for (size_t i = 0; i < zones->len; i++) {
		const enum km_zone_rank rank = km_zone_rank_of(zones->rows[i].zone);

		if (rank <= zones->highest)
			candidates[len++] = (struct candidate){ zones->rows[i].node, 0, (int)rank, i };
	}
	qsort(candidates, len, sizeof(*candidates), by_node);
	for (size_t i = 0; i < len; i++)
		candidates[i].node_at = i && candidates[i].node == candidates[i - 1].node ?
			candidates[i - 1].node_at : place_of(supply, candidates[i].node, candidates[i].at);
	qsort(candidates, len, sizeof(*candidates), by_place);
	for (size_t i = 0; i < len; i++)
		rows[i] = zones->rows[candidates[i].at];
	return (struct km_rows){ rows, len };
}
