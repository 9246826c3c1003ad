// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The names in an archive: one line per entry, "PATH", "PATH -> TARGET" for a link, "PATH => TARGET"
 * for a hard link, "PATH/" for a directory. Whatever they say, nothing leads out of the tree, and a
 * list has each name once.
 */
#include "fuzz.h"
#include "source/backend.h"
#include "source/files.h"
#include "source/path.h"
#include "source/tree.h"

static struct km_str no_target(void *tree, struct km_str path)
{
	(void)tree;
	(void)path;
	return (struct km_str){ 0 };
}

static void check_inside(struct km_str path)
{
	struct km_str part;

	fuzz_expect(!km_str_starts(path, KM_STR("/")));
	while (km_path_take(&path, &part))
		fuzz_expect(!km_str_eq(part, KM_STR("..")));
}

static void check_path(struct km_str path)
{
	const struct km_links none = { no_target, NULL };
	struct km_pool pool = { 0 };
	struct km_str resolved;

	if (!km_path_resolve(&pool, &none, path, &resolved))
		check_inside(resolved);
	if (!km_path_normal(&pool, path, &resolved))
		check_inside(resolved);
	km_pool_deinit(&pool);
}

/* An archive's names are C strings. */
static struct km_str c_string(struct fuzz *fuzz, const char *ptr, size_t len)
{
	return km_str_from(km_pool_copy(&fuzz->pool, (struct km_str){ ptr, len }).ptr);
}

/* Adds entries in the way of archive.c. */
static void add_line(struct fuzz *fuzz, struct km_tree *tree, struct km_str line)
{
	ptrdiff_t link = km_str_find(line, KM_STR(" -> ")), hard = km_str_find(line, KM_STR(" => "));
	ptrdiff_t at = link >= 0 ? link : hard;
	struct km_str path = c_string(fuzz, line.ptr, at >= 0 ? (size_t)at : line.len);
	struct km_tree_entry *entry;

	bool directory = at < 0 && km_str_ends(path, KM_STR("/"));

	check_path(path);
	if (km_path_normal(&fuzz->pool, path, &path) || km_files_locate(path) < 0)
		return;
	entry = km_tree_add(tree, path);
	entry->directory = directory;
	if (at < 0 && !directory)
		entry->bytes = line;
	else if (at >= 0)
		entry->target = c_string(fuzz, line.ptr + at + 4, line.len - (size_t)at - 4);
	entry->hard = at >= 0 && at == hard;
}

static void check_list(const struct km_entries *entries)
{
	for (size_t i = 0; i < entries->len; i++) {
		fuzz_expect(entries->items[i].name.len);
		fuzz_expect(!i || km_str_compare(entries->items[i - 1].name, entries->items[i].name) < 0);
	}
}

void fuzz_one(struct fuzz *fuzz)
{
	struct km_source source = { .root_fd = -1 };
	struct km_tree *tree = km_tree_begin(&source);
	struct km_str rest = fuzz->text, line, bytes;
	struct km_entries entries = { 0 };

	while (km_str_take_line(&rest, &line))
		add_line(fuzz, tree, line);
	if (!km_tree_root(&source, "input", NULL)) {
		km_tree_index(tree);
		for (enum km_file file = 0; file < KM_FILES; file++) {
			if (!km_source_read(&source, km_files[file].path, &bytes, NULL))
				fuzz_expect(fuzz_has(fuzz, bytes));
			if (!km_source_list(&source, km_files[file].path, &entries, NULL))
				check_list(&entries);
		}
	}
	source.backend->deinit(&source);
	km_array_deinit(&source.failed.list);
	km_pool_deinit(&source.pool);
}
