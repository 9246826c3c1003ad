// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * /proc/pagetypeinfo (k6.12:mm/vmstat.c pagetypeinfo_show), for each node with memory:
 *
 *   Page block order: 9
 *   Pages per block:  512
 *
 *   Free pages count per migrate type at order       0      1      2 ...
 *   Node    0, zone    DMA32, type    Unmovable >100000      4      4 ...
 *
 *   Number of blocks type     Unmovable      Movable ...
 *   Node 0, zone    DMA32           28          216 ...
 *
 * With page_owner=on the last table is repeated as "Number of mixed blocks".
 */
#include "parse/buddyinfo.h"
#include "parse/pagetypeinfo.h"

typedef KM_ARRAY(struct km_str) types;

enum table { TABLE_NONE, TABLE_FREE, TABLE_BLOCKS, TABLE_MIXED, TABLES };

struct state {
	struct km_pagetypeinfo *info;
	enum table table;
	types types; /* the columns of the current table of blocks */
	struct km_index rows[TABLES]; /* by node, and from the zone's name to the type's */
	bool twice;                   /* the last row was there before */
};

/* Whether the table has this row already: text is what names it, beside the node. */
static bool is_twice(struct state *state, enum table table, uint64_t node, struct km_str text)
{
	const size_t len = state->rows[table].keys.len;

	state->twice = km_index_of(&state->rows[table], node, text) < len;
	return state->twice;
}

/* "   5" or ">100000" */
static bool take_count(struct km_str *rest, uint64_t *ret, bool *ret_overflow)
{
	struct km_str word;

	if (!km_str_take_word(rest, &word))
		return false;
	*ret_overflow = km_str_take_prefix(&word, KM_STR(">"));
	return !km_str_to_u64(word, ret);
}

/* After the zone: "type Unmovable 9 3 ..." */
static bool parse_free(struct state *state, struct km_pagetypeinfo_free row, struct km_str rest)
{
	struct km_pagetypeinfo *info = state->info;
	uint64_t counts[KM_ORDERS_MAX];
	bool overflow[KM_ORDERS_MAX];
	struct km_str word;

	if (!km_str_take_word(&rest, &word) || !km_str_eq(word, KM_STR("type")) ||
	    !km_str_take_word(&rest, &row.type))
		return false;
	for (; km_str_trim(rest).len; row.orders++)
		if (row.orders == KM_ORDERS_MAX ||
		    !take_count(&rest, &counts[row.orders], &overflow[row.orders]))
			return false;
	if (!row.orders || is_twice(state, TABLE_FREE, row.node,
				    (struct km_str){ row.zone.ptr, (size_t)(row.type.ptr + row.type.len - row.zone.ptr) }))
		return false;
	row.nr_free = km_pool_alloc(&info->pool, row.orders, sizeof(*counts));
	row.overflow = km_pool_alloc(&info->pool, row.orders, sizeof(*overflow));
	memcpy(row.nr_free, counts, row.orders * sizeof(*counts));
	memcpy(row.overflow, overflow, row.orders * sizeof(*overflow));
	*km_array_push(&info->free) = row;
	return true;
}

/* " 28 216 ...": one number for each type in the heading of the table. */
static bool parse_blocks(struct state *state, struct km_pagetypeinfo_count row, struct km_str rest)
{
	struct km_pagetypeinfo *info = state->info;
	struct km_str check = rest;
	uint64_t blocks;
	size_t i;

	for (i = 0; i < state->types.len; i++)
		if (!km_str_take_number(&check, &blocks))
			return false;
	if (!i || km_str_trim(check).len || is_twice(state, state->table, row.node, row.zone))
		return false;
	for (i = 0; i < state->types.len; i++) {
		km_str_take_number(&rest, &row.blocks);
		row.type = state->types.items[i];
		if (state->table == TABLE_MIXED)
			*km_array_push(&info->mixed) = row;
		else
			*km_array_push(&info->blocks) = row;
	}
	return true;
}

static bool parse_row(struct state *state, uint64_t node, struct km_str zone, struct km_str rest)
{
	/* a comma after the zone belongs to the table of free blocks: "zone DMA32, type" */
	if (km_str_ends(zone, KM_STR(","))) {
		zone.len--;
		return parse_free(state, (struct km_pagetypeinfo_free){ .node = node, .zone = zone },
				  rest);
	}
	return parse_blocks(state, (struct km_pagetypeinfo_count){ .node = node, .zone = zone }, rest);
}

static void begin_blocks(struct state *state, enum table table, struct km_str heads)
{
	struct km_str type;

	state->table = table;
	state->types.len = 0;
	while (km_str_take_word(&heads, &type))
		*km_array_push(&state->types) = type;
}

static bool is_number(struct km_str text, uint64_t *ret)
{
	return !km_str_to_u64(km_str_trim(text), ret);
}

/* Parses a line that is not a row. */
static bool parse_other(struct state *state, struct km_str line)
{
	struct km_pagetypeinfo *info = state->info;

	if (km_str_take_prefix(&line, KM_STR("Page block order:")))
		return is_number(line, &info->page_block_order);
	if (km_str_take_prefix(&line, KM_STR("Pages per block:")))
		return is_number(line, &info->pages_per_block);
	if (km_str_take_prefix(&line, KM_STR("Number of blocks type")))
		begin_blocks(state, TABLE_BLOCKS, line);
	else if (km_str_take_prefix(&line, KM_STR("Number of mixed blocks")))
		begin_blocks(state, TABLE_MIXED, line);
	else
		return km_str_starts(line, KM_STR("Free pages count"));
	return true;
}

/* Rows of each zone, by its number in the index. */
typedef KM_ARRAY(size_t) tallies;

static void count_zone(struct km_index *zones, tallies *rows, uint64_t node, struct km_str zone)
{
	const size_t number = km_index_of(zones, node, zone);

	if (number < rows->len)
		rows->items[number]++;
	else
		*km_array_push(rows) = 1;
}

/*
 * Each zone has a row of each type, and is in the table of blocks (k6.12:mm/vmstat.c pagetypeinfo_showfree_print,
 * pagetypeinfo_showblockcount_print). Returns whether some are missing.
 */
static bool lacks_rows(struct km_pagetypeinfo *info)
{
	struct km_index of_blocks = { .room = 0 };
	tallies rows = { 0 }, blocks = { 0 };
	const struct km_pagetypeinfo_free *row;
	const struct km_pagetypeinfo_count *cell;
	bool lacks;

	km_array_each(row, &info->free)
		count_zone(&info->places, &rows, row->node, row->zone);
	km_array_each(cell, &info->blocks)
		count_zone(&of_blocks, &blocks, cell->node, cell->zone);
	lacks = !rows.len || blocks.len > rows.len;
	for (size_t i = 0; i < rows.len; i++)
		lacks |= rows.items[i] != rows.items[0] ||
			 km_index_find(&of_blocks, info->places.keys.items[i].tag, info->places.keys.items[i].text) == SIZE_MAX;
	km_index_deinit(&of_blocks);
	km_array_deinit(&rows);
	km_array_deinit(&blocks);
	return lacks;
}

void km_parse_pagetypeinfo(struct km_parse *parse, struct km_str text, struct km_pagetypeinfo *ret)
{
	struct state state = { .info = ret };
	struct km_str line, zone;
	uint64_t node;

	ret->page_block_order = ret->pages_per_block = KM_UNKNOWN;
	while (km_parse_line(parse, &text, &line)) {
		if (!km_str_trim(line).len)
			continue;
		state.twice = false;
		if (km_parse_zone_head(&line, &node, &zone) ? !parse_row(&state, node, zone, line) :
							      !parse_other(&state, line))
			km_parse_problem(parse, state.twice ? "a second row of this zone" : "not a row of block counts");
	}
	if (lacks_rows(ret))
		km_problem_source(parse->problems, parse->source, NULL, "rows are missing: not each zone has all its types and its blocks");
	km_array_deinit(&state.types);
	for (size_t i = 0; i < TABLES; i++)
		km_index_deinit(&state.rows[i]);
}

void km_pagetypeinfo_deinit(struct km_pagetypeinfo *pagetypeinfo)
{
	km_array_deinit(&pagetypeinfo->free);
	km_array_deinit(&pagetypeinfo->blocks);
	km_array_deinit(&pagetypeinfo->mixed);
	km_index_deinit(&pagetypeinfo->places);
	km_pool_deinit(&pagetypeinfo->pool);
}
