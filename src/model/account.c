// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/account-reported.h"
#include "model/account.h"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_account, key, KM_WORD), .words = &km_account_vocabulary, .flags = KM_ID, .head = "KEY",
	  .brief = "name of the part",
	  .explain = "Never renamed. `kmeminfo explain account` explains all parts.",
	  .origin = "fixed" },
	{ KM_FIELD(struct km_account, label, KM_TEXT), .flags = KM_SHOWN, .head = "MEMORY",
	  .brief = "description of the part",
	  .explain = "Meant for people; it may change.",
	  .origin = "fixed" },
	{ KM_FIELD(struct km_account, bytes, KM_BYTES), .flags = KM_ANSWER | KM_SHOWN | KM_LEVEL, .head = "SIZE",
	  .brief = "memory in this part",
	  .explain = "A part with children is exactly their sum, and the root is MemTotal. If the "
		     "reported parts exceed their whole (counters lag, files are read one after "
		     "the other, some figures are upper bounds), the least certain ones are cut. "
		     "reported_bytes then has the reported value.",
	  .origin = "see the part" },
	{ KM_FIELD(struct km_account, share_ratio, KM_RATIO), .flags = KM_SHOWN | KM_BAR | KM_SHARE | KM_LEVEL | KM_COMPUTED,
	  .head = "SHARE", .brief = "part of the total",
	  .explain = "Of MemTotal, not of the parent part.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_account, reported_bytes, KM_BYTES), .flags = KM_LEVEL, .head = "REPORTED",
	  .brief = "reported value of this part",
	  .explain = "The same as bytes unless that was cut. Unknown for sums and rests, which no "
		     "source reports.",
	  .origin = "see the part" },
	{ KM_FIELD(struct km_account, certainty, KM_WORD), .words = &km_certainty_vocabulary, .head = "CERTAINTY",
	  .brief = "how well the figure is known",
	  .explain = "counted, counted apart, at most, at least, estimate, rest or sum; `kmeminfo explain "
		     "certainty` explains them.",
	  .origin = "fixed" },
	{ KM_FIELD(struct km_account, note, KM_TEXT), .flags = KM_SHOWN | KM_PROSE, .head = "NOTE",
	  .brief = "remark about this part",
	  .explain = "Its largest users, a bound, or what was cut; often empty. Meant for people; "
		     "it may change.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_account, children, KM_ROWS), .flags = KM_SHOWN | KM_TREE, .head = "PARTS",
	  .rows = &km_account_type, .brief = "parts of this part",
	  .explain = "Empty if the machine reports none.",
	  .origin = "see the part" },
	{ 0 }
};

static void set_shares(const struct km_account *rows, size_t len, uint64_t total)
{
	for (size_t i = 0; i < len; i++) {
		struct km_account *row = (struct km_account *)(uintptr_t)&rows[i];

		row->share_ratio = km_num_ratio(row->bytes, total);
		set_shares(row->children.items, row->children.len, total);
	}
}

static void compute(const struct km_sheet *sheet, uint64_t page_bytes)
{
	const struct km_account *root = sheet->rows;

	(void)page_bytes;
	if (sheet->len)
		set_shares(root, sheet->len, root->bytes);
}

const struct km_sheet_type km_account_type = {
	.name = "account",
	.brief = "where all of the machine's memory is",
	.explain = "A tree that starts at MemTotal. Every byte is in one part only, so the parts "
		   "add up: memory that several kernel counters share is counted once. Parts that "
		   "a kernel does not report are absent, and their memory is in a rest.",
	.fields = fields,
	.row_size = sizeof(struct km_account),
	.compute = compute,
};

const struct km_word km_certainties[] = {
	[KM_AT_MOST] = {
		.key = "at most", .brief = "an upper bound",
		.explain = "Part of the counted memory lies outside the whole or in another part, "
			   "and the kernel does not report how much.",
	},
	[KM_ESTIMATE] = {
		.key = "estimate", .brief = "computed from figures that do not match exactly",
		.explain = "The explanation of the part describes how.",
	},
	[KM_AT_LEAST] = {
		.key = "at least", .brief = "a lower bound",
		.explain = "More of it may be in the rest next to it.",
	},
	[KM_COUNTED_APART] = {
		.key = "counted apart", .brief = "the kernel's count, from another file than the "
						 "count of the whole",
		.explain = "The two files are read one after the other, and figures change in "
			   "between.",
	},
	[KM_COUNTED] = {
		.key = "counted", .brief = "the kernel's count",
		.explain = "Counters are kept per CPU and folded in late: each may be off by the "
			   "`vm stats threshold` of /proc/zoneinfo pages for each CPU.",
	},
	[KM_REST] = {
		.key = "rest", .brief = "what is left of the whole",
		.explain = "The whole minus the other parts, so all errors of those end up here.",
	},
	[KM_SUM] = {
		.key = "sum", .brief = "the sum of its parts",
		.explain = "No counter covers it as a whole.",
	},
	[KM_CERTAINTIES] = { 0 },
};

/* No machine has more. With larger values the sums of all parts could overflow. */
static const uint64_t TOTAL_MAX = 1ULL << 57;

struct node {
	bool present;
	bool inner;     /* has present children */
	uint64_t reported; /* KM_UNKNOWN: not reported */
	uint64_t bytes; /* when present */
	enum km_certainty certainty; /* the part's own certainty, unless lines are missing */
};

#define each_id(id) for (unsigned int id = 0; id < KM_ACCOUNT_PARTS; id++)
/* Visits children before their parents. */
#define each_id_up(id) for (unsigned int id = KM_ACCOUNT_PARTS; id-- > 0;)

static bool is_child(unsigned int id, unsigned int parent)
{
	return id != KM_ACCOUNT_TOTAL && km_account_parts[id].parent == parent;
}

static bool is_below(unsigned int id, unsigned int ancestor)
{
	while (id != KM_ACCOUNT_TOTAL && id != ancestor)
		id = km_account_parts[id].parent;
	return id == ancestor;
}

static uint64_t sum_of_children(const struct node *nodes, unsigned int parent)
{
	uint64_t sum = 0;

	each_id(id)
		if (is_child(id, parent) && nodes[id].present)
			sum += nodes[id].bytes;
	return sum;
}

/* Cuts excess from the leaves below a part, the least certain and last ones first. */
static void cut(struct node *nodes, unsigned int ancestor, uint64_t excess)
{
	for (unsigned int certainty = 0; certainty < KM_SUM; certainty++)
		each_id_up(id) {
			struct node *node = &nodes[id];
			uint64_t taken;

			if (!node->present || node->inner || !is_below(id, ancestor) ||
			    km_account_parts[id].certainty != certainty)
				continue;
			taken = node->bytes < excess ? node->bytes : excess;
			node->bytes -= taken;
			excess -= taken;
		}
	each_id_up(id)
		if (nodes[id].inner && id != ancestor && is_below(id, ancestor))
			nodes[id].bytes = sum_of_children(nodes, id);
}

static struct node *rest_of(struct node *nodes, unsigned int parent)
{
	each_id(id)
		if (is_child(id, parent) && km_account_parts[id].certainty == KM_REST)
			return &nodes[id];
	return NULL;
}

/* Sets a part to the sum of its children, which must be settled. Returns the amount that had to be cut. */
static uint64_t settle(struct node *nodes, unsigned int id)
{
	struct node *node = &nodes[id], *rest = rest_of(nodes, id);
	uint64_t sum = sum_of_children(nodes, id), excess = 0;

	each_id(child)
		node->inner = node->inner || (is_child(child, id) && nodes[child].present);
	if (!node->inner && id != KM_ACCOUNT_TOTAL)
		return 0;
	if (!node->present)
		node->bytes = sum;
	node->present = node->inner = true;
	if (sum > node->bytes) {
		excess = sum - node->bytes;
		cut(nodes, id, excess);
		sum = node->bytes;
	}
	/* a whole that is only known from its parts has no rest */
	if (rest && node->reported != KM_UNKNOWN)
		*rest = (struct node){ .present = true, .reported = KM_UNKNOWN, .bytes = node->bytes - sum };
	return excess;
}

/* Takes the reported figures, each limited to the total. */
static void take_reported(struct node *nodes, const struct km_account_input *facts)
{
	each_id(id) {
		struct node *node = &nodes[id];

		node->reported = km_account_reported(&km_account_parts[id], facts);
		node->present = node->reported != KM_UNKNOWN;
		node->bytes = node->reported < nodes->reported ? node->reported : nodes->reported;
	}
}

/*
 * The parts of a rest come from a different source than the other parts of its whole. They are added last and
 * never change the size of the rest.
 */
static void hide_parts_of(struct node *nodes, unsigned int id)
{
	each_id(child)
		if (is_child(child, id))
			nodes[child].present = false;
}

static void show_parts_of(struct node *nodes, unsigned int id)
{
	struct node *rest = rest_of(nodes, id);
	uint64_t left = nodes[id].bytes;
	bool reported = false;

	each_id(child) {
		struct node *node = &nodes[child];

		if (!is_child(child, id) || node == rest || node->reported == KM_UNKNOWN)
			continue;
		node->present = reported = true;
		node->bytes = node->reported < left ? node->reported : left;
		left -= node->bytes;
	}
	if (reported)
		*rest = (struct node){ .present = true, .reported = KM_UNKNOWN, .bytes = left };
}

/* The memory of a missing line is in the rest, so the sums above it are lower bounds. */
static void apply_missing(struct node *nodes, const struct km_account_missing *missing)
{
	each_id(id)
		for (unsigned int above = id; missing->parts[id] && above != KM_ACCOUNT_TOTAL;) {
			above = km_account_parts[above].parent;
			if (nodes[above].certainty == KM_SUM)
				nodes[above].certainty = KM_AT_LEAST;
		}
	if (km_account_is_missing(missing))
		nodes[KM_ACCOUNT_UNACCOUNTED].certainty = KM_AT_MOST;
}

/* Sets the certainties that differ from the table of parts. */
static void set_certainties(struct km_pool *pool, const struct km_account_input *facts, struct node *nodes,
			    struct km_account_missing *ret)
{
	uint64_t reported[KM_ACCOUNT_PARTS];

	each_id(id) {
		reported[id] = nodes[id].reported;
		nodes[id].certainty = km_account_parts[id].certainty;
		if (nodes[id].inner && reported[id] == KM_UNKNOWN && nodes[id].certainty != KM_SUM)
			nodes[id].certainty = KM_AT_LEAST; /* only known from its parts */
	}
	if (reported[KM_ACCOUNT_SHARED] == KM_UNKNOWN)
		nodes[KM_ACCOUNT_FILE_CACHE].certainty = KM_AT_MOST;
	if (km_account_vmalloc_used(facts->meminfo, facts->release) == KM_UNKNOWN)
		nodes[KM_ACCOUNT_VMALLOC].certainty = KM_COUNTED_APART;
	if (facts->zfs_is_bound)
		nodes[KM_ACCOUNT_ZFS].certainty = KM_AT_MOST;
	if (reported[KM_ACCOUNT_SLAB] != KM_UNKNOWN)
		nodes[KM_ACCOUNT_SLAB].certainty = KM_COUNTED;
	/* the rest of an upper bound is an upper bound, too */
	each_id(id)
		if (nodes[id].certainty == KM_REST && nodes[km_account_parts[id].parent].certainty == KM_AT_MOST)
			nodes[id].certainty = KM_AT_MOST;
	km_account_find_missing(pool, facts, reported, ret);
	apply_missing(nodes, ret);
}

static void make_row(const struct node *nodes, unsigned int id, struct km_account *row)
{
	const struct km_account_part *part = &km_account_parts[id];

	km_row_init(&km_account_type, row);
	row->key = &part->word;
	row->label = km_str_from(part->label);
	row->bytes = nodes[id].bytes;
	row->reported_bytes = nodes[id].reported;
	row->certainty = &km_certainties[nodes[id].certainty];
}

/* Makes the rows of a part's children, recursively. */
static struct km_rows make_children(struct km_pool *pool, const struct node *nodes, unsigned int parent,
				    struct km_account_tree *tree)
{
	struct km_account *rows;
	size_t len = 0;

	each_id(id)
		len += is_child(id, parent) && nodes[id].present;
	rows = km_pool_alloc(pool, len, sizeof(*rows));
	len = 0;
	each_id(id) {
		if (!is_child(id, parent) || !nodes[id].present)
			continue;
		make_row(nodes, id, &rows[len]);
		rows[len].children = make_children(pool, nodes, id, tree);
		tree->parts[id] = &rows[len++];
	}
	return (struct km_rows){ rows, len };
}

/*
 * An upper bound contains memory that other parts have too: linear buffers are slab and vmalloc memory. It gets what the
 * others leave, and takes nothing from them.
 */
static void limit_bound(struct node *nodes, const struct km_account_input *facts)
{
	struct node others[KM_ACCOUNT_PARTS];

	if (!facts->zfs_is_bound || !nodes[KM_ACCOUNT_ZFS].present)
		return;
	memcpy(others, nodes, sizeof(others));
	others[KM_ACCOUNT_ZFS] = (struct node){ .reported = KM_UNKNOWN };
	each_id_up(id)
		settle(others, id);
	if (others[KM_ACCOUNT_UNACCOUNTED].bytes < nodes[KM_ACCOUNT_ZFS].bytes)
		nodes[KM_ACCOUNT_ZFS].bytes = others[KM_ACCOUNT_UNACCOUNTED].bytes;
}

void km_account_derive(struct km_pool *pool, const struct km_account_input *facts, struct km_account_tree *ret)
{
	struct node nodes[KM_ACCOUNT_PARTS] = { 0 };
	struct km_account *root;

	*ret = (struct km_account_tree){ .sheet = { .type = &km_account_type } };
	nodes->reported = km_account_reported(&km_account_parts[KM_ACCOUNT_TOTAL], facts);
	if (!nodes->reported || nodes->reported > TOTAL_MAX)
		return;
	take_reported(nodes, facts);
	hide_parts_of(nodes, KM_ACCOUNT_UNACCOUNTED);
	limit_bound(nodes, facts);
	each_id_up(id)
		ret->excess_bytes = settle(nodes, id);
	show_parts_of(nodes, KM_ACCOUNT_UNACCOUNTED);
	set_certainties(pool, facts, nodes, &ret->missing);
	root = km_pool_alloc(pool, 1, sizeof(*root));
	make_row(nodes, KM_ACCOUNT_TOTAL, root);
	root->children = make_children(pool, nodes, KM_ACCOUNT_TOTAL, ret);
	ret->parts[KM_ACCOUNT_TOTAL] = root;
	ret->sheet.rows = root;
	ret->sheet.len = 1;
	compute(&ret->sheet, KM_UNKNOWN);
}

uint64_t km_account_bytes(const struct km_account_tree *tree, enum km_account_id id)
{
	return tree->parts[id] ? tree->parts[id]->bytes : KM_UNKNOWN;
}

const struct km_vocabulary km_certainty_vocabulary = {
	.name = "certainty",
	.brief = "how well a part of the account is known",
	.items = km_certainties,
	.item_size = sizeof(*km_certainties),
};
