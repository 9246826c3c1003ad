// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/module-blocks.h"

/* The blocks of one line. More are an error, and must not fill the memory. */
enum { LINE_BLOCKS = 64 };

static void parse_value(struct km_str line, uint64_t *ret)
{
	uint64_t number;

	line = km_str_trim(line);
	*ret = km_str_to_u64(line, &number) ? KM_UNKNOWN : number;
}

/* "index=1 name=Movable" */
static void parse_type(struct km_parse *parse, struct km_str line, struct km_module_blocks *ret)
{
	struct km_block_type type = { .index = KM_UNKNOWN };
	struct km_str word;

	while (km_str_take_word(&line, &word)) {
		if (km_str_take_prefix(&word, KM_STR("index=")))
			parse_value(word, &type.index);
		else if (km_str_take_prefix(&word, KM_STR("name=")))
			type.name = word;
	}
	if (type.index == KM_UNKNOWN || !type.name.len)
		km_parse_problem(parse, "no \"index=N name=NAME\" of a migrate type");
	else
		*km_array_push(&ret->types) = type;
}

static struct km_str type_name(const struct km_module_blocks *blocks, uint64_t index)
{
	const struct km_block_type *type;

	km_array_each(type, &blocks->types)
		if (type->index == index)
			return type->name;
	return (struct km_str){ 0 };
}

static size_t zone_of(struct km_module_blocks *ret, uint64_t node, struct km_str name)
{
	struct km_block_zone *zone;

	km_array_each(zone, &ret->zones)
		if (zone->node == node && km_str_eq(zone->zone, name))
			return (size_t)(zone - ret->zones.items);
	zone = km_array_push(&ret->zones);
	*zone = (struct km_block_zone){ node, name };
	return ret->zones.len - 1;
}

/* "slab:12+pagetable:3" */
static bool parse_classes(struct km_str text, struct km_module_blocks *ret, struct km_page_block *block)
{
	struct km_str part;

	block->class = ret->classes.len;
	while (text.len) {
		struct km_block_class class;

		if (!km_str_take_until(&text, '+', &part)) {
			part = text;
			text.len = 0;
		}
		if (!km_str_take_until(&part, ':', &class.class) || !class.class.len ||
		    km_str_to_u64(part, &class.pages))
			return false;
		*km_array_push(&ret->classes) = class;
		block->classes++;
	}
	return true;
}

/* Parses "1/500/0/0/12/0" and the classes after the next slash. */
static bool parse_block(struct km_str text, struct km_module_blocks *ret, struct km_page_block *block)
{
	uint64_t *const counts[] = { &block->free, &block->movable, &block->reclaimable,
				     &block->unmovable, &block->unknown };
	uint64_t type;

	if (!km_str_take_u64(&text, &type))
		return false;
	block->type = type_name(ret, type);
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++)
		if (!km_str_take_prefix(&text, KM_STR("/")) || !km_str_take_u64(&text, counts[i]))
			return false;
	if (!text.len)
		return true;
	return km_str_take_prefix(&text, KM_STR("/")) && text.len && parse_classes(text, ret, block);
}

/*
 * Parses "3*1/512/0/0/0/0" or "-"; false for other words. *number then is that of the next block.
 */
static bool parse_blocks(struct km_str text, size_t zone, struct km_module_blocks *ret, uint64_t *number)
{
	struct km_page_block block = { .zone = zone };
	struct km_str count;
	uint64_t n = 1;

	if (km_str_take_until(&text, '*', &count) && (km_str_to_u64(count, &n) || !n || n > LINE_BLOCKS))
		return false;
	if (km_str_eq(text, KM_STR("-"))) {
		*number += n;
		return true;
	}
	if (!parse_block(text, ret, &block))
		return false;
	for (; n; n--) {
		block.number = (*number)++;
		*km_array_push(&ret->blocks) = block;
	}
	return true;
}

static bool parse_map(struct km_str map, size_t zone, uint64_t first, struct km_module_blocks *ret)
{
	uint64_t number = first;
	struct km_str part;

	if (!map.len || number > KM_UNKNOWN / 2)
		return false;
	while (km_str_take_until(&map, ',', &part))
		if (!parse_blocks(part, zone, ret, &number) || number - first >= LINE_BLOCKS)
			return false;
	return parse_blocks(map, zone, ret, &number);
}

/* "node=0 zone=Normal first=512 map=..." */
static void parse_line(struct km_parse *parse, struct km_str line, struct km_module_blocks *ret)
{
	uint64_t node = KM_UNKNOWN, first = KM_UNKNOWN;
	struct km_str zone = { 0 }, map = { 0 }, word;

	while (km_str_take_word(&line, &word)) {
		if (km_str_take_prefix(&word, KM_STR("node=")))
			parse_value(word, &node);
		else if (km_str_take_prefix(&word, KM_STR("zone=")))
			zone = word;
		else if (km_str_take_prefix(&word, KM_STR("first=")))
			parse_value(word, &first);
		else if (km_str_take_prefix(&word, KM_STR("map=")))
			map = word;
	}
	if (node == KM_UNKNOWN || first == KM_UNKNOWN || !zone.len)
		km_parse_problem(parse, "no \"node=N zone=NAME first=N\" of pageblocks");
	else if (!parse_map(map, zone_of(ret, node, zone), first, ret))
		km_parse_problem(parse, "a pageblock that cannot be read");
}

static void parse_first(struct km_parse *parse, struct km_str line, struct km_module_blocks *ret)
{
	if (!km_str_take_prefix(&line, KM_STR("kmeminfo-blocks ")) ||
	    km_str_to_u64(km_str_trim(line), &ret->version)) {
		ret->version = KM_UNKNOWN;
		km_parse_problem(parse, "no \"kmeminfo-blocks VERSION\" in the first line");
	}
}

void km_parse_module_blocks(struct km_parse *parse, struct km_str text, struct km_module_blocks *ret)
{
	struct km_str line = { 0 }, key;

	ret->version = ret->block_order = ret->page_bytes = ret->memory_block_bytes = KM_UNKNOWN;
	km_parse_first_line(parse, &text, &line);
	parse_first(parse, line, ret);
	while (km_parse_line(parse, &text, &line)) {
		if (!km_str_take_word(&line, &key))
			continue;
		if (km_str_eq(key, KM_STR("blocks")))
			parse_line(parse, line, ret);
		else if (km_str_eq(key, KM_STR("migratetype")))
			parse_type(parse, line, ret);
		else if (km_str_eq(key, KM_STR("block_order")))
			parse_value(line, &ret->block_order);
		else if (km_str_eq(key, KM_STR("page_bytes")))
			parse_value(line, &ret->page_bytes);
		else if (km_str_eq(key, KM_STR("memory_block_bytes")))
			parse_value(line, &ret->memory_block_bytes);
	}
}

void km_module_blocks_deinit(struct km_module_blocks *blocks)
{
	km_array_deinit(&blocks->types);
	km_array_deinit(&blocks->zones);
	km_array_deinit(&blocks->blocks);
	km_array_deinit(&blocks->classes);
}
