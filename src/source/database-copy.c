// SPDX-License-Identifier: GPL-2.0-or-later
/* Copies a database into one file, which gets its name only when it is complete. */
#include "config.h"
#if HAVE_SQLITE
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "source/database-sqlite.h"

/*
 * Leaves WAL mode, so that one file contains everything. Writes it to the disk before it gets its
 * name.
 */
static int finish_copy(const char *path, const char *unfinished, struct km_err *err)
{
	KM_CLEANUP(km_cleanup_fd) int fd = -1;
	struct km_database *copy;
	int r = km_database_new(&copy, unfinished, err);

	if (r)
		return r;
	r = km_database_open_file(copy, unfinished, SQLITE_OPEN_READWRITE, err);
	if (!r)
		r = km_database_run(copy, "PRAGMA journal_mode = DELETE", err);
	km_database_close(copy);
	if (r)
		return r;
	fd = open(unfinished, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) || link(unfinished, path))
		return km_err_set(err, -errno, NULL, "%s: %s", path, strerror(errno));
	return 0;
}

/* Creates the unfinished copy, with access for its owner only. */
static int make_unfinished(const char *path, const char *unfinished, struct km_err *err)
{
	KM_CLEANUP(km_cleanup_fd) int fd = -1;

	if (!access(path, F_OK))
		return km_err_set(err, -EEXIST, "name a file that does not exist", "%s: %s", path,
				  strerror(EEXIST));
	fd = open(unfinished, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0)
		return 0;
	return km_err_set(err, -errno, errno == EEXIST ? "an interrupted export left it: remove it" : NULL,
			  "%s: %s", unfinished, strerror(errno));
}

int km_database_copy(struct km_database *database, const char *path, struct km_err *err)
{
	KM_TEXT_SCOPE unfinished = { 0 };
	struct km_statement *vacuum;
	int r;

	km_text_printf(&unfinished, "%s.part%c", path, '\0');
	r = make_unfinished(path, unfinished.ptr, err);
	if (r)
		return r;
	r = km_database_prepare(database, "VACUUM INTO ?1", &vacuum, err);
	if (!r)
		r = km_statement_run(vacuum, err, "t", km_str_from(unfinished.ptr));
	if (!r)
		r = finish_copy(path, unfinished.ptr, err);
	unlink(unfinished.ptr);
	return r;
}

#endif
