// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <limits.h>
#include "source/path.h"

enum { LINKS_MAX = 40 }; /* the kernel's MAXSYMLINKS */

/* The resolved part of a path: without links, without a leading slash. */
struct resolved {
	char path[PATH_MAX];
	size_t len;
};

bool km_path_take(struct km_str *rest, struct km_str *part)
{
	do {
		if (!rest->len)
			return false;
		if (!km_str_take_until(rest, '/', part)) {
			*part = *rest;
			*rest = (struct km_str){ rest->ptr + rest->len, 0 };
		}
	} while (!part->len || km_str_eq(*part, KM_STR(".")));
	return true;
}

static bool append(struct resolved *done, struct km_str part)
{
	size_t slash = done->len ? 1 : 0;

	if (part.len >= sizeof(done->path) - done->len - slash)
		return false;
	if (slash)
		done->path[done->len] = '/';
	memcpy(done->path + done->len + slash, part.ptr, part.len);
	done->len += slash + part.len;
	done->path[done->len] = '\0';
	return true;
}

static void drop_last(struct resolved *done)
{
	while (done->len && done->path[--done->len] != '/')
		;
}

/* The target, followed by the rest of the path after the link. */
static struct km_str join(struct km_pool *pool, struct km_str target, struct km_str rest)
{
	char *text = km_pool_alloc(pool, target.len + 1 + rest.len, 1);

	memcpy(text, target.ptr, target.len);
	text[target.len] = '/';
	if (rest.len)
		memcpy(text + target.len + 1, rest.ptr, rest.len);
	return (struct km_str){ text, target.len + 1 + rest.len };
}

int km_path_resolve(struct km_pool *pool, const struct km_links *links, struct km_str path,
		    struct km_str *ret)
{
	struct resolved done = { .len = 0 };
	struct km_str part, target;
	size_t followed = 0;

	while (km_path_take(&path, &part)) {
		if (km_str_eq(part, KM_STR(".."))) {
			drop_last(&done);
			continue;
		}
		if (!append(&done, part))
			return -ENAMETOOLONG;
		target = links->target(links->tree, (struct km_str){ done.path, done.len });
		if (!target.ptr)
			continue;
		if (++followed > LINKS_MAX)
			return -ELOOP;
		if (km_str_starts(target, KM_STR("/")))
			done.len = 0;
		else
			drop_last(&done);
		path = join(pool, target, path);
	}
	*ret = km_pool_copy(pool, (struct km_str){ done.path, done.len });
	return 0;
}

int km_path_normal(struct km_pool *pool, struct km_str path, struct km_str *ret)
{
	struct resolved done = { .len = 0 };
	struct km_str part;

	while (km_path_take(&path, &part))
		if (km_str_eq(part, KM_STR("..")) || !append(&done, part))
			return -EINVAL;
	*ret = km_pool_copy(pool, (struct km_str){ done.path, done.len });
	return 0;
}
