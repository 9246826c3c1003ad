// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/cleanup.h"
#include "base/index.h"
#include "model/pageclass.h"
#include "words/say.h"

/* A cell of the table of classes and zones. The file may list them in any order. */
struct cell {
	size_t row;
	struct km_pageclass_zone zone;
};

/* Pages that are subtracted from a zone's pages without a reference. */
struct zone {
	uint64_t pcp;        /* on the per-CPU lists */
	uint64_t unaccepted; /* 0 if the kernel marks these pages, or has none */
};

struct table {
	struct km_pool *pool;
	uint64_t page_bytes;
	struct km_index zones;   /* by node and name */
	KM_ARRAY(struct zone) figures; /* by zone */
	struct km_index classes; /* by name; the number is that of the row */
	struct km_index places;  /* by row and zone; the number is that of the cell */
	KM_ARRAY(struct cell) cells;
};

static void table_deinit(struct table *table)
{
	km_index_deinit(&table->zones);
	km_array_deinit(&table->figures);
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

	if (zone == table->figures.len)
		*km_array_push(&table->figures) = (struct zone){ KM_UNKNOWN, KM_UNKNOWN };
	return zone;
}

static struct km_pageclass_zone *add_pages(struct table *table, struct km_str class, size_t zone, uint64_t pages)
{
	const size_t row = km_index_of(&table->classes, 0, class);
	const struct km_str name = table->zones.keys.items[zone].text;
	const size_t place = km_index_of(&table->places, row, name);
	struct cell *cell;

	if (place == table->cells.len)
		*km_array_push(&table->cells) = (struct cell){ row, { .zone = name, .pinned_bytes = KM_UNKNOWN } };
	cell = &table->cells.items[place];
	cell->zone.pages = km_num_add(cell->zone.pages, pages);
	return &cell->zone;
}

/*
 * Pages without a reference are free if they are on per-CPU lists or not yet accepted. The others are in use.
 * If the number of unaccepted pages is unknown, so is the number of the others: they stay ref0.
 */
static void add_unreferenced(struct table *table, size_t zone, uint64_t pages)
{
	const struct zone *figures = &table->figures.items[zone];
	const uint64_t listed = figures->pcp > pages ? pages : figures->pcp;
	uint64_t unaccepted = figures->unaccepted;

	add_pages(table, KM_STR("pcp"), zone, listed);
	pages -= listed;
	if (unaccepted == KM_UNKNOWN) {
		add_pages(table, KM_STR("ref0"), zone, pages);
		return;
	}
	unaccepted = unaccepted > pages ? pages : unaccepted;
	if (unaccepted)
		add_pages(table, KM_STR("unaccepted"), zone, unaccepted);
	add_pages(table, KM_STR("untyped"), zone, pages - unaccepted);
}

static void add_line(struct table *table, const struct km_module_file_line *line)
{
	const struct km_str class = km_module_file_text(line, KM_STR("class"));
	const uint64_t pages = km_module_file_number(line, KM_STR("pages"));
	const size_t zone = zone_of(table, line);

	if (km_str_eq(class, KM_STR("ref0")) && pages != KM_UNKNOWN &&
	    table->figures.items[zone].pcp != KM_UNKNOWN)
		add_unreferenced(table, zone, pages);
	else
		add_pages(table, class, zone, pages)->pinned_bytes =
			km_num_mul(km_module_file_number(line, KM_STR("pinned")), table->page_bytes);
}

/* Whether unaccepted pages are among those without a reference. */
static bool hides_unaccepted(const struct km_module_file *module_file)
{
	const struct km_module_file_line *line;

	km_array_each(line, &module_file->lines)
		if (km_str_eq(line->key, KM_STR("cannot")) &&
		    km_str_eq(km_module_file_text(line, KM_STR("class")), KM_STR("unaccepted")))
			return true;
	return false;
}

static void read_table(struct table *table, const struct km_module_file *module_file)
{
	const bool hides = hides_unaccepted(module_file);
	const struct km_module_file_line *line;

	km_array_each(line, &module_file->lines)
		if (km_str_eq(line->key, KM_STR("zone"))) {
			const size_t zone = zone_of(table, line);

			table->figures.items[zone] = (struct zone){
				.pcp = km_module_file_number(line, KM_STR("pcp_pages")),
				.unaccepted = hides ? km_module_file_number(line, KM_STR("unaccepted_pages")) : 0,
			};
		}
	km_array_each(line, &module_file->lines)
		if (km_str_eq(line->key, KM_STR("pages")))
			add_line(table, line);
}

static void begin_rows(const struct table *table, struct km_pageclass *rows)
{
	const struct cell *cell;
	size_t *lens = km_pool_alloc(table->pool, table->classes.keys.len, sizeof(*lens));

	km_array_each(cell, &table->cells)
		lens[cell->row]++;
	for (size_t i = 0; i < table->classes.keys.len; i++) {
		km_row_init(&km_pageclass_type, &rows[i]);
		rows[i].class = km_word_of(&km_pageclass_vocabulary, table->classes.keys.items[i].text,
					   table->pool);
		rows[i].meaning = km_str_from(rows[i].class ? km_say(rows[i].class->brief) : NULL);
		rows[i].pages = 0;
		rows[i].zones.items = km_pool_alloc(table->pool, lens[i],
						    sizeof(struct km_pageclass_zone));
	}
}

static void fill_rows(const struct table *table, struct km_pageclass *rows)
{
	const struct cell *cell;

	begin_rows(table, rows);
	km_array_each(cell, &table->cells) {
		struct km_pageclass *row = &rows[cell->row];
		struct km_pageclass_zone *zones = (struct km_pageclass_zone *)(uintptr_t)row->zones.items;
		struct km_pageclass_zone *zone = &zones[row->zones.len++];

		*zone = cell->zone;
		zone->size_bytes = km_num_mul(zone->pages, table->page_bytes);
		row->pages = km_num_add(row->pages, zone->pages);
	}
	for (size_t i = 0; i < table->classes.keys.len; i++)
		rows[i].size_bytes = km_num_mul(rows[i].pages, table->page_bytes);
}

/* A number of a class, summed over all zones; unknown if no zone reports it. */
static uint64_t sum_word(const struct km_module_file *file, struct km_str class, struct km_str word)
{
	const struct km_module_file_line *line;
	uint64_t sum = KM_UNKNOWN;

	km_array_each(line, &file->lines) {
		uint64_t number;

		if (!km_str_eq(line->key, KM_STR("pages")) ||
		    !km_str_eq(km_module_file_text(line, KM_STR("class")), class))
			continue;
		number = km_module_file_number(line, word);
		if (number != KM_UNKNOWN)
			sum = km_num_add(km_num_or(sum, 0), number);
	}
	return sum;
}

enum { ORDERS = 64 };

static size_t add_orders(struct km_str list, uint64_t pages[static ORDERS])
{
	struct km_str part;
	size_t order = 0;

	for (; list.len && order < ORDERS; order++) {
		uint64_t number;

		if (!km_str_take_until(&list, ',', &part)) {
			part = list;
			list.len = 0;
		}
		pages[order] = km_num_add(pages[order], km_str_to_u64(part, &number) ? KM_UNKNOWN : number);
	}
	return order;
}

static struct km_rows orders_of(struct km_pool *pool, const struct km_module_file *file, struct km_str class,
				uint64_t page_bytes)
{
	const struct km_module_file_line *line;
	uint64_t pages[ORDERS] = { 0 };
	struct km_pageclass_order *rows;
	size_t len = 0, n;

	km_array_each(line, &file->lines)
		if (km_str_eq(line->key, KM_STR("orders")) &&
		    km_str_eq(km_module_file_text(line, KM_STR("class")), class)) {
			n = add_orders(km_module_file_text(line, KM_STR("pages")), pages);
			len = n > len ? n : len;
		}
	rows = km_pool_alloc(pool, len, sizeof(*rows));
	for (size_t i = 0; i < len; i++)
		rows[i] = (struct km_pageclass_order){
			.order = i,
			.blocks = pages[i] == KM_UNKNOWN ? KM_UNKNOWN : pages[i] >> i,
			.size_bytes = km_num_mul(pages[i], page_bytes),
		};
	return (struct km_rows){ rows, len };
}

static struct km_rows filesystems_of(struct km_pool *pool, const struct km_module_file *file,
				     struct km_str class, uint64_t page_bytes)
{
	KM_CLEANUP(km_index_deinit) struct km_index names = { 0 };
	KM_ARRAY(uint64_t) pages = { 0 };
	const struct km_module_file_line *line;
	struct km_pageclass_fs *rows;

	km_array_each(line, &file->lines) {
		size_t at;

		if (!km_str_eq(line->key, KM_STR("fs")) ||
		    !km_str_eq(km_module_file_text(line, KM_STR("class")), class))
			continue;
		at = km_index_of(&names, 0, km_module_file_text(line, KM_STR("name")));
		if (at == pages.len)
			*km_array_push(&pages) = 0;
		pages.items[at] = km_num_add(pages.items[at], km_module_file_number(line, KM_STR("pages")));
	}
	rows = km_pool_alloc(pool, pages.len, sizeof(*rows));
	for (size_t i = 0; i < pages.len; i++) {
		struct km_str name = names.keys.items[i].text;

		rows[i].name = km_str_eq(name, KM_STR("-")) ? (struct km_str){ 0 } : name;
		rows[i].size_bytes = km_num_mul(pages.items[i], page_bytes);
	}
	km_array_deinit(&pages);
	return (struct km_rows){ rows, names.keys.len };
}

static void fill_more(struct km_pool *pool, const struct km_module_file *file, uint64_t page_bytes,
		      struct km_pageclass *row)
{
	const struct km_str class = km_word_str(row->class);

	row->pinned_bytes = km_num_mul(sum_word(file, class, KM_STR("pinned")), page_bytes);
	row->charged_bytes = km_num_mul(sum_word(file, class, KM_STR("charged")), page_bytes);
	row->dead_bytes = km_num_mul(sum_word(file, class, KM_STR("dead")), page_bytes);
	row->orders = orders_of(pool, file, class, page_bytes);
	row->filesystems = filesystems_of(pool, file, class, page_bytes);
}

struct km_sheet km_pageclass_derive(struct km_pool *pool, const struct km_module_file *module_file,
			       uint64_t page_bytes)
{
	KM_CLEANUP(table_deinit) struct table table = { .pool = pool, .page_bytes = page_bytes };
	struct km_pageclass *totals = km_pool_alloc(pool, 1, sizeof(*totals)), *rows;
	struct km_sheet sheet = { .type = &km_pageclass_type, .totals = totals };

	read_table(&table, module_file);
	sheet.len = table.classes.keys.len;
	sheet.rows = rows = km_pool_alloc(pool, sheet.len, sizeof(*rows));
	fill_rows(&table, rows);
	km_row_init(&km_pageclass_type, totals);
	km_sheet_sum(&sheet, totals);
	for (size_t i = 0; i < sheet.len; i++)
		rows[i].share_ratio = km_num_ratio(rows[i].pages, totals->pages);
	for (size_t i = 0; i < sheet.len; i++)
		fill_more(pool, module_file, page_bytes, &rows[i]);
	return sheet;
}

uint64_t km_pageclass_bytes(const struct km_sheet *pages, struct km_str class)
{
	for (size_t i = 0; i < pages->len; i++) {
		const struct km_pageclass *row = km_sheet_row(pages, i);

		if (km_str_eq(km_word_str(row->class), class))
			return row->size_bytes;
	}
	return KM_UNKNOWN;
}
