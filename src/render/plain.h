/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside render/ only: values for programs, digit for digit those of JSON, whatever the locale. */
#ifndef KM_RENDER_PLAIN_H
#define KM_RENDER_PLAIN_H

#include "base/field.h"
#include "report/document.h"

/*
 * A single value: a number, "true" or "false", or the text as it is. In buf or borrowed from the
 * row; .ptr NULL when it is unknown, and for lists.
 */
struct km_str km_plain_value(char buf[static KM_CELL_SIZE], const struct km_field *field, const void *row);

/* The same of a number alone: also 0 and 1 for no and yes; .ptr NULL for texts and words. */
struct km_str km_plain_number(char buf[static KM_CELL_SIZE], const struct km_field *field, const void *row);

/* Digits; .ptr NULL when it is unknown. */
struct km_str km_plain_count(char buf[static KM_CELL_SIZE], uint64_t value);

/*
 * The table of a document for formats that have only one: the first section with a key that is not a tree.
 * NULL: there is none.
 */
const struct km_section *km_plain_section(const struct km_document *document);

#endif
