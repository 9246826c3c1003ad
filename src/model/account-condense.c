// SPDX-License-Identifier: GPL-2.0-or-later
/* The account without the parts that say nothing, for a summary. */
#include "model/account.h"

/* Whether a child gets a line. The first level shows the rest even if it is 0. */
static bool is_worth_a_line(const struct km_account *child, const struct km_account *whole, bool first)
{
	if (first)
		return child->bytes || child->certainty == &km_certainties[KM_REST];
	return child->bytes && child->bytes != whole->bytes;
}

static struct km_account condense(struct km_pool *pool, const struct km_account *row, bool root)
{
	const struct km_account *children = row->children.items;
	struct km_account *kept = km_pool_alloc(pool, row->children.len, sizeof(*kept));
	struct km_account shown = *row;
	size_t len = 0;

	for (size_t i = 0; i < row->children.len; i++)
		if (is_worth_a_line(&children[i], row, root))
			kept[len++] = condense(pool, &children[i], false);
	shown.children = (struct km_rows){ kept, len };
	return shown;
}

struct km_sheet km_account_condense(struct km_pool *pool, const struct km_account_tree *tree)
{
	struct km_sheet sheet = tree->sheet;
	struct km_account *root;

	if (!sheet.len)
		return sheet;
	root = km_pool_alloc(pool, 1, sizeof(*root));
	*root = condense(pool, sheet.rows, true);
	sheet.rows = root;
	return sheet;
}
