/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to render/: values, rows and texts as JSON, built and dumped by jansson. */
#ifndef KM_RENDER_JSON_VALUE_H
#define KM_RENDER_JSON_VALUE_H

#include <jansson.h>
#include <stdio.h>
#include "base/array.h"
#include "report/document.h"

/* A number that jansson would print with other digits. */
struct km_json_wide {
	char digits[KM_UNITS_SIZE];
};

/* jansson returns its text in pieces of a few bytes. They are collected before stdio gets them. */
struct km_json_out {
	FILE *file; /* NULL: the text stays in the buffer */
	KM_ARRAY(char) buffer;
	char last; /* the last written character */
	KM_ARRAY(struct km_json_wide) wide;
	size_t wide_done;
	struct km_pool pool; /* cleaned texts; emptied after each row */
	bool failed;
};

/* Writes the collected text. */
void km_json_flush(struct km_json_out *out);
void km_json_deinit(struct km_json_out *out);

/* Puts the text between values. A key is a C identifier, so it needs no quoting. */
void km_json_put(struct km_json_out *out, const char *text);
void km_json_put_bytes(struct km_json_out *out, const char *text, size_t len);
void km_json_put_key(struct km_json_out *out, const char *before, const char *key);

/*
 * Adds a value. Sets .failed if a number in it was lost. The texts of its members are freed.
 * km_json_dump_new() also drops the caller's reference.
 */
void km_json_dump(struct km_json_out *out, const json_t *value);
void km_json_dump_new(struct km_json_out *out, json_t *value);

/* New values, owned by the caller, who must dump them next: wide numbers wait for that. */
json_t *km_json_number(struct km_json_out *out, uint64_t value);
json_t *km_json_text(struct km_json_out *out, struct km_str s);
json_t *km_json_value(struct km_json_out *out, const struct km_field *field, const void *row);
json_t *km_json_object(struct km_json_out *out, const struct km_sheet_type *type,
		       bool (*wanted)(const struct km_field *field), const void *row);

/* Whether JSON contains the field in a row, and in the totals. */
bool km_json_of_row(const struct km_field *field);
bool km_json_of_totals(const struct km_field *field);

#endif
