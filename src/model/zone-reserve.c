// SPDX-License-Identifier: GPL-2.0-or-later
/* The lowmem reserve: memory that a zone keeps for requests that cannot use a higher zone. */
#include "model/zone.h"

/*
 * The file lists the zones of a node together, lowest first. Finds the first of them and returns whether
 * their number is wanted. It looks no further than that.
 */
static bool zones_around(const struct km_zoneinfo *zoneinfo, size_t at, size_t wanted,
			 size_t *ret_first)
{
	const struct km_zoneinfo_zone *zones = zoneinfo->zones.items;
	size_t first = at, end = at + 1;

	while (first && end - first <= wanted && zones[first - 1].node == zones[at].node)
		first--;
	while (end < zoneinfo->zones.len && end - first <= wanted && zones[end].node == zones[at].node)
		end++;
	*ret_first = first;
	return end - first == wanted;
}

/*
 * Like the kernel's first attempt at one page (k6.12:mm/page_alloc.c zone_watermark_fast). No request can
 * name the zone Device (k6.12:include/linux/gfp.h GFP_ZONES_SHIFT).
 */
static bool is_open(const struct km_zone *row, struct km_str wanted, uint64_t reserve)
{
	uint64_t needed = km_num_add(row->low_bytes, reserve);

	return row->managed_bytes && needed != KM_UNKNOWN && row->usable_bytes != KM_UNKNOWN &&
	       row->usable_bytes > needed && !km_str_eq(wanted, KM_STR("Device"));
}

void km_zone_derive_reserve(struct km_pool *pool, const struct km_zoneinfo *zoneinfo, uint64_t page_bytes, size_t at,
			    struct km_zone *row)
{
	const struct km_zoneinfo_range *range = &zoneinfo->zones.items[at].protection;
	struct km_str *names, *open;
	uint64_t *bytes;
	size_t first;

	bytes = km_pool_alloc(pool, range->len, sizeof(*bytes));
	row->lowmem_reserve_bytes = (struct km_numbers){ bytes, range->len };
	for (size_t i = 0; i < range->len; i++)
		bytes[i] = km_num_mul(page_bytes, zoneinfo->protection.items[range->first + i]);
	if (!zones_around(zoneinfo, at, range->len, &first))
		return;
	names = km_pool_alloc(pool, range->len, sizeof(*names));
	open = km_pool_alloc(pool, range->len, sizeof(*open));
	row->lowmem_reserve_zones = (struct km_texts){ names, range->len };
	row->open_to.items = open;
	for (size_t i = 0; i < range->len; i++) {
		names[i] = zoneinfo->zones.items[first + i].zone;
		if (first + i >= at && is_open(row, names[i], bytes[i]))
			open[row->open_to.len++] = names[i];
	}
}
