// SPDX-License-Identifier: GPL-2.0-or-later
#include "fuzz.h"
#include "model/page.h"
#include "model/vmalloc.h"

struct areas {
	struct fuzz *fuzz;
	struct km_vmalloc_tally tally;
	struct km_page_votes votes;
	KM_ARRAY(struct km_vmalloc) rows;
};

static void check_area(const struct fuzz *fuzz, const struct km_vmallocinfo_area *area)
{
	fuzz_expect(fuzz_has(fuzz, area->start) && fuzz_has(fuzz, area->end));
	fuzz_expect(fuzz_has(fuzz, area->caller) && fuzz_has(fuzz, area->module));
	fuzz_expect(fuzz_has(fuzz, area->phys) && fuzz_has(fuzz, area->marks));
}

static void take(void *data, const struct km_vmallocinfo_area *list, size_t len)
{
	struct areas *areas = data;
	struct km_vmalloc_found found[KM_VMALLOCINFO_BATCH];

	fuzz_expect(len && len <= KM_VMALLOCINFO_BATCH);
	km_vmalloc_tally_add(&areas->tally, list, len, found);
	for (size_t i = 0; i < len; i++) {
		struct km_pair *pairs = km_pool_alloc(&areas->fuzz->pool, list[i].nodes_len, sizeof(*pairs));
		struct km_vmalloc *row = km_array_push(&areas->rows);

		check_area(areas->fuzz, &list[i]);
		km_page_vote_area(&areas->votes, &list[i]);
		km_row_init(&km_vmalloc_type, row);
		km_vmalloc_set_area(&areas->tally, &list[i], &found[i], pairs, row);
	}
}

static bool is_same(const struct km_vmalloc *a, const struct km_vmalloc *b)
{
	return km_str_eq(a->caller, b->caller) && km_str_eq(a->module, b->module) && km_str_eq(a->start, b->start) &&
	       km_str_eq(a->end, b->end) && km_str_eq(a->phys, b->phys) && km_str_eq(a->flags, b->flags) &&
	       a->virtual_bytes == b->virtual_bytes && a->memory_bytes == b->memory_bytes && a->kind == b->kind &&
	       a->node_pages.len == b->node_pages.len;
}

/* The areas do not depend on the places where the text is split into blocks of lines. */
static void check_blocks(struct fuzz *fuzz, const struct areas *whole)
{
	struct km_problems problems = { 0 };
	struct km_parse parse = { .source = KM_STR("blocks"), .problems = &problems };
	struct areas areas = { .fuzz = fuzz };
	const struct km_vmallocinfo_taker taker = { take, &areas };
	struct km_str rest = fuzz->text, line;

	km_vmalloc_tally_init(&areas.tally, fuzz->page_bytes, 0);
	while (km_str_take_line(&rest, &line))
		km_parse_vmallocinfo(&parse, (struct km_str){ line.ptr, (size_t)(rest.ptr - line.ptr) },
				     &taker);
	fuzz_expect(areas.rows.len == whole->rows.len);
	for (size_t i = 0; i < areas.rows.len; i++)
		fuzz_expect(is_same(&areas.rows.items[i], &whole->rows.items[i]));
	km_array_deinit(&areas.rows);
	km_vmalloc_tally_deinit(&areas.tally);
	km_problems_deinit(&problems);
}

void fuzz_one(struct fuzz *fuzz)
{
	struct areas areas = { .fuzz = fuzz };
	const struct km_vmallocinfo_taker taker = { take, &areas };
	struct km_sheet sheets[KM_VMALLOC_BY_AREA + 1];
	uint64_t page_bytes;

	km_vmalloc_tally_init(&areas.tally, fuzz->page_bytes, KM_VMALLOC_ALL);
	km_parse_vmallocinfo(&fuzz->parse, fuzz->text, &taker);
	fuzz_expect_told(fuzz, areas.rows.len, NULL);
	check_blocks(fuzz, &areas);
	page_bytes = km_page_elected(&areas.votes);
	fuzz_expect(page_bytes == KM_UNKNOWN || km_page_is_size(page_bytes));
	km_pointers_of(&areas.tally.pointers);
	for (enum km_vmalloc_by by = KM_VMALLOC_BY_CALLER; by <= KM_VMALLOC_BY_AREA; by++)
		sheets[by] = km_vmalloc_derive(&fuzz->pool, &areas.tally, areas.rows.len * 4096, by);
	sheets[KM_VMALLOC_BY_AREA].rows = areas.rows.items;
	sheets[KM_VMALLOC_BY_AREA].len = areas.rows.len;
	for (enum km_vmalloc_by by = KM_VMALLOC_BY_CALLER; by <= KM_VMALLOC_BY_AREA; by++)
		fuzz_expect(!memcmp(sheets[by].totals, sheets->totals, sizeof(struct km_vmalloc)));
	fuzz_sheets(fuzz, sheets, KM_VMALLOC_BY_AREA + 1);
	km_array_deinit(&areas.rows);
	km_vmalloc_tally_deinit(&areas.tally);
}
