// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/index.h"
#include "model/slab-directory.h"

/*
 * Groups the names by directory. The names are sorted already, so nothing is compared: each goes to the next
 * place of its directory.
 */
struct km_slab_directory km_slab_directory_of(struct km_pool *pool,
					      const struct km_slabdir *slabdir)
{
	struct km_slab_directory directory = { 0 };
	struct km_index index = { 0 };
	size_t len, *numbers, *next;

	if (!slabdir || !slabdir->entries.len)
		return directory;
	len = slabdir->entries.len;
	directory.slabdir = slabdir;
	directory.by_target = km_pool_alloc(pool, len, sizeof(*directory.by_target));
	numbers = km_pool_alloc(pool, len, sizeof(*numbers));
	next = km_pool_alloc(pool, len + 1, sizeof(*next));
	for (size_t i = 0; i < len; i++) {
		numbers[i] = km_index_of(&index, 0, slabdir->entries.items[i].directory);
		next[numbers[i] + 1]++;
	}
	for (size_t i = 1; i < len; i++)
		next[i] += next[i - 1];
	for (size_t i = 0; i < len; i++)
		directory.by_target[next[numbers[i]]++] = &slabdir->entries.items[i];
	km_index_deinit(&index);
	return directory;
}

/*
 * For each entry with a row, the other names of its directory. A name with its own row is a cache, not an
 * alias. Only a made-up capture has two rows in one directory. Then only one of them gets the aliases,
 * because 100,000 rows with 100,000 aliases each would never end.
 */
static struct km_texts *gather_aliases(struct km_pool *pool,
				       const struct km_slab_directory *directory,
				       const uint64_t *claims)
{
	const struct km_slabdir_entry *entries = directory->slabdir->entries.items;
	const size_t len = directory->slabdir->entries.len;
	struct km_texts *aliases = km_pool_alloc(pool, len, sizeof(*aliases));
	struct km_str *names = km_pool_alloc(pool, len, sizeof(*names));
	struct km_texts list = { names, 0 };
	size_t owner = len;

	for (size_t i = 0; i < len; i++) {
		const struct km_slabdir_entry *entry = directory->by_target[i];

		if (claims[entry - entries])
			owner = (size_t)(entry - entries);
		else if (!km_slabdir_is_merged(entry->name))
			list.items[list.len++] = entry->name;
		if (i + 1 < len && km_str_eq(directory->by_target[i + 1]->directory, entry->directory))
			continue;
		if (owner < len)
			aliases[owner] = list;
		list = (struct km_texts){ list.items + list.len, 0 };
		owner = len;
	}
	return aliases;
}

static void set_flags_of_name(struct km_str name, struct km_slab *row)
{
	row->mergeable = KM_TRI_YES;
	row->reclaimable = km_tri_of_number(km_slabdir_has_letter(name, 'a'));
	row->accounted = km_tri_of_number(km_slabdir_has_letter(name, 'A'));
	row->dma = km_tri_of_number(km_slabdir_has_letter(name, 'd'));
	row->rcu = KM_TRI_NO; /* SLAB_NEVER_MERGE has SLAB_TYPESAFE_BY_RCU, k5.10 to k7.2 */
}

static uint64_t attribute(const struct km_slabdir_entry *entry, enum km_slabdir_attribute which)
{
	return km_slabdir_total(entry->attributes[which]);
}

static void set_nodes(struct km_pool *pool, struct km_str slabs, uint64_t slab_bytes,
		      struct km_slab *row)
{
	struct km_str rest = slabs;
	struct km_slab_node *nodes;
	uint64_t node, value;
	size_t len = 0;

	while (km_slabdir_take_node(&rest, &node, &value))
		len++;
	nodes = km_pool_alloc(pool, len, sizeof(*nodes));
	for (size_t i = 0; i < len && km_slabdir_take_node(&slabs, &node, &value); i++)
		nodes[i] = (struct km_slab_node){ node, value, km_num_mul(value, slab_bytes) };
	row->nodes = (struct km_rows){ nodes, len };
}

static void set_attributes(struct km_pool *pool, const struct km_slabdir_entry *entry,
			   uint64_t slab_bytes, struct km_slab *row)
{
	if (!km_slabdir_is_merged(entry->name)) {
		row->mergeable = KM_TRI_NO;
		row->reclaimable = km_tri_of_number(attribute(entry, KM_SLABDIR_RECLAIM_ACCOUNT));
		row->dma = km_tri_of_number(attribute(entry, KM_SLABDIR_CACHE_DMA));
		row->rcu = km_tri_of_number(attribute(entry, KM_SLABDIR_DESTROY_BY_RCU));
	}
	row->payload_bytes = attribute(entry, KM_SLABDIR_OBJECT_SIZE);
	row->padding_bytes = km_num_sub(row->object_bytes, row->payload_bytes);
	row->sheaf_objects = attribute(entry, KM_SLABDIR_SHEAF_CAPACITY);
	set_nodes(pool, entry->attributes[KM_SLABDIR_SLABS], slab_bytes, row);
}

static void set_row(struct km_pool *pool, const struct km_slabdir *slabdir,
		    const struct km_slabdir_entry *entry, uint64_t page_bytes, struct km_slab *row)
{
	if (km_slabdir_is_merged(entry->directory))
		set_flags_of_name(entry->directory, row);
	entry = km_slabdir_find(slabdir, entry->directory);
	if (entry)
		set_attributes(pool, entry, km_num_mul(row->pages_per_slab, page_bytes), row);
}

void km_slab_directory_join(struct km_pool *pool, const struct km_slab_directory *directory,
			    uint64_t page_bytes, struct km_slab *rows, size_t len)
{
	const struct km_slabdir *slabdir = directory->slabdir;
	const struct km_slabdir_entry **found;
	const struct km_texts *aliases;
	uint64_t *claims;

	if (!slabdir)
		return;
	found = km_pool_alloc(pool, len, sizeof(*found));
	claims = km_pool_alloc(pool, slabdir->entries.len, sizeof(*claims));
	for (size_t i = 0; i < len; i++) {
		found[i] = km_slabdir_find(slabdir, rows[i].name);
		if (found[i])
			claims[found[i] - slabdir->entries.items]++;
	}
	aliases = gather_aliases(pool, directory, claims);
	for (size_t i = 0; i < len; i++) {
		if (!found[i] || claims[found[i] - slabdir->entries.items] > 1)
			continue;
		rows[i].aliases = aliases[found[i] - slabdir->entries.items];
		set_row(pool, slabdir, found[i], page_bytes, &rows[i]);
	}
}

size_t km_slab_directory_names(struct km_pool *pool, const struct km_slab_directory *directory,
			       struct km_slab *rows)
{
	const struct km_slabdir_entry *entries;
	struct km_str last = { 0 };
	bool *is_first;
	size_t len = 0;

	if (!directory->slabdir)
		return 0;
	entries = directory->slabdir->entries.items;
	is_first = km_pool_alloc(pool, directory->slabdir->entries.len, sizeof(*is_first));
	for (size_t i = 0; i < directory->slabdir->entries.len; i++) {
		const struct km_slabdir_entry *entry = directory->by_target[i];

		if (km_slabdir_is_merged(entry->name) ||
		    (last.ptr && km_str_eq(last, entry->directory)))
			continue;
		is_first[entry - entries] = true;
		last = entry->directory;
	}
	for (size_t i = 0; i < directory->slabdir->entries.len; i++) {
		if (!is_first[i])
			continue;
		km_row_init(&km_slab_type, &rows[len]);
		rows[len++].name = entries[i].name;
	}
	return len;
}
