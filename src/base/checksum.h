/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * CRC-32, as zlib, gzip and zip have it: it shows that bytes were damaged on their way. It does
 * not protect against deliberate changes.
 */
#ifndef KM_BASE_CHECKSUM_H
#define KM_BASE_CHECKSUM_H

#include "base/array.h"
#include "base/str.h"

/* The checksum of all bytes up to here; crc is that of the bytes before, 0 if there are none. */
uint32_t km_crc32(uint32_t crc, struct km_str bytes);

/* What a file or directory of a capture was when it was written. */
struct km_checksum {
	struct km_str path; /* below the root */
	bool directory;
	uint64_t size; /* bytes of a file, names in a directory */
	uint32_t crc;  /* of the bytes; of a directory as km_checksum_name() adds them up */
};

struct km_checksums {
	KM_ARRAY(struct km_checksum) list;
};

/* The next name in a directory, in order of names; target.ptr NULL: not a link. */
void km_checksum_name(struct km_checksum *directory, struct km_str name, struct km_str target);

/* Sorts by path, before the first search. */
void km_checksums_sort(struct km_checksums *checksums);

/* The file or directory of that path, or NULL. */
const struct km_checksum *km_checksums_find(const struct km_checksums *checksums, struct km_str path,
					    bool directory);

#endif
