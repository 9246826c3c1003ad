/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * CRC-32 of zlib, gzip and zip. It detects bytes that were damaged on their way, but does not
 * protect against deliberate changes.
 */
#ifndef KM_BASE_CHECKSUM_H
#define KM_BASE_CHECKSUM_H

#include "base/array.h"
#include "base/str.h"

/*
 * The checksum of all bytes so far. crc is the checksum of the bytes before these, 0 if there are
 * none.
 */
uint32_t km_crc32(uint32_t crc, struct km_str bytes);

/* A file or directory of a capture at the time of writing. */
struct km_checksum {
	struct km_str path; /* below the root */
	bool directory;
	uint64_t size; /* bytes of a file, names in a directory */
	uint32_t crc;  /* of the bytes; for a directory, see km_checksum_name() */
};

struct km_checksums {
	KM_ARRAY(struct km_checksum) list;
};

/* Adds the next name to a directory's checksum, in sorted order. target.ptr NULL: not a link. */
void km_checksum_name(struct km_checksum *directory, struct km_str name, struct km_str target);

/* Sorts by path. Call it before the first search. */
void km_checksums_sort(struct km_checksums *checksums);

/* The file or directory with this path, or NULL. Borrowed from checksums. */
const struct km_checksum *km_checksums_find(const struct km_checksums *checksums, struct km_str path,
					    bool directory);

#endif
