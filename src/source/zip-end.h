/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The end of a zip contains every name a second time. libarchive reads the names in front of the
 * data, which have no checksum: if one is damaged, the file seems to be missing.
 */
#ifndef KM_SOURCE_ZIP_END_H
#define KM_SOURCE_ZIP_END_H

#include "base/str.h"

/* Names in any order: their number, and the sum of their checksums. */
struct km_zip_names {
	uint64_t number, sum;
};

/* Adds the name of an entry; NULL: its name could not be read. */
void km_zip_name_add(struct km_zip_names *names, const char *name);

/* Whether tail, the last bytes of the file, ends a zip with these names. */
bool km_zip_ends(struct km_str tail, const struct km_zip_names *names);

#endif
