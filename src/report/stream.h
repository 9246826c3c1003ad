/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to report/view.c: rows that come one at a time, stored as bytes until they are shown. */
#ifndef KM_REPORT_STREAM_H
#define KM_REPORT_STREAM_H

#include "report/sort.h"

struct km_stream;

/* Makes a stream. fields end with NULL. Returns NULL if a field cannot be packed. */
struct km_stream *km_stream_new(const struct km_sheet_type *type, const struct km_field *const *fields,
				const struct km_sort *sort, uint64_t top);
void km_stream_free(struct km_stream *stream);

void km_stream_take(struct km_stream *stream, const void *row);

/* Sorts the rows. Returns their number, at most top. */
size_t km_stream_end(struct km_stream *stream);

/* One of the rows, valid until the next call. */
const void *km_stream_row(struct km_stream *stream, size_t i);
/* The same if the caller wants len rows in any order: uses the order of memory if these are all rows. */
const void *km_stream_any_row(struct km_stream *stream, size_t i, size_t len);

#endif
