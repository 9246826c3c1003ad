/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The account of the machine's memory: MemTotal as a tree. Its parts add up to the total exactly, and each
 * byte is in one part only.
 */
#ifndef KM_MODEL_ACCOUNT_H
#define KM_MODEL_ACCOUNT_H

#include "model/account-missing.h"

struct km_account {
	const struct km_word *key;
	struct km_str label;
	uint64_t bytes;
	double share_ratio;
	uint64_t reported_bytes;
	const struct km_word *certainty;
	struct km_str note;
	struct km_rows children; /* struct km_account */
};

extern const struct km_sheet_type km_account_type;

struct km_account_tree {
	struct km_sheet sheet; /* one row, the total; none if the total is unknown */
	struct km_account *parts[KM_ACCOUNT_PARTS]; /* the rows; NULL: this machine does not report the part */
	struct km_account_missing missing; /* if any line is missing, unaccounted is an upper bound */
	uint64_t excess_bytes; /* bytes by which the reported parts exceeded the total; they were cut */
};

/*
 * Derives the account. The pool owns it. Every part with children equals their sum. If the reported parts
 * exceed their whole, the least exact ones are cut; reported_bytes keeps the reported figure. The notes stay
 * empty: report/account-text.h writes them.
 */
void km_account_derive(struct km_pool *pool, const struct km_account_input *facts, struct km_account_tree *ret);

/* The same tree for display: without parts of 0 below the first level, and without a part that equals its whole. */
struct km_sheet km_account_condense(struct km_pool *pool, const struct km_account_tree *tree);

/* The bytes of a part; KM_UNKNOWN if it is not reported. */
uint64_t km_account_bytes(const struct km_account_tree *tree, enum km_account_id id);

extern const struct km_vocabulary km_certainty_vocabulary;

#endif
