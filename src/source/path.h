/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Paths inside a captured machine. No link of the capture leads out of it. */
#ifndef KM_SOURCE_PATH_H
#define KM_SOURCE_PATH_H

#include "base/alloc.h"
#include "base/str.h"

/*
 * Returns the target of the link at path, or .ptr NULL if it is not a link. path has no links in
 * its other parts and ends with a NUL.
 */
struct km_links {
	struct km_str (*target)(void *tree, struct km_str path);
	void *tree;
};

/*
 * Resolves every link and ".." of path inside the tree. An absolute link begins at the tree's root,
 * and ".." of the root is the root. *ret has no "/" in front; the pool owns it. 0, -ELOOP after 40
 * links, or -ENAMETOOLONG.
 */
int km_path_resolve(struct km_pool *pool, const struct km_links *links, struct km_str path,
		    struct km_str *ret);

/*
 * Removes ".", doubled and outer slashes from path. The pool owns *ret. -EINVAL if path contains
 * "..".
 */
int km_path_normal(struct km_pool *pool, struct km_str path, struct km_str *ret);

/* Takes the next part of a path that is neither empty nor "."; false at the end. */
bool km_path_take(struct km_str *rest, struct km_str *part);

#endif
