// SPDX-License-Identifier: GPL-2.0-or-later
#include "config.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/alloc.h"
#include "base/cleanup.h"
#include "source/backend.h"
#include "source/log-capture.h"
#include "source/log-open.h"
#include "source/read.h"
#if HAVE_ARCHIVE
#include "source/unpack.h"
#endif

enum { ROOTS_MOST = 2, NAME_MOST = 256 };

/* Below the root of a machine, a sos report or a supportconfig. */
static const char *const places[] = {
	"dmesg", "dmesg.txt", "dmesg.log", "journal*.txt", "journal*.log", "kern.log*", "messages*", "syslog*",
	"boot.txt", "crash.txt", "bugreport*.txt",
	"sos_commands/kernel/dmesg*", "sos_commands/general/dmesg*",
	"sos_commands/logs/journalctl*", "sos_commands/systemd/journalctl*",
	"var/log/dmesg*", "var/log/kern.log*", "var/log/messages*", "var/log/syslog*", "var/log/boot.msg",
	"var/log/warn*",
	"var/crash/*/vmcore-dmesg.txt", "var/crash/*/dmesg*", "var/crash/*/README.txt",
	"sys/fs/pstore/dmesg-*", "sys/fs/pstore/console-*", "var/lib/systemd/pstore/*/dmesg*",
	"proc/last_kmsg", "proc/kmsg",
};

static bool take_component(struct km_str *path, struct km_str *ret)
{
	if (!path->len)
		return false;
	if (km_str_take_until(path, '/', ret))
		return true;
	*ret = *path;
	path->len = 0;
	return true;
}

static bool matches(struct km_str component, struct km_str pattern)
{
	char name[NAME_MOST], wanted[NAME_MOST];

	if (component.len >= sizeof(name) || pattern.len >= sizeof(wanted))
		return false;
	*(char *)mempcpy(name, component.ptr, component.len) = '\0';
	*(char *)mempcpy(wanted, pattern.ptr, pattern.len) = '\0';
	return !fnmatch(wanted, name, FNM_PERIOD);
}

static bool is_at(struct km_str path, struct km_str pattern, bool directory)
{
	struct km_str component, part;

	while (take_component(&path, &component))
		if (!take_component(&pattern, &part) || !matches(component, part))
			return false;
	return directory ? pattern.len > 0 : !pattern.len;
}

bool km_log_is_place(struct km_str path, bool directory)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (is_at(path, km_str_from(places[i]), directory))
			return true;
	return false;
}

struct search {
	km_log_found *found;
	void *data;
	size_t count;
	struct km_pool pool;
};

static void read_file(struct search *search, int fd, struct km_str name)
{
	struct km_log *log;
	struct km_err err;

	search->count++;
	if (km_log_open_fd(&log, fd, &err))
		log = NULL;
	search->found(search->data, log, name, &err);
	km_log_close(log);
}

static void refuse_file(struct search *search, struct km_str name, int code)
{
	struct km_err err;

	km_err_set(&err, -code, NULL, "%s", strerror(code));
	search->count++;
	search->found(search->data, NULL, name, &err);
}

/* What is not there, or is no directory, has no logs. */
static void refuse_directory(struct search *search, struct km_str root, struct km_str below, int code)
{
	if (code == ENOENT || code == ENOTDIR || code == ELOOP)
		return;
	refuse_file(search, km_pool_printf(&search->pool, "%.*s%s%.*s", KM_STR_ARG(root), below.len ? "/" : "", KM_STR_ARG(below)),
		    code);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int not_hidden(const struct dirent *entry)
{
	return *entry->d_name != '.';
}

static void walk(struct search *search, int parent, const char *entry, struct km_str root, struct km_str below);

static void visit(struct search *search, int directory, const char *entry, struct km_str root, struct km_str path)
{
	struct km_str name = km_pool_printf(&search->pool, "%.*s/%.*s", KM_STR_ARG(root), KM_STR_ARG(path));
	struct stat stat;
	int fd;

	if (fstatat(directory, entry, &stat, AT_SYMLINK_NOFOLLOW)) {
		refuse_directory(search, root, path, errno);
		return;
	}
	if (S_ISDIR(stat.st_mode) && km_log_is_place(path, true))
		walk(search, directory, entry, root, path);
	if (!S_ISREG(stat.st_mode) || !km_log_is_place(path, false))
		return;
	fd = openat(directory, entry, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		refuse_file(search, name, errno);
	else
		read_file(search, fd, name);
}

/* Links are not followed: their targets are in the capture as well, or belong to this machine. */
static void walk(struct search *search, int parent, const char *entry, struct km_str root, struct km_str below)
{
	int fd = openat(parent, entry, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct dirent **entries = NULL;
	int len = fd < 0 ? -1 : scandirat(fd, ".", &entries, not_hidden, by_name);

	if (len < 0)
		refuse_directory(search, root, below, errno);
	for (int i = 0; i < len; i++) {
		visit(search, fd, entries[i]->d_name, root,
		      km_pool_printf(&search->pool, "%.*s%s%s", KM_STR_ARG(below), below.len ? "/" : "",
				     entries[i]->d_name));
		free(entries[i]);
	}
	free(entries);
	if (fd >= 0)
		close(fd);
}

/* The machine's root is the directory itself, or a directory in it if a report was unpacked. */
static void walk_roots(struct search *search, int top, const char *path)
{
	struct dirent **entries = NULL;
	int len;

	walk(search, top, ".", km_str_from(path), KM_STR(""));
	if (search->count)
		return;
	len = scandirat(top, ".", &entries, not_hidden, by_name);
	if (len < 0)
		refuse_directory(search, km_str_from(path), KM_STR(""), errno);
	for (int i = 0; i < len; i++) {
		walk(search, top, entries[i]->d_name,
		     km_pool_printf(&search->pool, "%s/%s", path, entries[i]->d_name), KM_STR(""));
		free(entries[i]);
	}
	free(entries);
}

#if HAVE_ARCHIVE

struct reading {
	struct km_archive_library library;
	struct archive *archive;
	struct km_packed stream;
	struct km_unpack *unpack;
	struct km_err why;
	char head[512];
	bool raw; /* the file is a log itself, not an archive */
};

static la_ssize_t feed(struct archive *archive, void *data, const void **block)
{
	struct reading *reading = data;
	ssize_t got = km_unpack_next(reading->unpack, block, &reading->why);

	if (got >= 0)
		return got;
	reading->library.archive_set_error(archive, (int)-got, "%s", reading->why.what);
	return ARCHIVE_FATAL;
}

static int next_block(void *data, struct km_str *ret, struct km_err *err)
{
	struct reading *reading = data;
	const void *block = NULL;
	size_t size = 0;
	la_int64_t offset;
	int r = reading->library.archive_read_data_block(reading->archive, &block, &size, &offset);

	*ret = (struct km_str){ block, r == ARCHIVE_OK ? size : 0 };
	if (r == ARCHIVE_OK || r == ARCHIVE_EOF)
		return 0;
	return km_err_set(err, -EIO, NULL, "damaged or cut short: %s",
			  reading->library.archive_error_string(reading->archive));
}

/* Reads an entry that is compressed inside the archive as a whole: it is small, or refused. */
static int read_whole(struct reading *reading, struct km_str first, char **ret, size_t *ret_len, struct km_err *err)
{
	size_t room = 0, len = 0;
	char *bytes = NULL;
	int r = 0;

	for (; !r && first.len; r = next_block(reading, &first, err)) {
		if (len + first.len > KM_BYTES_MAX) {
			r = km_err_set(err, -EFBIG, "unpack it and name the file", "more than %u MiB, compressed",
				       KM_BYTES_MAX >> 20);
			break;
		}
		if (len + first.len > room) {
			room = 2 * (len + first.len);
			bytes = km_realloc(bytes, room, 1);
		}
		memcpy(bytes + len, first.ptr, first.len);
		len += first.len;
	}
	if (r)
		free(bytes);
	*ret = r ? NULL : bytes;
	*ret_len = len;
	return r;
}

static int open_entry(struct km_log **ret, struct reading *reading, struct km_str first, struct km_err *err)
{
	char *bytes;
	size_t len;
	int r;

	if (!km_log_is_packed(first))
		return km_log_open_reader(ret, first, next_block, reading, err);
	r = read_whole(reading, first, &bytes, &len, err);
	return r ? r : km_log_open_bytes(ret, bytes, len, err);
}

static void read_entry(struct search *search, struct reading *reading, struct km_str name)
{
	struct km_log *log;
	struct km_str first;
	struct km_err err;

	if (next_block(reading, &first, &err) || !first.len)
		return;
	search->count++;
	if (open_entry(&log, reading, first, &err))
		log = NULL;
	search->found(search->data, log, name, &err);
	km_log_close(log);
}

/* Whether a path is a log. The machine's root may be a directory inside the archive. */
static bool is_log(struct km_str path)
{
	struct km_str component;

	while (km_str_take_prefix(&path, KM_STR("./")))
		;
	for (size_t roots = 0; roots <= ROOTS_MOST && path.len; roots++) {
		if (km_log_is_place(path, false))
			return true;
		take_component(&path, &component);
	}
	return false;
}

static int read_entries(struct search *search, struct reading *reading, const char *path)
{
	const struct km_archive_library *library = &reading->library;
	struct archive_entry *entry;
	int r;

	while ((r = library->archive_read_next_header(reading->archive, &entry)) == ARCHIVE_OK || r == ARCHIVE_WARN) {
		const char *name = library->archive_entry_pathname(entry);
		int format = library->archive_format(reading->archive) & ARCHIVE_FORMAT_BASE_MASK;

		if (format == ARCHIVE_FORMAT_RAW)
			read_entry(search, reading, km_str_from(path));
		else if (name && library->archive_entry_filetype(entry) == AE_IFREG &&
			 !library->archive_entry_hardlink(entry) && is_log(km_str_from(name)))
			read_entry(search, reading, km_pool_copy(&search->pool, km_str_from(name)));
	}
	return r == ARCHIVE_EOF ? 0 : -EIO;
}

static int begin(struct reading *reading, int fd, struct km_err *err)
{
	const struct km_archive_library *library = &reading->library;
	int r = km_archive_library_open(&reading->library, err);

	reading->stream = (struct km_packed){ .fd = fd, .head = reading->head };
	if (!r)
		r = km_read_some(fd, reading->head, sizeof(reading->head), &reading->stream.head_len);
	if (!r)
		r = km_unpack_open(&reading->unpack, library, &reading->stream, UINT64_MAX, false, err);
	if (r)
		return r;
	reading->archive = library->archive_read_new();
	library->archive_read_support_format_cpio(reading->archive);
	library->archive_read_support_format_tar(reading->archive);
	library->archive_read_support_format_zip(reading->archive);
	library->archive_read_support_format_raw(reading->archive);
	return library->archive_read_open(reading->archive, reading, NULL, feed, NULL) ? -EIO : 0;
}

static int walk_archive(struct search *search, int fd, const char *path, struct km_err *err)
{
	struct reading *reading = km_realloc(NULL, 1, sizeof(*reading));
	int r;

	memset(reading, 0, sizeof(*reading));
	*err = (struct km_err){ 0 };
	r = begin(reading, fd, err);
	if (!r)
		r = read_entries(search, reading, path);
	if (r && !*err->what)
		km_err_set(err, r, NULL, "damaged or cut short: %s",
			   reading->archive ? reading->library.archive_error_string(reading->archive) : strerror(-r));
	if (reading->archive)
		reading->library.archive_read_free(reading->archive);
	km_unpack_free(reading->unpack);
	km_archive_library_close(&reading->library);
	free(reading);
	return r;
}

#else

static int walk_archive(struct search *search, int fd, const char *path, struct km_err *err)
{
	int copy = dup(fd);

	(void)err;
	if (copy >= 0)
		read_file(search, copy, km_str_from(path));
	return 0;
}

#endif

int km_log_capture(const char *path, int reserved, km_log_found *found, void *data, struct km_err *err)
{
	const bool standard = !strcmp(path, "-"), later = !standard && reserved == -EAGAIN;
	const int fd = standard ? STDIN_FILENO : later ? open(path, O_RDONLY | O_CLOEXEC) : reserved;
	const int code = fd >= 0 ? 0 : later ? -errno : reserved;
	struct search search = { .found = found, .data = data };
	struct stat stat;
	int r = 0;

	if (code || fstat(fd, &stat))
		r = km_err_set(err, code ? code : -errno, NULL, "%s", strerror(code ? -code : errno));
	else if (S_ISDIR(stat.st_mode))
		walk_roots(&search, fd, path);
	else
		r = walk_archive(&search, fd, path, err);
	if (!r && !search.count)
		r = km_err_set(err, -ENOENT, "name the file: kmeminfo log FILE",
			       "contains no kernel log under a name that kmeminfo knows");
	if (fd > STDIN_FILENO)
		close(fd);
	km_pool_deinit(&search.pool);
	return r;
}
