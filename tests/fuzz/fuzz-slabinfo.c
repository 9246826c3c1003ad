// SPDX-License-Identifier: GPL-2.0-or-later
#include "fuzz.h"
#include "model/page.h"
#include "model/slab.h"

static bool is_heading(struct km_str line)
{
	struct km_str word;
	size_t words = 0;

	if (km_str_starts(line, KM_STR("#")))
		return true;
	if (!km_str_take_prefix(&line, KM_STR("slabinfo - version:")))
		return false;
	while (km_str_take_word(&line, &word))
		words++;
	return words <= 2;
}

/* Parsing the text block by block finds the same caches. */
static void check_blocks(const struct fuzz *fuzz, const struct km_slabinfo *whole)
{
	struct km_problems problems = { 0 };
	struct km_parse parse = { .source = KM_STR("blocks"), .problems = &problems };
	struct km_slabinfo slabinfo = { 0 };
	struct km_str rest = fuzz->text, block;

	while (fuzz_take_block(&rest, &block))
		km_parse_slabinfo(&parse, block, &slabinfo);
	fuzz_expect(slabinfo.caches.len == whole->caches.len);
	for (size_t i = 0; i < whole->caches.len; i++) {
		struct km_slabinfo_cache a = whole->caches.items[i], b = slabinfo.caches.items[i];

		fuzz_expect(km_str_eq(a.name, b.name));
		a.name = b.name;
		fuzz_expect(!memcmp(&a, &b, sizeof(a)));
	}
	km_slabinfo_deinit(&slabinfo);
	km_problems_deinit(&problems);
}

void fuzz_one(struct fuzz *fuzz)
{
	struct km_slabinfo slabinfo = { 0 };
	const struct km_slabinfo_cache *cache;
	uint64_t page_bytes;

	km_parse_slabinfo(&fuzz->parse, fuzz->text, &slabinfo);
	fuzz_expect_told(fuzz, slabinfo.caches.len, is_heading);
	km_array_each(cache, &slabinfo.caches)
		fuzz_expect(cache->name.len && fuzz_copied(fuzz, cache->name));
	check_blocks(fuzz, &slabinfo);
	page_bytes = km_page_of_slabinfo(&slabinfo);
	fuzz_expect(page_bytes == KM_UNKNOWN || km_page_is_size(page_bytes));
	fuzz_sheet(fuzz, km_slab_derive(&fuzz->pool, &slabinfo, NULL, NULL, fuzz->page_bytes));
	km_slabinfo_deinit(&slabinfo);
}
