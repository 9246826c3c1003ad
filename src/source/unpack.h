/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Decompresses a file from front to end, and compares every checksum on the way. */
#ifndef KM_SOURCE_UNPACK_H
#define KM_SOURCE_UNPACK_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include "base/err.h"
#include "source/archive-library.h"
#include "source/packed.h"

struct km_unpack;

/*
 * Whatever compression libarchive knows by itself, or none. The library and the stream must live
 * as long as *ret. max: how many bytes may come out. confined: no file is opened any more once
 * the libraries are loaded. 0, or a negative errno with err filled.
 */
int km_unpack_open(struct km_unpack **ret, const struct km_archive_library *library,
		   struct km_packed *stream, uint64_t max, bool confined, struct km_err *err);
void km_unpack_free(struct km_unpack *unpack);

/*
 * The next bytes, which hold until the next call, and their number; 0 at the end. Or a negative
 * errno with err filled: -EFBIG past the maximum, -EIO for what is damaged or cut short.
 */
ssize_t km_unpack_next(struct km_unpack *unpack, const void **block, struct km_err *err);

/* How many bytes came out so far. */
uint64_t km_unpack_total(const struct km_unpack *unpack);

#endif
