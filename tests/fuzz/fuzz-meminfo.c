// SPDX-License-Identifier: GPL-2.0-or-later
#include "fuzz.h"
#include "parse/meminfo.h"

void fuzz_one(struct fuzz *fuzz)
{
	struct km_meminfo meminfo = { 0 };
	const struct km_meminfo_entry *entry;

	km_parse_meminfo(&fuzz->parse, fuzz->text, &meminfo);
	fuzz_expect_told(fuzz, meminfo.entries.len, NULL);
	km_array_each(entry, &meminfo.entries)
		fuzz_expect(entry->key.len && fuzz_has(fuzz, entry->key));
	if (meminfo.entries.len) {
		entry = meminfo.entries.items;
		fuzz_expect(entry->kb ? km_meminfo_bytes(&meminfo, entry->key) ==
						km_num_mul(entry->value, 1024) :
					km_meminfo_count(&meminfo, entry->key) == entry->value);
	}
	km_meminfo_deinit(&meminfo);
}
