// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pageclass.h"
#include "page-class.h" /* module/ */

#define CLASS_TOPIC(id, name, meaning) { name, meaning, NULL, "/proc/kmeminfo/pages", NULL },

const struct km_topic km_pageclass_topics[] = {
	KM_CLASSES(CLASS_TOPIC)
	{ "pcp", "free, in the lists of a CPU",
	  "Pages without a reference, up to what the zone's CPUs hold in their lists.",
	  "/proc/kmeminfo/pages: ref0 up to pcp_pages", NULL },
	{ "untyped", "in use, but without a reference count of their own",
	  "The frames behind the first of a block of a higher order that is neither compound nor typed: "
	  "drivers' buffers from __get_free_pages(), for instance. In struct page they look like free "
	  "pages; that the CPUs' lists do not hold them tells that they are not.",
	  "/proc/kmeminfo/pages: ref0 less pcp_pages", NULL },
	{ 0 }
};

static const struct km_field zone_fields[] = {
	{ KM_FIELD(struct km_pageclass_zone, zone, KM_TEXT), .flags = KM_ID, .head = "ZONE",
	  .brief = "node and zone", .explain = "As \"0 Normal\".", .origin = "/proc/kmeminfo/pages" },
	{ KM_FIELD(struct km_pageclass_zone, pages, KM_COUNT), .head = "PAGES",
	  .brief = "page frames of the class in this zone", .explain = "Counted one by one.",
	  .origin = "/proc/kmeminfo/pages" },
	{ KM_FIELD(struct km_pageclass_zone, size_bytes, KM_BYTES), .head = "SIZE",
	  .brief = "memory of the class in this zone", .explain = "Pages times the page size.",
	  .origin = "computed" },
	{ 0 }
};

const struct km_sheet_type km_pageclass_zone_type = {
	.name = "page_zones",
	.brief = "pages of a class in one zone",
	.fields = zone_fields,
	.row_size = sizeof(struct km_pageclass_zone),
	.spread_head = "zone",
	.spread_cell = "size_bytes",
};

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_pageclass, class, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "CLASS",
	  .brief = "what the pages are",
	  .explain = "Each page frame of a zone's span is in exactly one class.",
	  .origin = "/proc/kmeminfo/pages" },
	{ KM_FIELD(struct km_pageclass, pages, KM_COUNT), .flags = KM_SUMMED, .head = "PAGES",
	  .brief = "page frames of the class",
	  .explain = "No lock is held while they are counted: a page that changes hands meanwhile is "
		     "counted as what it was before or after.",
	  .origin = "/proc/kmeminfo/pages" },
	{ KM_FIELD(struct km_pageclass, size_bytes, KM_BYTES), .flags = KM_SHOWN | KM_SUMMED, .head = "SIZE",
	  .brief = "memory of the class", .explain = "Pages times the page size.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_pageclass, share_ratio, KM_RATIO), .flags = KM_SHOWN, .head = "SHARE",
	  .brief = "the class's share of what the zones span",
	  .explain = "Of the whole span, holes included.", .origin = "computed" },
	{ KM_FIELD(struct km_pageclass, meaning, KM_TEXT), .flags = KM_SHOWN, .head = "MEANS",
	  .brief = "the class in words", .explain = "As `kmeminfo explain CLASS` has it.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_pageclass, zones, KM_ROWS), .flags = KM_SPREAD, .rows = &km_pageclass_zone_type,
	  .head = "ZONES", .brief = "the class by zone", .explain = "Every zone that spans memory.",
	  .origin = "/proc/kmeminfo/pages" },
	{ 0 }
};

const struct km_sheet_type km_pageclass_type = {
	.name = "pages",
	.brief = "every page of the machine in exactly one class",
	.explain = "Needs the helper module, which looks at each page's struct page. The classes sum to what "
		   "the zones span, to the page.",
	.fields = fields,
	.row_size = sizeof(struct km_pageclass),
};

struct zones {
	KM_ARRAY(struct km_pageclass_zone) list;
};

static struct km_str zone_name(struct km_pool *pool, const struct km_modfile_line *line)
{
	return km_pool_printf(pool, "%.*s %.*s", KM_STR_ARG(km_modfile_text(line, KM_STR("node"))),
			      KM_STR_ARG(km_modfile_text(line, KM_STR("zone"))));
}

static void find_zones(struct km_pool *pool, const struct km_modfile *modfile, struct zones *zones)
{
	const struct km_modfile_line *line;

	km_array_each(line, &modfile->lines) {
		if (!km_str_eq(line->key, KM_STR("zone")))
			continue;
		struct km_pageclass_zone *zone = km_array_push(&zones->list);

		zone->zone = zone_name(pool, line);
		zone->pages = km_modfile_number(line, KM_STR("pcp_pages"));
	}
}

static struct km_str meaning_of(struct km_str class)
{
	for (const struct km_topic *topic = km_pageclass_topics; topic->key; topic++)
		if (km_str_eq(km_str_from(topic->key), class))
			return km_str_from(topic->brief);
	return (struct km_str){ 0 };
}

typedef KM_ARRAY(struct km_pageclass) page_rows;

/* The class's row, made with a cell of 0 pages for each zone when it is new. */
static struct km_pageclass *row_of(struct km_pool *pool, page_rows *rows, const struct zones *zones,
			      struct km_str class)
{
	struct km_pageclass_zone *cells;
	struct km_pageclass *row;

	km_array_each(row, rows)
		if (km_str_eq(row->class, class))
			return row;
	row = km_array_push(rows);
	km_row_init(&km_pageclass_type, row);
	row->class = class;
	row->meaning = meaning_of(class);
	cells = km_pool_alloc(pool, zones->list.len, sizeof(*cells));
	for (size_t i = 0; i < zones->list.len; i++)
		cells[i].zone = zones->list.items[i].zone;
	row->zones = (struct km_rows){ cells, zones->list.len };
	return row;
}

static void add_pages(struct km_pool *pool, page_rows *rows, const struct zones *zones,
		      struct km_str class, size_t zone, uint64_t pages)
{
	struct km_pageclass *row = row_of(pool, rows, zones, class);
	struct km_pageclass_zone *cells = (struct km_pageclass_zone *)(uintptr_t)row->zones.items;

	cells[zone].pages = km_num_add(cells[zone].pages, pages);
}

/* Of the pages without a reference those in the CPUs' lists are free, the others are in use. */
static void add_unreferenced(struct km_pool *pool, page_rows *rows, const struct zones *zones,
			     size_t zone, uint64_t pages)
{
	uint64_t listed = km_num_or(zones->list.items[zone].pages, 0);

	if (listed > pages)
		listed = pages;
	add_pages(pool, rows, zones, KM_STR("pcp"), zone, listed);
	add_pages(pool, rows, zones, KM_STR("untyped"), zone, pages - listed);
}

static void add_line(struct km_pool *pool, page_rows *rows, const struct zones *zones,
		     const struct km_modfile_line *line)
{
	struct km_str name = zone_name(pool, line), class = km_modfile_text(line, KM_STR("class"));
	uint64_t pages = km_modfile_number(line, KM_STR("pages"));

	for (size_t i = 0; i < zones->list.len; i++) {
		if (!km_str_eq(zones->list.items[i].zone, name))
			continue;
		if (km_str_eq(class, KM_STR("ref0")) && pages != KM_UNKNOWN)
			add_unreferenced(pool, rows, zones, i, pages);
		else
			add_pages(pool, rows, zones, class, i, pages);
		return;
	}
}

static void finish_row(struct km_pageclass *row, uint64_t page_bytes)
{
	struct km_pageclass_zone *cells = (struct km_pageclass_zone *)(uintptr_t)row->zones.items;

	row->pages = 0;
	for (size_t i = 0; i < row->zones.len; i++) {
		cells[i].size_bytes = km_num_mul(cells[i].pages, page_bytes);
		row->pages = km_num_add(row->pages, cells[i].pages);
	}
	row->size_bytes = km_num_mul(row->pages, page_bytes);
}

struct km_sheet km_pageclass_derive(struct km_pool *pool, const struct km_modfile *modfile,
			       uint64_t page_bytes)
{
	struct km_pageclass *totals = km_pool_alloc(pool, 1, sizeof(*totals)), *kept;
	const struct km_modfile_line *line;
	struct zones zones = { 0 };
	page_rows rows = { 0 };
	struct km_sheet sheet;

	km_row_init(&km_pageclass_type, totals);
	find_zones(pool, modfile, &zones);
	km_array_each(line, &modfile->lines)
		if (km_str_eq(line->key, KM_STR("pages")))
			add_line(pool, &rows, &zones, line);
	kept = km_pool_alloc(pool, rows.len, sizeof(*kept));
	if (rows.len)
		memcpy(kept, rows.items, rows.len * sizeof(*kept));
	sheet = (struct km_sheet){ &km_pageclass_type, kept, rows.len, totals };
	for (size_t i = 0; i < rows.len; i++)
		finish_row(&kept[i], page_bytes);
	km_sheet_sum(&sheet, totals);
	for (size_t i = 0; i < rows.len; i++)
		kept[i].share_ratio = km_num_ratio(kept[i].pages, totals->pages);
	km_array_deinit(&rows);
	km_array_deinit(&zones.list);
	return sheet;
}

uint64_t km_pageclass_bytes(const struct km_sheet *pages, struct km_str class)
{
	for (size_t i = 0; i < pages->len; i++) {
		const struct km_pageclass *row = km_sheet_row(pages, i);

		if (km_str_eq(row->class, class))
			return row->size_bytes;
	}
	return KM_UNKNOWN;
}
