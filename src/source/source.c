// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "base/num.h"
#include "source/backend.h"
#include "source/confine.h"
#include "source/files.h"
#include "source/opener.h"
#include "source/sos.h"

static int open_capture(struct km_source *source, const char *path, struct km_err *err)
{
	bool is_input = !strcmp(path, "-");
	KM_CLEANUP(km_cleanup_fd) int fd = is_input ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) :
						      open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
	struct stat stat;

	if (is_input)
		path = "standard input";
	if (fd < 0 || fstat(fd, &stat))
		return km_err_set(err, -errno, errno == ENOENT ? KM_CAPTURE_HINT : NULL, "%s: %s", path, strerror(errno));
	if (S_ISCHR(stat.st_mode) || S_ISBLK(stat.st_mode))
		return km_err_set(err, -EINVAL, KM_CAPTURE_HINT, "%s: is a device, not a capture", path);
	if (source->options.confined)
		km_confine(&(const struct km_confinement){
				   .kind = source->options.recording ? KM_CONFINE_RECORDER :
					   source->options.writes    ? KM_CONFINE_WRITER :
					   S_ISDIR(stat.st_mode)     ? KM_CONFINE_TREE :
								       KM_CONFINE_FILE,
				   .is_capture = true, .file = source->options.recording, .tree_fd = fd, .also = source->options.also,
			   }, NULL);
	if (!S_ISDIR(stat.st_mode))
		return km_backend_file(source, path, fd, err);
	source->root_fd = fd;
	fd = -1;
	return km_backend_directory(source, path, err);
}

int km_source_open(struct km_source **ret, const char *path, struct km_err *err)
{
	return km_source_open_with(ret, path, &(struct km_source_options){ 0 }, err);
}

int km_source_open_with(struct km_source **ret, const char *path,
			const struct km_source_options *options, struct km_err *err)
{
	struct km_source *source = km_realloc(NULL, 1, sizeof(*source));
	int r;

	*source = (struct km_source){
		.root_fd = -1,
		.slab_fd = -1,
		.options = *options,
		.left = KM_BYTES_MAX,
		.facts = { .page_bytes = KM_UNKNOWN, .time = -1, .uptime_ms = KM_UNKNOWN },
	};
	if (!source->options.unpacked_max)
		source->options.unpacked_max = KM_UNPACKED_MAX;
	r = path ? open_capture(source, path, err) : km_backend_live(source, err);
	if (!r)
		r = km_source_check(source, err);
	if (!r && !path && options->confined)
		km_confine(&(const struct km_confinement){
				   .kind = options->writes  ? KM_CONFINE_WRITER :
					   options->watches ? KM_CONFINE_WATCHER :
					   options->unread  ? KM_CONFINE_FILE :
							      KM_CONFINE_LIVE,
				   .is_served = km_opener_serves(options->opener), .also = options->also,
			   }, NULL);
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
	km_array_deinit(&source->failed.list);
	km_pool_deinit(&source->pool);
	free(source);
}

int km_source_check(const struct km_source *source, struct km_err *err)
{
	if (!source->facts.live || !km_opener_serves(source->options.opener) || !km_opener_is_gone(source->options.opener))
		return 0;
	return km_err_set(err, -EPIPE, "start kmeminfo again",
			  "kmeminfo-opener, the process that opens the files of the machine, has ended");
}

const struct km_facts *km_source_info(const struct km_source *source)
{
	return &source->facts;
}

/* A file that a capture lacks is not an error of this machine's file system. */
static int missing(const struct km_source *source, int code, struct km_err *err)
{
	if (source->facts.live || (code != -ENOENT && code != -ENOTDIR))
		return code;
	return km_err_set(err, -ENOENT, NULL, "not in this capture");
}

/* Further failures are not stored; another read finds them again. */
enum { FAILURES_MAX = 256 };

static const struct km_read_failure *find_failure(const struct km_source *source, const char *path)
{
	const struct km_read_failure *failure;

	km_array_each(failure, &source->failed.list)
		if (km_str_eq(failure->path, km_str_from(path)))
			return failure;
	return NULL;
}

/*
 * Errors for files that a machine may lack or refuse. EISDIR tells capture that a path is a directory. ENODEV
 * comes from a cache that goes away while its attributes are read (k6.12:fs/kernfs/file.c). In a copy both
 * are errors, which is_misplaced() finds.
 */
static bool is_expected(int code)
{
	return code == -ENOENT || code == -ENOTDIR || code == -EACCES || code == -EPERM ||
	       code == -ENODEV || code == -EISDIR;
}

static void keep_failure(struct km_source *source, struct km_str path, int code, const struct km_err *err)
{
	*km_array_push(&source->failed.list) = (struct km_read_failure){
		.path = km_pool_copy(&source->pool, path), .code = code, .err = *err,
	};
}

static void remember(struct km_source *source, const char *path, int code, const struct km_err *err)
{
	if (!is_expected(code) && source->failed.list.len < FAILURES_MAX && !find_failure(source, path))
		keep_failure(source, km_str_from(path), code, err);
}

const struct km_read_failures *km_source_failures(const struct km_source *source)
{
	return &source->failed;
}

void km_source_expect(struct km_source *source, const struct km_checksums *checksums)
{
	source->expected = checksums;
}

static const struct km_checksum *find_expected(const struct km_source *source, const char *path,
					       bool directory)
{
	if (!source->expected)
		return NULL;
	return km_checksums_find(source->expected, km_str_from(path), directory);
}

static int is_damaged(struct km_err *err, const char *what)
{
	return km_err_set(err, -EBADMSG, "capture the machine again, or copy the capture again",
			  "%s, so this capture is damaged or was edited", what);
}

/* Adds bytes to the checksum of a file, which is read as a whole or in blocks. */
static void add_bytes(struct km_checksum *found, struct km_str bytes)
{
	found->size += bytes.len;
	found->crc = km_crc32(found->crc, bytes);
}

/* code is the result of reading. A file that the manifest lists must exist. */
static int check_file(const struct km_checksum *expected, int code, const struct km_checksum *found,
		      struct km_err *err)
{

	if (!expected || (code && code != -ENOENT && code != -ENOTDIR))
		return code;
	if (code)
		return is_damaged(err, "the manifest lists this file, but it is not there");
	if (found->size != expected->size || found->crc != expected->crc)
		return is_damaged(err, "its content does not match the checksum in the manifest");
	return 0;
}

static int check_names(struct km_source *source, const char *path, int code,
		       const struct km_entries *entries, struct km_err *err)
{
	const struct km_checksum *expected = find_expected(source, path, true);
	struct km_checksum found = { 0 };

	if (!expected || (code && code != -ENOENT && code != -ENOTDIR))
		return code;
	for (size_t i = 0; !code && i < entries->len; i++)
		km_checksum_name(&found, entries->items[i].name, entries->items[i].target);
	if (code || found.size != expected->size || found.crc != expected->crc)
		return is_damaged(err, "the names in it are not those in the manifest");
	return 0;
}

/* Whether kmeminfo knows a file, not a directory, with this path. */
static bool is_known_file(const char *path)
{
	for (size_t i = 0; i < KM_FILES; i++)
		if (!km_files[i].directory && !strcmp(km_files[i].path, path))
			return true;
	return false;
}

/* The first part of the path that exists and is not a directory. The whole path is one that was to be listed. */
static struct km_str find_blocker(struct km_source *source, const char *path)
{
	struct km_entries entries;
	struct km_err err;

	for (const char *end = strchr(path, '/'); end; end = strchr(end + 1, '/')) {
		struct km_str part = km_pool_copy(&source->pool, (struct km_str){ path, (size_t)(end - path) });

		if (source->backend->list(source, part.ptr, &entries, &err) == -ENOTDIR)
			return part;
	}
	return km_str_from(path);
}

/*
 * A careless copy may have a file where the machine has a directory, or the reverse. Everything below such a
 * file would be missing silently, so the error is stored under the name of the misplaced path. Returns
 * whether that is the path itself: then *why has the reason.
 */
static bool is_misplaced(struct km_source *source, const char *path, int code, struct km_err *why)
{
	static const char hint[] = "copy it again, with kmeminfo capture or with an archive of the whole tree";
	struct km_str at = km_str_from(path);
	struct km_err err;

	if (source->facts.live || (code != -ENOTDIR && !(code == -EISDIR && is_known_file(path))))
		return false;
	if (code == -ENOTDIR)
		at = find_blocker(source, path);
	km_err_set(&err, code, hint, "%s", code == -ENOTDIR ? "is a file in place of a directory, so what was in it is unknown" :
							      "is a directory in place of a file, so its content is unknown");
	if (source->failed.list.len < FAILURES_MAX && !find_failure(source, at.ptr))
		keep_failure(source, at, code, &err);
	if (!km_str_eq(at, km_str_from(path)))
		return false;
	*why = err;
	return true;
}

/* Ends a read or a list: 0, or the error, which is also recorded. */
static int finish(struct km_source *source, const char *path, int code, struct km_err *why,
		  struct km_err *err)
{
	int r = code;

	if (!code)
		return 0;
	if (!is_misplaced(source, path, code, why))
		r = missing(source, code, why);
	remember(source, path, r, why);
	if (err)
		*err = *why;
	return r;
}

int km_source_read(struct km_source *source, const char *path, struct km_str *ret,
		   struct km_err *err)
{
	/* a capture does not change, and a failure in it may have taken long */
	const struct km_read_failure *failure = source->facts.live ? NULL : find_failure(source, path);
	const struct km_checksum *expected = find_expected(source, path, false);
	struct km_checksum found = { 0 };
	struct km_err why = { 0 };
	int r;

	if (failure)
		return km_err_set(err, failure->code, failure->err.hint, "%s", failure->err.what);
	r = source->backend->read(source, path, ret, &why);
	if (!r && expected)
		add_bytes(&found, *ret);
	return finish(source, path, check_file(expected, r, &found, &why), &why, err);
}

/* Counts bytes on their way to another taker. */
struct counting {
	struct km_checksum found;
	const struct km_source_taker *taker;
};

static void count(void *data, struct km_str block)
{
	struct counting *counting = data;

	add_bytes(&counting->found, block);
	counting->taker->take(counting->taker->data, block);
}

int km_source_stream(struct km_source *source, const char *path,
		     const struct km_source_taker *taker, struct km_err *err)
{
	const struct km_checksum *expected = find_expected(source, path, false);
	struct counting counting = { .taker = taker };
	const struct km_source_taker counter = { count, &counting, taker->keeps };
	struct km_err why = { 0 };
	struct km_str text = { 0 };
	int r;

	if (source->backend->stream) {
		r = source->backend->stream(source, path, expected ? &counter : taker, &why);
		return finish(source, path, check_file(expected, r, &counting.found, &why), &why, err);
	}
	r = km_source_read(source, path, &text, err);
	if (!r && text.len)
		taker->take(taker->data, text);
	return r;
}

int km_source_list(struct km_source *source, const char *path, struct km_entries *ret,
		   struct km_err *err)
{
	struct km_err why = { 0 };
	int r = source->backend->list(source, path, ret, &why);

	if (r == -ENOENT && !source->facts.live && !strcmp(path, km_files[KM_FILE_SLAB_SYSFS].path))
		r = km_sos_list_slab(source, ret, &why);
	r = check_names(source, path, r, ret, &why);
	return finish(source, path, r, &why, err);
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
