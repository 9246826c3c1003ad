/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The account as a list: each part with its path, for formats that cannot show a tree. */
#ifndef KM_MODEL_ACCOUNT_LIST_H
#define KM_MODEL_ACCOUNT_LIST_H

#include "model/account.h"

struct km_account_item {
	struct km_str path;
	const struct km_word *key;
	uint64_t bytes;
	double share_ratio;
	const struct km_word *certainty;
	enum km_tri leaf;
};

extern const struct km_sheet_type km_account_item_type;

/* Lists parents before their children. The pool owns rows and paths. */
struct km_sheet km_account_list(struct km_pool *pool, const struct km_account_tree *tree);

#endif
