/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The order in which a request that begins at one node tries the other nodes. */
#ifndef KM_MODEL_NODE_ORDER_H
#define KM_MODEL_NODE_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include "base/alloc.h"
#include "base/num.h"

struct km_node_distance {
	uint64_t node;
	bool has_cpus;
	/* To the nodes of the list, in its order. distances_len: how many are known. */
	uint64_t *distances;
	size_t distances_len;
};

struct km_node_order {
	uint64_t *nodes; /* the first is where the request begins */
	size_t len;
	/*
	 * How many of them are certain. Among equally near nodes the kernel chooses the one that fewer other
	 * nodes try first; this rule changed between kernels.
	 */
	size_t certain;
};

/*
 * nodes: of the machine, by rising number. from is one of them, or the result has one certain node. Owned by the
 * pool.
 */
struct km_node_order km_node_order_from(struct km_pool *pool, const struct km_node_distance *nodes, size_t len,
					uint64_t from);

#endif
