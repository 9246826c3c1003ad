// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include "base/cleanup.h"
#include "base/num.h"
#include "source/backend.h"
#include "source/files.h"
#include "source/sos.h"

static int open_capture(struct km_source *source, const char *path, struct km_err *err)
{
	KM_CLEANUP(km_cleanup_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat stat;

	if (fd < 0 || fstat(fd, &stat))
		return km_err_set(err, -errno, NULL, "%s: %s", path, strerror(errno));
	if (!S_ISDIR(stat.st_mode))
		return km_backend_file(source, path, fd, err);
	source->root_fd = fd;
	fd = -1;
	return km_backend_directory(source, path, err);
}

int km_source_open(struct km_source **ret, const char *path, struct km_err *err)
{
	struct km_source *source = km_realloc(NULL, 1, sizeof(*source));
	int r;

	*source = (struct km_source){
		.root_fd = -1,
		.facts = { .page_bytes = KM_UNKNOWN, .time = -1 },
	};
	r = path ? open_capture(source, path, err) : km_backend_live(source, err);
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

const struct km_facts *km_source_info(const struct km_source *source)
{
	return &source->facts;
}

/* A file that a capture lacks is no error of this machine's file system. */
static int missing(const struct km_source *source, int code, struct km_err *err)
{
	if (source->facts.live || (code != -ENOENT && code != -ENOTDIR))
		return code;
	return km_err_set(err, -ENOENT, NULL, "not in this capture");
}

int km_source_read(struct km_source *source, const char *path, struct km_str *ret,
		   struct km_err *err)
{
	return missing(source, source->backend->read(source, path, ret, err), err);
}

int km_source_list(struct km_source *source, const char *path, struct km_entries *ret,
		   struct km_err *err)
{
	int r = source->backend->list(source, path, ret, err);

	if (r == -ENOENT && !source->facts.live && !strcmp(path, km_files[KM_FILE_SLAB_SYSFS].path))
		r = km_sos_list_slab(source, ret, err);
	return missing(source, r, err);
}

static int compare_names(const void *a, const void *b)
{
	return km_str_compare(((const struct km_entry *)a)->name,
			      ((const struct km_entry *)b)->name);
}

void km_entries_keep(struct km_source *source, const struct km_entry *entries, size_t len,
		     struct km_entries *ret)
{
	ret->items = km_pool_alloc(&source->pool, len, sizeof(*entries));
	ret->len = len;
	if (!len)
		return;
	memcpy(ret->items, entries, len * sizeof(*entries));
	qsort(ret->items, len, sizeof(*entries), compare_names);
}

struct km_str km_source_name(struct km_source *source, const char *path)
{
	return km_pool_printf(&source->pool, "/%s", path);
}
