// SPDX-License-Identifier: GPL-2.0-or-later
#include "fuzz.h"
#include "model/installed.h"

void fuzz_one(struct fuzz *fuzz)
{
	struct km_iomem iomem = { 0 };
	const struct km_iomem_range *range;
	const struct km_installed_input facts = { .iomem = &iomem, .managed_bytes = 1 << 20, .present_bytes = 2 << 20,
						  .spanned_bytes = 3 << 20, .total_bytes = 1 << 20,
						  .memmap_boot_bytes = KM_UNKNOWN, .page_bytes = 4096 };

	km_parse_iomem(&fuzz->parse, fuzz->text, &iomem);
	fuzz_expect_told(fuzz, iomem.ranges.len, NULL);
	km_array_each(range, &iomem.ranges) {
		fuzz_expect(range->start <= range->end);
		fuzz_expect(!range->name.len || fuzz_has(fuzz, range->name));
	}
	fuzz_expect(km_installed_derive(&fuzz->pool, &facts).len);
	km_iomem_deinit(&iomem);
}
