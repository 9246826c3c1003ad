// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include "base/cleanup.h"
#include "source/path.h"
#include "source/writer.h"

static int fail(const struct km_writer *writer, struct km_str path, int code, struct km_err *err)
{
	return km_err_set(err, code, NULL, "%s/%.*s: %s", writer->name, KM_STR_ARG(path),
			  strerror(-code));
}

/*
 * Makes an empty directory private: 0, -ENOTEMPTY, or the error of reading it. A file system without modes
 * (FAT) refuses the mode, and shows its files to whom its mount options say.
 */
static int claim(int root_fd)
{
	int fd = openat(root_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), r;
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	size_t entries = 0;

	if (!dir) {
		r = -errno;
		km_cleanup_fd(&fd);
		return r;
	}
	while ((errno = 0, readdir(dir)))
		entries++;
	r = errno ? -errno : entries > 2 ? -ENOTEMPTY : 0;
	if (!r)
		fchmod(fd, 0700);
	closedir(dir);
	return r;
}

/*
 * The reason why others could read or change files in this directory; NULL if it is safe. A link is not
 * followed, because its maker chose the target.
 */
static const char *why_unsafe(int root_fd)
{
	struct stat stat;

	if (fstat(root_fd, &stat))
		return strerror(errno);
	if (!S_ISDIR(stat.st_mode))
		return S_ISLNK(stat.st_mode) ? KM_SAID("is a link, and a capture must not follow one") :
					       strerror(ENOTDIR);
	if (stat.st_uid != geteuid())
		return KM_SAID("belongs to another user, who could read and change the capture");
	if (stat.st_mode & (S_IWGRP | S_IWOTH))
		return KM_SAID("other users may write to it, and could change the capture");
	return NULL;
}

/* An open call follows "link/", but not "link". */
static void trim_slashes(const char *name, char ret[static PATH_MAX])
{
	size_t len = (size_t)snprintf(ret, PATH_MAX, "%s", name);

	len = len < PATH_MAX ? len : PATH_MAX - 1;
	while (len > 1 && ret[len - 1] == '/')
		ret[--len] = '\0';
}

static int open_root(struct km_writer *writer, struct km_err *err)
{
	char path[PATH_MAX];
	const char *unsafe;

	trim_slashes(writer->name, path);
	if (mkdir(path, 0700) && errno != EEXIST)
		return km_err_set(err, -errno, NULL, "%s: %s", writer->name, strerror(errno));
	writer->root_fd = open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (writer->root_fd < 0)
		return km_err_set(err, -errno, NULL, "%s: %s", writer->name, strerror(errno));
	unsafe = why_unsafe(writer->root_fd);
	if (unsafe)
		return km_err_set(err, -EPERM, "name a new directory", "%s: %s", writer->name, unsafe);
	return 0;
}

int km_writer_init(struct km_writer *writer, const char *name, struct km_err *err)
{
	int r;

	*writer = (struct km_writer){ .root_fd = -1, .folder_fd = -1, .name = name };
	r = open_root(writer, err);
	if (!r) {
		r = claim(writer->root_fd);
		if (r == -ENOTEMPTY)
			km_err_set(err, r, "name a new directory",
				   "%s: is not empty; captures are never mixed", name);
		else if (r)
			km_err_set(err, r, NULL, "%s: %s", name, strerror(-r));
	}
	if (r)
		km_writer_deinit(writer);
	return r;
}

void km_writer_deinit(struct km_writer *writer)
{
	km_cleanup_fd(&writer->folder_fd);
	km_cleanup_fd(&writer->root_fd);
	writer->folder_fd = writer->root_fd = -1;
}

/* Opens one more directory below *fd, which it replaces. */
static int enter(int *fd, int root_fd, struct km_str part)
{
	char name[NAME_MAX + 1];
	int below, from = *fd < 0 ? root_fd : *fd;

	if (part.len >= sizeof(name))
		return -ENAMETOOLONG;
	memcpy(name, part.ptr, part.len);
	name[part.len] = '\0';
	if (mkdirat(from, name, 0700) && errno != EEXIST)
		return -errno;
	below = openat(from, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (below < 0)
		return -errno;
	km_cleanup_fd(fd);
	*fd = below;
	return 0;
}

/* Changes to folder for the next files. */
static int change_folder(struct km_writer *writer, struct km_str folder)
{
	KM_CLEANUP(km_cleanup_fd) int fd = -1;
	struct km_str rest = folder, part;
	int r = 0;

	if (writer->folder_fd >= 0 && km_str_eq(folder, km_str_from(writer->folder)))
		return 0;
	if (folder.len >= sizeof(writer->folder))
		return -ENAMETOOLONG;
	while (!r && km_path_take(&rest, &part))
		r = km_str_eq(part, KM_STR("..")) ? -EINVAL : enter(&fd, writer->root_fd, part);
	if (r)
		return r;
	if (fd < 0)
		fd = fcntl(writer->root_fd, F_DUPFD_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	km_cleanup_fd(&writer->folder_fd);
	writer->folder_fd = fd;
	fd = -1;
	memcpy(writer->folder, folder.ptr, folder.len);
	writer->folder[folder.len] = '\0';
	return 0;
}

/* Changes to the path's folder; *ret is the name in it. */
static int prepare(struct km_writer *writer, struct km_str path, char ret[static NAME_MAX + 1])
{
	size_t start = path.len;
	struct km_str name;

	while (start && path.ptr[start - 1] != '/')
		start--;
	name = km_str_skip(path, start);
	if (!name.len || km_str_eq(name, KM_STR(".")) || km_str_eq(name, KM_STR("..")))
		return -EINVAL;
	if (name.len > NAME_MAX)
		return -ENAMETOOLONG;
	memcpy(ret, name.ptr, name.len);
	ret[name.len] = '\0';
	return change_folder(writer, (struct km_str){ path.ptr, start ? start - 1 : 0 });
}

int km_writer_folder(struct km_writer *writer, struct km_str path, struct km_err *err)
{
	int r = change_folder(writer, path);

	return r ? fail(writer, path, r, err) : 0;
}

static int write_all(int fd, struct km_str bytes)
{
	while (bytes.len) {
		ssize_t done = write(fd, bytes.ptr, bytes.len);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -errno;
		bytes = km_str_skip(bytes, (size_t)done);
	}
	return 0;
}

int km_writer_file(struct km_writer *writer, struct km_str path, struct km_str bytes,
		   struct km_err *err)
{
	char name[NAME_MAX + 1];
	int fd, r;

	r = prepare(writer, path, name);
	if (r)
		return fail(writer, path, r, err);
	fd = openat(writer->folder_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		    0600);
	if (fd < 0)
		return fail(writer, path, -errno, err);
	r = write_all(fd, bytes);
	/* some file systems only report here that the disk is full */
	if (close(fd) && !r)
		r = -errno;
	return r ? fail(writer, path, r, err) : 0;
}

int km_writer_replace(struct km_writer *writer, struct km_str path, struct km_str bytes,
		      struct km_err *err)
{
	char name[NAME_MAX + 1], temporary[NAME_MAX + 8];
	int r = prepare(writer, path, name);

	if (r)
		return fail(writer, path, r, err);
	snprintf(temporary, sizeof(temporary), "%s.new", name);
	r = km_writer_file(writer, km_str_from(temporary), bytes, err);
	if (r)
		return r;
	return renameat(writer->folder_fd, temporary, writer->folder_fd, name) ?
		       fail(writer, path, -errno, err) :
		       0;
}

int km_writer_link(struct km_writer *writer, struct km_str path, struct km_str target,
		   struct km_err *err)
{
	char name[NAME_MAX + 1], text[PATH_MAX];
	int r;

	r = prepare(writer, path, name);
	if (!r && target.len >= sizeof(text))
		r = -ENAMETOOLONG;
	if (r)
		return fail(writer, path, r, err);
	memcpy(text, target.ptr, target.len);
	text[target.len] = '\0';
	return symlinkat(text, writer->folder_fd, name) ? fail(writer, path, -errno, err) : 0;
}
