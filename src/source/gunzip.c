// SPDX-License-Identifier: GPL-2.0-or-later
#include "config.h"
#include <errno.h>
#include "source/gunzip.h"

#if HAVE_ARCHIVE
#include <stdlib.h>
#include <zlib.h>
#include "base/alloc.h"
#include "source/library.h"

#define FUNCTIONS(need) need(inflateInit2_) need(inflate) need(inflateReset) need(inflateEnd)

KM_LIBRARY_STRUCT(zlib, FUNCTIONS);
KM_LIBRARY_LOADER(zlib, "libz.so.1", "gzip", "recommended", "gzip is decompressed",
		  "install zlib, or unpack the archive", FUNCTIONS)

enum { ANY_WINDOW_OF_GZIP = 15 + 16, BUFFER_BYTES = 64 * 1024 };

struct km_gunzip {
	struct zlib library;
	ssize_t (*next)(void *data, const void **block);
	void *data;
	z_stream stream;
	bool begun;  /* the stream must be ended */
	bool inside; /* inside a member, whose end must still come */
	bool padded; /* zeros have come after a member */
	char buffer[BUFFER_BYTES];
};

bool km_is_gzip(struct km_str head)
{
	return km_str_starts(head, KM_STR("\x1f\x8b"));
}

int km_gunzip_open(struct km_gunzip **ret, ssize_t (*next)(void *data, const void **block),
		   void *data, struct km_err *err)
{
	struct km_gunzip *gunzip = km_realloc(NULL, 1, sizeof(*gunzip));
	int r;

	*gunzip = (struct km_gunzip){ .next = next, .data = data };
	*ret = gunzip;
	r = zlib_load(&gunzip->library, err);
	if (r)
		return r;
	if (gunzip->library.inflateInit2_(&gunzip->stream, ANY_WINDOW_OF_GZIP, ZLIB_VERSION,
					  (int)sizeof(gunzip->stream)) != Z_OK)
		return km_err_set(err, -ELIBBAD, NULL, "zlib cannot start to decompress");
	gunzip->begun = gunzip->inside = true;
	return 0;
}

/* The library stays loaded, because libarchive may use it too. */
void km_gunzip_free(struct km_gunzip *gunzip)
{
	if (gunzip && gunzip->begun)
		gunzip->library.inflateEnd(&gunzip->stream);
	free(gunzip);
}

/* Makes bytes available to zlib. 0 at the end of the file, or a negative errno. */
static ssize_t refill(struct km_gunzip *gunzip)
{
	const void *block;
	ssize_t got;

	if (gunzip->stream.avail_in)
		return 1;
	got = gunzip->next(gunzip->data, &block);
	if (got <= 0)
		return got;
	/* zlib does not write to it */
	gunzip->stream.next_in = (unsigned char *)(uintptr_t)block;
	gunzip->stream.avail_in = (unsigned int)got;
	return got;
}

/*
 * Between members. 1: another one begins; 0: only padding is left, zeros as of a tape; -EIO: what follows is neither, such
 * as a member whose first bytes are damaged. gzip(1) warns of "trailing garbage" then.
 */
static int begin_member(struct km_gunzip *gunzip)
{
	z_stream *stream = &gunzip->stream;

	while (stream->avail_in && !*stream->next_in) {
		gunzip->padded = true;
		stream->next_in++;
		stream->avail_in--;
	}
	if (!stream->avail_in)
		return 0;
	if (gunzip->padded || *stream->next_in != 0x1f || gunzip->library.inflateReset(stream) != Z_OK)
		return -EIO;
	gunzip->inside = true;
	return 1;
}

/* Decompresses from the bytes that are there, or skips them if they are padding. 0, or a negative errno with err filled. */
static int inflate_some(struct km_gunzip *gunzip, struct km_err *err)
{
	z_stream *stream = &gunzip->stream;
	int r = gunzip->inside ? 1 : begin_member(gunzip);

	if (r < 0)
		return km_err_set(err, r, NULL, "bytes behind gzip data that are no gzip data");
	if (!r)
		return 0;
	r = gunzip->library.inflate(stream, Z_NO_FLUSH);
	if (r == Z_STREAM_END)
		gunzip->inside = false;
	else if (r != Z_OK)
		return km_err_set(err, -EIO, NULL, "gzip: %s", stream->msg ? stream->msg : "damaged");
	return 0;
}

ssize_t km_gunzip_into(struct km_gunzip *gunzip, char *room, size_t len, struct km_err *err)
{
	z_stream *stream = &gunzip->stream;

	stream->next_out = (unsigned char *)room;
	stream->avail_out = (unsigned int)len;
	while (stream->avail_out == len) {
		ssize_t got = refill(gunzip);
		int r;

		if (got < 0)
			return km_err_set(err, (int)got, NULL, "%s", strerror((int)-got));
		if (!got && gunzip->inside)
			return km_err_set(err, -EIO, NULL, "gzip data ends early");
		if (!got)
			return 0;
		r = inflate_some(gunzip, err);
		if (r < 0)
			return r;
	}
	return (ssize_t)(len - stream->avail_out);
}

ssize_t km_gunzip_next(struct km_gunzip *gunzip, const void **block, struct km_err *err)
{
	*block = gunzip->buffer;
	return km_gunzip_into(gunzip, gunzip->buffer, sizeof(gunzip->buffer), err);
}

#endif
