// SPDX-License-Identifier: GPL-2.0-or-later
#include "fuzz.h"
#include "model/page.h"
#include "model/pointers.h"
#include "model/vmalloc.h"

static void check_area(const struct fuzz *fuzz, const struct km_vmallocinfo *vmallocinfo,
		       const struct km_vmallocinfo_area *area)
{
	fuzz_expect(fuzz_has(fuzz, area->start) && fuzz_has(fuzz, area->end));
	fuzz_expect(fuzz_has(fuzz, area->caller) && fuzz_has(fuzz, area->module));
	fuzz_expect(fuzz_has(fuzz, area->phys) && fuzz_has(fuzz, area->marks));
	fuzz_expect((size_t)area->node + area->nodes <= vmallocinfo->nodes.len);
}

void fuzz_one(struct fuzz *fuzz)
{
	struct km_vmallocinfo vmallocinfo = { 0 };
	const struct km_vmallocinfo_area *area;
	struct km_sheet sheets[KM_VMALLOC_BY_AREA + 1];
	uint64_t page_bytes;

	km_parse_vmallocinfo(&fuzz->parse, fuzz->text, &vmallocinfo);
	fuzz_expect_told(fuzz, vmallocinfo.areas.len, NULL);
	km_array_each(area, &vmallocinfo.areas)
		check_area(fuzz, &vmallocinfo, area);
	page_bytes = km_page_of_vmallocinfo(&vmallocinfo);
	fuzz_expect(page_bytes == KM_UNKNOWN || km_page_is_size(page_bytes));
	km_pointers_of(&vmallocinfo);
	for (enum km_vmalloc_by by = KM_VMALLOC_BY_CALLER; by <= KM_VMALLOC_BY_AREA; by++)
		sheets[by] = km_vmalloc_derive(&fuzz->pool, &vmallocinfo, fuzz->page_bytes,
					       vmallocinfo.areas.len * 4096, by);
	for (enum km_vmalloc_by by = KM_VMALLOC_BY_CALLER; by <= KM_VMALLOC_BY_AREA; by++)
		fuzz_expect(!memcmp(sheets[by].totals, sheets->totals, sizeof(struct km_vmalloc)));
	fuzz_sheets(fuzz, sheets, KM_VMALLOC_BY_AREA + 1);
	km_vmallocinfo_deinit(&vmallocinfo);
}
