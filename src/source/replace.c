// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "source/replace.h"

/* Leftovers of killed runs may have used some names, so up to NAMES_MAX names are tried. */
enum { NAMES_MAX = 100, NAME_SHOWN = 200 };

static int fail(const struct km_replacement *replacement, int code, struct km_err *err)
{
	return km_err_set(err, code, NULL, "cannot write %s: %s", replacement->path, strerror(-code));
}

static int open_folder(struct km_replacement *replacement)
{
	const char *slash = strrchr(replacement->path, '/'), *name = slash ? slash + 1 : replacement->path;
	char folder[PATH_MAX];
	const size_t len = slash ? (size_t)(slash - replacement->path) : 0;

	if (!*name || !strcmp(name, ".") || !strcmp(name, ".."))
		return -EISDIR;
	if (strlen(name) > NAME_MAX || len >= sizeof(folder))
		return -ENAMETOOLONG;
	snprintf(folder, sizeof(folder), "%.*s", (int)len, replacement->path);
	strcpy(replacement->name, name);
	replacement->folder_fd = open(!slash ? "." : len ? folder : "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	return replacement->folder_fd < 0 ? -errno : 0;
}

static int open_temporary(struct km_replacement *replacement)
{
	for (int i = 0; i < NAMES_MAX; i++) {
		snprintf(replacement->temporary, sizeof(replacement->temporary), ".%.*s.%ld-%d", NAME_SHOWN,
			 replacement->name, (long)getpid(), i);
		replacement->fd = openat(replacement->folder_fd, replacement->temporary,
					 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
		if (replacement->fd >= 0 || errno != EEXIST)
			break;
	}
	return replacement->fd < 0 ? -errno : 0;
}

/* If the user cannot give the file to the old group, the user's own group gets no rights. */
static int keep_rights(const struct km_replacement *replacement, const struct stat *old)
{
	mode_t mode = old->st_mode & 0777;
	struct stat now;

	if (fstat(replacement->fd, &now))
		return -errno;
	if (now.st_gid != old->st_gid && fchown(replacement->fd, (uid_t)-1, old->st_gid))
		mode &= ~(mode_t)0070;
	if (now.st_uid != old->st_uid)
		(void)!fchown(replacement->fd, old->st_uid, (gid_t)-1);
	return fchmod(replacement->fd, mode) ? -errno : 0;
}

int km_replacement_begin(struct km_replacement *replacement, const char *path, mode_t mode, struct km_err *err)
{
	struct stat old;
	bool exists;
	int r;

	*replacement = (struct km_replacement){ .path = path, .folder_fd = -1, .fd = -1 };
	r = open_folder(replacement);
	exists = !r && !fstatat(replacement->folder_fd, replacement->name, &old, AT_SYMLINK_NOFOLLOW);
	if (exists && !S_ISREG(old.st_mode)) {
		km_cleanup_fd(&replacement->folder_fd);
		return km_err_set(err, -EINVAL, "name a file, or redirect standard output",
				  "cannot replace %s: it is not a regular file", path);
	}
	if (!r)
		r = open_temporary(replacement);
	if (!r)
		r = exists ? keep_rights(replacement, &old) : fchmod(replacement->fd, mode) ? -errno : 0;
	if (!r)
		return 0;
	km_replacement_abort(replacement);
	return fail(replacement, r, err);
}

/* Some disks report only here that they are full. */
int km_replacement_commit(struct km_replacement *replacement, struct km_err *err)
{
	int r = fsync(replacement->fd) && errno != EINVAL ? -errno : 0;

	if (close(replacement->fd) && !r)
		r = -errno;
	replacement->fd = -1;
	if (!r && renameat(replacement->folder_fd, replacement->temporary, replacement->folder_fd, replacement->name))
		r = -errno;
	if (!r)
		*replacement->temporary = '\0';
	km_replacement_abort(replacement);
	return r ? fail(replacement, r, err) : 0;
}

void km_replacement_abort(struct km_replacement *replacement)
{
	if (replacement->folder_fd >= 0 && *replacement->temporary)
		unlinkat(replacement->folder_fd, replacement->temporary, 0);
	km_cleanup_fd(&replacement->fd);
	km_cleanup_fd(&replacement->folder_fd);
	replacement->fd = replacement->folder_fd = -1;
}
