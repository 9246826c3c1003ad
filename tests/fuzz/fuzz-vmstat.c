// SPDX-License-Identifier: GPL-2.0-or-later
#include "fuzz.h"
#include "parse/vmstat.h"

void fuzz_one(struct fuzz *fuzz)
{
	struct km_vmstat vmstat = { 0 };
	const struct km_vmstat_entry *entry;

	km_parse_vmstat(&fuzz->parse, fuzz->text, &vmstat);
	fuzz_expect_told(fuzz, vmstat.entries.len, NULL);
	km_array_each(entry, &vmstat.entries)
		fuzz_expect(!entry->name.len || fuzz_has(fuzz, entry->name));
	if (vmstat.entries.len)
		fuzz_expect(km_vmstat_value(&vmstat, vmstat.entries.items->name) ==
			    vmstat.entries.items->value);
	km_vmstat_deinit(&vmstat);
}
