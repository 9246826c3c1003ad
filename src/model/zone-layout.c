// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/zone.h"
#include "model/zone-layout.h"

/* Zone types that kernels are built with, the most common lists first. DMA is 1, Device 32. */
#define LAYOUT(dma, dma32, highmem, device)                                                        \
	((dma) | (dma32) << KM_ZONE_DMA32 | 1 << KM_ZONE_NORMAL | (highmem) << KM_ZONE_HIGHMEM |   \
	 1 << KM_ZONE_MOVABLE | (device) << KM_ZONE_DEVICE)

static const unsigned int layouts[] = {
	LAYOUT(1, 1, 0, 1), /* amd64, arm64 */
	LAYOUT(1, 0, 1, 0), /* i386, arm */
	LAYOUT(1, 1, 0, 0), LAYOUT(0, 1, 0, 1), LAYOUT(1, 0, 0, 1),
	LAYOUT(0, 0, 0, 1), /* powerpc */
	LAYOUT(0, 0, 1, 0), LAYOUT(1, 0, 0, 0), LAYOUT(0, 1, 0, 0),
	LAYOUT(1, 0, 1, 1), LAYOUT(0, 0, 1, 1),
	LAYOUT(0, 0, 0, 0),
};

static const struct km_zone *zone_at(const struct km_sheet *zones, size_t at)
{
	return km_sheet_row(zones, at);
}

/* The kernel's list of zones, if the file has the whole list. */
static unsigned int layout_reported(const struct km_sheet *zones)
{
	unsigned int layout = 0;

	for (size_t i = 0; i < zones->len; i++) {
		const struct km_texts *names = &zone_at(zones, i)->lowmem_reserve_zones;

		for (size_t j = 0; j < names->len; j++)
			layout |= 1u << km_zone_rank_of(names->items[j]);
	}
	return layout >> KM_ZONE_RANKS ? 0 : layout;
}

/* Whether no zone has a reserve against itself or a lower zone. Such a reserve would have no effect. */
static bool layout_fits(const struct km_sheet *zones, unsigned int layout)
{
	for (size_t i = 0; i < zones->len; i++) {
		const struct km_zone *zone = zone_at(zones, i);
		const struct km_numbers *protection = &zone->lowmem_reserve_bytes;
		unsigned int rank = km_zone_rank_of(zone->zone);
		size_t at;

		if (rank == KM_ZONE_RANKS || !(layout >> rank & 1))
			return false;
		/* the file is truncated */
		if (!protection->len)
			continue;
		at = (size_t)__builtin_popcount(layout & ((2u << rank) - 1));
		if (protection->len != (size_t)__builtin_popcount(layout))
			return false;
		for (size_t j = 0; j < at; j++)
			if (protection->items[j])
				return false;
	}
	return true;
}

unsigned int km_zone_layout(const struct km_sheet *zones)
{
	unsigned int reported = layout_reported(zones);

	for (size_t i = 0; !reported && i < sizeof(layouts) / sizeof(*layouts); i++)
		if (layout_fits(zones, layouts[i]))
			return layouts[i];
	return reported;
}

enum km_zone_rank km_zone_layout_highest(const struct km_sheet *zones, unsigned int layout,
					 enum km_zone_rank wanted)
{
	if (layout)
		return layout >> wanted & 1 ? wanted : KM_ZONE_NORMAL;
	if (wanted != KM_ZONE_DMA && wanted != KM_ZONE_DMA32)
		return wanted;
	for (size_t i = 0; i < zones->len; i++)
		if (km_zone_rank_of(zone_at(zones, i)->zone) <= wanted)
			return wanted;
	return KM_ZONE_NORMAL;
}
