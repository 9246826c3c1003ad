/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is wrong with a GFP mask, and why a machine would not serve it, as sentences. */
#ifndef KM_REPORT_MASK_TEXT_H
#define KM_REPORT_MASK_TEXT_H

#include "model/mask.h"

/* Fills complaints and reason of rows of km_mask_derive(). Texts are owned by the pool. */
void km_mask_explain(struct km_pool *pool, struct km_mask *rows, size_t len);

/* Room for more texts than these: what the caller may add. */
enum { KM_MASK_COMPLAINTS = 2 };

/*
 * What is illegal, contradictory or without effect: km_gfp_faults() of a mask, and its bits without a name. Has room
 * for KM_MASK_COMPLAINTS more. Owned by the pool.
 */
struct km_texts km_mask_complaints(struct km_pool *pool, unsigned int faults, uint32_t unnamed);

#endif
