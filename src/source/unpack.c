// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Two readers in a row: libarchive decompresses here, and reads members in archive.c. A single
 * reader for both would stop at the archive's end marker, before the checksum that xz, zstd and lz4
 * have at their end.
 */
#include "config.h"
#include <errno.h>

#if HAVE_ARCHIVE
#include <stdlib.h>
#include <unistd.h>
#include "base/alloc.h"
#include "source/confine.h"
#include "source/gunzip.h"
#include "source/unpack.h"

enum { BUFFER_BYTES = 64 * 1024 };

struct km_unpack {
	const struct km_archive_library *library;
	struct km_packed *stream;
	struct archive *archive; /* of one raw member; or ... */
	struct km_gunzip *gunzip;
	uint64_t total, max;
	struct km_str rest; /* of a block that was copied in part */
	char buffer[BUFFER_BYTES];
};

/* The next packed bytes; 0 at the end, or a negative errno. */
static ssize_t next_packed(void *data, const void **block)
{
	struct km_unpack *unpack = data;
	struct km_packed *stream = unpack->stream;
	ssize_t got = (ssize_t)stream->head_len;

	if (got) {
		*block = stream->head;
		stream->head_len = 0;
		return got;
	}
	*block = unpack->buffer;
	do
		got = read(stream->fd, unpack->buffer, sizeof(unpack->buffer));
	while (got < 0 && errno == EINTR);
	return got < 0 ? -errno : got;
}

static la_ssize_t feed(struct archive *archive, void *data, const void **block)
{
	struct km_unpack *unpack = data;
	ssize_t got = next_packed(unpack, block);

	if (got >= 0)
		return got;
	unpack->library->archive_set_error(archive, (int)-got, "%s", strerror((int)-got));
	return ARCHIVE_FATAL;
}

/*
 * If libarchive was built without a filter, it warns and would run a program from the path instead.
 * No call removes a filter again, so each is tested on a separate reader.
 */
static void support(const struct km_archive_library *library, struct archive *archive,
		    int (*filter)(struct archive *archive))
{
	struct archive *trial = library->archive_read_new();

	if (filter(trial) == ARCHIVE_OK)
		filter(archive);
	library->archive_read_free(trial);
}

static int complain(struct km_unpack *unpack, struct km_err *err)
{
	const char *text = unpack->library->archive_error_string(unpack->archive);

	return km_err_set(err, -EIO, NULL, "%s", text ? text : strerror(EIO));
}

static int open_archive(struct km_unpack *unpack, struct km_err *err)
{
	const struct km_archive_library *library = unpack->library;
	struct archive_entry *entry;

	unpack->archive = library->archive_read_new();
#define SUPPORT(filter) support(library, unpack->archive, library->filter);
	KM_ARCHIVE_FILTERS(SUPPORT)
#undef SUPPORT
	library->archive_read_support_format_raw(unpack->archive);
	if (library->archive_read_open(unpack->archive, unpack, NULL, feed, NULL) != ARCHIVE_OK ||
	    library->archive_read_next_header(unpack->archive, &entry) != ARCHIVE_OK)
		return complain(unpack, err);
	return 0;
}

int km_unpack_open(struct km_unpack **ret, const struct km_archive_library *library,
		   struct km_packed *stream, uint64_t max, bool confined, struct km_err *err)
{
	struct km_unpack *unpack = km_realloc(NULL, 1, sizeof(*unpack));
	int r = 0;

	*unpack = (struct km_unpack){ .library = library, .stream = stream, .max = max };
	*ret = unpack;
	if (km_is_gzip((struct km_str){ stream->head, stream->head_len }))
		r = km_gunzip_open(&unpack->gunzip, next_packed, unpack, err);
	if (confined)
		km_confine_files();
	return r || unpack->gunzip ? r : open_archive(unpack, err);
}

void km_unpack_free(struct km_unpack *unpack)
{
	if (unpack && unpack->archive)
		unpack->library->archive_read_free(unpack->archive);
	if (unpack)
		km_gunzip_free(unpack->gunzip);
	free(unpack);
}

static ssize_t next_of_archive(struct km_unpack *unpack, const void **block, struct km_err *err)
{
	la_int64_t offset;
	size_t len = 0;
	int r;

	do
		r = unpack->library->archive_read_data_block(unpack->archive, block, &len, &offset);
	while (r == ARCHIVE_OK && !len);
	if (r == ARCHIVE_EOF)
		return 0;
	return r == ARCHIVE_OK ? (ssize_t)len : complain(unpack, err);
}

/* Passes on what came out, or an error. */
static ssize_t limit(struct km_unpack *unpack, ssize_t got, struct km_err *err)
{
	if (got <= 0)
		return got;
	unpack->total += (uint64_t)got;
	if (unpack->total > unpack->max)
		return km_err_set(err, -EFBIG, NULL, "unpacks to more than %llu MiB",
				  (unsigned long long)(unpack->max >> 20));
	return got;
}

ssize_t km_unpack_next(struct km_unpack *unpack, const void **block, struct km_err *err)
{
	return limit(unpack, unpack->gunzip ? km_gunzip_next(unpack->gunzip, block, err) :
					      next_of_archive(unpack, block, err), err);
}

/* The blocks that libarchive returns may be larger than the room. */
static ssize_t copy_of_archive(struct km_unpack *unpack, char *room, size_t len, struct km_err *err)
{
	ssize_t got;

	if (!unpack->rest.len) {
		const void *block;

		got = next_of_archive(unpack, &block, err);
		if (got <= 0)
			return got;
		unpack->rest = (struct km_str){ block, (size_t)got };
	}
	if (len > unpack->rest.len)
		len = unpack->rest.len;
	memcpy(room, unpack->rest.ptr, len);
	unpack->rest = km_str_skip(unpack->rest, len);
	return (ssize_t)len;
}

ssize_t km_unpack_into(struct km_unpack *unpack, char *room, size_t len, struct km_err *err)
{
	return limit(unpack, unpack->gunzip ? km_gunzip_into(unpack->gunzip, room, len, err) :
					      copy_of_archive(unpack, room, len, err), err);
}

uint64_t km_unpack_total(const struct km_unpack *unpack)
{
	return unpack->total;
}

#endif
