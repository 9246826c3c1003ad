/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The account of each NUMA node, side by side. It has the parts of the machine's account, and each byte is in
 * one part only.
 */
#ifndef KM_MODEL_ACCOUNT_NODE_H
#define KM_MODEL_ACCOUNT_NODE_H

#include "model/account.h"

struct km_node_share {
	uint64_t node;
	uint64_t bytes;
	const struct km_word *certainty;
};

struct km_node_part {
	struct km_str path;
	const struct km_word *key;
	struct km_str label;
	uint64_t bytes;
	struct km_rows nodes; /* struct km_node_share */
};

extern const struct km_sheet_type km_node_part_type;
extern const struct km_sheet_type km_node_share_type;

/*
 * Converts the text of /sys/devices/system/node/nodeN/meminfo to records of /proc/meminfo: without "Node N",
 * and with the names that meminfo uses. machine is the machine's own meminfo, for the size of huge pages.
 * vmalloc_bytes is the node's part of VmallocUsed, or KM_UNKNOWN. Borrows from text and pool. The caller
 * frees ret with km_meminfo_deinit().
 */
void km_account_node_meminfo(struct km_parse *parse, struct km_pool *pool, struct km_str text,
			     const struct km_meminfo *machine, uint64_t vmalloc_bytes, struct km_meminfo *ret);

/* A row for each part that any node has. trees and nodes have len items. The pool owns the rows. */
struct km_sheet km_account_nodes(struct km_pool *pool, const struct km_account_tree *trees, const uint64_t *nodes,
				 size_t len);

#endif
