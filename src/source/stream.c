// SPDX-License-Identifier: GPL-2.0-or-later
/* Files that are read in blocks and not kept: their size does not matter, only their longest line. */
#include <errno.h>
#include "base/cleanup.h"
#include "source/read.h"

enum { BLOCK_BYTES = 128 * 1024 }; /* stays in a CPU's second-level cache */

/* Bytes up to and including the last newline; 0 without one. */
static size_t whole_lines(const char *text, size_t len)
{
	const char *last = len ? memrchr(text, '\n', len) : NULL;

	return last ? (size_t)(last - text) + 1 : 0;
}

int km_read_blocks(int fd, uint64_t line_max, const struct km_source_taker *taker)
{
	KM_CLEANUP(km_cleanup_free) char *buf = km_realloc(NULL, BLOCK_BYTES, 1);
	size_t room = BLOCK_BYTES, len = 0, got, whole;
	int r;

	for (;;) {
		r = km_read_some(fd, buf + len, room - len, &got);
		if (r)
			return r;
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
		if (room > line_max)
			return -EFBIG;
		buf = km_realloc(buf, room *= 2, 1);
	}
}
