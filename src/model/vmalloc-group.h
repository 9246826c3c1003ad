/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside model/vmalloc*.c only: sites that share a caller, a kind or a module become rows. */
#ifndef KM_MODEL_VMALLOC_GROUP_H
#define KM_MODEL_VMALLOC_GROUP_H

#include "model/vmalloc.h"

/* Rows in the order of the file, owned by the pool, texts by the tally. Not for BY_AREA. */
struct km_rows km_vmalloc_group(struct km_pool *pool, const struct km_vmalloc_tally *tally,
				enum km_vmalloc_by by);

#endif
