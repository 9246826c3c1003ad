/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_SOURCE_READ_H
#define KM_SOURCE_READ_H

#include "base/alloc.h"
#include "base/str.h"
#include "source/source.h"

/* Reads until room bytes or the end. 0 or a negative errno. */
int km_read_some(int fd, char *buf, size_t room, size_t *ret_len);

/*
 * All that is left to read of fd, behind a head that was read before; owned by the pool. *left is
 * how many bytes may be kept, and becomes less by as many as were kept. 0, -EFBIG when there are
 * more, or another negative errno; then nothing is kept.
 */
int km_read_all(int fd, struct km_str head, struct km_pool *pool, uint64_t *left,
		struct km_str *ret);

/* Makes the first len bytes of buf, from km_realloc(), the pool's, as km_pool_copy() would. */
void km_read_keep(struct km_pool *pool, char *buf, size_t len, struct km_str *ret);

/*
 * All that is left to read of fd, in blocks, as km_source_stream(). *left is as in km_read_all(), and becomes less
 * if the taker keeps something. 0, -EFBIG for a line, or a file of such a taker, that is longer, or another
 * negative errno.
 */
int km_read_blocks(int fd, const struct km_source_taker *taker, uint64_t *left);

#endif
