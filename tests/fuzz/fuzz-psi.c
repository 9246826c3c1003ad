// SPDX-License-Identifier: GPL-2.0-or-later
#include "fuzz.h"
#include "parse/psi.h"

void fuzz_one(struct fuzz *fuzz)
{
	struct km_psi psi = { 0 };
	const struct km_psi_entry *entry;

	km_parse_psi(&fuzz->parse, fuzz->text, &psi);
	fuzz_expect_told(fuzz, psi.entries.len, NULL);
	km_array_each(entry, &psi.entries) {
		fuzz_expect(fuzz_has(fuzz, entry->kind));
		fuzz_expect(entry->avg10 == KM_UNKNOWN || entry->avg10 <= 10000);
		fuzz_expect(entry->avg60 == KM_UNKNOWN || entry->avg60 <= 10000);
		fuzz_expect(entry->avg300 == KM_UNKNOWN || entry->avg300 <= 10000);
	}
	km_psi_deinit(&psi);
}
