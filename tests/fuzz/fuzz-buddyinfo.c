// SPDX-License-Identifier: GPL-2.0-or-later
#include "fuzz.h"
#include "model/buddy.h"

/* Parsing the text block by block finds the same zones. */
static void check_blocks(const struct fuzz *fuzz, const struct km_buddyinfo *whole)
{
	struct km_problems problems = { 0 };
	struct km_parse parse = { .source = KM_STR("blocks"), .problems = &problems };
	struct km_buddyinfo buddyinfo = { 0 };
	struct km_str rest = fuzz->text, block;

	while (fuzz_take_block(&rest, &block))
		km_parse_buddyinfo(&parse, block, &buddyinfo);
	km_buddyinfo_check(&parse, &buddyinfo);
	fuzz_expect(buddyinfo.zones.len == whole->zones.len);
	for (size_t i = 0; i < whole->zones.len; i++) {
		const struct km_buddyinfo_zone *a = &whole->zones.items[i], *b = &buddyinfo.zones.items[i];

		fuzz_expect(a->node == b->node && km_str_eq(a->zone, b->zone) && a->orders == b->orders);
		fuzz_expect(!memcmp(a->nr_free, b->nr_free, a->orders * sizeof(*a->nr_free)));
	}
	km_buddyinfo_deinit(&buddyinfo);
	km_problems_deinit(&problems);
}

void fuzz_one(struct fuzz *fuzz)
{
	struct km_buddyinfo buddyinfo = { 0 };
	const struct km_buddyinfo_zone *zone;

	km_parse_buddyinfo(&fuzz->parse, fuzz->text, &buddyinfo);
	km_buddyinfo_check(&fuzz->parse, &buddyinfo);
	fuzz_expect_told(fuzz, buddyinfo.zones.len, NULL);
	km_array_each(zone, &buddyinfo.zones)
		fuzz_expect(zone->zone.len && fuzz_copied(fuzz, zone->zone) && zone->orders);
	check_blocks(fuzz, &buddyinfo);
	fuzz_sheet(fuzz, km_buddy_derive(&fuzz->pool, &buddyinfo, fuzz->page_bytes));
	km_buddyinfo_deinit(&buddyinfo);
}
