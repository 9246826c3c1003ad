// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Mem-Info (k2.6.32-6.1:mm/page_alloc.c show_free_areas, k6.12:mm/show_mem.c; long lines shortened here):
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
 * printed, nor, since 6.1, those above the highest that the request may use. Free lists are
 * klog-free.c's.
 */
#include "parse/klog-mem.h"

enum {
	ZONES_MOST = 8192, /* 1,024 nodes have 6 each at most */
	NODES_MOST = 1024,
	PIECES_MOST = 4096,
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
		.gpu_kib = KM_UNKNOWN,
		.balloon_kib = KM_UNKNOWN,
	};
}

void km_klog_mem_deinit(struct km_klog_mem *mem)
{
	km_zoneinfo_deinit(&mem->zoneinfo);
	km_buddyinfo_deinit(&mem->buddyinfo);
	km_array_deinit(&mem->blocks);
	km_array_deinit(&mem->totals);
	km_array_deinit(&mem->pieces);
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

/* Of the nodes since 5.8, of the zones before. */
static void add_stacks(struct km_klog_mem *mem, uint64_t kib)
{
	mem->kernel_stack_kib = km_num_add(km_num_or(mem->kernel_stack_kib, 0), kib);
}

static void add_figure(uint64_t *sum, struct km_str rest, struct km_str key)
{
	uint64_t kib = km_klog_number_after(rest, key);

	if (kib != KM_UNKNOWN)
		*sum = km_num_add(km_num_or(*sum, 0), kib);
}

/* "Node 0 active_anon:60kB ... all_unreclaimable? yes": of the node only what is of use. */
static bool take_node(struct km_klog_mem *mem, uint64_t node, struct km_str rest)
{
	static const struct km_str asked = KM_STR_INIT("all_unreclaimable? ");
	ptrdiff_t at = km_str_find(rest, asked);

	if (!km_str_starts(rest, KM_STR("active_anon:")))
		return false;
	add_figure(&mem->kernel_stack_kib, rest, KM_STR(" kernel_stack:"));
	/* k7.2:mm/show_mem.c */
	add_figure(&mem->gpu_kib, rest, KM_STR(" gpu_active:"));
	add_figure(&mem->gpu_kib, rest, KM_STR(" gpu_reclaim:"));
	add_figure(&mem->balloon_kib, rest, KM_STR(" Balloon:"));
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

/* One entry of "pagesets", for all CPUs together, as a record of /proc/zoneinfo. */
static void add_pageset(struct km_zoneinfo *zoneinfo, struct km_zoneinfo_zone *zone, uint64_t count)
{
	struct km_zoneinfo_pageset *pageset = km_array_push(&zoneinfo->pagesets);

	pageset->cpu = KM_UNKNOWN;
	pageset->stats = (struct km_zoneinfo_range){ zoneinfo->pageset_stats.len, 1 };
	*km_array_push(&zoneinfo->pageset_stats) = (struct km_zoneinfo_stat){ KM_STR("count"), count };
	zone->pagesets.len++;
}

static bool take_figure(struct km_klog_mem *mem, struct km_zoneinfo_zone *zone, struct km_str word)
{
	struct km_zoneinfo_stat stat;
	bool kib;

	if (!km_klog_stat(word, &stat, &kib))
		return false;
	/* to 4.7 "pages_scanned:0" */
	if (!kib)
		return true;
	if (km_str_eq(stat.name, KM_STR("free_pcp")))
		add_pageset(&mem->zoneinfo, zone, stat.value);
	if (km_str_eq(stat.name, KM_STR("kernel_stack")))
		add_stacks(mem, stat.value);
	if (km_str_eq(stat.name, KM_STR("free_cma")))
		stat.name = KM_STR("nr_free_cma");
	add_stat(&mem->zoneinfo, zone, stat);
	return true;
}

/* If the lines of two reports are mixed, the second zone of a name belongs to the other report. */
static bool has_zone(const struct km_zoneinfo *zoneinfo, uint64_t node, struct km_str name)
{
	for (size_t i = 0; i < zoneinfo->zones.len; i++)
		if (zoneinfo->zones.items[i].node == node && km_str_eq(zoneinfo->zones.items[i].zone, name))
			return true;
	return false;
}

/* To 4.7 the zone's, since then the node's: "all_unreclaimable? yes" */
static void add_reclaimable(struct km_klog_mem *mem, struct km_zoneinfo_zone *zone, struct km_str rest)
{
	struct km_str word = { 0 };

	km_str_take_word(&rest, &word);
	add_stat(&mem->zoneinfo, zone, (struct km_zoneinfo_stat){ KM_STR("node_unreclaimable"),
								  km_str_eq(word, KM_STR("yes")) });
}

/* "DMA free:3624kB boost:0kB ..." */
static bool take_zone(struct km_parse *parse, struct km_klog_mem *mem, uint64_t node, struct km_str rest)
{
	struct km_zoneinfo *zoneinfo = &mem->zoneinfo;
	struct km_zoneinfo_zone *zone;
	struct km_str name, word;
	size_t bad = 0; /* one problem per line is enough */

	if (!km_str_take_word(&rest, &name) || !km_str_starts(rest, KM_STR(" free:")))
		return false;
	if (has_zone(zoneinfo, node, name))
		return true;
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
		if (km_str_eq(word, KM_STR("all_unreclaimable?"))) {
			add_reclaimable(mem, zone, rest);
			break;
		}
		if (!take_figure(mem, zone, word) && !bad++)
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

/* "Free swap  = 0kB"; old architectures "Free swap:            0kB" */
static bool take_swap(struct km_str line, struct km_str name, uint64_t *ret)
{
	uint64_t kib;

	if (!km_str_take_prefix(&line, name))
		return false;
	line = km_str_trim(line);
	if (!km_str_take_prefix(&line, KM_STR("=")) && !km_str_take_prefix(&line, KM_STR(":")))
		return false;
	line = km_str_trim(line);
	if (km_str_take_u64(&line, &kib) && km_str_eq(line, KM_STR("kB")))
		*ret = kib;
	return true;
}

/* "524158 pages RAM"; of architectures before they shared lib/show_mem.c "524158 pages of RAM" */
static bool take_pages(struct km_klog_mem *mem, struct km_str line)
{
	uint64_t pages;

	if (!km_str_take_u64(&line, &pages))
		return false;
	if (km_str_eq(line, KM_STR(" pages RAM")) || km_str_eq(line, KM_STR(" pages of RAM")))
		mem->ram_pages = pages;
	else if (km_str_eq(line, KM_STR(" pages reserved")) || km_str_eq(line, KM_STR(" reserved pages")))
		mem->reserved_pages = pages;
	else
		return km_str_starts(line, KM_STR(" pages ")) || km_str_starts(line, KM_STR(" total pagecache")) ||
		       km_str_eq(line, KM_STR(" free pages")) || km_str_eq(line, KM_STR(" slab pages"));
	return true;
}

static bool take_line(struct km_parse *parse, struct km_klog_mem *mem, struct km_str line)
{
	struct km_str rest = line;
	bool of_node = km_str_take_prefix(&rest, KM_STR("Node "));
	uint64_t node = 0;

	if (of_node && (!km_str_take_u64(&rest, &node) || !km_str_take_prefix(&rest, KM_STR(" "))))
		return false;
	/* the lines of the machine's totals begin with the same words */
	return (of_node && take_node(mem, node, rest)) || take_huge(mem, rest) || take_zone(parse, mem, node, rest) ||
	       km_klog_mem_free_list(parse, mem, node, rest) || take_reserve(parse, mem, line) ||
	       take_swap(line, KM_STR("Free swap"), &mem->swap_free_kib) ||
	       take_swap(line, KM_STR("Total swap"), &mem->swap_total_kib) ||
	       take_pages(mem, line) || take_totals(mem, line);
}

/*
 * Lines that the kernel prints piece by piece stay so when another CPU prints in between, and as a
 * rule in 4.9 and 4.10: "Node 0 DMA:", "1*4kB", "(U)", "= 24kB"; "lowmem_reserve[]:", "0"; "Node 0", "DMA free:..."
 */
static bool begins_in_pieces(struct km_str line)
{
	struct km_str rest = line, word;
	uint64_t node;

	if (km_str_eq(line, KM_STR("lowmem_reserve[]:")))
		return true;
	if (!km_str_take_prefix(&rest, KM_STR("Node ")) || !km_str_take_u64(&rest, &node))
		return false;
	if (!rest.len)
		return true;
	return km_str_take_word(&rest, &word) && km_str_ends(word, KM_STR(":")) && !km_str_trim(rest).len;
}

static bool is_piece(struct km_str so_far, struct km_str line)
{
	if (km_str_starts(so_far, KM_STR("lowmem_reserve")))
		return *line.ptr >= '0' && *line.ptr <= '9' && km_str_find(line, KM_STR(" pages")) < 0 &&
		       km_str_find(line, KM_STR("kB")) < 0;
	if (km_str_find(so_far, KM_STR(":")) < 0)
		return km_str_find(line, KM_STR(" free:")) > 0 || km_str_find(line, KM_STR(": ")) > 0 ||
		       km_str_ends(line, KM_STR(":"));
	/* the sum ends it */
	return km_str_find(so_far, KM_STR("= ")) < 0 && *line.ptr && strchr("(=0123456789", *line.ptr);
}

static void add_piece(struct km_klog_mem *mem, struct km_str text)
{
	if (mem->pieces.len)
		*km_array_push(&mem->pieces) = ' ';
	for (size_t i = 0; i < text.len; i++)
		*km_array_push(&mem->pieces) = text.ptr[i];
}

static void flush_pieces(struct km_parse *parse, struct km_klog_mem *mem)
{
	struct km_str line = { mem->pieces.items, mem->pieces.len };

	if (line.len && !km_str_ends(line, KM_STR(":")))
		take_line(parse, mem, km_pool_copy(&mem->buddyinfo.pool, line));
	mem->pieces.len = 0;
}

bool km_klog_mem_line(struct km_parse *parse, struct km_klog_mem *mem, struct km_str line)
{
	struct km_str so_far = { mem->pieces.items, mem->pieces.len };

	if (so_far.len && so_far.len < PIECES_MOST && is_piece(so_far, line)) {
		add_piece(mem, line);
		return true;
	}
	flush_pieces(parse, mem);
	if (!begins_in_pieces(line))
		return take_line(parse, mem, line);
	add_piece(mem, line);
	return true;
}

void km_klog_mem_finish(struct km_parse *parse, struct km_klog_mem *mem)
{
	struct km_zoneinfo_zone *zone;
	uint64_t *pages;

	flush_pieces(parse, mem);
	km_array_each(pages, &mem->zoneinfo.protection)
		*pages = km_num_mul(*pages, mem->page_bytes == KM_UNKNOWN ? KM_UNKNOWN :
				    mem->page_bytes >> 10);
	if (mem->page_bytes == KM_UNKNOWN)
		km_array_each(zone, &mem->zoneinfo.zones)
			zone->protection.len = 0;
}
