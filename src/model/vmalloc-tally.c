// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/vmalloc-tally.h"
#include "base/num.h"

void km_vmalloc_tally_init(struct km_vmalloc_tally *tally, uint64_t page_bytes, unsigned int counted)
{
	*tally = (struct km_vmalloc_tally){ .page_bytes = page_bytes, .counted = counted };
}

void km_vmalloc_tally_deinit(struct km_vmalloc_tally *tally)
{
	km_vmalloc_callers_deinit(&tally->callers);
	km_index_deinit(&tally->module_index);
	km_index_deinit(&tally->site_index);
	km_index_deinit(&tally->cell_index);
	km_index_deinit(&tally->node_index);
	km_array_deinit(&tally->sites);
	km_array_deinit(&tally->near);
	km_array_deinit(&tally->cells);
	km_array_deinit(&tally->nodes);
	km_pool_deinit(&tally->pool);
}

/*
 * The guard page of an area. VM_NO_GUARD shows only if the pages fill the area. An area may have fewer pages
 * than room: up to 6.8 while it is being made, later after vrealloc() has shrunk it (k7.2).
 */
static uint64_t guard_of(const struct km_vmallocinfo_area *area, enum km_vmalloc_kind_id kind,
			 uint64_t page_bytes)
{
	uint64_t rest;

	if (area->mark & (KM_VMALLOCINFO_UNPURGED | KM_VMALLOCINFO_VM_MAP_RAM) ||
	    kind == KM_VMALLOC_KERNEL_IMAGE)
		return 0;
	if (!(area->mark & KM_VMALLOCINFO_VMALLOC))
		return page_bytes;
	/* a chunk of per-CPU memory; without a caller the first chunk (mm/percpu.c) or the Xen P2M */
	if (area->nr_pages == KM_UNKNOWN && (kind == KM_VMALLOC_PER_CPU || !area->caller.ptr))
		return 0;
	rest = km_num_sub(area->size, km_num_mul(km_num_or(area->nr_pages, 0), page_bytes));
	return rest < page_bytes || rest == KM_UNKNOWN ? rest : page_bytes;
}

static struct km_vmalloc_sums odd_sums(const struct km_vmallocinfo_area *area,
				       enum km_vmalloc_kind_id kind, uint64_t page_bytes)
{
	const bool memory = area->mark & KM_VMALLOCINFO_VMALLOC && area->nr_pages != KM_UNKNOWN;
	const uint64_t guard = guard_of(area, kind, page_bytes);

	return (struct km_vmalloc_sums){
		.areas = 1,
		.memory_bytes = memory ? km_num_mul(area->nr_pages, page_bytes) : 0,
		.virtual_bytes = area->size,
		.device_bytes = area->mark & KM_VMALLOCINFO_IOREMAP ? km_num_sub(area->size, guard) : 0,
		.lazy_bytes = area->mark & KM_VMALLOCINFO_UNPURGED ? area->size : 0,
		.guard_bytes = guard,
		.largest_bytes = area->size,
	};
}

/* All bits, or none. */
static inline uint64_t mask_of(bool condition)
{
	return -(uint64_t)condition;
}

/*
 * The same without a branch that depends on the kind of area. A file mixes areas of all kinds, so a CPU
 * cannot predict such a branch. Areas above this size, and areas with fewer bytes than pages, take the slow
 * way.
 */
static inline struct km_vmalloc_sums sums_of(const struct km_vmallocinfo_area *area, enum km_vmalloc_kind_id kind,
					     uint64_t page_bytes)
{
	enum { SIZE_BITS = 48, PAGES_BITS = 32, PAGE_BITS = 24 };
	const uint64_t vmalloc = mask_of(area->mark & KM_VMALLOCINFO_VMALLOC), pages = area->nr_pages & vmalloc;
	const bool none = (area->mark & (KM_VMALLOCINFO_UNPURGED | KM_VMALLOCINFO_VM_MAP_RAM)) ||
			  kind == KM_VMALLOC_KERNEL_IMAGE;
	uint64_t held, rest, guard;

	if (area->size >> SIZE_BITS | pages >> PAGES_BITS | page_bytes >> PAGE_BITS)
		return odd_sums(area, kind, page_bytes);
	held = pages * page_bytes;
	/* areas outside of vmalloc memory always have a guard page */
	rest = area->size - (held | (page_bytes & ~vmalloc));
	if (rest >> SIZE_BITS)
		return odd_sums(area, kind, page_bytes);
	guard = rest < page_bytes ? rest : page_bytes;
	guard = ((guard & vmalloc) | (page_bytes & ~vmalloc)) & ~mask_of(none);
	return (struct km_vmalloc_sums){
		.areas = 1,
		.memory_bytes = held,
		.virtual_bytes = area->size,
		.device_bytes = (area->size - guard) & mask_of(area->mark & KM_VMALLOCINFO_IOREMAP),
		.lazy_bytes = area->size & mask_of(area->mark & KM_VMALLOCINFO_UNPURGED),
		.guard_bytes = guard,
		.largest_bytes = area->size,
	};
}

/* Whether the sums of all members fit: none is unknown or so large that it could overflow. */
static inline bool all_fit(const struct km_vmalloc_sums *a, const struct km_vmalloc_sums *b)
{
	const uint64_t any = a->areas | a->memory_bytes | a->virtual_bytes | a->device_bytes |
			     a->lazy_bytes | a->guard_bytes | b->areas | b->memory_bytes |
			     b->virtual_bytes | b->device_bytes | b->lazy_bytes | b->guard_bytes;

	return !(any >> 63);
}

static void add_odd(struct km_vmalloc_sums *sum, const struct km_vmalloc_sums *part)
{
	sum->areas = km_num_add(sum->areas, part->areas);
	sum->memory_bytes = km_num_add(sum->memory_bytes, part->memory_bytes);
	sum->virtual_bytes = km_num_add(sum->virtual_bytes, part->virtual_bytes);
	sum->device_bytes = km_num_add(sum->device_bytes, part->device_bytes);
	sum->lazy_bytes = km_num_add(sum->lazy_bytes, part->lazy_bytes);
	sum->guard_bytes = km_num_add(sum->guard_bytes, part->guard_bytes);
}

static inline void add(struct km_vmalloc_sums *sum, const struct km_vmalloc_sums *part)
{
	if (sum->largest_bytes < part->largest_bytes)
		sum->largest_bytes = part->largest_bytes;
	if (!all_fit(sum, part)) {
		add_odd(sum, part);
		return;
	}
	sum->areas += part->areas;
	sum->memory_bytes += part->memory_bytes;
	sum->virtual_bytes += part->virtual_bytes;
	sum->device_bytes += part->device_bytes;
	sum->lazy_bytes += part->lazy_bytes;
	sum->guard_bytes += part->guard_bytes;
}

void km_vmalloc_sums_add(struct km_vmalloc_sums *sum, const struct km_vmalloc_sums *part)
{
	add(sum, part);
}

/* 0: no module. The module's name is part of a site's key. */
static size_t module_of(struct km_vmalloc_tally *tally, struct km_str module)
{
	if (!module.ptr)
		return 0;
	return km_index_keep(&tally->module_index, &tally->pool, 0, module) + 1;
}

static struct km_index_key key_of(struct km_vmalloc_tally *tally,
				  const struct km_vmallocinfo_area *area)
{
	const size_t module = module_of(tally, area->module);

	return km_index_key((uint64_t)module * 2 * KM_VMALLOCINFO_MARKS |
				    (uint64_t)area->mark << 1 | (area->phys.ptr != NULL),
			    area->caller);
}

/* Callers repeat, so names are parsed and looked up once for each caller. */
static size_t site_of(struct km_vmalloc_tally *tally, const struct km_vmallocinfo_area *area,
		      const struct km_index_key *key)
{
	size_t number = km_index_keep_key(&tally->site_index, &tally->pool, key);
	size_t module = (size_t)(key->tag / 2 / KM_VMALLOCINFO_MARKS);
	struct km_vmalloc_site *site;

	if (number < tally->sites.len)
		return number;
	site = km_array_push(&tally->sites);
	site->kind = km_vmalloc_kind_of(&tally->callers, area);
	if (area->caller.ptr)
		site->function = km_vmalloc_function(tally->site_index.keys.items[number].text);
	if (module)
		site->module = tally->module_index.keys.items[module - 1].text;
	return number;
}

enum { NEAR_NODES = sizeof(((struct km_vmalloc_tally *)0)->near_nodes) / sizeof(uint16_t) };

static size_t look_up_node(struct km_vmalloc_tally *tally, uint64_t node)
{
	size_t number = km_index_of(&tally->node_index, node, KM_STR(""));
	struct km_vmalloc_at *at;

	if (number < tally->nodes.len)
		return number;
	at = km_array_push(&tally->nodes);
	at->node = node;
	if (node != KM_UNKNOWN)
		at->name = km_pool_printf(&tally->pool, "N%llu", (unsigned long long)node);
	if (node < NEAR_NODES && number < UINT16_MAX)
		tally->near_nodes[node] = (uint16_t)(number + 1);
	if (node == KM_UNKNOWN)
		tally->nowhere = number + 1;
	return number;
}

static inline size_t number_of_node(struct km_vmalloc_tally *tally, uint64_t node)
{
	if (node < NEAR_NODES && tally->near_nodes[node])
		return tally->near_nodes[node] - 1u;
	return look_up_node(tally, node);
}

size_t km_vmalloc_tally_at(struct km_vmalloc_tally *tally, uint64_t node)
{
	return number_of_node(tally, node);
}

/* Few machines have so many nodes. */
static void add_far_pages(struct km_vmalloc_tally *tally, size_t site, size_t at, uint64_t pages)
{
	size_t number = km_index_of(&tally->cell_index, (uint64_t)site << 32 | at, KM_STR(""));
	struct km_vmalloc_cell *cell;

	if (number == tally->cells.len)
		*km_array_push(&tally->cells) = (struct km_vmalloc_cell){ (uint32_t)site, (uint32_t)at, 0 };
	cell = &tally->cells.items[number];
	cell->pages = km_num_add(cell->pages, pages);
}

static inline void add_pages(struct km_vmalloc_tally *tally, size_t site, size_t at, uint64_t pages)
{
	if (at >= KM_VMALLOC_NEAR) {
		add_far_pages(tally, site, at, pages);
		return;
	}
	while (tally->near.len <= site)
		(void)km_array_push(&tally->near);
	tally->sites.items[site].near |= 1u << at;
	tally->near.items[site].pages[at] = km_num_add(tally->near.items[site].pages[at], pages);
}

static inline void add_nodes(struct km_vmalloc_tally *tally, const struct km_vmallocinfo_area *area,
			     size_t site, const struct km_vmalloc_sums *whole)
{
	struct km_vmalloc_sums part = *whole;
	size_t at;

	if (!area->nodes_len) {
		at = tally->nowhere ? tally->nowhere - 1 : look_up_node(tally, KM_UNKNOWN);
		add(&tally->nodes.items[at].sums, whole);
		return;
	}
	part.virtual_bytes = part.guard_bytes = 0;
	for (size_t i = 0; i < area->nodes_len; i++) {
		const struct km_vmallocinfo_node *node = &area->nodes[i];

		at = number_of_node(tally, node->node);
		if (area->mark & KM_VMALLOCINFO_VMALLOC)
			part.memory_bytes = km_num_mul(node->pages, tally->page_bytes);
		add(&tally->nodes.items[at].sums, &part);
		tally->nodes.items[at].pages = km_num_add(tally->nodes.items[at].pages, node->pages);
		if (tally->counted & KM_VMALLOC_PAGES)
			add_pages(tally, site, at, node->pages);
	}
}

/* Lets the processor fetch the sums that an area will be added to. */
static inline void fetch(const struct km_vmalloc_tally *tally, size_t site,
			 const struct km_vmallocinfo_area *area)
{
	uint64_t node = area->nodes_len ? area->nodes->node : KM_UNKNOWN;

	if (site < tally->sites.len) {
		__builtin_prefetch(&tally->sites.items[site], 1);
		__builtin_prefetch((const char *)&tally->sites.items[site] + 63, 1);
	}
	if (node < NEAR_NODES && site < tally->near.len)
		__builtin_prefetch(&tally->near.items[site].pages[tally->near_nodes[node] - 1], 1);
}

void km_vmalloc_tally_add(struct km_vmalloc_tally *tally, const struct km_vmallocinfo_area *areas,
			  size_t len, struct km_vmalloc_found *found)
{
	struct km_index_key keys[KM_VMALLOCINFO_BATCH];
	size_t sites[KM_VMALLOCINFO_BATCH];

	km_pointers_add(&tally->pointers, areas, len);
	for (size_t i = 0; i < len; i++) {
		keys[i] = key_of(tally, &areas[i]);
		km_index_fetch_slot(&tally->site_index, &keys[i]);
	}
	for (size_t i = 0; i < len; i++)
		sites[i] = km_index_fetch_key(&tally->site_index, &keys[i]);
	for (size_t i = 0; i < len; i++) {
		km_index_fetch_text(&tally->site_index, sites[i]);
		fetch(tally, sites[i], &areas[i]);
	}
	for (size_t i = 0; i < len; i++) {
		const struct km_vmallocinfo_area *area = &areas[i];
		const size_t site = km_index_has(&tally->site_index, sites[i], &keys[i]) ?
					    sites[i] : site_of(tally, area, &keys[i]);
		const struct km_vmalloc_sums sums = sums_of(area, tally->sites.items[site].kind, tally->page_bytes);

		add(&tally->sites.items[site].sums, &sums);
		if (tally->counted)
			add_nodes(tally, area, site, &sums);
		if (found)
			found[i] = (struct km_vmalloc_found){ site, sums };
	}
}

struct km_vmalloc_sums km_vmalloc_tally_totals(const struct km_vmalloc_tally *tally)
{
	struct km_vmalloc_sums totals = { 0 };
	const struct km_vmalloc_site *site;

	km_array_each(site, &tally->sites)
		add(&totals, &site->sums);
	return totals;
}
