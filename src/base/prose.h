/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running text for people: paragraphs folded to a width in columns. */
#ifndef KM_BASE_PROSE_H
#define KM_BASE_PROSE_H

#include "base/text.h"

/*
 * Folds text to lines of at most width columns, each after indent blanks. Lines break at blanks,
 * and between Japanese characters where Japanese allows it. The text may be anything: a name of a machine
 * in it is cleaned here, as km_text_clean() does, before its columns are counted.
 */
void km_prose_fold(struct km_text *out, struct km_str text, size_t indent, size_t width);

/* The same with a label at the beginning of the first line. */
void km_prose_labelled(struct km_text *out, struct km_str label, struct km_str text, size_t indent, size_t width);

#endif
