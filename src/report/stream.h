/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside report/view.c only: rows that come one at a time, kept as bytes until they are shown. */
#ifndef KM_REPORT_STREAM_H
#define KM_REPORT_STREAM_H

#include "report/sort.h"

struct km_stream;

/* fields end with NULL. NULL: one of them cannot be packed. */
struct km_stream *km_stream_new(const struct km_sheet_type *type, const struct km_field *const *fields,
				const struct km_sort *sort, uint64_t top);
void km_stream_free(struct km_stream *stream);

void km_stream_take(struct km_stream *stream, const void *row);

/* Puts the rows in their order. Returns how many there are, top at most. */
size_t km_stream_end(struct km_stream *stream);

/* One of them; holds until the next call. */
const void *km_stream_row(struct km_stream *stream, size_t i);
/* The same of the len rows that are wanted, in any order: that of memory where all rows are. */
const void *km_stream_any_row(struct km_stream *stream, size_t i, size_t len);

#endif
