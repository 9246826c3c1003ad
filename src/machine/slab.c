// SPDX-License-Identifier: GPL-2.0-or-later
/* Reads /sys/kernel/slab, the only directory with many small files, into records. */
#include <errno.h>
#include <stdio.h>
#include "machine/machine.h"

static int read_attribute(struct km_machine *machine, struct km_str directory, const char *name,
			  struct km_str *ret)
{
	char path[512];
	int len = snprintf(path, sizeof(path), "%s/%.*s/%s", km_files[KM_FILE_SLAB_SYSFS].path,
			   KM_STR_ARG(directory), name);

	if (len < 0 || (size_t)len >= sizeof(path))
		return -ENAMETOOLONG;
	return km_source_read(machine->source, path, ret, NULL);
}

/*
 * Older kernels and other configurations have fewer attributes. A cache may go away at any time, even between
 * opening and reading (k6.12:fs/kernfs/file.c kernfs_fop_read_iter: ENODEV).
 */
static bool is_absence(int code)
{
	return code == -ENOENT || code == -ENODEV;
}

static bool is_refusal(int code)
{
	return code == -EACCES || code == -EPERM;
}

/* Returns 0 or the last failure. Stops if a file is refused, because the others would be refused too. */
static int read_attributes(struct km_machine *machine, struct km_slabdir_entry *entry,
			   unsigned int wanted)
{
	int failure = 0;

	if (km_slabdir_is_merged(entry->directory))
		wanted &= ~KM_SLABDIR_FLAGS;
	for (size_t i = 0; i < KM_SLABDIR_ATTRIBUTES; i++) {
		int r;

		if (!(wanted & 1u << i) || entry->attributes[i].ptr)
			continue;
		r = read_attribute(machine, entry->directory, km_slabdir_attributes[i],
				   &entry->attributes[i]);
		if (is_refusal(r))
			return r;
		if (r && !is_absence(r))
			failure = r;
	}
	return failure;
}

static void set_entry(const struct km_entry *found, struct km_slabdir_entry *entry)
{
	struct km_str target = found->target;
	ptrdiff_t slash;

	/* a capture tool may have made the links absolute */
	while (target.ptr && (slash = km_str_find(target, KM_STR("/"))) >= 0)
		target = km_str_skip(target, (size_t)slash + 1);
	entry->name = found->name;
	entry->directory = target.ptr ? target : found->name;
}

/* Records a problem. A capture's manifest has the reason why the directory, or a part of it, is missing. */
static void complain(struct km_machine *machine, enum km_need need, const char *otherwise)
{
	const struct km_file_info *info = &km_files[KM_FILE_SLAB_SYSFS];
	struct km_str name = km_source_name(machine->source, info->path);
	struct km_str why = km_manifest_reason(&machine->manifest, km_str_from(info->path));

	if (need == KM_OPTIONAL)
		return;
	if (why.ptr)
		km_problem_source(&machine->problems, name, info->hint, "not captured: %.*s",
				  KM_STR_ARG(why));
	else if (otherwise)
		km_problem_source(&machine->problems, name, NULL, "%s", otherwise);
}

static bool has_same_names(const struct km_slabdir *a, const struct km_slabdir *b)
{
	if (a->entries.len != b->entries.len)
		return false;
	for (size_t i = 0; i < a->entries.len; i++)
		if (!km_str_eq(a->entries.items[i].name, b->entries.items[i].name) ||
		    !km_str_eq(a->entries.items[i].directory, b->entries.items[i].directory))
			return false;
	return true;
}

/* Takes the remembered attributes. Only the number of slabs changes, so it is read again. */
static void recall(struct km_machine *machine)
{
	const struct km_slabdir *memory = machine->slab_memory ? &machine->slab_memory->slabdir : NULL;

	if (!memory || !has_same_names(memory, &machine->slabdir))
		return;
	for (size_t i = 0; i < memory->entries.len; i++)
		for (size_t j = 0; j < KM_SLABDIR_ATTRIBUTES; j++)
			if (j != KM_SLABDIR_SLABS)
				machine->slabdir.entries.items[i].attributes[j] = memory->entries.items[i].attributes[j];
}

void km_machine_recall_slab(struct km_machine *machine, const struct km_slab_memory *memory)
{
	machine->slab_memory = memory;
}

void km_slab_memory_deinit(struct km_slab_memory *memory)
{
	km_slabdir_deinit(&memory->slabdir);
	km_pool_deinit(&memory->pool);
}

void km_machine_remember_slab(const struct km_machine *machine, struct km_slab_memory *memory)
{
	const struct km_slabdir_entry *entry;

	if (has_same_names(&memory->slabdir, &machine->slabdir))
		return;
	km_slab_memory_deinit(memory);
	km_array_each(entry, &machine->slabdir.entries) {
		struct km_slabdir_entry *kept = km_array_push(&memory->slabdir.entries);

		kept->name = km_pool_copy(&memory->pool, entry->name);
		kept->directory = km_pool_copy(&memory->pool, entry->directory);
		for (size_t i = 0; i < KM_SLABDIR_ATTRIBUTES; i++)
			if (entry->attributes[i].ptr)
				kept->attributes[i] = km_pool_copy(&memory->pool, entry->attributes[i]);
	}
}

static void list_names(struct km_machine *machine, enum km_need need)
{
	struct km_entries entries;
	struct km_err err;

	machine->asked[KM_FILE_SLAB_SYSFS] = true;
	if (km_source_list(machine->source, km_files[KM_FILE_SLAB_SYSFS].path, &entries, &err)) {
		complain(machine, need, err.what);
		return;
	}
	machine->have[KM_FILE_SLAB_SYSFS] = true;
	for (size_t i = 0; i < entries.len; i++)
		set_entry(&entries.items[i], km_array_push(&machine->slabdir.entries));
	recall(machine);
}

void km_machine_share_slabdir(struct km_machine *machine, const struct km_machine *from)
{
	const struct km_slabdir_entry *entry;

	if (!from->have[KM_FILE_SLAB_SYSFS])
		return;
	km_array_each(entry, &from->slabdir.entries)
		*km_array_push(&machine->slabdir.entries) = *entry;
	machine->slabdir_asked = from->slabdir_asked;
	machine->asked[KM_FILE_SLAB_SYSFS] = machine->have[KM_FILE_SLAB_SYSFS] = true;
}

const struct km_slabdir *km_machine_slabdir(struct km_machine *machine, unsigned int wanted,
					     enum km_need need)
{
	const struct km_file_info *info = &km_files[KM_FILE_SLAB_SYSFS];
	struct km_slabdir_entry *entry;
	int r, failure = 0;

	if (!machine->asked[KM_FILE_SLAB_SYSFS])
		list_names(machine, need);
	if (!machine->have[KM_FILE_SLAB_SYSFS])
		return NULL;
	wanted &= ~machine->slabdir_asked;
	if (wanted && !machine->slabdir_asked)
		complain(machine, need, NULL);
	machine->slabdir_asked |= wanted;
	km_array_each(entry, &machine->slabdir.entries) {
		if (is_refusal(failure) || !km_str_eq(entry->name, entry->directory))
			continue;
		r = read_attributes(machine, entry, wanted);
		failure = r ? r : failure;
	}
	if (!failure || need == KM_OPTIONAL)
		return &machine->slabdir;
	km_problem_source(&machine->problems, km_source_name(machine->source, info->path),
			  is_refusal(failure) ? info->hint : NULL, "attributes of caches: %s",
			  strerror(-failure));
	machine->slabdir_asked = ~0u;
	return &machine->slabdir;
}
