// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/text.h"
#include "model/account-list.h"
#include "model/account-node.h"

static const struct km_field share_fields[] = {
	{ KM_FIELD(struct km_node_share, node, KM_COUNT), .flags = KM_ID, .head = "NODE", .brief = "NUMA node",
	  .explain = "Number of the memory node.", .origin = "/sys/devices/system/node" },
	{ KM_FIELD(struct km_node_share, bytes, KM_BYTES), .flags = KM_LEVEL, .head = "SIZE",
	  .brief = "memory of the part on this node",
	  .explain = "As in the machine's account: parts add up to the node's total.",
	  .origin = "/sys/devices/system/node/nodeN/meminfo, vmstat" },
	{ KM_FIELD(struct km_node_share, certainty, KM_WORD), .words = &km_certainty_vocabulary, .head = "CERTAINTY",
	  .brief = "how well the figure is known",
	  .explain = "`kmeminfo explain certainty` explains the words.", .origin = "fixed" },
	{ 0 }
};

const struct km_sheet_type km_node_share_type = {
	.name = "node_shares",
	.brief = "a part of the account on each node",
	.fields = share_fields,
	.row_size = sizeof(struct km_node_share),
	.spread_head = "node",
	.spread_cell = "bytes",
};

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_node_part, path, KM_TEXT), .flags = KM_ID, .head = "PATH",
	  .brief = "path of the part: the keys of the parts around it, then its own",
	  .explain = "Keys of the account with slashes between them.", .origin = "fixed" },
	{ KM_FIELD(struct km_node_part, key, KM_WORD), .words = &km_account_vocabulary, .head = "KEY",
	  .brief = "name of the part", .explain = "`kmeminfo explain account` explains all parts.",
	  .origin = "fixed" },
	{ KM_FIELD(struct km_node_part, label, KM_TEXT), .flags = KM_SHOWN, .head = "MEMORY",
	  .brief = "description of the part", .explain = "Indented below its whole. Meant for people; it may change.",
	  .origin = "fixed" },
	{ KM_FIELD(struct km_node_part, bytes, KM_BYTES), .flags = KM_ANSWER | KM_SHOWN | KM_LEVEL, .head = "SUM",
	  .brief = "memory of the part on all nodes",
	  .explain = "The sum over the nodes. It differs from the machine's account where the kernel counts "
		     "something for the whole machine only: per-CPU memory is then in each node's unaccounted rest.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_node_part, nodes, KM_ROWS), .flags = KM_SHOWN | KM_SPREAD, .rows = &km_node_share_type,
	  .head = "NODES", .brief = "memory of the part on each node", .explain = "One column for each node.",
	  .origin = "/sys/devices/system/node/nodeN/meminfo" },
	{ 0 }
};

const struct km_sheet_type km_node_part_type = {
	.name = "node_accounts",
	.brief = "where the memory of each NUMA node is",
	.explain = "The account of the summary for each node. Every byte of a node is in one part only.",
	.fields = fields,
	.row_size = sizeof(struct km_node_part),
};

static void push_kb(struct km_meminfo *meminfo, struct km_str key, uint64_t bytes)
{
	if (bytes != KM_UNKNOWN)
		*km_array_push(&meminfo->entries) = (struct km_meminfo_entry){ key, bytes / 1024, true };
}

/*
 * FilePages is the page cache with the swap cache and the pages of block devices (k6.12:drivers/base/node.c
 * node_read_meminfo). /proc/meminfo has three lines for it (k6.12:fs/proc/meminfo.c meminfo_proc_show). Its
 * Hugetlb counts pages of all sizes, but a node's file only has those of the default size.
 */
static void add_other_names(const struct km_meminfo *machine, struct km_meminfo *ret)
{
	const uint64_t huge = km_meminfo_bytes(machine, KM_STR("Hugepagesize"));

	push_kb(ret, KM_STR("Cached"), km_num_sub(km_meminfo_bytes(ret, KM_STR("FilePages")),
						  km_num_or(km_meminfo_bytes(ret, KM_STR("SwapCached")), 0)));
	push_kb(ret, KM_STR("Buffers"), 0);
	push_kb(ret, KM_STR("Hugepagesize"), huge);
	push_kb(ret, KM_STR("Hugetlb"), km_num_mul(km_meminfo_count(ret, KM_STR("HugePages_Total")), huge));
}

void km_account_node_meminfo(struct km_parse *parse, struct km_pool *pool, struct km_str text,
			     const struct km_meminfo *machine, uint64_t vmalloc_bytes, struct km_meminfo *ret)
{
	struct km_text lines = { 0 };
	struct km_str line, word;
	uint64_t node;

	while (km_str_take_line(&text, &line)) {
		if (km_str_take_prefix(&line, KM_STR("Node ")) && km_str_take_u64(&line, &node))
			km_str_take_prefix(&line, KM_STR(" "));
		word = line;
		km_text_printf(&lines, "%.*s\n", KM_STR_ARG(word));
	}
	km_parse_meminfo(parse, km_text_keep(&lines, pool), ret);
	add_other_names(machine, ret);
	push_kb(ret, KM_STR("VmallocUsed"), vmalloc_bytes);
}

static const struct km_account_item *find_path(const struct km_sheet *list, struct km_str path)
{
	for (size_t i = 0; i < list->len; i++) {
		const struct km_account_item *item = km_sheet_row(list, i);

		if (km_str_eq(item->path, path))
			return item;
	}
	return NULL;
}

static size_t depth_of(struct km_str path)
{
	size_t depth = 0;

	for (size_t i = 0; i < path.len; i++)
		depth += path.ptr[i] == '/';
	return depth;
}

/* Indents the label by two blanks per level: " reclaimable". */
static struct km_str indent(struct km_pool *pool, const struct km_account_item *item)
{
	const struct km_account_part *part = (const struct km_account_part *)item->key;
	const bool is_total = item->key == &km_account_parts[KM_ACCOUNT_TOTAL].word;

	return km_pool_printf(pool, "%*s%s", is_total ? 0 : 2 * ((int)depth_of(item->path) + 1), "", part->label);
}

static struct km_node_part part_of(struct km_pool *pool, const struct km_account_item *item,
				   const struct km_sheet *lists, const uint64_t *nodes, size_t len)
{
	struct km_node_share *shares = km_pool_alloc(pool, len, sizeof(*shares));
	struct km_node_part part = { item->path, item->key, indent(pool, item), 0, { shares, len } };

	for (size_t i = 0; i < len; i++) {
		const struct km_account_item *found = find_path(&lists[i], item->path);

		shares[i] = (struct km_node_share){ nodes[i], found ? found->bytes : 0,
						    found ? found->certainty : NULL };
		part.bytes = km_num_add(part.bytes, shares[i].bytes);
	}
	return part;
}

/* Nodes have the same parts, except parts whose counter is 0 on a node. The node with the most parts has all. */
struct km_sheet km_account_nodes(struct km_pool *pool, const struct km_account_tree *trees, const uint64_t *nodes,
				 size_t len)
{
	struct km_sheet *lists = km_pool_alloc(pool, len, sizeof(*lists)), ret = { .type = &km_node_part_type };
	struct km_node_part *rows;
	size_t longest = 0;

	for (size_t i = 0; i < len; i++) {
		lists[i] = km_account_list(pool, &trees[i]);
		longest = lists[i].len > lists[longest].len ? i : longest;
	}
	if (!len)
		return ret;
	rows = km_pool_alloc(pool, lists[longest].len, sizeof(*rows));
	for (size_t i = 0; i < lists[longest].len; i++) {
		rows[ret.len] = part_of(pool, km_sheet_row(&lists[longest], i), lists, nodes, len);
		ret.len += rows[ret.len].bytes || !depth_of(rows[ret.len].path);
	}
	ret.rows = rows;
	return ret;
}
