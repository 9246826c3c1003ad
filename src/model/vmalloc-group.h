/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to model/vmalloc*.c: groups sites by caller, kind or module. */
#ifndef KM_MODEL_VMALLOC_GROUP_H
#define KM_MODEL_VMALLOC_GROUP_H

#include "model/vmalloc.h"

/* Rows in the order of the file, owned by the pool; the tally owns the texts. Not for BY_AREA. */
struct km_rows km_vmalloc_group(struct km_pool *pool, const struct km_vmalloc_tally *tally,
				enum km_vmalloc_by by);

#endif
