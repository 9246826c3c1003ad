/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A captured machine in memory: files from an archive, or the parts of one text. Add entries in any
 * order, then index them once.
 */
#ifndef KM_SOURCE_TREE_H
#define KM_SOURCE_TREE_H

#include "base/array.h"
#include "source/backend.h"

struct km_tree_entry {
	struct km_str path;   /* below the root, without a leading "/" */
	struct km_str bytes;  /* of a file */
	struct km_str target; /* of a link; .ptr NULL: not a link */
	bool hard;            /* the target is the full path of another entry */
	bool directory;
	bool member;          /* of an archive */
	bool ambiguous;       /* the archive has another member with this path, which differs */
	size_t sequence;
};

struct km_tree {
	KM_ARRAY(struct km_tree_entry) entries;
};

/* Makes source an empty tree. */
struct km_tree *km_tree_begin(struct km_source *source);

/*
 * Adds an entry. path, and all texts that the caller stores in the entry, must live as long as the
 * source.
 */
struct km_tree_entry *km_tree_add(struct km_tree *tree, struct km_str path);

/*
 * Finds the machine in the tree. The topmost directory with files that kmeminfo reads becomes the
 * root, and all other entries are dropped. -ENOENT if there is none, -ENOTUNIQ if there are two,
 * with err filled.
 */
int km_tree_root(struct km_source *source, const char *name, struct km_err *err);

/*
 * Sorts the entries. If several have the same path, the last one added stays, as in tar. If they are members of
 * an archive and differ, it cannot be read: programs that unpack the archive do not agree which one counts.
 */
void km_tree_index(struct km_tree *tree);

/* The entry with exactly this path, without following links; NULL if there is none. */
const struct km_tree_entry *km_tree_find(const struct km_tree *tree, struct km_str path);

#endif
