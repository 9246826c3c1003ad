// SPDX-License-Identifier: GPL-2.0-or-later
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/klog.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/alloc.h"
#include "base/cleanup.h"
#include "source/log-open.h"
#include "source/packed.h"
#include "source/read.h"
#if HAVE_ARCHIVE
#include "source/ahead.h"
#include "source/unpack.h"
#endif

/* k6.12:kernel/printk/printk.c do_syslog */
enum { ACTION_READ_ALL = 3, ACTION_SIZE_BUFFER = 10 };

enum { PIECE_BYTES = 256 * 1024, HEAD_BYTES = 512 };

/* A log of so many bytes is read faster than a thread is started. */
enum { SHORT_BYTES = 1 << 20 };

struct km_log {
	int fd; /* -1: the ring buffer */
	char *buffer;
	size_t head; /* first bytes of the file, which show its format */
	bool packed, begun;
	struct km_str first; /* the piece before those from .next */
	km_log_reader *next; /* NULL: reads .fd */
	void *data;
	struct km_packed stream;
#if HAVE_ARCHIVE
	struct km_archive_library library;
	struct km_unpack *unpack;
	bool is_long; /* enough for a thread */
	struct km_ahead *ahead; /* fills from .unpack; NULL: no thread */
#endif
};

/* File types that are not text: their first bytes, and advice. */
static const struct form {
	size_t at;
	struct km_str bytes;
	const char *what, *hint;
} forms[] = {
	{ 0, KM_STR_INIT("LPKSHHRH"), KM_SAID("is a systemd journal, not a text"),
	  KM_SAID("journalctl --file FILE -k -o export prints it as a log") },
	{ 257, KM_STR_INIT("ustar"), KM_SAID("is an archive"), KM_SAID("log --from reads the logs of a capture") },
	{ 0, KM_STR_INIT("PK\003\004"), KM_SAID("is an archive"), KM_SAID("log --from reads the logs of a capture") },
	{ 0, KM_STR_INIT("KDUMP"), KM_SAID("is a crash dump, not a text"), KM_SAID("vmcore-dmesg or crash prints the log in it") },
	{ 0, KM_STR_INIT("\177ELF"), KM_SAID("is a program or a crash dump, not a text"),
	  KM_SAID("vmcore-dmesg or crash prints the log of a crash dump") },
};

static int refuse_form(struct km_str head, struct km_err *err)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (km_str_starts(km_str_skip(head, forms[i].at), forms[i].bytes))
			return km_err_set(err, -EINVAL, forms[i].hint, "%s", forms[i].what);
	return 0;
}

/* The magic numbers of gzip, xz, zstd, bzip2, lz4, lzip, compress and lzma. */
bool km_log_is_packed(struct km_str head)
{
	static const struct km_str signs[] = {
		KM_STR_INIT("\x1f\x8b"), KM_STR_INIT("\xfd" "7zXZ"), KM_STR_INIT("\x28\xb5\x2f\xfd"),
		KM_STR_INIT("BZh"), KM_STR_INIT("\x04\x22\x4d\x18"), KM_STR_INIT("LZIP"), KM_STR_INIT("\x1f\x9d"),
		KM_STR_INIT("\x5d\0\0"),
	};

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (km_str_starts(head, signs[i]))
			return true;
	return false;
}

#if HAVE_ARCHIVE

static int open_packed(struct km_log *log, struct km_err *err)
{
	int r = km_archive_library_open(&log->library, err);

	log->stream = (struct km_packed){ log->fd, log->buffer, log->head };
	return r ? r : km_unpack_open(&log->unpack, &log->library, &log->stream, UINT64_MAX, false, err);
}

static ssize_t fill(void *data, char *room, size_t len, struct km_err *err)
{
	return km_unpack_into(data, room, len, err);
}

static int next_packed(struct km_log *log, struct km_str *ret, struct km_err *err)
{
	const void *block = NULL;
	ssize_t got;

	if (!log->is_long && km_unpack_total(log->unpack) > SHORT_BYTES) {
		log->is_long = true;
		log->ahead = km_ahead_open(fill, log->unpack);
	}
	if (log->ahead)
		return km_ahead_next(log->ahead, ret, err);
	got = km_unpack_next(log->unpack, &block, err);
	*ret = (struct km_str){ block, got > 0 ? (size_t)got : 0 };
	return got < 0 ? (int)got : 0;
}

static void close_packed(struct km_log *log)
{
	km_ahead_close(log->ahead);
	km_unpack_free(log->unpack);
	km_archive_library_close(&log->library);
}

#else

static int open_packed(struct km_log *log, struct km_err *err)
{
	(void)log;
	return km_err_set(err, -ENOSYS, "decompress it first, for example with zcat FILE | kmeminfo log",
			  "the log is compressed, and this kmeminfo was built without libarchive");
}

static int next_packed(struct km_log *log, struct km_str *ret, struct km_err *err)
{
	(void)log;
	(void)ret;
	return km_err_set(err, -ENOSYS, NULL, "%s", strerror(ENOSYS));
}

static void close_packed(struct km_log *log)
{
	(void)log;
}

#endif

static int begin_file(struct km_log *log, struct km_err *err)
{
	int r;

	log->buffer = km_realloc(NULL, PIECE_BYTES, 1);
	r = km_read_some(log->fd, log->buffer, HEAD_BYTES, &log->head);
	if (r)
		return km_err_set(err, r, r == -EISDIR ? KM_SAID("log --from reads the logs of a capture") : NULL, "%s",
				  strerror(-r));
	log->packed = km_log_is_packed((struct km_str){ log->buffer, log->head });
	return log->packed ? open_packed(log, err) : 0;
}

static int open_file(struct km_log *log, const char *path, struct km_err *err)
{
	log->fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
	if (log->fd < 0)
		return km_err_set(err, -errno, NULL, "%s", strerror(errno));
	return begin_file(log, err);
}

/* The kernel reports the size of the records only. Reading adds prefixes to them. */
static int read_ring(struct km_log *log, struct km_err *err)
{
	const int growth = 2;
	int size = klogctl(ACTION_SIZE_BUFFER, NULL, 0), len;

	if (size < 0)
		return km_err_set(err, -errno, NULL, "%s", strerror(errno));
	if (!size || size > INT32_MAX / growth)
		return km_err_set(err, -ERANGE, NULL, "the kernel's log buffer has %d bytes", size);
	log->buffer = km_realloc(NULL, (size_t)size, (size_t)growth);
	len = klogctl(ACTION_READ_ALL, log->buffer, size * growth);
	if (len < 0)
		return km_err_set(err, -errno,
				  errno == EPERM ? "run as root; kernel.dmesg_restrict forbids it" : NULL,
				  "%s", strerror(errno));
	log->head = (size_t)len;
	return 0;
}

int km_log_open(struct km_log **ret, const char *path, struct km_err *err)
{
	struct km_log *log = km_realloc(NULL, 1, sizeof(*log));
	int r;

	*log = (struct km_log){ .fd = -1 };
	r = path ? open_file(log, path, err) : read_ring(log, err);
	if (r) {
		km_log_close(log);
		return r;
	}
	*ret = log;
	return 0;
}

/* False: the limit cannot be raised. */
static bool allow_more_files(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur >= limit.rlim_max)
		return false;
	limit.rlim_cur = limit.rlim_max;
	return !setrlimit(RLIMIT_NOFILE, &limit);
}

int km_log_reserve(const char *path)
{
	struct stat stat;
	int fd;

	if (!path || !strcmp(path, "-") || (!fstatat(AT_FDCWD, path, &stat, 0) && S_ISFIFO(stat.st_mode)))
		return -EAGAIN;
	fd = open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 && errno == EMFILE && allow_more_files())
		fd = open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

int km_log_open_fd(struct km_log **ret, int fd, struct km_err *err)
{
	struct km_log *log = km_realloc(NULL, 1, sizeof(*log));
	int r;

	*log = (struct km_log){ .fd = fd };
	r = begin_file(log, err);
	if (r)
		km_log_close(log);
	else
		*ret = log;
	return r;
}

int km_log_open_reserved(struct km_log **ret, const char *path, int reserved, struct km_err *err)
{
	if (reserved == -EAGAIN)
		return km_log_open(ret, path, err);
	if (reserved < 0)
		return km_err_set(err, reserved, NULL, "%s", strerror(-reserved));
	return km_log_open_fd(ret, reserved, err);
}

int km_log_open_bytes(struct km_log **ret, char *bytes, size_t len, struct km_err *err)
{
	struct km_log *log = km_realloc(NULL, 1, sizeof(*log));
	int ends[2], r;

	*log = (struct km_log){ .fd = -1, .buffer = bytes, .head = len, .packed = true };
	/* then reads from an empty pipe without a writer, which is at its end */
	if (pipe2(ends, O_CLOEXEC)) {
		r = km_err_set(err, -errno, NULL, "%s", strerror(errno));
	} else {
		log->fd = ends[0];
		close(ends[1]);
		r = open_packed(log, err);
	}
	if (r)
		km_log_close(log);
	else
		*ret = log;
	return r;
}

int km_log_open_reader(struct km_log **ret, struct km_str first, km_log_reader *next, void *data,
		       struct km_err *err)
{
	struct km_log *log;
	int r = refuse_form(first, err);

	if (r)
		return r;
	log = km_realloc(NULL, 1, sizeof(*log));
	*log = (struct km_log){ .fd = -1, .begun = true, .first = first, .next = next, .data = data };
	*ret = log;
	return 0;
}

static int next_piece(struct km_log *log, struct km_str *ret, struct km_err *err)
{
	ssize_t got;

	if (log->packed)
		return next_packed(log, ret, err);
	if (log->first.len) {
		*ret = log->first;
		log->first.len = 0;
		return 0;
	}
	if (log->next)
		return log->next(log->data, ret, err);
	*ret = (struct km_str){ log->buffer, log->head };
	if (log->head || log->fd < 0) {
		log->head = 0;
		return 0;
	}
	do
		got = read(log->fd, log->buffer, PIECE_BYTES);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return km_err_set(err, -errno, NULL, "%s", strerror(errno));
	ret->len = (size_t)got;
	return 0;
}

int km_log_next(struct km_log *log, struct km_str *ret, struct km_err *err)
{
	int r = next_piece(log, ret, err);

	if (r || log->begun)
		return r;
	log->begun = true;
	return refuse_form(*ret, err);
}

void km_log_close(struct km_log *log)
{
	if (!log)
		return;
	close_packed(log);
	if (log->fd > STDIN_FILENO)
		close(log->fd);
	free(log->buffer);
	free(log);
}

bool km_log_is_typed(void)
{
	return isatty(STDIN_FILENO);
}
