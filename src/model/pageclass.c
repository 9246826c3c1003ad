// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/cleanup.h"
#include "base/index.h"
#include "model/pageclass.h"
#include "page-class.h" /* module/ */

#define CLASS_TOPIC(id, name, meaning) { name, meaning, NULL, "/proc/kmeminfo/pages", NULL },

const struct km_topic km_pageclass_topics[] = {
	KM_CLASSES(CLASS_TOPIC)
	{ "pcp", "free, in the lists of a CPU",
	  "Pages without a reference, up to what the zone's CPUs hold in their lists.",
	  "/proc/kmeminfo/pages: ref0 up to pcp_pages", NULL },
	{ "untyped", "in use, but without their own reference count",
	  "The frames behind the first of a block of a higher order that is neither compound nor "
	  "typed, for example drivers' buffers from __get_free_pages(). In struct page they look "
	  "like free pages, but the CPUs' lists do not hold them.",
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
	  .explain = "No lock is held while they are counted: a page that changes its use "
		     "meanwhile is counted either as before or as after.",
	  .origin = "/proc/kmeminfo/pages" },
	{ KM_FIELD(struct km_pageclass, size_bytes, KM_BYTES), .flags = KM_SHOWN | KM_SUMMED, .head = "SIZE",
	  .brief = "memory of the class", .explain = "Pages times the page size.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_pageclass, share_ratio, KM_RATIO), .flags = KM_SHOWN, .head = "SHARE",
	  .brief = "share of the zones' span in this class",
	  .explain = "Of the whole span, including holes.", .origin = "computed" },
	{ KM_FIELD(struct km_pageclass, meaning, KM_TEXT), .flags = KM_SHOWN, .head = "MEANS",
	  .brief = "description of the class", .explain = "As in `kmeminfo explain CLASS`.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_pageclass, zones, KM_ROWS), .flags = KM_SPREAD, .rows = &km_pageclass_zone_type,
	  .head = "ZONES", .brief = "the class by zone", .explain = "Every zone that spans "
		"memory.",
	  .origin = "/proc/kmeminfo/pages" },
	{ 0 }
};

const struct km_sheet_type km_pageclass_type = {
	.name = "pages",
	.brief = "every page of the machine in exactly one class",
	.explain = "Needs the helper module, which reads each page's struct page. The classes add "
		   "up to the span of the zones, to the page.",
	.fields = fields,
	.row_size = sizeof(struct km_pageclass),
};

/* A cell of the table of classes and zones, which the file gives in any order. */
struct cell {
	size_t row;
	struct km_pageclass_zone zone;
};

struct table {
	struct km_pool *pool;
	struct km_index zones;   /* by node and name */
	KM_ARRAY(uint64_t) pcp;  /* by zone: pages in the CPUs' lists */
	struct km_index classes; /* by name: the row */
	struct km_index places;  /* by row and zone: the cell */
	KM_ARRAY(struct cell) cells;
};

static void table_deinit(struct table *table)
{
	km_index_deinit(&table->zones);
	km_array_deinit(&table->pcp);
	km_index_deinit(&table->classes);
	km_index_deinit(&table->places);
	km_array_deinit(&table->cells);
}

static size_t zone_of(struct table *table, const struct km_module_file_line *line)
{
	const struct km_str name = km_pool_printf(
		table->pool, "%.*s %.*s", KM_STR_ARG(km_module_file_text(line, KM_STR("node"))),
		KM_STR_ARG(km_module_file_text(line, KM_STR("zone"))));
	const size_t zone = km_index_of(&table->zones, 0, name);

	if (zone == table->pcp.len)
		*km_array_push(&table->pcp) = KM_UNKNOWN;
	return zone;
}

static void add_pages(struct table *table, struct km_str class, size_t zone, uint64_t pages)
{
	const size_t row = km_index_of(&table->classes, 0, class);
	const struct km_str name = table->zones.keys.items[zone].text;
	const size_t place = km_index_of(&table->places, row, name);
	struct cell *cell;

	if (place == table->cells.len)
		*km_array_push(&table->cells) = (struct cell){ row, { .zone = name } };
	cell = &table->cells.items[place];
	cell->zone.pages = km_num_add(cell->zone.pages, pages);
}

/* Of the pages without a reference those in the CPUs' lists are free, the others are in use. */
static void add_unreferenced(struct table *table, size_t zone, uint64_t pages)
{
	const uint64_t pcp = table->pcp.items[zone], listed = pcp > pages ? pages : pcp;

	add_pages(table, KM_STR("pcp"), zone, listed);
	add_pages(table, KM_STR("untyped"), zone, pages - listed);
}

static void add_line(struct table *table, const struct km_module_file_line *line)
{
	const struct km_str class = km_module_file_text(line, KM_STR("class"));
	const uint64_t pages = km_module_file_number(line, KM_STR("pages"));
	const size_t zone = zone_of(table, line);

	if (km_str_eq(class, KM_STR("ref0")) && pages != KM_UNKNOWN &&
	    table->pcp.items[zone] != KM_UNKNOWN)
		add_unreferenced(table, zone, pages);
	else
		add_pages(table, class, zone, pages);
}

static void read_table(struct table *table, const struct km_module_file *module_file)
{
	const struct km_module_file_line *line;

	km_array_each(line, &module_file->lines)
		if (km_str_eq(line->key, KM_STR("zone"))) {
			const size_t zone = zone_of(table, line);

			table->pcp.items[zone] = km_module_file_number(line, KM_STR("pcp_pages"));
		}
	km_array_each(line, &module_file->lines)
		if (km_str_eq(line->key, KM_STR("pages")))
			add_line(table, line);
}

static struct km_str meaning_of(struct km_str class)
{
	for (const struct km_topic *topic = km_pageclass_topics; topic->key; topic++)
		if (km_str_eq(km_str_from(topic->key), class))
			return km_str_from(topic->brief);
	return (struct km_str){ 0 };
}

static void begin_rows(const struct table *table, struct km_pageclass *rows)
{
	const struct cell *cell;
	size_t *lens = km_pool_alloc(table->pool, table->classes.keys.len, sizeof(*lens));

	km_array_each(cell, &table->cells)
		lens[cell->row]++;
	for (size_t i = 0; i < table->classes.keys.len; i++) {
		km_row_init(&km_pageclass_type, &rows[i]);
		rows[i].class = table->classes.keys.items[i].text;
		rows[i].meaning = meaning_of(rows[i].class);
		rows[i].pages = 0;
		rows[i].zones.items = km_pool_alloc(table->pool, lens[i],
						    sizeof(struct km_pageclass_zone));
	}
}

static void fill_rows(const struct table *table, uint64_t page_bytes, struct km_pageclass *rows)
{
	const struct cell *cell;

	begin_rows(table, rows);
	km_array_each(cell, &table->cells) {
		struct km_pageclass *row = &rows[cell->row];
		struct km_pageclass_zone *zones = (struct km_pageclass_zone *)(uintptr_t)row->zones.items;
		struct km_pageclass_zone *zone = &zones[row->zones.len++];

		*zone = cell->zone;
		zone->size_bytes = km_num_mul(zone->pages, page_bytes);
		row->pages = km_num_add(row->pages, zone->pages);
	}
	for (size_t i = 0; i < table->classes.keys.len; i++)
		rows[i].size_bytes = km_num_mul(rows[i].pages, page_bytes);
}

struct km_sheet km_pageclass_derive(struct km_pool *pool, const struct km_module_file *module_file,
			       uint64_t page_bytes)
{
	KM_CLEANUP(table_deinit) struct table table = { .pool = pool };
	struct km_pageclass *totals = km_pool_alloc(pool, 1, sizeof(*totals)), *rows;
	struct km_sheet sheet = { .type = &km_pageclass_type, .totals = totals };

	read_table(&table, module_file);
	sheet.len = table.classes.keys.len;
	sheet.rows = rows = km_pool_alloc(pool, sheet.len, sizeof(*rows));
	fill_rows(&table, page_bytes, rows);
	km_row_init(&km_pageclass_type, totals);
	km_sheet_sum(&sheet, totals);
	for (size_t i = 0; i < sheet.len; i++)
		rows[i].share_ratio = km_num_ratio(rows[i].pages, totals->pages);
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
