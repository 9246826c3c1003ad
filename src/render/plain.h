/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to render/: values for programs, with the same digits as in JSON, in any locale. */
#ifndef KM_RENDER_PLAIN_H
#define KM_RENDER_PLAIN_H

#include "base/field.h"
#include "report/document.h"

/*
 * A single value: a number, "true" or "false", or the unchanged text. In buf or borrowed from the row. .ptr
 * NULL for unknown values and for lists.
 */
struct km_str km_plain_value(char buf[static KM_CELL_SIZE], const struct km_field *field, const void *row);

/* The same for numbers only, with 0 and 1 for no and yes. .ptr NULL for texts and words. */
struct km_str km_plain_number(char buf[static KM_CELL_SIZE], const struct km_field *field, const void *row);

/* Digits; .ptr NULL if unknown. */
struct km_str km_plain_count(char buf[static KM_CELL_SIZE], uint64_t value);

/*
 * The table of a document for formats with only one: the first section with a key that is not a tree. NULL:
 * none.
 */
const struct km_section *km_plain_section(const struct km_document *document);

#endif
