// SPDX-License-Identifier: GPL-2.0-or-later
/* The running system, or a directory laid out like "/". */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <time.h>
#include "base/array.h"
#include "base/cleanup.h"
#include "source/backend.h"

/*
 * A link in a capture that points to an absolute path must not lead to this machine's file of
 * that name: RESOLVE_IN_ROOT (5.6+). The running system needs no such care, and its /proc is
 * full of links that it refuses.
 */
static int open_below(const struct km_source *source, const char *path, int flags)
{
	struct open_how how = { .flags = (unsigned int)(flags | O_CLOEXEC),
				.resolve = RESOLVE_IN_ROOT };
	long fd;

	if (!source->facts.live) {
		fd = syscall(SYS_openat2, source->root_fd, path, &how, sizeof(how));
		if (fd >= 0 || errno != ENOSYS)
			return (int)fd;
	}
	return openat(source->root_fd, path, flags | O_CLOEXEC);
}

/*
 * A /proc file has no size and makes its text anew at each read from 0: one buffer, doubled,
 * filled to the end. /proc/zoneinfo of a large machine passes 10 MB.
 */
static int read_all(int fd, struct km_pool *pool, struct km_str *ret)
{
	KM_CLEANUP(km_cleanup_free) char *buf = NULL;
	size_t len = 0, room = 16 * 1024;
	ssize_t got;

	buf = km_realloc(NULL, room, 1);
	for (;;) {
		got = read(fd, buf + len, room - len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (!got)
			break;
		len += (size_t)got;
		if (len == room)
			buf = km_realloc(buf, room *= 2, 1);
	}
	*ret = km_pool_copy(pool, (struct km_str){ buf, len });
	return 0;
}

static int directory_read(struct km_source *source, const char *path, struct km_str *ret,
			  struct km_err *err)
{
	KM_CLEANUP(km_cleanup_fd) int fd = open_below(source, path, O_RDONLY | O_NONBLOCK);
	int r;

	r = fd < 0 ? -errno : read_all(fd, &source->pool, ret);
	return r ? km_err_set(err, r, NULL, "%s", strerror(-r)) : 0;
}

static int compare_entries(const void *a, const void *b)
{
	return km_str_compare(((const struct km_entry *)a)->name,
			      ((const struct km_entry *)b)->name);
}

static struct km_str link_target(struct km_source *source, DIR *dir, const struct dirent *entry)
{
	char target[4096];
	ssize_t len;

	if (entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN)
		return (struct km_str){ 0 };
	len = readlinkat(dirfd(dir), entry->d_name, target, sizeof(target));
	if (len < 0)
		return (struct km_str){ 0 };
	return km_pool_copy(&source->pool, (struct km_str){ target, (size_t)len });
}

static void cleanup_dir(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

static int directory_list(struct km_source *source, const char *path, struct km_entries *ret,
			  struct km_err *err)
{
	int fd = open_below(source, path, O_RDONLY | O_DIRECTORY);
	KM_CLEANUP(cleanup_dir) DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	KM_ARRAY(struct km_entry) entries = { 0 };
	const struct dirent *found;

	if (!dir)
		return km_err_set(err, -errno, NULL, "%s", strerror(errno));
	while ((found = readdir(dir))) {
		struct km_entry *entry;

		if (!strcmp(found->d_name, ".") || !strcmp(found->d_name, ".."))
			continue;
		entry = km_array_push(&entries);
		entry->name = km_pool_copy(&source->pool, km_str_from(found->d_name));
		entry->target = link_target(source, dir, found);
	}
	if (entries.len)
		qsort(entries.items, entries.len, sizeof(*entries.items), compare_entries);
	ret->items = km_pool_alloc(&source->pool, entries.len, sizeof(*entries.items));
	ret->len = entries.len;
	if (entries.len)
		memcpy(ret->items, entries.items, entries.len * sizeof(*entries.items));
	km_array_deinit(&entries);
	return 0;
}

static void directory_deinit(struct km_source *source)
{
	km_cleanup_fd(&source->root_fd);
}

static const struct km_backend directory_backend = {
	.read = directory_read,
	.list = directory_list,
	.deinit = directory_deinit,
};

static void ask_system(struct km_source *source)
{
	struct utsname name;

	source->facts.live = true;
	source->facts.root = !geteuid();
	source->facts.page_bytes = (uint64_t)sysconf(_SC_PAGESIZE);
	source->facts.time = time(NULL);
	if (uname(&name))
		return;
	source->facts.release = km_pool_copy(&source->pool, km_str_from(name.release));
	source->facts.machine = km_pool_copy(&source->pool, km_str_from(name.machine));
}

int km_backend_directory(struct km_source *source, const char *path, struct km_err *err)
{
	source->backend = &directory_backend;
	source->root_fd = open(path ? path : "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (source->root_fd < 0)
		return km_err_set(err, -errno, NULL, "%s: %s", path ? path : "/", strerror(errno));
	if (!path)
		ask_system(source);
	return 0;
}
