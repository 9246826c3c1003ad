// SPDX-License-Identifier: GPL-2.0-or-later
/* Zones, free lists and types of blocks from the helper module's /proc/kmeminfo/zones. */
#include "model/supply.h"
#include "model/zone.h"

/* The module's file. Its lines name node and zone. */
struct module {
	struct km_pool *pool;
	const struct km_module_file *file;
	struct km_supply *supply;
	struct km_zone *zones;
	struct km_buddyinfo *buddyinfo;
	struct km_block_types *blocks;
	struct km_highatomic *highatomic;
	size_t len;
};

static size_t zone_of_line(const struct module *module, const struct km_module_file_line *line)
{
	uint64_t node = km_module_file_number(line, KM_STR("node"));
	struct km_str zone = km_module_file_text(line, KM_STR("zone"));

	for (size_t i = module->len; i-- > 0;)
		if (module->zones[i].node == node && km_str_eq(module->zones[i].zone, zone))
			return i;
	return SIZE_MAX;
}

static void take_zone(struct module *module, const struct km_module_file_line *line)
{
	struct km_zone *zone = &module->zones[module->len];
	const uint64_t page_bytes = module->supply->page_bytes;

#define BYTES(name) km_num_mul(page_bytes, km_module_file_number(line, KM_STR(name)))
	km_row_init(&km_zone_type, zone);
	zone->node = km_module_file_number(line, KM_STR("node"));
	zone->zone = km_module_file_text(line, KM_STR("zone"));
	zone->spanned_bytes = BYTES("spanned_pages");
	zone->present_bytes = BYTES("present_pages");
	zone->managed_bytes = BYTES("managed_pages");
	zone->cma_bytes = BYTES("cma_pages");
	zone->free_bytes = BYTES("free_pages");
	zone->min_bytes = BYTES("min_pages");
	zone->low_bytes = BYTES("low_pages");
	zone->high_bytes = BYTES("high_pages");
	zone->boost_bytes = BYTES("boost_pages");
	zone->highatomic_bytes = BYTES("highatomic_pages");
	zone->highatomic_free_bytes = BYTES("free_highatomic_pages");
	zone->pcp_bytes = BYTES("pcp_pages");
	zone->cma_free_bytes = 0;
	zone->state = NULL;
#undef BYTES
	if (zone->node != KM_UNKNOWN && zone->zone.len)
		module->len++;
}

static void take_reserve(const struct module *module, const struct km_module_file_line *line)
{
	enum { MOST_ZONES = 16 };
	size_t at = zone_of_line(module, line);
	struct km_numbers *bytes;
	struct km_texts *names;

	if (at == SIZE_MAX)
		return;
	bytes = &module->zones[at].lowmem_reserve_bytes;
	names = &module->zones[at].lowmem_reserve_zones;
	if (!bytes->items) {
		bytes->items = km_pool_alloc(module->pool, MOST_ZONES, sizeof(*bytes->items));
		names->items = km_pool_alloc(module->pool, MOST_ZONES, sizeof(*names->items));
	}
	if (bytes->len == MOST_ZONES)
		return;
	names->items[names->len++] = km_module_file_text(line, KM_STR("for"));
	bytes->items[bytes->len++] =
		km_num_mul(module->supply->page_bytes, km_module_file_number(line, KM_STR("pages")));
}

/*
 * Parses "16,4096+,4", at most KM_ORDERS_MAX numbers. Returns how many there were. more: the numbers with a plus, which
 * are a lower bound.
 */
static size_t take_counts(struct km_str text, uint64_t counts[KM_ORDERS_MAX], bool more[KM_ORDERS_MAX])
{
	size_t len = 0;

	while (len < KM_ORDERS_MAX && km_str_take_u64(&text, &counts[len])) {
		more[len++] = km_str_take_prefix(&text, KM_STR("+"));
		if (!km_str_take_prefix(&text, KM_STR(",")))
			break;
	}
	return len;
}

static void take_free(struct module *module, const struct km_module_file_line *line)
{
	size_t at = zone_of_line(module, line);
	struct km_buddyinfo_zone *zone;
	bool more[KM_ORDERS_MAX];

	if (at == SIZE_MAX)
		return;
	zone = &module->buddyinfo->zones.items[at];
	zone->orders = take_counts(km_module_file_text(line, KM_STR("blocks")), zone->nr_free, more);
}

/*
 * The blocks of the orders that the module stopped counting: what the zone's other types leave of all its free blocks;
 * KM_UNKNOWN if the module stopped counting those as well.
 */
static void count_rest(const struct module *module, const struct km_module_file_line *line, size_t at,
		       const bool *more, uint64_t *counts)
{
	const struct km_module_file_line *other;

	for (size_t order = 0; order < KM_ORDERS_MAX; order++)
		if (more[order])
			counts[order] = module->buddyinfo->zones.items[at].nr_free[order];
	km_array_each(other, &module->file->lines) {
		uint64_t theirs[KM_ORDERS_MAX];
		bool theirs_more[KM_ORDERS_MAX];
		size_t len;

		if (other == line || !km_str_eq(other->key, line->key) || zone_of_line(module, other) != at)
			continue;
		len = take_counts(km_module_file_text(other, KM_STR("blocks")), theirs, theirs_more);
		for (size_t order = 0; order < len; order++)
			if (more[order])
				counts[order] = theirs_more[order] ? KM_UNKNOWN : km_num_sub(counts[order], theirs[order]);
	}
}

static void take_type(const struct module *module, const struct km_module_file_line *line)
{
	unsigned int type = km_supply_type(km_module_file_text(line, KM_STR("type")));
	const bool counted = type == KM_BLOCK_CMA || type == KM_BLOCK_HIGHATOMIC;
	uint64_t counts[KM_ORDERS_MAX], bytes = 0;
	size_t at = zone_of_line(module, line), len;
	bool more[KM_ORDERS_MAX] = { 0 };

	if (at == SIZE_MAX)
		return;
	len = take_counts(km_module_file_text(line, KM_STR("blocks")), counts, more);
	for (size_t order = 0; order < len; order++)
		if (counts[order])
			module->blocks[at].types[order] |= (unsigned char)type;
	if (counted && memchr(more, 1, sizeof(more)))
		count_rest(module, line, at, more, counts);
	for (size_t order = 0; order < len; order++)
		bytes = km_num_add(bytes, km_num_mul(km_num_mul(counts[order], 1ull << order), module->supply->page_bytes));
	if (type == KM_BLOCK_CMA)
		module->zones[at].cma_free_bytes = bytes;
	if (type == KM_BLOCK_HIGHATOMIC)
		module->highatomic[at].free_bytes = bytes;
}

static bool take_lines(struct module *module)
{
	const struct km_module_file_line *line;
	bool typed = false;

	km_array_each(line, &module->file->lines)
		if (km_str_eq(line->key, KM_STR("zone")))
			take_zone(module, line);
	for (size_t i = 0; i < module->len; i++) {
		struct km_buddyinfo_zone zone = { .node = module->zones[i].node, .zone = module->zones[i].zone };

		zone.nr_free = km_pool_alloc(module->pool, KM_ORDERS_MAX, sizeof(*zone.nr_free));
		*km_array_push(&module->buddyinfo->zones) = zone;
		module->blocks[i].types = km_pool_alloc(module->pool, KM_ORDERS_MAX, 1);
		memset(module->blocks[i].types, 0, KM_ORDERS_MAX);
		module->highatomic[i].reserved_bytes = module->zones[i].highatomic_bytes;
	}
	km_array_each(line, &module->file->lines) {
		if (km_str_eq(line->key, KM_STR("reserve")))
			take_reserve(module, line);
		else if (km_str_eq(line->key, KM_STR("free")))
			take_free(module, line);
		else if (km_str_eq(line->key, KM_STR("free_type")))
			take_type(module, line);
		typed |= km_str_eq(line->key, KM_STR("free_type"));
	}
	return module->len && typed;
}

bool km_supply_of_module(struct km_pool *pool, const struct km_module_file *zones, struct km_supply *supply)
{
	size_t lines = zones->lines.len;
	struct module module = {
		.pool = pool, .file = zones, .supply = supply,
		.zones = km_pool_alloc(pool, lines, sizeof(*module.zones)),
		.buddyinfo = km_pool_alloc(pool, 1, sizeof(*module.buddyinfo)),
		.blocks = km_pool_alloc(pool, lines, sizeof(*module.blocks)),
		.highatomic = km_supply_make_highatomic(pool, lines),
	};
	struct km_buddyinfo_zone *kept;

	*module.buddyinfo = (struct km_buddyinfo){ 0 };
	if (!take_lines(&module)) {
		km_array_deinit(&module.buddyinfo->zones);
		return false;
	}
	/* the pool frees what it owns, so the array moves there */
	kept = km_pool_alloc(pool, module.len, sizeof(*kept));
	memcpy(kept, module.buddyinfo->zones.items, module.len * sizeof(*kept));
	km_array_deinit(&module.buddyinfo->zones);
	module.buddyinfo->zones.items = kept;
	module.buddyinfo->zones.len = module.len;
	supply->zones = (struct km_sheet){ &km_zone_type, module.zones, module.len, NULL };
	supply->buddyinfo = module.buddyinfo;
	supply->blocks = module.blocks;
	supply->highatomic = module.highatomic;
	return true;
}
