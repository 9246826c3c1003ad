// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Archives through libarchive, in one pass from front to end: a compressed tar cannot be read in
 * any other order, so what may be asked for is kept in memory and the rest is dropped.
 *
 * The library is loaded by the run that needs it. Linked, it and the libraries that it wants
 * would triple the start-up time of every other run.
 */
#include "config.h"
#include <errno.h>
#include "source/archive.h"

#if HAVE_ARCHIVE
#include <archive.h>
#include <archive_entry.h>
#include <dlfcn.h>
#include "base/cleanup.h"
#include "source/files.h"
#include "source/path.h"

/* The name that libarchive has had since 3.0, of 2011. */
#define SONAME "libarchive.so.13"

#define LIBRARY(need)                                                                              \
	need(archive_read_new) need(archive_read_free) need(archive_read_open)                     \
	need(archive_read_next_header) need(archive_read_data) need(archive_error_string)          \
	need(archive_read_support_filter_bzip2) need(archive_read_support_filter_compress)         \
	need(archive_read_support_filter_gzip) need(archive_read_support_filter_lz4)               \
	need(archive_read_support_filter_lzip) need(archive_read_support_filter_lzma)              \
	need(archive_read_support_filter_xz) need(archive_read_support_filter_zstd)                \
	need(archive_read_support_format_cpio) need(archive_read_support_format_tar)               \
	need(archive_read_support_format_zip) need(archive_entry_filetype)                         \
	need(archive_entry_hardlink) need(archive_entry_pathname)                                  \
	need(archive_entry_pathname_utf8) need(archive_entry_symlink)

#define AS_MEMBER(function) __typeof__(function) *function;

struct library {
	void *handle;
	LIBRARY(AS_MEMBER)
};

/* What the callbacks and loops below share. */
struct reading {
	struct library library;
	struct archive *archive;
	struct km_source *source;
	struct km_tree *tree;
	struct km_stream *stream;
	char buffer[64 * 1024];
	uint64_t kept;    /* bytes in the tree */
	uint64_t headers; /* entries seen */
};

static void cleanup_reading(struct reading **reading)
{
	if ((*reading)->archive)
		(*reading)->library.archive_read_free((*reading)->archive);
	if ((*reading)->library.handle)
		dlclose((*reading)->library.handle);
	free(*reading);
}

static int load(struct library *library, struct km_err *err)
{
	library->handle = dlopen(SONAME, RTLD_NOW | RTLD_LOCAL);
	if (!library->handle)
		return km_err_set(err, -ELIBACC, "install libarchive, or unpack the archive",
				  "archives are read by " SONAME ", which cannot be loaded");
#define LOAD(function)                                                                             \
	library->function = (__typeof__(function) *)dlsym(library->handle, #function);             \
	if (!library->function)                                                                    \
		return km_err_set(err, -ELIBBAD, NULL, SONAME " lacks %s", #function);
	LIBRARY(LOAD)
#undef LOAD
	return 0;
}

static la_ssize_t next_block(struct archive *archive, void *data, const void **block)
{
	struct reading *reading = data;
	struct km_stream *stream = reading->stream;
	ssize_t got = (ssize_t)stream->head_len;

	(void)archive;
	if (got) {
		*block = stream->head;
		stream->head_len = 0;
		return got;
	}
	*block = reading->buffer;
	do
		got = read(stream->fd, reading->buffer, sizeof(reading->buffer));
	while (got < 0 && errno == EINTR);
	return got;
}

/*
 * Not every format that libarchive knows: mtree fetches contents from paths on this machine. Not
 * every filter either: some run programs.
 */
static int begin(struct reading *reading)
{
	const struct library *library = &reading->library;
	struct archive *archive = library->archive_read_new();

	reading->archive = archive;
	library->archive_read_support_filter_bzip2(archive);
	library->archive_read_support_filter_compress(archive);
	library->archive_read_support_filter_gzip(archive);
	library->archive_read_support_filter_lz4(archive);
	library->archive_read_support_filter_lzip(archive);
	library->archive_read_support_filter_lzma(archive);
	library->archive_read_support_filter_xz(archive);
	library->archive_read_support_filter_zstd(archive);
	library->archive_read_support_format_cpio(archive);
	library->archive_read_support_format_tar(archive);
	library->archive_read_support_format_zip(archive);
	return library->archive_read_open(archive, reading, NULL, next_block, NULL) ? -EIO : 0;
}

/* The whole entry; room grows by doubling, as the size in the header may be a lie. */
static int read_data(struct reading *reading, struct km_str *ret)
{
	KM_CLEANUP(km_cleanup_free) char *bytes = NULL;
	size_t len = 0, room = 16 * 1024;
	la_ssize_t got;

	bytes = km_realloc(NULL, room, 1);
	while ((got = reading->library.archive_read_data(reading->archive, bytes + len, room - len))) {
		if (got < 0)
			return -EIO;
		len += (size_t)got;
		if (reading->kept + len > KM_BYTES_MAX)
			return -EFBIG;
		if (len == room)
			bytes = km_realloc(bytes, room *= 2, 1);
	}
	reading->kept += len;
	*ret = km_pool_copy(&reading->source->pool, (struct km_str){ bytes, len });
	return 0;
}

static struct km_str copy(struct reading *reading, const char *text)
{
	return km_pool_copy(&reading->source->pool, km_str_from(text));
}

static int keep(struct reading *reading, struct archive_entry *found, struct km_str path)
{
	const struct library *library = &reading->library;
	const char *hard = library->archive_entry_hardlink(found);
	const char *soft = library->archive_entry_symlink(found);
	struct km_tree_entry *entry;
	struct km_str bytes = { 0 };
	int r = 0;

	if (!hard && !soft && library->archive_entry_filetype(found) != AE_IFREG)
		return 0;
	if (!hard && !soft)
		r = read_data(reading, &bytes);
	if (r)
		return r;
	entry = km_tree_add(reading->tree, path);
	entry->bytes = bytes;
	if (hard || soft)
		entry->target = copy(reading, hard ? hard : soft);
	entry->hard = hard;
	reading->kept += sizeof(*entry) + entry->path.len + entry->target.len;
	return reading->kept > KM_BYTES_MAX ? -EFBIG : 0;
}

static int read_entries(struct reading *reading)
{
	const struct library *library = &reading->library;
	struct archive_entry *found;
	int r;

	while ((r = library->archive_read_next_header(reading->archive, &found)) != ARCHIVE_EOF) {
		const char *path;
		struct km_str normal;

		/* a warning is of something in the header that could not be translated */
		if (r != ARCHIVE_OK && r != ARCHIVE_WARN)
			return -EIO;
		reading->headers++;
		path = library->archive_entry_pathname(found);
		if (!path)
			path = library->archive_entry_pathname_utf8(found);
		if (!path || km_files_locate(km_str_from(path)) < 0 ||
		    km_path_normal(&reading->source->pool, km_str_from(path), &normal))
			continue;
		r = keep(reading, found, normal);
		if (r)
			return r;
	}
	return 0;
}

static int not_archive(const char *name, const char *why, struct km_err *err)
{
	return km_err_set(err, -EINVAL, KM_CAPTURE_HINT, "%s: not a text that kmeminfo knows, nor a "
			  "whole archive (%s)", name, why);
}

static int complain(const struct reading *reading, int code, const char *name, struct km_err *err)
{
	const char *text = reading->library.archive_error_string(reading->archive);

	if (!text)
		text = strerror(-code);
	if (code == -EFBIG)
		return km_err_set(err, code, "unpack it and name the directory",
				  "%s: what kmeminfo reads of it is more than %u MiB", name,
				  KM_BYTES_MAX >> 20);
	if (!reading->headers)
		return not_archive(name, text, err);
	return km_err_set(err, code, NULL, "%s: damaged or cut short: %s", name, text);
}

int km_archive_read(struct km_source *source, struct km_tree *tree, struct km_stream *stream,
		    const char *name, struct km_err *err)
{
	KM_CLEANUP(cleanup_reading) struct reading *reading = km_realloc(NULL, 1, sizeof(*reading));
	int r;

	*reading = (struct reading){ .source = source, .tree = tree, .stream = stream };
	r = load(&reading->library, err);
	if (r)
		return r;
	r = begin(reading);
	if (!r)
		r = read_entries(reading);
	return r ? complain(reading, r, name, err) : 0;
}

#else

int km_archive_read(struct km_source *source, struct km_tree *tree, struct km_stream *stream,
		    const char *name, struct km_err *err)
{
	(void)source;
	(void)tree;
	(void)stream;
	return km_err_set(err, -ENOSYS, KM_CAPTURE_HINT, "%s: not a text that kmeminfo knows, and this "
			  "kmeminfo was built without archives", name);
}

#endif
