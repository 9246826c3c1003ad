/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sentences: what is wrong with a GFP mask, and why a machine would not serve it. */
#ifndef KM_REPORT_MASK_TEXT_H
#define KM_REPORT_MASK_TEXT_H

#include "model/mask.h"

/* Fills complaints and reason of rows of km_mask_derive(). The pool owns the texts. */
void km_mask_explain(struct km_pool *pool, struct km_mask *rows, size_t len);

/* Adds to the error of km_gfp_encode() what lists the flags, if nothing else is advised. Returns r. */
int km_mask_advise(int r, struct km_err *err);

/* The number of texts that the caller may add. */
enum { KM_MASK_COMPLAINTS = 2 };

/*
 * The complaints about a mask: km_gfp_faults(), and its bits without a name. The array has room for
 * KM_MASK_COMPLAINTS more. The pool owns it.
 */
struct km_texts km_mask_complaints(struct km_pool *pool, unsigned int faults, uint32_t unnamed);

#endif
