/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Free blocks of each zone by migrate type, and the division of the zone between the types. */
#ifndef KM_MODEL_PAGETYPE_H
#define KM_MODEL_PAGETYPE_H

#include "base/field.h"
#include "parse/pagetypeinfo.h"

struct km_pagetype_order {
	uint64_t order;
	uint64_t block_bytes;
	uint64_t free_blocks;
	enum km_tri free_blocks_at_least;
	uint64_t free_bytes;
	enum km_tri free_bytes_at_least;
};

struct km_pagetype {
	uint64_t node;
	struct km_str zone;
	const struct km_word *type;
	uint64_t blocks;
	uint64_t blocks_bytes;
	uint64_t mixed_blocks;
	uint64_t free_bytes;
	enum km_tri free_bytes_at_least;
	uint64_t largest_free_order;
	struct km_rows orders; /* struct km_pagetype_order */
};

extern const struct km_sheet_type km_pagetype_type;
extern const struct km_sheet_type km_pagetype_order_type;

/* The migrate types; ends with a NULL key. */
extern const struct km_word km_pagetype_words[];

/*
 * Rows in the file's order, owned by the pool. They borrow from pagetypeinfo. page_bytes is the page size of
 * the machine.
 */
struct km_sheet km_pagetype_derive(struct km_pool *pool, const struct km_pagetypeinfo *pagetypeinfo,
				   uint64_t page_bytes);

extern const struct km_vocabulary km_pagetype_vocabulary;

#endif
