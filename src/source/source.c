// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include "base/num.h"
#include "source/backend.h"

int km_source_open(struct km_source **ret, const char *path, struct km_err *err)
{
	struct km_source *source = km_realloc(NULL, 1, sizeof(*source));
	int r;

	*source = (struct km_source){
		.root_fd = -1,
		.facts = { .page_bytes = KM_UNKNOWN, .time = -1 },
	};
	r = km_backend_directory(source, path, err);
	if (r) {
		km_source_free(source);
		return r;
	}
	*ret = source;
	return 0;
}

void km_source_free(struct km_source *source)
{
	if (!source)
		return;
	if (source->backend)
		source->backend->deinit(source);
	km_pool_deinit(&source->pool);
	free(source);
}

const struct km_facts *km_source_facts(const struct km_source *source)
{
	return &source->facts;
}

int km_source_read(struct km_source *source, const char *path, struct km_str *ret,
		   struct km_err *err)
{
	return source->backend->read(source, path, ret, err);
}

int km_source_list(struct km_source *source, const char *path, struct km_entries *ret,
		   struct km_err *err)
{
	return source->backend->list(source, path, ret, err);
}

struct km_str km_source_name(struct km_source *source, const char *path)
{
	return km_pool_printf(&source->pool, "/%s", path);
}
