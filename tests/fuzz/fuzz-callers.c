// SPDX-License-Identifier: GPL-2.0-or-later
#include "fuzz.h"
#include "model/caller.h"

/* Parses the text as each of the three files. Every text of a row must lie in the input. */
void fuzz_one(struct fuzz *fuzz)
{
	struct km_callers callers = { .pool = &fuzz->pool };
	struct km_allocinfo allocinfo = { 0 };
	struct km_calltraces pages = { 0 }, objects = { 0 };
	struct km_sheet sheet;

	km_parse_allocinfo(&fuzz->parse, fuzz->text, &allocinfo);
	km_parse_page_owner(&fuzz->parse, fuzz->text, &pages);
	km_parse_alloc_traces(&fuzz->parse, fuzz->text, &objects);
	km_callers_add_allocinfo(&callers, &allocinfo);
	km_callers_add_traces(&callers, KM_CALLER_PAGE_OWNER, &pages, (struct km_str){ 0 }, 4096);
	km_callers_add_traces(&callers, KM_CALLER_SLAB, &objects, KM_STR("cache"), KM_UNKNOWN);
	sheet = km_callers_take(&callers);
	for (size_t i = 0; i < sheet.len; i++) {
		const struct km_caller *row = km_sheet_row(&sheet, i);

		fuzz_expect(!row->caller.len || fuzz_has(fuzz, row->caller));
		fuzz_expect(!row->place.len || fuzz_has(fuzz, row->place));
	}
	km_caller_largest(&sheet, 4096, true);
	km_allocinfo_deinit(&allocinfo);
	km_calltraces_deinit(&pages);
	km_calltraces_deinit(&objects);
}
