// SPDX-License-Identifier: GPL-2.0-or-later
/* /sys/kernel/slab into records: the only directory of small files that is read. */
#include <errno.h>
#include <stdio.h>
#include "snapshot.h"

static struct km_str read_attribute(struct km_snapshot *snapshot, struct km_str directory,
				    const char *name, int *failure)
{
	char path[512];
	struct km_str text;
	int r;

	if (directory.len > sizeof(path) / 2)
		return (struct km_str){ 0 };
	snprintf(path, sizeof(path), "%s/%.*s/%s", km_files[KM_FILE_SLAB_SYSFS].path,
		 KM_STR_ARG(directory), name);
	r = km_source_read(snapshot->source, path, &text, NULL);
	if (!r)
		return text;
	/* older kernels and configurations lack some: only a refusal is worth a word */
	if (r == -EACCES || r == -EPERM)
		*failure = r;
	return (struct km_str){ 0 };
}

static uint64_t read_flag(struct km_snapshot *snapshot, struct km_str directory, const char *name,
			  int *failure)
{
	return km_slabdir_total(read_attribute(snapshot, directory, name, failure));
}

/*
 * A merged directory's name tells its flags, so that only the others are opened: some eighty
 * small files a flag instead of two hundred.
 */
static void fill_entry(struct km_snapshot *snapshot, const struct km_entry *found, bool nodes,
		       struct km_slabdir_entry *entry, int *failure)
{
	struct km_str target = found->target;
	ptrdiff_t slash;

	/* a capture tool may have made the links absolute */
	while (target.ptr && (slash = km_str_find(target, KM_STR("/"))) >= 0)
		target = km_str_skip(target, (size_t)slash + 1);
	entry->name = found->name;
	entry->directory = target.ptr ? target : found->name;
	entry->reclaim_account = entry->cache_dma = entry->destroy_by_rcu = KM_UNKNOWN;
	if (nodes)
		entry->slabs = read_attribute(snapshot, entry->directory, "slabs", failure);
	if (*failure || km_slabdir_is_merged(entry->directory))
		return;
	entry->reclaim_account = read_flag(snapshot, entry->directory, "reclaim_account", failure);
	if (*failure)
		return;
	entry->cache_dma = read_flag(snapshot, entry->directory, "cache_dma", failure);
	entry->destroy_by_rcu = read_flag(snapshot, entry->directory, "destroy_by_rcu", failure);
}

const struct km_slabdir *km_snapshot_slabdir(struct km_snapshot *snapshot, bool nodes)
{
	const struct km_file_info *info = &km_files[KM_FILE_SLAB_SYSFS];
	struct km_str name = km_source_name(snapshot->source, info->path);
	struct km_entries entries;
	struct km_str why;
	struct km_err err;
	int failure = 0;

	if (snapshot->asked[KM_FILE_SLAB_SYSFS])
		return snapshot->have[KM_FILE_SLAB_SYSFS] ? &snapshot->slabdir : NULL;
	snapshot->asked[KM_FILE_SLAB_SYSFS] = true;
	if (km_source_list(snapshot->source, info->path, &entries, &err)) {
		km_problem_source(&snapshot->problems, name, NULL, "%s", err.what);
		return NULL;
	}
	snapshot->have[KM_FILE_SLAB_SYSFS] = true;
	for (size_t i = 0; i < entries.len; i++)
		fill_entry(snapshot, &entries.items[i], nodes,
			   km_array_push(&snapshot->slabdir.entries), &failure);
	if (failure)
		km_problem_source(&snapshot->problems, name, info->hint,
				  "attributes of caches: %s", strerror(-failure));
	why = km_manifest_reason(&snapshot->manifest, km_str_from(info->path));
	if (why.ptr)
		km_problem_source(&snapshot->problems, name, info->hint, "not captured: %.*s",
				  KM_STR_ARG(why));
	return &snapshot->slabdir;
}
