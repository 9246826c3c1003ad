// SPDX-License-Identifier: GPL-2.0-or-later
/* The running system, or a directory laid out like "/". */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <time.h>
#include "base/array.h"
#include "base/cleanup.h"
#include "base/num.h"
#include "source/backend.h"
#include "source/files.h"
#include "source/opener.h"
#include "source/path.h"
#include "source/read.h"
#include "source/text.h"

/* As struct km_links: readlinkat() reads a link without following it. */
static struct km_str link_at(void *tree, struct km_str path)
{
	struct km_source *source = tree;
	char target[PATH_MAX];
	ssize_t len = readlinkat(source->root_fd, path.ptr, target, sizeof(target));

	if (len < 0)
		return (struct km_str){ 0 };
	return km_pool_copy(&source->pool, (struct km_str){ target, (size_t)len });
}

/* For Linux before 5.6, and containers that forbid openat2(). */
static int open_resolved(struct km_source *source, const char *path, int flags)
{
	const struct km_links links = { link_at, source };
	struct km_str resolved;
	int r;

	r = km_path_resolve(&source->pool, &links, km_str_from(path), &resolved);
	if (r) {
		errno = -r;
		return -1;
	}
	return openat(source->root_fd, resolved.len ? resolved.ptr : ".", flags | O_NOFOLLOW);
}

static int open_served(const struct km_opener *opener, const char *path, int flags)
{
	int fd = km_opener_open(opener, path, flags);

	if (fd < 0)
		errno = -fd;
	return fd < 0 ? -1 : fd;
}

/*
 * Each cache has one file per attribute. Their directory is opened only once, when it is listed:
 * for each path in sysfs the kernel checks every part again, under a lock (k6.12:fs/kernfs/dir.c
 * kernfs_dop_revalidate).
 */
static int open_live(struct km_source *source, const char *path, int flags)
{
	const struct km_str slab = km_str_from(km_files[KM_FILE_SLAB_SYSFS].path);
	const struct km_opener *opener = source->options.opener;

	if (km_opener_serves(opener) && km_files_locate(km_str_from(path)) == 0)
		return open_served(opener, path, flags);
	if (source->slab_fd >= 0 && km_str_starts(km_str_from(path), slab) && path[slab.len] == '/')
		return openat(source->slab_fd, path + slab.len + 1, flags);
	return openat(source->root_fd, path, flags);
}

/*
 * An absolute link in a capture must not lead to this machine's file of that name. The running
 * system needs no such care, and its /proc is full of links that RESOLVE_IN_ROOT refuses.
 */
static int open_below(struct km_source *source, const char *path, int flags)
{
	struct open_how how = { .flags = (unsigned int)(flags | O_CLOEXEC),
				.resolve = RESOLVE_IN_ROOT };
	long fd;

	if (source->facts.live)
		return open_live(source, path, flags | O_CLOEXEC);
	fd = syscall(SYS_openat2, source->root_fd, path, &how, sizeof(how));
	if (fd >= 0 || (errno != ENOSYS && errno != EPERM))
		return (int)fd;
	return open_resolved(source, path, flags | O_CLOEXEC);
}

/*
 * Opens a file for reading. In a capture it must be a regular file: opening a device of this
 * machine can wind a tape or arm a watchdog, and a FIFO may never end. So the code checks it before
 * opening, and again afterwards, in case someone replaced it meanwhile. *ret_stat is that of a capture's file.
 */
static int open_file(struct km_source *source, const char *path, struct stat *ret_stat, struct km_err *err)
{
	static const int flags[] = { O_PATH, O_RDONLY | O_NONBLOCK | O_NOCTTY };
	int fd = -1;

	for (size_t i = source->facts.live ? 1 : 0; i < 2; i++) {
		int r = 0;

		km_cleanup_fd(&fd);
		fd = open_below(source, path, flags[i]);
		if (fd < 0 || (!source->facts.live && fstat(fd, ret_stat)))
			r = -errno;
		else if (!source->facts.live && !S_ISREG(ret_stat->st_mode))
			r = S_ISDIR(ret_stat->st_mode) ? -EISDIR : -EINVAL;
		if (!r)
			continue;
		km_cleanup_fd(&fd);
		return km_err_set(err, r, NULL, "%s",
				  r == -EINVAL ? "is not a regular file, so it is not opened" : strerror(-r));
	}
	return fd;
}

/*
 * sysfs returns a whole attribute, at most a page, at the first read
 * (k6.12:Documentation/filesystems/sysfs.rst). A second read to find the end would be half of the
 * cost of some two hundred small files.
 */
static int read_attribute(struct km_source *source, int fd, struct km_str *ret)
{
	char text[4096];
	ssize_t got;

	do
		got = read(fd, text, sizeof(text));
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return -errno;
	*ret = (struct km_str){ text, (size_t)got };
	/* the line end shows that it is complete */
	if (ret->len == sizeof(text) || !km_str_ends(*ret, KM_STR("\n")))
		return km_read_all(fd, *ret, &source->pool, &source->left, ret);
	*ret = km_pool_copy(&source->pool, *ret);
	return 0;
}

static int too_large(int code, struct km_err *err)
{
	return km_err_set(err, code, NULL,
			  "kmeminfo keeps no more than %u MiB of a machine's files, and this exceeds it",
			  KM_BYTES_MAX >> 20);
}

/*
 * The end of a read with the result r. While a program still copies or rewrites the capture, what was read may be part
 * of a file, or of two.
 */
static int end_read(const struct km_source *source, int fd, const struct stat *before, int r, struct km_err *err)
{
	struct stat after;

	if (r == -EFBIG)
		return too_large(r, err);
	if (!r && !source->facts.live && fstat(fd, &after))
		r = -errno;
	if (r)
		return km_err_set(err, r, NULL, "%s", strerror(-r));
	if (source->facts.live || (after.st_size == before->st_size && after.st_mtim.tv_sec == before->st_mtim.tv_sec &&
				   after.st_mtim.tv_nsec == before->st_mtim.tv_nsec))
		return 0;
	return km_err_set(err, -ESTALE, "wait until the capture is complete", "changed while it was read");
}

static int directory_read(struct km_source *source, const char *path, struct km_str *ret,
			  struct km_err *err)
{
	struct stat stat = { 0 };
	KM_CLEANUP(km_cleanup_fd) int fd = open_file(source, path, &stat, err);
	int r;

	if (fd < 0)
		return fd;
	if (source->facts.live && km_str_starts(km_str_from(path), KM_STR("sys/kernel/slab/")))
		r = read_attribute(source, fd, ret);
	else
		r = km_read_all(fd, (struct km_str){ 0 }, &source->pool, &source->left, ret);
	return end_read(source, fd, &stat, r, err);
}

static int directory_stream(struct km_source *source, const char *path,
			    const struct km_source_taker *taker, struct km_err *err)
{
	struct stat stat = { 0 };
	KM_CLEANUP(km_cleanup_fd) int fd = open_file(source, path, &stat, err);

	if (fd < 0)
		return fd;
	return end_read(source, fd, &stat, km_read_blocks(fd, taker, &source->left), err);
}

/* Sets *ret to the target of a link; .ptr NULL if it is not a link, or no longer exists. */
static int link_target(struct km_source *source, DIR *dir, const struct dirent *entry,
		       struct km_str *ret)
{
	char target[PATH_MAX];
	ssize_t len;

	*ret = (struct km_str){ 0 };
	if (entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN)
		return 0;
	len = readlinkat(dirfd(dir), entry->d_name, target, sizeof(target));
	if (len < 0)
		return errno == EINVAL || errno == ENOENT ? 0 : -errno;
	*ret = km_pool_copy(&source->pool, (struct km_str){ target, (size_t)len });
	return 0;
}

static void cleanup_dir(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

/* Keeps the directory of the slab caches open for their files. */
static void keep_slab(struct km_source *source, const char *path, int fd)
{
	if (!source->facts.live || source->slab_fd >= 0 || strcmp(path, km_files[KM_FILE_SLAB_SYSFS].path) != 0)
		return;
	source->slab_fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

static int directory_list(struct km_source *source, const char *path, struct km_entries *ret,
			  struct km_err *err)
{
	int fd = open_below(source, path, O_RDONLY | O_DIRECTORY);
	KM_CLEANUP(cleanup_dir) DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	KM_ARRAY(struct km_entry) entries = { 0 };
	const struct dirent *found;
	int r = 0;

	if (!dir) {
		r = -errno;
		km_cleanup_fd(&fd);
		return km_err_set(err, r, NULL, "%s", strerror(-r));
	}
	keep_slab(source, path, dirfd(dir));
	while (!r && (errno = 0, found = readdir(dir))) {
		struct km_entry *entry;

		if (!strcmp(found->d_name, ".") || !strcmp(found->d_name, ".."))
			continue;
		entry = km_array_push(&entries);
		entry->name = km_pool_copy(&source->pool, km_str_from(found->d_name));
		entry->file = found->d_type == DT_REG;
		r = link_target(source, dir, found, &entry->target);
	}
	/* a truncated list must not pass as complete */
	if (!r)
		r = -errno;
	if (!r)
		km_entries_keep(source, entries.items, entries.len, ret);
	km_array_deinit(&entries);
	return r ? km_err_set(err, r, NULL, "%s", strerror(-r)) : 0;
}

static void directory_deinit(struct km_source *source)
{
	km_cleanup_fd(&source->slab_fd);
	km_cleanup_fd(&source->root_fd);
}

static const struct km_backend directory_backend = {
	.read = directory_read,
	.stream = directory_stream,
	.list = directory_list,
	.deinit = directory_deinit,
};

/* The value of /proc/uptime (k6.12:fs/proc/uptime.c). */
static uint64_t uptime(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_BOOTTIME, &now))
		return KM_UNKNOWN;
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void ask_system(struct km_source *source)
{
	struct utsname name;

	source->facts.live = source->facts.again = true;
	/* the opener is root, while this process has become another user */
	source->facts.root = !geteuid() || km_opener_serves(source->options.opener);
	source->facts.page_bytes = (uint64_t)sysconf(_SC_PAGESIZE);
	source->facts.time = time(NULL);
	source->facts.uptime_ms = uptime();
	if (uname(&name))
		return;
	source->facts.release = km_pool_copy(&source->pool, km_str_from(name.release));
	source->facts.machine = km_pool_copy(&source->pool, km_str_from(name.machine));
	source->facts.host_name = km_pool_copy(&source->pool, km_str_from(name.nodename));
}

int km_backend_live(struct km_source *source, struct km_err *err)
{
	source->backend = &directory_backend;
	source->root_fd = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (source->root_fd < 0)
		return km_err_set(err, -errno, NULL, "/: %s", strerror(errno));
	ask_system(source);
	return 0;
}

static bool has(int fd, const char *name)
{
	return !faccessat(fd, name, F_OK, AT_SYMLINK_NOFOLLOW);
}

static bool is_root(int fd)
{
	return has(fd, "proc") || has(fd, "sys") || has(fd, km_files[KM_FILE_SUPPORTCONFIG].path);
}

/*
 * An unpacked sos report is a directory inside a directory. Moves the root to the only directory
 * that is laid out like "/". 0, -ENOENT if there is none, -ENOTUNIQ if there are several.
 */
static int descend(struct km_source *source)
{
	KM_CLEANUP(km_cleanup_fd) int found = -1;
	struct km_entries entries = { 0 };
	int r;

	r = directory_list(source, ".", &entries, NULL);
	for (size_t i = 0; !r && i < entries.len; i++) {
		KM_CLEANUP(km_cleanup_fd) int below =
			openat(source->root_fd, entries.items[i].name.ptr,
			       O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

		if (below < 0 || !is_root(below))
			continue;
		if (found >= 0)
			return -ENOTUNIQ;
		found = below;
		below = -1;
	}
	if (r || found < 0)
		return r ? r : -ENOENT;
	close(source->root_fd);
	source->root_fd = found;
	found = -1;
	return 0;
}

/*
 * An unpacked supportconfig consists of texts that contain the files. 0, or a negative errno with
 * err filled if a text exists and cannot be read.
 */
static int read_supportconfig(struct km_source *source, const char *name, struct km_err *err)
{
	static const enum km_file files[] = { KM_FILE_SUPPORTCONFIG, KM_FILE_SUPPORTCONFIG_BASE };
	struct km_str texts[2] = { { 0 } };
	struct km_tree *tree;
	struct km_err why;

	for (size_t i = 0; i < 2; i++) {
		const char *path = km_files[files[i]].path;
		int r = directory_read(source, path, &texts[i], &why);

		if (r && r != -ENOENT)
			return km_err_set(err, r, why.hint, "%s/%s: %s", name, path, why.what);
	}
	directory_deinit(source);
	tree = km_tree_begin(source);
	for (size_t i = 0; i < 2; i++)
		if (texts[i].ptr)
			km_tree_add(tree, km_str_from(km_files[files[i]].path))->bytes = texts[i];
	km_text_expand(tree);
	return 0;
}

int km_backend_directory(struct km_source *source, const char *name, struct km_err *err)
{
	int r;

	source->facts.again = true;
	source->backend = &directory_backend;
	r = is_root(source->root_fd) ? 0 : descend(source);
	if (r == -ENOTUNIQ)
		return km_err_set(err, r, "give one of its directories to --from",
				  "%s: contains more than one machine", name);
	if (r == -ENOENT)
		return km_err_set(err, r, KM_CAPTURE_HINT, "%s: contains neither proc nor sys", name);
	if (r)
		return km_err_set(err, r, NULL, "%s: %s", name, strerror(-r));
	if (!has(source->root_fd, "proc") && !has(source->root_fd, "sys"))
		return read_supportconfig(source, name, err);
	return 0;
}
