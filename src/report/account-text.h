/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The notes of the account: largest users, bounds, missing lines, possible owners. */
#ifndef KM_REPORT_ACCOUNT_TEXT_H
#define KM_REPORT_ACCOUNT_TEXT_H

#include "model/account-owner.h"
#include "model/caller.h"
#include "report/summary.h"

/* Sets the note of each part of the tree. The pool owns the texts. */
void km_account_explain(struct km_pool *pool, const struct km_summary *summary, struct km_account_tree *tree);

/* The same with given notes by part, which may be NULL. Adds bounds, cuts and missing lines. */
void km_account_set_notes(struct km_pool *pool, const struct km_str *notes, struct km_account_tree *tree);

/* "SUnreclaim, Slab and 3 more"; .ptr NULL if nothing is missing. The pool owns the text. */
struct km_str km_account_missing_text(struct km_pool *pool, const struct km_account_missing *missing, size_t most);

/* "amdgpu, nvidia, CMA users (at most 12.0 MiB)"; .ptr NULL if there are none. The pool owns the text. */
struct km_str km_account_suspects_text(struct km_pool *pool, const struct km_account_suspects *suspects);

/*
 * before, followed by the source line with the most memory, in large kmalloc() requests or in objects:
 * "drivers/md/raid5.c:2345 (grow_stripes) 40.0 MiB". .ptr NULL if allocinfo does not report it.
 */
struct km_str km_account_line_text(struct km_pool *pool, const struct km_finding_input *facts, bool large,
				   const char *before);

#endif
