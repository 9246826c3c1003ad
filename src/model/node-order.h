/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The order in which a request that starts on one node tries the other nodes. */
#ifndef KM_MODEL_NODE_ORDER_H
#define KM_MODEL_NODE_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include "base/alloc.h"
#include "base/num.h"

struct km_node_distance {
	uint64_t node;
	bool has_cpus;
	/* To the nodes of the list, in its order. distances_len is the number of known distances. */
	uint64_t *distances;
	size_t distances_len;
};

struct km_node_order {
	uint64_t *nodes; /* the first is the node where the request starts */
	size_t len;
	/*
	 * The number of nodes whose order is certain. Among equally near nodes the kernel prefers the one
	 * that is first choice for fewer other nodes; this rule changed between kernels.
	 */
	size_t certain;
};

/*
 * nodes are all nodes of the machine, in ascending order. If from is not one of them, only one node of the
 * result is certain. The pool owns the result.
 */
struct km_node_order km_node_order_from(struct km_pool *pool, const struct km_node_distance *nodes, size_t len,
					uint64_t from);

#endif
