// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/cleanup.h"
#include "base/index.h"
#include "model/buddy.h"
#include "model/zone-brief.h"
#include "model/zone.h"

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_zone_brief, node, KM_COUNT), .flags = KM_SHOWN | KM_ID, .head = "NODE",
	  .brief = "NUMA node", .explain = "As in `kmeminfo zones`.", .origin = "/proc/zoneinfo" },
	{ KM_FIELD(struct km_zone_brief, zone, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "ZONE",
	  .brief = "zone of the node", .explain = "As in `kmeminfo zones`.", .origin = "/proc/zoneinfo" },
	{ KM_FIELD(struct km_zone_brief, state, KM_WORD), .words = &km_zone_state_vocabulary, .flags = KM_ANSWER | KM_SHOWN, .head = "STATE",
	  .brief = "how short of memory the zone is",
	  .explain = "`kmeminfo explain state` explains the words.", .origin = "/proc/zoneinfo" },
	{ KM_FIELD(struct km_zone_brief, managed_bytes, KM_BYTES),
	  .flags = KM_DETAIL | KM_SHOWN | KM_LEVEL, .head = "MANAGED",
	  .brief = "memory of the zone that the page allocator manages",
	  .explain = "As in `kmeminfo zones`.", .origin = "/proc/zoneinfo managed" },
	{ KM_FIELD(struct km_zone_brief, free_bytes, KM_BYTES),
	  .flags = KM_ANSWER | KM_SHOWN | KM_LEVEL, .head = "FREE",
	  .brief = "free memory of the zone",
	  .explain = "As in `kmeminfo zones`: without pages on per-CPU lists.",
	  .origin = "/proc/zoneinfo free" },
	{ KM_FIELD(struct km_zone_brief, low_bytes, KM_BYTES),
	  .flags = KM_SHOWN | KM_LEVEL, .head = "LOW",
	  .brief = "the watermark below which kswapd is woken",
	  .explain = "As in `kmeminfo zones`.", .origin = "/proc/zoneinfo low" },
	{ KM_FIELD(struct km_zone_brief, largest_free_bytes, KM_BYTES), .flags = KM_ANSWER | KM_SHOWN | KM_LEVEL,
	  .head = "LARGEST BLOCK", .brief = "the largest contiguous block that is free",
	  .explain = "As in `kmeminfo buddy`. The largest possible block is 4 MiB on most "
		     "machines.",
	  .origin = "/proc/buddyinfo" },
	{ 0 }
};

const struct km_sheet_type km_zone_brief_type = {
	.name = "summary_zones",
	.brief = "the zones' states",
	.explain = "A short form of `kmeminfo zones` and `kmeminfo buddy`.",
	.fields = fields,
	.row_size = sizeof(struct km_zone_brief),
};

struct km_sheet km_zone_brief_derive(struct km_pool *pool, const struct km_sheet *zones,
				     const struct km_sheet *buddy)
{
	KM_CLEANUP(km_index_deinit) struct km_index index = { 0 };
	struct km_zone_brief *rows = km_pool_alloc(pool, zones->len, sizeof(*rows));

	for (size_t i = 0; i < buddy->len; i++) {
		const struct km_buddy *row = km_sheet_row(buddy, i);

		km_index_of(&index, row->node, row->zone);
	}
	for (size_t i = 0; i < zones->len; i++) {
		const struct km_zone *zone = km_sheet_row(zones, i);
		size_t known = index.keys.len, number = km_index_of(&index, zone->node, zone->zone);

		km_row_init(&km_zone_brief_type, &rows[i]);
		rows[i].node = zone->node;
		rows[i].zone = zone->zone;
		rows[i].state = zone->state;
		rows[i].managed_bytes = zone->managed_bytes;
		rows[i].free_bytes = zone->free_bytes;
		rows[i].low_bytes = zone->low_bytes;
		if (number < known && number < buddy->len)
			rows[i].largest_free_bytes =
				((const struct km_buddy *)km_sheet_row(buddy, number))->largest_free_bytes;
	}
	return (struct km_sheet){ &km_zone_brief_type, rows, zones->len, NULL };
}
