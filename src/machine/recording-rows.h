/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows of reports in a recording: whole numbers that change (values), and texts and numbers that name a row or
 * do not change (properties). Inside machine/record*.c only.
 */
#ifndef KM_MACHINE_RECORDING_ROWS_H
#define KM_MACHINE_RECORDING_ROWS_H

#include "base/field.h"
#include "base/text.h"

/* Stands for a value that is not a number. */
#define KM_NO_VALUE INT64_MIN

/* A level or a counter, as a whole number; a ratio in ten-thousandths. What others give is none. */
bool km_recorded_is_value(const struct km_field *field);

/* A text, a word or a number that is none of the values. Sentences are not recorded. */
bool km_recorded_is_property(const struct km_field *field);

/* Rows inside the row that are recorded too: those of a tree, and those that are columns. */
bool km_recorded_is_rows(const struct km_field *field);

/* A value of the row; KM_NO_VALUE: unknown, or too large to be one. */
int64_t km_recorded_value(const struct km_field *field, const void *row);
void km_recorded_set_value(const struct km_field *field, void *row, int64_t value);

/* Whether the number counts bytes: see parse/changes.h. */
bool km_recorded_is_size(const struct km_field *field);

/* A property as text, borrowed from the row or owned by the pool; .ptr NULL: unknown. */
struct km_str km_recorded_property(struct km_pool *pool, const struct km_field *field, const void *row);

/* The text is borrowed. One with .ptr NULL, or that does not fit the field, makes it unknown. */
void km_recorded_set_property(struct km_pool *pool, const struct km_field *field, void *row, struct km_str text);

/*
 * The name of the row: its KM_ID fields, with a blank between each two. A number that distinguishes rows of one
 * name is left out for the first.
 */
void km_recorded_name(struct km_text *text, const struct km_sheet_type *type, const void *row);

#endif
