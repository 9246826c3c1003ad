// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/index.h"
#include "model/slab-names.h"

/*
 * The name is "NAME(12:SCOPE)": kmemcg_id, css id or serial number, and the cgroup's name
 * (k5.8:mm/slab_common.c).
 */
struct km_str km_slab_root_name(struct km_str name)
{
	ptrdiff_t open = km_str_find(name, KM_STR("("));
	struct km_str inner;
	uint64_t id;

	if (open <= 0 || !km_str_ends(name, KM_STR(")")))
		return name;
	inner = km_str_skip(name, (size_t)open + 1);
	if (!km_str_take_u64(&inner, &id))
		return name;
	return (struct km_str){ name.ptr, (size_t)open };
}

/*
 * The kinds of kmalloc caches, longer prefixes first (k7.2:mm/slab_common.c kmalloc_info,
 * k2.6.32:include/linux/kmalloc_sizes.h).
 */
static const struct {
	const char *prefix;
	enum km_tri reclaimable;
} classes[] = {
	{ "kmalloc-rcl-", KM_TRI_YES },
	{ "kmalloc-cg-", KM_TRI_NO },
	{ "dma-kmalloc-", KM_TRI_NO },
	{ "kmalloc-", KM_TRI_NO },
	{ "size-", KM_TRI_NO },
};

/* Parses "64", "4k", "1M"; for SLAB "64(DMA)"; for randomized caches "03-64" (k6.6:mm/slab_common.c). */
static uint64_t class_bytes(struct km_str text)
{
	ptrdiff_t dash = km_str_find(text, KM_STR("-"));
	uint64_t bytes;

	if (km_str_starts(text, KM_STR("rnd-")))
		return class_bytes(km_str_skip(text, 4));
	if (dash == 2)
		text = km_str_skip(text, 3);
	if (!km_str_take_u64(&text, &bytes))
		return KM_UNKNOWN;
	if (!text.len || km_str_eq(text, KM_STR("(DMA)")))
		return bytes;
	if (km_str_eq(text, KM_STR("k")))
		return km_num_mul(bytes, 1 << 10);
	return km_str_eq(text, KM_STR("M")) ? km_num_mul(bytes, 1 << 20) : KM_UNKNOWN;
}

uint64_t km_slab_class_bytes(struct km_str name)
{
	struct km_str root = km_slab_root_name(name);

	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++) {
		struct km_str prefix = km_str_from(classes[i].prefix);

		if (km_str_starts(root, prefix))
			return class_bytes(km_str_skip(root, prefix.len));
	}
	return KM_UNKNOWN;
}

/*
 * Caches created with SLAB_RECLAIM_ACCOUNT from 2.6.16 on: fs/dcache.c, fs/inode.c, fs/buffer.c,
 * fs/proc/inode.c; ext4 from its first release on. Only caches with equal SLAB_RECLAIM_ACCOUNT merge
 * (mm/slab_common.c SLAB_MERGE_SAME), so the first name is right for all.
 */
static bool is_reclaimable_name(struct km_str name)
{
	static const char *const names[] = { "dentry", "inode_cache", "buffer_head", "proc_inode_cache",
					     "ext4_inode_cache" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (km_str_eq(name, km_str_from(names[i])))
			return true;
	return false;
}

enum km_tri km_slab_reclaimable_by_name(struct km_str name)
{
	struct km_str root = km_slab_root_name(name);

	if (is_reclaimable_name(root))
		return KM_TRI_YES;
	if (km_slab_class_bytes(root) == KM_UNKNOWN)
		return KM_TRI_UNKNOWN;
	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		if (km_str_starts(root, km_str_from(classes[i].prefix)))
			return classes[i].reclaimable;
	return KM_TRI_UNKNOWN;
}

/* A cgroup's cache has the flags of its root cache. */
static void join_root(const struct km_slab *root, struct km_slab *row)
{
	if (row->reclaimable == KM_TRI_UNKNOWN)
		row->reclaimable = root->reclaimable;
	if (row->dma == KM_TRI_UNKNOWN)
		row->dma = root->dma;
	if (row->rcu == KM_TRI_UNKNOWN)
		row->rcu = root->rcu;
}

static void join_roots(struct km_slab *rows, size_t len)
{
	size_t *first = km_realloc(NULL, len, sizeof(*first)); /* row of each name */
	struct km_index index = { 0 };

	for (size_t i = len; i-- > 0;)
		first[km_index_of(&index, 0, rows[i].name)] = i;
	for (size_t i = 0; i < len; i++) {
		struct km_str root = km_slab_root_name(rows[i].name);
		size_t at = root.len < rows[i].name.len ? km_index_find(&index, 0, root) : SIZE_MAX;

		if (at != SIZE_MAX)
			join_root(&rows[first[at]], &rows[i]);
	}
	km_index_deinit(&index);
	free(first);
}

void km_slab_names_join(struct km_slab *rows, size_t len)
{
	join_roots(rows, len);
	for (size_t i = 0; i < len; i++)
		if (rows[i].reclaimable == KM_TRI_UNKNOWN)
			rows[i].reclaimable = km_slab_reclaimable_by_name(rows[i].name);
}
