/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gzip through zlib, which compares the checksum and the length behind each member. */
#ifndef KM_SOURCE_GUNZIP_H
#define KM_SOURCE_GUNZIP_H

#include <sys/types.h>
#include "base/err.h"
#include "base/str.h"

struct km_gunzip;

/* Whether bytes begin as gzip does. */
bool km_is_gzip(struct km_str head);

/*
 * next() returns packed bytes, which are valid until it is called again; 0 at the end, or a negative errno.
 * 0, or a negative errno with err filled when zlib cannot be loaded.
 */
int km_gunzip_open(struct km_gunzip **ret, ssize_t (*next)(void *data, const void **block),
		   void *data, struct km_err *err);
void km_gunzip_free(struct km_gunzip *gunzip);

/* As km_unpack_next(), without a maximum. */
ssize_t km_gunzip_next(struct km_gunzip *gunzip, const void **block, struct km_err *err);

#endif
