/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The text files of data/, built in: each an item, in the order of their names. What they say
 * is read by the parsers, like any other file.
 */
#ifndef KM_DATA_BUILTIN_H
#define KM_DATA_BUILTIN_H

struct km_builtin {
	const char *name; /* the file's, without folder and last suffix: "kmalloc.ja" */
	const char *text; /* ends with a newline */
};

/* Each ends with an item without name. */
extern const struct km_builtin km_builtin_gfp[];    /* data/gfp: flags of the kernels */
extern const struct km_builtin km_builtin_page[];   /* data/page: style and script of pages, and their hashes */
extern const struct km_builtin km_builtin_topics[]; /* data/topics: what words mean */

/* A sentence, or a format of printf, and the same in another language. */
struct km_sentence {
	const char *english, *translation;
};

/* data/ja.po, in its order; ends with an item without texts. */
extern const struct km_sentence km_builtin_ja[];

#endif
