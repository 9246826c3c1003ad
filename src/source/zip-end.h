/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The end of a zip has every name once more. libarchive reads the names in front of the data, which
 * no checksum covers: a damaged one would be a file that is not there.
 */
#ifndef KM_SOURCE_ZIP_END_H
#define KM_SOURCE_ZIP_END_H

#include "base/str.h"

/* Names in any order: their number, and the sum of their checksums. */
struct km_zip_names {
	uint64_t number, sum;
};

/* The name of an entry; NULL: none that could be read. */
void km_zip_name_add(struct km_zip_names *names, const char *name);

/* Whether tail, the last bytes of the file, ends as a zip of these names does. */
bool km_zip_ends(struct km_str tail, const struct km_zip_names *names);

#endif
