/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A zone in the summary: its state, and the largest block that a request could get. */
#ifndef KM_MODEL_ZONE_BRIEF_H
#define KM_MODEL_ZONE_BRIEF_H

#include "base/field.h"

struct km_zone_brief {
	uint64_t node;
	struct km_str zone;
	const struct km_word *state;
	uint64_t managed_bytes;
	uint64_t free_bytes;
	uint64_t low_bytes;
	uint64_t largest_free_bytes;
};

extern const struct km_sheet_type km_zone_brief_type;

/* A row for each zone in zones, owned by the pool. buddy may lack zones, or be empty. */
struct km_sheet km_zone_brief_derive(struct km_pool *pool, const struct km_sheet *zones,
				     const struct km_sheet *buddy);

#endif
