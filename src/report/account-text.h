/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The notes of the account: largest users, bounds, missing lines, possible owners. */
#ifndef KM_REPORT_ACCOUNT_TEXT_H
#define KM_REPORT_ACCOUNT_TEXT_H

#include "model/account-owner.h"
#include "model/caller.h"
#include "report/summary.h"

/* Sets the note of each part of the tree. Texts are owned by the pool. */
void km_account_explain(struct km_pool *pool, const struct km_summary *summary, struct km_account_tree *tree);

/* The same from notes by part, which may be NULL; bounds, cuts and missing lines are added. */
void km_account_set_notes(struct km_pool *pool, const struct km_str *notes, struct km_account_tree *tree);

/* "SUnreclaim, Slab and 3 more"; .ptr NULL when nothing is missing. */
struct km_str km_account_missing_text(struct km_pool *pool, const struct km_account_missing *missing, size_t most);

/* "amdgpu, nvidia, CMA users (at most 12.0 MiB)"; .ptr NULL without any. */
struct km_str km_account_suspects_text(struct km_pool *pool, const struct km_account_suspects *suspects);

/*
 * before, then the source line that holds most, of large kmalloc() requests or of objects:
 * "drivers/md/raid5.c:2345 (grow_stripes) 40.0 MiB"; .ptr NULL where allocinfo does not report it.
 */
struct km_str km_account_line_text(struct km_pool *pool, const struct km_finding_input *facts, bool large,
				   const char *before);

#endif
