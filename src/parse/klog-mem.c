// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Mem-Info (k5.10:mm/page_alloc.c show_free_areas, k6.12:mm/show_mem.c; long lines shortened here):
 *
 *   active_anon:654 inactive_anon:0 isolated_anon:0
 *    active_file:0 inactive_file:0 isolated_file:0
 *   Node 0 active_anon:60kB inactive_anon:0kB mapped:4kB all_unreclaimable? yes
 *   Node 0 DMA free:3624kB boost:0kB min:656kB low:820kB high:984kB reserved_highatomic:0KB
 *   lowmem_reserve[]: 0 756 756 947 947
 *   Node 0 DMA: 0*4kB 1*8kB (U) 1*16kB (UM) 0*32kB = 24kB
 *   590 total pagecache pages
 *   Free swap  = 0kB
 *   524158 pages RAM
 *
 * A kernel without CONFIG_NUMA leaves "Node 0 " out in front of a zone. Zones without memory are not
 * printed, nor, since 6.1, those above the highest that the request may use.
 */
#include "parse/klog-mem.h"

enum {
	ZONES_MOST = 8192, /* 1,024 nodes have 6 each at most */
	ORDERS_MOST = 48,
	NODES_MOST = 1024,
};

void km_klog_mem_init(struct km_klog_mem *mem)
{
	*mem = (struct km_klog_mem){
		.page_bytes = KM_UNKNOWN,
		.ram_pages = KM_UNKNOWN,
		.reserved_pages = KM_UNKNOWN,
		.swap_total_kib = KM_UNKNOWN,
		.swap_free_kib = KM_UNKNOWN,
		.kernel_stack_kib = KM_UNKNOWN,
	};
}

void km_klog_mem_deinit(struct km_klog_mem *mem)
{
	km_zoneinfo_deinit(&mem->zoneinfo);
	km_buddyinfo_deinit(&mem->buddyinfo);
	km_array_deinit(&mem->blocks);
	km_array_deinit(&mem->totals);
}

bool km_klog_stat(struct km_str word, struct km_zoneinfo_stat *ret, bool *ret_kib)
{
	struct km_str name;

	if (!km_str_take_until(&word, ':', &name) || !name.len || !km_str_take_u64(&word, &ret->value))
		return false;
	*ret_kib = km_str_eq(word, KM_STR("kB")) || km_str_eq(word, KM_STR("KB"));
	ret->name = name;
	return *ret_kib || !word.len;
}

static bool is_in(const uint64_t bits[static 16], uint64_t node)
{
	return node < NODES_MOST && bits[node / 64] >> (node % 64) & 1;
}

/* "hugepages_total=16 hugepages_free=16 hugepages_surp=0 hugepages_size=2048kB" */
static bool take_huge(struct km_klog_mem *mem, struct km_str rest)
{
	ptrdiff_t at = km_str_find(rest, KM_STR("hugepages_size="));
	uint64_t pages, kib;

	if (!km_str_take_prefix(&rest, KM_STR("hugepages_total=")))
		return false;
	if (at < 0 || !km_str_take_u64(&rest, &pages))
		return true;
	rest = km_str_skip(rest, (size_t)km_str_find(rest, KM_STR("hugepages_size=")));
	if (km_str_take_prefix(&rest, KM_STR("hugepages_size=")) && km_str_take_u64(&rest, &kib))
		mem->hugetlb_kib = km_num_add(mem->hugetlb_kib, km_num_mul(pages, kib));
	return true;
}

static void add_stacks(struct km_klog_mem *mem, struct km_str rest)
{
	ptrdiff_t at = km_str_find(rest, KM_STR(" kernel_stack:"));
	uint64_t kib;

	rest = km_str_skip(rest, at < 0 ? rest.len : (size_t)at + sizeof(" kernel_stack:") - 1);
	if (km_str_take_u64(&rest, &kib))
		mem->kernel_stack_kib = km_num_add(km_num_or(mem->kernel_stack_kib, 0), kib);
}

/* "Node 0 active_anon:60kB ... all_unreclaimable? yes": of the node only what is of use. */
static bool take_node(struct km_klog_mem *mem, uint64_t node, struct km_str rest)
{
	static const struct km_str asked = KM_STR_INIT("all_unreclaimable? ");
	ptrdiff_t at = km_str_find(rest, asked);

	if (!km_str_starts(rest, KM_STR("active_anon:")))
		return false;
	add_stacks(mem, rest);
	if (node >= NODES_MOST || at < 0)
		return true;
	mem->reported_nodes[node / 64] |= 1ull << (node % 64);
	if (km_str_starts(km_str_skip(rest, (size_t)at + asked.len), KM_STR("yes")))
		mem->unreclaimable_nodes[node / 64] |= 1ull << (node % 64);
	return true;
}

static void add_stat(struct km_zoneinfo *zoneinfo, struct km_zoneinfo_zone *zone,
		     struct km_zoneinfo_stat stat)
{
	*km_array_push(&zoneinfo->stats) = stat;
	zone->stats.len++;
}

/* As /proc/zoneinfo has it: one pageset, of all CPUs together. */
static void add_pageset(struct km_zoneinfo *zoneinfo, struct km_zoneinfo_zone *zone, uint64_t count)
{
	struct km_zoneinfo_pageset *pageset = km_array_push(&zoneinfo->pagesets);

	pageset->cpu = KM_UNKNOWN;
	pageset->stats = (struct km_zoneinfo_range){ zoneinfo->pageset_stats.len, 1 };
	*km_array_push(&zoneinfo->pageset_stats) = (struct km_zoneinfo_stat){ KM_STR("count"), count };
	zone->pagesets.len++;
}

static bool take_figure(struct km_zoneinfo *zoneinfo, struct km_zoneinfo_zone *zone, struct km_str word)
{
	struct km_zoneinfo_stat stat;
	bool kib;

	if (!km_klog_stat(word, &stat, &kib))
		return false;
	/* to 4.7 "pages_scanned:0" */
	if (!kib)
		return true;
	if (km_str_eq(stat.name, KM_STR("free_pcp")))
		add_pageset(zoneinfo, zone, stat.value);
	if (km_str_eq(stat.name, KM_STR("free_cma")))
		stat.name = KM_STR("nr_free_cma");
	add_stat(zoneinfo, zone, stat);
	return true;
}

/* "DMA free:3624kB boost:0kB ..." */
static bool take_zone(struct km_parse *parse, struct km_klog_mem *mem, uint64_t node, struct km_str rest)
{
	struct km_zoneinfo *zoneinfo = &mem->zoneinfo;
	struct km_zoneinfo_zone *zone;
	struct km_str name, word;
	size_t bad = 0; /* one problem a line is enough */

	if (!km_str_take_word(&rest, &name) || !km_str_starts(rest, KM_STR(" free:")))
		return false;
	if (zoneinfo->zones.len == ZONES_MOST) {
		km_parse_problem(parse, "more zones than any machine has");
		return true;
	}
	zone = km_array_push(&zoneinfo->zones);
	zone->node = node;
	zone->zone = name;
	zone->stats.first = zoneinfo->stats.len;
	zone->pagesets.first = zoneinfo->pagesets.len;
	if (is_in(mem->reported_nodes, node))
		add_stat(zoneinfo, zone, (struct km_zoneinfo_stat){ KM_STR("node_unreclaimable"),
			 is_in(mem->unreclaimable_nodes, node) });
	while (km_str_take_word(&rest, &word)) {
		/* to 4.7, where it is the zone's and not the node's */
		if (km_str_eq(word, KM_STR("all_unreclaimable?")))
			break;
		if (!take_figure(zoneinfo, zone, word) && !bad++)
			km_parse_problem(parse, "'%.*s' is not a figure of a zone",
					 (int)(word.len < 40 ? word.len : 40), word.ptr);
	}
	return true;
}

/* "lowmem_reserve[]: 0 756 756 947 947", in pages, of the zone above */
static bool take_reserve(struct km_parse *parse, struct km_klog_mem *mem, struct km_str rest)
{
	struct km_zoneinfo *zoneinfo = &mem->zoneinfo;
	struct km_zoneinfo_zone *zone;
	size_t first = zoneinfo->protection.len;
	uint64_t pages;

	if (!km_str_take_prefix(&rest, KM_STR("lowmem_reserve[]:")))
		return false;
	if (!zoneinfo->zones.len)
		return true;
	zone = &zoneinfo->zones.items[zoneinfo->zones.len - 1];
	if (zone->protection.len)
		return true;
	while (km_str_take_number(&rest, &pages))
		*km_array_push(&zoneinfo->protection) = pages;
	if (km_str_trim(rest).len) {
		zoneinfo->protection.len = first;
		km_parse_problem(parse, "not a list of page counts");
		return true;
	}
	zone->protection = (struct km_zoneinfo_range){ first, zoneinfo->protection.len - first };
	return true;
}

/* "(UME)"; a letter that is not known is of a type that is not known to be usable. */
static bool parse_types(struct km_str word, unsigned char *ret)
{
	static const char letters[] = "UMEHCI";

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
	uint64_t blocks[ORDERS_MOST];
	unsigned char types[ORDERS_MOST];
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
		if (list->orders == ORDERS_MOST || !parse_blocks(word, &list->blocks[list->orders], &kib))
			return false;
		if (!list->orders)
			list->page_kib = kib;
		if (!list->page_kib || list->page_kib > 1024 || kib != list->page_kib << list->orders)
			return false;
		list->orders++;
	}
	return false;
}

/* "DMA: 21*4kB (U) ... = 14860kB" */
static bool take_free_list(struct km_parse *parse, struct km_klog_mem *mem, uint64_t node,
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
	if (!parse_free_list(rest, &list) || (mem->page_bytes != KM_UNKNOWN &&
					      mem->page_bytes != list.page_kib << 10)) {
		km_parse_problem(parse, "not a zone's free blocks");
		return true;
	}
	if (buddyinfo->zones.len == ZONES_MOST)
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

/* "active_anon:654 inactive_anon:0", all words of the line */
static bool take_totals(struct km_klog_mem *mem, struct km_str line)
{
	struct km_zoneinfo_stat stat;
	size_t before = mem->totals.len;
	struct km_str word;
	bool kib;

	while (km_str_take_word(&line, &word)) {
		if (before > 256 || !km_klog_stat(word, &stat, &kib) || kib) {
			mem->totals.len = before;
			return false;
		}
		*km_array_push(&mem->totals) = stat;
	}
	return mem->totals.len > before;
}

/* "Free swap  = 0kB" */
static bool take_swap(struct km_str line, struct km_str name, uint64_t *ret)
{
	uint64_t kib;

	if (!km_str_take_prefix(&line, name))
		return false;
	line = km_str_trim(line);
	if (!km_str_take_prefix(&line, KM_STR("=")))
		return false;
	line = km_str_trim(line);
	if (km_str_take_u64(&line, &kib) && km_str_eq(line, KM_STR("kB")))
		*ret = kib;
	return true;
}

/* "524158 pages RAM" */
static bool take_pages(struct km_klog_mem *mem, struct km_str line)
{
	uint64_t pages;

	if (!km_str_take_u64(&line, &pages))
		return false;
	if (km_str_eq(line, KM_STR(" pages RAM")))
		mem->ram_pages = pages;
	else if (km_str_eq(line, KM_STR(" pages reserved")))
		mem->reserved_pages = pages;
	else
		return km_str_starts(line, KM_STR(" pages ")) || km_str_starts(line, KM_STR(" total pagecache"));
	return true;
}

bool km_klog_mem_line(struct km_parse *parse, struct km_klog_mem *mem, struct km_str line)
{
	struct km_str rest = line;
	bool of_node = km_str_take_prefix(&rest, KM_STR("Node "));
	uint64_t node = 0;

	if (of_node && (!km_str_take_u64(&rest, &node) || !km_str_take_prefix(&rest, KM_STR(" "))))
		return false;
	/* the machine's totals begin with the same words */
	return (of_node && take_node(mem, node, rest)) || take_huge(mem, rest) || take_zone(parse, mem, node, rest) ||
	       take_free_list(parse, mem, node, rest) || take_reserve(parse, mem, line) ||
	       take_swap(line, KM_STR("Free swap"), &mem->swap_free_kib) ||
	       take_swap(line, KM_STR("Total swap"), &mem->swap_total_kib) ||
	       take_pages(mem, line) || take_totals(mem, line);
}

void km_klog_mem_finish(struct km_klog_mem *mem)
{
	struct km_zoneinfo_zone *zone;
	uint64_t *pages;

	km_array_each(pages, &mem->zoneinfo.protection)
		*pages = km_num_mul(*pages, mem->page_bytes == KM_UNKNOWN ? KM_UNKNOWN :
				    mem->page_bytes >> 10);
	if (mem->page_bytes == KM_UNKNOWN)
		km_array_each(zone, &mem->zoneinfo.zones)
			zone->protection.len = 0;
}
