/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gzip through zlib, which compares the checksum and the length at the end of each member. */
#ifndef KM_SOURCE_GUNZIP_H
#define KM_SOURCE_GUNZIP_H

#include <sys/types.h>
#include "base/err.h"
#include "base/str.h"

struct km_gunzip;

/* Whether the bytes begin like a gzip file. */
bool km_is_gzip(struct km_str head);

/*
 * next() returns packed bytes, valid until the next call; 0 at the end, or a negative errno.
 * km_gunzip_open() returns 0, or a negative errno with err filled if zlib cannot be loaded.
 */
int km_gunzip_open(struct km_gunzip **ret, ssize_t (*next)(void *data, const void **block),
		   void *data, struct km_err *err);
void km_gunzip_free(struct km_gunzip *gunzip);

/* As km_unpack_next(), but without a maximum. */
ssize_t km_gunzip_next(struct km_gunzip *gunzip, const void **block, struct km_err *err);

/* As km_unpack_into(), but without a maximum. */
ssize_t km_gunzip_into(struct km_gunzip *gunzip, char *room, size_t len, struct km_err *err);

#endif
