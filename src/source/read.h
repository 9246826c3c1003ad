/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_SOURCE_READ_H
#define KM_SOURCE_READ_H

#include "base/alloc.h"
#include "base/str.h"
#include "source/source.h"

/* Reads up to room bytes, or to the end. 0 or a negative errno. */
int km_read_some(int fd, char *buf, size_t room, size_t *ret_len);

/*
 * Reads the rest of fd. head was read before and comes first. The pool owns *ret. *left is the
 * number of bytes that may be kept; it decreases by those that are kept. 0, -EFBIG if there are
 * more, or another negative errno; then nothing is kept.
 */
int km_read_all(int fd, struct km_str head, struct km_pool *pool, uint64_t *left,
		struct km_str *ret);

/*
 * Gives the pool the first len bytes of buf, which came from km_realloc(), as km_pool_copy() would.
 */
void km_read_keep(struct km_pool *pool, char *buf, size_t len, struct km_str *ret);

/*
 * Reads the rest of fd in blocks, as km_source_stream(). *left is as in km_read_all(), but
 * decreases only if the taker keeps something. 0, or another negative errno. -EFBIG if a line is
 * longer than *left, or a file whose taker keeps something.
 */
int km_read_blocks(int fd, const struct km_source_taker *taker, uint64_t *left);

#endif
