/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One text instead of a tree: a file of /proc on its own, or the texts of a supportconfig. */
#ifndef KM_SOURCE_TEXT_H
#define KM_SOURCE_TEXT_H

#include "source/tree.h"

/* The file that a text is, by its first lines, which may be quoted: a path below the root, or NULL. */
const char *km_text_recognise(struct km_str head);

/*
 * Removes what mail programs and indentation put before each line: the text before the first line that shows
 * what the text is. Returns the text itself if there is nothing to remove, or a copy that the pool owns.
 */
struct km_str km_text_unquote(struct km_pool *pool, struct km_str text);

/* Indexes the tree, with every file of /proc that supportconfig texts at its root hold. */
void km_text_expand(struct km_tree *tree);

#endif
