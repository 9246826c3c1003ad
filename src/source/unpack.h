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
 * Opens a file that is uncompressed, or compressed in a way that libarchive itself supports. The
 * library and the stream must live as long as *ret. max: the most bytes that may come out.
 * confined: no file can be opened after the libraries were loaded. 0, or a negative errno with err
 * filled.
 */
int km_unpack_open(struct km_unpack **ret, const struct km_archive_library *library,
		   struct km_packed *stream, uint64_t max, bool confined, struct km_err *err);
void km_unpack_free(struct km_unpack *unpack);

/*
 * Sets *block to the next bytes, valid until the next call, and returns their number; 0 at the end.
 * Or a negative errno with err filled: -EFBIG above the maximum, -EIO if the data is damaged or
 * truncated.
 */
ssize_t km_unpack_next(struct km_unpack *unpack, const void **block, struct km_err *err);

/* As km_unpack_next(), but writes them to room. */
ssize_t km_unpack_into(struct km_unpack *unpack, char *room, size_t len, struct km_err *err);

/* The number of bytes that came out so far. */
uint64_t km_unpack_total(const struct km_unpack *unpack);

#endif
