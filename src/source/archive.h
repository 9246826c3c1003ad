/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KM_SOURCE_ARCHIVE_H
#define KM_SOURCE_ARCHIVE_H

#include "source/packed.h"
#include "source/tree.h"

/*
 * Reads an archive (tar, cpio or zip, compressed or not) and adds to the tree the files that
 * km_files_locate() knows, under the archive's own paths. 0, or a negative errno with err filled. A
 * damaged or truncated archive is refused as a whole.
 */
int km_archive_read(struct km_source *source, struct km_tree *tree, struct km_packed *stream,
		    const char *name, struct km_err *err);

#endif
