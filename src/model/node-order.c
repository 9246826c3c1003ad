// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/node-order.h"

/* The kernel's value of a node, without its rule for ties (k6.12:mm/page_alloc.c find_next_best_node). */
static uint64_t value_of(const struct km_node_distance *from, const struct km_node_distance *to, size_t at)
{
	if (at >= from->distances_len)
		return KM_UNKNOWN;
	return from->distances[at] + (to->node < from->node) + to->has_cpus;
}

/* The nearest node that is not yet in the list. *ret_tied: another one is as near, or a distance is unknown. */
static size_t find_nearest(const struct km_node_distance *nodes, size_t len, const struct km_node_distance *from,
			   const bool *listed, bool *ret_tied)
{
	uint64_t best = KM_UNKNOWN;
	size_t found = SIZE_MAX;

	*ret_tied = false;
	for (size_t i = 0; i < len; i++) {
		const uint64_t value = value_of(from, &nodes[i], i);

		if (listed[i])
			continue;
		if (found == SIZE_MAX || value < best) {
			found = i;
			best = value;
			*ret_tied = value == KM_UNKNOWN;
		} else if (value == best) {
			*ret_tied = true;
		}
	}
	return found;
}

struct km_node_order km_node_order_from(struct km_pool *pool, const struct km_node_distance *nodes, size_t len,
					uint64_t from)
{
	struct km_node_order order = { km_pool_alloc(pool, len + 1, sizeof(*order.nodes)), 1, 1 };
	bool *listed = km_pool_alloc(pool, len + 1, sizeof(*listed)), tied = false;
	size_t at = SIZE_MAX;

	order.nodes[0] = from;
	for (size_t i = 0; i < len; i++) {
		listed[i] = nodes[i].node == from;
		at = listed[i] ? i : at;
	}
	while (at != SIZE_MAX && order.len < len) {
		bool one_tied;
		size_t next = find_nearest(nodes, len, &nodes[at], listed, &one_tied);

		if (next == SIZE_MAX)
			break;
		/* the last node is certain, whatever its distance */
		tied |= one_tied && order.len + 1 < len;
		listed[next] = true;
		order.nodes[order.len++] = nodes[next].node;
		order.certain += !tied;
	}
	return order;
}
