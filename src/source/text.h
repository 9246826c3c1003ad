/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One text instead of a tree: a single file of /proc, or the texts of a supportconfig. */
#ifndef KM_SOURCE_TEXT_H
#define KM_SOURCE_TEXT_H

#include "source/tree.h"

/* How many lines may show the type of a text: a damaged or commented first line must not hide it. */
enum { KM_TEXT_LINES = 40 };

/*
 * Recognizes a file by its first lines, which may be quoted. Returns its path below the root, or
 * NULL.
 */
const char *km_text_recognise(struct km_str head);

/* A line without what is in front of it: a quote, a line's number, a file's name. */
struct km_str km_text_without_prefix(struct km_str line);

/*
 * Removes what mail programs, indentation, cat -n and grep put before each line: the text before the first line that
 * shows what the text is; and tags that end lines. Returns the text itself if there is nothing to remove, or a copy that the
 * pool owns.
 */
struct km_str km_text_unquote(struct km_pool *pool, struct km_str text);

/* A meminfo whose line feeds were lost, with them; or the text itself. */
struct km_str km_text_break_lines(struct km_pool *pool, struct km_str text);

/*
 * Adds the files that a text contains one after the other, each below the command or heading that names it; or the
 * whole text as the file of this path.
 */
void km_text_divide(struct km_tree *tree, struct km_str text, const char *path);

/* The text without messages of programs about files that they could not read; or the text itself. */
struct km_str km_text_without_refusals(struct km_pool *pool, struct km_str text);

/* Adds the files whose lines grep found, each behind the file's name. False: the text is not of grep. */
bool km_text_gather(struct km_tree *tree, struct km_pool *pool, struct km_str text);

/*
 * Adds every file of /proc that supportconfig texts at the tree's root contain, and indexes the
 * tree.
 */
void km_text_expand(struct km_tree *tree);

#endif
