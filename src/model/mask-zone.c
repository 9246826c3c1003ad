// SPDX-License-Identifier: GPL-2.0-or-later
/* The zones that a mask may be served from, and how much of them. */
#include "model/mask.h"
#include "model/zone.h"

bool km_mask_has_zone(const void *data, struct km_str name)
{
	const struct km_sheet *zones = data;

	for (size_t i = 0; i < zones->len; i++)
		if (km_str_eq(((const struct km_zone *)km_sheet_row(zones, i))->zone, name))
			return true;
	return !zones->len;
}

/* Where a zone stands among those that masks can name; KM_GFP_ZONE_BAD for others, as Device. */
static enum km_gfp_zone rank(struct km_str name)
{
	enum km_gfp_zone zone = KM_GFP_ZONE_DMA;

	while (zone < KM_GFP_ZONE_BAD && !km_str_eq(km_gfp_zone_name(zone), name))
		zone++;
	return zone;
}

static uint64_t protection(const struct km_zone *zone, struct km_str highest)
{
	for (size_t i = 0; i < zone->protection_zones.len && i < zone->protection_bytes.len; i++)
		if (km_str_eq(zone->protection_zones.items[i], highest))
			return zone->protection_bytes.items[i];
	return KM_UNKNOWN;
}

/* Free memory that the mask cannot be served from (k6.12:mm/page_alloc.c __zone_watermark_unusable_free). */
static uint64_t unusable(const struct km_zone *zone, const struct km_gfp_facts *facts)
{
	uint64_t bytes = 0;

	if (!facts->cma)
		bytes += km_num_or(zone->cma_free_bytes, 0);
	if (facts->highatomic == KM_TRI_NO)
		bytes += km_num_or(zone->highatomic_free_bytes, km_num_or(zone->highatomic_bytes, 0));
	return bytes;
}

static void make_zone(const struct km_zone *zone, const struct km_gfp_facts *facts, struct km_str highest,
		      struct km_mask_zone *row)
{
	uint64_t kept;

	km_row_init(&km_mask_zone_type, row);
	row->node = zone->node;
	row->zone = zone->zone;
	row->free_bytes = zone->free_bytes;
	row->mark_bytes = km_num_mul(zone->min_bytes, facts->min_eighths);
	if (row->mark_bytes != KM_UNKNOWN)
		row->mark_bytes /= 8;
	row->protection_bytes = facts->min_eighths ? protection(zone, highest) : 0;
	kept = km_num_add(km_num_add(row->mark_bytes, row->protection_bytes), unusable(zone, facts));
	row->left_bytes = km_num_delta(zone->free_bytes, kept);
}

/* A zone without memory serves nobody. */
static bool serves(const struct km_zone *zone, enum km_gfp_zone at, uint64_t node)
{
	return zone->node == node && rank(zone->zone) == at && zone->managed_bytes;
}

struct km_rows km_mask_zones(const struct km_mask_asker *asker, const struct km_gfp_facts *facts,
			     struct km_str highest)
{
	const struct km_sheet *zones = asker->zones;
	struct km_mask_zone *rows = km_pool_alloc(asker->pool, zones->len, sizeof(*rows));
	uint64_t node = KM_UNKNOWN;
	size_t len = 0;

	if (!highest.ptr)
		return (struct km_rows){ rows, 0 };
	for (size_t i = 0; i < zones->len; i++) {
		const struct km_zone *first = km_sheet_row(zones, i);

		if (first->node == node)
			continue;
		node = first->node;
		for (int at = (int)rank(highest); at >= 0; at--)
			for (size_t j = i; j < zones->len; j++)
				if (serves(km_sheet_row(zones, j), (enum km_gfp_zone)at, node) && len < zones->len)
					make_zone(km_sheet_row(zones, j), facts, highest, &rows[len++]);
	}
	return (struct km_rows){ rows, len };
}
