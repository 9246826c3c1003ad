// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/account-list.h"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_account_item, path, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "PATH",
	  .brief = "path of the part: the keys of the parts around it, then its own",
	  .explain = "Keys of the account with slashes between them. Never renamed; a kernel may report a part "
		     "in more detail than another.",
	  .origin = "fixed" },
	{ KM_FIELD(struct km_account_item, key, KM_WORD), .words = &km_account_vocabulary, .head = "KEY",
	  .brief = "name of the part",
	  .explain = "The last word of the path. `kmeminfo explain account` explains all parts.",
	  .origin = "fixed" },
	{ KM_FIELD(struct km_account_item, bytes, KM_BYTES), .flags = KM_ANSWER | KM_SHOWN | KM_LEVEL, .head = "SIZE",
	  .brief = "memory in this part",
	  .explain = "As in the tree. Bytes of all leaves add up to the total.",
	  .origin = "see the part" },
	{ KM_FIELD(struct km_account_item, share_ratio, KM_RATIO), .flags = KM_SHOWN | KM_SHARE | KM_LEVEL, .head = "SHARE",
	  .brief = "part of the total",
	  .explain = "Of MemTotal, not of the parent part.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_account_item, certainty, KM_WORD), .words = &km_certainty_vocabulary, .flags = KM_SHOWN,
	  .head = "CERTAINTY",
	  .brief = "how well the figure is known",
	  .explain = "`kmeminfo explain certainty` explains the words.",
	  .origin = "fixed" },
	{ KM_FIELD(struct km_account_item, leaf, KM_TRI), .flags = KM_SHOWN, .head = "LEAF",
	  .brief = "whether the part has no parts itself",
	  .explain = "Add up leaves only: a part that is no leaf is the sum of its parts.",
	  .origin = "computed" },
	{ 0 }
};

const struct km_sheet_type km_account_item_type = {
	.name = "account_parts",
	.brief = "the account as a list of paths",
	.explain = "The same figures as the tree of the summary. Only data formats have it.",
	.fields = fields,
	.row_size = sizeof(struct km_account_item),
};

struct items {
	struct km_pool *pool;
	struct km_account_item *rows;
	size_t len;
};

static size_t count(const struct km_account *part)
{
	const struct km_account *children = part->children.items;
	size_t parts = 1;

	for (size_t i = 0; i < part->children.len; i++)
		parts += count(&children[i]);
	return parts;
}

/* The path of a child of the total does not contain the total, because every path would begin with it. */
static void add(struct items *items, const struct km_account *part, struct km_str above)
{
	const struct km_account *children = part->children.items;
	struct km_str path = above.len ? km_pool_printf(items->pool, "%.*s/%s", KM_STR_ARG(above), part->key->key) :
					 km_str_from(part->key->key);
	const bool is_total = !items->len;

	items->rows[items->len++] = (struct km_account_item){
		path, part->key, part->bytes, part->share_ratio, part->certainty, km_tri_of(!part->children.len),
	};
	for (size_t i = 0; i < part->children.len; i++)
		add(items, &children[i], is_total ? KM_STR("") : path);
}

struct km_sheet km_account_list(struct km_pool *pool, const struct km_account_tree *tree)
{
	const struct km_account *total = tree->sheet.rows;
	struct items items = { .pool = pool };

	if (!tree->sheet.len)
		return (struct km_sheet){ .type = &km_account_item_type };
	items.rows = km_pool_alloc(pool, count(total), sizeof(*items.rows));
	add(&items, total, KM_STR(""));
	return (struct km_sheet){ &km_account_item_type, items.rows, items.len, NULL };
}
