// SPDX-License-Identifier: GPL-2.0-or-later
#include <fnmatch.h>
#include "base/index.h"
#include "model/slab-directory.h"
#include "model/slab-names.h"

#define SLABINFO(word) .origin = "/proc/slabinfo " word

static const struct km_field node_fields[] = {
	{ KM_FIELD(struct km_slab_node, node, KM_COUNT), .flags = KM_ID, .head = "NODE",
	  .brief = "NUMA node", .explain = "Number of the memory node.",
	  .origin = "/sys/kernel/slab/CACHE/slabs" },
	{ KM_FIELD(struct km_slab_node, slabs, KM_COUNT), .flags = KM_DETAIL | KM_LEVEL, .head = "SLABS",
	  .brief = "slabs of the cache on this node", .explain = "In all states: full, partial, "
		"empty.",
	  .origin = "/sys/kernel/slab/CACHE/slabs" },
	{ KM_FIELD(struct km_slab_node, size_bytes, KM_BYTES), .flags = KM_ANSWER | KM_LEVEL, .head = "SIZE",
	  .brief = "memory that those slabs occupy",
	  .explain = "Slabs times pages per slab: an upper bound, like size_bytes of the cache.",
	  .origin = "computed" },
	{ 0 }
};

const struct km_sheet_type km_slab_node_type = {
	.name = "slab_nodes",
	.brief = "the part of a slab cache on one node",
	.fields = node_fields,
	.row_size = sizeof(struct km_slab_node),
	.spread_head = "node",
	.spread_cell = "size_bytes",
};

static const struct km_field fields[] = {
	{ KM_FIELD(struct km_slab, name, KM_TEXT), .flags = KM_SHOWN | KM_ID, .head = "NAME",
	  .brief = "name of the cache",
	  .explain = "The name of the first of the merged caches: the objects counted here may "
		     "belong to any of its aliases. If slabinfo is not available, the first name "
		     "is not known; this is then the first in alphabetical order.",
	  SLABINFO("name") },
	{ KM_FIELD(struct km_slab, number, KM_COUNT), .flags = KM_ID | KM_ORDINAL, .head = "NR",
	  .brief = "number of the cache among caches of the same name, from 1",
	  .explain = "A driver may create a cache of the same name for each of its devices. They "
		     "are different caches and are never added up. /sys/kernel/slab has one entry "
		     "for all of them, so its values are unknown here.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_slab, aliases, KM_TEXTS), .head = "ALIASES",
	  .brief = "other caches that were merged into this one",
	  .explain = "SLUB lets caches with the same geometry and flags share slabs. Each is then "
		     "a link in /sys/kernel/slab to the same directory. The link of a destroyed "
		     "cache stays until a cache of that name is created again. Boot with "
		     "slab_nomerge to keep them separate. Also empty if /sys/kernel/slab is not "
		     "available.",
	  .origin = "/sys/kernel/slab" },
	{ KM_FIELD(struct km_slab, objects, KM_COUNT),
	  .flags = KM_SHOWN | KM_SUMMED | KM_LEVEL, .head = "OBJECTS",
	  .brief = "objects that fit into the slabs", .explain = "Used or not.",
	  SLABINFO("num_objs") },
	{ KM_FIELD(struct km_slab, active_objects, KM_COUNT), .flags = KM_DETAIL | KM_SHOWN | KM_SUMMED | KM_LEVEL,
	  .head = "ACTIVE", .brief = "objects in use, an upper bound",
	  .explain = "SLUB counts a free object as active while it is in a slab that a CPU holds, "
		     "and from 6.18 on in a sheaf. Above 10,000 partial slabs a node's free "
		     "objects are extrapolated (6.10+).",
	  SLABINFO("active_objs") },
	{ KM_FIELD(struct km_slab, object_bytes, KM_BYTES),
	  .flags = KM_DETAIL | KM_SHOWN | KM_PROPERTY | KM_FIXED, .head = "OBJSIZE",
	  .brief = "memory that one object needs",
	  .explain = "Includes alignment, debugging data and metadata; the size that the cache's "
		     "user requested may be less.",
	  SLABINFO("objsize") },
	{ KM_FIELD(struct km_slab, objects_per_slab, KM_COUNT),
	  .flags = KM_PROPERTY | KM_FIXED, .head = "PERSLAB",
	  .brief = "objects in one slab",
	  .explain = "For the preferred slab size; fewer after a fallback.",
	  SLABINFO("objperslab") },
	{ KM_FIELD(struct km_slab, pages_per_slab, KM_COUNT),
	  .flags = KM_PROPERTY | KM_FIXED, .head = "PAGES",
	  .brief = "pages of one slab",
	  .explain = "The preferred size, a power of two. If no such block was free, the cache "
		     "used a smaller one, which slabinfo does not show.",
	  SLABINFO("pagesperslab") },
	{ KM_FIELD(struct km_slab, slabs, KM_COUNT),
	  .flags = KM_DETAIL | KM_SHOWN | KM_SUMMED | KM_LEVEL, .head = "SLABS",
	  .brief = "slabs of the cache",
	  .explain = "Blocks of pages that the cache has allocated.",
	  SLABINFO("num_slabs") },
	{ KM_FIELD(struct km_slab, size_bytes, KM_BYTES),
	  .flags = KM_ANSWER | KM_SHOWN | KM_SUMMED | KM_LEVEL, .head = "SIZE",
	  .brief = "memory that the cache's slabs occupy",
	  .explain = "Slabs times pages per slab. An upper bound: slabs that fell back to a "
		     "smaller size count as full size.",
	  .origin = "computed from /proc/slabinfo" },
	{ KM_FIELD(struct km_slab, used_bytes, KM_BYTES), .flags = KM_SUMMED | KM_LEVEL, .head = "USED",
	  .brief = "memory of the active objects, an upper bound",
	  .explain = "Active objects times the size of one; like active_objects it may be too "
		     "high.",
	  .origin = "computed from /proc/slabinfo" },
	{ KM_FIELD(struct km_slab, idle_bytes, KM_BYTES),
	  .flags = KM_ANSWER | KM_SHOWN | KM_SUMMED | KM_LEVEL, .head = "IDLE",
	  .brief = "memory that the cache holds but does not use, a lower bound",
	  .explain = "Size minus used: free objects, and the rest at the end of each slab. Partly "
		     "used slabs cannot be freed.",
	  .origin = "computed from /proc/slabinfo" },
	{ KM_FIELD(struct km_slab, used_ratio, KM_RATIO),
	  .flags = KM_ANSWER | KM_SHOWN | KM_USE | KM_TOTAL | KM_LEVEL | KM_COMPUTED, .head = "USE%",
	  .brief = "used part of the size, an upper bound",
	  .explain = "Used divided by size. Unknown for a cache without slabs.",
	  .origin = "computed from /proc/slabinfo" },
	{ KM_FIELD(struct km_slab, share_ratio, KM_RATIO),
	  .flags = KM_SHOWN | KM_SHARE | KM_TOTAL | KM_LEVEL | KM_COMPUTED, .head = "SHARE",
	  .brief = "the cache's share of all slab memory",
	  .explain = "Size divided by Slab of meminfo, which counts large kmalloc too; or by the "
		     "sum of the caches if meminfo is not available.",
	  .origin = "computed from /proc/slabinfo and /proc/meminfo" },
	{ KM_FIELD(struct km_slab, reclaimable, KM_TRI), .flags = KM_SHOWN, .head = "RECLAIM",
	  .brief = "whether a shrinker can free its objects",
	  .explain = "Created with SLAB_RECLAIM_ACCOUNT: counted in SReclaimable and in "
		     "MemAvailable. This does not guarantee that the objects can be freed now.",
	  .origin = "/sys/kernel/slab: letter a of a merged directory, otherwise reclaim_account; "
		    "without it the name, of kmalloc and a few others" },
	{ KM_FIELD(struct km_slab, accounted, KM_TRI), .head = "ACCT",
	  .brief = "whether its objects are charged to memory cgroups",
	  .explain = "Created with SLAB_ACCOUNT: each object is charged to the cgroup that "
		     "requested it. Known only for mergeable caches. Objects of other caches may "
		     "be charged too, one by one (__GFP_ACCOUNT).",
	  .origin = "/sys/kernel/slab: letter A of a merged directory" },
	{ KM_FIELD(struct km_slab, dma, KM_TRI), .flags = KM_ON_DEMAND, .head = "DMA",
	  .brief = "whether its slabs come from zone DMA",
	  .explain = "Created with SLAB_CACHE_DMA: the dma-kmalloc caches and those of a few "
		     "drivers.",
	  .origin = "/sys/kernel/slab: letter d of a merged directory, otherwise cache_dma" },
	{ KM_FIELD(struct km_slab, rcu, KM_TRI), .flags = KM_ON_DEMAND, .head = "RCU",
	  .brief = "whether its slabs are freed only after an RCU grace period",
	  .explain = "Created with SLAB_TYPESAFE_BY_RCU. Such caches are never merged. A freed "
		     "slab leaves the cache at once, but its memory is free only after the grace "
		     "period; until then it is in large_kmalloc_bytes.",
	  .origin = "/sys/kernel/slab: no for a merged directory, otherwise destroy_by_rcu" },
	{ KM_FIELD(struct km_slab, mergeable, KM_TRI), .head = "MERGE",
	  .brief = "whether caches created later may share its slabs",
	  .explain = "Not with slab_nomerge, a constructor, debugging, a range for copies to user "
		     "space, SLAB_TYPESAFE_BY_RCU or SLAB_NO_MERGE.",
	  .origin = "/sys/kernel/slab: whether the directory is named by geometry" },
	{ KM_FIELD(struct km_slab, payload_bytes, KM_BYTES),
	  .flags = KM_ON_DEMAND | KM_PROPERTY | KM_FIXED,
	  .head = "PAYLOAD",
	  .brief = "object size that the cache was created for",
	  .explain = "The largest one if caches were merged.",
	  .origin = "/sys/kernel/slab/CACHE/object_size" },
	{ KM_FIELD(struct km_slab, padding_bytes, KM_BYTES),
	  .flags = KM_ON_DEMAND | KM_PROPERTY | KM_FIXED,
	  .head = "PADDING",
	  .brief = "what alignment and debugging add to one object",
	  .explain = "object_bytes minus payload_bytes. The unused part of a kmalloc() size class "
		     "is not included.",
	  .origin = "computed" },
	{ KM_FIELD(struct km_slab, sheaf_objects, KM_COUNT), .flags = KM_ON_DEMAND | KM_PROPERTY,
	  .head = "SHEAF",
	  .brief = "objects in one full sheaf",
	  .explain = "A sheaf is a stack of free objects. Each CPU keeps up to three (one of them "
		     "for kfree_rcu()), each node keeps more in its barn; their objects count as "
		     "active. 0: the cache has none.",
	  .origin = "/sys/kernel/slab/CACHE/sheaf_capacity", .kernels = "6.18+" },
	{ KM_FIELD(struct km_slab, nodes, KM_ROWS), .flags = KM_SPREAD | KM_ON_DEMAND, .rows = &km_slab_node_type,
	  .head = "NODES", .brief = "the cache by node",
	  .explain = "Read after the cache's other figures, so the sum may differ. --numa shows "
		     "it. Empty if unknown.",
	  .origin = "/sys/kernel/slab/CACHE/slabs" },
	{ KM_FIELD(struct km_slab, slab_bytes, KM_BYTES),
	  .flags = KM_TOTAL_ONLY | KM_LEVEL, .head = "all slab memory",
	  .brief = "as counted in /proc/meminfo",
	  .explain = "SReclaimable plus SUnreclaim: the pages of all caches and of large kmalloc.",
	  .origin = "/proc/meminfo Slab" },
	{ KM_FIELD(struct km_slab, large_kmalloc_bytes, KM_BYTES), .flags = KM_TOTAL_ONLY | KM_LEVEL,
	  .head = "large kmalloc", .brief = "slab memory in no cache: kmalloc above two pages",
	  .explain = "kmalloc() above KMALLOC_MAX_CACHE_SIZE (two pages) allocates pages "
		     "directly. SUnreclaim counts them and no cache shows them (k6.12:mm/slub.c "
		     "___kmalloc_large_node). Computed as Slab minus the sizes of the caches. Too "
		     "low if slabs fell back to a smaller size; too high by slabs that wait for "
		     "an RCU grace period. It is also off by changes between the two reads, and "
		     "by what each CPU has not yet added to the counters of meminfo. Unknown if "
		     "the caches exceed Slab.",
	  .origin = "/proc/meminfo Slab minus the sum of size_bytes" },
	{ 0 }
};

static void set_ratios(struct km_slab *row, uint64_t whole)
{
	row->used_ratio = km_num_share(row->used_bytes, row->size_bytes);
	row->share_ratio = km_num_share(row->size_bytes, whole);
}

static void compute(const struct km_sheet *sheet, uint64_t page_bytes)
{
	struct km_slab *rows = (struct km_slab *)(uintptr_t)sheet->rows;
	struct km_slab *totals = (struct km_slab *)(uintptr_t)sheet->totals;
	uint64_t whole = KM_UNKNOWN;

	(void)page_bytes;
	if (totals) {
		whole = totals->slab_bytes != KM_UNKNOWN ? totals->slab_bytes : totals->size_bytes;
		set_ratios(totals, whole);
	}
	for (size_t i = 0; i < sheet->len; i++)
		set_ratios(&rows[i], whole);
}

const struct km_sheet_type km_slab_type = {
	.name = "slab",
	.brief = "slab caches: the kernel's memory for objects",
	.explain = "A cache divides blocks of pages, the slabs, into objects of one size. A slab "
		   "is freed only when all of its objects are free, so a cache may hold much more "
		   "memory than it uses.",
	.fields = fields,
	.row_size = sizeof(struct km_slab),
	.compute = compute,
	.sort = "size_bytes:desc",
};

unsigned int km_slab_attributes(const struct km_field *field)
{
	static const struct {
		size_t offset;
		enum km_slabdir_attribute attribute;
	} needs[] = {
		{ offsetof(struct km_slab, reclaimable), KM_SLABDIR_RECLAIM_ACCOUNT },
		{ offsetof(struct km_slab, dma), KM_SLABDIR_CACHE_DMA },
		{ offsetof(struct km_slab, rcu), KM_SLABDIR_DESTROY_BY_RCU },
		{ offsetof(struct km_slab, payload_bytes), KM_SLABDIR_OBJECT_SIZE },
		{ offsetof(struct km_slab, padding_bytes), KM_SLABDIR_OBJECT_SIZE },
		{ offsetof(struct km_slab, sheaf_objects), KM_SLABDIR_SHEAF_CAPACITY },
		{ offsetof(struct km_slab, nodes), KM_SLABDIR_SLABS },
	};

	for (size_t i = 0; i < sizeof(needs) / sizeof(*needs); i++)
		if (needs[i].offset == field->offset)
			return 1u << needs[i].attribute;
	return 0;
}

static void set_figures(const struct km_slabinfo_cache *cache, uint64_t page_bytes,
			struct km_slab *row)
{
	row->name = cache->name;
	row->objects = cache->num_objs;
	row->active_objects = cache->active_objs;
	row->object_bytes = cache->objsize;
	row->objects_per_slab = cache->objperslab;
	row->pages_per_slab = cache->pagesperslab;
	row->slabs = cache->num_slabs;
	row->size_bytes = km_num_mul(km_num_mul(cache->num_slabs, cache->pagesperslab), page_bytes);
	row->used_bytes = km_num_mul(cache->active_objs, cache->objsize);
	row->idle_bytes = km_num_sub(row->size_bytes, row->used_bytes);
}

static size_t rows_of_caches(const struct km_slabinfo *slabinfo, uint64_t page_bytes,
			     struct km_slab *rows)
{
	for (size_t i = 0; i < slabinfo->caches.len; i++) {
		km_row_init(&km_slab_type, &rows[i]);
		set_figures(&slabinfo->caches.items[i], page_bytes, &rows[i]);
	}
	return slabinfo->caches.len;
}

static void number_rows(struct km_pool *pool, struct km_slab *rows, size_t len)
{
	uint64_t *seen = km_pool_alloc(pool, len, sizeof(*seen));
	struct km_index index = { 0 };

	for (size_t i = 0; i < len; i++)
		rows[i].number = ++seen[km_index_of(&index, 0, rows[i].name)];
	km_index_deinit(&index);
}

struct km_sheet km_slab_derive(struct km_pool *pool, const struct km_slabinfo *slabinfo,
			       const struct km_slabdir *slabdir, const struct km_meminfo *meminfo,
			       uint64_t page_bytes)
{
	const struct km_slab_directory directory = km_slab_directory_of(pool, slabdir);
	struct km_slab *totals = km_pool_alloc(pool, 1, sizeof(*totals));
	size_t room = slabinfo ? slabinfo->caches.len : slabdir ? slabdir->entries.len : 0;
	struct km_slab *rows = km_pool_alloc(pool, room, sizeof(*rows));
	struct km_sheet sheet = { &km_slab_type, rows, 0, totals };

	sheet.len = slabinfo ? rows_of_caches(slabinfo, page_bytes, rows) :
			       km_slab_directory_names(pool, &directory, rows);
	number_rows(pool, rows, sheet.len);
	km_slab_directory_join(pool, &directory, page_bytes, rows, sheet.len);
	km_slab_names_join(rows, sheet.len);
	km_row_init(&km_slab_type, totals);
	totals->slab_bytes = km_meminfo_bytes(meminfo, KM_STR("Slab"));
	km_sheet_sum(&sheet, totals);
	compute(&sheet, page_bytes);
	totals->large_kmalloc_bytes = km_num_sub(totals->slab_bytes, totals->size_bytes);
	return sheet;
}

static bool matches(const struct km_slab *row, const char *pattern, struct km_pool *pool)
{
	if (!fnmatch(pattern, km_pool_copy(pool, row->name).ptr, 0))
		return true;
	for (size_t i = 0; i < row->aliases.len; i++)
		if (!fnmatch(pattern, km_pool_copy(pool, row->aliases.items[i]).ptr, 0))
			return true;
	return false;
}

const char *km_slab_select(struct km_sheet *sheet, char *const *patterns, size_t len)
{
	struct km_slab *rows = (struct km_slab *)(uintptr_t)sheet->rows;
	struct km_slab *totals = (struct km_slab *)(uintptr_t)sheet->totals;
	bool *wanted = km_realloc(NULL, sheet->len, sizeof(*wanted));
	struct km_pool names = { 0 };
	const char *lost = NULL;
	size_t kept = 0;

	memset(wanted, 0, sheet->len * sizeof(*wanted));
	for (size_t p = 0; p < len && !lost; p++) {
		lost = patterns[p];
		for (size_t i = 0; i < sheet->len; i++) {
			if (!matches(&rows[i], patterns[p], &names))
				continue;
			wanted[i] = true;
			lost = NULL;
		}
		km_pool_deinit(&names);
	}
	for (size_t i = 0; i < sheet->len; i++)
		if (wanted[i])
			rows[kept++] = rows[i];
	free(wanted);
	sheet->len = kept;
	km_sheet_sum(sheet, totals);
	compute(sheet, KM_UNKNOWN);
	totals->large_kmalloc_bytes = KM_UNKNOWN;
	return lost;
}
