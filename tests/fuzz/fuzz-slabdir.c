// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * /sys/kernel/slab is a directory: here one line per name, with tabs between the name, the directory
 * that it leads to, and the texts of reclaim_account and slabs. A name is a cache of slabinfo as
 * well unless the line ends with a tab.
 */
#include <limits.h>
#include "fuzz.h"
#include "model/slab.h"

/* A million caches would use gigabytes without a benefit. */
enum { CACHES_MAX = 1000 };

static int compare(const void *a, const void *b)
{
	return km_str_compare(((const struct km_slabdir_entry *)a)->name,
			      ((const struct km_slabdir_entry *)b)->name);
}

/* The next piece before a tab, or the rest of the line. */
static struct km_str piece(struct km_str *line)
{
	struct km_str part = *line;

	if (!km_str_take_until(line, '\t', &part))
		*line = (struct km_str){ 0 };
	return part;
}

static struct km_slabdir_entry entry_of(struct km_str line)
{
	struct km_slabdir_entry entry = { .name = piece(&line), .directory = piece(&line) };

	if (!entry.directory.len)
		entry.directory = entry.name;
	entry.attributes[KM_SLABDIR_RECLAIM_ACCOUNT] = piece(&line);
	entry.attributes[KM_SLABDIR_SLABS] = piece(&line);
	return entry;
}

/* Like in a directory: sorted, and each name once. */
static void sort_names(struct km_slabdir *slabdir)
{
	struct km_slabdir_entry *items = slabdir->entries.items;
	size_t kept = 0;

	if (!slabdir->entries.len)
		return;
	qsort(items, slabdir->entries.len, sizeof(*items), compare);
	for (size_t i = 1; i < slabdir->entries.len; i++)
		if (compare(&items[kept], &items[i]))
			items[++kept] = items[i];
	slabdir->entries.len = kept + 1;
}

static struct km_slabinfo_cache cache_of(const struct km_slabdir_entry *entry)
{
	return (struct km_slabinfo_cache){
		.name = entry->name, .active_objs = 3, .num_objs = 32, .objsize = 128,
		.objperslab = 32, .pagesperslab = 1, .active_slabs = 1, .num_slabs = 1,
	};
}

void fuzz_one(struct fuzz *fuzz)
{
	struct km_slabdir slabdir = { 0 };
	struct km_slabinfo slabinfo = { 0 };
	struct km_str rest = fuzz->text, line;
	struct km_sheet sheets[2];

	while (km_str_take_line(&rest, &line)) {
		struct km_slabdir_entry entry = entry_of(line);

		if (!entry.name.len || entry.name.len > NAME_MAX)
			continue;
		*km_array_push(&slabdir.entries) = entry;
		if (!km_str_ends(line, KM_STR("\t")) && slabinfo.caches.len < CACHES_MAX)
			*km_array_push(&slabinfo.caches) = cache_of(&entry);
	}
	sort_names(&slabdir);
	sheets[0] = km_slab_derive(&fuzz->pool, &slabinfo, &slabdir, NULL, fuzz->page_bytes);
	sheets[1] = km_slab_derive(&fuzz->pool, NULL, &slabdir, NULL, fuzz->page_bytes);
	fuzz_sheets(fuzz, sheets, 2);
	km_slabinfo_deinit(&slabinfo);
	km_slabdir_deinit(&slabdir);
}
