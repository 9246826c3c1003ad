/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One text instead of a tree: a single file of /proc, or the texts of a supportconfig. */
#ifndef KM_SOURCE_TEXT_H
#define KM_SOURCE_TEXT_H

#include "source/tree.h"

/*
 * Recognizes a file by its first lines, which may be quoted. Returns its path below the root, or
 * NULL.
 */
const char *km_text_recognise(struct km_str head);

/*
 * Removes what mail programs and indentation add in front of each line: everything before the first
 * known line's own text. Returns the text itself if there is nothing to remove, or a copy that the
 * pool owns.
 */
struct km_str km_text_unquote(struct km_pool *pool, struct km_str text);

/*
 * Adds every file of /proc that supportconfig texts at the tree's root contain, and indexes the
 * tree.
 */
void km_text_expand(struct km_tree *tree);

#endif
