// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Free lists of a Mem-Info, with the types of the blocks of each order since 3.9
 * (k3.9:mm/page_alloc.c show_migration_types):
 *
 *   Node 0 DMA: 0*4kB 1*8kB (U) 1*16kB (UM) 0*32kB = 24kB
 *
 * Web pages that read an asterisk as emphasis show "0_4kB 1_8kB" or "04kB 18kB".
 */
#include <stdio.h>
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

struct free_list {
	uint64_t blocks[KM_ORDERS_MAX];
	unsigned char types[KM_ORDERS_MAX];
	size_t orders;
	uint64_t page_kib;
};

/* "21*4kB", "21_4kB" */
static bool parse_blocks(struct km_str word, uint64_t *ret_blocks, uint64_t *ret_kib)
{
	if (!km_str_take_u64(&word, ret_blocks))
		return false;
	km_str_take_prefix(&word, KM_STR("\\"));
	return (km_str_take_prefix(&word, KM_STR("*")) || km_str_take_prefix(&word, KM_STR("_"))) &&
	       km_str_take_u64(&word, ret_kib) && km_str_eq(word, KM_STR("kB"));
}

/* "214kB" of 21 blocks of 4 KiB */
static bool parse_glued(struct km_str word, uint64_t kib, uint64_t *ret_blocks)
{
	char end[32];

	snprintf(end, sizeof(end), "%llukB", (unsigned long long)kib);
	if (!km_str_ends(word, km_str_from(end)))
		return false;
	word.len -= strlen(end);
	return !km_str_to_u64(word, ret_blocks);
}

static uint64_t sum_of(const struct free_list *list)
{
	uint64_t kib = 0;

	for (size_t i = 0; i < list->orders; i++)
		kib = km_num_add(kib, km_num_mul(list->blocks[i], list->page_kib << i));
	return kib;
}

/* Of a list that lost its signs only the sum says how the digits are to be divided. */
static bool ends_list(struct km_str rest, const struct free_list *list, bool glued)
{
	uint64_t kib;

	rest = km_str_trim(rest);
	return list->orders && (!glued || (km_str_take_u64(&rest, &kib) && kib == sum_of(list)));
}

/*
 * "21*4kB (U) 0*8kB 1*16kB (UM) = 100kB"; false where that is not what stands there. glued_kib: the page size of a list
 * without signs; 0: it has them.
 */
static bool parse_free_list(struct km_str rest, uint64_t glued_kib, struct free_list *list)
{
	struct km_str word;
	uint64_t kib;

	*list = (struct free_list){ .page_kib = glued_kib };
	while (km_str_take_word(&rest, &word)) {
		if (km_str_eq(word, KM_STR("=")))
			return ends_list(rest, list, glued_kib);
		if (*word.ptr == '(') {
			if (!list->orders || !parse_types(word, &list->types[list->orders - 1]))
				return false;
			continue;
		}
		if (list->orders == KM_ORDERS_MAX)
			return false;
		kib = glued_kib << list->orders;
		if (glued_kib ? !parse_glued(word, kib, &list->blocks[list->orders])
			      : !parse_blocks(word, &list->blocks[list->orders], &kib))
			return false;
		if (!list->orders)
			list->page_kib = kib;
		if (!list->page_kib || list->page_kib > 1024 || kib != list->page_kib << list->orders)
			return false;
		list->orders++;
	}
	return false;
}

static bool parse_any_list(struct km_str rest, struct free_list *list)
{
	if (parse_free_list(rest, 0, list))
		return true;
	for (uint64_t kib = 4; kib <= 256; kib *= 2)
		if (parse_free_list(rest, kib, list))
			return true;
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
	    !km_str_trim(rest).len || !strchr("0123456789", *km_str_trim(rest).ptr) || km_str_find(rest, KM_STR("kB")) < 0)
		return false;
	if (!parse_any_list(rest, &list) ||
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
