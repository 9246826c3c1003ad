// SPDX-License-Identifier: GPL-2.0-or-later
#include "fuzz.h"
#include "model/buddy.h"

void fuzz_one(struct fuzz *fuzz)
{
	struct km_buddyinfo buddyinfo = { 0 };
	const struct km_buddyinfo_zone *zone;

	km_parse_buddyinfo(&fuzz->parse, fuzz->text, &buddyinfo);
	fuzz_expect_told(fuzz, buddyinfo.zones.len, NULL);
	km_array_each(zone, &buddyinfo.zones)
		fuzz_expect(zone->zone.len && fuzz_has(fuzz, zone->zone) && zone->orders);
	fuzz_sheet(fuzz, km_buddy_derive(&fuzz->pool, &buddyinfo, fuzz->page_bytes));
	km_buddyinfo_deinit(&buddyinfo);
}
