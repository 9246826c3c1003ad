/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows of reports in a recording. Numbers that change are values; they are whole numbers. Texts and numbers
 * that name a row or do not change are properties. Private to machine/record*.c.
 */
#ifndef KM_MACHINE_RECORDING_ROWS_H
#define KM_MACHINE_RECORDING_ROWS_H

#include "base/field.h"
#include "base/text.h"

/* Stands for an unknown value. */
#define KM_NO_VALUE INT64_MIN

/* Whether the field is recorded as a value: a level or counter as a whole number, a ratio in ten-thousandths. */
bool km_recorded_is_value(const struct km_field *field);

/*
 * Whether the field is recorded as a property: a text, a word, or a number that is not a value. Sentences are
 * not recorded.
 */
bool km_recorded_is_property(const struct km_field *field);

/* Whether the rows inside the row are recorded too: those of a tree, and those that are columns. */
bool km_recorded_is_rows(const struct km_field *field);

/* The value of a field; KM_NO_VALUE if it is unknown or too large. */
int64_t km_recorded_value(const struct km_field *field, const void *row);
void km_recorded_set_value(const struct km_field *field, void *row, int64_t value);

/* Whether the number counts bytes: see parse/changes.h. */
bool km_recorded_is_size(const struct km_field *field);

/* A property as text, borrowed from the row or owned by the pool; .ptr NULL: unknown. */
struct km_str km_recorded_property(struct km_pool *pool, const struct km_field *field, const void *row);

/* Sets a property from a borrowed text. It becomes unknown if .ptr is NULL or the text does not fit the field. */
void km_recorded_set_property(struct km_pool *pool, const struct km_field *field, void *row, struct km_str text);

/*
 * Adds the name of the row: its KM_ID fields, separated by blanks. The number that distinguishes rows of one
 * name is left out for the first.
 */
void km_recorded_name(struct km_text *text, const struct km_sheet_type *type, const void *row);

#endif
