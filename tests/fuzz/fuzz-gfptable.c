// SPDX-License-Identifier: GPL-2.0-or-later
#include "fuzz.h"
#include "parse/gfptable.h"

void fuzz_one(struct fuzz *fuzz)
{
	const struct km_gfptable_combination *combination;
	const struct km_gfptable_bit *bit;
	struct km_gfptable table = { 0 };
	struct km_str *name;

	km_parse_gfptable(&fuzz->parse, fuzz->text, &table);
	fuzz_expect((table.first == KM_UNKNOWN) == (table.last == KM_UNKNOWN) || fuzz->problems.list.len);
	km_array_each(bit, &table.bits) {
		fuzz_expect(bit->name.len && fuzz_has(fuzz, bit->name));
		fuzz_expect(!bit->config.ptr || fuzz_has(fuzz, bit->config));
		fuzz_expect(bit->value == KM_UNKNOWN || (bit->value && bit->value <= UINT32_MAX));
	}
	km_array_each(combination, &table.combinations)
		fuzz_expect(fuzz_has(fuzz, combination->name) && fuzz_has(fuzz, combination->flags));
	km_array_each(name, &table.print)
		fuzz_expect(name->len && fuzz_has(fuzz, *name));
	km_gfptable_deinit(&table);
}
