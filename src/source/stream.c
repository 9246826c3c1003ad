// SPDX-License-Identifier: GPL-2.0-or-later
/* Reads files in blocks and does not keep them. Only the longest line matters, not the size. */
#include <errno.h>
#include <sys/stat.h>
#include "base/cleanup.h"
#include "source/read.h"

enum { BLOCK_BYTES = 128 * 1024 }; /* fits the second-level cache of a CPU */

/* The number of bytes up to and including the last newline; 0 without one. */
static size_t whole_lines(const char *text, size_t len)
{
	const char *last = len ? memrchr(text, '\n', len) : NULL;

	return last ? (size_t)(last - text) + 1 : 0;
}

/* Refuses a regular file that is too large before reading it. */
static int check_size(int fd, uint64_t left)
{
	struct stat stat;

	if (fstat(fd, &stat) || !S_ISREG(stat.st_mode) || stat.st_size < 0)
		return 0;
	return (uint64_t)stat.st_size > left ? -EFBIG : 0;
}

int km_read_blocks(int fd, const struct km_source_taker *taker, uint64_t *left)
{
	KM_CLEANUP(km_cleanup_free) char *buf = NULL;
	size_t room = BLOCK_BYTES, len = 0, got, whole;
	int r = taker->keeps ? check_size(fd, *left) : 0;

	if (r)
		return r;
	buf = km_realloc(NULL, room, 1);
	for (;;) {
		r = km_read_some(fd, buf + len, room - len, &got);
		if (r)
			return r;
		if (taker->keeps && got > *left)
			return -EFBIG;
		*left -= taker->keeps ? got : 0;
		len += got;
		whole = len < room ? len : whole_lines(buf, len);
		if (whole)
			taker->take(taker->data, (struct km_str){ buf, whole });
		if (len < room)
			return 0;
		len -= whole;
		memmove(buf, buf + whole, len);
		if (len < room)
			continue;
		if (room > *left)
			return -EFBIG;
		room = room > *left / 2 ? (size_t)*left + 1 : room * 2;
		buf = km_realloc(buf, room, 1);
	}
}
