/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Paths inside a captured machine: whatever its links say, none leads out of it. */
#ifndef KM_SOURCE_PATH_H
#define KM_SOURCE_PATH_H

#include "base/alloc.h"
#include "base/str.h"

/*
 * A tree's answer for a path without links in it, which ends with a NUL: the link's target, or
 * .ptr NULL.
 */
struct km_links {
	struct km_str (*target)(void *tree, struct km_str path);
	void *tree;
};

/*
 * Follows every link and ".." of path inside the tree; a link to an absolute path begins at the
 * tree's root, and ".." of the root is the root. *ret is without "/" in front, owned by the
 * pool. 0, -ELOOP after 40 links, or -ENAMETOOLONG.
 */
int km_path_resolve(struct km_pool *pool, const struct km_links *links, struct km_str path,
		    struct km_str *ret);

/* path without ".", doubled or outer slashes, owned by the pool. -EINVAL when it has a "..". */
int km_path_normal(struct km_pool *pool, struct km_str path, struct km_str *ret);

/* The next part of a path between slashes that is neither empty nor "."; false at the end. */
bool km_path_take(struct km_str *rest, struct km_str *part);

#endif
