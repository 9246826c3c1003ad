// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Archives through libarchive, in one pass from front to end: a compressed tar cannot be read in
 * any other order. Files that may be needed are kept in memory, the rest is dropped. unpack.c
 * delivers the decompressed bytes.
 */
#include "config.h"
#include <errno.h>
#include "source/archive.h"

#if HAVE_ARCHIVE
#include <dlfcn.h>
#include "base/cleanup.h"
#include "source/files.h"
#include "source/path.h"
#include "source/read.h"
#include "source/unpack.h"
#include "source/zip-end.h"

KM_LIBRARY_LOADER(km_archive_library, KM_ARCHIVE_SONAME, "archive", "recommended",
		  "archives are read", "install libarchive, or unpack the archive",
		  KM_ARCHIVE_FUNCTIONS)

int km_archive_library_open(struct km_archive_library *library, struct km_err *err)
{
	return km_archive_library_load(library, err);
}

void km_archive_library_close(struct km_archive_library *library)
{
	if (library->handle)
		dlclose(library->handle);
}

enum { TAR_BLOCK = 512 };

/* The size of the part in which the end of a zip is searched, enough for some 5,000 names. */
#define TAIL_BYTES ((size_t)512 * 1024)

/* State that the callbacks and loops below share. */
struct reading {
	struct km_archive_library library;
	struct archive *archive;
	struct km_unpack *unpack;
	struct km_source *source;
	struct km_tree *tree;
	struct km_err why; /* the error of unpack.c */
	int code;          /* and its errno */
	uint64_t headers;  /* entries seen */
	struct km_zip_names names;
	char *tail; /* the last bytes so far, in a buffer of twice the size */
	size_t tail_len;
};

static void cleanup_reading(struct reading **reading)
{
	if ((*reading)->archive)
		(*reading)->library.archive_read_free((*reading)->archive);
	km_unpack_free((*reading)->unpack);
	km_archive_library_close(&(*reading)->library);
	free((*reading)->tail);
	free(*reading);
}

/* Keeps the last unpacked bytes. They are moved once for every TAIL_BYTES bytes. */
static void keep_tail(struct reading *reading, const char *block, size_t len)
{
	if (len > TAIL_BYTES) {
		block += len - TAIL_BYTES;
		len = TAIL_BYTES;
	}
	if (reading->tail_len + len > 2 * TAIL_BYTES) {
		size_t drop = reading->tail_len - (TAIL_BYTES - len);

		memmove(reading->tail, reading->tail + drop, reading->tail_len - drop);
		reading->tail_len -= drop;
	}
	memcpy(reading->tail + reading->tail_len, block, len);
	reading->tail_len += len;
}

static ssize_t next_unpacked(struct reading *reading, const void **block)
{
	ssize_t got = km_unpack_next(reading->unpack, block, &reading->why);

	if (got > 0)
		keep_tail(reading, *block, (size_t)got);
	if (got < 0)
		reading->code = (int)got;
	return got;
}

static la_ssize_t feed(struct archive *archive, void *data, const void **block)
{
	struct reading *reading = data;
	ssize_t got = next_unpacked(reading, block);

	if (got >= 0)
		return got;
	reading->library.archive_set_error(archive, -reading->code, "%s", reading->why.what);
	return ARCHIVE_FATAL;
}

/* Not every format of libarchive: mtree reads contents from paths on this machine. */
static int begin(struct reading *reading)
{
	const struct km_archive_library *library = &reading->library;
	struct archive *archive = library->archive_read_new();

	reading->archive = archive;
	library->archive_read_support_format_cpio(archive);
	library->archive_read_support_format_tar(archive);
	library->archive_read_support_format_zip(archive);
	return library->archive_read_open(archive, reading, NULL, feed, NULL) ? -EIO : 0;
}

/*
 * Reads a whole entry. The buffer grows by doubling, because the size in the header may be wrong.
 */
static int read_data(struct reading *reading, struct km_str *ret)
{
	KM_CLEANUP(km_cleanup_free) char *bytes = NULL;
	size_t len = 0, room = (size_t)16 * 1024;
	uint64_t left = reading->source->left;
	la_ssize_t got;

	bytes = km_realloc(NULL, room, 1);
	while ((got = reading->library.archive_read_data(reading->archive, bytes + len, room - len))) {
		if (got < 0)
			return -EIO;
		len += (size_t)got;
		if (len > left)
			return -E2BIG;
		if (len == room) {
			room = room > left / 2 ? (size_t)left + 1 : room * 2;
			bytes = km_realloc(bytes, room, 1);
		}
	}
	reading->source->left -= len;
	km_read_keep(&reading->source->pool, bytes, len, ret);
	bytes = NULL;
	return 0;
}

static struct km_str copy(struct reading *reading, const char *text)
{
	return km_pool_copy(&reading->source->pool, km_str_from(text));
}

static int keep(struct reading *reading, struct archive_entry *found, struct km_str path)
{
	const struct km_archive_library *library = &reading->library;
	const char *hard = library->archive_entry_hardlink(found);
	const char *soft = library->archive_entry_symlink(found);
	struct km_tree_entry *entry;
	struct km_str bytes = { 0 };
	uint64_t cost;
	int r = 0;

	bool directory = !hard && !soft && library->archive_entry_filetype(found) == AE_IFDIR;

	if (!hard && !soft && !directory && library->archive_entry_filetype(found) != AE_IFREG)
		return 0;
	if (!hard && !soft && !directory)
		r = read_data(reading, &bytes);
	if (r)
		return r;
	entry = km_tree_add(reading->tree, path);
	entry->bytes = bytes;
	if (hard || soft)
		entry->target = copy(reading, hard ? hard : soft);
	entry->member = true;
	entry->hard = hard;
	entry->directory = directory;
	cost = sizeof(*entry) + entry->path.len + entry->target.len;
	if (cost > reading->source->left)
		return -E2BIG;
	reading->source->left -= cost;
	return 0;
}

/* Whether kmeminfo reads such a file, however its path is spelled ("./proc//slabinfo"). Sets *ret to the usual spelling. */
static bool is_wanted(struct reading *reading, const char *path, struct km_str *ret)
{
	struct km_pool pool = { 0 };
	const bool wanted = !km_path_normal(&pool, km_str_from(path), ret) && km_files_locate(*ret) >= 0;

	if (wanted)
		*ret = km_pool_copy(&reading->source->pool, *ret);
	km_pool_deinit(&pool);
	return wanted;
}

static int read_entries(struct reading *reading)
{
	const struct km_archive_library *library = &reading->library;
	struct archive_entry *found;
	int r;

	while ((r = library->archive_read_next_header(reading->archive, &found)) != ARCHIVE_EOF) {
		const char *path;
		struct km_str normal;

		/* a warning means that part of the header could not be translated */
		if (r != ARCHIVE_OK && r != ARCHIVE_WARN)
			return -EIO;
		reading->headers++;
		path = library->archive_entry_pathname(found);
		if (!path)
			path = library->archive_entry_pathname_utf8(found);
		km_zip_name_add(&reading->names, path);
		if (!path || !is_wanted(reading, path, &normal))
			continue;
		r = keep(reading, found, normal);
		if (r)
			return r;
	}
	return 0;
}

/* Reads to the end of the file, which has the checksums of the whole. */
static int drain(struct reading *reading)
{
	const void *block;
	ssize_t got;

	do
		got = next_unpacked(reading, &block);
	while (got > 0);
	return (int)got;
}

/*
 * Two blocks of zeros end a tar. GNU tar also accepts one. libarchive also accepts the end of the
 * file.
 */
static bool tar_ends(const struct reading *reading)
{
	la_int64_t at = reading->library.archive_read_header_position(reading->archive);

	return at >= 0 && km_unpack_total(reading->unpack) >= (uint64_t)at + TAR_BLOCK;
}

/*
 * Checks that the archive is complete: libarchive reports a normal end at some places where one may
 * be cut.
 */
static int check_end(struct reading *reading)
{
	bool whole = true;
	int format;

	if (drain(reading))
		return reading->code;
	format = reading->library.archive_format(reading->archive) & ARCHIVE_FORMAT_BASE_MASK;
	if (format == ARCHIVE_FORMAT_TAR)
		whole = tar_ends(reading);
	else if (format == ARCHIVE_FORMAT_ZIP)
		whole = km_zip_ends((struct km_str){ reading->tail, reading->tail_len },
				    &reading->names);
	if (whole)
		return 0;
	return km_err_set(&reading->why, -EIO, NULL, "its end is missing");
}

static int complain(const struct reading *reading, int code, const char *name, struct km_err *err)
{
	const char *text = reading->why.what;

	if (code == -E2BIG)
		return km_err_set(err, -EFBIG, "unpack it and give the directory to --from",
				  "%s: the files that kmeminfo needs exceed %u MiB", name,
				  KM_BYTES_MAX >> 20);
	if (reading->code == -EFBIG)
		return km_err_set(err, -EFBIG, "--unpack-limit allows more", "%s: %s", name, text);
	if (!*text && reading->archive)
		text = reading->library.archive_error_string(reading->archive);
	if (!text || !*text)
		text = strerror(-code);
	if (!reading->headers)
		return km_err_set(err, -EINVAL, KM_CAPTURE_HINT, "%s: neither a text that kmeminfo knows nor "
				  "a complete archive (%s)", name, text);
	return km_err_set(err, code, NULL, "%s: damaged or cut short: %s", name, text);
}

int km_archive_read(struct km_source *source, struct km_tree *tree, struct km_packed *stream,
		    const char *name, struct km_err *err)
{
	KM_CLEANUP(cleanup_reading) struct reading *reading = km_realloc(NULL, 1, sizeof(*reading));
	int r;

	*reading = (struct reading){ .source = source, .tree = tree,
				     .tail = km_realloc(NULL, 2, TAIL_BYTES) };
	r = km_archive_library_load(&reading->library, err);
	if (r)
		return r;
	r = km_unpack_open(&reading->unpack, &reading->library, stream, source->options.unpacked_max,
			   source->options.confined && !source->options.writes && !source->options.also, &reading->why);
	if (r == -ELIBACC || r == -ELIBBAD) {
		*err = reading->why;
		return r;
	}
	if (!r)
		r = begin(reading);
	if (!r)
		r = read_entries(reading);
	if (!r)
		r = check_end(reading);
	return r ? complain(reading, r, name, err) : 0;
}

#else

int km_archive_read(struct km_source *source, struct km_tree *tree, struct km_packed *stream,
		    const char *name, struct km_err *err)
{
	(void)source;
	(void)tree;
	(void)stream;
	return km_err_set(err, -ENOSYS, KM_CAPTURE_HINT, "%s: not a text that kmeminfo knows, and this "
			  "kmeminfo was built without archives", name);
}

#endif
