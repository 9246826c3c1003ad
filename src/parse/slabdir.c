// SPDX-License-Identifier: GPL-2.0-or-later
#include "parse/slabdir.h"

const char *const km_slabdir_attributes[KM_SLABDIR_ATTRIBUTES] = {
	[KM_SLABDIR_CACHE_DMA] = "cache_dma",
	[KM_SLABDIR_DESTROY_BY_RCU] = "destroy_by_rcu",
	[KM_SLABDIR_OBJECT_SIZE] = "object_size",
	[KM_SLABDIR_RECLAIM_ACCOUNT] = "reclaim_account",
	[KM_SLABDIR_SHEAF_CAPACITY] = "sheaf_capacity",
	[KM_SLABDIR_SLABS] = "slabs",
};

void km_slabdir_deinit(struct km_slabdir *slabdir)
{
	km_array_deinit(&slabdir->entries);
}

static int compare_name(const void *name, const void *entry)
{
	return km_str_compare(*(const struct km_str *)name,
			      ((const struct km_slabdir_entry *)entry)->name);
}

const struct km_slabdir_entry *km_slabdir_find(const struct km_slabdir *slabdir,
					       struct km_str name)
{
	if (!slabdir->entries.len)
		return NULL;
	return bsearch(&name, slabdir->entries.items, slabdir->entries.len,
		       sizeof(*slabdir->entries.items), compare_name);
}

bool km_slabdir_is_merged(struct km_str directory)
{
	return directory.len && *directory.ptr == ':';
}

bool km_slabdir_has_letter(struct km_str directory, char letter)
{
	ptrdiff_t dash = km_str_find(directory, KM_STR("-"));

	return dash > 1 && memchr(directory.ptr + 1, letter, (size_t)dash - 1);
}

uint64_t km_slabdir_total(struct km_str attribute)
{
	uint64_t total;

	attribute = km_str_trim(attribute);
	return km_str_take_u64(&attribute, &total) ? total : KM_UNKNOWN;
}

bool km_slabdir_take_node(struct km_str *attribute, uint64_t *node, uint64_t *value)
{
	struct km_str word;

	while (km_str_take_word(attribute, &word))
		if (km_str_take_prefix(&word, KM_STR("N")) && km_str_take_u64(&word, node) &&
		    km_str_take_prefix(&word, KM_STR("=")) && km_str_take_u64(&word, value))
			return true;
	return false;
}
