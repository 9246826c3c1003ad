/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running text for people: paragraphs folded to a width. */
#ifndef KM_RENDER_PROSE_H
#define KM_RENDER_PROSE_H

#include <stdio.h>
#include "base/str.h"

/* Folds text at blanks to lines of at most width bytes, each after indent blanks. */
void km_prose_fold(FILE *out, struct km_str text, size_t indent, size_t width);

#endif
