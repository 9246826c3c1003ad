/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_SOURCE_READ_H
#define KM_SOURCE_READ_H

#include "base/alloc.h"
#include "base/str.h"

/* Reads until room bytes or the end. 0 or a negative errno. */
int km_read_some(int fd, char *buf, size_t room, size_t *ret_len);

/*
 * All that is left to read of fd, behind a head that was read before; owned by the pool. 0,
 * -EFBIG past KM_BYTES_MAX, or another negative errno.
 */
int km_read_all(int fd, struct km_str head, struct km_pool *pool, struct km_str *ret);

#endif
