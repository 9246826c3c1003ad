/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A captured machine in memory: what was read from an archive, or the pieces of one text. Add
 * entries in any order, then index them once.
 */
#ifndef KM_SOURCE_TREE_H
#define KM_SOURCE_TREE_H

#include "base/array.h"
#include "source/backend.h"

struct km_tree_entry {
	struct km_str path;   /* below the root, without "/" in front */
	struct km_str bytes;  /* of a file */
	struct km_str target; /* of a link; .ptr NULL: no link */
	bool hard;            /* the target is another entry's whole path */
	bool directory;
	size_t sequence;
};

struct km_tree {
	KM_ARRAY(struct km_tree_entry) entries;
};

/* Makes source a tree without entries. */
struct km_tree *km_tree_begin(struct km_source *source);

/* path and what the entry is given later must live as long as the source. */
struct km_tree_entry *km_tree_add(struct km_tree *tree, struct km_str path);

/*
 * Finds the machine in the tree: the directory nearest to the top that holds what kmeminfo reads
 * becomes the root, and what stands elsewhere is dropped. -ENOENT when there is none, -ENOTUNIQ
 * when there are two; err is then filled.
 */
int km_tree_root(struct km_source *source, const char *name, struct km_err *err);

/* Sorts the entries. Of several with one path the last added is kept, as tar has it. */
void km_tree_index(struct km_tree *tree);

/* The entry of exactly this path, links not followed; NULL when there is none. */
const struct km_tree_entry *km_tree_find(const struct km_tree *tree, struct km_str path);

#endif
