/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside source/ only: what a kind of source implements. */
#ifndef KM_SOURCE_BACKEND_H
#define KM_SOURCE_BACKEND_H

#include "base/alloc.h"
#include "source/source.h"

struct km_backend {
	/* As km_source_read() and km_source_list(); allocate from source->pool. */
	int (*read)(struct km_source *source, const char *path, struct km_str *ret,
		    struct km_err *err);
	int (*list)(struct km_source *source, const char *path, struct km_entries *ret,
		    struct km_err *err);
	void (*deinit)(struct km_source *source);
};

struct km_source {
	const struct km_backend *backend;
	struct km_pool pool;
	struct km_facts facts;
	int root_fd;   /* directory backend */
	void *private; /* other backends */
};

/* Each returns 0, or a negative errno with err filled. path NULL: the running system. */
int km_backend_directory(struct km_source *source, const char *path, struct km_err *err);

#endif
