// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Free lists of a Mem-Info, with the types of the blocks of each order since 3.9
 * (k3.9:mm/page_alloc.c show_migration_types):
 *
 *   Node 0 DMA: 0*4kB 1*8kB (U) 1*16kB (UM) 0*32kB = 24kB
 */
#include "parse/klog-mem.h"

enum { ZONES_MOST = 8192 };

/* "(UME)"; a letter that is not known is of a type that is not known to be usable. */
static bool parse_types(struct km_str word, unsigned char *ret)
{
	static const char letters[] = "UMEHCIR";

	if (!km_str_take_prefix(&word, KM_STR("(")) || !km_str_ends(word, KM_STR(")")))
		return false;
	for (size_t i = 0; i + 1 < word.len; i++) {
		const char *letter = word.ptr[i] ? strchr(letters, word.ptr[i]) : NULL;

		if (word.ptr[i] < 'A' || word.ptr[i] > 'Z')
			return false;
		*ret |= letter ? (unsigned char)(1 << (letter - letters)) : KM_BLOCK_OTHER;
	}
	return true;
}

/* "21*4kB" */
static bool parse_blocks(struct km_str word, uint64_t *ret_blocks, uint64_t *ret_kib)
{
	return km_str_take_u64(&word, ret_blocks) && km_str_take_prefix(&word, KM_STR("*")) &&
	       km_str_take_u64(&word, ret_kib) && km_str_eq(word, KM_STR("kB"));
}

struct free_list {
	uint64_t blocks[KM_ORDERS_MAX];
	unsigned char types[KM_ORDERS_MAX];
	size_t orders;
	uint64_t page_kib;
};

/* "21*4kB (U) 0*8kB 1*16kB (UM) = 100kB"; false where that is not what stands there. */
static bool parse_free_list(struct km_str rest, struct free_list *list)
{
	struct km_str word;
	uint64_t kib;

	*list = (struct free_list){ 0 };
	while (km_str_take_word(&rest, &word)) {
		if (km_str_eq(word, KM_STR("=")))
			return list->orders > 0;
		if (*word.ptr == '(') {
			if (!list->orders || !parse_types(word, &list->types[list->orders - 1]))
				return false;
			continue;
		}
		if (list->orders == KM_ORDERS_MAX ||
		    !parse_blocks(word, &list->blocks[list->orders], &kib))
			return false;
		if (!list->orders)
			list->page_kib = kib;
		if (!list->page_kib || list->page_kib > 1024 ||
		    kib != list->page_kib << list->orders)
			return false;
		list->orders++;
	}
	return false;
}

/* As with zones: a second one belongs to another report. */
static bool has_list(const struct km_buddyinfo *buddyinfo, uint64_t node, struct km_str name)
{
	for (size_t i = 0; i < buddyinfo->zones.len; i++)
		if (buddyinfo->zones.items[i].node == node &&
		    km_str_eq(buddyinfo->zones.items[i].zone, name))
			return true;
	return false;
}

bool km_klog_mem_free_list(struct km_parse *parse, struct km_klog_mem *mem, uint64_t node,
			   struct km_str rest)
{
	struct km_buddyinfo *buddyinfo = &mem->buddyinfo;
	struct km_buddyinfo_zone *zone;
	struct km_block_types *blocks;
	struct free_list list;
	struct km_str name;

	if (!km_str_take_word(&rest, &name) || !km_str_ends(name, KM_STR(":")) ||
	    km_str_find(rest, KM_STR("*")) < 0 || km_str_find(rest, KM_STR("kB")) < 0)
		return false;
	if (!parse_free_list(rest, &list) ||
	    (mem->page_bytes != KM_UNKNOWN && mem->page_bytes != list.page_kib << 10)) {
		km_parse_problem(parse, "not a zone's free blocks");
		return true;
	}
	if (buddyinfo->zones.len == ZONES_MOST ||
	    has_list(buddyinfo, node, (struct km_str){ name.ptr, name.len - 1 }))
		return true;
	mem->page_bytes = list.page_kib << 10;
	zone = km_array_push(&buddyinfo->zones);
	zone->node = node;
	zone->zone = (struct km_str){ name.ptr, name.len - 1 };
	zone->orders = list.orders;
	zone->nr_free = km_pool_alloc(&buddyinfo->pool, list.orders, sizeof(*zone->nr_free));
	memcpy(zone->nr_free, list.blocks, list.orders * sizeof(*zone->nr_free));
	blocks = km_array_push(&mem->blocks);
	blocks->types = km_pool_alloc(&buddyinfo->pool, list.orders, 1);
	memcpy(blocks->types, list.types, list.orders);
	return true;
}
