// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Opens databases: for one writer, with a lock against other writers, and for readers, even on
 * read-only media.
 */
#include "config.h"
#if HAVE_SQLITE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "source/database-sqlite.h"
#include "source/database-sums.h"

/*
 * SQLite locks bytes from 1 GiB on; this byte is far beyond them (sqlite.org/src: os.h
 * PENDING_BYTE).
 */
#define WRITER_LOCK INT64_C(0x7fffffff00000000)

static int check_regular(int fd, const char *path, struct km_err *err)
{
	struct stat stat;

	if (fd < 0 || fstat(fd, &stat))
		return km_err_set(err, -errno, NULL, "%s: %s", path, strerror(errno));
	if (S_ISDIR(stat.st_mode))
		return km_err_set(err, -EISDIR, NULL, "%s: %s", path, strerror(EISDIR));
	if (!S_ISREG(stat.st_mode))
		return km_err_set(err, -EINVAL, NULL, "%s: is not a regular file", path);
	return 0;
}

/* SQLite opens the files beside it, which are not of the user's choice: it would wait for a pipe, and change a device. */
static int check_beside(const char *path, struct km_err *err)
{
	static const char *const ends[] = { "-journal", "-wal", "-shm" };
	struct stat stat;

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		KM_TEXT_SCOPE name = { 0 };

		km_text_printf(&name, "%s%s%c", path, ends[i], '\0');
		if (!lstat(name.ptr, &stat) && !S_ISREG(stat.st_mode))
			return km_err_set(err, -EINVAL, NULL, "%s: is not a regular file", name.ptr);
	}
	return 0;
}

static int lock_writer(struct km_database *database, const char *path, struct km_err *err)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = WRITER_LOCK, .l_len = 1 };
	int r;

	database->lock_fd = open(path, O_RDWR | O_CREAT | O_NOCTTY | O_NONBLOCK | O_CLOEXEC, 0600);
	r = check_regular(database->lock_fd, path, err);
	if (r)
		return r;
	if (!fcntl(database->lock_fd, F_OFD_SETLK, &lock))
		return 0;
	if (errno == EAGAIN || errno == EACCES)
		return km_err_set(err, -EBUSY, "name another file, or end the other kmeminfo",
				  "%s: another kmeminfo records to this file", path);
	return km_err_set(err, -errno, NULL, "%s: cannot be locked: %s", path, strerror(errno));
}

int km_database_open_writer(struct km_database **ret, const char *path, unsigned int page_bytes,
			    struct km_err *err)
{
	struct km_database *database;
	char pragmas[256];
	int r = km_database_new(&database, path, err);

	if (r)
		return r;
	/*
	 * page size and auto_vacuum only affect an empty file; FULL: each commit reaches the disk
	 */
	snprintf(pragmas, sizeof(pragmas),
		 "PRAGMA page_size = %u; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL;"
		 "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 256; PRAGMA journal_size_limit = 0",
		 page_bytes);
	r = lock_writer(database, path, err);
	if (!r)
		r = check_beside(path, err);
	if (!r)
		r = km_database_open_file(database, database->name.ptr, SQLITE_OPEN_READWRITE, err);
	if (!r) {
		km_database_sums_reserve(database);
		r = km_database_run(database, pragmas, err);
	}
	if (r) {
		km_database_close(database);
		return r;
	}
	*ret = database;
	return 0;
}

/* Adds "file:" and the path. Characters with a meaning in a URI become %XX. */
static void put_uri(struct km_text *text, const char *path, const char *parameters)
{
	km_text_puts(text, *path == '/' ? "file://" : "file:");
	for (; *path; path++) {
		if (strchr("%?#", *path))
			km_text_printf(text, "%%%02X", (unsigned int)(unsigned char)*path);
		else
			km_text_add(text, (struct km_str){ path, 1 });
	}
	km_text_printf(text, "%s%c", parameters, '\0');
}

/* Whether FILE-wal contains transactions. */
static bool has_journal(const char *path)
{
	KM_TEXT_SCOPE name = { 0 };
	struct stat info;

	km_text_printf(&name, "%s-wal%c", path, '\0');
	return !stat(name.ptr, &info) && info.st_size > 0;
}

/* Opens the file alone if SQLite cannot create its other files beside it. */
static int open_immutable(struct km_database *database, struct km_err *err)
{
	KM_TEXT_SCOPE uri = { 0 };

	database->library.sqlite3_close_v2(database->handle);
	database->handle = NULL;
	put_uri(&uri, database->name.ptr, "?immutable=1");
	return km_database_open_file(database, uri.ptr, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err);
}

/*
 * Checks the file and closes it before SQLite locks it: closing it later would drop the locks. The pages that its header
 * promises (sqlite.org/fileformat2.html: offset 28).
 */
static int check_file(const char *path, int64_t *ret_pages, struct km_err *err)
{
	KM_CLEANUP(km_cleanup_fd) int fd = open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	unsigned char count[4] = { 0 };
	int r = check_regular(fd, path, err);

	if (!r && pread(fd, count, sizeof(count), 28) < 0)
		return km_err_set(err, -errno, NULL, "%s: %s", path, strerror(errno));
	*ret_pages = (int64_t)count[0] << 24 | count[1] << 16 | count[2] << 8 | count[3];
	return r;
}

static const char look[] = "SELECT count(*) FROM sqlite_master";

/*
 * A file that has fewer pages than it says, or a damaged list of tables, is still opened by a connection that may repair
 * it. km_database_freeze() ends that.
 */
static int open_damaged(struct km_database *database, struct km_err *err)
{
	if (km_database_run(database, "PRAGMA writable_schema = ON", NULL) || km_database_run(database, look, NULL))
		return km_database_run(database, look, err);
	return 0;
}

/* SQLite takes the rest of the last page for zeros. */
static bool ends_inside_page(struct km_database *database)
{
	const int64_t page = km_database_number(database, "PRAGMA page_size", 0);
	struct stat info;

	return page > 0 && !has_journal(database->name.ptr) && !stat(database->name.ptr, &info) && info.st_size % page;
}

static bool has_fewer_pages(struct km_database *database, int64_t pages)
{
	const int64_t page = km_database_number(database, "PRAGMA page_size", 0);
	struct stat info;

	return page > 0 && !stat(database->name.ptr, &info) && info.st_size / page < pages;
}

static int open_either_way(struct km_database *database, int64_t pages, struct km_database_gaps *gaps,
			   struct km_err *err)
{
	int r = km_database_open_file(database, database->name.ptr, SQLITE_OPEN_READONLY, err);

	if (!r)
		r = km_database_run(database, look, err);
	if (r == -EBADMSG) {
		r = open_damaged(database, err);
		gaps->end = !r && !gaps->journal && has_fewer_pages(database, pages);
		gaps->tables = !r && !gaps->end && !gaps->journal;
		return r;
	}
	gaps->end = !r && ends_inside_page(database);
	if (!r || r == -EBUSY)
		return r;
	gaps->latest = has_journal(database->name.ptr);
	r = open_immutable(database, err);
	return r ? r : km_database_run(database, look, err);
}

int km_database_open_reader(struct km_database **ret, const char *path, struct km_database_gaps *ret_gaps,
			    struct km_err *err)
{
	struct km_database *database;
	int64_t pages = 0;
	int r = check_file(path, &pages, err);

	if (!r)
		r = check_beside(path, err);
	*ret_gaps = (struct km_database_gaps){ .journal = !r && km_database_journal_is_damaged(path) };
	if (!r)
		r = km_database_new(&database, path, err);
	if (r)
		return r;
	r = open_either_way(database, pages, ret_gaps, err);
	if (r) {
		km_database_close(database);
		return r;
	}
	*ret = database;
	return 0;
}

/* The first look begins the transaction: from then on a file that is too short is no error any more. */
int km_database_freeze(struct km_database *database, struct km_err *err)
{
	int r = km_database_run(database, "BEGIN", err);

	if (!r)
		r = km_database_run(database, look, err);
	return r ? r : km_database_run(database, "PRAGMA writable_schema = OFF", err);
}

int km_database_check_pages(struct km_database *database, struct km_err *err)
{
	km_database_sums_reserve(database);
	return km_database_run(database, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)", err);
}

#endif
